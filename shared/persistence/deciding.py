"""Days of decisions, kept in the document that waits for them (decision 41; contracts/deciding).

A write whose events ask for a decision gives it a day, tells the day with them, and keeps the
request in the document; one whose events end it takes it away. So no verb can forget it, and
nothing is written twice. Who must decide is reminded once, when the day begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson
from pymongo import ASCENDING, IndexModel

from shared.contracts import names
from shared.contracts.deciding import DECISIONS, OWN
from shared.days import day_of

Document = dict[str, Any]
Recorded = Iterable[tuple[str, Mapping[str, Any]]]
FIELD = "open_decisions"
REMIND_AT = f"{FIELD}.remind_at"
SETTINGS = "setting_changes"  # the collection of what is proposed about settings
# Sparse: of most documents nothing waits.
INDEX = IndexModel([(REMIND_AT, ASCENDING)], name="deciding", sparse=True)


def waits_in(service: str, collections: Iterable[str]) -> set[str]:
    """The collections whose documents may wait: all, where decisions of the service's own are in
    the table, else those on its settings alone."""
    return {name for name in collections if service in OWN or name == SETTINGS}


def concerns(service: str, events: Recorded) -> bool:
    """Whether any of these events asks for a decision, or ends one."""
    told = {event_type for event_type, _ in events}
    return any(d.asked_by in told or d.ended_by & told for d in DECISIONS.get(service, ()))


def dated(
    service: str,
    events: Recorded,
    standing: Iterable[Document],
    at: datetime,
    decide_by: Callable[[datetime], datetime],
) -> tuple[list[tuple[str, Mapping[str, Any]]], list[Document]]:
    """The events with their days, and what is open after them.

    Of what was asked for before, and is asked for again, the first day stands.
    """
    still = {row["key"]: row for row in standing}
    told: list[tuple[str, Mapping[str, Any]]] = []
    for event_type, data in events:
        for decision in DECISIONS.get(service, ()):
            if decision.ends(event_type, data):
                still.pop(decision.key(data), None)
            if decision.asked_by == event_type:
                key = decision.key(data)
                row = still.get(key) or {"key": key, "about": decision.about}
                if "decide_by" not in row:
                    row["decide_by"] = _day(data.get(decision.until or ""), decide_by(at))
                    row["remind_at"] = day_of(row["decide_by"])
                data = {**data, "decide_by": row["decide_by"]}
                row["data"] = orjson.loads(orjson.dumps(data))  # primitives only
                still[key] = row
        told.append((event_type, data))
    return told, list(still.values())


def due(rows: Iterable[Document], at: datetime) -> Document | None:
    """One of which nobody has been reminded, though its day has come."""
    return next((row for row in rows if row["remind_at"] and row["remind_at"] <= at), None)


def reminder(row: Document) -> tuple[str, Document]:
    told = {"about": row["about"], "decide_by": row["decide_by"]}
    return names.DECISION_REMINDER_DUE, {**row["data"], **told}


def reminded(rows: Iterable[Document], row: Document) -> list[Document]:
    return [{**one, "remind_at": None} if one["key"] == row["key"] else one for one in rows]


def _day(until: datetime | str | None, day: datetime) -> datetime:
    """The earlier of the two: after `until` there is nothing left to decide."""
    over = datetime.fromisoformat(until) if isinstance(until, str) else until
    return min(over, day) if over else day
