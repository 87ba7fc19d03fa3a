"""What a contact or a reception is turned into: an SCPO item, a proposal lead, an affair.

A lead carries the words that were written for it when it was forwarded, never the notes behind
it. Whoever takes it up answers it; the answer goes back to where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.liaison.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class Target(Labelled, name="LeadTarget"):
    """转办去向。Where a matter is forwarded."""

    OPINION = "OPINION", "社情民意信息", "An SCPO item"
    PROPOSAL_LEAD = "PROPOSAL_LEAD", "提案线索", "A proposal lead"
    AFFAIR = "AFFAIR", "机关事项", "An affair of the office"


class Origin(Labelled, name="LeadOrigin"):
    """转办来源。Where it comes from."""

    CONTACT = "CONTACT", "委员联系", "A contact"
    RECEPTION = "RECEPTION", "委员之家接待", "A reception"


class LeadState(Labelled):
    """转办状态。State of a forwarded matter."""

    FORWARDED = "FORWARDED", "已转办", "Forwarded"
    ANSWERED = "ANSWERED", "已答复", "Answered"


CONVERTED = {
    Origin.CONTACT: names.CONTACT_ISSUE_CONVERTED,
    Origin.RECEPTION: names.HOME_LEAD_CONVERTED,
}


@dataclass
class Lead(Aggregate):
    """source_id: the contact or reception; source_no: the contact's issue, 0 of a reception.

    by: the member who forwarded it, none where staff did; reference: what answered it, as
    "document 吴政协〔2017〕3号" in the words of who answered.
    """

    id: str
    term: int
    to: Target
    origin: Origin
    source_id: str
    source_no: int
    home_id: str | None
    town: str | None
    topic: str
    title: str
    text: str
    by: str | None
    forwarded_at: datetime
    state: LeadState = LeadState.FORWARDED
    answer: str | None = None
    reference: str | None = None
    answered_at: datetime | None = None
    due_at: datetime | None = None  # none of what was forwarded before there were dates
    reminded: bool = False
    facts: tuple[str, ...] = ()  # the later words that were taken in

    def forward(self) -> None:
        told = {
            "lead_id": self.id,
            "to": self.to.value,
            "origin": self.origin.value,
            "source_id": self.source_id,
            "home_id": self.home_id,
            "town": self.town,
            "topic": self.topic,
            "title": self.title,
            "text": self.text,
            "by": self.by,
            "due_at": self.due_at,
        }
        if self.origin is Origin.RECEPTION:
            told["reception_id"] = self.source_id
        self.tell(CONVERTED[self.origin], **told)

    def remind(self) -> None:
        """Nobody has taken it up, and it is soon due: said once."""
        self.reminded = True
        told = {"lead_id": self.id, "to": self.to.value, "title": self.title}
        self.tell(names.LEAD_REMINDER_DUE, **told, due_at=self.due_at)

    def reply(self, answer: str, reference: str | None, at: datetime) -> None:
        if self.state is not LeadState.FORWARDED:
            raise errors.WrongState.of(self.state)
        self.state, self.answer, self.reference, self.answered_at = (
            LeadState.ANSWERED,
            answer,
            reference,
            at,
        )
        self._tell_answer()

    def add(self, fact: str, answer: str, at: datetime) -> bool:
        """A word that comes after the first, as a unit's result; False where it is known."""
        if fact in self.facts:
            return False
        self.facts = (*self.facts, fact)
        self.state, self.answered_at = LeadState.ANSWERED, at
        self.answer = f"{self.answer}\n{answer}" if self.answer else answer
        self._tell_answer()
        return True

    def _tell_answer(self) -> None:
        to = self.to.value
        self.tell(names.LEAD_ANSWERED, lead_id=self.id, to=to, title=self.title, by=self.by)
