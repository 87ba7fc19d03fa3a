"""What the reads of documents, affairs, plans and rules share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Row = dict[str, Any]
Query = dict[str, Any]


def given(filter: Mapping[str, Any], renamed: Mapping[str, str]) -> Query:
    values = {renamed.get(name, name): value for name, value in filter.items()}
    return {name: value for name, value in values.items() if value is not None}


def all_of(*clauses: Query) -> Query:
    """Every clause holds; empty ones ask for nothing."""
    asked = [clause for clause in clauses if clause]
    return {"$and": asked} if asked else {}


def shaped(found: Row, shape: Callable[[Row], Row]) -> Row:
    return {**found, "rows": [shape(row) for row in found["rows"]]}
