"""Proposal ↔ document: nothing is lost on the way to the database and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from services.proposals.domain.record import Proposal
from services.proposals.queries.proposals import ROW_FIELDS
from services.proposals.repository.documents import from_document, to_document, words
from services.proposals.repository.proposals import NOT_ROWS
from shared.clock import SHANGHAI
from shared.words.folding import fold
from tests.unit.proposals.commands.memory import through_bson
from tests.unit.proposals.commands.world import START

STRINGS = st.text(max_size=12)
KEYS = st.text("abcdefghij_", min_size=1, max_size=6)
# The database keeps milliseconds.
MOMENTS = st.datetimes(
    datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(SHANGHAI)
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: STRINGS,
    int: st.integers(0, 2**31),
    bool: st.booleans(),
    datetime: MOMENTS,
    Any: STRINGS | MOMENTS | st.none(),
}


def of(kind: Any, full: bool) -> st.SearchStrategy[Any]:
    """Values of a field's type; with `full` no optional is missing and no collection is empty."""
    arguments = get_args(kind)
    origin = get_origin(kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if origin is UnionType:
        [present] = [argument for argument in arguments if argument is not NoneType]
        value = of(present, full)
        return value if full else st.none() | value
    if origin in (list, tuple):
        items = st.lists(of(arguments[0], full), min_size=int(full), max_size=3)
        return items.map(tuple) if origin is tuple else items
    if origin in (dict, Mapping):  # a Mapping is an origin, which always says something
        least = int(full or origin is Mapping)
        return st.dictionaries(KEYS, of(arguments[1], full), min_size=least, max_size=3)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    return made(kind, full)


def made(kind: Any, full: bool, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    parts = {field.name: of(hints[field.name], full) for field in dataclasses.fields(kind)}
    return st.builds(kind, **{**parts, **given})


def proposals(full: bool) -> st.SearchStrategy[Proposal]:
    """`events` go to the outbox and `commands` are the kernel's: both are no fields of it."""
    nothing: st.SearchStrategy[Any] = st.builds(list)
    return made(Proposal, full, events=nothing, commands=nothing)


def stored(proposal: Proposal) -> Proposal:
    return from_document(through_bson(to_document(proposal, START)))


@given(proposals(full=True))
@settings(max_examples=40, deadline=None)
def test_a_proposal_with_every_field_set_comes_back_as_it_was(proposal: Proposal) -> None:
    assert stored(proposal) == proposal


@given(proposals(full=False))
@settings(max_examples=60, deadline=None)
def test_a_proposal_with_fields_missing_comes_back_as_it_was(proposal: Proposal) -> None:
    assert stored(proposal) == proposal


@given(proposals(full=False))
@settings(max_examples=20, deadline=None)
def test_a_documents_keys_are_those_that_rows_are_asked_by(proposal: Proposal) -> None:
    document = to_document(proposal, START)
    assert set(document) - {"_id", *NOT_ROWS} == ROW_FIELDS
    assert document["updated_at"] == START


@given(proposals(full=False))
@settings(max_examples=10, deadline=None)
def test_the_kernels_commands_are_carried_along_and_not_written(proposal: Proposal) -> None:
    known = [{"key": "account-1:c-1", "fingerprint": "x", "at": START}]
    document = to_document(proposal, START)
    assert "commands" not in document
    assert from_document({**document, "commands": known}).commands == known


# -- words ---------------------------------------------------------------------------------


def test_words_are_cut_for_search_each_once_in_order() -> None:
    assert words("关于加强老旧住宅小区二次供水的建议", "加强供水") == [
        "二次",
        "住宅",
        "住宅小区",
        "供水",
        "关于",
        "加强",
        "小区",
        "建议",
        "老旧",
    ]


def test_single_common_characters_and_blanks_are_no_words() -> None:
    assert words("水", " ", "", "山，水") == []


def test_letters_are_compared_in_one_case() -> None:
    assert words("WiFi 覆盖", "wifi") == ["wifi", "覆盖"]


@given(st.lists(STRINGS, max_size=4))
def test_words_are_different_sorted_and_no_single_common_character(texts: list[str]) -> None:
    found = words(*texts)
    assert found == sorted(set(found))
    assert all(word == word.strip() == fold(word) for word in found)
    assert not [word for word in found if "一" <= word <= "鿿" and len(word) == 1]
