"""Assignment and the work of the units: T10, T11, V15, V16; decisions 25 and 27."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Unpack

from services.proposals.commands import visibility as access
from services.proposals.commands.ports import (
    Desk,
    by,
    change,
    change_case,
    change_seen,
)
from services.proposals.domain import assigning, contacts, errors, handling, swapping
from services.proposals.domain.assignments import Part, Task
from services.proposals.domain.record import Proposal
from services.proposals.schemas import common
from services.proposals.schemas import handling as form
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import unless_stale

UNITS = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
# Whom a unit contacts: the proposers, in their own name or their organisation's.
CONTACTED = (*MEMBER_ROLES, Role.ORG_STAFF, Role.ORG_HEAD)


@allow(Role.PROPOSAL_STAFF)
@command("proposeAssignment", answers=common.PROPOSAL, batch="proposeAssignments")
def propose_assignment(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    mode: form.Mode,
    units: form.Units,
    note: form.Note,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """提出交办方案。Propose how the units share the work.

    T10, first half. `units` as [{"unit", "part"}], handling units in being.

    Raises PlanUnfit, UnitUnknown, UnitMayNotHandle, StaleVersion.
    """
    tasks = _tasks(desk, units)

    def act(proposal: Proposal, at: datetime) -> None:
        assigning.propose(proposal, mode, tasks, note, at, by(call))

    return change_seen(call, desk, proposal_id, unless_stale(expected_version, act))


@allow(Role.SUPERVISING_OFFICE)
@command("refuseAssignment", answers=common.PROPOSAL)
def refuse_assignment(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """退回交办方案。Send the proposed assignment back. Raises NoPlan, ReasonMissing."""
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, _: assigning.refuse(p, reason),
    )


@allow(Role.SUPERVISING_OFFICE)
@command("assignProposal", answers=common.PROPOSAL, batch="assignProposals")
def assign_proposal(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    mode: form.Mode | None,
    units: form.Units | None,
) -> str:
    """按方案交办，交办会可一并调整单位和分工。Assign as proposed, or as the meeting changed it.

    Decision 54: `mode` and `units` together take the place of the plan's.

    Raises NoPlan, WithdrawalOpen, PlanUnfit, UnitUnknown, UnitMayNotHandle, OtherSide.
    """
    if (mode is None) is not (units is None):
        raise errors.PlanUnfit("调整方案须同时写明交办方式和承办单位", field="units")
    changed = (mode, _tasks(desk, units)) if mode and units else None

    def act(proposal: Proposal, at: datetime) -> None:
        assigning.assign(proposal, desk.assignment_dues(at), at, by(call), changed)

    def follow(follower: Proposal, lead: Proposal, at: datetime) -> None:
        assigning.assign_with(follower, lead, at, by(call))

    return change_case(call, desk, proposal_id, access.visible_to(call.actor), act, follow)


@allow(Role.SUPERVISING_OFFICE)
@command("addUnit", answers=common.PROPOSAL)
def add_unit(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.AddedUnitId,
    reason: common.Reason,
) -> str:
    """交办后增加一家承办单位。Add a unit to a case that is being handled.

    Decision 54: a co-handling one, or with separate handling one more of these.

    Raises UnitUnknown, UnitMayNotHandle, PlanUnfit, ReasonMissing.
    """
    desk.require_units([unit_id], "unitId")

    def act(proposal: Proposal, at: datetime) -> None:
        assigning.add(proposal, unit_id, reason, desk.assignment_dues(at), at)

    return change_case(call, desk, proposal_id, access.visible_to(call.actor), act)


@allow(Role.SUPERVISING_OFFICE, Role.PROPOSAL_STAFF)
@command("urgeUnit", answers=common.PROPOSAL, batch="urgeUnits")
def urge_unit(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.UrgedUnitId,
    way: form.Way,
    text: form.UrgingText,
) -> str:
    """催办，记入办理记录并通知承办单位。Urge a unit by hand; it is noted, and the unit told.

    Raises NoAssignment, ShareDone.
    """
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, at: handling.urge(p, unit_id, way, text, at, by(call)),
    )


@allow(Role.SUPERVISING_OFFICE)
@command("proposeSwap", answers=common.PROPOSAL)
def propose_swap(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.SwappedUnitId,
    reason: common.Reason,
) -> str:
    """拟将会办单位改为主办，征求双方意见。Have a co-handling unit change places with the main one.

    Decision 54: with the consent of both.

    Raises SwapUnfit, SwapOpen, NoAssignment, ReasonMissing.
    """
    seen = access.visible_to(call.actor)
    return change_case(
        call, desk, proposal_id, seen, lambda p, at: swapping.propose(p, unit_id, reason, at)
    )


@allow(Role.UNIT_LEADER, approves=True)
@command("answerSwap", answers=common.PROPOSAL)
def answer_swap(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    agreed: form.SwapAgreed,
    reason: form.SwapReason,
) -> str:
    """答复是否同意主办、会办互换。Consent to a swap with the other unit, or not.

    Raises NoSwap, SwapUnfit, ReasonMissing.
    """
    return in_case(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: swapping.answer(p, unit, agreed, reason, desk.assignment_dues(at), at),
    )


@allow(*UNITS)
@command("receiveAssignment", answers=common.PROPOSAL, batch="receiveAssignments")
def receive_assignment(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """签收承办件。Sign for the case in the unit's name.

    Raises WrongAssignmentState, ProposerActs.
    """
    return in_case(call, desk, proposal_id, lambda p, unit, at: handling.receive(p, unit, at))


@allow(*UNITS, *CONTACTED)
@command("recordContact", answers=common.PROPOSAL)
def record_contact(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    held_on: common.HeldOn,
    **contact: Unpack[form.RecordContact],
) -> str:
    """登记与提案人的联系。Record a contact between unit and proposer.

    Raises FutureContact, WrongAssignmentState, ProposerActs.
    """

    def record(proposal: Proposal, unit: str | None, at: datetime) -> None:
        contacts.record(
            proposal, unit=unit, held_on=held_on.isoformat(), at=at, by=by(call), **contact
        )

    if call.actor.role in UNITS:
        return in_unit(call, desk, proposal_id, record)
    own = access.own(call.actor)
    return change(call, desk, proposal_id, own, lambda p, at: record(p, None, at))


@allow(*CONTACTED)
@command("confirmContact", answers=common.PROPOSAL)
def confirm_contact(call: Call, desk: Desk, *, proposal_id: common.ProposalId, no: form.No) -> str:
    """确认承办单位登记的联系。Confirm a contact that the unit recorded. Raises NoContact."""
    own = access.own(call.actor)
    return change(call, desk, proposal_id, own, lambda p, at: contacts.confirm(p, no, at))


@allow(*CONTACTED)
@command("disputeContact", answers=common.PROPOSAL)
def dispute_contact(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    no: form.No,
    reason: form.HandlingReason,
) -> str:
    """对联系记录提出异议。Dispute a contact that the unit recorded.

    Decision 27.

    Raises NoContact, ReasonMissing.
    """
    own = access.own(call.actor)
    return change(call, desk, proposal_id, own, lambda p, at: contacts.dispute(p, no, reason, at))


@allow(Role.UNIT_OFFICER)
@command("giveCoOpinion", answers=common.PROPOSAL)
def give_co_opinion(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, text: form.ProposalText
) -> str:
    """提交会办意见。Give the main unit a co-handling opinion.

    Raises NotCoHandling, WrongAssignmentState, ProposerActs.
    """
    return in_case(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: handling.give_co_opinion(p, unit, text, at, by(call)),
    )


def _tasks(desk: Desk, units: list[form.AssignmentUnitInput]) -> list[Task]:
    """Raises UnitUnknown, UnitMayNotHandle."""
    tasks = [Task(row["unit_id"], Part(row["part"])) for row in units]
    desk.require_units([task.unit for task in tasks], "units")
    return tasks


def in_unit(call: Call, desk: Desk, proposal_id: str, act: Any) -> str:
    """Act in the name of the actor's unit on a case of that unit: `act(proposal, unit, at)`."""
    guarded = _in_name_of_unit(call, desk, act)
    return change_seen(call, desk, proposal_id, guarded)


def in_case(call: Call, desk: Desk, proposal_id: str, act: Any) -> str:
    """As `in_unit`, for what is done once for a lead and all that follow it (decision 24)."""
    guarded = _in_name_of_unit(call, desk, act)
    return change_case(call, desk, proposal_id, access.visible_to(call.actor), guarded)


def _in_name_of_unit(call: Call, desk: Desk, act: Any) -> Callable[[Proposal, datetime], None]:
    unit = unit_of(call)

    def guarded(proposal: Proposal, at: datetime) -> None:
        refuse_proposer(call, desk, proposal)
        act(proposal, unit, at)

    return guarded


def refuse_proposer(call: Call, desk: Desk, proposal: Proposal) -> None:
    """V15: the person behind the unit's account is none of the proposers, in any term."""
    actor = call.actor
    known = desk.directory.memberships(actor.person_id) if actor.person_id else set()
    handling.refuse_proposer(proposal, {*actor.memberships, *known})


def unit_of(call: Call) -> str:
    """The acting unit; Forbidden for an account without one."""
    unit = call.actor.scope.get("unit")
    if unit is None:
        raise Forbidden("当前身份没有承办单位，只能办理本单位的承办件")
    return unit
