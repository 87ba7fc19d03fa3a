"""Presence as the office tells it: numbered records, in any order (decisions 30, 31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PRESENT = "PRESENT"


@dataclass(frozen=True)
class Presence:
    """What stands of one member: record number, half-days present and not counting."""

    no: int
    present: int
    exempt: int


@dataclass(frozen=True)
class Told:
    """One row of the office's event: which record it makes, and which it replaces, if any."""

    member_id: str
    no: int  # of the record that the row makes
    replaces: int | None
    present: int
    exempt: int


def rows_of(data: Mapping[str, Any], corrected: bool) -> list[Told]:
    """The rows of a confirmation (records 1) or of a correction (the next records)."""
    return [_told(row, corrected) for row in data["rows"]]


def newest(standing: Mapping[str, Presence], told: Iterable[Told]) -> dict[str, Presence]:
    """`standing` with what is newer: whatever the order of arrival, the last record stands."""
    found = dict(standing)
    for row in told:
        before = found.get(row.member_id)
        if before is None or row.no > before.no:
            found[row.member_id] = Presence(row.no, row.present, row.exempt)
    return found


def attended(standing: Mapping[str, Presence]) -> tuple[str, ...]:
    """The members who were there, sorted."""
    return tuple(sorted(id for id, row in standing.items() if row.present))


def _told(row: Mapping[str, Any], corrected: bool) -> Told:
    no = row.get("occurrence_no", 1)
    present = row["half_days_present"] if row["status"] == PRESENT else 0
    exempt = row.get("half_days_exempt", 0)
    member_id = row["member_id"]
    if corrected:
        return Told(member_id, no + 1, no, present, exempt)
    return Told(member_id, no, None, present, exempt)
