"""Every question that the service asks its database is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.outcomes.domain.labels import Grouping
from services.outcomes.queries import figures, graph, outcomes, promises
from services.outcomes.queries.summaries import outcome_summary
from shared.contracts import names
from tests.integration.outcomes.desk import (
    GOVERNMENT,
    LU,
    NOW,
    OFFICE,
    SOCIAL,
    SYSTEM,
    UNIT,
    VISITOR,
    House,
    member,
)

MINE = member(LU)
Question = Callable[[House], object]


def paged(query: Any, by: Any, **filter: Any) -> Question:
    return lambda h: query(by, h.desk, filter=filter, first=20, after=None)


QUESTIONS: dict[str, Question] = {
    "files": paged(outcomes.list_outcomes, OFFICE),
    "own files": paged(outcomes.list_outcomes, MINE),
    "a unit's files": paged(outcomes.list_outcomes, UNIT),
    "a side's files": paged(outcomes.list_outcomes, GOVERNMENT),
    "public files": paged(outcomes.list_outcomes, VISITOR),
    "files of a source": paged(outcomes.list_outcomes, SOCIAL, source="MOTION"),
    "files by words": paged(outcomes.list_outcomes, OFFICE, text="扶贫"),
    "files on a topic": paged(outcomes.list_outcomes, OFFICE, topic_code="WATER"),
    "items": paged(outcomes.list_items, OFFICE),
    "own items": paged(outcomes.list_items, MINE, mine=True),
    "a unit's items": paged(outcomes.list_items, UNIT, state="ADOPTED"),
    "public items": paged(outcomes.list_items, VISITOR),
    "items of a file": paged(outcomes.list_items, OFFICE, outcome_id="x"),
    "overdue items": paged(outcomes.list_items, OFFICE, overdue=True),
    "items to inspect": paged(outcomes.list_items, SOCIAL, inspect_in=2018),
    "major reforms": paged(outcomes.list_items, OFFICE, major=True),
    "items soon due": paged(outcomes.list_items, OFFICE, due_before=NOW + timedelta(days=7)),
    "promises": paged(promises.list_promises, VISITOR),
    "a unit's promises": paged(promises.list_promises, VISITOR, unit="unit-slj"),
    "promises not kept": paged(promises.list_promises, VISITOR, promise="MISSED"),
    "promises of a year": paged(promises.list_promises, VISITOR, year=2017),
    "figures of promises": lambda h: promises.promise_figures(VISITOR, h.desk, year=2017),
    "figures": lambda h: figures.outcome_figures(OFFICE, h.desk, year=2017, by=Grouping.SOURCE),
    "dossiers": paged(graph.list_dossiers, OFFICE),
    "dossiers by words": paged(graph.list_dossiers, OFFICE, text="供水"),
    "a dossier": lambda h: graph.dossier(OFFICE, h.desk, node="PROPOSAL:proposal-1"),
    "a summary": lambda h: outcome_summary(OFFICE, h.desk, year=2017),
    "timers": lambda h: h.tick(),
    "files of records": lambda h: outcomes.held_files(SYSTEM, h.desk, ids=["file-1"]),
    "a fact": lambda h: h.hear("proposals", names.COMMITMENT_MET, 8),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_index_serves_it(house: House, question: str) -> None:
    item = house.added(house.opened(), unit="unit-slj")
    house.hear("proposals", names.PROPOSAL_FILED, 2)
    house.hear("proposals", names.COMMITMENT_MADE, 3)
    house.hear("liaison", names.HOME_LEAD_CONVERTED)
    house.clock.at = NOW + timedelta(days=1)
    db = house.database.db
    db.command("profile", 2)
    try:
        QUESTIONS[question](house)
    finally:
        db.command("profile", 0)
    scans = [
        (row["ns"], row.get("command", {}).get("filter"))
        for row in db["system.profile"].find({"planSummary": {"$regex": "COLLSCAN"}})
        if not row["ns"].endswith((".settings", ".system.profile"))
    ]
    db["system.profile"].drop()
    assert scans == []
    assert item
