"""The special supervision of rivers and lakes, from its topic to its end (AC-16), and what it
moves: the plan's board, outcomes, points; supervisors and both sides' debriefing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from tests.e2e.conftest import NOW
from tests.e2e.meetings import hold
from tests.e2e.story import Refusal, Story
from tests.e2e.test_office_documents import executing, plan_of
from tests.e2e.test_opinion_ways import paragraphs
from tests.e2e.test_study_year import downloaded
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})
LEGAL = Actor("account-legal", Role.COMMITTEE_STAFF, {"committee": "com-legal"})
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
CHIEF = Actor("account-chief", Role.SECRETARY_GENERAL, {}, "p-chief", "m-chief")
SLJ = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
HBJ = Actor("account-hbj", Role.UNIT_OFFICER, {"unit": "unit-hbj"})
LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"
EMPLOYED, WATCHER = "顾梅", "吴志刚"
SHOWN = """supervision {
  id state stateLabel endLabel waitsFor dueAt round leader { name }
  opinion { no items { no unit { name } adoption verifiedAt } }
  rechecks { no passed } answers { unit { name } text }
}"""
FOUND = "finding { id state stateLabel overdue photos { no after { name } } values { exceeded } }"
TITLE = "河流湖泊生态保护专项监督"
BEFORE = {"indicator": "总磷", "value": 0.42, "unit": "mg/L", "limit": 0.3}
AFTER = {**BEFORE, "value": 0.21}


def unit(id: str) -> str:
    return global_id("Organisation", id)


@pytest.fixture
def known(story: Story, world: World) -> Story:
    """Supervision has heard of the members, the units and the topics."""
    if EMPLOYED not in world.members:
        world.member(EMPLOYED, 361, "08", work_unit_id="unit-slj")
        world.member(WATCHER, 362, "27")
    stack = world.stack
    ids = [actor.member_id for actor in world.members.values()]
    members = stack.db("supervision")["members"]
    eventually(lambda: members.count_documents({"_id": {"$in": ids}}) == len(ids))
    everything = stack.db("members")["organisations"].count_documents({})
    organisations = stack.db("supervision")["organisations"]
    eventually(lambda: organisations.count_documents({}) == everything)
    topics = stack.db("supervision")["topics"]
    eventually(lambda: topics.count_documents({"_id": "WATER"}) == 1)
    return story


def step(story: Story, actor: Actor, mutation: str, id: str, **given: Any) -> Document:
    row: Document = story.run(actor, mutation, SHOWN, supervisionId=id, **given)["supervision"]
    return row


def found(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    row: Document = story.run(actor, mutation, FOUND, **given)["finding"]
    return row


def site(story: Story) -> str:
    given: Document = {
        "kind": "RIVER",
        "name": "太浦河黎里段",
        "point": {"latitude": 31.0, "longitude": 120.7},
        "unit": unit("unit-slj"),
        "keeper": "区级河长",
    }
    shown = "site { id version kindLabel }"
    made: Document = story.only(URBAN, SLJ, "writeSupervisionSite", shown, **given)["site"]
    again = {**given, "siteId": made["id"], "expectedVersion": made["version"], "note": "饮用水源"}
    story.run(URBAN, "writeSupervisionSite", shown, **again)
    return str(made["id"])


def approved(story: Story, place: str, units: tuple[str, ...] = ("unit-slj", "unit-hbj")) -> str:
    given: Document = {
        "title": TITLE,
        "topic": "河流湖泊生态保护",
        "topicCodes": ["WATER"],
        "units": [unit(id) for id in units],
        "sites": [place],
        "plan": "分组检查重点河湖，提出监督意见，回头看整改。",
        "indicators": ["总磷"],
        "checklist": ["河面有无漂浮物", "岸坡有无垃圾"],
    }
    made = story.only(URBAN, SLJ, "draftSupervision", SHOWN, **given)["supervision"]["id"]
    step(story, URBAN, "submitSupervision", made)
    eventually(lambda: story.waits(CHAIR, "SUPERVISION_APPROVAL", made))
    decided = step(story, CHAIR, "decideSupervision", made, approved=True, opinion="列入年度计划")
    assert decided["stateLabel"] == "已列入计划"
    return str(made)


def with_team(story: Story, id: str, supervisors: list[str] | None = None) -> None:
    team = {"leader": story.gid(SHEN), "members": [story.gid(LU)], "supervisors": supervisors or []}
    with pytest.raises(Refusal) as refused:
        members = [story.gid(LU), story.gid(EMPLOYED)]
        step(story, URBAN, "formSupervisionTeam", id, **{**team, "members": members})
    assert refused.value.codes == ["SUPERVISION_CONFLICT_OF_INTEREST"]
    assert refused.value.messages == ["本人任职单位是被监督单位或其上下级单位，应当回避"]
    formed = step(story, URBAN, "formSupervisionTeam", id, **team)
    assert (formed["state"], formed["leader"]) == ("TEAM_FORMED", {"name": SHEN})
    story.await_message(LU, f"您已列入“{TITLE}”监督组，请查看方案。")


def numbered(story: Story, document: str) -> str:
    """The office's way of a document to its number."""
    eventually(lambda: story.waits(OFFICE, "DOCUMENT_CHECK", document))
    shown = "document { state number }"
    story.run(OFFICE, "checkDocument", shown, documentId=document)
    story.run(CHIEF, "countersignDocument", shown, documentId=document, note="同意")
    story.run(CHAIR, "signDocument", shown, documentId=document, note="同意印发")
    story.run(OFFICE, "numberDocument", shown, documentId=document)
    issued = story.run(OFFICE, "issueDocument", shown, documentId=document)["document"]
    return str(issued["number"])


def state(story: Story, actor: Actor, id: str) -> str:
    query = "query ($id: ID!) { supervision(id: $id) { state } }"
    row = story.ask(actor, query, id=id)["supervision"]
    return str(row and row["state"])


def issued(story: Story, id: str, finding: str, due: datetime) -> None:
    item: Document = {
        "problem": "岸坡堆放建筑垃圾，总磷超标",
        "basis": "《江苏省河道管理条例》",
        "measure": "清理岸坡垃圾，建立长效保洁制度",
        "unit": unit("unit-slj"),
        "dueAt": due.isoformat(),
        "findings": [finding],
        "authors": [story.gid(LU)],
    }
    second = {**item, "unit": unit("unit-hbj"), "measure": "加密总磷监测并公开", "findings": []}
    text = "经监督检查，提出以下监督意见。"
    shen = story.member(SHEN)
    step(story, shen, "draftSupervisionOpinion", id, text=text, items=[item, second])
    step(story, URBAN, "sendSupervisionOpinion", id)
    step(story, CHAIR, "signSupervisionOpinion", id, approved=True, opinion="同意")
    ref = local_id(id, "Supervision")
    number = numbered(story, global_id("OutgoingDocument", f"supervision_opinion:{ref}"))
    assert number.startswith("吴政协监〔2017〕")
    eventually(lambda: state(story, URBAN, id) == "OPINION_ISSUED")
    eventually(lambda: story.waits(SLJ, "SUPERVISION_FEEDBACK", id))


def feedback(story: Story, actor: Actor, id: str, *numbers: int) -> Document:
    said = [{"no": no, "adoption": "ADOPTED", "result": "已按意见整改"} for no in numbers]
    given = {"text": "已组织整改，情况如下。", "items": said}
    return step(story, actor, "feedBackSupervision", id, **given)


def board(story: Story, plan: str) -> int:
    rows = plan_of(story, plan)["items"]
    return int(next(row["done"] for row in rows if row["code"] == "SUPERVISION"))


def test_ac_16_rivers_and_lakes_from_the_topic_to_the_report_to_the_party(known: Story) -> None:
    story, stack = known, known.world.stack
    plan = str(executing(story)["id"])
    assert board(story, plan) == 0
    place = site(story)
    id = approved(story, place)
    assert state(story, SLJ, id) == "None"  # a unit sees it with its opinion
    with_team(story, id)

    # An inspection at the office, its checklist, a finding with photos and water values.
    begins = NOW + timedelta(days=7)
    given: Document = {"title": "太浦河沿线检查", "heldAt": begins.isoformat(), "place": "黎里镇"}
    shown = "inspection { id state sites { name } }"
    planned = story.run(
        URBAN, "planSupervisionInspection", shown, supervisionId=id, sites=[place], **given
    )["inspection"]
    meeting = global_id("Meeting", local_id(planned["id"], "SupervisionInspection"))
    hold(story, meeting, [LU, SHEN], begins)
    query = "query ($id: ID!) { supervisionInspection(id: $id) { state attended { name } } }"
    eventually(
        lambda: (
            story.ask(URBAN, query, id=planned["id"])["supervisionInspection"]["state"] == "HELD"
        )
    )
    eventually(lambda: ("C1", 2.0) in story.earned(LU, local_id(meeting, "Meeting")))
    lines = [{"no": 1, "result": "MET"}, {"no": 2, "result": "NOT_MET", "note": "岸坡有垃圾"}]
    sheet = {"inspectionId": planned["id"], "siteId": place, "lines": lines}
    story.run(story.member(LU), "fillInChecklist", "inspection { id }", **sheet)

    lu = story.member(LU)
    before = story.upload(lu, "整改前.pdf")
    said: Document = {
        "supervisionId": id,
        "siteId": place,
        "inspectionId": planned["id"],
        "text": "岸坡堆放建筑垃圾",
        "severity": "SERIOUS",
        "values": [BEFORE],
        "photos": [before],
    }
    strange = {**said, "photos": []}
    assert story.turned_away(story.member(QIAN), "recordFinding", **strange) == "NOT_FOUND"
    finding = found(story, lu, "recordFinding", **said)
    assert (finding["stateLabel"], finding["values"]) == ("待确认", [{"exceeded": True}])
    fid = finding["id"]
    eventually(lambda: story.waits(URBAN, "FINDING_CONFIRMATION", fid))
    found(story, story.member(SHEN), "confirmFinding", findingId=fid, confirmed=True)
    due = begins + timedelta(days=60)
    batch = [{"findingId": fid, "unit": unit("unit-slj"), "dueAt": due.isoformat()}]
    story.run(URBAN, "assignFindings", "results { finding { state } }", items=batch)
    eventually(lambda: story.waits(SLJ, "FINDING_RECTIFICATION", fid))

    issued(story, id, fid, due)
    outcomes = stack.db("outcomes")["outcome_items"]
    files = stack.db("outcomes")["outcome_files"]
    ours = {"ref": {"$in": [f"{local_id(id, 'Supervision')}/{no}" for no in (1, 2)]}}
    eventually(lambda: files.count_documents(ours) == 2)
    mine = {"outcome_id": {"$in": [row["_id"] for row in files.find(ours)]}}
    eventually(lambda: outcomes.count_documents(mine) == 2)

    # Rectified, says the unit: that is no verification.
    step(story, SLJ, "answerSupervisionOpinion", id, plan="两周内清理岸坡，月底前建立制度。")
    claim = {"findingId": fid, "text": "已清理岸坡垃圾", "values": [AFTER]}
    with pytest.raises(Refusal) as unpaired:
        found(story, SLJ, "claimFinding", **claim)
    assert unpaired.value.codes == ["SUPERVISION_PHOTOS_MISSING"]
    photos = [{"no": 1, "file": story.upload(SLJ, "整改后.pdf")}]
    claimed = found(story, SLJ, "claimFinding", photos=photos, **claim)
    assert (claimed["stateLabel"], claimed["photos"]) == (
        "称已整改待核实",
        [{"no": 1, "after": {"name": "整改后.pdf"}}],
    )
    assert feedback(story, SLJ, id, 1)["state"] == "RECTIFYING"
    assert feedback(story, HBJ, id, 2)["state"] == "FED_BACK"
    eventually(lambda: story.waits(lu, "SUPERVISION_RECHECK", id))
    verdict = {"verdicts": [{"no": 1, "done": True}, {"no": 2, "done": True}], "text": "现场查看"}
    with pytest.raises(Refusal) as only_claimed:
        step(story, lu, "recheckSupervision", id, **verdict)
    assert only_claimed.value.codes == ["SUPERVISION_NOT_VERIFIED"]
    judged = {"findingId": fid, "text": "岸坡仍有垃圾"}
    assert story.turned_away(SLJ, "verifyFinding", verified=True, **judged) == "FORBIDDEN"
    assert story.turned_away(URBAN, "verifyFinding", verified=True, **judged) == "FORBIDDEN"
    assert found(story, lu, "verifyFinding", verified=False, **judged)["state"] == "REOPENED"

    # First re-check: one carried out, one not; then the second, failed as well.
    half = {"verdicts": [{"no": 1, "done": False}, {"no": 2, "done": True}], "text": "仍有垃圾"}
    first = step(story, lu, "recheckSupervision", id, **half)
    assert (first["state"], first["round"]) == ("RECTIFYING", 2)
    eventually(
        lambda: outcomes.count_documents({**mine, "state": "VERIFIED", "unit": "unit-hbj"}) == 1
    )
    eventually(lambda: story.waits(SLJ, "SUPERVISION_FEEDBACK", id))
    assert feedback(story, SLJ, id, 1)["state"] == "FED_BACK"
    again = {"verdicts": [{"no": 1, "done": False}], "text": "第二次回头看仍未到位"}
    second = step(story, lu, "recheckSupervision", id, **again)
    assert (second["state"], second["waitsFor"]) == ("RECHECKED", "PARTY_REPORT")
    assert board(story, plan) == 0
    with pytest.raises(Refusal) as must_report:
        step(story, URBAN, "closeSupervision", id, summary="整改未到位，先行办结")
    assert must_report.value.codes == ["SUPERVISION_RECHECKS_USED"]
    eventually(lambda: story.waits(CHAIR, "SUPERVISION_PARTY_REPORT", id))
    text = "两次回头看，太浦河黎里段岸坡整治仍未到位。"
    main = [unit("sup-qwb")]
    step(story, CHAIR, "reportSupervisionToParty", id, text=text, main=main)
    report = f"report:{local_id(id, 'Supervision')}/party-report"
    numbered(story, global_id("OutgoingDocument", report))
    eventually(lambda: state(story, URBAN, id) == "CLOSED")
    eventually(lambda: board(story, plan) == 1)

    # The report and its main author, and back.
    accepted: Document = {"title": "河湖生态保护监督报告", "text": "检查二十处河湖，发现问题。"}
    step(story, lu, "writeSupervisionReport", id, mainAuthors=[story.gid(LU)], **accepted)
    step(story, CHAIR, "decideSupervisionReport", id, approved=True, opinion="同意采用")
    ref = local_id(id, "Supervision")
    eventually(lambda: ("C2", 3.0) in story.earned(LU, f"report/{ref}"))
    words = paragraphs(downloaded(story, lu, kind="SUPERVISION_OPINION_DOCX", subject=id))
    assert f"关于{TITLE}的监督意见" in words
    assert "监督意见：加密总磷监测并公开" in words
    words = paragraphs(downloaded(story, lu, kind="SUPERVISION_REPORT_DOCX", subject=id))
    assert f"（主要执笔人：{LU}）" in words
    step(story, CHAIR, "revokeSupervisionReport", id, reason="数据有误")
    eventually(lambda: ("C2", -3.0) in story.earned(LU, f"report/{ref}"))

    # A site's history, the map, the figures, each in one query.
    history = """query ($id: ID!) { supervisionSite(id: $id) { name
      findings(first: 10) { edges { node { text state reopened } } totalCount } } }"""
    told = story.ask(lu, history, id=place)["supervisionSite"]["findings"]
    assert told["edges"] == [
        {"node": {"text": "岸坡堆放建筑垃圾", "state": "REOPENED", "reopened": 1}}
    ]
    query = "query ($f: FindingFilter) { supervisionMap(filter: $f) }"
    drawn = story.ask(lu, query, f={"supervision": id})["supervisionMap"]
    assert drawn["type"] == "FeatureCollection"
    assert [f["geometry"]["coordinates"] for f in drawn["features"]] == [[120.7, 31.0]] * 2
    assert drawn["features"][1]["properties"]["exceeded"] == ["总磷"]
    query = """query ($id: ID!) { supervisionFigures(supervision: $id, by: UNIT) {
      unit { name } assigned rectified verified reopened verifiedRate } }"""
    [figures] = story.ask(URBAN, query, id=id)["supervisionFigures"]
    assert figures == {
        "unit": {"name": "区水利局"},
        "assigned": 1,
        "rectified": 1,
        "verified": 0,
        "reopened": 1,
        "verifiedRate": 0.0,
    }


def test_a_supervisor_is_appointed_matched_refused_where_related_and_both_sides_report(
    known: Story,
) -> None:
    story, stack = known, known.world.stack
    shown = "supervisor { id state certificateNo units { name } relations { note } }"
    watcher = story.member(WATCHER)
    acting = Actor(
        str(watcher.account_id), Role.SUPERVISOR, {}, watcher.person_id, watcher.member_id
    )
    given = {"memberId": story.gid(WATCHER), "fields": ["WATER"], "profession": "水环境监测"}
    made = story.only(URBAN, SLJ, "nominateSupervisor", shown, **given)["supervisor"]["id"]
    with pytest.raises(Refusal) as twice:
        story.run(URBAN, "nominateSupervisor", shown, **given)
    assert twice.value.codes == ["SUPERVISION_REPEATED"]
    eventually(lambda: story.waits(CHAIR, "SUPERVISOR_DECISION", made))
    decided = {"supervisorId": made, "approved": True, "opinion": "同意聘任"}
    appointed = story.run(CHAIR, "decideSupervisorNomination", shown, **decided)["supervisor"]
    assert appointed["certificateNo"].startswith("吴政协监聘〔2017〕")
    paper = downloaded(story, acting, kind="SUPERVISOR_CERTIFICATE_PDF", subject=made)
    assert paper.startswith(b"%PDF")
    relation = {"organisation": unit("unit-hbj"), "note": "配偶任职"}
    story.run(acting, "declareRelations", shown, supervisorId=made, relations=[relation])
    with pytest.raises(Refusal) as related:
        story.run(URBAN, "assignSupervisor", shown, supervisorId=made, units=[unit("unit-hbj")])
    assert related.value.codes == ["SUPERVISION_CONFLICT_OF_INTEREST"]
    assert "配偶任职" in related.value.messages[0]
    posted = story.run(
        URBAN, "assignSupervisor", shown, supervisorId=made, units=[unit("unit-slj")]
    )["supervisor"]
    assert (posted["state"], posted["units"]) == ("ASSIGNED", [{"name": "区水利局"}])
    query = """query ($units: [ID!]!) {
      matchSupervisors(topicCodes: ["ECOLOGY"], units: $units) { id } }"""
    fit = story.ask(URBAN, query, units=[unit("unit-slj")])["matchSupervisors"]
    assert made in [row["id"] for row in fit]
    unfit = story.ask(URBAN, query, units=[unit("unit-hbj")])["matchSupervisors"]
    assert made not in [row["id"] for row in unfit]

    held = NOW + timedelta(days=30)
    plan: Document = {
        "title": "民主监督员和被监督单位述职交流",
        "units": [unit("unit-slj")],
        "supervisors": [made],
        "members": [story.gid(LU)],
        "heldAt": held.isoformat(),
        "place": "区政协一楼会议室",
    }
    shown = "debriefing { id state rated ratings { satisfied unit { name } } }"
    both = story.run(URBAN, "planDebriefing", shown, **plan)["debriefing"]["id"]
    eventually(lambda: story.waits(SLJ, "DEBRIEFING_REPORT", both))
    report = {"debriefingId": both, "text": "一年来整改情况报告如下。"}
    story.run(SLJ, "giveDebriefingReport", shown, **report)
    done = story.run(acting, "giveDebriefingReport", shown, **report)["debriefing"]
    assert done["state"] == "REPORTS_IN"
    asked = {"debriefingId": both, "unit": unit("unit-slj"), "text": "清淤何时完成？"}
    story.run(story.member(LU), "askAtDebriefing", shown, **asked)
    answer = {"debriefingId": both, "no": 1, "text": "八月底前完成。"}
    story.run(SLJ, "answerAtDebriefing", shown, **answer)
    story.await_message(LU, "您在“民主监督员和被监督单位述职交流”中的提问已获答复。")
    meeting = global_id("Meeting", local_id(both, "Debriefing"))
    hold(story, meeting, [LU], held)
    debriefings = stack.db("supervision")["debriefings"]
    ref = local_id(both, "Debriefing")
    eventually(lambda: debriefings.count_documents({"_id": ref, "state": "HELD"}) == 1)
    ratings = [
        {"unit": unit("unit-slj"), "rating": "SATISFIED"},
        {"supervisor": made, "rating": "BASIC", "note": "可更多到现场"},
    ]
    story.run(story.member(LU), "rateDebriefing", shown, debriefingId=both, ratings=ratings)
    settled = story.run(URBAN, "settleDebriefing", shown, debriefingId=both)["debriefing"]
    assert {"satisfied": 1, "unit": {"name": "区水利局"}} in settled["ratings"]
    summary = {"debriefingId": both, "summary": "双方述职充分，提问有答复。"}
    closed = story.run(URBAN, "closeDebriefing", shown, **summary)["debriefing"]
    assert closed["state"] == "CLOSED"
    ended = {"supervisorId": made, "reason": "本人辞任"}
    last = story.run(OFFICE, "endSupervisor", "supervisor { state }", **ended)["supervisor"]
    assert last["state"] == "ENDED"


def test_what_is_rectified_is_closed_by_the_committee_and_a_cancelled_one_ends(
    known: Story,
) -> None:
    story = known
    checklist = {"title": "河湖检查清单", "topicCodes": ["WATER"], "lines": ["河面有无漂浮物"]}
    shown = "checklist { id lines isActive }"
    made = story.only(URBAN, SLJ, "writeSupervisionChecklist", shown, **checklist)["checklist"]
    assert made["lines"] == ["河面有无漂浮物"]
    place = site(story)
    id = approved(story, place, ("unit-slj",))
    assert story.turned_away(LEGAL, "cancelSupervision", supervisionId=id, reason="不办") in (
        "FORBIDDEN",
    )
    gone = step(story, URBAN, "cancelSupervision", id, reason="并入下年度")
    assert gone["state"] == "CANCELLED"
    query = """query ($units: ID) { supervisions(filter: { unit: $units, state: CANCELLED }) {
      totalCount edges { node { id } } }
      supervisionSites { totalCount edges { node { id } } }
      supervisionFindings { totalCount edges { node { id } } }
      supervisors { totalCount edges { node { id } } }
      debriefings { totalCount edges { node { id } } }
      supervisionChecklists { totalCount edges { node { id } } } }"""
    answer = story.ask(URBAN, query, units=unit("unit-slj"))
    assert id in [edge["node"]["id"] for edge in answer["supervisions"]["edges"]]
    assert made["id"] in [e["node"]["id"] for e in answer["supervisionChecklists"]["edges"]]
    lists = "query ($id: ID!) { supervisionInspections(supervision: $id) { totalCount } }"
    assert story.ask(URBAN, lists, id=id)["supervisionInspections"]["totalCount"] == 0
