"""Global ids, and objects found by them."""

from __future__ import annotations

import pytest

from gateway.base import global_id, local_id, localise
from shared.errors import InvalidInput
from tests.unit.gateway.sample import FakeRpc, ask, gateway

PROPOSAL = global_id("Proposal", "p-1")
MEMBER = global_id("Member", "m-15-0088")


class TestIds:
    def test_a_global_id_holds_type_and_local_id(self) -> None:
        assert local_id(MEMBER, "Member") == "m-15-0088"

    def test_local_ids_may_hold_colons(self) -> None:
        assert local_id(global_id("Entry", "a:b:c"), "Entry") == "a:b:c"

    @pytest.mark.parametrize("wrong", [PROPOSAL, "m-15-0088", "", "====", "TWVtYmVyOg=="])
    def test_any_other_text_is_refused(self, wrong: str) -> None:
        with pytest.raises(InvalidInput) as caught:
            local_id(wrong, "Member", "memberId")
        assert (caught.value.field, caught.value.message) == ("memberId", "编号无效")

    def test_localise_reaches_lists_and_lines(self) -> None:
        values = {
            "id": PROPOSAL,
            "member_ids": [MEMBER],
            "lines": [{"unit_id": global_id("Unit", "unit-slj"), "text": "x"}, {"text": "y"}],
            "town_id": None,
            "other": MEMBER,
        }
        ids = {
            "id": "Proposal",
            "member_ids": "Member",
            "lines.unit_id": "Unit",
            "town_id": "Town",
            "absent": "Town",
        }
        assert localise(values, ids) == {
            "id": "p-1",
            "member_ids": ["m-15-0088"],
            "lines": [{"unit_id": "unit-slj", "text": "x"}, {"text": "y"}],
            "town_id": None,
            "other": MEMBER,
        }
        assert values["id"] == PROPOSAL

    def test_localise_names_the_wrong_field(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            localise({"lines": [{"unit_id": "x"}]}, {"lines.unit_id": "Unit"})
        assert caught.value.field == "lines.0.unitId"


class TestNode:
    QUERY = "query($id: ID!) { node(id: $id) { __typename id ... on Proposal { title } } }"

    def test_finds_an_object_by_its_global_id(self) -> None:
        rpc = FakeRpc({"proposals.proposal": lambda id: {"id": id, "title": "t"}})
        assert ask(gateway(rpc), self.QUERY, {"id": PROPOSAL}) == {
            "data": {"node": {"__typename": "Proposal", "id": PROPOSAL, "title": "t"}}
        }

    def test_is_null_for_what_is_not_there(self) -> None:
        rpc = FakeRpc({"proposals.proposal": None})
        assert ask(gateway(rpc), self.QUERY, {"id": PROPOSAL}) == {"data": {"node": None}}

    def test_is_null_for_a_type_that_cannot_be_fetched(self) -> None:
        assert ask(gateway(), self.QUERY, {"id": MEMBER}) == {"data": {"node": None}}

    @pytest.mark.parametrize(
        "wrong", ["x", global_id("Query", "1"), global_id("Nothing", "1"), global_id("ID", "1")]
    )
    def test_refuses_other_ids(self, wrong: str) -> None:
        answer = ask(gateway(), self.QUERY, {"id": wrong})
        assert answer["data"] == {"node": None}
        assert answer["errors"][0]["extensions"]["code"] == "INVALID_INPUT"
        assert answer["errors"][0]["extensions"]["field"] == "id"
