"""What the gateway takes about a contact, the form of the service takes too; and no more."""

from __future__ import annotations

from enum import Enum
from types import ModuleType
from typing import Any

import pytest

from gateway import schema
from gateway.base import global_id
from services.liaison.commands import contacts
from services.liaison.domain.contacts import Way
from services.proposals.commands import handling
from services.proposals.domain.contacts import ContactWay
from shared.operations import offered
from shared.schemas import InputSchema
from tests.unit.gateway.sample import FakeRpc, ask, gateway

Json = dict[str, Any]
OF_LINK = {
    "linkId": global_id("ContactLink", "link-1"),
    "on": "2017-03-01T09:00:00+08:00",
    "content": "谈及用地困难。",
}
PROPOSAL = {"id": global_id("Proposal", "p-1")}
OF_PROPOSAL = {**PROPOSAL, "heldOn": "2017-03-01", "people": "孙燕"}


def form_of(module: ModuleType, name: str) -> type[InputSchema]:
    return offered([module])[name].form


METHODS: dict[str, tuple[str, type[InputSchema]]] = {
    "recordMemberContact": ("liaison.record_contact", form_of(contacts, "record_contact")),
    "recordContact": ("proposals.record_contact", form_of(handling, "record_contact")),
    "disputeContact": ("proposals.dispute_contact", form_of(handling, "dispute_contact")),
}


def sent(mutation: str, given: Json) -> tuple[Json, list[Json]]:
    """The gateway's answer, and what the service's form made of the input."""
    method, form = METHODS[mutation]
    parsed: list[Json] = []

    def answer(*, command_id: str, **payload: Any) -> Json | Exception:
        try:
            parsed.append(form.parse(payload))
        except Exception as error:
            return error
        return {}

    app = gateway(FakeRpc({method: answer}), api=schema.build())
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ errors {{ field }} }} }}"
    return ask(app, query, {"input": given}, authorization="Bearer good"), parsed


@pytest.mark.parametrize(
    ("mutation", "given", "way"),
    [
        *(("recordMemberContact", OF_LINK, way) for way in Way),
        *(("recordContact", OF_PROPOSAL, way) for way in ContactWay),
    ],
)
def test_every_way_is_accepted_by_both(mutation: str, given: Json, way: Enum) -> None:
    answer, parsed = sent(mutation, {**given, "way": way.value})
    assert answer == {"data": {mutation: {"errors": []}}}
    assert [row["way"] for row in parsed] == [way]


def test_a_dispute_needs_its_reason() -> None:
    """Decision 27: the check shows it."""
    disputed = {**PROPOSAL, "no": 1}
    answer, parsed = sent("disputeContact", disputed)
    assert answer["errors"][0]["extensions"]["field"] == "reason"
    for reason in ("", " 　", "长" * 1001):
        answer, parsed = sent("disputeContact", {**disputed, "reason": reason})
        assert answer["data"]["disputeContact"] == {"errors": [{"field": "reason"}]}
        assert parsed == []
    answer, parsed = sent("disputeContact", {**disputed, "reason": " 没有见过面 "})
    assert answer == {"data": {"disputeContact": {"errors": []}}}
    assert parsed == [{"proposal_id": "p-1", "no": 1, "reason": "没有见过面"}]
    without = form_of(handling, "dispute_contact")().validate({"proposal_id": "p-1", "no": 1})
    assert "reason" in without
