"""Co-signing: members are invited, answer, withdraw, leave (T1, V6, V9, V10; decisions 17, 22)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.proposals.domain import errors, procedure_errors
from services.proposals.domain.details import By
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Cosignature, Shortfall
from services.proposals.domain.states import (
    BEFORE_FILING,
    COSIGNING_OPEN,
    IN_REVIEW,
    SignState,
    State,
)
from shared.contracts import names
from shared.days import over

EVENTS = {
    SignState.INVITED: names.PROPOSAL_COSIGN_INVITED,
    SignState.CONFIRMED: names.PROPOSAL_COSIGN_CONFIRMED,
    SignState.DECLINED: names.PROPOSAL_COSIGN_DECLINED,
    SignState.CANCELLED: names.PROPOSAL_COSIGN_CANCELLED,
    SignState.EXPIRED: names.PROPOSAL_COSIGN_EXPIRED,
    SignState.WITHDRAWN: names.PROPOSAL_COSIGN_WITHDRAWN,
    SignState.RECONFIRM_NEEDED: names.PROPOSAL_COSIGN_RECONFIRM_NEEDED,
}


def invite(proposal: Proposal, member_id: str, at: datetime, by: By) -> None:
    """T1: the first invitation opens co-signing."""
    proposal.require(COSIGNING_OPEN)
    if proposal.entry and proposal.entry.confirmed_at is None:  # not yet the member's own
        raise errors.EntryNotConfirmed
    if proposal.proposer_type is not ProposerType.JOINT:
        raise errors.NotJoint
    _require_window(proposal, at)
    if member_id == proposal.first_proposer:
        raise errors.CannotInvite("不能邀请自己联名", field="memberId")
    signature = proposal.cosignature_of(member_id)
    if signature and (signature.open or signature.signed):
        raise errors.CannotInvite("已邀请该委员，不必重复邀请", field="memberId")
    if signature is None:
        signature = Cosignature(member_id, SignState.INVITED, 1, at)
        proposal.cosignatures.append(signature)
    else:
        signature.occurrence_no += 1
        signature.state, signature.invited_at = SignState.INVITED, at
        signature.answered_at = signature.text_no = None
    if proposal.state is State.DRAFT:
        proposal.move(State.COSIGNING, at, by)
    _tell(proposal, signature)


def cancel_invitation(proposal: Proposal, member_id: str, at: datetime) -> None:
    """V9: the inviter may cancel an invitation that is still open."""
    signature = _signature(proposal, member_id)
    if not signature.open:
        raise errors.NoInvitation("该邀请已有答复，不能取消", field="memberId")
    settle(proposal, signature, SignState.CANCELLED, at)


def confirm(proposal: Proposal, member_id: str, at: datetime) -> None:
    """V9, V10: counts for the text as it stands now."""
    signature = _signature(proposal, member_id)
    _require_open(proposal, signature, at)
    signature.text_no, proposal.text_pinned = proposal.text_no, True
    settle(proposal, signature, SignState.CONFIRMED, at)


def decline(proposal: Proposal, member_id: str, at: datetime) -> None:
    signature = _signature(proposal, member_id)
    if not signature.open:
        raise errors.NoInvitation
    settle(proposal, signature, SignState.DECLINED, at)


def withdraw(proposal: Proposal, member_id: str, at: datetime, decide_by: datetime) -> None:
    """By the co-signer, until filing; below V6 in review the first proposer must decide."""
    signature = _signature(proposal, member_id)
    if proposal.state in {State.WITHDRAWN, State.DISCARDED, State.NOT_FILED}:
        raise errors.WrongState.of(proposal.state)
    if proposal.state not in BEFORE_FILING:
        raise errors.CosignLocked
    if not signature.signed:
        raise errors.NoInvitation("您没有联名本提案")
    _drop(proposal, signature, at, decide_by)


def release(proposal: Proposal, member_id: str, at: datetime, decide_by: datetime) -> bool:
    """A member left office (decision 17): what is not filed loses the signature.

    True if anything changed, so that a repeated event does nothing.
    """
    signature = proposal.cosignature_of(member_id)
    if signature is None or proposal.state not in BEFORE_FILING:
        return False
    if signature.signed:
        _drop(proposal, signature, at, decide_by)
    elif signature.open:
        settle(proposal, signature, SignState.CANCELLED, at)
    else:
        return False
    return True


def reopen_draft(proposal: Proposal, at: datetime, by: By) -> None:
    """Decision 22: back to DRAFT cancels all co-signatures."""
    proposal.require({State.COSIGNING})
    cancel(proposal, standing(proposal), at)
    proposal.move(State.DRAFT, at, by)


def cancel(proposal: Proposal, signatures: Iterable[Cosignature], at: datetime) -> None:
    for signature in signatures:
        settle(proposal, signature, SignState.CANCELLED, at)


def settle(proposal: Proposal, signature: Cosignature, state: SignState, at: datetime) -> None:
    """What it has come to, and the fact of it."""
    signature.state, signature.answered_at = state, at
    _tell(proposal, signature)


def standing(proposal: Proposal) -> list[Cosignature]:
    """Given or asked for."""
    return [c for c in proposal.cosignatures if c.open or c.signed]


def _signature(proposal: Proposal, member_id: str) -> Cosignature:
    signature = proposal.cosignature_of(member_id)
    if signature is None:
        raise errors.NoInvitation(field="memberId")
    return signature


def closed(proposal: Proposal, at: datetime) -> bool:
    """Decision 22: after a return the window closes; before submission it is open."""
    until = proposal.window_until if proposal.state is State.RETURNED else None
    return until is not None and over(until, at)


def reopen_window(proposal: Proposal, until: datetime, at: datetime) -> None:
    """By the committee: co-signing is open again, at most as long as it may be submitted again."""
    proposal.require({State.RETURNED})
    if not closed(proposal, at):
        raise procedure_errors.WindowOpen
    proposal.window_until = min(until, proposal.resubmit_by or until)
    waiting = [c.member_id for c in proposal.cosignatures if c.state is SignState.RECONFIRM_NEEDED]
    told = {"window_until": proposal.window_until, "members": waiting}
    proposal.tell(names.PROPOSAL_COSIGN_WINDOW_REOPENED, **told)


def _require_window(proposal: Proposal, at: datetime) -> None:
    if closed(proposal, at):
        raise errors.CosignClosed


def _require_open(proposal: Proposal, signature: Cosignature, at: datetime) -> None:
    if proposal.state not in COSIGNING_OPEN:
        raise errors.CosignClosed
    if not signature.open:
        raise errors.NoInvitation
    _require_window(proposal, at)


def _drop(proposal: Proposal, signature: Cosignature, at: datetime, decide_by: datetime) -> None:
    settle(proposal, signature, SignState.WITHDRAWN, at)
    below = proposal.proposer_type is ProposerType.JOINT and not proposal.confirmed
    if below and proposal.state in IN_REVIEW:
        proposal.shortfall = Shortfall(at, decide_by)
        proposal.tell(names.PROPOSAL_COSIGN_SHORTFALL_OPENED, decide_by=decide_by)


def _tell(proposal: Proposal, signature: Cosignature) -> None:
    proposal.tell(
        EVENTS[signature.state],
        member_id=signature.member_id,
        occurrence_no=signature.occurrence_no,
        confirmed_count=len(proposal.confirmed),
    )
