"""Proposals by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import Context
from gateway.proposals import appraisal
from gateway.proposals.types import SERVICE

Row = dict[str, Any]


async def load_proposals(context: Context, ids: Sequence[str], **narrowed: Any) -> list[Row | None]:
    """Rows aligned with the ids, None where the viewer may not see.

    narrowed: `fields`, of a page that asks for no more.
    """
    rows = await context.call(SERVICE, "proposals_by_ids", ids=list(ids), **narrowed)
    found = {row["id"]: row for row in rows}
    return [found.get(id) for id in ids]


async def load_evaluations(context: Context, ids: Sequence[str]) -> list[list[Row]]:
    """For each proposal the evaluations that the viewer may see."""
    found = await context.call(SERVICE, "evaluations_by_proposals", proposal_ids=list(ids))
    return [found.get(id, []) for id in ids]


async def load_case_states(context: Context, ids: Sequence[str]) -> list[str | None]:
    """For each proposal the state of the whole case."""
    found = await context.call(SERVICE, "case_states", ids=list(ids))
    return [found.get(id) for id in ids]


LOADERS = {
    "proposals": load_proposals,
    "evaluations": load_evaluations,
    "case_states": load_case_states,
    **appraisal.LOADERS,
}
