"""The sign-in audit: append-only, in real time, without passwords, codes or typed names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.call import Call
from shared.ids import new_id
from shared.persistence import Audit, Database, page
from shared.persistence.audit import AuditKind, AuditOutcome

Document = dict[str, Any]
ORDER = [("at", -1), ("_id", -1)]
OPEN_FIELDS = ("at", "account_id", "kind", "role")
CONTENT_FIELDS = ("code", "session_id", "by_account_id", "by_role", "details", "correlation_id")
FAILED = frozenset({"FAILURE", "LOCKED", "TOKEN_REUSED"})


class Journal:
    """Writes and lists; nothing here can change or remove an entry."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection("sign_in_audit")
        self._audit = Audit(database)

    def record(
        self,
        call: Call,
        kind: str,
        account_id: str | None,
        at: datetime,
        *,
        role: str | None = None,
        code: str | None = None,
        session_id: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """One entry; `account_id` is None for an unknown name, which is itself never stored."""
        self._rows.insert_one(
            {
                "_id": new_id(),
                "at": at,
                "kind": kind,
                "account_id": account_id,
                "role": role,
                "code": code,
                "session_id": session_id,
                "by_account_id": call.actor.account_id,
                "by_role": call.actor.role.value,
                "details": dict(details or {}),
                "correlation_id": call.correlation_id,
            }
        )
        self._audit.record(
            call,
            f"sign_in_{kind.lower()}",
            account_id,
            AuditKind.SIGN_IN,
            of="Account",
            outcome=AuditOutcome.REFUSED if kind in FAILED else AuditOutcome.ALLOWED,
            code=code,
            account_id=call.actor.account_id or account_id,
            role=role,
        )

    def listed(
        self,
        wanted: Mapping[str, Any],
        first: int,
        after: str | None,
        *,
        content: bool,
        only: str | None = None,
    ) -> Document:
        """{"rows", "has_next"}, newest first; without `content` only who, what and when.

        only: the account whose entries alone are seen.
        """
        names = OPEN_FIELDS + (CONTENT_FIELDS if content else ())
        fields = dict.fromkeys(names, 1)
        return page(self._rows, _query(wanted, only), ORDER, first, after, fields)

    def count(self, wanted: Mapping[str, Any], *, only: str | None = None) -> int:
        return self._rows.count_documents(_query(wanted, only))


def _query(wanted: Mapping[str, Any], only: str | None) -> Document:
    """wanted: account_id, kind, since, until; all optional."""
    query: Document = {
        key: wanted[key] for key in ("account_id", "kind") if wanted.get(key) is not None
    }
    bounds = {"$gte": wanted.get("since"), "$lt": wanted.get("until")}
    span = {operator: moment for operator, moment in bounds.items() if moment is not None}
    if span:
        query["at"] = span
    return query if only is None else {"$and": [{"account_id": only}, query]}
