"""Filters, and the rows that a viewer is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]
NOTHING: Row = {"_id": {"$in": []}}


def given(filter: Mapping[str, Any], *names: str, **renamed: str) -> Row:
    """The filter's values that are there; `renamed`: name in the filter → field."""
    found = {name: filter[name] for name in names if filter.get(name) is not None}
    more = {field: filter[n] for n, field in renamed.items() if filter.get(n) is not None}
    return {**found, **more}


def both(*queries: Row) -> Row:
    return {"$and": list(queries)}


def without(row: Mapping[str, Any], *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def refer(row: Row, *names: str) -> Row:
    """The row with `town` as `town_id`: under its own name stands the record itself."""
    return {**without(row, *names), **{f"{name}_id": row[name] for name in names}}


def shown(page: Row, rows: Iterable[Row]) -> Row:
    return {**page, "rows": list(rows)}
