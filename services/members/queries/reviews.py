"""Reviews of members who were absent too often: for the office and the Chairpersons' Council."""

from __future__ import annotations

from typing import Any

from services.members.commands.ports import Roster
from services.members.schemas import absences as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids

Row = dict[str, Any]
SEES = (Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL)


@allow(*SEES)
@query("removalReviews", gives="RemovalReview")
def list_removal_reviews(
    call: Call, desk: Roster, *, state: form.State | None, first: First, after: After | None
) -> Row:
    """缺席审议，新的在前；限办公室和主席会议。Reviews of absences, newest first."""
    return desk.absences.page(state, first, after)


@allow(*SEES)
@query()
def count_removal_reviews(call: Call, desk: Roster, *, state: form.State | None) -> int:
    return desk.absences.count(state)


@allow(*Role)
@query(loads="RemovalReview")
def removal_reviews_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """Nothing for those who may not see them, as for what does not exist."""
    if call.actor.role not in SEES:
        return []
    return desk.absences.reviews.rows({"_id": {"$in": list(ids)}})
