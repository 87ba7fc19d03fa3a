"""Deadlines: what goes off when, once each (DL1–DL10).

Due dates are stored with what they are for. From them and the schedule of the settings, the
alarms of a proposal follow; `rung` keeps those that went off. So neither a restart nor a second
replica lets one go off twice, and after an outage all facts come in order, of reminders only the
latest (decision 19).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from services.proposals.domain import (
    alarms,
    answering,
    decisions,
    handling,
    judging,
    promises,
    rehandling,
    review,
    withdrawal,
)
from services.proposals.domain.alarms import Alarm, Ring, Schedule
from services.proposals.domain.assignments import (
    Assignment,
    AssignmentState,
    Lateness,
    Part,
)
from services.proposals.domain.details import DERIVED
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Commitment, CommitmentStatus
from services.proposals.domain.states import (
    AWAITING_EVALUATION,
    IN_HANDLING,
    IN_REVIEW,
    Mark,
    State,
)
from shared.contracts import names
from shared.days import day_after

A = AssignmentState
WATCHED = (
    IN_REVIEW
    | IN_HANDLING
    | AWAITING_EVALUATION
    | {
        State.FILED,
        State.RETURNED,
        State.TRACKING,
    }
)


def date(
    proposal: Proposal,
    at: datetime,
    schedule: Schedule,
    decide_by: Callable[[datetime], datetime],
) -> bool:
    """Give a day to what was asked for, or returned, before there were days (decision 41).

    True if anything was without one.
    """
    dated = decisions.date(proposal, at, decide_by)
    if proposal.state is State.RETURNED and proposal.resubmit_by is None:
        returned = [move["at"] for move in proposal.history if move["to"] == State.RETURNED]
        since = max(returned, default=at)
        proposal.resubmit_by = since + timedelta(days=schedule.returned.resubmit)
        dated = True
    return dated


def ring(proposal: Proposal, at: datetime, schedule: Schedule) -> bool:
    """Let go off what is due. True if anything did.

    One pass is for one state: what an alarm changes is seen at the next look.
    """
    due = [alarm for alarm in _alarms(proposal, at, schedule) if alarm.at <= at]
    last = {alarm.about: alarm.key for alarm in due if alarm.about}
    for alarm in due:
        if alarm.about is None or last[alarm.about] == alarm.key:
            alarm.ring(proposal, at)
    proposal.rung = (*proposal.rung, *(alarm.key for alarm in due))
    return bool(due)


def watched(proposal: Proposal) -> bool:
    """Whether something may be to come: by its state, or because somebody must decide."""
    return proposal.state in WATCHED or bool(decisions.waiting(proposal))


def next_alarm(proposal: Proposal, at: datetime, schedule: Schedule) -> datetime | None:
    """When to look again; None if nothing is to come in this state."""
    return min((alarm.at for alarm in _alarms(proposal, at, schedule)), default=None)


def _alarms(proposal: Proposal, at: datetime, schedule: Schedule) -> list[Alarm]:
    """All that have not gone off, as far as the next one after `at`; in order of time."""
    found = [
        *_shortfall_alarms(proposal, schedule),
        *_signing_alarms(proposal),
        *_review_alarms(proposal, at, schedule),
        *_assignment_alarms(proposal, at, schedule),
        *_share_alarms(proposal, at, schedule),
        *_evaluation_alarms(proposal, schedule),
        *_promise_alarms(proposal, schedule),
        *_decision_alarms(proposal),
        *_resubmission_alarms(proposal, schedule),
    ]
    left = [alarm for alarm in found if alarm.key not in proposal.rung]
    return sorted(left, key=lambda alarm: (alarm.at, alarm.key))


def _shortfall_alarms(proposal: Proposal, schedule: Schedule) -> Iterator[Alarm]:
    """Decision 22: what the first proposer does not decide in time is returned."""
    if proposal.state not in IN_REVIEW or proposal.shortfall is None:
        return
    decide_by = proposal.shortfall.decide_by
    yield Alarm(
        day_after(decide_by),
        f"SHORTFALL:{decide_by:%Y%m%d%H%M%S}",
        lambda p, at: review.decide_shortfall(p, False, at, DERIVED, schedule.returned),
    )


def _decision_alarms(proposal: Proposal) -> Iterator[Alarm]:
    """Decision 41: who must decide is reminded once, on the day it is due."""
    for request in decisions.waiting(proposal):
        if due := request.record.decide_by:
            told = {**(request.part or {}), "due_at": due}
            yield Alarm(due, request.key, alarms.reminding(request.about, told))


def _resubmission_alarms(proposal: Proposal, schedule: Schedule) -> Iterator[Alarm]:
    """Decision 41: what its author leaves lying after a return ends; a warning comes before."""
    due = proposal.resubmit_by
    if proposal.state is not State.RETURNED or due is None:
        return
    about = f"RESUBMISSION:{due:%Y%m%d}"
    remind = alarms.reminding("RESUBMISSION", {"due_at": due})
    yield Alarm(due - timedelta(days=schedule.returned_warning), f"{about}:warning", remind, about)
    yield Alarm(day_after(due), about, withdrawal.lapse, about)


def _signing_alarms(proposal: Proposal) -> Iterator[Alarm]:
    """DL3, decision 25: not signed for in time is bound all the same."""
    for share in proposal.assignments:
        if share.state is A.PENDING:
            late = day_after(share.sign_due_at)
            yield Alarm(late, f"DEEMED:{share.no}", handling.deem_received)


def _review_alarms(proposal: Proposal, at: datetime, schedule: Schedule) -> Iterator[Alarm]:
    """DL1."""
    if proposal.state in IN_REVIEW and proposal.review_due_at:
        yield from alarms.late_reminders("REVIEW", proposal.review_due_at, at, schedule, {})


def _assignment_alarms(proposal: Proposal, at: datetime, schedule: Schedule) -> Iterator[Alarm]:
    """DL2: the assignment meeting, after the plenary or, outside it, after filing."""
    if proposal.state is not State.FILED or proposal.filed_at is None:
        return
    plenary_to = schedule.plenary_to.get((proposal.term, proposal.session or 0))
    begins = proposal.filed_at
    if proposal.session_mark is Mark.PLENARY and plenary_to:
        begins = max(begins, plenary_to)
    due = begins + timedelta(days=schedule.assignment)
    yield from alarms.late_reminders("ASSIGNMENT", due, at, schedule, {})


def _share_alarms(proposal: Proposal, at: datetime, schedule: Schedule) -> Iterator[Alarm]:
    """DL4, DL5, DL8–DL10."""
    for share in filter(proposal.waits_for, proposal.assignments):
        if share.part is Part.CO and proposal.round == 1:
            yield from alarms.early_reminders("CO_OPINION", share, schedule)
            yield Alarm(
                day_after(share.due_at), alarms.key_of("CO_OVERDUE", share), _co_overdue(share)
            )
        else:
            about = "REPLY" if proposal.round == 1 else "SECOND_REPLY"
            yield from _reply_alarms(about, share, at, schedule)


def _reply_alarms(
    about: str, share: Assignment, at: datetime, schedule: Schedule
) -> Iterator[Alarm]:
    late = day_after(share.due_at)
    yield from alarms.early_reminders(about, share, schedule)
    yield Alarm(late, alarms.key_of("OVERDUE", share), _overdue(share))
    for event, lateness, days in (
        (names.PROPOSAL_SUPERVISION_NOTICE_ISSUED, Lateness.NOTICED, schedule.notice),
        (names.PROPOSAL_OVERDUE_ESCALATED, Lateness.ESCALATED, schedule.escalation),
    ):
        moment = late + timedelta(days=days - 1)
        yield Alarm(moment, alarms.key_of(event, share), _later(event, share, lateness, days))
    since = late + timedelta(days=schedule.every - 1)
    yield from alarms.late_reminders(
        about, share.due_at, at, schedule, alarms.told_of(share), since
    )


def _evaluation_alarms(proposal: Proposal, schedule: Schedule) -> Iterator[Alarm]:
    """DL7: reminders, and T16 when the time is over."""
    begun = proposal.rounds[-1].replied_at if proposal.rounds else None
    if proposal.state not in AWAITING_EVALUATION or begun is None:
        return
    assert proposal.evaluate_by is not None
    yield Alarm(
        day_after(proposal.evaluate_by),
        f"EVALUATION:{proposal.round}",
        judging.close_unevaluated,
        "EVALUATION",  # the end makes a reminder of the same look needless
    )
    remind = alarms.reminding(
        "EVALUATION", {"evaluator": proposal.evaluator, "due_at": proposal.evaluate_by}
    )
    for days in schedule.evaluation:
        key = f"EVALUATION:{proposal.round}:{days}"
        yield Alarm(begun + timedelta(days=days), key, remind, "EVALUATION")


def _promise_alarms(proposal: Proposal, schedule: Schedule) -> Iterator[Alarm]:
    """DL9: reminders before, and T22 on the day."""
    if proposal.state is not State.TRACKING:
        return
    for commitment in _awaited(proposal):
        due, about = _promise_due(commitment, schedule), f"COMMITMENT:{commitment.no}"
        told = {"unit": commitment.unit, "commitment_no": commitment.no, "due_at": due}
        remind = alarms.reminding("COMMITMENT", told)
        for days in schedule.before:
            moment = due - timedelta(days=days)
            if moment > commitment.made_at:
                yield Alarm(moment, f"{about}:{days}", remind, about)
        key = f"COMMITMENT_DUE:{commitment.no}"
        yield Alarm(due, key, lambda p, at: _promises_due(p, at, schedule))


def _awaited(proposal: Proposal) -> list[Commitment]:
    """Promises whose day is still to come."""
    awaited = CommitmentStatus.OPEN
    return [c for c in proposal.commitments if c.status is awaited and not c.asked_round]


def _promise_due(commitment: Commitment, schedule: Schedule) -> datetime:
    """The morning of the day on which it is reported."""
    day = promises.report_day(commitment, schedule.report_by)
    return datetime.combine(day, time(), commitment.made_at.tzinfo)


# -- what an alarm does ----------------------------------------------------------------------


def _co_overdue(share: Assignment) -> Ring:
    return lambda proposal, at: handling.co_overdue(proposal, share, at)


def _overdue(share: Assignment) -> Ring:
    return lambda proposal, at: answering.overdue(proposal, share, at)


def _later(event: str, share: Assignment, lateness: Lateness, days: int) -> Ring:
    def ring(proposal: Proposal, _: datetime) -> None:
        share.lateness = lateness
        told = {"about": "REPLY", "due_at": share.due_at, "days_late": days}
        handling.tell(proposal, event, share, **told, **_held(proposal, share))

    return ring


def _promises_due(proposal: Proposal, at: datetime, schedule: Schedule) -> None:
    """All that are due by now together; the first alarm of them takes the others along."""
    if proposal.state is State.TRACKING:
        due = [c for c in _awaited(proposal) if _promise_due(c, schedule) <= at]
        rehandling.ask_second_reply(proposal, due, at + timedelta(days=schedule.second_reply), at)


def _held(proposal: Proposal, share: Assignment) -> dict[str, str]:
    return decisions.undecided(proposal, share.no)
