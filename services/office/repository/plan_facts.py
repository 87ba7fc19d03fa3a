"""Facts that count towards plans; a replay rebuilds them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.office.domain.plan_facts import Fact
from services.office.domain.plans import Item, Plan
from services.office.repository.paper_indexes import PLAN_FACTS
from shared.persistence import Database, page

Row = dict[str, Any]
OLDEST_FIRST = [("on", 1), ("_id", 1)]


class PlanFacts:
    """One row for each fact; a row without its fields is a reversal that came first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, fact: Fact, term: int) -> None:
        """Once, as it was told first; whether it was taken back is left as it is."""
        row = {**asdict(fact), "term": term, "undone": False}
        key = row.pop("id")
        change = [{"$replaceWith": {"$mergeObjects": [{"$literal": row}, "$$ROOT"]}}]
        self._database.projection(PLAN_FACTS).update_one({"_id": key}, change, upsert=True)

    def undo(self, fact_id: str) -> None:
        self._database.projection(PLAN_FACTS).update_one(
            {"_id": fact_id}, {"$set": {"undone": True}}, upsert=True
        )

    def plan_of(self, fact_id: str) -> tuple[int, int] | None:
        """(term, year) that the fact belongs to; none while only its reversal is known."""
        row = self._database.projection(PLAN_FACTS).find_one(
            {"_id": fact_id}, {"term": 1, "year": 1}
        )
        return (row["term"], row["year"]) if row and "year" in row else None

    def count(self, plan: Plan) -> dict[str, int]:
        """Item code → distinct facts."""
        rows = self._database.projection(PLAN_FACTS)
        return {item.code: rows.count_documents(_matching(plan, item)) for item in plan.items}

    def traces(self, plan: Plan, item: Item, first: int, after: str | None) -> Row:
        """A page of the facts behind an item's count, the oldest first."""
        rows = self._database.projection(PLAN_FACTS)
        return page(rows, _matching(plan, item), OLDEST_FIRST, first, after)


def _matching(plan: Plan, item: Item) -> Row:
    counts = item.counts
    return {
        "term": plan.term,
        "year": plan.year,
        "source": counts.source,
        "event": counts.event,
        "undone": False,
        **{f"fields.{name}": value for name, value in counts.where.items()},
    }
