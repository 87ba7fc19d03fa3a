"""The commitment ledger: what units promised and what became of it (DL9, decision 26)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.evaluation import CloseKind
from services.proposals.domain.replies import Commitment, CommitmentStatus, Outcome, Reply
from services.proposals.domain.returning import Returnable
from shared.contracts import names
from shared.errors import DomainError

C = CommitmentStatus
UNKEPT = frozenset({C.MISSED, C.CHANGED})


class Promised(Returnable):
    """A case whose replies hold dated promises."""

    @property
    def unsettled(self) -> list[Commitment]:
        """Promises that are open, or not kept and nothing decided about them."""
        return [c for c in self.commitments if c.settled_at is None]

    def renew_commitment(self, no: int, due_on: str, at: datetime) -> None:
        """Decision 26: a new date for what was not kept, approved by the director."""
        commitment = self._unkept(no)
        if due_on <= at.date().isoformat():
            raise errors.CommitmentMissing("新的完成日期应晚于今天", field="dueOn")
        commitment.settled_at, commitment.successor = at, len(self.commitments) + 1
        renewed = {"new_due_on": due_on, "successor": commitment.successor}
        self._record_commitment(names.COMMITMENT_RENEWED, commitment, renewed)
        self._commit(commitment.unit, commitment.text, due_on, at, replaces=no)

    def release_commitment(self, no: int, reason: str, at: datetime) -> None:
        """Decision 26: given up as class C, with the reason."""
        commitment = self._unkept(no)
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        commitment.settled_at, commitment.release = at, reason
        self._record_commitment(names.COMMITMENT_RELEASED, commitment, {"reason": reason})

    def miss_commitments(self, unit: str, at: datetime) -> None:
        """The second reply about them is overdue; a supervision notice goes out."""
        for commitment in self.commitments:
            if (commitment.unit, commitment.asked_round) == (unit, self.round):
                self._miss(commitment)

    # -- inside ------------------------------------------------------------------------------

    def _outcome_problems(self, reply: Reply) -> Iterator[DomainError]:
        """Decision 26: what became of each promise that fell due, and why if not kept."""
        own = {c.no for c in self.commitments if c.unit == reply.unit and c.settled_at is None}
        asked = {c.no for c in self.commitments if c.asked_round == self.round} & own
        told = {outcome.commitment for outcome in reply.content.outcomes}
        if told - own:
            yield errors.NoCommitment("只能报告本单位未了结的承诺", field="outcomes")
        if missing := sorted(asked - told):
            yield errors.OutcomeMissing(field="outcomes", details={"missing": missing})
        for outcome in reply.content.outcomes:
            if outcome.status is CommitmentStatus.OPEN:
                yield errors.OutcomeMissing(
                    field="outcomes", details={"missing": [outcome.commitment]}
                )
            if outcome.status is not CommitmentStatus.MET and not outcome.note.strip():
                yield errors.OutcomeMissing("未按期完成的承诺，请说明原因", field="outcomes")

    def _commit(
        self, unit: str, text: str, due_on: str, at: datetime, replaces: int | None = None
    ) -> None:
        commitment = Commitment(
            no=len(self.commitments) + 1,
            unit=unit,
            round=self.round,
            text=text,
            due_on=due_on,
            status=CommitmentStatus.OPEN,
            made_at=at,
        )
        self.commitments.append(commitment)
        told = {"replaces": replaces} if replaces else {}
        self._record_commitment(names.COMMITMENT_MADE, commitment, told)

    def _record_commitment(
        self, event: str, commitment: Commitment, data: Mapping[str, Any] | None = None
    ) -> None:
        told = {
            "unit": commitment.unit,
            "commitment_no": commitment.no,
            "due_on": commitment.due_on,
            "text": commitment.text,
        }
        self._record(event, {**told, **(data or {})})

    def _told(self, outcomes: Collection[Outcome], unit: str) -> None:
        """A delivered second reply said what became of the promises."""
        for outcome in outcomes:
            commitment = self._commitment(outcome.commitment)
            if commitment.unit != unit or commitment.settled_at:
                continue
            commitment.claim = outcome.status
            commitment.note, commitment.proof = outcome.note, outcome.proof
            if commitment.status is not C.OPEN:
                continue
            if outcome.status is C.MISSED:
                self._miss(commitment)
            elif outcome.status is C.CHANGED:
                commitment.status = C.CHANGED
                self._record_commitment(names.COMMITMENT_CHANGED, commitment)

    def _settle(self, kind: CloseKind, at: datetime) -> None:
        """At closing: what was said to be kept is, unless the proposer's doubt remained.

        What was kept late stays MISSED in the unit's rate, and is settled.
        """
        for commitment in self.unsettled:
            if commitment.claim is not C.MET:
                continue
            if kind is CloseKind.WITH_RESERVATION:
                self._miss(commitment)
                continue
            commitment.settled_at = at
            if commitment.status is C.OPEN:
                commitment.status = C.MET
                self._record_commitment(names.COMMITMENT_MET, commitment)
            else:
                late = {"reason": "逾期后兑现"}
                self._record_commitment(names.COMMITMENT_RELEASED, commitment, late)

    def _miss(self, commitment: Commitment) -> None:
        if commitment.status is C.OPEN:
            commitment.status = C.MISSED
            self._record_commitment(names.COMMITMENT_MISSED, commitment)
            self._notice(commitment)

    def _notice(self, commitment: Commitment) -> None:
        """A promise that was not kept brings a supervision notice (2.2 "Second reply")."""
        self._record_assignment(
            names.PROPOSAL_SUPERVISION_NOTICE_ISSUED,
            self.assignment_of(commitment.unit),
            {"about": "COMMITMENT", "commitment_no": commitment.no, "due_on": commitment.due_on},
        )

    def _commitment(self, no: int) -> Commitment:
        found = next((c for c in self.commitments if c.no == no), None)
        if found is None:
            raise errors.NoCommitment(field="no")
        return found

    def _unkept(self, no: int) -> Commitment:
        commitment = self._commitment(no)
        if commitment.status not in UNKEPT or commitment.settled_at:
            raise errors.NotUnkept
        return commitment


def report_day(commitment: Commitment, last: tuple[int, int]) -> date:
    """DL9: a promise is reported on its date, at the latest on `last` (month, day) of its year,
    where that lies after the promise was made."""
    due = date.fromisoformat(commitment.due_on)
    month, day = last
    latest = date(due.year, month, min(day, monthrange(due.year, month)[1]))
    return latest if commitment.made_at.date() < latest < due else due
