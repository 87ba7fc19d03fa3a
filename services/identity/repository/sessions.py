"""Sessions and their refresh tokens. Of a token only its hash is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.identity.domain.sessions import RefreshToken, Session
from shared.call import Call
from shared.contracts import names
from shared.errors import Conflict
from shared.persistence import Aggregates, Database
from shared.persistence.database import Document


def hashed(secret: str) -> str:
    """Tokens are 256 random bits: a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Sessions:
    """The sessions of one database; all times real."""

    def __init__(self, database: Database) -> None:
        self._kept = Aggregates(database, "sessions")
        self._sessions = database.collection("sessions")
        self._tokens = database.collection("refresh_tokens")

    def start(self, session: Session) -> None:
        self._sessions.insert_one(
            {
                "_id": session.id,
                "account_id": session.account_id,
                "grant_id": session.grant_id,
                "created_at": session.created_at,
                "expires_at": session.expires_at,
                "ended_at": None,
                "end_reason": None,
                "agent": session.agent,
                "strong": session.strong,
                "version": 1,
            }
        )

    def get(self, session_id: str) -> Session | None:
        row = self._sessions.find_one({"_id": session_id})
        return _session(row) if row else None

    def open_of(self, account_id: str, at: datetime) -> list[Session]:
        """The sessions of an account that have not ended, the one used last first."""
        wanted = {"account_id": account_id, "ended_at": None, "expires_at": {"$gt": at}}
        found = [_session(row) for row in self._sessions.find(wanted)]
        newest = {"session_id": {"$in": [session.id for session in found]}, "used": False}
        used = {row["session_id"]: row.get("issued_at") for row in self._tokens.find(newest)}
        told = [replace(s, used_at=used.get(s.id) or s.created_at) for s in found]
        return sorted(told, key=lambda s: (s.used_at or s.created_at, s.id), reverse=True)

    def strengthen(self, session_id: str) -> None:
        """Its owner has just set up the second factor in it."""
        self._sessions.update_one({"_id": session_id}, {"$set": {"strong": True}})

    def act_as(self, session_id: str, grant_id: str) -> None:
        """The session's acting role from now on."""
        former = {"$setUnion": [{"$ifNull": ["$acted", []]}, ["$grant_id"]]}
        self._sessions.update_one(
            {"_id": session_id}, [{"$set": {"acted": former, "grant_id": grant_id}}]
        )

    # -- refresh tokens --------------------------------------------------------------------

    def put_token(self, secret: str, session: Session, at: datetime, expires_at: datetime) -> None:
        """Store a token unless it stands; those before it in the session are no longer good."""
        key = hashed(secret)
        self._tokens.update_many(
            {"session_id": session.id, "used": False, "_id": {"$ne": key}},
            {"$set": {"used": True}},
        )
        fresh = {
            "session_id": session.id,
            "account_id": session.account_id,
            "issued_at": at,
            "expires_at": expires_at,
            "used": False,
        }
        self._tokens.update_one({"_id": key}, {"$setOnInsert": fresh}, upsert=True)

    def take_token(self, secret: str, at: datetime, salt: str) -> RefreshToken | None:
        """The token as it was, marked used in the same step: of two at once one finds it used,
        with the moment and the salt of the other."""
        key = {"_id": hashed(secret)}
        taken = {"used": True, "used_at": at, "salt": salt}
        row = self._tokens.find_one_and_update({**key, "used": False}, {"$set": taken})
        row = row or self._tokens.find_one(key)
        if row is None:
            return None
        return RefreshToken(
            row["session_id"],
            row["account_id"],
            row["expires_at"],
            row["used"],
            row.get("used_at"),
            row.get("salt"),
        )

    def used(self, secret: str) -> bool:
        """Whether a newer token took the place of this one."""
        return self._tokens.find_one({"_id": hashed(secret), "used": True}, {"_id": 1}) is not None

    def ended_since(self, since: datetime) -> list[str]:
        """The ids of the sessions that ended at or after `since`."""
        rows = self._sessions.find({"ended_at": {"$gte": since}}, {"_id": 1})
        return [row["_id"] for row in rows]

    # -- ending ----------------------------------------------------------------------------

    def end(self, call: Call, session_id: str, reason: str, at: datetime) -> bool:
        """End one session with its whole family of tokens; False if it was ended before."""
        return self._end(call, {"_id": session_id}, reason, at) == 1

    def end_all(
        self, call: Call, account_id: str, reason: str, at: datetime, keep: str | None = None
    ) -> int:
        """End all sessions of an account, but for `keep`; answers how many."""
        others = {"_id": {"$ne": keep}} if keep else {}
        return self._end(call, {"account_id": account_id, **others}, reason, at)

    def end_outside(
        self, call: Call, account_id: str, grant_ids: Collection[str], reason: str, at: datetime
    ) -> int:
        """End the sessions that act or acted in any other grant; answers how many."""
        other = {"$nin": list(grant_ids)}
        lost = [{"grant_id": other}, {"acted": {"$elemMatch": other}}]
        return self._end(call, {"account_id": account_id, "$or": lost}, reason, at)

    def _end(self, call: Call, which: Mapping[str, Any], reason: str, at: datetime) -> int:
        """Each with its event, which every service hears."""
        unnumbered = {**which, "ended_at": None, "version": None}  # begun before events were told
        self._sessions.update_many(unnumbered, {"$set": {"version": 1}})
        open_ones = list(self._sessions.find({**which, "ended_at": None}))
        return sum(self._end_one(call.without_command(), row, reason, at) for row in open_ones)

    def _end_one(self, call: Call, row: Document, reason: str, at: datetime) -> bool:
        told = {"account_id": row["account_id"], "session_id": row["_id"], "reason": reason}
        ended = {"_id": row["_id"], "ended_at": at, "end_reason": reason}
        try:
            self._kept.save(call, ended, row["version"], [(names.ACCOUNT_SESSION_ENDED, told)], at)
        except Conflict:
            return False  # another was faster
        return True


def _session(row: Mapping[str, Any]) -> Session:
    return Session(
        row["_id"],
        row["account_id"],
        row["grant_id"],
        row["created_at"],
        row["expires_at"],
        row["ended_at"],
        tuple(row.get("acted", ())),
        row.get("agent", ""),
        strong=row.get("strong", False),
    )
