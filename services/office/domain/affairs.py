"""Affairs (办事, 2.10, 15.2): anybody asks, an office accepts, does it, and is rated.

Each office has one shared task list; an affair moves between offices with a reason and a history.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.office.domain import document_errors as errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class AffairKind(Labelled):
    """事项种类。What is asked for."""

    CAR = "CAR", "用车", "A car"
    ROOM = "ROOM", "会议室", "A room"
    RECEPTION = "RECEPTION", "接待", "A reception"
    SUPPLIES = "SUPPLIES", "物品", "Supplies"
    REPAIR = "REPAIR", "维修", "A repair"
    REQUEST = "REQUEST", "其他事项", "Another request"
    LETTER = "LETTER", "委员来信", "A member's letter"


class AffairState(Labelled):
    """事项状态。State of an affair."""

    RAISED = "RAISED", "待受理", "Waits on the office's list"
    ACCEPTED = "ACCEPTED", "已受理", "Accepted"
    DOING = "DOING", "办理中", "Being done"
    DONE = "DONE", "已办结", "Done"
    RATED = "RATED", "已评价", "Rated by whoever raised it"
    REJECTED = "REJECTED", "不予受理", "Rejected"


S = AffairState
OPEN = frozenset({S.RAISED, S.ACCEPTED, S.DOING})

MOVES: Mapping[AffairState, Collection[AffairState]] = {
    S.RAISED: {S.ACCEPTED, S.REJECTED, S.RAISED},
    S.ACCEPTED: {S.DOING, S.DONE, S.RAISED},
    S.DOING: {S.DONE, S.RAISED},
    S.DONE: {S.RATED},
    S.RATED: {},
    S.REJECTED: {},
}


@dataclass(frozen=True)
class AffairStep:
    """`office` has the affair from here on; a hand-over names the one it came from."""

    state: str
    office: str
    by: str | None
    at: datetime
    note: str | None = None
    from_office: str | None = None


@dataclass(frozen=True)
class Rating:
    """By whoever raised it: 1 to 5 stars."""

    stars: int
    comment: str | None
    at: datetime


@dataclass
class Affair(Aggregate):
    """`raised_key`: whom it is for, as a recipient's key; none where a fact raised it."""

    id: str
    term: int
    kind: AffairKind
    title: str
    content: str
    office: str
    office_kind: str
    raised_by: str | None
    raised_key: str | None
    raised_at: datetime
    wanted_from: datetime | None = None
    wanted_until: datetime | None = None
    place: str | None = None
    people: int | None = None
    proposal_id: str | None = None
    letter_no: int | None = None  # of a member's letter: the not-filing that it comes from
    state: AffairState = S.RAISED
    handled_by: str | None = None
    result: str | None = None
    rating: Rating | None = None
    trail: tuple[AffairStep, ...] = ()

    @property
    def due_at(self) -> datetime | None:
        """When it is needed: its beginning, or else its end, as whoever raised it wants it."""
        return self.wanted_from or self.wanted_until

    def raise_(self) -> None:
        """Put it on the office's list. Raises WrongAffairState for times the wrong way round."""
        if self.wanted_from and self.wanted_until and self.wanted_until <= self.wanted_from:
            raise errors.WrongAffairState("结束时间须晚于开始时间", field="wantedUntil")
        self.trail = (AffairStep(S.RAISED.value, self.office, self.raised_by, self.raised_at),)
        self.tell(names.AFFAIR_RAISED)

    def accept(self, by: str, at: datetime) -> None:
        self._move(S.ACCEPTED, by, at)
        self.handled_by = by
        self.tell(names.AFFAIR_ACCEPTED)

    def start(self, by: str, at: datetime) -> None:
        self._move(S.DOING, by, at)
        self.tell(names.AFFAIR_STARTED)

    def reject(self, reason: str, by: str, at: datetime) -> None:
        self._move(S.REJECTED, by, at, reason)
        self.tell(names.AFFAIR_REJECTED, reason=reason)

    def hand_over(self, office: str, office_kind: str, reason: str, by: str, at: datetime) -> None:
        """To another office's list, where it waits again (15.2). Raises HandOverUnfit."""
        if office == self.office:
            raise errors.HandOverUnfit(field="officeId")
        former, former_kind = self.office, self.office_kind
        self.office, self.office_kind, self.handled_by = office, office_kind, None
        self._move(S.RAISED, by, at, reason, former)
        told = {"from_office": former, "from_office_kind": former_kind, "reason": reason}
        self.tell(names.AFFAIR_HANDED_OVER, **told)

    def finish(self, result: str, by: str, at: datetime) -> None:
        self._move(S.DONE, by, at, result)
        self.result = result
        self.tell(names.AFFAIR_DONE)

    def rate(self, stars: int, comment: str | None, by: str, at: datetime) -> None:
        """By whoever raised it, once."""
        self._move(S.RATED, by, at, comment)
        self.rating = Rating(stars, comment, at)
        self.tell(names.AFFAIR_RATED, stars=stars)

    def _move(
        self,
        to: AffairState,
        by: str,
        at: datetime,
        note: str | None = None,
        from_office: str | None = None,
    ) -> None:
        if to not in MOVES[self.state]:
            raise errors.WrongAffairState.of(self.state)
        self.state = to
        step = AffairStep(to.value, self.office, by, at, note, from_office)
        self.trail = (*self.trail, step)

    def header(self) -> dict[str, Any]:
        return {
            "affair_id": self.id,
            "kind": self.kind.value,
            "title": self.title,
            "office": self.office,
            "office_kind": self.office_kind,
            "raised_key": self.raised_key,
            "proposal_id": self.proposal_id,
            "letter_no": self.letter_no,
            "due_at": self.due_at,
        }
