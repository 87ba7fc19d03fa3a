"""Supervisors, and the debriefing of both sides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from tests.e2e.conftest import NOW
from tests.e2e.meetings import hold
from tests.e2e.story import Refusal, Story
from tests.e2e.supervising import (
    CHAIR,
    LU,
    SLJ,
    URBAN,
    WATCHER,
    heard,
    unit,
)
from tests.e2e.test_study_year import downloaded
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE


@pytest.fixture
def known(story: Story) -> Story:
    return heard(story)


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
    query = """query ($one: ID!, $both: ID!) {
      supervisor(id: $one) { member { name } stateLabel }
      debriefing(id: $both) { stateLabel questions { answer askedBy { name } } } }"""
    shown_both = story.ask(URBAN, query, one=made, both=both)
    assert shown_both["supervisor"] == {"member": {"name": WATCHER}, "stateLabel": "已派驻"}
    assert shown_both["debriefing"]["questions"] == [
        {"answer": "八月底前完成。", "askedBy": {"name": LU}}
    ]
    ended = {"supervisorId": made, "reason": "本人辞任"}
    last = story.run(OFFICE, "endSupervisor", "supervisor { state }", **ended)["supervisor"]
    assert last["state"] == "ENDED"
