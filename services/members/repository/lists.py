"""The lists of the roster: their indexes, orders, filters and queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.members.domain.labels import MemberOrder
from services.members.domain.profile import ChangeState
from services.members.repository.documents import Document
from services.members.repository.words import query_words

MEMBERS, PERSONS = "members", "persons"


def _listed_by(field: str) -> IndexModel:
    """Within a term, in the order of member numbers, which is that of the ids."""
    return IndexModel([("term", ASCENDING), (field, ASCENDING), ("_id", ASCENDING)])


INDEXES = {
    MEMBERS: [
        *map(
            _listed_by,
            (
                "state",
                "sector.code",
                "sector_group",
                "committees",
                "town",
                "party",
                "posts.post",
                "words",
                "name_words",
                "scopes",
                "name",
                "profile_change.state",
            ),
        ),
        IndexModel([("scopes", ASCENDING), ("open", ASCENDING)]),
        # One open membership per person and term (2.1).
        IndexModel(
            [("person_id", ASCENDING), ("term", ASCENDING)],
            name="one_open",
            unique=True,
            partialFilterExpression={"open": True},
        ),
        IndexModel([("person_id", ASCENDING)]),
        IndexModel(
            [("term", ASCENDING), ("seats", ASCENDING)],
            name="one_holder",
            unique=True,
            partialFilterExpression={"seats.0": {"$exists": True}},
        ),
    ],
    PERSONS: [
        IndexModel([("name", ASCENDING)]),
        IndexModel(
            [("id_number_digest", ASCENDING)],
            unique=True,
            partialFilterExpression={"id_number_digest": {"$type": "string"}},
        ),
    ],
}
ORDERS: Mapping[MemberOrder, list[tuple[str, int]]] = {
    MemberOrder.MEMBER_NO: [("_id", 1)],
    MemberOrder.MEMBER_NO_DESC: [("_id", -1)],
    MemberOrder.NAME: [("name", 1), ("_id", 1)],
}
# Filter of a list → field of a document; each is indexed.
FILTERS: Mapping[str, str] = {
    "term": "term",
    "sector": "sector.code",
    "sector_group": "sector_group",
    "committee": "committees",
    "town": "town",
    "party": "party",
    "post": "posts.post",
}


def query(wanted: Mapping[str, Any]) -> Document:
    """The query of a list.

    wanted: the keys of FILTERS; states and scopes (any of them); text, searched in the field
    `text_in` ("words" unless told: name, number, work unit, title, skills; "name_words": name);
    change_pending. Values are text, numbers and lists of text, never operators.
    """
    built: Document = {
        field: wanted[name] for name, field in FILTERS.items() if wanted.get(name) is not None
    }
    if wanted.get("states") is not None:
        built["state"] = {"$in": list(wanted["states"])}
    if wanted.get("scopes") is not None:
        built["scopes"] = {"$in": list(wanted["scopes"])}
    if wanted.get("text"):
        built[wanted.get("text_in", "words")] = {"$all": query_words(wanted["text"])}
    if wanted.get("change_pending"):
        built["profile_change.state"] = ChangeState.PENDING.value
    return built
