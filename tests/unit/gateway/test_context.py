"""What resolvers know of their request, and fields of one package on another's type."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from graphene import Field, ObjectType, Schema, String

from gateway.context import LARGEST_BATCH, MOST_CALLS, Context, TooManyCalls
from gateway.schema import extend
from shared.errors import DeadlineExceeded
from tests.unit.gateway.sample import FakeRpc, ask, gateway, with_context


class TestContext:
    def test_a_query_asks_the_same_question_once(self) -> None:
        rpc = FakeRpc({"s.m": lambda **kwargs: kwargs})

        async def use(context: Context) -> Any:
            return await asyncio.gather(
                context.call("s", "m", a=1),
                context.call("s", "m", a=1),
                context.call("s", "m", a=2),
            )

        assert with_context(rpc, use) == [{"a": 1}, {"a": 1}, {"a": 2}]
        assert rpc.calls == [("s.m", {"a": 1}), ("s.m", {"a": 2})]

    def test_a_mutation_asks_anew(self) -> None:
        answers = iter([1, 2])
        rpc = FakeRpc({"s.m": lambda: next(answers)})

        async def use(context: Context) -> Any:
            return [await context.call("s", "m"), await context.call("s", "m")]

        assert with_context(rpc, use, reads_only=False) == [1, 2]

    def test_the_timeout_goes_along(self) -> None:
        rpc = FakeRpc({"s.m": 1})
        assert with_context(rpc, lambda context: context.call("s", "m", 0.5)) == 1
        assert rpc.sent[0]["timeout"] == 0.5

    def test_one_request_makes_a_bounded_number_of_calls(self) -> None:
        rpc = FakeRpc({"s.m": lambda **kwargs: kwargs})

        async def use(context: Context) -> Any:
            for number in range(MOST_CALLS):
                await context.call("s", "m", a=number)
            await context.call("s", "m", a=0)  # known already
            with pytest.raises(TooManyCalls):
                await context.call("s", "m", a=-1)

        with_context(rpc, use)
        assert len(rpc.calls) == MOST_CALLS

    def test_loaders_batch_and_align(self) -> None:
        rpc = FakeRpc({"members.members_by_ids": [{"id": "b"}, {"id": "a"}]})

        async def use(context: Context) -> Any:
            load = context.loaders.members.load
            return await asyncio.gather(load("a"), load("b"), load("a"), load("c"))

        assert with_context(rpc, use) == [{"id": "a"}, {"id": "b"}, {"id": "a"}, None]
        assert rpc.calls == [("members.members_by_ids", {"ids": ["a", "b", "c"]})]

    def test_batches_are_bounded(self) -> None:
        rpc = FakeRpc({"members.members_by_ids": lambda ids: [{"id": id} for id in ids]})

        async def use(context: Context) -> Any:
            return await context.loaders.members.load_many([str(n) for n in range(150)])

        assert len(with_context(rpc, use)) == 150
        assert [len(kwargs["ids"]) for _, kwargs in rpc.calls] == [LARGEST_BATCH, 50]

    def test_an_unknown_loader_is_named(self) -> None:
        async def use(context: Context) -> Any:
            return context.loaders.nothing

        with pytest.raises(AttributeError, match="nothing"):
            with_context(FakeRpc(), use)

    def test_a_failed_batch_fails_each_of_its_fields(self) -> None:
        rpc = FakeRpc(
            {
                "proposals.list_proposals": {
                    "rows": [
                        {"id": str(n), "title": "t", "cursor": "c", "proposer_id": f"m{n}"}
                        for n in range(2)
                    ],
                    "has_next": False,
                },
                "members.members_by_ids": DeadlineExceeded(),
            }
        )
        answer = ask(gateway(rpc), "{ proposals { edges { node { title proposer { name } } } } }")
        rows = [edge["node"] for edge in answer["data"]["proposals"]["edges"]]
        assert rows == [{"title": "t", "proposer": None}] * 2
        assert [e["extensions"]["code"] for e in answer["errors"]] == ["DEADLINE_EXCEEDED"] * 2


def test_a_package_may_add_fields_to_anothers_type() -> None:
    class Thing(ObjectType):
        """物。Thing."""

        name = String()

    class Score:
        score = String()

        @staticmethod
        def resolve_score(row: Any, _info: Any) -> str:
            return f"{row['name']}: 8"

    extend(Thing, Score)
    extend(Thing, Score)
    query = type("Query", (ObjectType,), {"thing": Field(Thing)})
    schema = Schema(query=query)
    result = schema.execute("{ thing { name score } }", root={"thing": {"name": "a"}})
    assert result.data == {"thing": {"name": "a", "score": "a: 8"}}
