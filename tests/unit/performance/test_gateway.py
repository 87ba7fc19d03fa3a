"""The GraphQL side: what is asked of the service, and how its answers and refusals are shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import graphene
import orjson
import pytest
from graphql import ExecutionResult, GraphQLSchema, graphql

from gateway import derived
from gateway.base import global_id
from gateway.context import Context
from gateway.members.loaders import LOADERS as MEMBER_LOADERS
from gateway.performance import MEMBER_MIXINS, desk, statistics, types
from gateway.performance.loaders import LOADERS
from gateway.performance.queries import QUERIES, VIEWER
from gateway.performance.types import LedgerEntry
from gateway.schema import finish
from shared.actor import Actor, Role
from shared.errors import AppError, Forbidden, Unavailable
from tests.unit.performance.facts import LU, SHEN

Answers = dict[str, Any | Callable[[dict[str, Any]], Any]]


class Service:
    """Answers calls of performance from a table, and remembers them."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def send(self, service: str, method: str, body: bytes, **_: Any) -> asyncio.Future[Any]:
        kwargs = orjson.loads(body)["kwargs"]
        self.calls.append((f"{service}.{method}", kwargs))
        answer = self._answers[method]
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if isinstance(answer, AppError):
            answered.set_exception(answer)
        else:
            answered.set_result(answer(kwargs) if callable(answer) else answer)
        return answered


class Named:
    name = graphene.String()


Listed = type("Listed", (Named, *MEMBER_MIXINS, graphene.ObjectType), {})
Viewer = type("Viewer", (*VIEWER, graphene.ObjectType), {})


class Others:
    """What other packages have at the root."""

    members = graphene.List(Listed)
    viewer = graphene.Field(Viewer)

    @staticmethod
    def resolve_members(_root: Any, _info: Any) -> list[dict[str, Any]]:
        return [{"id": LU, "name": "陆晓芸"}, {"id": SHEN, "name": "沈建国"}]

    @staticmethod
    def resolve_viewer(_root: Any, info: Any) -> dict[str, Any]:
        return {"member_id": info.context.actor.member_id}


def output_type(name: str) -> type[graphene.ObjectType]:
    modules = (types, desk, statistics)
    found: type[graphene.ObjectType] = next(vars(m)[name] for m in modules if name in vars(m))
    return found


OWN = {name for mixin in QUERIES for name in dir(mixin)}
SAID = dict(derived.queries({"performance"}, output_type, OWN))
Query = type("Query", (*QUERIES, Others, graphene.ObjectType), SAID)


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    built = graphene.Schema(query=Query, types=[LedgerEntry]).graphql_schema
    finish(built)
    return built


def ask(
    schema: GraphQLSchema, service: Service, query: str, member_id: str | None = LU, **values: Any
) -> ExecutionResult:
    actor = Actor("account-1", Role.MEMBER, member_id=member_id)
    context = Context(service, actor, "correlation-1", {**MEMBER_LOADERS, **LOADERS})
    return asyncio.run(graphql(schema, query, context_value=context, variable_values=values))


def score(member_id: str = LU, total: float = 14.0) -> dict[str, Any]:
    return {"member_id": member_id, "year": 2017, "total": total, "grade": "TO_IMPROVE"}


LINE = {
    "entry_id": "B1:proposal/p1/filed:m-15-0088:1",
    "reason": "首件10分，后续每件4分；本件为首件，计10分",
    "source_ref": "proposal/p1/filed",
}
SHEET = {**score(), "categories": [{"code": "B", "raw": 22.0, "points": 20.0, "lines": [LINE]}]}


def test_a_score_with_its_reasons(schema):
    service = Service({"score": SHEET})
    query = """query($id: ID!) { score(memberId: $id, year: 2017) {
        memberId total grade categories { code raw points lines { entryId reason sourceId } } } }"""
    result = ask(schema, service, query, id=global_id("Member", LU))
    assert result.errors is None
    assert service.calls == [("performance.score", {"member_id": LU, "year": 2017})]
    assert result.data == {
        "score": {
            "memberId": global_id("Member", LU),
            "total": 14.0,
            "grade": "TO_IMPROVE",
            "categories": [
                {
                    "code": "B",
                    "raw": 22.0,
                    "points": 20.0,
                    "lines": [
                        {
                            "entryId": global_id("LedgerEntry", LINE["entry_id"]),
                            "reason": LINE["reason"],
                            "sourceId": global_id("Proposal", "p1"),
                        }
                    ],
                }
            ],
        }
    }


def test_an_id_of_something_else_is_refused(schema):
    service = Service({})
    query = "query($id: ID!) { score(memberId: $id) { total } }"
    result = ask(schema, service, query, id=global_id("Proposal", "p1"))
    assert result.data == {"score": None}
    assert service.calls == []


def test_averages_are_asked_for_where_they_are_selected(schema):
    average = {"kind": "SECTOR", "group_id": "22", "average": 5.5, "members": 2}
    service = Service({"score": score(), "group_averages": [average]})
    query = "query($id: ID!) { score(memberId: $id) { groupAverages { kind kindLabel average } } }"
    result = ask(schema, service, query, id=global_id("Member", LU))
    assert result.data == {
        "score": {"groupAverages": [{"kind": "SECTOR", "kindLabel": "界别", "average": 5.5}]}
    }
    assert service.calls[1] == ("performance.group_averages", {"member_id": LU, "year": 2017})


def test_the_viewers_own_score(schema):
    service = Service({"score": score()})
    result = ask(schema, service, "{ viewer { score { total } } }")
    assert result.data == {"viewer": {"score": {"total": 14.0}}}
    assert service.calls == [("performance.score", {"year": None})]  # the service knows whose


def test_who_is_no_member_has_no_own_score(schema):
    service = Service({})
    result = ask(schema, service, "{ viewer { score { total } } }", member_id=None)
    assert (result.data, result.errors) == ({"viewer": {"score": None}}, None)


def test_scores_of_a_list_are_one_call_and_null_where_not_permitted(schema):
    service = Service({"scores_by_member_ids": [score(LU)]})
    result = ask(schema, service, "{ members { name score(year: 2017) { total } } }")
    assert result.errors is None
    assert result.data == {
        "members": [
            {"name": "陆晓芸", "score": {"total": 14.0}},
            {"name": "沈建国", "score": None},
        ]
    }
    asked = {"member_ids": [LU, SHEN], "year": 2017, "explained": False}
    assert service.calls == [("performance.scores_by_member_ids", asked)]


def test_a_list_asks_for_reasons_only_where_they_are_selected_and_once_for_each_year(schema):
    service = Service(
        {"scores_by_member_ids": lambda kwargs: [score(id) for id in kwargs["member_ids"]]}
    )
    query = "{ members { a: score(year: 2017) { categories { code } } b: score { total } } }"
    assert ask(schema, service, query).errors is None
    assert sorted((kwargs["year"] or 0, kwargs["explained"]) for _, kwargs in service.calls) == [
        (0, False),
        (2017, True),
    ]


def test_without_the_service_only_its_own_fields_are_null(schema):
    """AC-14."""
    service = Service({"scores_by_member_ids": Unavailable()})
    result = ask(schema, service, "{ members { name score { total } } }")
    assert result.data == {
        "members": [{"name": "陆晓芸", "score": None}, {"name": "沈建国", "score": None}]
    }
    assert [error.path for error in result.errors or []] == [
        ["members", 0, "score"],
        ["members", 1, "score"],
    ]


def test_a_refusal_is_an_error_with_a_path(schema):
    service = Service({"list_ranking": Forbidden()})
    result = ask(schema, service, "{ ranking { edges { node { rank } } } }")
    assert result.data == {"ranking": None}
    [error] = result.errors or []
    assert (error.path, error.original_error) == (["ranking"], service._answers["list_ranking"])


def test_who_may_not_see_all_is_refused_before_the_roster_is_read(schema):
    """Whom the roster shows no gender, by which the gateway would divide it."""
    service = Service({"duty_statistics": Forbidden(), "list_members": {"rows": [{"id": LU}]}})
    result = ask(schema, service, "{ dutyStatistics(by: GENDER) { key } }")
    assert [type(error.original_error) for error in result.errors or ()] == [Forbidden]
    assert [method for method, _ in service.calls] == ["performance.duty_statistics"]


def test_the_ledger_in_pages(schema):
    row: dict[str, Any] = {
        "id": "B1:proposal/p1/filed:m-15-0088:1:undo",
        "member_id": LU,
        "base_points": -10.0,
        "source_ref": "instruction/x",
        "actor": {"account": "account-2", "role": "OFFICE"},
        "reverses_entry_id": "B1:proposal/p1/filed:m-15-0088:1",
        "cursor": "c1",
    }
    page = {"rows": [row], "has_next": True}
    service = Service({"list_ledger": page, "count_ledger": 7})
    query = """query($id: ID!) { ledger(memberId: $id, year: 2017, first: 1, after: "c0") {
        totalCount pageInfo { hasNextPage endCursor }
        edges { node { id basePoints sourceId actorRole reversesEntryId } } } }"""
    result = ask(schema, service, query, id=global_id("Member", LU))
    assert result.errors is None
    asked = {"member_id": LU, "year": 2017}
    assert service.calls == [
        ("performance.list_ledger", {**asked, "first": 1, "after": "c0"}),
        ("performance.count_ledger", asked),
    ]
    assert result.data == {
        "ledger": {
            "totalCount": 7,
            "pageInfo": {"hasNextPage": True, "endCursor": "c1"},
            "edges": [
                {
                    "node": {
                        "id": global_id("LedgerEntry", row["id"]),
                        "basePoints": -10.0,
                        "sourceId": None,
                        "actorRole": "OFFICE",
                        "reversesEntryId": global_id("LedgerEntry", row["reverses_entry_id"]),
                    }
                }
            ],
        }
    }


def test_the_ranking(schema):
    row = {"rank": None, "member_id": LU, "total": 2.0, "not_scored": True, "cursor": "c1"}
    service = Service(
        {
            "list_ranking": {"rows": [row], "has_next": False},
            "members_by_ids": [{"id": LU, "name": "陆晓芸"}],
        }
    )
    query = """{ ranking(year: 2017) { edges { node {
        rank memberId total notScored member { name } } } } }"""
    result = ask(schema, service, query)
    assert result.data == {
        "ranking": {
            "edges": [
                {
                    "node": {
                        "rank": None,
                        "memberId": global_id("Member", LU),
                        "total": 2.0,
                        "notScored": True,
                        "member": {"name": "陆晓芸"},
                    }
                }
            ]
        }
    }
    assert service.calls == [
        ("performance.list_ranking", {"year": 2017, "first": 20, "after": None}),
        ("members.members_by_ids", {"ids": [LU]}),
    ]
