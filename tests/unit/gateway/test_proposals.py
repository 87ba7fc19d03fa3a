"""The proposals part of the schema."""

from __future__ import annotations

from gateway import schema
from gateway.base import labels_of
from gateway.manifests import enum
from services.proposals.repository import ORDERS


def test_every_order_of_the_list_has_its_index_and_the_other_way_round() -> None:
    assert list(labels_of(enum("ProposalOrder"))) == list(ORDERS)


def test_transitions_have_a_mutation_each_and_no_state_is_set_by_hand() -> None:
    fields = schema.build().schema.mutation_type
    assert fields is not None
    names = set(fields.fields)
    assert {"submitProposal", "startReview", "returnProposal", "fileProposal"} <= names
    assert not {name for name in names if name.startswith(("updateProposal", "setProposal"))}
