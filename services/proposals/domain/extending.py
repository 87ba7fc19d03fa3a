"""More time for a reply: a unit asks before it is due, the supervising office decides (DL6)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.assignments import AT_WORK, Extension
from services.proposals.domain.details import By
from services.proposals.domain.judging import Judged
from services.proposals.domain.states import State
from shared.contracts import names


class Extendable(Judged):
    """A case whose units may need more time."""

    def request_extension(
        self, unit: str, until: datetime, reason: str, longest: datetime, at: datetime, by: By
    ) -> None:
        """Before DL5, with a reason, at most to `longest`."""
        assignment = self._replying(unit)
        self._require({State.ASSIGNED, State.HANDLING})
        if assignment.state not in AT_WORK:
            raise errors.WrongAssignmentState(details={"state": assignment.state.value})
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        if assignment.open_extension:
            raise errors.ExtensionOpen
        if at > assignment.due_at:
            raise errors.ExtensionLate
        if not assignment.due_at < until <= longest:
            raise errors.ExtensionTooLong(field="until")
        assignment.extensions.append(Extension(until, reason, at, by.account_id))
        asked = {"until": until, "reason": reason}
        self._record_assignment(names.ASSIGNMENT_EXTENSION_REQUESTED, assignment, asked)

    def decide_extension(self, unit: str, granted: bool, reason: str, at: datetime) -> None:
        """By the supervising office; what was asked for in time may be granted after it."""
        assignment = self._replying(unit)
        extension = assignment.open_extension
        if extension is None:
            raise errors.NoExtension
        if not granted and not reason.strip():
            raise errors.ReasonMissing(field="reason")
        extension.granted, extension.decision, extension.decided_at = granted, reason, at
        if not granted:
            self._record_assignment(
                names.ASSIGNMENT_EXTENSION_REFUSED, assignment, {"reason": reason}
            )
            return
        former, assignment.due_at = assignment.due_at, extension.until
        self.due_at = max(a.due_at for a in self.assignments if a.replies and a.standing)
        moved = {"due_at": assignment.due_at, "former_due_at": former}
        self._record_assignment(names.ASSIGNMENT_EXTENDED, assignment, moved)
