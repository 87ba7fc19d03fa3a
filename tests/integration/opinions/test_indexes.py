"""Every question that the service asks its database is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.opinions.domain.figures import Grouping
from services.opinions.domain.states import OpinionState
from services.opinions.queries import opinions as reads
from tests.integration.opinions.desk import (
    CHAIR,
    CONVENER,
    EDITOR,
    OFFICER,
    PARTY,
    QIAN,
    SUPERVISING,
    SUPERVISOR,
    SYSTEM,
    Bureau,
    member,
)

Question = Callable[[Bureau], object]
MINE = member(QIAN)


def paged(by: Any, **filter: Any) -> Question:
    asked: Any = filter
    return lambda b: reads.list_opinions(by, b.desk, filter=asked, first=20, after=None)


def figures(by: Any, group: Grouping) -> Question:
    return lambda b: reads.opinion_figures(by, b.desk, year=2017, by=group)


QUESTIONS: dict[str, Question] = {
    "all": paged(EDITOR),
    "in a state": paged(EDITOR, states=[OpinionState.SUBMITTED]),
    "of a channel": paged(EDITOR, channel="PARTY"),
    "of an origin": paged(EDITOR, origin="PROPOSAL"),
    "urgent ones": paged(EDITOR, urgency="URGENT"),
    "of an organisation": paged(EDITOR, organisation="org-minjian"),
    "on a topic": paged(EDITOR, topic_code="WATER"),
    "of a year": paged(EDITOR, year=2017),
    "good ones": paged(EDITOR, good_year=2017),
    "own": paged(MINE, own=True),
    "a member's": paged(MINE),
    "a convener's": paged(CONVENER),
    "an organisation's": paged(PARTY),
    "a supervisor's": paged(SUPERVISOR),
    "a chair's": paged(CHAIR),
    "a unit's": paged(OFFICER),
    "an office's": paged(SUPERVISING),
    "of proposals": lambda b: reads.opinions_of_origins(MINE, b.desk, refs=["proposal-1"]),
    "figures": figures(EDITOR, Grouping.CHANNEL),
    "own figures": figures(PARTY, Grouping.TOTAL),
    "norms": lambda b: reads.opinion_norms(EDITOR, b.desk, year=2017),
    "own norm": lambda b: reads.opinion_norms(MINE, b.desk, year=2017),
    "held files": lambda b: reads.held_files(SYSTEM, b.desk, ids=["file-1"]),
    "a file": lambda b: reads.may_read_file(MINE, b.desk, file_id="file-1", subject="x"),
    "alarms": lambda b: b.ring(),
    "a unit's open ones": lambda b: b.desk.opinions.with_referral_to("unit-slj"),
}
SMALL = {"settings"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_collection(bureau: Bureau, name: str) -> None:
    database = bureau.database.db
    bureau.refer(bureau.delivered())
    database.command("profile", 2)
    try:
        QUESTIONS[name](bureau)
    finally:
        database.command("profile", 0)
    asked = list(database["system.profile"].find({"op": {"$in": ["query", "command", "update"]}}))
    database["system.profile"].drop()
    assert asked
    scans = {
        row["ns"].partition(".")[2] for row in asked if "COLLSCAN" in row.get("planSummary", "")
    }
    assert scans <= SMALL, [row.get("command") for row in asked if "COLLSCAN" in str(row)]
