"""Reviews of members who were absent too often: for the office and the Chairpersons' Council."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.members.commands.ports import Roster
from shared.actor import Role, allow
from shared.call import Call

Row = dict[str, Any]
SEES = (Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL)


@allow(*SEES)
def list_removal_reviews(
    call: Call, roster: Roster, *, state: str | None, first: int, after: str | None
) -> Row:
    """A page, newest first."""
    return roster.absences.page(state, first, after)


@allow(*SEES)
def count_removal_reviews(call: Call, roster: Roster, *, state: str | None) -> int:
    return roster.absences.count(state)


@allow(*Role)
def removal_reviews_by_ids(call: Call, roster: Roster, *, ids: Sequence[str]) -> list[Row]:
    """Nothing for those who may not see them, as for what does not exist."""
    if call.actor.role not in SEES:
        return []
    return roster.absences.reviews.rows({"_id": {"$in": list(ids)}})
