"""Returns, disputes and more time: what a unit asks and others decide (DL3, DL6, decision 25)."""

from __future__ import annotations

from datetime import date, datetime

from services.proposals.commands import visibility as access
from services.proposals.commands.handling import UNITS, in_case, in_unit
from services.proposals.commands.ports import Desk, by, change_case, change_seen
from services.proposals.domain import errors, extending, returning
from services.proposals.domain.record import Proposal
from shared.actor import Role, allow
from shared.call import Call


@allow(*UNITS)
def request_return(call: Call, desk: Desk, *, proposal_id: str, reason: str) -> str:
    """Within DL3; at the second request of a share a dispute opens by itself."""
    return in_case(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: returning.request(p, unit, reason, at, by(call)),
    )


@allow(Role.UNIT_LEADER)
def state_dispute(call: Call, desk: Desk, *, proposal_id: str, statement: str, signer: str) -> str:
    """The written statement of the unit's head."""
    return in_case(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: returning.state_dispute(p, unit, statement, signer, at),
    )


@allow(Role.SUPERVISING_OFFICE)
def decide_return(
    call: Call,
    desk: Desk,
    *,
    proposal_id: str,
    unit_id: str,
    accepted: bool,
    new_unit_id: str | None,
    reason: str,
) -> str:
    """`new_unit_id` takes the share; none may be named where it is refused."""
    taker = _taker(desk, unit_id, accepted, new_unit_id)

    def act(proposal: Proposal, at: datetime) -> None:
        returning.decide(proposal, unit_id, taker, reason, desk.assignment_dues(at), at)

    return change_case(call, desk, proposal_id, access.visible_to(call.actor), act)


@allow(Role.SUPERVISING_OFFICE)
def decide_dispute(
    call: Call,
    desk: Desk,
    *,
    proposal_id: str,
    unit_id: str,
    accepted: bool,
    new_unit_id: str | None,
    reason: str,
    doc_no: str,
    decided_on: date,
) -> str:
    """The district leader's decision, with document number and date (decision 15)."""
    taker = _taker(desk, unit_id, accepted, new_unit_id)

    def act(proposal: Proposal, at: datetime) -> None:
        due = desk.assignment_dues(at)
        returning.decide_dispute(
            proposal, unit_id, taker, reason, doc_no, decided_on.isoformat(), due, at
        )

    return change_case(call, desk, proposal_id, access.visible_to(call.actor), act)


@allow(*UNITS)
def request_extension(call: Call, desk: Desk, *, proposal_id: str, until: date, reason: str) -> str:
    """DL6: `until` is the new due day; the time of day stays."""

    def act(proposal: Proposal, unit: str, at: datetime) -> None:
        due = proposal.assignment_of(unit).due_at
        moment = datetime.combine(until, due.timetz())
        longest = desk.longest(proposal.assigned_at or at, at)
        extending.request(proposal, unit, moment, reason, longest, at, by(call))

    return in_unit(call, desk, proposal_id, act)


@allow(Role.SUPERVISING_OFFICE)
def decide_extension(
    call: Call, desk: Desk, *, proposal_id: str, unit_id: str, granted: bool, reason: str
) -> str:
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, at: extending.decide(p, unit_id, granted, reason, at),
    )


def _taker(desk: Desk, unit: str, accepted: bool, new_unit: str | None) -> str | None:
    """Who has the share then: the unit itself where the request is refused."""
    if not accepted:
        return unit
    if new_unit == unit:
        raise errors.PlanUnfit("同意退办的，不能再指定同一单位", field="newUnitId")
    if new_unit is not None and not desk.directory.active_units([new_unit]):
        raise errors.UnitUnknown(field="newUnitId", details={"units": [new_unit]})
    return new_unit
