"""Each way of a contact passes the gateway and the form of the service that it is for."""

from __future__ import annotations

from enum import Enum
from typing import Any

import pytest

from gateway import schema
from gateway.base import global_id
from services.liaison.domain.contacts import Way
from services.liaison.schemas import contacts as liaison
from services.proposals import schemas as proposals
from services.proposals.domain.contacts import ContactWay
from shared.schemas import InputSchema
from tests.unit.gateway.sample import FakeRpc, ask, gateway

OF_LINK = {
    "linkId": global_id("ContactLink", "link-1"),
    "on": "2017-03-01T09:00:00+08:00",
    "content": "谈及用地困难。",
}
OF_PROPOSAL = {"id": global_id("Proposal", "p-1"), "heldOn": "2017-03-01", "people": "孙燕"}
MUTATIONS: dict[str, tuple[str, type[InputSchema], type[Enum], dict[str, str]]] = {
    "recordMemberContact": ("liaison", liaison.RecordContact, Way, OF_LINK),
    "recordContact": ("proposals", proposals.RecordContact, ContactWay, OF_PROPOSAL),
}


@pytest.mark.parametrize(
    ("mutation", "way"),
    [(mutation, way) for mutation, (_, _, ways, _) in MUTATIONS.items() for way in ways],
)
def test_every_way_is_accepted_by_both_sides(mutation: str, way: Enum) -> None:
    service, form, _, given = MUTATIONS[mutation]
    parsed: list[dict[str, Any]] = []

    def record_contact(*, command_id: str, **payload: Any) -> dict[str, Any]:
        parsed.append(form.parse(payload))
        return {}

    app = gateway(FakeRpc({f"{service}.record_contact": record_contact}), api=schema.build())
    kind = mutation[0].upper() + mutation[1:]
    query = (
        f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}"
    )
    answer = ask(app, query, {"input": {**given, "way": way.value}}, authorization="Bearer good")
    assert answer.get("errors") is None
    assert [row["way"] for row in parsed] == [way]
