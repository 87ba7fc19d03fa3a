"""Fields that show a row of another service: one batched call for a whole page.

    proposer = reference(Member, "proposer", key="proposer_id", loader="members", description=…)

`resolve_page` sees which references the selection shows and fetches each with one call of the
loader's batch function, so that no field of a row waits by itself (a data loader costs about 25 µs
a row). Outside of pages the same field falls back on the data loader.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphene import Field, List
from graphql import GraphQLResolveInfo

from gateway.context import Context
from gateway.rows import value_of
from shared.errors import AppError

Row = dict[str, Any]
# Attributes of a type that are asked for → the fields of its row that they need.
RowFields = Callable[[frozenset[str]], Sequence[str]]


class Reference:
    """The resolver of a reference: the embedded row, else the data loader's."""

    __slots__ = ("fields", "key", "loader", "name", "slot")

    def __init__(self, name: str, key: str, loader: str, fields: RowFields | None = None) -> None:
        self.name = name
        # Not a name that a service may give a value of the row.
        self.slot = f"@{name}"
        self.key = key
        self.loader = loader
        self.fields = fields

    def __call__(self, row: Any, info: GraphQLResolveInfo) -> Any:
        if type(row) is dict and self.slot in row:
            return row[self.slot]
        id = value_of(row, self.key)
        return None if id is None else getattr(info.context.loaders, self.loader).load(id)


def reference(
    kind: Any,
    attribute: str,
    *,
    key: str,
    loader: str,
    description: str,
    fields: RowFields | None = None,
    **options: Any,
) -> Field:
    """A field of type `kind`, to be assigned to the attribute `attribute`.

    key: the row's value that holds the local id; loader: name of a loader in some package's
    LOADERS; fields: so that a page asks for no more than it shows (the loader then takes `fields`);
    options: of graphene's Field. Absent rows are null; so is the field, with an error, while the
    service is away.
    """
    resolver = Reference(attribute, key, loader, fields)
    return Field(kind, resolver=resolver, description=description, **options)


def references(kind: Any, key: str, *, loader: str, description: str) -> Field:
    """A list of type `kind`, of the records whose local ids the row has under `key`.

    Null where the row has none: the viewer may not see them.
    """

    def resolve(row: Row, info: GraphQLResolveInfo) -> Any:
        ids = row[key]
        return None if ids is None else getattr(info.context.loaders, loader).load_many(ids)

    return Field(List(kind), resolver=resolve, description=description)


async def embed(
    context: Context, rows: Sequence[Row], references: Mapping[Reference, frozenset[str]]
) -> None:
    """Put the rows that `references` name into `rows`, by one call for each reference.

    references: each with the attributes asked for of its type.
    """
    await asyncio.gather(
        *(_embed(context, rows, reference, asked) for reference, asked in references.items())
    )


async def _embed(
    context: Context, rows: Sequence[Row], reference: Reference, asked: frozenset[str]
) -> None:
    ids = list(dict.fromkeys(row[reference.key] for row in rows if row.get(reference.key)))
    if not ids:
        return
    narrowed = {"fields": reference.fields(asked)} if reference.fields else {}
    found: dict[Any, Any]
    try:
        batch = await context.loaders.batch(reference.loader, ids, **narrowed)
        found = dict(zip(ids, batch, strict=True))
    except AppError as error:
        found = dict.fromkeys(ids, error)  # graphql-core raises it in the place of each row
    for row in rows:
        row[reference.slot] = found.get(row.get(reference.key))
