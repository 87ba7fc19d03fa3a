"""Which proposals an export holds, fetched page by page as the asking user sees them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from gateway.context import LARGEST_BATCH, Context
from gateway.exports.errors import ExportEmpty, ExportTooMany
from shared.errors import NotFound

SERVICE = "proposals"
ORDER = "SUBMITTED"  # what is changed meanwhile keeps its place, so that no page skips it
PAGE = 50
Row = dict[str, Any]


@dataclass(frozen=True)
class Selection:
    """`ids`, or where there are none, what `filter` finds; as the proposals service takes them."""

    ids: tuple[str, ...] = ()
    filter: Row = field(default_factory=dict)

    @property
    def field(self) -> str:
        """The input field that refusals name."""
        return "proposalIds" if self.ids else "filter"


async def count(context: Context, selection: Selection, most: int) -> int:
    """How many proposals there are, at least one and at most `most`.

    Raises ExportEmpty, ExportTooMany, and NotFound for an id of what the user does not see.
    """
    if selection.ids:
        found = len(selection.ids)
    else:
        found = await context.call(SERVICE, "count_proposals", filter=selection.filter)
    if not found:
        raise ExportEmpty(field=selection.field)
    if found > most:
        raise ExportTooMany.over(most, found, selection.field)
    if selection.ids:
        async for _ in _by_ids(context, selection.ids, ["title"], LARGEST_BATCH):
            pass
    return found


def pages(context: Context, selection: Selection, fields: list[str]) -> AsyncIterator[list[Row]]:
    """Pages of rows with these fields; raises NotFound for an id that is not seen any more."""
    if selection.ids:
        return _by_ids(context, selection.ids, fields, PAGE)
    return _by_filter(context, selection.filter, fields)


async def _by_ids(
    context: Context, ids: tuple[str, ...], fields: list[str], size: int
) -> AsyncIterator[list[Row]]:
    for start in range(0, len(ids), size):
        wanted = ids[start : start + size]
        rows = await context.call(SERVICE, "proposals_by_ids", ids=list(wanted), fields=fields)
        if len(rows) < len(wanted):
            raise NotFound("未找到该提案", field="proposalIds")
        yield rows


async def _by_filter(context: Context, filter: Row, fields: list[str]) -> AsyncIterator[list[Row]]:
    question: Row = {"filter": filter, "order_by": ORDER, "first": PAGE, "fields": fields}
    after, more = None, True
    while more:
        page = await context.call(SERVICE, "list_proposals", **question, after=after)
        rows, more = page["rows"], page["has_next"]
        if rows:
            after = rows[-1]["cursor"]
            yield rows
