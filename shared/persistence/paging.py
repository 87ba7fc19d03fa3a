"""Keyset paging: pages continue after the last row's own values, never by skipping."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from pymongo.collection import Collection

from shared.errors import InvalidInput

Document = dict[str, Any]
MOST_ROWS = 100
LARGEST_NUMBER = 2**63 - 1  # of 64 bits, with its sign


def page(
    collection: Collection[Document],
    query: Document,
    order: Sequence[tuple[str, int]],
    first: int = 20,
    after: str | None = None,
    projection: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """{"rows": [...], "has_next": bool}; each row has "id" (for "_id") and its "cursor".

    projection: fields to have ({"title": 1}), or to leave out ({"words": 0}). `order` must end in
    a unique field. Raises InvalidInput for a size beyond 1–100 or a cursor that is not ours.
    """
    if not isinstance(first, int) or not 1 <= first <= MOST_ROWS:
        raise InvalidInput(f"每页条数应为1至{MOST_ROWS}", field="first")
    wanted = beyond(query, order, after)
    fields = projection
    if projection and any(projection.values()):  # an exclusion leaves the order's fields in
        fields = {**projection, **{name: 1 for name, _ in order}}
    found = list(collection.find(wanted, fields).sort(list(order)).limit(first + 1))
    return with_cursors(found, order, first)


def beyond(query: Document, order: Sequence[tuple[str, int]], after: str | None) -> Document:
    """The query of the rows behind a cursor; raises InvalidInput for one that is not ours."""
    if after is None:
        return query
    return {"$and": [query, _beyond(order, decode_cursor(after, *[object] * len(order)))]}


def with_cursors(
    found: list[Document], order: Sequence[tuple[str, int]], first: int
) -> dict[str, Any]:
    """The page that `first` + 1 rows found behind a cursor make."""
    rows = found[:first]
    for row in rows:
        row["cursor"] = encode_cursor([_value(row, name) for name, _ in order])
        row["id"] = row.pop("_id")
    return {"rows": rows, "has_next": len(found) > first}


def page_of(
    rows: Sequence[dict[str, Any]], key: str, first: int, after: str | None
) -> dict[str, Any]:
    """A page as of `page`, of rows in memory that are in the order of `key`."""
    if after:
        [start] = decode_cursor(after, *{type(row[key]) for row in rows[:1]} or {object})
        rows = [row for row in rows if row[key] > start]
    taken = [{**row, "cursor": encode_cursor([row[key]])} for row in rows[:first]]
    return {"rows": taken, "has_next": len(rows) > first}


def encode_cursor(values: Sequence[Any]) -> str:
    """An opaque cursor of a row's order values."""
    tagged = [{"d": v.astimezone(UTC)} if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(orjson.dumps(tagged)).rstrip(b"=").decode()


def decode_cursor(cursor: str, *kinds: Any) -> list[Any]:
    """The order values of a cursor; only what we write into one passes, so no operator can.

    kinds: of each value; object where MongoDB compares it. Raises InvalidInput.
    """
    try:
        raw = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(raw, list):
            raise InvalidInput
        values = [_ordered(value) for value in raw]
        if not all(map(isinstance, values, kinds)) or len(values) != len(kinds):
            raise InvalidInput
        return values
    except (ValueError, KeyError, TypeError, OverflowError, InvalidInput) as error:
        raise InvalidInput("分页标记无效", field="after") from error


def _ordered(value: Any) -> Any:
    """A value that MongoDB can compare; raises one of the errors of a cursor."""
    if isinstance(value, dict):
        return datetime.fromisoformat(value["d"]).astimezone(UTC)
    if isinstance(value, list) or (isinstance(value, int) and abs(value) > LARGEST_NUMBER):
        raise InvalidInput
    return value


def _value(row: Document, name: str) -> Any:
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _beyond(order: Sequence[tuple[str, int]], values: Sequence[Any]) -> Document:
    """The rows that sort after `values`. Missing values sort first, as in MongoDB."""
    branches: list[Document] = []
    for position, ((name, direction), value) in enumerate(zip(order, values, strict=True)):
        if value is None and direction < 0:
            continue  # nothing sorts below a missing value
        equal = [{n: v} for (n, _), v in zip(order[:position], values[:position], strict=True)]
        branches += [{"$and": [*equal, step]} for step in _steps(name, direction, value)]
    return {"$or": branches or [{"_id": {"$in": []}}]}


def _steps(name: str, direction: int, value: Any) -> list[Document]:
    if value is None:
        return [{name: {"$ne": None}}]
    if direction > 0:
        return [{name: {"$gt": value}}]
    return [{name: {"$lt": value}}] + ([{name: None}] if name != "_id" else [])
