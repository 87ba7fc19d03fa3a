"""Filters, and the rows that a viewer is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

Row = dict[str, Any]
Show = Callable[[datetime], Any]
NOTHING: Row = {"_id": {"$in": []}}


def given(filter: Mapping[str, Any], *names: str, **renamed: str) -> Row:
    """The filter's values that are there; `renamed`: name in the filter → field."""
    found = {name: filter[name] for name in names if filter.get(name) is not None}
    more = {field: filter[n] for n, field in renamed.items() if filter.get(n) is not None}
    return {**found, **more}


def between(filter: Mapping[str, Any], field: str, show: Show = lambda at: at) -> Row:
    """`since` and `until` of the filter over a field; show: a moment as the field has it."""
    bounds = {"$gte": filter.get("since"), "$lt": filter.get("until")}
    asked = {sign: show(at) for sign, at in bounds.items() if at is not None}
    return {field: asked} if asked else {}


def turned(order: Sequence[tuple[str, int]], latest_first: bool) -> list[tuple[str, int]]:
    """An order that begins with the latest, or the same from its end: one index serves both."""
    return [(name, way if latest_first else -way) for name, way in order]


def both(*queries: Row) -> Row:
    return {"$and": list(queries)}


def without(row: Mapping[str, Any], *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def refer(row: Row, *names: str) -> Row:
    """The row with `town` as `town_id`: under its own name stands the record itself."""
    return {**without(row, *names), **{f"{name}_id": row[name] for name in names}}


def shown(page: Row, rows: Iterable[Row]) -> Row:
    return {**page, "rows": list(rows)}
