"""Fields that show a row of another service: one batched call for a whole page.

    proposer = reference(Member, "proposer", key="proposer_id", loader="members", description=…)

`resolve_page` sees which references the selection shows and fetches each with one call of the
loader's batch function, so that no field of a row waits by itself (a data loader costs about 25 µs
a row). Outside of pages the same field falls back on the data loader.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from graphene import Field
from graphql import GraphQLResolveInfo

from gateway.context import Context
from gateway.rows import value_of
from shared.errors import AppError

Row = dict[str, Any]


class Reference:
    """The resolver of a reference: the embedded row, else the data loader's."""

    __slots__ = ("key", "loader", "name")

    def __init__(self, name: str, key: str, loader: str) -> None:
        self.name = name
        self.key = key
        self.loader = loader

    def __call__(self, row: Any, info: GraphQLResolveInfo) -> Any:
        if type(row) is dict and self.name in row:
            return row[self.name]
        id = value_of(row, self.key)
        return None if id is None else getattr(info.context.loaders, self.loader).load(id)


def reference(
    kind: Any, attribute: str, *, key: str, loader: str, description: str, **options: Any
) -> Field:
    """A field of type `kind`, to be assigned to the attribute `attribute`.

    key: the row's value that holds the local id; loader: name of a loader in some package's
    LOADERS; options: of graphene's Field. Absent rows are null; so is the field, with an error,
    while the service is away.
    """
    resolver = Reference(attribute, key, loader)
    return Field(kind, resolver=resolver, description=description, **options)


async def embed(context: Context, rows: Sequence[Row], references: Iterable[Reference]) -> None:
    """Put the rows that `references` name into `rows`, by one call for each reference."""
    await asyncio.gather(*(_embed(context, rows, reference) for reference in references))


async def _embed(context: Context, rows: Sequence[Row], reference: Reference) -> None:
    ids = list(dict.fromkeys(row[reference.key] for row in rows if row.get(reference.key)))
    if not ids:
        return
    found: dict[Any, Any]
    try:
        found = dict(zip(ids, await context.loaders.batch(reference.loader, ids), strict=True))
    except AppError as error:
        found = dict.fromkeys(ids, error)  # graphql-core raises it in the place of each row
    for row in rows:
        row[reference.name] = found.get(row.get(reference.key))
