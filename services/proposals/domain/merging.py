"""Merging proposals of the same matter into one case (并案, T7; decision 24).

The lead is filed and unassigned. What is merged into it follows: it is assigned, signed for and
handed on with the lead, and each proposer gets a reply, a judgement and an end of its own, on the
own document (docs/adr/0008).
"""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors, numbers
from services.proposals.domain.details import By, Merged
from services.proposals.domain.reviewing import Reviewed
from services.proposals.domain.states import State
from shared.contracts import names

BEFORE_ASSIGNMENT = frozenset({State.FILED, State.MERGED})


class Mergeable(Reviewed):
    """A proposal that may follow another, or lead others."""

    def merge_into(self, lead: Mergeable, reason: str, at: datetime, by: By) -> None:
        """T7, by the director. What was never filed counts as filed from now on (B1–B4)."""
        self._require({State.UNDER_REVIEW, State.FILED})
        lead.check_leading(self)
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        if self.followers:
            raise errors.LeadsOthers
        if self.shortfall:
            raise errors.ShortfallOpen
        if self.withdrawal and self.withdrawal.open:
            raise errors.WithdrawalOpen
        was_filed = self.state is State.FILED
        if not was_filed:
            self.filed_count += 1
            self.filed_at = at
        self.plan, self.review_due_at = None, None
        self._follow(lead, reason, at)
        lead.followers = (*lead.followers, self.id)
        self._move(State.MERGED, at, by, reason)
        self._record(
            names.PROPOSAL_MERGED,
            {
                **self._numbers(),
                **self._origin(),
                "lead": lead.id,
                "case_no": lead.case_no,
                "reason": reason,
                "was_filed": was_filed,
                "authors": list(self.authors),
                "occurrence_no": self.filed_count,
                "groups": self.groups,
                "undoes_not_filed": 0 if was_filed else self.not_filed_count,
            },
        )

    def check_leading(self, follower: Mergeable) -> None:
        """Raises LeadUnfit where this one cannot lead `follower`."""
        fits = self.id != follower.id and self.state is State.FILED and self.term == follower.term
        if not fits or (self.withdrawal and self.withdrawal.open):
            raise errors.LeadUnfit(field="leadId")

    def hand_lead_to(self, heir: Mergeable, reason: str, at: datetime, by: By) -> None:
        """Another one leads: this one follows it, and may then be withdrawn."""
        self._require({State.FILED})
        if heir.id not in self.followers:
            raise errors.LeadUnfit(field="leadId")
        if heir.withdrawal and heir.withdrawal.open:
            raise errors.WithdrawalOpen
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        heir.merged = None
        heir.followers = tuple(self.id if key == heir.id else key for key in self.followers)
        heir._move(State.FILED, at, by, reason)
        self.followers, self.plan = (), None
        self._follow(heir, reason, at)
        self._move(State.MERGED, at, by, reason)
        heir._record(
            names.PROPOSAL_LEAD_NAMED,
            {"former_lead": self.id, "case_no": heir.case_no, "reason": reason},
        )

    def number(self, number: int) -> None:
        """The case number of a follower that was never filed, when it becomes the lead."""
        assert self.session is not None and self.session_mark is not None
        place = (self.term, self.session, self.session_mark, number)
        self.case_no, self.case_title = numbers.case_no(*place), numbers.case_title(*place)

    def follow_new_lead(self, lead: Mergeable, at: datetime) -> None:
        assert self.merged is not None
        self._follow(lead, self.merged.reason, at)

    def lose(self, follower: str) -> None:
        """A follower was withdrawn."""
        self.followers = tuple(key for key in self.followers if key != follower)

    def _follow(self, lead: Mergeable, reason: str, at: datetime) -> None:
        assert lead.case_no is not None and lead.case_title is not None
        self.merged = Merged(lead.id, lead.case_no, lead.case_title, reason, at)

    def _require_no_followers(self) -> None:
        """Decision 24: a lead stays until a new one is named."""
        if self.followers:
            raise errors.LeadsOthers
