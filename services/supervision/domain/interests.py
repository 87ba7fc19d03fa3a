"""Conflicts of interest: which organisations count as the supervised one (2.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """An organisation as the directory knows it."""

    id: str
    parent: str | None
    merged_into: str | None


def kin(units: Iterable[str], known: Iterable[Standing]) -> set[str]:
    """The units, what is above and directly below them, and all that became part of any of these.

    Through mergers in either direction: who worked for what the unit has taken in, and who works
    for what has taken in a unit named by its old id, is as close as its own people.
    """
    rows = list(known)
    wanted = _merged(set(units), rows)
    above = {row.parent for row in rows if row.id in wanted and row.parent}
    below = {row.id for row in rows if row.parent in wanted}
    return _merged(wanted | above | below, rows)


def _merged(ids: set[str], rows: list[Standing]) -> set[str]:
    """With what was merged into them, and what they were merged into."""
    found = set(ids)
    while True:
        more = {row.id for row in rows if row.merged_into in found}
        more |= {row.merged_into for row in rows if row.id in found and row.merged_into}
        if more <= found:
            return found
        found |= more
