"""Supervision on a real database: interests, mergers, meetings, numbers, timers, who sees what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.supervision import reactions
from services.supervision.commands import findings, rectifying, supervisors
from services.supervision.domain import errors
from services.supervision.domain.states import InspectionState
from services.supervision.queries import findings as found
from services.supervision.queries import supervision as read
from shared.contracts import names, sample_event
from shared.errors import Forbidden
from shared.ids import new_id
from tests.integration.acting import attendance, sent
from tests.integration.supervision.desk import (
    CHAIR,
    EMPLOYED,
    HBJ,
    LEAD,
    LEADER,
    LEGAL,
    MEMBER,
    OFFICE,
    ON_SPOT,
    OTHER,
    SLJ,
    SYSTEM,
    URBAN,
    WATCHER,
    House,
)

SERVICE = reactions.SERVICE
CALLERS = {"unit": SLJ, "team": LEADER, "other": OTHER, "committee": LEGAL}


def test_an_employee_of_a_parent_or_of_what_was_merged_in_is_refused(house: House) -> None:
    id = house.approved(house.site())
    with pytest.raises(errors.InterestConflict) as refused:
        house.team(id, EMPLOYED)
    assert refused.value.details == {"members": [EMPLOYED]}
    house.employed = {MEMBER: "unit-above"}
    house.organisation("unit-above")
    house.organisation("unit-slj", 2, parent="unit-above")
    with pytest.raises(errors.InterestConflict):
        house.team(id, MEMBER)
    house.employed = {MEMBER: "unit-old"}
    house.team(id, MEMBER)
    house.organisation("unit-old", 2, is_active=False, merged_into="unit-slj")
    with pytest.raises(errors.InterestConflict):
        house.team(id, MEMBER)


def test_a_supervisor_who_is_related_is_not_assigned(house: House) -> None:
    id = house.appointed()
    relation = {"organisation": "unit-hbj", "note": "配偶任职"}
    house.do(supervisors.declare_relations, ON_SPOT, supervisor_id=id, relations=[relation])
    with pytest.raises(errors.InterestConflict):
        house.posted(id, "unit-hbj")
    house.posted(id, "unit-slj")
    [one] = read.match_supervisors(URBAN, house.desk, topic_codes=["WATER"], units=["unit-slj"])
    assert one["id"] == id
    assert (
        read.match_supervisors(URBAN, house.desk, topic_codes=["WATER"], units=["unit-hbj"]) == []
    )
    with pytest.raises(Forbidden):
        house.do(supervisors.end_supervisor, OFFICE, supervisor_id=id, dismissed=True, reason="x")


RELATION = {"organisation": "unit-hbj", "note": "配偶任职"}


def test_a_relation_declared_later_ends_the_posting_with_its_reason(house: House) -> None:
    site = house.site("unit-hbj")
    id, posted = house.approved(site), house.appointed()
    house.team(id, supervisors=[posted])
    house.posted(posted, "unit-hbj", "unit-slj")
    finding = house.found(id, site, by=ON_SPOT)
    house.assigned(finding, "unit-hbj")
    claim: dict[str, Any] = {"text": "已清理", "photos": [], "values": []}
    house.do(findings.claim_finding, HBJ, finding_id=finding, **claim)
    house.do(supervisors.declare_relations, ON_SPOT, supervisor_id=posted, relations=[RELATION])
    row = house.desk.supervisors.row(posted)
    assert (row["state"], row["units"]) == ("ASSIGNED", ["unit-slj"])
    assert house.told(names.SUPERVISOR_ASSIGNED)[-1]["reason"] == (
        "与被监督单位有利害关系（配偶任职），应当回避"
    )
    with pytest.raises(errors.InterestConflict):
        house.found(id, site, by=ON_SPOT)
    said: dict[str, Any] = {"verified": True, "text": "已清理", "values": [], "due_at": None}
    with pytest.raises(errors.InterestConflict):
        house.do(findings.verify_finding, ON_SPOT, finding_id=finding, **said)


def test_a_merger_or_a_new_parent_ends_the_posting_of_who_works_there(house: House) -> None:
    house.employed = {WATCHER: "unit-cgj", MEMBER: "unit-above"}
    site = house.site("unit-hbj")
    id = house.approved(site)
    posted, other = house.appointed(), house.appointed(MEMBER)
    house.posted(posted, "unit-hbj")
    house.posted(other, "unit-slj", "unit-hbj")
    for _ in range(2):
        house.organisation("unit-hbj", 2, is_active=False, merged_into="unit-cgj")
    row = house.desk.supervisors.row(posted)
    assert (row["state"], row["units"]) == ("APPOINTED", [])
    house.team(id)
    with pytest.raises((Forbidden, errors.SupervisionNotFound)):
        house.found(id, site, by=ON_SPOT)
    assert house.desk.supervisors.row(other)["units"] == ["unit-slj", "unit-cgj"]
    house.organisation("unit-above")
    house.organisation("unit-slj", 2, parent="unit-above")
    assert house.desk.supervisors.row(other)["units"] == ["unit-cgj"]
    assert len([d for d in house.told(names.SUPERVISOR_ASSIGNED) if d.get("reason")]) == 2


def test_a_member_who_works_there_by_now_neither_records_nor_verifies(house: House) -> None:
    site = house.site()
    id = house.approved(site)
    house.team(id)
    finding = house.found(id, site)
    house.assigned(finding)
    claim: dict[str, Any] = {"text": "已清理", "photos": [], "values": []}
    house.do(findings.claim_finding, SLJ, finding_id=finding, **claim)
    house.issued(id)
    house.fed_back(id, SLJ, 1)
    house.fed_back(id, HBJ, 2)
    house.employed = {LEAD: "unit-slj"}
    said: dict[str, Any] = {"text": "已清理", "due_at": None}
    verdicts = [{"no": 1, "done": True}, {"no": 2, "done": True}]
    with pytest.raises(errors.InterestConflict):
        house.found(id, site)
    with pytest.raises(errors.InterestConflict):
        house.do(
            findings.verify_finding, LEADER, finding_id=finding, verified=True, values=[], **said
        )
    with pytest.raises(errors.InterestConflict):
        house.do(rectifying.recheck, LEADER, supervision_id=id, verdicts=verdicts, files=[], **said)
    house.employed = {}
    house.do(findings.verify_finding, LEADER, finding_id=finding, verified=True, values=[], **said)
    house.do(rectifying.recheck, LEADER, supervision_id=id, verdicts=verdicts, files=[], **said)
    assert house.desk.supervisions.row(id)["state"] == "RECHECKED"


def test_certificates_are_numbered_without_gaps_and_sent_twice_once(house: House) -> None:
    first, second = house.nominated(), house.nominated(MEMBER)
    call = sent(CHAIR)
    said: dict[str, Any] = {"approved": True, "opinion": "同意", "ends_on": None}
    for _ in range(2):
        supervisors.decide_nomination(call, house.desk, supervisor_id=first, **said)
    house.do(supervisors.decide_nomination, CHAIR, supervisor_id=second, **said)
    told = [data["certificate_no"] for data in house.told(names.SUPERVISOR_APPOINTED)]
    numbers = sorted(int(no.removeprefix("吴政协监聘〔2017〕").removesuffix("号")) for no in told)
    assert numbers == [numbers[0], numbers[0] + 1]  # other tests have taken some before
    [paper] = read.supervisor_certificates(ON_SPOT, house.desk, supervisor_id=first)
    assert paper["number"] in told
    assert read.supervisor_certificates(ON_SPOT, house.desk, supervisor_id=second) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_whoever_came_stands_whatever_the_order_of_the_news(
    house: House, order: tuple[int, ...]
) -> None:
    id = house.inspected(house.site())
    facts = [
        attendance(
            SERVICE, names.MEETING_ATTENDANCE_CONFIRMED, id, {LEAD: 1, MEMBER: 0, WATCHER: 1}
        ),
        attendance(SERVICE, names.MEETING_ATTENDANCE_CORRECTED, id, {MEMBER: 1, WATCHER: 0}, 1),
        attendance(SERVICE, names.MEETING_ATTENDANCE_CORRECTED, id, {MEMBER: 0}, 2),
    ]
    for fact in (facts[n] for n in (*order, *order)):
        reactions.take_presence(fact, house.desk)
    inspection = house.desk.inspections.get(id)
    assert inspection is not None
    assert (inspection.state, inspection.attended) == (InspectionState.HELD, (LEAD,))


def test_a_supervisor_on_the_spot_records_what_the_team_verifies(house: House) -> None:
    site = house.site()
    id = house.approved(site)
    posted = house.appointed()
    house.team(id, MEMBER)
    with pytest.raises(errors.SupervisionNotFound):
        house.found(id, site, by=ON_SPOT)
    house.posted(posted, "unit-slj")
    finding = house.found(id, site, by=ON_SPOT)
    assert house.desk.findings.row(finding)["found_by"] == WATCHER
    assert house.desk.supervisions.row(id)["state"] == "INSPECTING"
    house.assigned(finding)
    claim: dict[str, Any] = {"text": "已清理", "photos": [], "values": []}
    with pytest.raises(errors.SupervisionNotFound):
        house.do(findings.claim_finding, HBJ, finding_id=finding, **claim)
    house.do(findings.claim_finding, SLJ, finding_id=finding, **claim)
    said: dict[str, Any] = {"verified": True, "text": "已清理", "values": [], "due_at": None}
    with pytest.raises(Forbidden):
        house.do(findings.verify_finding, ON_SPOT, finding_id=finding, **said)
    house.do(findings.verify_finding, LEADER, finding_id=finding, **said)
    assert house.desk.findings.row(finding)["state"] == "VERIFIED"


def test_a_merged_unit_hands_everything_on_once(house: House) -> None:
    site = house.site()
    id = house.approved(site)
    posted = house.appointed()
    house.team(id)
    finding = house.found(id, site)
    house.assigned(finding, "unit-hbj")
    house.posted(posted, "unit-hbj")
    house.issued(id)
    for _ in range(2):
        house.organisation("unit-hbj", 2, is_active=False, merged_into="unit-cgj")
    assert house.desk.supervisions.row(id)["units"] == ["unit-slj", "unit-cgj"]
    assert house.desk.findings.row(finding)["unit"] == "unit-cgj"
    assert house.desk.supervisors.row(posted)["units"] == ["unit-cgj"]
    assert len(house.told(names.SUPERVISION_UNIT_CHANGED)) == 1
    assert len(house.told(names.FINDING_UNIT_CHANGED)) == 1


def test_numbers_of_the_office_open_and_end_it_once(house: House) -> None:
    site = house.site()
    id = house.approved(site)
    house.team(id)
    house.found(id, site)
    house.issued(id)
    house.document(id, "吴政协监〔2017〕7号")
    assert house.desk.supervisions.row(id)["opinion"]["no"] == "吴政协监〔2017〕1号"
    assert len(house.told(names.SUPERVISION_OPINION_ISSUED)) == 1
    verdicts = [{"no": 1, "done": False}, {"no": 2, "done": False}]
    for _ in range(2):
        house.fed_back(id, SLJ, 1)
        house.fed_back(id, HBJ, 2)
        said: dict[str, Any] = {"text": "仍未到位", "files": [], "due_at": None}
        house.do(rectifying.recheck, LEADER, supervision_id=id, verdicts=verdicts, **said)
    report: dict[str, Any] = {"text": "两次回头看未到位", "main": ["sup-qwb"]}
    house.do(rectifying.report_to_party, CHAIR, supervision_id=id, **report)
    for _ in range(2):
        house.document(f"{id}/party-report", "吴政协〔2017〕3号")
    row = house.desk.supervisions.row(id)
    assert (row["state"], row["end"], row["party_report"]["no"]) == (
        "CLOSED",
        "REPORTED",
        "吴政协〔2017〕3号",
    )
    assert len(house.told(names.SUPERVISION_CLOSED)) == 1


def test_each_date_is_reminded_and_told_late_once(house: House) -> None:
    site = house.site()
    id = house.approved(site)
    house.team(id)
    finding = house.found(id, site)
    house.assigned(finding)
    house.issued(id)
    house.tick(54)
    house.tick(1)
    assert [d["step"] for d in house.told(names.SUPERVISION_REMINDER_DUE)] == ["FEEDBACK"]
    assert len(house.told(names.FINDING_REMINDER_DUE)) == 1
    house.tick(7)
    house.tick(1)
    assert [d["missing"] for d in house.told(names.SUPERVISION_OVERDUE)] == [
        ["unit-slj", "unit-hbj"]
    ]
    assert len(house.told(names.FINDING_OVERDUE)) == 1


def test_after_its_date_a_supervisor_does_nothing_though_no_timer_has_run(house: House) -> None:
    site, watcher = house.site(), house.appointed()
    id = house.approved(site)
    house.team(id, MEMBER, supervisors=[watcher])
    finding = house.found(id, site, ON_SPOT)
    house.assigned(finding)
    ends_on = house.desk.supervisors.row(watcher)["ends_on"]
    house.clock.at = ends_on - timedelta(seconds=1)
    house.posted(watcher, "unit-slj")
    house.found(id, site, ON_SPOT)
    asked: dict[str, Any] = {"topic_codes": ["WATER"], "units": []}
    assert [row["id"] for row in read.match_supervisors(URBAN, house.desk, **asked)] == [watcher]

    house.clock.at = ends_on
    with pytest.raises(errors.SupervisionNotFound):  # no longer seen
        house.found(id, site, ON_SPOT)
    said: dict[str, Any] = {"finding_id": finding, "verified": True, "text": "", "values": []}
    with pytest.raises(errors.SupervisionNotFound):
        house.do(findings.verify_finding, ON_SPOT, due_at=None, **said)
    with pytest.raises(errors.Unfit, match="请选择在聘的民主监督员"):
        house.team(id, MEMBER, supervisors=[watcher])
    with pytest.raises(errors.WrongState) as refused:
        house.posted(watcher, "unit-hbj")
    assert refused.value.details == {"state": "ENDED"}
    assert read.match_supervisors(URBAN, house.desk, **asked) == []


def test_an_appointment_ends_by_its_date_and_with_the_membership(house: House) -> None:
    house.appointed()
    second = house.appointed(MEMBER)
    gone = sample_event(
        "members", "member_resigned", id=new_id(), member_id=MEMBER, state="RESIGNED", version=9
    )
    reactions.note_member(gone, house.desk)
    assert house.desk.supervisors.row(second)["state"] == "ENDED"
    house.tick(1500)
    told = [data["reason"] for data in house.told(names.SUPERVISOR_ENDED)]
    assert sorted(told) == ["委员任期结束或离任", "聘期届满"]


@pytest.mark.parametrize(
    ("who", "draft", "out"),
    [("unit", 0, 1), ("team", 1, 1), ("other", 0, 1), ("committee", 1, 1)],
)
def test_who_sees_it_before_and_after_its_opinion(
    house: House, who: str, draft: int, out: int
) -> None:
    by, site = CALLERS[who], house.site()
    id = house.approved(site)
    house.team(id)
    house.found(id, site)
    assert read.count_supervisions(by, house.desk, filter={}) == draft
    house.issued(id)
    assert read.count_supervisions(by, house.desk, filter={}) == out
    assert len(read.supervisions_by_ids(by, house.desk, ids=[id])) == out


QUESTIONS = {
    "of a unit": lambda h: read.list_supervisions(SLJ, h.desk, filter={}, first=20, after=None),
    "of a team": lambda h: read.list_supervisions(LEADER, h.desk, filter={}, first=20, after=None),
    "of a topic": lambda h: read.list_supervisions(
        URBAN, h.desk, filter={"topic_code": "WATER"}, first=20, after=None
    ),
    "sites": lambda h: read.list_sites(URBAN, h.desk, filter={}, first=20, after=None),
    "findings of a unit": lambda h: found.list_findings(
        SLJ, h.desk, filter={}, first=20, after=None
    ),
    "a site's history": lambda h: found.list_findings(
        URBAN, h.desk, filter={"site": "site-1"}, first=20, after=None
    ),
    "map": lambda h: found.supervision_map(LEADER, h.desk, filter={}),
    "supervisors": lambda h: read.list_supervisors(URBAN, h.desk, filter={}, first=20, after=None),
    "debriefings": lambda h: read.list_debriefings(
        ON_SPOT, h.desk, filter={}, first=20, after=None
    ),
    "checklists": lambda h: read.list_checklists(URBAN, h.desk, filter={}, first=20, after=None),
    "files": lambda h: read.held_files(SYSTEM, h.desk, ids=["file-1"]),
    "timers": lambda h: h.tick(60),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_index_serves_it(house: House, question: str) -> None:
    site = house.site()
    id = house.approved(site)
    house.posted(house.appointed(), "unit-slj")
    house.team(id, MEMBER)
    house.assigned(house.found(id, site))
    house.issued(id)
    db = house.database.db
    db.command("profile", 2)
    try:
        QUESTIONS[question](house)
    finally:
        db.command("profile", 0)
    scans = [
        (row["ns"], row.get("command", {}).get("filter"))
        for row in db["system.profile"].find({"planSummary": {"$regex": "COLLSCAN"}})
        if not row["ns"].endswith((".settings", ".system.profile"))
    ]
    db["system.profile"].drop()
    assert scans == []
