"""Group codes of members and sessions, as the members service last told."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.details import Session
from services.proposals.repository.indexes import DOWN, MEMBERS, SESSIONS, UP
from shared.persistence import Database


class Directory:
    """What proposals keeps of the members service: group codes and sessions (projections)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_member(self, member_id: str, version: int, row: Mapping[str, Any]) -> None:
        """A full-state snapshot; an older one never overwrites a newer one (decision 4)."""
        self._snapshot(MEMBERS, member_id, version, row)

    def note_session(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        self._snapshot(SESSIONS, key, version, row)

    def groups(self, member_id: str) -> dict[str, Any]:
        row = self._database.projection(MEMBERS).find_one({"_id": member_id})
        return dict(row["groups"]) if row else {}

    def session_at(self, at: datetime) -> Session:
        """The newest session that has opened, else the first to come; NoSession without any."""
        sessions = self._database.projection(SESSIONS)
        row = sessions.find_one({"opens_at": {"$lte": at}}, sort=[("opens_at", DOWN)])
        row = row or sessions.find_one({}, sort=[("opens_at", UP)])
        if row is None:
            raise errors.NoSession
        return Session(**{f.name: row[f.name] for f in dataclasses.fields(Session)})

    def _snapshot(self, name: str, key: str, version: int, row: Mapping[str, Any]) -> None:
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, version]}
        fresh = {"$literal": {"_id": key, "version": version, **row}}
        self._database.projection(name).update_one(
            {"_id": key},
            [{"$replaceWith": {"$cond": [newer, fresh, "$$ROOT"]}}],
            upsert=True,
        )
