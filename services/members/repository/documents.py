"""Memberships and persons ↔ documents. A document's keys are the keys of rows on the wire, so
that lists go out as they are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from enum import Enum
from typing import Any

from services.members.domain.membership import OWN_FIELDS, JoinedVia, Membership, Stage
from services.members.domain.person import Person
from services.members.domain.placement import Affiliation, Placement
from services.members.domain.posts import Post, PostKind
from services.members.domain.profile import ChangeState, ProfileChange
from services.members.domain.states import State
from services.members.repository.words import name_parts, text_words

Document = dict[str, Any]

PLAIN = (
    "member_no",
    "person_id",
    "term",
    "name",
    "gender",
    "ethnic_group",
    *OWN_FIELDS,
    "joined_on",
    "ended_on",
)


def membership_document(membership: Membership, sector: Mapping[str, Any]) -> Document:
    """All fields, and those that lists search by; sector: its row."""
    placement = membership.placement
    change = membership.profile_change
    searched = (membership.work_unit, membership.title, *membership.skills)
    return {
        "_id": membership.id,
        **{name: getattr(membership, name) for name in PLAIN},
        "affiliation": placement.affiliation.value,
        "party": placement.party,
        "sector": dict(sector),
        "sector_group": placement.sector_group,
        "committees": list(placement.committees),
        "town": placement.town,
        "organisations": list(placement.organisations),
        "scopes": placement.scopes,
        "posts": [post.as_data() for post in membership.posts],
        "seats": membership.seats,
        "standing": membership.standing,
        "new": membership.new,
        "state": membership.state.value,
        "open": membership.open,
        "joined_via": membership.joined_via and membership.joined_via.value,
        "history": [_plain(asdict(stage)) for stage in membership.history],
        "profile_change": change and _plain(asdict(change)),
        **searched_words(membership.name, membership.member_no, searched),
        "version": membership.version,
        "commands": membership.commands,
    }


def searched_words(name: str, member_no: str, texts: Iterable[str | None]) -> Document:
    """What lists search by; texts: work unit, title and skills."""
    parts = name_parts(name)
    return {"name_words": parts, "words": sorted({member_no, *parts, *text_words(texts)})}


def membership_of(doc: Mapping[str, Any]) -> Membership:
    """The aggregate of a stored document."""
    return Membership(
        id=doc["_id"],
        **{name: doc[name] for name in PLAIN if name in doc},
        placement=Placement(
            sector=doc["sector"]["code"],
            affiliation=Affiliation(doc["affiliation"]),
            sector_group=doc["sector_group"],
            committees=tuple(doc["committees"]),
            town=doc["town"],
            organisations=tuple(doc["organisations"]),
        ),
        posts=[Post(PostKind(row["post"]), row.get("organisation")) for row in doc["posts"]],
        state=State(doc["state"]),
        joined_via=JoinedVia(doc["joined_via"]) if doc["joined_via"] else None,
        history=[stage_of(row) for row in doc["history"]],
        profile_change=_change_of(doc["profile_change"]),
        version=doc["version"],
        commands=list(doc.get("commands", ())),
    )


def stage_of(row: Mapping[str, Any]) -> Stage:
    return Stage(**{**row, "state": State(row["state"])})


def person_document(person: Person) -> Document:
    doc = asdict(person)
    doc["_id"] = doc.pop("id")
    return doc


def person_of(doc: Mapping[str, Any]) -> Person:
    return Person(
        id=doc["_id"], **{name: doc[name] for name in Person.__dataclass_fields__ if name != "id"}
    )


def _change_of(row: Mapping[str, Any] | None) -> ProfileChange | None:
    if row is None:
        return None
    changes = dict(row["changes"])
    if "affiliation" in changes:
        changes["affiliation"] = Affiliation(changes["affiliation"])
    return ProfileChange(**{**row, "changes": changes, "state": ChangeState(row["state"])})


def _plain(row: Mapping[str, Any]) -> Document:
    """Enum members as their values, also one level down."""
    return {
        key: _plain(value)
        if isinstance(value, dict)
        else (value.value if isinstance(value, Enum) else value)
        for key, value in row.items()
    }
