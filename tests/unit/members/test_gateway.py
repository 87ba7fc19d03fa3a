"""The GraphQL side: what is asked of the service for a selection."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, graphql

from gateway import schema
from gateway.base import global_id
from gateway.context import Context
from gateway.members.fields import NEEDS, row_fields
from gateway.members.types import CHANGEABLE, Member
from services.members.domain.profile import SELF_EDITABLE
from services.members.queries.views import BASIC_FIELDS
from services.members.schemas.profiles import SelfEditInput
from shared.actor import Actor, Role
from shared.errors import AppError, Unavailable

API = schema.build()
LU: dict[str, Any] = {
    "id": "m-15-0088",
    "name": "陆晓芸",
    "sector_group": "group-22",
    "committees": [],
}


class Services:
    """Answers from a table, and remembers what it was asked."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def send(self, service: str, method: str, body: bytes, **_: Any) -> asyncio.Future[Any]:
        self.calls.append((method, orjson.loads(body)["kwargs"]))
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        answer = self._answers[method]
        if isinstance(answer, AppError):
            answered.set_exception(answer)
        else:
            answered.set_result(answer)
        return answered


CLERK = Actor("a", Role.OFFICE)


def ask(services: Services, query: str, by: Actor = CLERK, **values: Any) -> ExecutionResult:
    context = Context(services, by, "correlation-1", API.loaders)
    return asyncio.run(graphql(API.schema, query, context_value=context, variable_values=values))


def test_a_page_asks_for_the_selected_fields_only() -> None:
    page = {"rows": [{**LU, "cursor": "c1"}], "has_next": False}
    services = Services({"list_members": page})
    filter = {"sectorGroup": global_id("Organisation", "group-22"), "states": ["ACTIVE"]}
    result = ask(
        services,
        """query($filter: MemberFilter) { members(filter: $filter, first: 5) {
            edges { node { id name stateLabel sector { code } } } } }""",
        filter=filter,
    )
    assert result.errors is None
    assert services.calls == [
        (
            "list_members",
            {
                "filter": {"sector_group": "group-22", "states": ["ACTIVE"]},
                "fields": ["name", "sector", "state"],
                "order_by": "MEMBER_NO",
                "first": 5,
                "after": None,
            },
        )
    ]


def test_groups_of_a_page_are_one_call() -> None:
    page = {"rows": [{**LU, "cursor": str(n)} for n in range(3)], "has_next": False}
    group = {"id": "group-22", "name": "经济界别活动小组"}
    services = Services({"list_members": page, "organisations_by_ids": [group]})
    query = "{ members { edges { node { sectorGroup { name } committees { name } } } } }"
    result = ask(services, query)
    assert result.errors is None and result.data is not None
    assert result.data["members"]["edges"][2]["node"] == {
        "sectorGroup": {"name": "经济界别活动小组"},
        "committees": [],
    }
    assert [call for call in services.calls if call[0] == "organisations_by_ids"] == [
        ("organisations_by_ids", {"ids": ["group-22"]})
    ]


def test_without_private_data_the_rest_still_answers() -> None:
    services = Services({"members_by_ids": [LU], "private_data_by_ids": Unavailable()})
    query = "query($id: ID!) { member(id: $id) { name privateData(reveal: true) { phone } } }"
    result = ask(services, query, id=global_id("Member", LU["id"]))
    assert result.data == {"member": {"name": "陆晓芸", "privateData": None}}
    assert [error.path for error in result.errors or ()] == [["member", "privateData"]]


def test_an_unknown_member_is_null() -> None:
    services = Services({"members_by_ids": []})
    result = ask(
        services, "query($id: ID!) { member(id: $id) { name } }", id=global_id("Member", "x")
    )
    assert (result.data, result.errors) == ({"member": None}, None)


def test_input_ids_become_local() -> None:
    services = Services({"change_post": LU, "change_profile": LU})
    lili = global_id("Organisation", "town-lili")
    member = global_id("Member", LU["id"])
    result = ask(
        services,
        """mutation($a: ChangePostInput!, $b: ChangeProfileInput!) {
            changePost(input: $a) { errors { code } }
            changeProfile(input: $b) { errors { code } } }""",
        a={"memberId": member, "posts": [{"post": "TOWN_GROUP_HEAD", "organisation": lili}]},
        b={"memberId": member, "changes": {"town": lili, "sectorGroup": None}},
    )
    assert result.errors is None
    sent = [{k: v for k, v in kwargs.items() if k != "command_id"} for _, kwargs in services.calls]
    assert sent == [
        {
            "member_id": "m-15-0088",
            "posts": [{"post": "TOWN_GROUP_HEAD", "organisation": "town-lili"}],
        },
        {"member_id": "m-15-0088", "changes": {"town": "town-lili", "sector_group": None}},
    ]


def test_the_identity_number_has_no_way_through_the_gateway() -> None:
    for name, kind in API.schema.type_map.items():
        fields = getattr(kind, "fields", {})
        assert not {"idNumber", "id_number"} & set(fields), name


def test_attributes_and_row_fields_meet() -> None:
    assert {field for needs in NEEDS.values() for field in needs} == BASIC_FIELDS
    assert set(NEEDS) <= set(Member._meta.fields)
    assert row_fields(["state_label", "score"]) == ["name", "state"]
    assert row_fields([]) == ["name"]


def test_the_fields_that_members_change_have_names() -> None:
    assert set(CHANGEABLE) == SELF_EDITABLE
    assert set(SelfEditInput.__annotations__) == SELF_EDITABLE


@pytest.mark.parametrize("mutation", ["nominateMember", "closeTerm", "endOrganisation"])
def test_each_command_is_a_mutation(mutation: str) -> None:
    assert API.schema.mutation_type is not None
    assert mutation in API.schema.mutation_type.fields


def test_the_viewers_memberships_of_all_terms_come_in_one_call_the_latest_first() -> None:
    rows = [{"id": "m-15-0088", "term": 15}, {"id": "m-16-0044", "term": 16}]
    services = Services({"members_by_ids": rows})
    again = Actor("a", Role.MEMBER, member_id="m-16-0044", earlier=("m-15-0088", "m-14-0007"))
    result = ask(services, "{ viewer { memberships { term } } }", again)
    assert result.data == {"viewer": {"memberships": [{"term": 16}, {"term": 15}]}}
    assert [asked["ids"] for _, asked in services.calls] == [list(again.memberships)]


def test_who_was_never_a_member_has_none() -> None:
    result = ask(Services({}), "{ viewer { memberships { term } } }")
    assert result.data == {"viewer": {"memberships": []}}
