"""The proposals part of the schema."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from gateway import schema
from gateway.base import labels_of
from gateway.manifests import enum
from gateway.proposals.types import SimilarProposal
from services.proposals.repository import ORDERS


def test_every_order_of_the_list_has_its_index_and_the_other_way_round() -> None:
    assert list(labels_of(enum("ProposalOrder"))) == list(ORDERS)


def test_transitions_have_a_mutation_each_and_no_state_is_set_by_hand() -> None:
    fields = schema.build().schema.mutation_type
    assert fields is not None
    names = set(fields.fields)
    assert {"submitProposal", "startReview", "returnProposal", "fileProposal"} <= names
    assert not {name for name in names if name.startswith(("updateProposal", "setProposal"))}


class Loaded:
    """A loader of what the viewer may see."""

    def __init__(self, **rows: dict[str, Any]) -> None:
        self.rows = rows

    async def load(self, id: str) -> dict[str, Any] | None:
        return self.rows.get(id)


def similar(row: dict[str, Any], **seen: dict[str, Any]) -> dict[str, Any]:
    loaders = SimpleNamespace(proposals=Loaded(**seen))
    info: Any = SimpleNamespace(context=SimpleNamespace(loaders=loaders))
    return asyncio.run(SimilarProposal.resolve_proposal(row, info))


def test_a_similar_proposal_is_shown_whole() -> None:
    """What is searched has title and numbers alone; a client asks for its first proposer too."""
    found = {"id": "p1", "title": "关于二次供水的建议", "likeness": 0.5}
    whole = {"id": "p1", "title": "关于二次供水的建议", "first_proposer": "m-15-0088"}
    assert similar(found, p1=whole) == whole
    assert similar(found) == found
