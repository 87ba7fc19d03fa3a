"""What the reads of documents, affairs, plans and rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.office.domain.numbers import number_key
from shared.words.searching import query_words

Row = dict[str, Any]
Query = dict[str, Any]
SOUGHT = frozenset({"title", "number", "due_before", "open"})
BY_DUE = [("due_order", 1), ("_id", 1)]


def given(filter: Mapping[str, Any], renamed: Mapping[str, str]) -> Query:
    """What must be equal."""
    values = {renamed.get(name, name): filter[name] for name in filter.keys() - SOUGHT}
    return {name: value for name, value in values.items() if value is not None}


def sought(filter: Mapping[str, Any], open_states: Iterable[str] = ()) -> Query:
    """What papers are searched by; open_states: of those that are not done."""
    query: Query = {}
    if title := filter.get("title"):
        query["words"] = {"$all": query_words(title)}
    if number := filter.get("number"):
        query["number_key"] = number_key(number)
    if before := filter.get("due_before"):
        query["due_order"] = {"$lt": before}
    if filter.get("open"):
        query["state"] = {"$in": sorted(open_states)}
    return query


def all_of(*clauses: Query) -> Query:
    """Every clause holds; empty ones ask for nothing."""
    asked = [clause for clause in clauses if clause]
    return {"$and": asked} if asked else {}


def shaped(found: Row, shape: Callable[[Row], Row]) -> Row:
    return {**found, "rows": [shape(row) for row in found["rows"]]}
