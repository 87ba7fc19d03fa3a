"""No query can hurt: each limit, at its edge and beyond."""

from __future__ import annotations

import time
from asyncio import run
from typing import Any

import pytest
from graphql import get_introspection_query

from gateway import limits, schema
from gateway.errors import RequestError
from gateway.execution import Documents
from tests.unit.gateway.sample import FakeRpc, ask, gateway, sample_api

API = sample_api()
EMPTY = {"rows": [], "has_next": False}


def refused(query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """The extensions of the first error without the correlation id; {} if it is executed."""
    rpc = FakeRpc({"proposals.list_proposals": EMPTY})
    answer = ask(gateway(rpc, api=API), query, variables)
    if "data" in answer:
        return {}
    assert rpc.calls == []
    extensions: dict[str, Any] = answer["errors"][0]["extensions"]
    del extensions["correlationId"]
    return extensions


def nested(depth: int) -> str:
    """A valid query of an odd `depth` of fields."""
    inner = "totalCount"
    for _ in range((depth - 2) // 3):
        inner = f"edges {{ node {{ seconds(first: 1) {{ {inner} }} }} }}"
    return f"{{ proposals(first: 1) {{ {inner} }} }}"


class TestDepth:
    def test_twelve_fields_inside_each_other_are_the_most(self) -> None:
        assert refused(nested(11)) == {}
        assert refused(nested(14)) == {"code": "LIMIT_EXCEEDED", "limit": "depth", "most": 12}

    def test_counts_through_fragments(self) -> None:
        chain = "".join(
            f"fragment F{i} on Proposal {{ seconds {{ edges {{ node {{ ...F{i + 1} }} }} }} }} "
            for i in range(4)
        )
        query = "{ proposal(id: 1) { ...F0 } } " + chain + "fragment F4 on Proposal { title }"
        assert refused(query)["limit"] == "depth"

    def test_inline_fragments_add_nothing(self) -> None:
        query = "{ " + "... on Query { " * 30 + "__typename" + " }" * 31
        assert refused(query) == {}

    @pytest.mark.parametrize("spreads", [1, 2])
    def test_sixty_chained_fragments_are_walked_once_each(self, spreads: int) -> None:
        """Where each spreads the next one twice there are 2^60 paths through 60 fragments."""
        chain = "".join(
            f"fragment F{i} on Query {{ {f'...F{i + 1} ' * spreads}}} " for i in range(60)
        )
        documents = Documents(API.schema, production=True)
        started = time.perf_counter()
        document = run(
            documents.prepare("{ ...F0 } " + chain + "fragment F60 on Query { __typename }")
        )
        outcome = "executed"
        try:
            document.operation().cost({})
        except RequestError as error:
            outcome = (error.errors[0].extensions or {})["limit"]
        assert time.perf_counter() - started < 30  # not 2^60 steps
        assert outcome == {1: "executed", 2: "cost"}[spreads]

    def test_a_cycle_of_fragments_is_refused_by_validation(self) -> None:
        query = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
        assert refused(query) == {"code": "GRAPHQL_VALIDATION_FAILED"}

    def test_braces_deeper_than_the_parser_can_go(self) -> None:
        documents = Documents(API.schema, production=True)
        with pytest.raises(RequestError) as caught:
            run(documents.prepare("{ a" * 900 + " }" * 900))
        assert caught.value.errors[0].extensions == {
            "code": "LIMIT_EXCEEDED",
            "limit": "depth",
            "most": 12,
        }

    def test_introspection_of_a_client_passes(self) -> None:
        assert refused(get_introspection_query(descriptions=True)) == {}

    def test_introspection_cannot_go_round_in_circles(self) -> None:
        inner = "name"
        for _ in range(4):
            inner = f"fields {{ type {{ {inner} }} }}"
        assert refused(f'{{ __type(name: "Query") {{ {inner} }} }}') == {
            "code": "GRAPHQL_VALIDATION_FAILED"
        }


def test_aliases() -> None:
    def query(count: int) -> str:
        return "{" + " ".join(f"a{i}: __typename" for i in range(count)) + "}"

    assert refused(query(limits.MOST_ALIASES)) == {}
    assert refused(query(limits.MOST_ALIASES + 1)) == {
        "code": "LIMIT_EXCEEDED",
        "limit": "aliases",
        "most": limits.MOST_ALIASES,
    }


def test_aliases_inside_fragments_count() -> None:
    names = " ".join(f"a{i}: __typename" for i in range(limits.MOST_ALIASES + 1))
    assert refused(f"{{ ...F }} fragment F on Query {{ {names} }}")["limit"] == "aliases"


def test_directives() -> None:
    def query(count: int) -> str:
        return "{ __typename " + " @include(if: true)" * count + "}"

    exceeded = {"code": "LIMIT_EXCEEDED", "limit": "directives", "most": limits.MOST_DIRECTIVES}
    spread = "{ ...F " + "@skip(if: false) " * 16 + "} fragment F on Query "
    spread += "@unknown " * 15 + "{ __typename }"
    assert refused(query(limits.MOST_DIRECTIVES + 1)) == exceeded
    assert refused(spread) == exceeded
    assert refused(query(1)) == {}


def test_tokens() -> None:
    def query(tokens: int) -> str:
        return f"{{ nothing(l: [{'1 ' * (tokens - 8)}]) }}"

    # A name of no field: what fits is parsed, and refused by validation.
    assert refused(query(limits.MOST_TOKENS - 1)) == {"code": "GRAPHQL_VALIDATION_FAILED"}
    assert refused(query(limits.MOST_TOKENS)) == {
        "code": "LIMIT_EXCEEDED",
        "limit": "tokens",
        "most": limits.MOST_TOKENS,
    }


def test_fields() -> None:
    def query(fields: int) -> str:
        return "{" + "__typename " * fields + "}"

    assert refused(query(40)) == {}
    assert refused(query(limits.MOST_FIELDS + 1)) == {
        "code": "LIMIT_EXCEEDED",
        "limit": "fields",
        "most": limits.MOST_FIELDS,
    }


def test_characters() -> None:
    """What is longer is not even read: a string of a megabyte is one token."""

    def query(length: int) -> str:
        return f'{{ __type(name: "{"x" * (length - 29)}") {{ name }} }}'

    assert len(query(100)) == 100
    assert refused(query(limits.MOST_CHARACTERS)) == {}
    assert refused(query(limits.MOST_CHARACTERS + 1)) == {
        "code": "LIMIT_EXCEEDED",
        "limit": "characters",
        "most": limits.MOST_CHARACTERS,
    }


@pytest.mark.parametrize("field", sorted(limits.TRIES_OF_SECRETS))
def test_one_try_of_a_secret_in_a_request(field: str) -> None:
    """One request with thirty aliases has locked six accounts."""
    mutations = schema.build().schema.mutation_type
    assert mutations and field in mutations.fields
    exceeded = {"code": "LIMIT_EXCEEDED", "limit": "tries", "most": 1}
    assert refused(f"mutation {{ a: {field} b: signIn }}") == exceeded
    spread = f"mutation {{ {field} ...F }} fragment F on Mutation {{ {field} }}"
    assert refused(spread) == exceeded
    assert refused(f"mutation {{ {field} }}") == {"code": "GRAPHQL_VALIDATION_FAILED"}


def test_comments() -> None:
    assert refused("# c\n" * (limits.MOST_COMMENTS + 1) + "{ __typename }")["limit"] == "tokens"


def test_repeated_fields() -> None:
    """They are compared pairwise, so validation itself would take a second."""

    def query(count: int) -> str:
        return "{ " + "members { id name } " * count + "}"

    started = time.perf_counter()
    assert refused(query(120)) == {
        "code": "LIMIT_EXCEEDED",
        "limit": "comparisons",
        "most": limits.MOST_COMPARISONS,
    }
    assert time.perf_counter() - started < 1
    assert refused(query(20)).get("limit") != "comparisons"


class TestPageSize:
    WRONG = {"code": "INVALID_INPUT", "field": "first"}  # noqa: RUF012

    @pytest.mark.parametrize("first", [1, 100])
    def test_one_to_a_hundred_rows(self, first: int) -> None:
        assert refused(f"{{ proposals(first: {first}) {{ totalCount edges {{ cursor }} }} }}") == {}

    @pytest.mark.parametrize("first", [-1, 0, 101])
    def test_not_less_and_not_more(self, first: int) -> None:
        assert refused(f"{{ proposals(first: {first}) {{ edges {{ cursor }} }} }}") == self.WRONG
        query = "query($n: Int) { proposals(first: $n) { edges { cursor } } }"
        assert refused(query, {"n": first}) == self.WRONG

    def test_not_by_the_default_of_a_variable(self) -> None:
        query = "query($n: Int = 101) { proposals(first: $n) { edges { cursor } } }"
        assert refused(query) == self.WRONG
        assert refused(query, {"n": 100}) == {}

    def test_not_inside_a_fragment(self) -> None:
        query = "{ ...F } fragment F on Query { proposals(first: 101) { edges { cursor } } }"
        assert refused(query) == self.WRONG

    def test_null_and_absent_are_the_default(self) -> None:
        query = "query($n: Int) { proposals(first: $n) { edges { cursor } } }"
        assert refused(query, {"n": None}) == {}
        assert refused(query) == {}


class TestCost:
    EXCEEDED = {"code": "LIMIT_EXCEEDED", "limit": "cost", "most": 20_000}  # noqa: RUF012

    @staticmethod
    def query(outer: Any, inner: Any) -> str:
        return (
            f"{'query($a: Int, $b: Int)' if outer == '$a' else ''} {{"
            f" proposals(first: {outer}) {{ edges {{ node {{"
            f" seconds(first: {inner}) {{ edges {{ node {{ title }} }} }} }} }} }} }}"
        )

    def test_page_sizes_multiply(self) -> None:
        # 1 + outer · (edges, node, seconds: 3 + inner · 3)
        assert refused(self.query(66, 100)) == {}
        assert refused(self.query(67, 100)) == self.EXCEEDED

    def test_variables_count_as_they_are_given(self) -> None:
        query = self.query("$a", "$b")
        assert refused(query, {"a": 66, "b": 100}) == {}
        assert refused(query, {"a": 67, "b": 100}) == self.EXCEEDED

    def test_the_same_document_is_judged_anew_for_other_pages(self) -> None:
        app = gateway(FakeRpc({"proposals.list_proposals": EMPTY}), api=API)
        query = self.query("$a", "$b")
        assert "data" in ask(app, query, {"a": 1, "b": 1})
        assert "data" not in ask(app, query, {"a": 100, "b": 100})
        assert "data" in ask(app, query, {"a": 1, "b": 1})

    def test_absent_sizes_count_as_the_default(self) -> None:
        inner = "title"
        for _ in range(3):
            inner = f"seconds {{ edges {{ node {{ {inner} }} }} }}"
        query = f"{{ proposals {{ edges {{ node {{ {inner} }} }} }} }}"
        assert refused(query) == self.EXCEEDED | {"limit": "depth", "most": 12}
        two = "{ proposals { edges { node { seconds { edges { node { seconds {"
        assert refused(two + " edges { cursor } } } } } } } } }") == {}
        assert (
            refused(
                two.replace("seconds {", "seconds(first: 50) {")
                + " edges { cursor } } } } } } } } }"
            )
            == self.EXCEEDED
        )

    def test_fragments_cost_where_they_are_spread(self) -> None:
        query = (
            "{ proposals(first: 100) { edges { node { ...F } } } }"
            " fragment F on Proposal { seconds(first: 100) { edges { node { title } } } }"
        )
        assert refused(query) == self.EXCEEDED
