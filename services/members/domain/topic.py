"""The taxonomy of topics (7.2, 6.3): areas, and the topics below them; never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.members.domain.errors import (
    NothingToChange,
    TopicEnded,
    TopicInUse,
    TopicParentUnfit,
)
from shared.aggregate import Aggregate
from shared.contracts import names


@dataclass
class Topic(Aggregate):
    """`id` is its code, "WATER". parent: code of its area; none for an area itself.

    valid_from: the first day on which it may be chosen; valid_to: the first on which no more.
    Both as ISO text, as they are stored and asked for.
    """

    id: str
    name: str
    parent: str | None
    valid_from: str
    valid_to: str | None = None
    sort_no: int = 0
    term: int = 0

    @classmethod
    def create(cls, code: str, name: str, parent: Topic | None, first: date, **more: Any) -> Topic:
        """Raises TopicParentUnfit: of two levels, below an area that is valid then."""
        if parent and (parent.parent is not None or not parent.valid_on(first)):
            raise TopicParentUnfit(field="parent")
        topic = cls(code, name, parent.id if parent else None, first.isoformat(), **more)
        topic.announce()
        return topic

    def valid_on(self, day: date) -> bool:
        """Whether it may be chosen on that day."""
        text = day.isoformat()
        return self.valid_from <= text and (self.valid_to is None or text < self.valid_to)

    def announce(self) -> None:
        """Record the full state."""
        self.tell(names.TOPIC_CHANGED)

    def rename(self, name: str) -> None:
        """Old records show the new name. Raises NothingToChange."""
        if name == self.name:
            raise NothingToChange
        self.name = name
        self.announce()

    def end(self, day: date, *, in_use: bool) -> None:
        """No more from `day` on; it stays on what has it. in_use: topics below it are valid then.

        Raises TopicEnded, TopicInUse.
        """
        if self.valid_to is not None:
            raise TopicEnded
        if in_use:
            raise TopicInUse
        self.valid_to = max(day.isoformat(), self.valid_from)
        self.announce()

    def header(self) -> dict[str, Any]:
        return {
            "code": self.id,
            "name": self.name,
            "parent": self.parent,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
        }
