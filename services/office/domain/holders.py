"""Who may hold what (decision 65)."""

from __future__ import annotations

from collections.abc import Mapping

from services.office.domain.meeting_states import MeetingKind

GENERAL_OFFICE = "office-general"  # every member is its own

K = MeetingKind
# Kind of meeting → kinds of organisation that hold it, by the scope that names them, beside the
# office, which holds every kind. What is not named here is held by every organiser.
HELD_BY: Mapping[MeetingKind, frozenset[str]] = {
    K.PLENARY: frozenset(),
    K.STANDING_COMMITTEE: frozenset(),
    K.CHAIR_COUNCIL: frozenset(),
    K.SECRETARY_GENERAL: frozenset(),
    K.JOINT_CONFERENCE: frozenset(),
    K.COMMITTEE: frozenset({"committee"}),
    K.TOWN: frozenset({"town"}),
    K.SECTOR: frozenset({"sector_group"}),
}


def may_hold(kind: str, holder: str) -> bool:
    """Whether organisations of this kind ("committee", "town") plan such meetings."""
    found = HELD_BY.get(MeetingKind(kind))
    return found is None or holder in found
