"""The figures of proposals as a table: a row for each group, a column for each figure."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from gateway.context import Context
from gateway.proposals.statistics import COUNTS, RATES, label_of
from shared.actor import Role

Row = dict[str, Any]
KIND = "PROPOSAL_STATISTICS_XLSX"
SERVICE = "proposals"
HEADINGS = {
    name: text.split("。", 1)[0] + ("%" if name in RATES and "%" in text else "")
    for name, text in {**COUNTS, **RATES}.items()
}
# As the service shows rows of groups, own ones of units, towns and committees included.
MAY = frozenset(
    {
        Role.PROPOSAL_STAFF,
        Role.PROPOSAL_DIRECTOR,
        Role.OFFICE,
        Role.CHAIR_COUNCIL,
        Role.SECRETARY_GENERAL,
        Role.SUPERVISING_OFFICE,
        Role.UNIT_OFFICER,
        Role.UNIT_LEADER,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.TOWN_STAFF,
        Role.TOWN_HEAD,
    }
)


async def count(context: Context, filter: Row) -> int:
    return len(await _figures(context, filter))


async def rows(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    found = await _figures(context, filter)
    yield [
        [await label_of(context, row) or row["key"], *(row["figures"][name] for name in HEADINGS)]
        for row in found
    ]


async def _figures(context: Context, filter: Row) -> list[Row]:
    found: list[Row] = await context.call(SERVICE, "proposal_statistics", **filter)
    return found
