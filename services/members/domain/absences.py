"""Absence without leave, and when it opens the removal procedure (2.1, absence rules).

The organiser's confirmation is the only source; a correction replaces a member's record of the
meeting. What is looked at is one member's records of one term, in the order of the meetings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.members.domain.errors import ReviewDecided
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled

PLENARY, STANDING = "PLENARY", "STANDING_COMMITTEE"
WITHOUT_LEAVE = frozenset({"ABSENT", "LEAVE_REFUSED"})
PLENARY_LIMIT, STANDING_LIMIT = "plenary_absences_to_removal", "standing_absences_to_removal"


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of one member and one meeting; the highest occurrence stands."""

    meeting_id: str
    member_id: str
    kind: str
    held_on: datetime
    occurrence_no: int
    missed: bool  # no half-day present, and no leave

    @property
    def id(self) -> str:
        return f"{self.meeting_id}:{self.member_id}:{self.occurrence_no}"


class Ground(Labelled, name="RemovalGround"):
    """启动撤销程序的原因。Ground of a review of absences."""

    PLENARY = "PLENARY", "一届内多次无故缺席全体会议", "Plenaries missed without leave in a term"
    STANDING = "STANDING", "连续无故缺席常委会会议", "Standing Committee meetings missed in a row"


class ReviewState(Labelled, name="RemovalReviewState"):
    """缺席审议的状态。State of a review of absences."""

    OPEN = "OPEN", "待审议", "Waits for the Standing Committee"
    REMOVED = "REMOVED", "撤销资格", "Removed"
    KEPT = "KEPT", "不予撤销", "Kept"
    VOID = "VOID", "已失效", "Void: the ground is gone, or the membership ended otherwise"


@dataclass
class RemovalReview(Aggregate):
    """The Standing Committee's task to look at a member who was absent too often."""

    id: str
    member_id: str
    term: int
    ground: str
    meetings: list[str]
    opened_at: datetime
    state: ReviewState = ReviewState.OPEN
    decided_at: datetime | None = None
    reason: str | None = None
    document_no: str | None = None

    def __post_init__(self) -> None:
        if not self.version:
            self.tell(names.MEMBER_REMOVAL_REVIEW_OPENED, meetings=self.meetings)

    def concern(self, meetings: list[str]) -> bool:
        """The absences that it is about now, while it waits; False if they were known."""
        if meetings == self.meetings:
            return False
        self.meetings = meetings
        return True

    def close(
        self,
        state: ReviewState,
        at: datetime,
        reason: str | None = None,
        document_no: str | None = None,
    ) -> None:
        """Raises ReviewDecided."""
        if self.state is not ReviewState.OPEN:
            raise ReviewDecided
        self.state, self.decided_at = state, at
        self.reason, self.document_no = reason, document_no
        self.tell(names.MEMBER_REMOVAL_REVIEW_CLOSED, outcome=state.value)

    def header(self) -> dict[str, Any]:
        return {"review_id": self.id, "member_id": self.member_id, "ground": self.ground}


def presences(data: Mapping[str, Any], correction: bool) -> Iterator[Presence]:
    """What an attendance event tells; of Standing Committee meetings only who must be there."""
    if data["kind"] not in (PLENARY, STANDING):
        return
    for row in data["rows"]:
        if data["kind"] == STANDING and row["role"] == "OBSERVER":
            continue
        yield Presence(
            meeting_id=data["meeting_id"],
            member_id=row["member_id"],
            kind=data["kind"],
            held_on=datetime.fromisoformat(data["held_on"]),
            occurrence_no=int(row.get("occurrence_no") or 1) + int(correction),
            missed=not row["half_days_present"] and row["status"] in WITHOUT_LEAVE,
        )


def grounds(
    known: Iterable[Presence], limits: Mapping[Ground, int], considered: Collection[str]
) -> dict[Ground, list[str]]:
    """The grounds that stand, with their meetings.

    considered: meetings of reviews that ended with the member kept; a ground needs at least one
    meeting beside them, so that what was decided is not asked again.
    """
    standing: dict[str, Presence] = {}
    for one in known:
        former = standing.get(one.meeting_id)
        if former is None or one.occurrence_no > former.occurrence_no:
            standing[one.meeting_id] = one
    ordered = sorted(standing.values(), key=lambda one: (one.held_on, one.meeting_id))
    found = {
        Ground.PLENARY: [one.meeting_id for one in ordered if one.kind == PLENARY and one.missed],
        Ground.STANDING: _longest_run([one for one in ordered if one.kind == STANDING]),
    }
    return {
        ground: meetings
        for ground, meetings in found.items()
        if len(meetings) >= limits[ground] and not set(meetings) <= set(considered)
    }


def _longest_run(ordered: Iterable[Presence]) -> list[str]:
    """The meetings missed in a row; of several runs the longest, of equal ones the latest."""
    longest: list[str] = []
    run: list[str] = []
    for one in ordered:
        run = [*run, one.meeting_id] if one.missed else []
        if len(run) >= len(longest):
            longest = run or longest
    return longest
