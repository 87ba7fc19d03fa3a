"""Returns, disputes and more time: what a unit asks and others decide (DL3, DL6, decision 25)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.proposals.commands import visibility as access
from services.proposals.commands.checks import require_units
from services.proposals.commands.handling import UNITS, in_case, in_unit
from services.proposals.commands.ports import Desk, by, change_case, change_seen
from services.proposals.domain import errors, extending, objecting, returning
from services.proposals.domain.assignments import ObjectionAbout
from services.proposals.domain.record import Proposal
from services.proposals.schemas import common
from services.proposals.schemas import returning as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import command


@allow(*UNITS)
@command("requestReturn", answers=common.PROPOSAL)
def request_return(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """申请退办，须在签收期限内；第二次申请即形成争议。Ask to hand the case back, in time.

    Within DL3; at the second request of a share a dispute opens by itself.

    Raises ReturnLate, UnitBound, ProposerActs, ReasonMissing.
    """
    return in_case(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: returning.request(p, unit, reason, at, by(call)),
    )


@allow(Role.UNIT_LEADER)
@command("stateDispute", answers=common.PROPOSAL)
def state_dispute(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    statement: form.Statement,
    signer: form.ProposalSigner,
) -> str:
    """提交承办争议的书面说明，由单位负责人签署。State the unit's side of a dispute in writing.

    The written statement of the unit's head.

    Raises NoDispute, ReasonMissing.
    """
    return in_case(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: returning.state_dispute(p, unit, statement, signer, at),
    )


@allow(Role.SUPERVISING_OFFICE, approves=True)
@command("decideReturn", answers=common.PROPOSAL)
def decide_return(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.UnitId,
    accepted: form.Accepted,
    new_unit_id: form.NewUnitId | None,
    reason: form.ProposalReason,
) -> str:
    """决定退办申请。Decide on a request to hand a case back.

    `new_unit_id` takes the share; none may be named where it is refused.

    Raises NoReturnRequest, NewUnitMissing, PlanUnfit, UnitUnknown, DisputeOpen, ReasonMissing.
    """
    taker = _taker(desk, unit_id, accepted, new_unit_id)

    def act(proposal: Proposal, at: datetime) -> None:
        returning.decide(proposal, unit_id, taker, reason, desk.assignment_dues(at), at)

    return change_case(call, desk, proposal_id, access.visible_to(call.actor), act)


@allow(Role.SUPERVISING_OFFICE, approves=True)
@command("decideDispute", answers=common.PROPOSAL)
def decide_dispute(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.UnitId,
    accepted: form.Accepted,
    new_unit_id: form.NewUnitId | None,
    reason: form.ProposalReason,
    doc_no: form.ReturningDocNo,
    decided_on: form.ProposalDecidedOn,
) -> str:
    """记录区领导对承办争议的裁定。Record the district leader's decision on a dispute.

    The district leader's decision, with document number and date (decision 15).

    Raises NoDispute, NewUnitMissing, PlanUnfit, UnitUnknown, ReasonMissing.
    """
    taker = _taker(desk, unit_id, accepted, new_unit_id)

    def act(proposal: Proposal, at: datetime) -> None:
        due = desk.assignment_dues(at)
        returning.decide_dispute(
            proposal, unit_id, taker, reason, doc_no, decided_on.isoformat(), due, at
        )

    return change_case(call, desk, proposal_id, access.visible_to(call.actor), act)


@allow(*UNITS)
@command("requestExtension", answers=common.PROPOSAL)
def request_extension(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    until: form.Until,
    reason: form.ProposalReason,
) -> str:
    """申请延期答复，须在到期前提出。Ask for more time, before the reply is due.

    DL6: `until` is the new due day; the time of day stays.

    Raises ExtensionLate, ExtensionTooLong, ExtensionOpen, ProposerActs, ReasonMissing.
    """

    def act(proposal: Proposal, unit: str, at: datetime) -> None:
        due = proposal.assignment_of(unit).due_at
        moment = datetime.combine(until, due.timetz())
        longest = desk.longest(proposal.assigned_at or at, at)
        extending.request(proposal, unit, moment, reason, longest, at, by(call))

    return in_unit(call, desk, proposal_id, act)


@allow(Role.SUPERVISING_OFFICE, approves=True)
@command("decideExtension", answers=common.PROPOSAL)
def decide_extension(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.ReturningUnitId,
    granted: form.Granted,
    reason: form.ReturningReason,
) -> str:
    """审批延期申请。Decide on a request for more time. Raises NoExtension, ReasonMissing."""
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


@allow(Role.PROPOSAL_STAFF)
@command("objectToDecision", answers=common.PROPOSAL)
def object_to_decision(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    about: form.ObjectedTo,
    unit_id: form.ReturningUnitId,
    reason: common.Reason,
) -> str:
    """对退办决定或审核通过的答复提出异议，限一次。Object to what the supervising office decided.

    Decision 54: once, to how a return was decided or to a reply that has passed the check.

    Raises NotObjectable, ObjectedBefore, ReasonMissing.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        objecting.object_to(proposal, about, unit_id, reason, at, by(call))

    return _decided(call, desk, proposal_id, about, act)


@allow(Role.SUPERVISING_OFFICE, approves=True)
@command("answerObjection", answers=common.PROPOSAL)
def answer_objection(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    about: form.ObjectedTo,
    unit_id: form.ReturningUnitId,
    upheld: form.Upheld,
    new_unit_id: form.NewUnitId | None,
    reason: common.Reason,
) -> str:
    """答复提案委的异议。Answer the proposal committee's objection.

    Upheld, a reply goes back to be redone, and a share to another unit.

    Raises NoObjection, NewUnitMissing, UnitUnknown, ReasonMissing.
    """
    require_units(desk, [new_unit_id] if new_unit_id else [], "newUnitId")

    def act(proposal: Proposal, at: datetime) -> None:
        if not upheld:
            objecting.reject(proposal, about, unit_id, reason, at)
        elif about is ObjectionAbout.REPLY:
            objecting.uphold_reply(proposal, unit_id, reason, at, by(call))
        else:
            due = desk.assignment_dues(at)
            objecting.uphold_return(proposal, unit_id, new_unit_id, reason, due, at)

    return _decided(call, desk, proposal_id, about, act)


def _decided(
    call: Call,
    desk: Desk,
    proposal_id: str,
    about: ObjectionAbout,
    act: Callable[[Proposal, datetime], None],
) -> str:
    """A return concerns the lead and all that follow it, a reply its own proposal."""
    if about is ObjectionAbout.RETURN:
        return change_case(call, desk, proposal_id, access.visible_to(call.actor), act)
    return change_seen(call, desk, proposal_id, act)
