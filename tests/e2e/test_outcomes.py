"""Outcomes to their real end: AC-09's promise, an item's whole way, a dossier, the public page."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from docx import Document as WordDocument
from openpyxl import load_workbook

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.conftest import NOW
from tests.e2e.story import OFFICER, ZJJ, Refusal, Story
from tests.e2e.test_proposal_to_its_end import LU, SHEN, assigned, reply
from tests.e2e.test_study_year import downloaded
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF

LEGAL = Actor("account-legal", Role.COMMITTEE_STAFF, {"committee": "com-legal"})
URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})
GOVERNMENT = Actor("account-qzfb", Role.SUPERVISING_OFFICE, {"side": "GOVERNMENT"})
PARTY = Actor("account-qwb", Role.SUPERVISING_OFFICE, {"side": "PARTY"})
OTHER_UNIT = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
ITEM = "id state stateLabel end adoption unit { name } mayKeep mayReport overdue carried"


@pytest.fixture
def known(story: Story) -> Story:
    """Outcomes has heard of the story's members."""
    members = story.world.stack.db("outcomes")["members"]
    ids = [actor.member_id for actor in story.world.members.values()]
    eventually(lambda: members.count_documents({"_id": {"$in": ids}}) == len(ids))
    return story


def visitor(story: Story, query: str, **variables: Any) -> Document:
    """As somebody who has not signed in."""
    answer: Document = story.world.stack.graphql(query, variables, None)
    assert "errors" not in answer, answer
    data: Document = answer["data"]
    return data


def item(story: Story, actor: Actor, id: str) -> Document | None:
    query = f"query ($id: ID!) {{ outcomeItem(id: $id) {{ {ITEM} }} }}"
    row: Document | None = story.ask(actor, query, id=id)["outcomeItem"]
    return row


def promises(story: Story) -> list[Document]:
    query = """
      query { promises(first: 100, filter: { year: 2017 }) { totalCount edges { node {
        title text unit { name } dueAt promise promiseLabel provenBy proof { name }
      } } } }
    """
    return [edge["node"] for edge in visitor(story, query)["promises"]["edges"]]


def test_ac_09_a_promise_that_was_met_is_a_verified_outcome_and_stands_on_the_public_page(
    known: Story,
) -> None:
    story, stack = known, known.world.stack
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    promise = {"text": "20个老旧小区改造完成", "dueOn": "2017-10-31"}
    reply(story, proposal, 7301, NOW, resultClass="B", commitments=[promise])
    source = {"source": "COMMITMENT", "ref": f"{local_id(proposal, 'Proposal')}/1"}
    files = stack.db("outcomes")["outcome_files"]
    eventually(lambda: files.count_documents(source) == 1)
    id = global_id("OutcomeItem", f"{files.find_one(source)['_id']}.1")  # type: ignore[index]
    found = item(story, OFFICE, id)
    assert found is not None
    assert (found["state"], found["stateLabel"]) == ("IMPLEMENTING", "落实中")
    assert promise["text"] not in [row["text"] for row in promises(story)]
    decided = {"id": proposal, "unitId": ZJJ, "round": 1, "openness": "FULL"}
    story.do(STAFF, "decideReplyOpenness", **decided)
    eventually(lambda: promise["text"] in [row["text"] for row in promises(story)])
    story.evaluate(LU, proposal, "BASIC")

    day = datetime(2017, 10, 31, 9, tzinfo=SHANGHAI)
    stack.move_clock(day)
    eventually(lambda: story.waits(OFFICER, "REPLY", proposal))
    outcome: Document = {"commitment": 1, "status": "MET", "note": "20个小区全部完成"}
    outcome["proof"] = [story.upload(OFFICER, "小区照片.pdf")]
    reply(story, proposal, 7302, day, outcomes=[outcome])
    story.do(DIRECTOR, "recogniseClass", id=proposal, resultClass="A")
    assert story.evaluate(LU, proposal, "SATISFIED")["state"] == "CLOSED"
    eventually(lambda: (item(story, OFFICE, id) or {})["state"] == "VERIFIED")
    eventually(lambda: story.earned(LU, local_id(id, "OutcomeItem")) == [("F7", 2.0)])
    [row] = [row for row in promises(story) if row["text"] == promise["text"]]
    assert (row["promise"], row["promiseLabel"], row["provenBy"]) == (
        "MET",
        "已兑现",
        "提案人认可并有佐证",
    )
    assert (row["dueAt"], row["unit"]["name"]) == ("2017-11-01T00:00:00+08:00", "区住建局")
    query = "query { promiseFigures(year: 2017) { unit { name } total kept missed keptRate } }"
    figures = {row["unit"]["name"]: row for row in visitor(story, query)["promiseFigures"]}
    assert figures["区住建局"]["kept"] >= 1

    refused = {"itemId": id, "text": "已完成", "done": True}
    with pytest.raises(Refusal) as stated:
        story.run(OFFICER, "reportOutcomeProgress", "item { id }", **refused)
    assert stated.value.codes == ["OUTCOME_STATED_ELSEWHERE"]
    eventually(lambda: story.waits(STAFF, "OUTCOME_CLOSING", id))
    closed = story.run(STAFF, "closeOutcomeItem", "item { state end }", itemId=id)["item"]
    assert closed == {"state": "CLOSED", "end": "VERIFIED"}
    eventually(lambda: not story.waits(STAFF, "OUTCOME_CLOSING", id))


def opened(story: Story, title: str = "精准开展扶贫工作") -> str:
    said: Document = {
        "source": "CONSULTATION",
        "reference": f"协商专报 2017年 {title}",
        "title": title,
        "authors": [story.gid(LU)],
        "organisations": [global_id("Organisation", "town-lili")],
    }
    shown = "outcome { id state organiser { name } authors { name } mayKeep }"
    found = story.only(LEGAL, STAFF, "openOutcome", shown, **said)["outcome"]
    assert (found["organiser"]["name"], found["authors"]) == (
        "社会法制和民族宗教委员会",
        [{"name": LU}],
    )
    return str(found["id"])


def added(story: Story, outcome: str, text: str = "建立帮扶台账", **more: Any) -> str:
    said = {"outcomeId": outcome, "text": text, "kind": "POLICY", **more}
    return str(story.run(LEGAL, "addOutcomeItem", "item { id state }", **said)["item"]["id"])


def referred(story: Story, id: str) -> None:
    story.only(GOVERNMENT, OFFICE, "referOutcomeItem", "item { state }", itemId=id, unit=ZJJ)


def answered(story: Story, id: str, adoption: str = "ADOPTED", **more: Any) -> None:
    said = {"itemId": id, "adoption": adoption, "result": "列入年度计划", **more}
    story.only(GOVERNMENT, OFFICER, "answerOutcomeItem", "item { state }", **said)


def verified(story: Story, id: str) -> None:
    """Told by the unit, seen by the committee."""
    done = {"itemId": id, "text": "已建成", "done": True}
    story.only(OFFICER, OTHER_UNIT, "reportOutcomeProgress", "item { state }", **done)
    seen = {"itemId": id, "verified": True, "text": "现场核实"}
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.run(URBAN, "verifyOutcomeItem", "item { id }", **seen)
    story.only(LEGAL, OFFICER, "verifyOutcomeItem", "item { state }", **seen)


def test_an_opinion_goes_its_whole_way_and_its_author_is_credited_once(known: Story) -> None:
    story = known
    outcome = opened(story)
    eventually(lambda: story.waits(LEGAL, "OUTCOME_ITEMS", outcome))
    id = added(story, outcome, major=True)
    eventually(lambda: story.waits(GOVERNMENT, "OUTCOME_REFERRAL", id))
    eventually(lambda: not story.waits(LEGAL, "OUTCOME_ITEMS", outcome))
    instructed: Document = {
        "outcomeId": outcome,
        "level": "DISTRICT",
        "leader": "区委书记",
        "text": "请区扶贫办研究",
        "instructedOn": NOW.isoformat(),
    }
    shown = "outcome { instructions { id levelLabel revokedAt } }"
    found = story.only(GOVERNMENT, LEGAL, "instructOutcome", shown, **instructed)["outcome"]
    [instruction] = found["instructions"]
    assert instruction["levelLabel"] == "区"
    eventually(lambda: story.earned(LU, instruction["id"]) == [("F4", 3.0)])

    referred(story, id)
    assert item(story, PARTY, id) is None
    eventually(lambda: story.waits(GOVERNMENT, "OUTCOME_ANSWER", id))
    answered(story, id)
    eventually(lambda: story.waits(OFFICER, "OUTCOME_PROGRESS", id))
    verified(story, id)
    record = local_id(id, "OutcomeItem")
    eventually(lambda: story.earned(LU, record) == [("F7", 2.0)])
    story.await_message(LU, "您在“精准开展扶贫工作”中的意见已落实并经核实")

    batch = "results { item { id state } errors { reason } }"
    closed = story.run(LEGAL, "closeOutcomeItems", batch, items=[{"itemId": id}, {"itemId": id}])
    assert [len(row["errors"]) for row in closed["results"]] == [0, 1]
    again = {"itemId": id, "reason": "回访发现停用"}
    story.only(LEGAL, OFFICER, "reopenOutcomeItem", "item { state }", **again)
    eventually(lambda: story.earned(LU, record) == [("F7", -2.0), ("F7", 2.0)])
    undo = {"outcomeId": outcome, "instructionId": instruction["id"], "reason": "登记有误"}
    story.only(OFFICE, LEGAL, "revokeOutcomeInstruction", shown, **undo)
    eventually(lambda: story.earned(LU, instruction["id"]) == [("F4", -3.0), ("F4", 3.0)])


def test_what_is_not_adopted_closes_only_with_a_reason_that_its_source_accepts(
    known: Story,
) -> None:
    story = known
    outcome = opened(story, "完善企业诚信体系")
    id = added(story, outcome)
    referred(story, id)
    with pytest.raises(Refusal) as unsaid:
        answered(story, id, "NOT_ADOPTED")
    assert unsaid.value.codes == ["OUTCOME_REASON_MISSING"]
    said = {"itemId": id, "adoption": "NOT_ADOPTED", "result": "暂缓", "reason": "与规划不符"}
    story.run(GOVERNMENT, "answerOutcomeItem", "item { state }", **said)
    eventually(lambda: story.waits(LEGAL, "OUTCOME_REASON", id))
    judged = {"itemId": id, "accepted": True, "opinion": "同意"}
    shown = "item { state end reason endLabel }"
    closed = story.only(LEGAL, GOVERNMENT, "decideOutcomeReason", shown, **judged)["item"]
    assert (closed["state"], closed["end"]) == ("CLOSED", "REASON_ACCEPTED")
    assert story.run(
        LEGAL,
        "trackOutcomeItem",
        "item { id }",
        itemId=added(story, outcome, "第二条意见"),
        text="回访",
    )


def test_the_archive_its_conversions_and_what_the_public_sees_of_it(known: Story) -> None:
    story = known
    outcome = opened(story, "开发地方特色旅游")
    id = added(story, outcome, "打造古镇旅游线路")
    converted: Document = {
        "outcomeId": outcome,
        "route": "NEWS_REPORT",
        "title": "古镇新线路",
        "reference": "吴江日报 2017-02-06",
        "on": NOW.isoformat(),
    }
    shown = "outcome { conversions { no routeLabel withdrawn } }"
    story.only(LEGAL, OFFICER, "convertOutcome", shown, **converted)
    struck = {"outcomeId": outcome, "no": 1, "reason": "登记有误"}
    found = story.only(LEGAL, OFFICER, "withdrawConversion", shown, **struck)["outcome"]
    assert found["conversions"] == [{"no": 1, "routeLabel": "新闻报道", "withdrawn": "登记有误"}]
    marked = {"itemId": id, "kind": "PROJECT", "major": True}
    story.only(LEGAL, STAFF, "markOutcomeItem", "item { kindLabel major }", **marked)
    query = """
      query ($text: String) {
        outcomes(first: 10, filter: { text: $text }) { totalCount edges { node {
          id title itemsCount itemList(first: 5) { edges { node { text } } }
        } } }
        outcomeItems(first: 10, filter: { text: $text }) { edges { node { id text } } }
      }
    """
    found = story.ask(OFFICE, query, text="古镇旅游线路")
    assert [edge["node"]["id"] for edge in found["outcomeItems"]["edges"]] == [id]
    found = story.ask(OFFICE, query, text="地方特色旅游")
    [edge] = found["outcomes"]["edges"]
    assert (edge["node"]["id"], edge["node"]["itemsCount"]) == (outcome, 1)
    assert visitor(story, query, text="地方特色旅游")["outcomes"]["totalCount"] == 0
    disclosed = {"outcomeId": outcome, "openness": "SUMMARY"}
    story.only(OFFICE, LEGAL, "discloseOutcome", "outcome { opennessLabel }", **disclosed)
    one = """
      query ($id: ID!) { outcome(id: $id) {
        itemList(first: 5) { edges { node { text authors { name } entries { no } } } }
      } }
    """
    seen = visitor(story, one, id=outcome)["outcome"]
    assert seen["itemList"]["edges"] == [{"node": {"text": None, "authors": [], "entries": []}}]
    query = "query { outcomeFigures(year: 2017, by: SOURCE) { key total answered adoptedRate } }"
    figures = {row["key"]: row for row in story.ask(OFFICE, query)["outcomeFigures"]}
    assert figures["CONSULTATION"]["total"] >= 1


DOSSIER = """
  query ($id: ID!) { dossier(id: $id) {
    nodes { id kind title openedId stages { label } }
    edges { fromId toId groundLabel reason linkId }
  } }
"""


def test_a_dossier_goes_back_and_forth_over_what_people_link(known: Story) -> None:
    story = known
    outcome = opened(story, "加强二次供水")
    query = "query ($id: ID!) { outcome(id: $id) { dossierNodeId } }"
    assert story.ask(OFFICE, query, id=outcome)["outcome"]["dossierNodeId"]
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    eventually(lambda: story.ask(OFFICE, DOSSIER, id=proposal)["dossier"])
    node = story.ask(OFFICE, DOSSIER, id=proposal)["dossier"]["nodes"][0]["id"]
    said = {"node": node, "topic": f"二次供水{local_id(proposal, 'Proposal')[:6]}"}
    link = story.only(
        STAFF, OFFICER, "linkDossier", "link { id reason toMatter { id } }", **said, reason="同题"
    )["link"]
    assert link["toMatter"]["id"] == node
    asked = """
      query ($text: String) { dossiers(first: 5, filter: { text: $text }) { edges { node {
        title kindLabel matters
      } } } }
    """
    eventually(lambda: story.ask(OFFICE, asked, text=said["topic"])["dossiers"]["edges"])
    other = global_id("DossierNode", f"OUTCOME:{local_id(outcome, 'OutcomeFile')}")
    beside = {"node": node, "to": other}
    second = story.run(STAFF, "linkDossier", "link { id }", **beside, reason="同一事项")["link"]
    found = story.ask(OFFICE, DOSSIER, id=proposal)["dossier"]
    assert {row["kind"] for row in found["nodes"]} == {"TOPIC", "PROPOSAL", "OUTCOME"}
    assert {row["openedId"] for row in found["nodes"]} == {None, proposal, outcome}
    public = visitor(story, DOSSIER, id=proposal)["dossier"]
    assert [row["kind"] for row in public["nodes"]] == ["PROPOSAL"]
    assert visitor(story, DOSSIER, id=outcome)["dossier"] is None
    undo = {"linkId": second["id"], "reason": "登记有误"}
    story.only(STAFF, OFFICER, "unlinkDossier", "link { stands undoReason }", **undo)
    found = story.ask(OFFICE, DOSSIER, id=proposal)["dossier"]
    assert {row["kind"] for row in found["nodes"]} == {"TOPIC", "PROPOSAL"}


def test_one_file_a_years_list_and_its_summary_are_exported(known: Story) -> None:
    story = known
    outcome = opened(story, "建设创新生态体系")
    added(story, outcome, "设立创新基金", major=True)
    one = downloaded(story, OFFICE, kind="OUTCOME_DOCX", subject=outcome)
    assert "设立创新基金" in "\n".join(p.text for p in WordDocument(io.BytesIO(one)).paragraphs)
    year = downloaded(story, OFFICE, kind="OUTCOME_SUMMARY_DOCX", year=2017)
    paragraphs = "\n".join(p.text for p in WordDocument(io.BytesIO(year)).paragraphs)
    assert "2017年协商民主成果采纳落实情况" in paragraphs
    assert "建设创新生态体系；设立创新基金；已报送" in paragraphs
    sheet = downloaded(story, OFFICE, kind="OUTCOMES_XLSX", year=2017)
    heads, *rows = load_workbook(io.BytesIO(sheet)).worksheets[0].iter_rows(values_only=True)
    [row] = [row for row in rows if row[2] == "设立创新基金"]
    told = dict(zip(map(str, heads), row, strict=True))
    assert (told["状态"], told["重大改革"], told["报送日期"]) == ("已报送", "是", "2017-02-06")
    for to in ("PARTY", "GOVERNMENT", "PLENARY"):
        said = {"year": 2017, "to": to, "sentOn": NOW.isoformat(), "documentNo": ""}
        story.run(OFFICE, "sendOutcomeSummary", "summary { id }", **said)
    with pytest.raises(Refusal) as sent_before:
        story.run(OFFICE, "sendOutcomeSummary", "summary { id }", **said)
    assert sent_before.value.codes == ["OUTCOME_SUMMARY_SENT"]
    query = """
      query { outcomeSummary(year: 2017) {
        id title dueAt missing sent { to toLabel sentOn documentNo }
      } }
    """
    sent = story.ask(OFFICE, query)["outcomeSummary"]
    assert sent["title"] == "2017年成果采纳反馈综述"
    # None until the year is over, which another story of the platform may have brought about.
    assert sent["dueAt"] in (None, "2018-02-01T00:00:00+08:00")
    assert [row["toLabel"] for row in sent["sent"]] == ["区委", "区政府", "下一次全体会议"]
    assert sent["missing"] == []
    again = story.ask(OFFICE, "query ($id: ID!) { node(id: $id) { id } }", id=sent["id"])
    assert again["node"] == {"id": sent["id"]}
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.run(OFFICER, "sendOutcomeSummary", "summary { id }", **said)
    given = {"kind": "OUTCOMES_XLSX", "year": 2017}
    assert story.turned_away(OFFICER, "requestExport", **given) == "FORBIDDEN"
