"""Writing: text and details, paper entry, seals, discarding (V7, V8, V10; decisions 18, 23)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import cosigning, errors, procedure_errors
from services.proposals.domain.details import By, Details
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Seal
from services.proposals.domain.states import BEFORE_SUBMISSION, WRITABLE, SignState, State
from services.proposals.domain.text import Text
from shared.contracts import names


def edit(
    proposal: Proposal, text: Text, details: Details, at: datetime, by: By, *, aware: bool = False
) -> None:
    """Change text and details (V10: whoever signed the former text must confirm again).

    Once the time for that is over (decision 22) they cannot: CosignersDrop warns who is not
    `aware` of it.
    """
    proposal.require(WRITABLE)
    if proposal.entry and proposal.entry.confirmed_at is None and by.role != "PROPOSAL_STAFF":
        raise errors.EntryNotConfirmed
    dropped = proposal.confirmed if text != proposal.text and cosigning.closed(proposal, at) else []
    if dropped and not aware:
        many = {"cosigners": len(dropped)}
        raise procedure_errors.CosignersDrop(field="acknowledged", details=many)
    if details.category is not proposal.details.category:
        proposal.own_category = None  # the proposer has chosen anew
    proposal.details = details
    if text == proposal.text:
        return
    proposal.text = text
    if proposal.text_pinned:
        proposal.text_no, proposal.text_pinned = proposal.text_no + 1, False
    if proposal.seal:
        proposal.seal = None  # the head confirmed other words
    for signature in proposal.cosignatures:
        if signature.state is SignState.CONFIRMED:
            cosigning.settle(proposal, signature, SignState.RECONFIRM_NEEDED, at)


def change_kind(proposal: Proposal, proposer_type: ProposerType, at: datetime) -> None:
    """Between INDIVIDUAL and JOINT, in DRAFT or after a return.

    Nobody's confirmed co-signature is dropped in this way; open ones are cancelled.
    """
    if proposer_type is proposal.proposer_type:
        return
    member_kinds = {ProposerType.INDIVIDUAL, ProposerType.JOINT}
    open_states = {State.DRAFT, State.RETURNED}
    if proposal.state not in open_states or {proposer_type, proposal.proposer_type} - member_kinds:
        raise errors.WrongState("征集联名期间请先撤回邀请，再更改提案类型")
    if proposal.confirmed:
        raise errors.WrongState("已有委员确认联名，不能改为个人提案")
    cosigning.cancel(proposal, cosigning.standing(proposal), at)
    proposal.proposer_type = proposer_type


def discard(proposal: Proposal, at: datetime, by: By) -> None:
    """Decision 23: a draft is given up; who was asked to sign is told."""
    proposal.require(BEFORE_SUBMISSION)
    cosigning.cancel(proposal, cosigning.standing(proposal), at)
    proposal.move(State.DISCARDED, at, by)
    proposal.tell(names.PROPOSAL_DISCARDED)


def ask_confirmation(proposal: Proposal) -> None:
    """Decision 18: the member is asked to confirm what was entered for them."""
    proposal.tell(names.PROPOSAL_ENTRY_CONFIRMATION_REQUESTED, member_id=proposal.first_proposer)


def confirm_entry(proposal: Proposal, at: datetime) -> None:
    """By the first proposer."""
    proposal.require(WRITABLE)
    entry = proposal.entry
    if entry is None or entry.confirmed_at:
        raise errors.NoEntry
    entry.confirmed_at = at
    proposal.tell(names.PROPOSAL_ENTRY_CONFIRMED, member_id=proposal.first_proposer)


def request_seal(proposal: Proposal, at: datetime) -> None:
    """V8: ask the organisation's head to confirm the text as it stands."""
    proposal.require(WRITABLE)
    if proposal.organisation is None:
        raise errors.NoSeal("个人提案和联名提案不需要盖章确认")
    if proposal.seal:
        raise errors.NoSeal("已申请盖章确认")
    scope = {proposal.organisation["kind"]: proposal.organisation["id"]}
    proposal.seal = Seal(COLLECTIVES[proposal.proposer_type].head, scope, at)
    proposal.text_pinned = True
    proposal.tell(names.PROPOSAL_SEAL_REQUESTED, role=proposal.seal.role, scope=scope)


def put_seal(proposal: Proposal, at: datetime, by: By) -> None:
    """V7, V8: the head confirms; the caller has been checked to be that head."""
    proposal.require(WRITABLE)
    if proposal.seal is None or proposal.seal.sealed_at:
        raise errors.NoSeal
    proposal.seal.sealed_at, proposal.seal.account_id = at, by.account_id
    if proposal.entry:  # of a paper that staff typed in, the seal is the confirmation
        proposal.entry.confirmed_at = at
    proposal.tell(names.PROPOSAL_SEALED, role=proposal.seal.role, scope=dict(proposal.seal.scope))
