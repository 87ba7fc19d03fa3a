"""Cases taken up again for a second reply, and their archiving (T15, T22–T24; decision 26)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.answering import Answered
from services.proposals.domain.assignments import AssignmentState
from services.proposals.domain.details import By
from services.proposals.domain.handling import DERIVED
from services.proposals.domain.replies import Commitment, ReplyClass
from services.proposals.domain.rounds import Round, Trigger
from services.proposals.domain.states import AFTER_REPLY, ENDED, OVER, State
from shared.contracts import names

NEEDS_REASON = frozenset({ReplyClass.C, ReplyClass.D})
EVENTS = {
    Trigger.DISSATISFIED: names.PROPOSAL_REHANDLING_REQUESTED,
    Trigger.COMMITMENT_DUE: names.PROPOSAL_SECOND_REPLY_DUE,
    Trigger.CARRY_OVER: names.PROPOSAL_SECOND_REPLY_DUE,
    Trigger.SUPPLEMENT: names.PROPOSAL_REOPENED,
}


class Rehandled(Answered):
    """A replied case that may be taken up again."""

    def carry_over(self, reason: str, due_at: datetime, at: datetime, by: By) -> None:
        """T22 by the committee, once a year."""
        self._require(ENDED)
        this_year = at.year
        if any(
            r.trigger is Trigger.CARRY_OVER and r.begun_at.year == this_year for r in self.rounds
        ):
            raise errors.CarriedOver
        self._take_up(Trigger.CARRY_OVER, reason, due_at, at, by)

    def reopen(self, reason: str, due_at: datetime, at: datetime, by: By) -> None:
        """T24, trigger SUPPLEMENT: something was left out."""
        self._require(ENDED)
        self._take_up(Trigger.SUPPLEMENT, reason, due_at, at, by)

    def ask_second_reply(self, due: Collection[Commitment], due_at: datetime, at: datetime) -> None:
        """T22: promises have come due; one second reply answers all of them."""
        self._require({State.TRACKING})
        numbers = tuple(commitment.no for commitment in due)
        units = sorted({commitment.unit for commitment in due})
        for commitment in due:
            commitment.asked_round = self.round + 1
        self._rehandle(Trigger.COMMITMENT_DUE, units, "", due_at, at, DERIVED, numbers)

    def archive(self, at: datetime, by: By, followers: Collection[State] = ()) -> None:
        """T23: read only from now on; no promise and nothing that follows may be left open."""
        self._require(ENDED)
        if set(followers) - OVER:
            raise errors.FollowersOpen
        if self.unsettled:
            raise errors.CommitmentsOpen(details={"commitments": [c.no for c in self.unsettled]})
        self._move(State.ARCHIVED, at, by)
        self._record(names.PROPOSAL_ARCHIVED)

    def recognise_class(self, result_class: ReplyClass, reason: str, by: By) -> None:
        """The committee's own view of the class, after the reply."""
        self._require(AFTER_REPLY)
        if result_class in NEEDS_REASON and not reason.strip():
            raise errors.ReplyReasonMissing(field="reason")
        current = self.rounds[-1]
        current.recognised_class = self.recognised_class = result_class.value
        current.recognition = reason
        self._record(
            names.PROPOSAL_CLASS_RECOGNISED,
            {
                "recognised_class": result_class.value,
                "result_class": self.result_class,
                "round": self.round,
            },
        )

    # -- inside ------------------------------------------------------------------------------

    def _take_up(
        self, trigger: Trigger, reason: str, due_at: datetime, at: datetime, by: By
    ) -> None:
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        units = [a.unit for a in self.assignments if a.replies and a.standing]
        self._rehandle(trigger, units, reason, due_at, at, by)

    def _rehandle(
        self,
        trigger: Trigger,
        units: Collection[str],
        reason: str,
        due_at: datetime,
        at: datetime,
        by: By,
        commitments: tuple[int, ...] = (),
    ) -> None:
        """Only these units handle it again; of an evaluation they learn no more than that."""
        judged = self.round
        self.round += 1
        self.rounds.append(Round(self.round, at, trigger, tuple(units), reason, commitments))
        self.rehandling_units = tuple(units)
        for unit in units:
            assignment = self.assignment_of(unit)
            assignment.move(AssignmentState.WORKING)
            assignment.reply_due_at = assignment.reply_due_at or assignment.due_at
            assignment.due_at, assignment.overdue_at = due_at, None
            assignment.lateness = None
        self.close_kind = self.closed_at = self.attitude = self.result = None
        self.evaluate_by = self.evaluated_at = None
        self._move(State.REHANDLING, at, by, reason or None)
        told = {"round": judged, "units": list(units), "due_at": due_at}
        if trigger is not Trigger.DISSATISFIED:
            told |= {"trigger": trigger.value, "commitments": list(commitments), "reason": reason}
        self._record(EVENTS[trigger], told)
