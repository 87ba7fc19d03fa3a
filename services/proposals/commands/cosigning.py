"""Co-signing: T1, V6, V9, V10, decision 22."""

from __future__ import annotations

from typing import Any

from services.proposals.commands.ports import Desk, by, change, member_of
from services.proposals.domain import cosigning, errors, review
from services.proposals.domain.record import Proposal
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call


@allow(*MEMBER_ROLES)
def invite_cosigner(call: Call, desk: Desk, *, proposal_id: str, member_id: str) -> str:
    """T1. The invited must be an active member (V5)."""
    mine = _first(call)
    if member_id not in desk.active_members(call, [member_id], desk.clock.now()):
        raise errors.CannotInvite("只能邀请本届在任委员联名", field="memberId")
    return change(
        call, desk, proposal_id, mine, lambda p, at: cosigning.invite(p, member_id, at, by(call))
    )


@allow(*MEMBER_ROLES)
def cancel_invitation(call: Call, desk: Desk, *, proposal_id: str, member_id: str) -> str:
    mine = _first(call)
    return change(
        call, desk, proposal_id, mine, lambda p, at: cosigning.cancel_invitation(p, member_id, at)
    )


@allow(*MEMBER_ROLES)
def reopen_draft(call: Call, desk: Desk, *, proposal_id: str) -> str:
    return change(
        call, desk, proposal_id, _first(call), lambda p, at: cosigning.reopen_draft(p, at, by(call))
    )


@allow(*MEMBER_ROLES)
def confirm_cosignature(call: Call, desk: Desk, *, proposal_id: str) -> str:
    member = member_of(call)
    if member not in desk.active_members(call, [member], desk.clock.now()):
        raise errors.NotActive
    return change(
        call, desk, proposal_id, _signer(call), lambda p, at: cosigning.confirm(p, member, at)
    )


@allow(*MEMBER_ROLES)
def decline_cosignature(call: Call, desk: Desk, *, proposal_id: str) -> str:
    member = member_of(call)
    return change(
        call, desk, proposal_id, _signer(call), lambda p, at: cosigning.decline(p, member, at)
    )


@allow(*MEMBER_ROLES)
def withdraw_cosignature(call: Call, desk: Desk, *, proposal_id: str) -> str:
    """Until filing; afterwards COSIGN_LOCKED (AC-02)."""
    member = member_of(call)

    def act(proposal: Proposal, at: Any) -> None:
        cosigning.withdraw(proposal, member, at, desk.decide_by(at))

    return change(call, desk, proposal_id, _signer(call), act)


@allow(*MEMBER_ROLES)
def decide_shortfall(call: Call, desk: Desk, *, proposal_id: str, as_individual: bool) -> str:
    """Decision 22: the first proposer goes on alone, or takes it back."""

    def act(proposal: Proposal, at: Any) -> None:
        review.decide_shortfall(proposal, as_individual, at, by(call), desk.return_window(at))

    return change(call, desk, proposal_id, _first(call), act)


def _first(call: Call) -> dict[str, Any]:
    return {"first_proposer": member_of(call)}


def _signer(call: Call) -> dict[str, Any]:
    return {"cosignatures.member_id": member_of(call)}
