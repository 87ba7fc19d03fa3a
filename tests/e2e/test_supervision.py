"""The special supervision of rivers and lakes, from its topic to its end (AC-16), and what it
moves: the plan's board, outcomes, points; supervisors and both sides' debriefing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gateway.base import global_id, local_id
from tests.e2e.conftest import NOW
from tests.e2e.meetings import hold
from tests.e2e.story import Refusal, Story
from tests.e2e.supervising import (
    AFTER,
    BEFORE,
    CHAIR,
    HBJ,
    LEGAL,
    LU,
    QIAN,
    SHEN,
    SLJ,
    TITLE,
    URBAN,
    approved,
    board,
    feedback,
    found,
    heard,
    issued,
    numbered,
    site,
    state,
    step,
    unit,
    with_team,
)
from tests.e2e.test_office_documents import executing
from tests.e2e.test_opinion_ways import paragraphs
from tests.e2e.test_study_year import downloaded
from tests.stack import Document
from tests.waiting import eventually


@pytest.fixture
def known(story: Story) -> Story:
    return heard(story)


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
    query = "query ($id: ID!) { supervisionFinding(id: $id) { site { name } } }"
    assert story.ask(lu, query, id=fid)["supervisionFinding"]["site"]["name"] == "太浦河黎里段"
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
