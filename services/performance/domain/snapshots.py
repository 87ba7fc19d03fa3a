"""A member's points of a year as they were frozen, in a form that can be checked for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from services.performance.domain.ledger import Entry
from services.performance.domain.members import Group, Member
from services.performance.domain.scoring import ScoreSheet


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The entries that count, what else the score depends on, and the score.

    ranked: whether the member is compared with others in that year. sheet: plain values, points
    as text. digest: SHA-256 in hex over everything else.
    """

    year: int
    member_id: str
    revision: int
    entry_ids: tuple[str, ...]
    groups: tuple[Group, ...]
    not_scored: bool
    overseas: bool
    co_opted_on: datetime | None
    ranked: bool
    sheet: dict[str, Any]
    digest: str

    @property
    def id(self) -> str:
        return f"{self.year}:{self.member_id}:{self.revision}"

    @property
    def member(self) -> Member:
        return Member(self.member_id, self.groups, self.not_scored, self.co_opted_on, self.overseas)

    def computed_digest(self) -> str:
        """What `digest` must be."""
        return _digest({k: v for k, v in asdict(self).items() if k != "digest"})


def take(
    member: Member, sheet: ScoreSheet, entries: Iterable[Entry], ranked: bool, revision: int = 0
) -> Snapshot:
    """The snapshot of `sheet`, which `entries` made."""
    content: dict[str, Any] = {
        "year": sheet.year,
        "member_id": member.member_id,
        "revision": revision,
        "entry_ids": tuple(sorted(entry.entry_id for entry in entries)),
        "groups": member.groups,
        "not_scored": member.not_scored,
        "overseas": member.overseas,
        "co_opted_on": member.co_opted_on,
        "ranked": ranked,
        "sheet": plain(sheet),
    }
    return Snapshot(**content, digest=Snapshot(**content, digest="").computed_digest())


def plain(sheet: ScoreSheet) -> dict[str, Any]:
    """The score with each counted line, in values that JSON and BSON keep exactly."""
    return {
        "total": str(sheet.total),
        "grade": sheet.grade.code if sheet.grade else None,
        "months": sheet.months,
        "rule_version": sheet.rule_version,
        "categories": [
            {
                "code": category.code,
                "raw": str(category.raw),
                "points": str(category.points),
                "lines": [
                    {"entry_id": line.entry_id, "points": str(line.points)}
                    for line in category.lines
                ],
            }
            for category in sheet.categories
        ],
    }


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_text)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: Any) -> str:
    if isinstance(value, datetime):  # the same moment in whatever zone the database gives it back
        return value.astimezone(UTC).isoformat()
    raise TypeError(type(value).__name__)
