"""A member's duty page, one query: what `docs/queries/duty-page.graphql` shows a client."""

from __future__ import annotations

from deploy.local.options import ROOT
from tests.e2e.story import Story
from tests.stack import Document
from tests.waiting import eventually

QUERY = (ROOT / "docs" / "queries" / "duty-page.graphql").read_text()
QIAN, SHEN = "钱文娟", "沈建国"


def page(story: Story) -> Document:
    return story.ask(story.member(QIAN), QUERY, year=2017)


def points(found: Document) -> dict[str, float]:
    [proposals] = [c for c in found["viewer"]["score"]["categories"] if c["label"] == "提交提案"]
    return {line["sourceId"]: line["points"] for line in proposals["lines"]}


def test_points_todos_and_what_became_of_each_suggestion(story: Story) -> None:
    proposal = story.draft(QIAN, title="关于改善镇级河道水质监测的建议")
    story.invite(QIAN, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(QIAN), "submitProposal", id=proposal)
    story.file(proposal)
    story.handle(proposal, "吴住建提复〔2017〕88号")

    found = eventually(lambda: _complete(page(story), proposal))
    assert found is not None
    assert found["viewer"]["member"]["name"] == QIAN
    assert points(found)[proposal] == 8
    line = next(
        line
        for category in found["viewer"]["score"]["categories"]
        for line in category["lines"]
        if line["sourceId"] == proposal
    )
    assert (line["ruleLabel"], line["reason"]) == (
        "联名提案立案（第一提案人）",
        "每件8分，计8分",
    )
    assert found["viewer"]["dutyFigures"]["proposals"] >= 1
    todo = next(t for t in _nodes(found["viewer"]["todos"]) if t["link"]["id"] == proposal)
    assert (todo["kindLabel"], todo["dueAt"] is not None) == ("评价答复", True)
    case = next(node for node in _nodes(found["proposals"]) if node["id"] == proposal)
    assert case["stateLabel"] == "已答复"
    [reply] = case["replies"]
    assert (reply["docNo"], reply["resultClass"], reply["unit"]["name"]) == (
        "吴住建提复〔2017〕88号",
        "A",
        "区住建局",
    )
    assert [(a["suggestion"], a["adoptionLabel"]) for a in reply["answers"]] == [
        (1, "采纳"),
        (2, "采纳"),
        (3, "采纳"),
    ]


def _complete(found: Document, proposal: str) -> Document | None:
    """Once the events have come: the points, the figures and the to-do."""
    waits = [todo["link"]["id"] for todo in _nodes(found["viewer"]["todos"])]
    ready = proposal in points(found) and found["viewer"]["dutyFigures"]["proposals"]
    return found if ready and proposal in waits else None


def _nodes(connection: Document) -> list[Document]:
    return [edge["node"] for edge in connection["edges"]]
