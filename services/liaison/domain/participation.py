"""Who took part in what is no meeting: confirmed by an organiser, corrected by occurrence.

The first record of a member is 1; a row of a correction names the record that it replaces, and
what it makes is the next one (decision 31).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.liaison.domain import errors

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What stands of one member."""

    no: int
    took_part: bool


def confirmed(members: Iterable[str]) -> tuple[dict[str, Part], list[Row]]:
    """The record of a confirmation, and the rows to be told. Raises ParticipationUnfit."""
    present = list(dict.fromkeys(members))
    if not present:
        raise errors.ParticipationUnfit("请至少确认一名参加的委员", field="members")
    return {id: Part(1, True) for id in present}, [_row(id, 1, True) for id in present]


def corrected(
    standing: Mapping[str, Part], said: Mapping[str, bool]
) -> tuple[dict[str, Part], list[Row]]:
    """The record with what is said now; who stood in none replaces an empty first one.

    Raises ParticipationUnfit when nothing changes.
    """
    parts, rows = dict(standing), []
    for id, took_part in said.items():
        before = standing.get(id, Part(1, False))
        if before.took_part == took_part:
            continue
        parts[id] = Part(before.no + 1, took_part)
        rows.append(_row(id, before.no, took_part))
    if not rows:
        raise errors.ParticipationUnfit("更正内容与原记录相同", field="rows")
    return parts, rows


def present(parts: Mapping[str, Part]) -> tuple[str, ...]:
    return tuple(sorted(id for id, part in parts.items() if part.took_part))


def _row(member_id: str, no: int, took_part: bool) -> Row:
    return {"member_id": member_id, "took_part": took_part, "occurrence_no": no}
