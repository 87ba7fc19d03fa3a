"""performance (履职统计): the points ledger and its reading. RPC and events, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.performance import queries, reactions, schemas
from services.performance.domain.facts import HEARD
from services.performance.domain.members import MEMBER_EVENTS
from services.performance.domain.rules import RuleBook
from services.performance.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    LedgerRepository,
    MemberRepository,
    rule_book,
)
from shared.call import Call
from shared.messaging.service import Event, Platform, Provide, on_event, read
from shared.persistence import Setting

SETTINGS = [
    Setting(
        queries.RANKING_FOR_ALL,
        False,
        "履职积分排名向全体委员公开",
        "section 4, publication default",
    ),
]


@dataclass(frozen=True)
class Dependencies:
    ledger: LedgerRepository
    members: MemberRepository
    book: RuleBook
    reading: queries.Reading


def build(platform: Platform) -> Dependencies:
    platform.database.prepare(INDEXES, MIGRATIONS, PROJECTIONS, OUTBOX)
    platform.settings.declare(SETTINGS)
    ledger = LedgerRepository(platform.database)
    members = MemberRepository(platform.database)
    book = rule_book()
    reading = queries.Reading(ledger, members, book, platform.settings, platform.clock)
    return Dependencies(ledger, members, book, reading)


class PerformanceService:
    name = "performance"
    deps = Provide(build)

    # Reads

    @read
    def score(self, call: Call, **payload: Any) -> dict[str, Any]:
        asked = schemas.MemberYearInput.parse(payload)
        return schemas.sheet_row(queries.score_of(call, self.deps.reading, **asked))

    @read
    def scores_by_member_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        asked = schemas.ScoresInput.parse(payload)
        explained = asked.pop("explained")
        found = queries.scores_by_member_ids(call, self.deps.reading, **asked)
        return [schemas.sheet_row(sheet, explained) for sheet in found]

    @read
    def list_ledger(self, call: Call, **payload: Any) -> dict[str, Any]:
        asked = schemas.LedgerPage.parse(payload)
        found = queries.ledger_page(call, self.deps.reading, **asked.pop("filter"), **asked)
        rows = [schemas.entry_row(row, self.deps.book) for row in found["rows"]]
        return {**found, "rows": rows}

    @read
    def count_ledger(self, call: Call, **payload: Any) -> int:
        asked = schemas.LedgerCount.parse(payload)
        return queries.count_ledger(call, self.deps.reading, **asked["filter"])

    @read
    def ledger_entries_by_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        asked = schemas.IdsInput.parse(payload)
        found = queries.ledger_entries_by_ids(call, self.deps.reading, **asked)
        return [schemas.entry_row(row, self.deps.book) for row in found]

    @read
    def group_averages(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        asked = schemas.MemberYearInput.parse(payload)
        found = queries.group_averages(call, self.deps.reading, **asked)
        return [schemas.average_row(average) for average in found]

    @read
    def list_ranking(self, call: Call, **payload: Any) -> dict[str, Any]:
        asked = schemas.RankingPage.parse(payload)
        found = queries.ranking_page(call, self.deps.reading, **asked.pop("filter"), **asked)
        return {**found, "rows": [schemas.standing_row(*row) for row in found["rows"]]}

    @read
    def count_ranking(self, call: Call, **payload: Any) -> int:
        asked = schemas.RankingCount.parse(payload)
        return queries.count_ranking(call, self.deps.reading, **asked["filter"])


def _listen(source: str, event_type: str, react: Callable[[Event, Dependencies], None]) -> None:
    """`on_<source>_<type>`, the frozen name of its queue: a row is all that a fact needs here."""

    def handle(self: PerformanceService, event: Event) -> None:
        react(event, self.deps)

    handle.__name__ = f"on_{source}_{event_type}"
    setattr(PerformanceService, handle.__name__, on_event(source, event_type)(handle))


def _post_points(event: Event, deps: Dependencies) -> None:
    reactions.post_points(event, deps.ledger, deps.book)


def _note_member(event: Event, deps: Dependencies) -> None:
    reactions.note_member(event, deps.members)


for _source, _type in HEARD:
    _listen(_source, _type, _post_points)
for _type in MEMBER_EVENTS:
    _listen("members", _type, _note_member)
