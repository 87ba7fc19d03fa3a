"""Co-signing: T1, V6, V9, V10, decision 22."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.proposals.commands.ports import Desk, by, carry_on, change, change_seen
from services.proposals.domain import cosigning, errors, review
from services.proposals.domain.record import Proposal
from services.proposals.schemas import common
from services.proposals.schemas import cosigning as form
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.operations import command


@allow(*MEMBER_ROLES)
@command("inviteCosigner", answers=common.PROPOSAL, batch="inviteCosigners")
def invite_cosigner(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, member_id: common.MemberId
) -> str:
    """邀请联名。Invite a member to co-sign.

    T1. The invited must be an active member (V5).

    Raises NotJoint, CannotInvite, CosignClosed.
    """
    mine = _first(call)
    if member_id not in desk.active_members(call, [member_id], desk.clock.now()):
        raise errors.CannotInvite("只能邀请本届在任委员联名", field="memberId")

    def act(proposal: Proposal, at: datetime) -> None:
        if call.actor.is_self(member_id):
            raise errors.CannotInvite("不能邀请自己联名", field="memberId")
        carry_on(call, desk, proposal)
        cosigning.invite(proposal, member_id, at, by(call))

    return change(call, desk, proposal_id, mine, act)


@allow(*MEMBER_ROLES)
@command("cancelInvitation", answers=common.PROPOSAL)
def cancel_invitation(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, member_id: common.MemberId
) -> str:
    """取消未答复的邀请。Cancel an open invitation. Raises NoInvitation."""
    mine = _first(call)
    return change(
        call, desk, proposal_id, mine, lambda p, at: cosigning.cancel_invitation(p, member_id, at)
    )


@allow(*MEMBER_ROLES)
@command("reopenDraft", answers=common.PROPOSAL)
def reopen_draft(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """撤回联名征集，回到草稿。Back to draft; all co-signatures are cancelled."""
    return change(
        call, desk, proposal_id, _first(call), lambda p, at: cosigning.reopen_draft(p, at, by(call))
    )


@allow(*MEMBER_ROLES)
@command("confirmCosignature", answers=common.PROPOSAL)
def confirm_cosignature(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """确认联名；内容修改后再次确认。Confirm the co-signature, also again after a change.

    Raises NoInvitation, CosignClosed, NotActive.
    """
    asked = _signer(call)
    active = desk.active_members(call, call.actor.memberships, desk.clock.now())

    def act(proposal: Proposal, at: datetime) -> None:
        member = _as(call, proposal)
        if member not in active:  # V5: an invitation of a former term is over
            raise errors.NotActive
        cosigning.confirm(proposal, member, at)

    return change(call, desk, proposal_id, asked, act)


@allow(*MEMBER_ROLES)
@command("declineCosignature", answers=common.PROPOSAL)
def decline_cosignature(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """谢绝联名。Decline the invitation. Raises NoInvitation."""
    return change(
        call, desk, proposal_id, _signer(call), lambda p, at: cosigning.decline(p, _as(call, p), at)
    )


@allow(*MEMBER_ROLES)
@command("withdrawCosignature", answers=common.PROPOSAL)
def withdraw_cosignature(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """撤回联名，限立案前。Withdraw the co-signature, until filing.

    Until filing; afterwards COSIGN_LOCKED (AC-02).

    Raises NoInvitation, CosignLocked.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        cosigning.withdraw(proposal, _as(call, proposal), at, desk.decide_by(at))

    return change(call, desk, proposal_id, _signer(call), act)


@allow(*MEMBER_ROLES)
@command("decideShortfall", answers=common.PROPOSAL)
def decide_shortfall(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, as_individual: form.AsIndividual
) -> str:
    """联名人数不足时的决定。Decide when there are too few co-signers.

    Decision 22: the first proposer goes on alone, or takes it back.

    Raises NoShortfall, ShortfallLate.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        review.decide_shortfall(proposal, as_individual, at, by(call), desk.return_times(at))

    return change(call, desk, proposal_id, _first(call), act)


def _first(call: Call) -> dict[str, Any]:
    call.actor.acting_member()
    return {"first_proposer": call.actor.own}


def _signer(call: Call) -> dict[str, Any]:
    call.actor.acting_member()
    return {"cosignatures.member_id": call.actor.own}


def _as(call: Call, proposal: Proposal) -> str:
    """As whom the person was asked to sign, or signed: also for a term that is over."""
    return call.actor.acting_among(c.member_id for c in proposal.cosignatures)


@allow(Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
@command("reopenCosigning", answers=common.PROPOSAL)
def reopen_cosigning(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """退回后联名期限已过的，重新开放联名。Open co-signing again after its time.

    Decision 22: for the same time, within that for submitting again.

    Raises WindowOpen.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        until = at + timedelta(days=desk.return_times(at).cosign)
        cosigning.reopen_window(proposal, until, at)

    return change_seen(call, desk, proposal_id, act)
