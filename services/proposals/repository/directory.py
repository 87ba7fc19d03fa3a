"""Members, sessions and handling units, as the members service last told."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.details import Session
from services.proposals.domain.kinds import PROPOSING, ProposerType
from services.proposals.repository.indexes import (
    MEMBERS,
    SESSIONS,
    THEMES,
    UNITS,
    UP,
)
from shared.persistence import Database
from shared.persistence.snapshots import keep_newest

HANDLES = {"$ne": False}  # of what was told before decision 57 the kind alone said it


class Directory:
    """What proposals keeps of the members service, as codes (projections)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_member(self, member_id: str, version: int, row: Mapping[str, Any]) -> None:
        """A full-state snapshot; an older one never overwrites a newer one (decision 4)."""
        self._snapshot(MEMBERS, member_id, version, row)

    def note_session(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        self._snapshot(SESSIONS, key, version, row)

    def note_unit(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        self._snapshot(UNITS, key, version, row)

    def note_themes(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        self._snapshot(THEMES, key, version, row)

    def themes(self, year: int) -> set[str]:
        """The themes of the year's work plan, once it is adopted."""
        rows = self._database.projection(THEMES).find({"year": year}, {"themes": 1})
        return {theme for row in rows for theme in row["themes"]}

    def active_units(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that are in being and may be asked to handle."""
        return self._units({"_id": {"$in": list(ids)}, "is_active": True, "handles": HANDLES})

    def may_not_handle(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that are in being, but not asked to handle (decision 57)."""
        return self._units({"_id": {"$in": list(ids)}, "is_active": True, "handles": False})

    def kind_of(self, organisation_id: str) -> str | None:
        return self._told(organisation_id, "kind")

    def side_of(self, unit: str) -> str | None:
        return self._told(unit, "side")

    def _told(self, organisation_id: str, name: str) -> str | None:
        row = self._database.projection(UNITS).find_one({"_id": organisation_id}, {name: 1})
        return row.get(name) if row else None

    def _units(self, query: dict[str, Any]) -> set[str]:
        return {row["_id"] for row in self._database.projection(UNITS).find(query, {"_id": 1})}

    def plenary_ends(self) -> dict[tuple[int, int], datetime]:
        """(term, session) → end of its plenary."""
        rows = self._database.projection(SESSIONS).find({}, {"term": 1, "no": 1, "plenary_to": 1})
        return {(row["term"], row["no"]): row["plenary_to"] for row in rows}

    def memberships(self, person_id: str) -> set[str]:
        """Member ids of the person, of all terms (V15)."""
        found = self._database.projection(MEMBERS).find({"person_id": person_id}, {"_id": 1})
        return {row["_id"] for row in found}

    def same_persons(self, member_ids: Collection[str]) -> set[str]:
        """These, and the memberships of the same persons in other terms (decision 40)."""
        members = self._database.projection(MEMBERS)
        persons = members.distinct("person_id", {"_id": {"$in": list(member_ids)}})
        return {*member_ids, *members.distinct("_id", {"person_id": {"$in": persons}})}

    def groups(self, member_id: str) -> dict[str, Any]:
        row = self._database.projection(MEMBERS).find_one({"_id": member_id})
        return dict(row["groups"]) if row else {}

    def proposing(self, organisation: str) -> ProposerType | None:
        """As what an organisation in being proposes; None for one that does not."""
        row = self._database.projection(UNITS).find_one({"_id": organisation, "is_active": True})
        kind = row.get("kind") if row else None
        return ProposerType(kind) if kind in PROPOSING else None

    def party_code(self, organisation: str) -> str | None:
        """The code by which members name this party; None for what is none."""
        row = self._database.projection(UNITS).find_one({"_id": organisation})
        return row.get("party") if row else None

    def session_at(self, at: datetime) -> Session:
        """The newest session that has opened, else the first to come; NoSession without any."""
        sessions = self._database.kept(SESSIONS).get("all", self._sessions)
        if not sessions:
            raise errors.NoSession
        opened = [session for session in sessions if session.opens_at <= at]
        return opened[-1] if opened else sessions[0]

    def _sessions(self) -> list[Session]:
        """All, in the order of their opening: a term has five."""
        names = [field.name for field in dataclasses.fields(Session)]
        rows = self._database.projection(SESSIONS).find({}).sort("opens_at", UP)
        return [Session(**{name: row[name] for name in names}) for row in rows]

    def _snapshot(self, name: str, key: str, version: int, row: Mapping[str, Any]) -> None:
        keep_newest(self._database.projection(name), key, version, row)
        self._database.kept(name).drop()
