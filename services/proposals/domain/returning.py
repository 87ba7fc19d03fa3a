"""A share goes back or to another unit (退办, 改办; decisions 17 and 25).

A unit only asks; the supervising office decides, at the second request a district leader, so that
no case is passed on by units among themselves.
"""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.assignments import (
    DISPUTED_FROM,
    Assignment,
    AssignmentState,
    Dispute,
    DueDates,
    Part,
    ReturnRequest,
)
from services.proposals.domain.details import By
from services.proposals.domain.handling import Handled
from services.proposals.domain.replies import CommitmentStatus
from shared.contracts import names

A = AssignmentState


class Returnable(Handled):
    """A case whose units may turn out to be the wrong ones."""

    def request_return(self, unit: str, reason: str, at: datetime, by: By) -> None:
        """Within DL3, once for each unit; the second of a share opens a dispute by itself."""
        assignment = self.assignment_of(unit)
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        if assignment.bound:
            raise errors.UnitBound
        if at > assignment.sign_due_at:
            raise errors.ReturnLate
        assignment.move(A.RETURN_REQUESTED)
        assignment.hop_count += 1
        assignment.return_request = ReturnRequest(reason, at, by.account_id)
        hops = {"hop_count": assignment.hop_count}
        self._record_assignment(
            names.ASSIGNMENT_RETURN_REQUESTED, assignment, {**hops, "reason": reason}
        )
        if assignment.hop_count >= DISPUTED_FROM:
            assignment.dispute = Dispute(at)
            self._record_assignment(names.ASSIGNMENT_DISPUTE_OPENED, assignment, hops)

    def state_dispute(self, unit: str, statement: str, signer: str, at: datetime) -> None:
        """The written statement, signed by the unit's head; a later one takes its place."""
        assignment = self.assignment_of(unit)
        dispute = _open_dispute(assignment)
        if not statement.strip():
            raise errors.ReasonMissing(field="statement")
        dispute.statement, dispute.signer, dispute.stated_at = statement, signer, at
        self._record_assignment(names.ASSIGNMENT_DISPUTE_STATED, assignment)

    def decide_return(
        self, unit: str, new_unit: str | None, reason: str, due: DueDates, at: datetime
    ) -> None:
        """By the supervising office. `new_unit` takes the share; the same unit: refused, bound;
        None: nobody takes it, which a co-handling share alone bears."""
        assignment = self.assignment_of(unit)
        if assignment.dispute:
            raise errors.DisputeOpen
        self._decide_return(assignment, new_unit, reason, due, at)

    def decide_dispute(
        self,
        unit: str,
        new_unit: str | None,
        reason: str,
        doc_no: str,
        decided_on: str,
        due: DueDates,
        at: datetime,
    ) -> None:
        """The district leader's decision, recorded by the supervising office; it binds."""
        assignment = self.assignment_of(unit)
        dispute = _open_dispute(assignment)
        self._decide_return(assignment, new_unit, reason, due, at)
        dispute.doc_no, dispute.decided_on = doc_no, decided_on

    def move_unit(self, former: str, unit: str) -> bool:
        """Decision 17: a unit was merged into another, which has what the former one had.

        Where both had a share, the answering one stays. True if anything changed, so that a
        repeated event does nothing.
        """
        mine = [a for a in self.assignments if a.unit == former and a.standing]
        if not mine:
            return False
        for assignment in mine:
            self._move_share(assignment, unit)
        answered = {reply.round for reply in self.replies if reply.unit == unit}
        for reply in self.replies:
            if reply.unit == former and reply.round not in answered:
                reply.unit = unit
        for commitment in self.commitments:
            if commitment.unit == former and commitment.status is CommitmentStatus.OPEN:
                commitment.unit = unit
        self.rehandling_units = tuple(unit if u == former else u for u in self.rehandling_units)
        return True

    # -- inside ------------------------------------------------------------------------------

    def _decide_return(
        self,
        assignment: Assignment,
        new_unit: str | None,
        reason: str,
        due: DueDates,
        at: datetime,
    ) -> None:
        request = assignment.return_request
        if request is None or assignment.state is not A.RETURN_REQUESTED:
            raise errors.NoReturnRequest
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        final = assignment.dispute is not None
        refused = new_unit == assignment.unit
        replacement = (
            None if refused or new_unit is None else self._replace(assignment, new_unit, due, at)
        )
        if new_unit is None and assignment.replies:
            raise errors.NewUnitMissing(field="newUnitId")
        request.accepted, request.decision, request.decided_at = not refused, reason, at
        assignment.move(A.RETURN_REFUSED if refused else A.RETURN_ACCEPTED)
        self._record_assignment(
            names.ASSIGNMENT_RETURN_DECIDED,
            assignment,
            {
                "accepted": not refused,
                "final": final,
                "reason": reason,
                "hop_count": assignment.hop_count,
                "new_unit": replacement.unit if replacement else None,
                "new_assignment_no": replacement.no if replacement else None,
                "sign_due_at": replacement.sign_due_at if replacement else None,
            },
        )
        if refused:
            assignment.bound = True
            self._receive(assignment, at)
        elif replacement:
            replacement.bound = final
            self.assignments.append(replacement)

    def _replace(self, old: Assignment, unit: str, due: DueDates, at: datetime) -> Assignment:
        """The case's due date stays; a co-handling unit has its own month, within it."""
        if any(a.unit == unit and a.standing for a in self.assignments):
            raise errors.PlanUnfit("该单位已承办本提案", field="newUnitId")
        last = self.due_at or old.due_at
        return Assignment(
            no=len(self.assignments) + 1,
            unit=unit,
            part=old.part,
            state=A.PENDING,
            assigned_at=at,
            sign_due_at=due.sign,
            due_at=min(due.opinion, last) if old.part is Part.CO else old.due_at,
            hop_count=old.hop_count,
            replaces=old.no,
        )

    def _move_share(self, assignment: Assignment, unit: str) -> None:
        former = assignment.unit
        own = next((a for a in self.assignments if a.unit == unit and a.standing), None)
        if own and (own.replies or not assignment.replies):
            assignment.state = A.RETURN_ACCEPTED  # absorbed by the share the unit has
        else:
            if own:
                own.state = A.RETURN_ACCEPTED
            assignment.unit = unit
            assignment.former_units = (*assignment.former_units, former)
        kept = self.assignment_of(unit)
        self._record_assignment(
            names.ASSIGNMENT_UNIT_CHANGED, kept, {"former": former, "state": kept.state.value}
        )


def _open_dispute(assignment: Assignment) -> Dispute:
    if assignment.dispute is None or assignment.state is not A.RETURN_REQUESTED:
        raise errors.NoDispute
    return assignment.dispute
