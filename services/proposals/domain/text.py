"""The text of a proposal: form (V1, V3, V4), and what changed between two versions (V10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from services.proposals.domain.errors import (
    Incomplete,
    TitleForm,
    TooLong,
    TooManySuggestions,
)
from shared.errors import DomainError

TITLE = re.compile(r"关于.*\S.*的(建议|提案)")


@dataclass(frozen=True)
class Limits:
    """Settings that a text is measured by (V3, V4)."""

    body: int = 2000  # characters of situation, analysis and suggestions together
    suggestions: int = 10
    title: tuple[int, int] = (8, 60)  # characters, from and to (V1)

    def fits(self, title: str) -> bool:
        least, most = self.title
        return least <= len(title) <= most and TITLE.fullmatch(title) is not None


@dataclass(frozen=True)
class Text:
    title: str = ""
    situation: str = ""
    analysis: str = ""
    suggestions: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: dict[str, Any]) -> Text:
        return cls(row["title"], row["situation"], row["analysis"], tuple(row["suggestions"]))

    def as_row(self) -> dict[str, Any]:
        return {**asdict(self), "suggestions": list(self.suggestions)}

    @property
    def body_length(self) -> int:
        return len(self.situation) + len(self.analysis) + sum(map(len, self.suggestions))

    def problems(self, limits: Limits) -> Iterator[DomainError]:
        """What keeps the text from being submitted (V1, V3, V4)."""
        if not limits.fits(self.title):
            yield TitleForm.within(*limits.title)
        for name in ("situation", "analysis"):
            if not getattr(self, name).strip():
                yield Incomplete(field=name)
        if not any(suggestion.strip() for suggestion in self.suggestions):
            yield Incomplete(field="suggestions")
        if len(self.suggestions) > limits.suggestions:
            yield TooManySuggestions(
                f"建议条目不能超过{limits.suggestions}条",
                field="suggestions",
                details={"limit": limits.suggestions},
            )
        if self.body_length > limits.body:
            yield TooLong(
                f"正文不能超过{limits.body}字，现有{self.body_length}字",
                field="situation",
                details={"limit": limits.body, "length": self.body_length},
            )


def difference(before: Text, after: Text) -> list[dict[str, Any]]:
    """[{"field", "before", "after"}] of the fields that differ; suggestions by position from 0."""
    rows = [
        {"field": name, "before": getattr(before, name), "after": getattr(after, name)}
        for name in ("title", "situation", "analysis")
        if getattr(before, name) != getattr(after, name)
    ]
    for position in range(max(len(before.suggestions), len(after.suggestions))):
        old, new = _at(before.suggestions, position), _at(after.suggestions, position)
        if old != new:
            rows.append({"field": f"suggestions.{position}", "before": old, "after": new})
    return rows


def _at(values: tuple[str, ...], position: int) -> str | None:
    return values[position] if position < len(values) else None
