"""What leaders say about it, who deals with it, and what comes of it (10.4–10.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.opinions.domain import errors
from services.opinions.domain.circulating import require_past, require_reached
from services.opinions.domain.clocks import Limit
from services.opinions.domain.limits import Limits
from services.opinions.domain.record import Instruction, Opinion, Referral
from services.opinions.domain.states import (
    CIRCULATED,
    ISSUED,
    Adoption,
    End,
    InstructionLevel,
    Level,
    OpinionState,
    ReferralState,
)
from shared.contracts import names

S = OpinionState
R = ReferralState
ONCE = 1  # an instruction has an id of its own


def instruct(opinion: Opinion, said: Instruction, limits: Limits, at: datetime) -> None:
    """A leader's words, as recorded; what was closed is open again.

    Raises NotSentUp, Unfit, WrongState.
    """
    opinion.require(CIRCULATED)
    if said.level is InstructionLevel.DISTRICT:
        if not opinion.deliveries:
            raise errors.Unfit("尚未报送区领导，不能登记区级批示", field="level")
    else:
        require_reached(opinion, Level(said.level.value))
    require_past(opinion, said.instructed_on, at, "instructedOn")
    opinion.instructions.append(said)
    _reopen(opinion, limits, at)
    opinion.tell(
        names.OPINION_INSTRUCTED,
        instruction_id=said.id,
        level=said.level.value,
        occurrence_no=ONCE,
        topics=list(opinion.topic_codes),
        leader=said.leader,
        text=said.text,
        instructed_on=said.instructed_on,
        unit=said.unit,
        sides=_sides(opinion),
    )


def revoke_instruction(opinion: Opinion, no: int, reason: str, at: datetime) -> None:
    """It was noted by mistake. Raises Unfit."""
    opinion.require(ISSUED)
    row = next((i for i in opinion.instructions if i.no == no and i.revoked_reason is None), None)
    if row is None:
        raise errors.Unfit("没有该项批示", field="no")
    row.revoked_reason = reason
    opinion.settle(at)
    opinion.tell(
        names.OPINION_INSTRUCTION_REVOKED,
        instruction_id=row.id,
        level=row.level.value,
        occurrence_no=ONCE,
        reason=reason,
    )


def refer(
    opinion: Opinion, unit: str, note: str, due_on: datetime | None, limits: Limits, at: datetime
) -> None:
    """To a unit, which gives its result by a day; what was closed is open again.

    Raises Repeated, Unfit, WrongState.
    """
    opinion.require(CIRCULATED)
    if due_on is not None and due_on <= at:
        raise errors.Unfit("反馈期限应晚于现在", field="dueOn")
    if any(r.unit == unit and r.state is R.OPEN for r in opinion.referrals):
        raise errors.Repeated("已转该单位办理", field="unitId")
    no = len(opinion.referrals) + 1
    clock = limits.result(due_on, no, at)
    opinion.referrals.append(Referral(no, unit, note, at, clock.due_at))
    opinion.watch(clock)
    _reopen(opinion, limits, at)
    opinion.tell(
        names.OPINION_REFERRED,
        unit=unit,
        due_on=clock.due_at,
        note=note,
        occurrence_no=no,
        sides=_sides(opinion),
    )


def decline(opinion: Opinion, unit: str, reason: str, at: datetime) -> None:
    """Not the unit's duty: whoever referred it finds another. Raises Unfit."""
    row = open_referral(opinion, unit)
    row.state, row.reason, row.answered_at = R.DECLINED, reason, at
    _over(opinion, row, at)
    opinion.tell(
        names.OPINION_REFERRAL_DECLINED,
        unit=unit,
        reason=reason,
        occurrence_no=row.no,
        sides=_sides(opinion),
    )


def give_result(
    opinion: Opinion,
    unit: str,
    result: str,
    adoption: Adoption,
    reason: str,
    files: Sequence[str],
    at: datetime,
) -> None:
    """What the unit has done about it. Raises ReasonMissing, Unfit."""
    row = open_referral(opinion, unit)
    if adoption is not Adoption.ADOPTED and not reason:
        raise errors.ReasonMissing(field="reason")
    row.state, row.result, row.adoption = R.ANSWERED, result, adoption
    row.reason, row.answered_at = reason, at
    opinion.proofs = tuple(dict.fromkeys([*opinion.proofs, *files]))
    opinion.stop(Limit.RESULT, at, row.no)
    opinion.settle(at)
    opinion.tell(
        names.OPINION_RESULT_GIVEN,
        unit=unit,
        result=result,
        adoption=adoption.value,
        reason=reason or None,
        given_on=at,
        occurrence_no=row.no,
        complete=opinion.state is S.RESULT_GIVEN,
        sides=_sides(opinion),
    )


def pass_on(opinion: Opinion, unit: str, heir: str | None, at: datetime) -> bool:
    """A unit is no more: its open referral is its heir's, or whoever referred it decides (17)."""
    row = next((r for r in opinion.referrals if r.unit == unit and r.state is R.OPEN), None)
    if row is None:
        return False
    theirs = any(r.unit == heir and r.state is R.OPEN for r in opinion.referrals)
    if heir is None or theirs:
        decline(opinion, unit, "承办单位已撤并", at)
        return True
    row.unit = heir
    opinion.tell(
        names.OPINION_REFERRED,
        unit=heir,
        due_on=row.due_on,
        note=row.note,
        occurrence_no=row.no,
        former=unit,
        sides=_sides(opinion),
    )
    return True


def close(opinion: Opinion, note: str, at: datetime) -> None:
    """The end, with what it had come to. Raises ReferralOpen, WrongState."""
    opinion.require(CIRCULATED - {S.CLOSED})
    if opinion.state is S.REFERRED:
        raise errors.ReferralOpen
    opinion.end, opinion.end_note, opinion.closed_at = End(opinion.state.value), note, at
    opinion.give_up(at, Limit.RESULT)
    opinion.stop(Limit.FOLLOW, at)
    opinion.settle(at)
    opinion.tell(
        names.OPINION_CLOSED,
        end=opinion.end.value,
        closed_on=at,
        note=note,
        occurrence_no=opinion.again("CLOSING"),
    )


def open_referral(opinion: Opinion, unit: str) -> Referral:
    """Raises Unfit for a unit that has nothing to answer."""
    row = next((r for r in opinion.referrals if r.unit == unit and r.state is R.OPEN), None)
    if row is None:
        raise errors.Unfit("没有待本单位反馈的转办")
    return row


def _reopen(opinion: Opinion, limits: Limits, at: datetime) -> None:
    opinion.end, opinion.closed_at = None, None
    opinion.follow(limits.follow(at))
    opinion.settle(at)


def _over(opinion: Opinion, row: Referral, at: datetime) -> None:
    for clock in opinion.clocks:
        if clock.running and clock.about is Limit.RESULT and clock.no == row.no:
            clock.stopped_at, clock.void = at, True
    opinion.watch()
    opinion.settle(at)


def _sides(opinion: Opinion) -> list[str]:
    """Whose leaders have it: their supervising offices see to it."""
    return sorted({d.side for d in opinion.deliveries if d.side})
