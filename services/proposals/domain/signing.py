"""The verbs of co-signing (T1, V6, V9, V10; decisions 17 and 22)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.cosigning import Cosignature, Shortfall
from services.proposals.domain.details import By
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Record
from services.proposals.domain.states import (
    BEFORE_FILING,
    COSIGNING_OPEN,
    IN_REVIEW,
    SignState,
    State,
)
from shared.contracts import names


class Cosigned(Record):
    """A proposal whose co-signers are invited, answer, withdraw and leave."""

    def invite(self, member_id: str, at: datetime, by: By) -> None:
        """T1: the first invitation opens co-signing."""
        self._require(COSIGNING_OPEN)
        if self.entry and self.entry.confirmed_at is None:  # not yet the member's own
            raise errors.EntryNotConfirmed
        if self.proposer_type is not ProposerType.JOINT:
            raise errors.NotJoint
        self._require_window(at)
        if member_id == self.first_proposer:
            raise errors.CannotInvite("不能邀请自己联名", field="memberId")
        signature = self.cosignature_of(member_id)
        if signature and (signature.open or signature.signed):
            raise errors.CannotInvite("已邀请该委员，不必重复邀请", field="memberId")
        if signature is None:
            signature = Cosignature(member_id, SignState.INVITED, 1, at)
            self.cosignatures.append(signature)
        else:
            signature.occurrence_no += 1
            signature.state, signature.invited_at = SignState.INVITED, at
            signature.answered_at = signature.text_no = None
        if self.state is State.DRAFT:
            self._move(State.COSIGNING, at, by)
        self._record_cosign(names.PROPOSAL_COSIGN_INVITED, signature)

    def cancel_invitation(self, member_id: str, at: datetime) -> None:
        """V9: the inviter may cancel an invitation that is still open."""
        signature = self._signature(member_id)
        if not signature.open:
            raise errors.NoInvitation("该邀请已有答复，不能取消", field="memberId")
        signature.settle(SignState.CANCELLED, at)
        self._record_cosign(names.PROPOSAL_COSIGN_CANCELLED, signature)

    def confirm(self, member_id: str, at: datetime) -> None:
        """V9, V10: counts for the text as it stands now."""
        signature = self._signature(member_id)
        self._require_cosigning_open(signature, at)
        signature.settle(SignState.CONFIRMED, at, self.text_no)
        self.text_pinned = True
        self._record_cosign(names.PROPOSAL_COSIGN_CONFIRMED, signature)

    def decline(self, member_id: str, at: datetime) -> None:
        signature = self._signature(member_id)
        if not signature.open:
            raise errors.NoInvitation
        signature.settle(SignState.DECLINED, at)
        self._record_cosign(names.PROPOSAL_COSIGN_DECLINED, signature)

    def withdraw_signature(self, member_id: str, at: datetime, decide_by: datetime) -> None:
        """By the co-signer, until filing; below V6 in review the first proposer must decide."""
        signature = self._signature(member_id)
        if self.state in {State.WITHDRAWN, State.DISCARDED, State.NOT_FILED}:
            raise errors.WrongState(details={"state": self.state.value})
        if self.state not in BEFORE_FILING:
            raise errors.CosignLocked
        if not signature.signed:
            raise errors.NoInvitation("您没有联名本提案")
        self._drop(signature, SignState.WITHDRAWN, names.PROPOSAL_COSIGN_WITHDRAWN, at, decide_by)

    def release(self, member_id: str, at: datetime, decide_by: datetime) -> bool:
        """A member left office (decision 17): what is not filed loses the signature.

        True if anything changed, so that a repeated event does nothing.
        """
        signature = self.cosignature_of(member_id)
        if signature is None or self.state not in BEFORE_FILING:
            return False
        if signature.signed:
            withdrawn = names.PROPOSAL_COSIGN_WITHDRAWN
            self._drop(signature, SignState.WITHDRAWN, withdrawn, at, decide_by)
        elif signature.open:
            signature.settle(SignState.CANCELLED, at)
            self._record_cosign(names.PROPOSAL_COSIGN_CANCELLED, signature)
        else:
            return False
        return True

    def reopen_draft(self, at: datetime, by: By) -> None:
        """Decision 22: back to DRAFT cancels all co-signatures."""
        self._require({State.COSIGNING})
        self._cancel_signatures(at, self._standing())
        self._move(State.DRAFT, at, by)

    # -- inside ----------------------------------------------------------------------------

    def _signature(self, member_id: str) -> Cosignature:
        signature = self.cosignature_of(member_id)
        if signature is None:
            raise errors.NoInvitation(field="memberId")
        return signature

    def _require_window(self, at: datetime) -> None:
        """Decision 22: after a return the window closes; before submission it is open."""
        if self.state is State.RETURNED and self.window_until and at > self.window_until:
            raise errors.CosignClosed

    def _require_cosigning_open(self, signature: Cosignature, at: datetime) -> None:
        if self.state not in COSIGNING_OPEN:
            raise errors.CosignClosed
        if not signature.open:
            raise errors.NoInvitation
        self._require_window(at)

    def _drop(
        self,
        signature: Cosignature,
        state: SignState,
        event: str,
        at: datetime,
        decide_by: datetime,
    ) -> None:
        signature.settle(state, at)
        self._record_cosign(event, signature)
        below = self.proposer_type is ProposerType.JOINT and not self.confirmed
        if below and self.state in IN_REVIEW:
            self.shortfall = Shortfall(at, decide_by)
            self._record(names.PROPOSAL_COSIGN_SHORTFALL_OPENED, {"decide_by": decide_by})

    def _cancel_signatures(self, at: datetime, signatures: Iterable[Cosignature]) -> None:
        for signature in signatures:
            signature.settle(SignState.CANCELLED, at)
            self._record_cosign(names.PROPOSAL_COSIGN_CANCELLED, signature)

    def _standing(self) -> list[Cosignature]:
        """Given or asked for."""
        return [c for c in self.cosignatures if c.open or c.signed]
