"""What goes off when, once each (DL1–DL10, decision 19)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.domain import deadlines, decisions, extending, handling, returning
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.assignments import Lateness, Mode
from services.proposals.domain.promises import report_day
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Commitment, CommitmentStatus, Promise, ReplyClass
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import day_after
from tests.unit.proposals.samples import (
    LATER,
    LU,
    NOW,
    SHEN,
    filed,
    returned,
    short,
    submitted,
    taken,
    under_review,
)
from tests.unit.proposals.test_handling import (
    DUE,
    EVALUATE_BY,
    HYGS,
    OFFICER,
    ZJJ,
    assigned,
    deliver,
    drafted,
    meet,
)
from tests.unit.proposals.test_judging import FAIR, GOOD, Line, form, judge, replied

SCHEDULE = Schedule()
DAY = timedelta(days=1)
LATE = day_after(DUE.reply)  # the first moment of being late


def watch(proposal: Proposal, until: datetime, schedule: Schedule = SCHEDULE) -> list[Any]:
    """As the timer does: look whenever something is to come; (day, event, about or unit)."""
    found = []
    at = NOW
    while True:
        proposal.events.clear()
        while deadlines.ring(proposal, at, schedule):
            pass
        for event, data in taken(proposal):
            late = data.get("days_late", 0)
            found.append(((at - NOW).days, event, data.get("about") or data.get("unit"), late))
        upcoming = deadlines.next_alarm(proposal, at, schedule)
        if upcoming is None or upcoming > until:
            return found
        assert upcoming > at
        at = upcoming


def received() -> Proposal:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    proposal.events.clear()
    return proposal


def reminders(found: list[Any]) -> list[Any]:
    return [
        (day, about, late)
        for day, event, about, late in found
        if event == names.PROPOSAL_REMINDER_DUE
    ]


def facts(found: list[Any]) -> list[Any]:
    return [
        (day, event, late) for day, event, _, late in found if event != names.PROPOSAL_REMINDER_DUE
    ]


def test_late_begins_with_the_midnight_after_the_due_day() -> None:
    assert day_after(DUE.reply) == (DUE.reply + DAY).replace(hour=0, minute=0, second=0)


def test_a_reply_is_warned_of_then_overdue_then_noticed_then_escalated() -> None:
    """DL5, DL10: 30, 15, 7, 1 days before; the day after; each 7 days; 15 and 30 days late."""
    found = watch(received(), LATE + 31 * DAY)
    assert reminders(found) == [
        (60, "REPLY", 0),
        (75, "REPLY", 0),
        (83, "REPLY", 0),
        (89, "REPLY", 0),
        *[(90 + late - 1, "REPLY", late) for late in (7, 14, 21, 28)],
    ]
    assert facts(found) == [
        (90, names.PROPOSAL_OVERDUE, 0),
        (104, names.PROPOSAL_SUPERVISION_NOTICE_ISSUED, 15),
        (119, names.PROPOSAL_OVERDUE_ESCALATED, 30),
    ]


@pytest.mark.parametrize(
    ("days", "lateness"),
    [(-1, None), (0, Lateness.OVERDUE), (14, Lateness.NOTICED), (29, Lateness.ESCALATED)],
)
def test_how_late_a_share_is(days: int, lateness: Lateness | None) -> None:
    """DL10: ESCALATED ones are on the public list."""
    proposal = received()
    deadlines.ring(proposal, LATE + days * DAY, SCHEDULE)
    assert proposal.assignment_of(ZJJ).lateness == lateness


def test_a_second_look_rings_nothing() -> None:
    proposal = received()
    assert deadlines.ring(proposal, LATE, SCHEDULE)
    assert not deadlines.ring(proposal, LATE, SCHEDULE)
    assert proposal.assignment_of(ZJJ).overdue_at == LATE


def test_after_an_outage_facts_come_in_order_and_of_reminders_the_latest() -> None:
    """Decision 19."""
    proposal = received()
    assert deadlines.ring(proposal, LATE + 40 * DAY, SCHEDULE)
    assert [(event, data.get("days_late")) for event, data in taken(proposal)] == [
        (names.PROPOSAL_OVERDUE, None),
        (names.PROPOSAL_SUPERVISION_NOTICE_ISSUED, 15),
        (names.PROPOSAL_OVERDUE_ESCALATED, 30),
        (names.PROPOSAL_REMINDER_DUE, 35),
    ]


def test_other_settings_give_other_alarms() -> None:
    schedule = Schedule(before=(2,), every=10, notice=3, escalation=5)
    found = watch(received(), LATE + 6 * DAY, schedule)
    assert reminders(found) == [(88, "REPLY", 0)]
    assert [day for day, _, _ in facts(found)] == [90, 92, 94]


def test_more_time_means_new_warnings() -> None:
    """DL6."""
    proposal = received()
    watch(proposal, DUE.reply - 2 * DAY)
    until = DUE.reply + 30 * DAY
    extending.request(proposal, ZJJ, until, "需会商", until, DUE.reply - DAY, OFFICER)
    assert deadlines.next_alarm(proposal, DUE.reply, SCHEDULE) == DUE.reply - DAY  # nothing is held
    extending.decide(proposal, ZJJ, True, "", DUE.reply)
    proposal.events.clear()
    found = watch(proposal, until - DAY)
    assert reminders(found)[-3:] == [(105, "REPLY", 0), (113, "REPLY", 0), (119, "REPLY", 0)]
    assert facts(found) == []


def test_an_undecided_extension_stops_no_alarm_and_urges_who_must_decide() -> None:
    """Decision 41: asked for the day before, never answered, and overdue all the same."""
    proposal = received()
    watch(proposal, DUE.reply - 2 * DAY)
    ask_time(proposal)
    assert deadlines.ring(proposal, LATE, SCHEDULE)
    told = dict(taken(proposal))
    assert told[names.PROPOSAL_OVERDUE]["undecided"] == "EXTENSION_DECISION"
    assert told[names.PROPOSAL_REMINDER_DUE]["undecided"] == "EXTENSION_DECISION"
    assert proposal.assignment_of(ZJJ).overdue_at == LATE
    assert facts(watch(proposal, LATE + 31 * DAY)) == [
        (104, names.PROPOSAL_SUPERVISION_NOTICE_ISSUED, 15),
        (119, names.PROPOSAL_OVERDUE_ESCALATED, 30),
    ]


def test_time_granted_late_takes_the_overdue_back() -> None:
    proposal = received()
    ask_time(proposal)
    deadlines.ring(proposal, LATE, SCHEDULE)
    extending.decide(proposal, ZJJ, True, "", LATE)
    share = proposal.assignment_of(ZJJ)
    assert (share.overdue_at, share.lateness, share.due_at) == (None, None, UNTIL)
    proposal.events.clear()
    deadlines.ring(proposal, day_after(UNTIL), SCHEDULE)
    told = dict(taken(proposal))
    assert "undecided" not in told[names.PROPOSAL_OVERDUE]


def test_a_delivered_reply_leaves_no_request_for_time_open() -> None:
    proposal = drafted()
    ask_time(proposal)
    deliver(proposal)
    [extension] = proposal.assignment_of(ZJJ).extensions
    assert (extension.granted, extension.decision) == (False, "已答复")
    assert [request.about for request in decisions.waiting(proposal)] == ["OPENNESS_DECISION"]


UNTIL = DUE.reply + 30 * DAY


def ask_time(proposal: Proposal) -> None:
    extending.request(proposal, ZJJ, UNTIL, "需会商", UNTIL, DUE.reply - DAY, OFFICER)


def five_days(since: datetime) -> datetime:
    return since + 5 * DAY


@pytest.mark.parametrize("asked_at", [DUE.reply - DAY, None])
def test_who_must_decide_has_a_day_and_one_reminder(asked_at: datetime | None) -> None:
    """Decision 41; what was asked for before there were days is counted from then."""
    proposal = received()
    ask_time(proposal)
    if asked_at is None:
        proposal.events.clear()  # stored without a day
    assert decisions.date(proposal, DUE.reply + DAY, five_days)
    due = DUE.reply + 4 * DAY
    [extension] = proposal.assignment_of(ZJJ).extensions
    assert extension.decide_by == due
    asked = [data for _, data in taken(proposal)]
    assert [data["decide_by"] for data in asked] == [due] * len(asked)
    assert not decisions.date(proposal, due, five_days)
    reminded = []
    for day in range(40):
        while deadlines.ring(proposal, due + day * DAY, SCHEDULE):
            pass
        found = [data for event, data in taken(proposal) if event == names.PROPOSAL_REMINDER_DUE]
        reminded += [
            (day, data["unit"], data["due_at"])
            for data in found
            if data["about"] == "EXTENSION_DECISION"
        ]
    assert reminded == [(0, ZJJ, due)]


def test_a_co_handling_unit_is_late_once() -> None:
    """DL4."""
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    for unit in (ZJJ, HYGS):
        handling.receive(proposal, unit, NOW)
    found = watch(proposal, DUE.opinion + 10 * DAY)
    assert facts(found) == [(30, names.ASSIGNMENT_CO_OVERDUE, 0)]
    assert reminders(found) == [(15, "CO_OPINION", 0), (23, "CO_OPINION", 0), (29, "CO_OPINION", 0)]
    assert proposal.assignment_of(HYGS).overdue_at is not None


def test_who_has_done_its_part_hears_nothing() -> None:
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    handling.receive(proposal, HYGS, NOW)
    handling.give_co_opinion(proposal, HYGS, "可以接管", NOW, OFFICER)
    drafted(proposal)
    deliver(proposal)
    assert {about for _, about, _ in reminders(watch(proposal, LATE + 60 * DAY))} == {"EVALUATION"}


def test_a_unit_that_asked_to_hand_it_back_is_urged_until_somebody_decides() -> None:
    """Decision 41."""
    proposal = assigned()
    returning.request(proposal, ZJJ, "不属本单位职责", NOW, OFFICER)
    assert deadlines.next_alarm(proposal, NOW, SCHEDULE) == DUE.reply - 30 * DAY
    deadlines.ring(proposal, LATE, SCHEDULE)
    told = dict(taken(proposal))
    assert told[names.PROPOSAL_OVERDUE]["undecided"] == "RETURN_DECISION"


def test_a_returned_proposal_lapses_after_sixty_days_with_a_warning_before() -> None:
    """Decision 41."""
    proposal = returned(SHEN)
    due = NOW + 60 * DAY
    assert deadlines.next_alarm(proposal, NOW, SCHEDULE) == due - 15 * DAY
    deadlines.ring(proposal, due - 15 * DAY, SCHEDULE)
    [(event, data)] = taken(proposal)
    assert (event, data["about"], data["due_at"]) == (
        names.PROPOSAL_REMINDER_DUE,
        "RESUBMISSION",
        due,
    )
    assert not deadlines.ring(proposal, day_after(due) - timedelta(seconds=1), SCHEDULE)
    assert deadlines.ring(proposal, day_after(due), SCHEDULE)
    [(event, data)] = taken(proposal)
    assert (event, data["by_system"], data["was_filed"]) == (
        names.PROPOSAL_WITHDRAWN,
        True,
        False,
    )
    assert (proposal.state, proposal.history[-1]["role"]) == (State.WITHDRAWN, "SYSTEM")
    assert deadlines.next_alarm(proposal, day_after(due), SCHEDULE) is None


def test_what_was_returned_before_there_were_days_has_sixty_from_then() -> None:
    proposal = returned()
    proposal.resubmit_by = None
    assert deadlines.date(proposal, LATER, SCHEDULE, five_days)
    assert proposal.resubmit_by == NOW + 60 * DAY
    assert not deadlines.date(proposal, LATER, SCHEDULE, five_days)


def test_the_review_is_reminded_of_when_it_is_due_and_each_week() -> None:
    """DL1."""
    proposal = under_review()
    due = proposal.review_due_at
    assert due is not None
    deadlines.ring(proposal, due, SCHEDULE)
    [data] = [told for event, told in taken(proposal) if event == names.PROPOSAL_REMINDER_DUE]
    assert (data["about"], data["due_at"], data["unit"], data["days_late"]) == (
        "REVIEW",
        due,
        None,
        0,
    )
    assert deadlines.next_alarm(proposal, due, SCHEDULE) == due + 7 * DAY


@pytest.mark.parametrize(
    ("ends_after", "counted_from"),
    [(None, 0), (timedelta(days=4), 4), (timedelta(days=-4), 0)],
)
def test_the_assignment_meeting_is_30_days_after_the_plenary_or_the_filing(
    ends_after: timedelta | None, counted_from: int
) -> None:
    """DL2: whichever is later."""
    proposal = filed()
    filed_at = proposal.filed_at
    assert filed_at is not None
    ends = {} if ends_after is None else {(15, 1): filed_at + ends_after}
    upcoming = deadlines.next_alarm(proposal, filed_at, Schedule(plenary_to=ends))
    assert upcoming == filed_at + timedelta(days=counted_from + 30)


def test_an_evaluation_is_reminded_of_on_day_7_14_and_25() -> None:
    """DL7; when the time is over, it is closed (T16)."""
    proposal = replied()
    found = []
    for days in range(30):
        proposal.events.clear()
        deadlines.ring(proposal, LATER + days * DAY, SCHEDULE)
        found += [(days, data) for event, data in taken(proposal)]
    assert [(days, data["about"], data["evaluator"]) for days, data in found] == [
        (days, "EVALUATION", LU) for days in (7, 14, 25)
    ]
    assert {data["due_at"] for _, data in found} == {EVALUATE_BY}
    proposal.events.clear()
    assert not deadlines.ring(proposal, EVALUATE_BY, SCHEDULE)  # its day is not over
    assert deadlines.ring(proposal, day_after(EVALUATE_BY), SCHEDULE)
    assert [event for event, _ in taken(proposal)] == [names.PROPOSAL_CLOSED]


def test_after_an_outage_the_end_is_told_and_no_reminder_of_it() -> None:
    proposal = replied()
    deadlines.ring(proposal, EVALUATE_BY + DAY, SCHEDULE)
    assert [event for event, _ in taken(proposal)] == [names.PROPOSAL_CLOSED]


def test_what_is_not_signed_for_in_time_is_bound() -> None:
    """DL3, decision 25."""
    proposal = assigned()
    late = day_after(DUE.sign)
    assert deadlines.next_alarm(proposal, NOW, SCHEDULE) == late
    deadlines.ring(proposal, late, SCHEDULE)
    assert proposal.assignment_of(ZJJ).deemed


def test_a_shortfall_that_nobody_decides_is_returned() -> None:
    """Decision 22."""
    proposal = short()
    assert proposal.shortfall is not None
    due = proposal.shortfall.decide_by
    assert deadlines.next_alarm(proposal, NOW, SCHEDULE) == due
    deadlines.ring(proposal, due, SCHEDULE)
    reminded = [(event, data["about"]) for event, data in taken(proposal)]
    assert reminded == [(names.PROPOSAL_REMINDER_DUE, "SHORTFALL_DECISION")]
    late = day_after(due)
    deadlines.ring(proposal, late, SCHEDULE)
    assert (proposal.state, proposal.window_until) == (State.RETURNED, late + 7 * DAY)


# -- promises (DL9, T22) -----------------------------------------------------------------------


def tracked(*days: str) -> Proposal:
    promises = tuple(Promise(f"完成{day}", day) for day in days)
    proposal = drafted(result_class=ReplyClass.B, promises=promises)
    deliver(proposal)
    judge(proposal, form(Line(ZJJ, GOOD, FAIR)))
    proposal.events.clear()
    assert proposal.state is State.TRACKING
    return proposal


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("due_on", "made", "expected"),
    [
        ("2017-10-31", "2017-02-08", "2017-10-31"),
        ("2017-12-20", "2017-02-08", "2017-11-30"),  # before the next plenary
        ("2018-03-31", "2017-02-08", "2018-03-31"),
        ("2018-12-31", "2017-02-08", "2018-11-30"),
        ("2017-12-20", "2017-12-05", "2017-12-20"),  # made after the day of reporting
    ],
)
def test_a_promise_is_reported_on_its_day_at_the_latest_on_30_november(
    due_on: str, made: str, expected: str
) -> None:
    promise = Commitment(1, ZJJ, 1, "完工", due_on, CommitmentStatus.OPEN, on(made))
    assert report_day(promise, (11, 30)).isoformat() == expected


def test_the_second_reply_starts_by_itself_on_the_day() -> None:
    proposal = tracked("2017-10-31")
    assert not deadlines.ring(proposal, on("2017-09-30"), SCHEDULE)
    for day in ("2017-10-01", "2017-10-16", "2017-10-24", "2017-10-30"):
        assert deadlines.ring(proposal, on(day), SCHEDULE)
    assert [data["commitment_no"] for _, data in taken(proposal)] == [1, 1, 1, 1]
    proposal.events.clear()
    assert deadlines.ring(proposal, on("2017-10-31"), SCHEDULE)
    [(event, data)] = taken(proposal)
    assert event == names.PROPOSAL_SECOND_REPLY_DUE
    assert (data["trigger"], data["units"], data["commitments"]) == ("COMMITMENT_DUE", [ZJJ], [1])
    assert data["due_at"] == on("2017-11-30")
    assert (proposal.state, proposal.round) == (State.REHANDLING, 2)
    assert proposal.assignment_of(ZJJ).due_at == on("2017-11-30")


def test_one_second_reply_answers_all_promises_that_are_due() -> None:
    proposal = tracked("2017-06-30", "2017-07-31", "2017-10-31")
    deadlines.ring(proposal, on("2017-08-01"), SCHEDULE)
    asked = [data for event, data in taken(proposal) if event == names.PROPOSAL_SECOND_REPLY_DUE]
    assert [data["commitments"] for data in asked] == [[1, 2]]
    assert [c.asked_round for c in proposal.commitments] == [2, 2, None]


def test_promises_that_fall_due_during_rehandling_wait() -> None:
    """Decision 26."""
    proposal = tracked("2017-06-30", "2017-07-31")
    deadlines.ring(proposal, on("2017-06-30"), SCHEDULE)
    proposal.events.clear()
    watch_until = on("2017-07-31")
    while deadlines.ring(proposal, watch_until, SCHEDULE):
        pass
    told = [event for event, _ in taken(proposal)]
    assert names.PROPOSAL_SECOND_REPLY_DUE not in told
    assert proposal.commitments[1].asked_round is None


def test_no_second_reply_in_time_is_a_missed_promise_with_its_notice() -> None:
    proposal = tracked("2017-10-31")
    deadlines.ring(proposal, on("2017-10-31"), SCHEDULE)
    proposal.events.clear()
    deadlines.ring(proposal, on("2017-12-01"), SCHEDULE)
    events = [(event, data.get("about")) for event, data in taken(proposal)]
    assert events == [
        (names.PROPOSAL_REMINDER_DUE, "SECOND_REPLY"),
        (names.PROPOSAL_OVERDUE, None),
        (names.COMMITMENT_MISSED, None),
        (names.PROPOSAL_SUPERVISION_NOTICE_ISSUED, "COMMITMENT"),
    ]
    assert proposal.commitments[0].status is CommitmentStatus.MISSED


def test_nothing_is_watched_before_submission_and_after_the_end() -> None:
    proposal = replied()
    judge(proposal, form())
    assert (proposal.state, deadlines.next_alarm(proposal, LATER, SCHEDULE)) == (State.CLOSED, None)


def test_a_submitted_proposal_is_watched_from_the_first_day() -> None:
    proposal = submitted()
    assert deadlines.next_alarm(proposal, NOW, SCHEDULE) == proposal.review_due_at


def test_work_does_not_stop_the_clock() -> None:
    proposal = received()
    meet(proposal)
    assert deadlines.next_alarm(proposal, NOW, SCHEDULE) == DUE.reply - 30 * DAY
