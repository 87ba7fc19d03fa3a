"""Consultations on a real database: numbers, commands and facts that come twice or in any order."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from services.consultations.commands import meetings, reporting, topics, views
from services.consultations.domain import errors
from services.consultations.domain.states import ConsultationState
from services.consultations.queries import shaping
from shared.actor import Role
from shared.contracts import names, sample_event
from shared.errors import Forbidden
from shared.ids import new_id
from tests.integration.acting import call, sent
from tests.integration.consultations.desk import (
    ECONOMY,
    LEGAL,
    LU,
    MAY,
    OFFICE,
    QIAN,
    SHEN,
    House,
    Row,
    moved,
    notified,
)

S = ConsultationState
LATER = MAY.replace(day=25)


def test_reports_of_a_year_have_no_gaps_when_two_press_at_once(house: House) -> None:
    ids = [house.proposed() for _ in range(6)]
    house.in_plan(*ids)
    for id in ids:
        house.meet(id)
    house.minuted(*ids)
    house.at_once([partial(house.report, sent(ECONOMY), id) for id in ids])
    reports = [house.record(id).report for id in ids]
    assert sorted((r.year, r.no) for r in reports if r) == [(2017, no) for no in range(1, 7)]


def test_views_of_a_home_are_entered_by_its_people_so_many_a_day(house: House) -> None:
    town = call(Role.TOWN_STAFF, "account-lili", town="town-lili")
    member = call(Role.MEMBER, "account-member", LU)
    id = house.proposed()
    house.in_plan(id)
    until = house.clock.at + timedelta(days=9)
    house.do(views.ask_for_views, ECONOMY, consultation_id=id, until=until)
    said: Row = {"consultation_id": id, "text": "希望减少材料。", "client": "one-desk"}
    given: Row = {**said, "name": "", "named": False, "home_id": "home-lili"}
    for by in (town, member, OFFICE):
        house.do(views.leave_view, by, **given)
    for by in (call(Role.PUBLIC, None), LEGAL):
        with pytest.raises(Forbidden):
            views.leave_view(by, house.desk, **given)
    for _ in range(49):
        house.do(views.leave_view, town, **given)
    with pytest.raises(errors.TooMany):
        house.do(views.leave_view, town, **given)
    house.do(views.leave_view, member, **given)
    house.do(views.leave_view, town, **{**given, "home_id": None})
    rows = house.desk.views.rows({"consultation_id": id, "channel": "HOME"})
    assert {row["home_id"] for row in rows} == {"home-lili"}
    assert len(rows) == 53
    assert [shaping.view(by.actor, rows[0])["home_id"] for by in (ECONOMY, town)] == [
        "home-lili",
        None,
    ]


def test_a_report_that_is_refused_takes_no_number(house: House) -> None:
    first, second = house.proposed(), house.proposed()
    house.in_plan(first, second)
    for id in (first, second):
        house.meet(id)
    with pytest.raises(errors.WrongState):
        house.report(sent(ECONOMY), first)
    house.hear(house.confirmed(first, {LU: 1}))
    with pytest.raises(errors.Incomplete):
        house.report(sent(ECONOMY), first)
    house.minuted(second)
    with pytest.raises(Forbidden):
        house.report(sent(LEGAL), second)
    house.report(sent(ECONOMY), second)
    report = house.record(second).report
    assert report is not None
    assert (report.year, report.no) == (2017, 1)


def test_a_command_sent_twice_is_done_once(house: House) -> None:
    id = house.planned()
    house.minuted(id)
    once = sent(ECONOMY)
    assert [house.report(once, id) for _ in range(2)] == [id, id]
    [told] = house.told(names.CONSULTATION_REPORTED)
    assert told["consultation_id"] == id
    proposing = sent(ECONOMY, "the same")
    said: Row = {"title": "再提一题", "background": "", "organisers": ["com-economy"], "year": 2017}
    form = house.record(id).form
    made = {
        topics.propose_consultation(proposing, house.desk, form=form, topic_codes=[], **said)
        for _ in range(2)
    }
    assert len(made) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0), (2, 0, 1)])
def test_whoever_came_stands_whatever_the_order_of_the_news(
    house: House, order: tuple[int, ...]
) -> None:
    id = house.planned()
    facts = [
        house.confirmed(id, {LU: 1, SHEN: 1, QIAN: 0}, version=4),
        house.corrected(id, {SHEN: 0, QIAN: 1}, 1, version=5),
        house.corrected(id, {SHEN: 1}, 2, version=6),
    ]
    house.hear(*(facts[n] for n in order))
    record = house.record(id)
    assert (record.state, record.present) == (S.HELD, (SHEN, LU, QIAN))
    assert len(house.told(names.CONSULTATION_HELD)) == 1


def test_the_second_sitting_is_moved_though_the_first_was_moved_at_that_version(
    house: House,
) -> None:
    id = house.planned()
    house.hear(notified(id), moved(id, LATER, 3))
    house.do(topics.postpone_consultation, ECONOMY, consultation_id=id, reason="主讲人出差")
    house.meet(id)
    second = house.record(id).meeting
    assert second is not None
    assert second.id == f"{id}-2"
    house.hear(notified(second.id), moved(second.id, LATER, 3), moved(id, MAY, 4))
    record = house.record(id)
    assert record.meeting is not None
    assert (record.state, record.meeting.held_at) == (S.NOTIFIED, LATER)
    assert [move["version"] for move in record.moves] == [3, 3]


def test_a_move_that_overtakes_the_notice_is_not_undone_by_it(house: House) -> None:
    id = house.planned()
    house.hear(moved(id, LATER, 3), notified(id))
    record = house.record(id)
    assert record.meeting is not None
    assert (record.state, record.meeting.held_at) == (S.NOTIFIED, LATER)
    assert house.told(names.CONSULTATION_MOVED)[0]["reason"] == "与区委会议冲突"


def test_an_instruction_revoked_before_it_is_heard_of_stays_revoked(house: House) -> None:
    id = house.planned()
    house.minuted(id)
    house.report(sent(ECONOMY), id)
    said = {"source": "CONSULTATION", "source_ref": id, "instruction_id": "instruction-1"}
    told, revoked = (
        sample_event("outcomes", event_type, id=new_id(), version=version, **said)
        for event_type, version in (
            (names.OUTCOME_INSTRUCTED, 3),
            (names.OUTCOME_INSTRUCTION_REVOKED, 4),
        )
    )
    house.hear(revoked, told)
    assert [one.revoked for one in house.record(id).instructions] == [True]


def test_another_committee_neither_plans_its_meeting_nor_closes_it(house: House) -> None:
    id = house.proposed()
    house.in_plan(id)
    times = {"held_at": MAY, "ends_at": LATER}
    with pytest.raises(Forbidden):
        house.do(
            meetings.plan_meeting,
            LEGAL,
            consultation_id=id,
            place="三楼",
            half_days=1,
            members=[LU],
            **times,
        )
    house.meet(id)
    house.minuted(id)
    house.report(sent(ECONOMY), id)
    with pytest.raises(Forbidden):
        house.do(reporting.close_consultation, LEGAL, consultation_id=id, reason="意见已落实")
    house.do(reporting.close_consultation, OFFICE, consultation_id=id, reason="意见已落实")
    assert house.record(id).state is S.CLOSED
