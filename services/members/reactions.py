"""What the roster makes of other services' facts, and of its own."""

from __future__ import annotations

from services.members.commands import absences
from services.members.commands.ports import Roster
from services.members.domain.absences import presences
from shared.contracts import names
from shared.messaging.events import Event

SERVICE = "members"
ATTENDANCE = (names.MEETING_ATTENDANCE_CONFIRMED, names.MEETING_ATTENDANCE_CORRECTED)
ENDS = (
    names.MEMBER_RESIGNED,
    names.MEMBER_REVOKED,
    names.MEMBER_DECEASED,
    names.MEMBER_TERM_ENDED,
)


def note_attendance(event: Event, desk: Roster) -> None:
    """Absence rules of 2.1; once, whatever comes twice, late or out of order."""
    corrected = event.type == names.MEETING_ATTENDANCE_CORRECTED
    absences.note_presences(event.call(SERVICE), desk, presences(event.data, corrected))


def note_end(event: Event, desk: Roster) -> None:
    """A review of someone whose membership has ended is settled."""
    removed = event.type == names.MEMBER_REVOKED
    absences.end_reviews(event.call(SERVICE), desk, event.data["member_id"], removed)
