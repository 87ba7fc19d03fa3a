"""Review by the proposal committee: T3, T4, T6, T8, T25, T26."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from services.proposals.domain import errors, numbers
from services.proposals.domain.details import By
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.refusal import Appeal, Disposition, NotFiled, NotFiledReason
from services.proposals.domain.signing import Cosigned
from services.proposals.domain.states import State
from shared.contracts import names

SYSTEM = "SYSTEM"


class Reviewed(Cosigned):
    """A submitted proposal before the proposal committee."""

    def start_review(self, at: datetime, by: By) -> None:
        """T3; what is filed or refused comes back by T25 and T26 only."""
        self._require({State.SUBMITTED})
        self._move(State.UNDER_REVIEW, at, by)
        self._record(names.PROPOSAL_REVIEW_STARTED)

    def require_review(self) -> None:
        """T4 is for what is under review; a shortfall also returns what is only submitted."""
        self._require({State.UNDER_REVIEW})

    def send_back(self, comment: str, at: datetime, by: By, window: timedelta) -> None:
        """T4, and the return of decision 22: a new co-signing window opens."""
        if not comment.strip():
            raise errors.ReasonMissing(field="comment")
        self.shortfall = None
        self.return_comment, self.window_until = comment, at + window
        self.review_due_at = None
        self._move(State.RETURNED, at, by, comment)
        self._record(
            names.PROPOSAL_RETURNED,
            {
                "comment": comment,
                "window_until": self.window_until,
                "by_system": by.role == SYSTEM,
            },
        )

    def decide_shortfall(
        self, as_individual: bool, at: datetime, by: By, window: timedelta
    ) -> None:
        """Decision 22: go on as INDIVIDUAL, or have it returned."""
        if self.shortfall is None:
            raise errors.NoShortfall
        self.shortfall = None
        if as_individual:
            self.proposer_type = ProposerType.INDIVIDUAL
        self._record(
            names.PROPOSAL_COSIGN_SHORTFALL_DECIDED,
            {"decision": "INDIVIDUAL" if as_individual else "RETURNED"},
        )
        if not as_individual:
            self.send_back("联名人数不足，退回补充联名", at, by, window)

    def file(
        self,
        units: Collection[str],
        opinion: str | None,
        one_matter: bool,
        number: int,
        at: datetime,
        by: By,
    ) -> None:
        """T6: the case number is given; `number` comes from the gap-free counter."""
        self.check_filing(units, one_matter)
        assert self.session is not None and self.session_mark is not None
        self.review_units, self.review_opinion = tuple(units), opinion
        if self.case_no is None:  # filed again after T26 keeps its number
            place = (self.term, self.session, self.session_mark, number)
            self.case_no, self.case_title = numbers.case_no(*place), numbers.case_title(*place)
        self.filed_at, self.review_due_at = at, None
        self.filed_count += 1
        self._move(State.FILED, at, by)
        self._record(
            names.PROPOSAL_FILED,
            {
                **self._numbers(),
                **self._origin(),
                "case_no": self.case_no,
                "authors": list(self.authors),
                "openness": self.details.openness.value,
                "occurrence_no": self.filed_count,
                "review_units": list(units),
                "groups": self.groups,
                "undoes_not_filed": self.not_filed_count,
            },
        )

    def check_filing(self, units: Collection[str], one_matter: bool) -> None:
        """V2, the unit suggestion of T6, and decision 22; before a number is taken."""
        self._require({State.UNDER_REVIEW})
        if self.shortfall:
            raise errors.ShortfallOpen
        if not units:
            raise errors.UnitsMissing(field="reviewUnits")
        if not one_matter:
            raise errors.OneMatter(field="oneMatter")

    # -- not filed (T8) and the appeal (T25) -------------------------------------------------

    def not_file(
        self,
        reason: NotFiledReason,
        disposition: Disposition,
        comment: str,
        appeal_by: datetime,
        at: datetime,
        by: By,
    ) -> None:
        """T8, V14: a personal matter may only become a letter; the author is told why."""
        self._require({State.UNDER_REVIEW})
        if reason in LETTERS_ONLY and disposition is not Disposition.TO_LETTER:
            raise errors.LetterOnly(field="disposition")
        self.not_filed_count += 1
        self.not_filed = NotFiled(reason, disposition, comment, at, appeal_by)
        self.shortfall, self.review_due_at, self.appeal = None, None, None
        self._move(State.NOT_FILED, at, by, comment)
        self._record(
            names.PROPOSAL_NOT_FILED,
            {
                "serial_no": self.serial_no,
                "reason": reason.name,
                "disposition": disposition.value,
                "occurrence_no": self.not_filed_count,
                "cosigners": self.confirmed,
                "groups": self.groups,
                "appeal_by": appeal_by,
            },
        )

    def request_appeal(self, reason: str, at: datetime) -> None:
        """T25: by the author, within the time for it (decision 28)."""
        self._require({State.NOT_FILED})
        assert self.not_filed is not None
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        if at > self.not_filed.appeal_by:
            raise errors.AppealLate
        if self.appeal:
            raise errors.AppealOpen
        self.appeal = Appeal(reason, at)
        self._record(names.PROPOSAL_APPEAL_REQUESTED, {"reason": reason})

    def decide_appeal(self, agreed: bool, reason: str, at: datetime, by: By) -> None:
        """By the director; it stands once a second person has confirmed it (decision 28)."""
        appeal = self._open_appeal()
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        appeal.agreed, appeal.decision, appeal.decided_by = agreed, reason, by.account_id
        self._record(names.PROPOSAL_APPEAL_DECISION_PROPOSED, {"agreed": agreed})

    def confirm_appeal(self, confirmed: bool, at: datetime, by: By) -> None:
        """The second person's word; without agreement the director decides again."""
        appeal = self._open_appeal()
        if appeal.agreed is None:
            raise errors.NoAppeal("没有待确认的复议决定")
        if by.account_id == appeal.decided_by:
            raise errors.SecondPerson
        if not confirmed:
            appeal.agreed = appeal.decision = appeal.decided_by = None
            self._record(names.PROPOSAL_APPEAL_DECISION_RETURNED)
            return
        appeal.settled, appeal.confirmed_by = True, by.account_id
        decided = {"agreed": appeal.agreed, "reason": appeal.decision}
        self._record(names.PROPOSAL_APPEAL_DECIDED, decided)
        if appeal.agreed:
            self._move(State.UNDER_REVIEW, at, by, appeal.decision)

    # -- filing undone (T26) -----------------------------------------------------------------

    def revoke_filing(self, reason: str, at: datetime, by: By) -> None:
        """T26: unassigned only; the number is kept for filing again (decision 28)."""
        self._require({State.FILED})
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        if self.followers:
            raise errors.LeadsOthers
        self.plan, self.withdrawal = None, None
        self._move(State.UNDER_REVIEW, at, by, reason)
        self._record(
            names.PROPOSAL_FILING_REVOKED,
            {
                "serial_no": self.serial_no,
                "case_no": self.case_no,
                "cosigners": self.confirmed,
                "occurrence_no": self.filed_count,
                "reason": reason,
            },
        )
        self.filed_at = None

    def _open_appeal(self) -> Appeal:
        self._require({State.NOT_FILED})
        if self.appeal is None or self.appeal.settled:
            raise errors.NoAppeal
        return self.appeal


LETTERS_ONLY = frozenset({NotFiledReason.NF07})  # a personal matter of self or relatives
