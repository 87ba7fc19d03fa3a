"""A unit under appraisal hands in its report before the panel votes (section 3, "Appraisal")."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.actor import Actor, Role
from tests.e2e.conftest import NOW
from tests.e2e.files import download
from tests.e2e.story import LEADER, OFFICER, SUPERVISING, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, STAFF, World

LU = "陆晓芸"
PANEL = [f"评议{number}" for number in range(1, 6)]
STRANGER = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
APPRAISAL = """
  id stateLabel reportDueAt reportsMissing { name }
  reports { unit { name } text late revision handedInAt files { id name url } }
"""
SEEN = f"query ($id: ID!) {{ appraisal(id: $id) {{ {APPRAISAL} }} }}"
TODOS = """{ viewer { todos(first: 100, kind: APPRAISAL_REPORT) { edges { node {
  text dueAt link { id record { ... on Appraisal { title reportDueAt } } }
} } } } }"""


@pytest.fixture(scope="module")
def panel(world: World) -> None:
    for number, name in enumerate(PANEL, 871):
        world.member(name, number, "24")


@pytest.fixture
def appraised(panel: None, story: Story) -> str:
    """The appraisal of a closed case, in ten days, its panel being invited."""
    case = story.draft(LU, kind="INDIVIDUAL")
    story.do(story.member(LU), "submitProposal", id=case)
    story.file(case)
    docs = story.world.stack.db("proposals")["appraisals"].count_documents({})
    story.handle(case, f"吴住建提复〔2017〕{8800 + docs}号")
    story.evaluate(LU, case, "SATISFIED")
    held_at = (NOW + timedelta(days=10)).isoformat()
    given = {"title": "二次供水评议", "heldAt": held_at, "place": "一楼"}
    planned = story.run(
        STAFF,
        "planAppraisal",
        f"appraisal {{ {APPRAISAL} }}",
        **given,
        cases=[{"proposalId": case}],
    )["appraisal"]
    assert planned["reportDueAt"] == "2017-02-14T00:00:00+08:00"  # the end of the 13th
    assert planned["reportsMissing"] == [{"name": "区住建局"}]
    kind = "DISINTERESTED_MEMBER"
    voters = [{"kind": kind, "memberId": story.gid(name)} for name in PANEL]
    story.run(STAFF, "inviteVoters", "appraisal { invited }", id=planned["id"], voters=voters)
    return str(planned["id"])


def hand_in(story: Story, actor: Actor, appraisal: str, **more: Any) -> Document:
    given = {"id": appraisal, "text": "改造已完成，正在移交。", **more}
    shown = f"appraisal {{ {APPRAISAL} }}"
    row: Document = story.run(actor, "handInAppraisalReport", shown, **given)["appraisal"]
    return row


def todo(story: Story, appraisal: str) -> Document | None:
    edges = story.ask(OFFICER, TODOS)["viewer"]["todos"]["edges"]
    return next((e["node"] for e in edges if e["node"]["link"]["id"] == appraisal), None)


def read(story: Story, actor: Actor, appraisal: str) -> list[str] | None:
    row = story.ask(actor, SEEN, id=appraisal)["appraisal"]
    return row and [report["text"] for report in row["reports"]]


def test_a_report_is_asked_for_handed_in_and_read_by_whom_it_concerns(
    story: Story, appraised: str
) -> None:
    waiting: Any = eventually(lambda: todo(story, appraised))
    assert waiting["dueAt"] == "2017-02-14T00:00:00+08:00"
    assert waiting["link"]["record"] == {
        "title": "二次供水评议",
        "reportDueAt": "2017-02-14T00:00:00+08:00",
    }
    given = {"id": appraised, "text": "汇报"}
    assert story.turned_away(STRANGER, "handInAppraisalReport", **given) == "NOT_FOUND"
    assert story.turned_away(SUPERVISING, "handInAppraisalReport", **given) == "FORBIDDEN"
    [report] = hand_in(story, OFFICER, appraised, files=[story.upload(OFFICER, "汇报.pdf")])[
        "reports"
    ]
    assert (report["unit"]["name"], report["late"], report["revision"]) == ("区住建局", False, 1)
    eventually(lambda: todo(story, appraised) is None)
    eventually(lambda: story.told(STAFF, "民主评议“二次供水评议”的被评议单位已提交书面汇报") >= 1)
    again = hand_in(story, LEADER, appraised, text="改造已完成，已经移交。", files=[])
    assert [r["revision"] for r in again["reports"]] == [2]
    kept = hand_in(story, OFFICER, appraised, files=[story.upload(OFFICER, "汇报二.pdf")])
    [file] = kept["reports"][0]["files"]

    text = ["改造已完成，正在移交。"]
    voter = story.member(PANEL[0])
    for actor in (STAFF, SUPERVISING, OFFICER, voter):
        assert read(story, actor, appraised) == text
    assert read(story, OFFICE, appraised) == []
    for actor in (STRANGER, story.member(LU)):
        assert read(story, actor, appraised) is None
    eventually(lambda: download(story, voter, file["id"]).status_code == 200)
    assert download(story, OFFICE, file["id"]).status_code == 404

    story.run(STAFF, "openVote", "appraisal { stateLabel }", id=appraised)
    with pytest.raises(Refusal) as over:
        hand_in(story, OFFICER, appraised)
    assert over.value.codes == ["APPRAISAL_WRONG_STATE"]
    assert read(story, voter, appraised) == text


def test_who_is_silent_is_reminded_and_late_is_said_to_be_late(
    story: Story, appraised: str
) -> None:
    before = story.told(OFFICER, "书面汇报须在2017年2月14日")
    story.world.stack.move_clock(NOW + timedelta(days=7))
    eventually(lambda: story.told(OFFICER, "书面汇报须在2017年2月14日") == before + 1)
    story.world.stack.move_clock(NOW + timedelta(days=8))
    [report] = hand_in(story, OFFICER, appraised)["reports"]
    assert report["late"] is True
    reason = {"id": appraised, "reason": "另行安排"}
    story.run(STAFF, "cancelAppraisal", "appraisal { stateLabel }", **reason)
    with pytest.raises(Refusal) as over:
        hand_in(story, OFFICER, appraised)
    assert over.value.codes == ["APPRAISAL_WRONG_STATE"]
