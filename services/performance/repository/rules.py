"""Rule sets: the first from its data file, later ones as people approved them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from services.performance.domain.drafts import RuleDraft, RulesState
from services.performance.domain.rules import RuleBook, RuleSet
from services.performance.repository.indexes import RULE_SETS
from shared.persistence import Database
from shared.persistence.records import Records

LOOK_SECONDS = 1.0
FILES = Path(__file__).parents[1] / "rule_sets"


def from_files(folder: Path = FILES) -> list[dict[str, Any]]:
    """The documents of the rule sets that come with the service, oldest first."""
    return [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]


def rule_book(folder: Path = FILES) -> RuleBook:
    """The scheme as it comes with the service."""
    return RuleBook(RuleSet.parse(document) for document in from_files(folder))


class RuleSets(Records[RuleDraft], name=RULE_SETS):
    """Drafts and decided versions; the book of those in force is made anew when one is added."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._files = from_files()
        self._known: tuple[str, ...] | None = None
        self._looked_at = 0.0
        self._book = rule_book()

    def book(self) -> RuleBook:
        """All versions in force, now or later.

        Looked up once a second at most: a version begins a day after its approval at the earliest.
        """
        if self._known is not None and time.monotonic() < self._looked_at + LOOK_SECONDS:
            return self._book
        self._looked_at = time.monotonic()
        approved = {"state": RulesState.APPROVED.value}
        ids = tuple(self.collection.find(approved, {"_id": 1}).sort("_id", 1).distinct("_id"))
        if ids != self._known:
            documents = [row["document"] for row in self.collection.find(approved)]
            self._book = RuleBook(RuleSet.parse(d) for d in [*self._files, *documents])
            self._known = ids
        return self._book

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._looked_at = 0.0

    def documents(self) -> list[dict[str, Any]]:
        """The rule sets that come with the service, as documents."""
        return self._files

    def all(self) -> list[RuleDraft]:
        return self.find({}, [("version_no", 1)])

    def open_draft(self) -> RuleDraft | None:
        """The one that is being written or waits for a decision; there is one at a time."""
        states = [RulesState.DRAFT.value, RulesState.PROPOSED.value]
        return next(iter(self.find({"state": {"$in": states}}, [("version_no", -1)])), None)
