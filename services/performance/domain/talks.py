"""After a weak year: a talk by the convener; after two in a row, the leadership's (section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.performance.domain import errors
from services.performance.domain.members import GroupKind
from services.performance.domain.rules import ScoreGrade
from services.performance.domain.snapshots import Snapshot
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class TalkState(Labelled):
    """履职谈话的状态。State of a talk."""

    DUE = "DUE", "待谈话", "Due"
    HELD = "HELD", "已谈话", "Held"


@dataclass
class Talk(Aggregate):
    """One for each member and year that ended "to improve".

    in_a_row: how many years running, this one included; from two on the leadership talks.
    sector_group: whose convener talks; without one the leadership does.
    """

    id: str
    year: int
    member_id: str
    term: int
    in_a_row: int
    sector_group: str | None
    due_at: datetime
    state: TalkState = TalkState.DUE
    held_on: datetime | None = None
    held_by: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.version:
            self.tell(names.PERFORMANCE_TALK_DUE)

    @property
    def by_leadership(self) -> bool:
        return self.in_a_row > 1 or self.sector_group is None

    def hold(self, account: str, held_on: datetime, note: str, at: datetime) -> None:
        """Raises AlreadyDecided, HappenedLater."""
        if self.state is not TalkState.DUE:
            raise errors.AlreadyDecided
        if held_on > at:
            raise errors.HappenedLater(field="heldOn")
        self.state, self.held_on = TalkState.HELD, held_on
        self.held_by, self.note = account, note
        self.tell(names.PERFORMANCE_TALK_HELD)

    def header(self) -> dict[str, Any]:
        return {
            "talk_id": self.id,
            "member_id": self.member_id,
            "year": self.year,
            "in_a_row": self.in_a_row,
            "sector_group": self.sector_group,
            "by_leadership": self.by_leadership,
        }


def due(
    snapshots: Iterable[Snapshot], former: Mapping[str, Talk], term: int, at: datetime
) -> list[Talk]:
    """The talks that a frozen year brings; former: member → the talk of the year before."""
    return [
        Talk(
            id=f"{snapshot.year}:{snapshot.member_id}",
            year=snapshot.year,
            member_id=snapshot.member_id,
            term=term,
            in_a_row=former[snapshot.member_id].in_a_row + 1 if snapshot.member_id in former else 1,
            sector_group=_sector_group(snapshot),
            due_at=at,
        )
        for snapshot in snapshots
        if snapshot.ranked and snapshot.sheet["grade"] == ScoreGrade.TO_IMPROVE
    ]


def _sector_group(snapshot: Snapshot) -> str | None:
    return next((g.id for g in snapshot.groups if g.kind is GroupKind.SECTOR_GROUP), None)
