"""The proposal; here from draft to submission (T2, T5, T9; V1–V12; decisions 21–23).

Methods are the verbs of the specification. Each checks, changes and records what happened in
`events`; who may call it is decided before (commands), except for what depends on the proposal.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from services.proposals.domain import errors, numbers
from services.proposals.domain.cosigning import Seal, Withdrawal
from services.proposals.domain.details import By, Details, Session
from services.proposals.domain.honours import Honoured
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.merging import BEFORE_ASSIGNMENT
from services.proposals.domain.states import (
    BEFORE_SUBMISSION,
    FREELY_WITHDRAWN,
    WRITABLE,
    Openness,
    SignState,
    State,
)
from services.proposals.domain.text import Limits, Text
from shared.contracts import names
from shared.errors import AppError, DomainError, Refused

SYSTEM = "SYSTEM"


class Proposal(Honoured):
    """The aggregate. Its fields are in Record; one class adds the verbs of one subject:
    Cosigned (co-signing), Reviewed, Mergeable, Handled (the units' work), Returnable, Promised,
    Answered (their replies), Rehandled, Judged (evaluation), Extendable, Timed (deadlines),
    Honoured (key and excellent ones), and all others here."""

    def revoke_filing(self, reason: str, at: datetime, by: By) -> None:
        """T26; what it was singled out for goes with the filing."""
        super().revoke_filing(reason, at, by)
        self._drop_honours("撤销立案", at)

    # -- writing ---------------------------------------------------------------------------

    def edit(self, text: Text, details: Details, at: datetime, by: By) -> None:
        """Change text and details (V10: whoever signed the former text must confirm again)."""
        self._require(WRITABLE)
        if self.entry and self.entry.confirmed_at is None and by.role != "PROPOSAL_STAFF":
            raise errors.EntryNotConfirmed
        self.details = details
        if text == self.text:
            return
        self.text = text
        if self.text_pinned:
            self.text_no, self.text_pinned = self.text_no + 1, False
        if self.seal:
            self.seal = None  # the head confirmed other words
        for signature in self.cosignatures:
            if signature.state is SignState.CONFIRMED:
                signature.settle(SignState.RECONFIRM_NEEDED, at)
                self._record_cosign(names.PROPOSAL_COSIGN_RECONFIRM_NEEDED, signature)

    def change_kind(self, proposer_type: ProposerType, at: datetime) -> None:
        """Between INDIVIDUAL and JOINT, in DRAFT or after a return.

        Nobody's confirmed co-signature is dropped in this way; open ones are cancelled.
        """
        if proposer_type is self.proposer_type:
            return
        member_kinds = {ProposerType.INDIVIDUAL, ProposerType.JOINT}
        open_states = {State.DRAFT, State.RETURNED}
        if self.state not in open_states or {proposer_type, self.proposer_type} - member_kinds:
            raise errors.WrongState("征集联名期间请先撤回邀请，再更改提案类型")
        if self.confirmed:
            raise errors.WrongState("已有委员确认联名，不能改为个人提案")
        self._cancel_signatures(at, self._standing())
        self.proposer_type = proposer_type

    def discard(self, at: datetime, by: By) -> None:
        """Decision 23: a draft is given up; who was asked to sign is told."""
        self._require(BEFORE_SUBMISSION)
        self._cancel_signatures(at, self._standing())
        self._move(State.DISCARDED, at, by)
        self._record(names.PROPOSAL_DISCARDED)

    # -- paper entry and seals -------------------------------------------------------------

    def ask_confirmation(self) -> None:
        """Decision 18: the member is asked to confirm what was entered for them."""
        self._record(
            names.PROPOSAL_ENTRY_CONFIRMATION_REQUESTED, {"member_id": self.first_proposer}
        )

    def confirm_entry(self, member_id: str, at: datetime) -> None:
        self._require(WRITABLE)
        if self.entry is None or self.entry.confirmed_at or member_id != self.first_proposer:
            raise errors.NoEntry
        self.entry.confirmed_at = at
        self._record(names.PROPOSAL_ENTRY_CONFIRMED, {"member_id": member_id})

    def request_seal(self, at: datetime) -> None:
        """V8: ask the organisation's head to confirm the text as it stands."""
        self._require(WRITABLE)
        if self.organisation is None:
            raise errors.NoSeal("个人提案和联名提案不需要盖章确认")
        if self.seal:
            raise errors.NoSeal("已申请盖章确认")
        scope = {self.organisation["kind"]: self.organisation["id"]}
        self.seal = Seal(COLLECTIVES[self.proposer_type].head, scope, at)
        self.text_pinned = True
        self._record(names.PROPOSAL_SEAL_REQUESTED, {"role": self.seal.role, "scope": scope})

    def put_seal(self, at: datetime, by: By) -> None:
        """V7, V8: the head confirms; the caller has been checked to be that head."""
        self._require(WRITABLE)
        if self.seal is None or self.seal.sealed_at:
            raise errors.NoSeal
        self.seal.sealed_at, self.seal.account_id = at, by.account_id
        self._record(
            names.PROPOSAL_SEALED, {"role": self.seal.role, "scope": dict(self.seal.scope)}
        )

    # -- submission ------------------------------------------------------------------------

    def submission_problems(
        self,
        at: datetime,
        by: By,
        session: Session,
        active: Collection[str],
        limits: Limits,
    ) -> list[AppError]:
        """What stands against submitting now: V1, V3–V8, V11; each with its field."""
        if self.state not in WRITABLE:
            return [errors.WrongState(details={"state": self.state.value})]
        found: list[DomainError] = list(self.text.problems(limits))
        if self.details.category is None:
            found.append(errors.Incomplete("请选择提案类别", field="category"))
        if self.details.openness is Openness.CLOSED and not self.details.openness_reason:
            found.append(errors.OpennessReason(field="opennessReason"))
        if self.details.classified:
            found.append(errors.Classified(field="classified"))
        if not self.details.declared:
            found.append(errors.NotDeclared(field="declared"))
        if self.entry and self.entry.confirmed_at is None:
            found.append(errors.EntryNotConfirmed())
        found += self._proposer_problems(at, by, session, active)
        return list(found)

    def submit(
        self,
        at: datetime,
        by: By,
        session: Session,
        active: Collection[str],
        limits: Limits,
        serial_number: int | None,
        review_due_at: datetime,
    ) -> None:
        """T2, T5. `serial_number` is for the first submission; a resubmission keeps its own.

        Raises Refused with every reason at once.
        """
        problems = self.submission_problems(at, by, session, active, limits)
        if problems:
            raise Refused.of(problems)
        for signature in self.cosignatures:
            if signature.open:  # V9: what is not confirmed by now does not count
                signature.settle(SignState.EXPIRED, at)
                self._record_cosign(names.PROPOSAL_COSIGN_EXPIRED, signature)
        if self.serial_no is None:
            assert serial_number is not None
            # A draft may have waited for a later term; it counts where it is submitted.
            self.term, self.session = session.term, session.no
            self.session_mark = session.mark(at)
            self.serial_no = numbers.serial_no(self.term, session.no, serial_number)
        self.text_pinned = True
        self.revision += 1
        self.submitted_at, self.review_due_at, self.window_until = at, review_due_at, None
        self._move(State.SUBMITTED, at, by)
        self._record(
            names.PROPOSAL_SUBMITTED,
            {
                **self._numbers(),
                "revision": self.revision,
                "groups": self.groups,
                "review_due_at": review_due_at,
            },
        )

    # -- withdrawal (T9, decision 23) ------------------------------------------------------

    def withdraw(self, reason: str | None, at: datetime, by: By) -> None:
        """At once, before filing."""
        self._require(FREELY_WITHDRAWN)
        self._withdraw(reason, at, by, was_filed=False)

    def request_withdrawal(self, reason: str, at: datetime) -> None:
        self._require(BEFORE_ASSIGNMENT)
        self._require_no_followers()
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        if self.withdrawal and self.withdrawal.open:
            raise errors.WithdrawalOpen
        count = self.withdrawal.occurrence_no + 1 if self.withdrawal else 1
        self.withdrawal = Withdrawal(reason, at, count)
        self._record(
            names.PROPOSAL_WITHDRAWAL_REQUESTED, {"reason": reason, "occurrence_no": count}
        )

    def decide_withdrawal(self, agreed: bool, reason: str, at: datetime, by: By) -> None:
        self._require(BEFORE_ASSIGNMENT)
        if self.withdrawal is None or not self.withdrawal.open:
            raise errors.NoWithdrawal
        if not agreed and not reason.strip():
            raise errors.ReasonMissing(field="reason")
        self.withdrawal.open = False
        if agreed:
            self._withdraw(self.withdrawal.reason, at, by, was_filed=True)
            return
        self._record(
            names.PROPOSAL_WITHDRAWAL_REFUSED,
            {"reason": reason, "occurrence_no": self.withdrawal.occurrence_no},
        )

    # -- inside ----------------------------------------------------------------------------

    def _proposer_problems(
        self, at: datetime, by: By, session: Session, active: Collection[str]
    ) -> list[DomainError]:
        if collective := COLLECTIVES.get(self.proposer_type):
            if collective.plenary_only and not session.in_plenary(at):
                return [errors.PlenaryOnly()]
            sealed = self.seal is not None and self.seal.sealed_at is not None
            return [] if sealed or by.role == collective.head else [errors.NotSealed()]
        found: list[DomainError] = []
        missing = [m for m in [self.first_proposer, *self.confirmed] if m not in active]
        if missing:
            found.append(errors.NotActive(details={"members": missing}))
        if self.proposer_type is ProposerType.JOINT and not self.confirmed:
            found.append(errors.TooFewCosigners(field="cosignatures"))
        return found

    def _withdraw(self, reason: str | None, at: datetime, by: By, *, was_filed: bool) -> None:
        self.shortfall, self.review_due_at = None, None
        self._move(State.WITHDRAWN, at, by, reason)
        self._drop_honours("提案撤案", at)
        self._cancel_signatures(at, [c for c in self.cosignatures if c.open])
        self._record(
            names.PROPOSAL_WITHDRAWN,
            {
                "serial_no": self.serial_no,
                "case_no": self.case_no,
                "cosigners": self.confirmed,
                "occurrence_no": self.filed_count,
                "reason": reason,
                "was_filed": was_filed,
            },
        )
