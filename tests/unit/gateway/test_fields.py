"""The fast path answers exactly as graphql-core does."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest
from graphql import ExecutionContext, execute, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.context import Context
from gateway.execution import Documents
from gateway.execution import execute as fast_execute
from gateway.fields import _collect, reader_of
from shared.errors import Unavailable
from tests.unit.gateway.sample import FakeRpc, load_members, sample_api

API = sample_api()
DOCUMENTS = Documents(API.schema, production=False)
FIELDS = """{ members { __typename id name } proposal(id: "1") {
    __typename id title number weight key state stateLabel submittedAt words tags alias: number
    ... on Node { again: id } ...More proposer { name } } }
    fragment More on Proposal { title number }"""
NULLABLE = (
    "query($yes: Boolean!) { proposal(id: 1) { number @skip(if: $yes) title @include(if: $yes) } }"
)


def both(
    query: str, answers: dict[str, Any], variables: dict[str, Any] | None = None
) -> tuple[Any, Any]:
    """(fast, plain) results, formatted."""

    async def run() -> tuple[Any, Any]:
        def context() -> Context:
            return Context(FakeRpc(answers), loaders={"members": load_members})

        fast = await fast_execute(
            (await DOCUMENTS.prepare(query)).operation(), variables, context()
        )
        plain: Any = execute(
            API.schema,
            parse(query),
            context_value=context(),
            variable_values=variables,
            execution_context_class=ExecutionContext,
        )
        if hasattr(plain, "__await__"):
            plain = await plain
        return fast.formatted, plain.formatted

    return asyncio.run(run())


ROW = {
    "id": "1",
    "title": "标题",
    "number": 314,
    "weight": 1.5,
    "key": True,
    "state": "FILED",
    "submitted_at": "2017-02-06T09:00:00+08:00",
    "tags": ["a", "b"],
    "proposer_id": "m-1",
}
ANSWERS = {
    "members.list_members": [{"id": "m-1", "name": "李"}, {"id": "m-2"}],
    "members.members_by_ids": [{"id": "m-1", "name": "李"}],
}

CASES: dict[str, dict[str, Any]] = {
    "as it should be": {},
    "nulls": dict.fromkeys(["number", "weight", "key", "state", "submitted_at", "tags"]),
    "a null where none may be": {"title": None},
    "an unknown state": {"state": "LOST"},
    "a state of another type": {"state": ["FILED"]},
    "a number that is too large": {"number": 2**31},
    "the largest number": {"number": 2**31 - 1},
    "the least number": {"number": -(2**31)},
    "a number as text": {"number": "12"},
    "a number that is none": {"number": "twelve"},
    "a float for an int": {"number": 3.0},
    "a flag for a number": {"number": True},
    "a number for a flag": {"key": 1},
    "text for a flag": {"key": "yes"},
    "a number for a text": {"title": 5},
    "a list for a text": {"title": ["x"]},
    "an int for a float": {"weight": 2},
    "a date as text without zone": {"submitted_at": "2017-02-06"},
    "a number for a date": {"submitted_at": 3},
    "tags that are no list": {"tags": 3},
    "a null among the tags": {"tags": ["a", None]},
    "an exception for a value": {"number": ValueError("x")},
    "no proposer": {"proposer": None},
    "a proposer in the row": {"proposer": {"id": "m-9", "name": "王"}},
}


@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_the_same_answer_in_the_same_order(change: dict[str, Any]) -> None:
    fast, plain = both(FIELDS, {**ANSWERS, "proposals.proposal": lambda **_: {**ROW, **change}})
    assert fast == plain
    if plain["data"] and plain["data"]["proposal"]:
        assert list(fast["data"]["proposal"]) == list(plain["data"]["proposal"])


@pytest.mark.parametrize("missing", [*ROW, "all"])
def test_missing_keys(missing: str) -> None:
    row = {} if missing == "all" else {k: v for k, v in ROW.items() if k != missing}
    fast, plain = both(FIELDS, {**ANSWERS, "proposals.proposal": lambda **_: row})
    assert fast == plain


@pytest.mark.parametrize("yes", [True, False])
def test_skip_and_include(yes: bool) -> None:
    fast, plain = both(NULLABLE, {"proposals.proposal": lambda **_: ROW}, {"yes": yes})
    assert fast == plain == {"data": {"proposal": {"title": "标题"} if yes else {"number": 314}}}


class Record:
    """A row that is an object."""

    id = "7"
    title = "对象"
    number = None


def test_objects_go_the_ordinary_way() -> None:
    query = "{ proposal(id: 1) { id title number words: title } }"
    fast, plain = both(query, {"proposals.proposal": lambda **_: Record()})
    assert fast == plain


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(),
    st.text(),
    st.sampled_from(["FILED", "DRAFT", "2017-02-06T09:00:00+08:00"]),
    st.lists(st.text(), max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*ROW]), VALUES))
def test_any_row(row: dict[str, Any]) -> None:
    row = {"proposer": None, **row}
    fast, plain = both(FIELDS, {**ANSWERS, "proposals.proposal": lambda **_: row})
    assert fast == plain


PAGE = """{ proposals { pageInfo { hasNextPage endCursor } edges { cursor node {
    id title number state stateLabel tags proposer { id name } } node { words } } } }"""
SELECTIONS = {
    "plain": PAGE,
    "typenames": "{ proposals { __typename edges { __typename node { __typename } } } }",
    "aliases": "{ proposals { a: edges { n: node { t: title } } edges { node { title } } } }",
    "fragments": """{ proposals { ...Page ... { edges { node { number } } } } }
        fragment Page on ProposalConnection { edges { node { ...Row } } }
        fragment Row on Proposal { title proposer { ... on Member { name } } }""",
    "an interface": "{ proposals { edges { node { title ... on Node { id } } } } }",
    "an argument": "{ proposals { edges { node { title seconds(first: 1) { totalCount } } } } }",
    "a reference": "{ proposals { edges { node { proposer { name } } } } }",
    "a page and its count": "{ proposals { totalCount edges { node { title } } } }",
}


def page_of(*rows: dict[str, Any]) -> dict[str, Any]:
    """Answers with a page of `rows`, anew for each call: pages put references into them."""
    return {
        **ANSWERS,
        "proposals.list_proposals": lambda **_: {
            "rows": [{**row, "cursor": f"c{n}"} for n, row in enumerate(rows)],
            "has_next": True,
        },
        "proposals.count_proposals": 3,
    }


@pytest.mark.parametrize("query", SELECTIONS.values(), ids=SELECTIONS.keys())
@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_a_page_with_one_unusual_row(query: str, change: dict[str, Any]) -> None:
    first, last = {**ROW, "proposer_id": "m-7"}, {"id": "2", "title": "二"}
    fast, plain = both(query, page_of(first, {**ROW, **change}, last))
    assert fast == plain
    assert orjson.dumps(fast["data"]) == orjson.dumps(plain["data"])  # in the same order


def test_a_page_whose_members_are_away() -> None:
    away = {"members.members_by_ids": Unavailable()}
    fast, plain = both(PAGE, {**page_of(ROW, ROW), **away})
    assert fast == plain
    assert [e["path"] for e in plain["errors"]] == [
        ["proposals", "edges", n, "node", "proposer"] for n in range(2)
    ]


@pytest.mark.parametrize("yes", [True, False])
def test_a_part_of_a_page_under_a_directive(yes: bool) -> None:
    query = """query($yes: Boolean!) { proposals { edges { node { title } }
        edges @include(if: $yes) { cursor node { number @skip(if: $yes) state } } } }"""
    for asked in (yes, not yes):  # of one document: what one run saw must not decide the next
        fast, plain = both(query, page_of(ROW), {"yes": asked})
        assert fast == plain


def test_which_fields_take_the_fast_path() -> None:
    kind: Any = API.schema.get_type("Proposal")
    inner = {"proposer": "{ name }", "seconds": "{ totalCount }"}
    asked = " ".join(f"{name} {inner.get(name, '')}" for name in kind.fields)
    document: Any = parse(f"{{ __typename {asked} }}")
    nodes = document.definitions[0].selection_set.selections
    fast = {node.name.value for node in nodes if reader_of(kind, [node], {}) is not None}
    assert fast == {"__typename", *kind.fields} - {"seconds"}  # it has arguments


COMPILED = {"plain", "typenames", "aliases", "fragments", "a reference"}


@pytest.mark.parametrize("name", [name for name in SELECTIONS if name != "a page and its count"])
def test_which_pages_take_the_fast_path(name: str) -> None:
    kind: Any = API.schema.get_type("ProposalConnection")
    document: Any = parse(SELECTIONS[name])
    fragments = {d.name.value: d for d in document.definitions[1:]}
    page = document.definitions[0].selection_set.selections[0]
    selected: dict[str, Any] = {}
    assert _collect(kind, page.selection_set, fragments, selected)
    read = reader_of(kind, selected["edges"], fragments)
    assert (read is not None) == (name in COMPILED)
