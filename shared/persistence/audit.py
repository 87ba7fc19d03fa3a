"""The append-only audit of a service: who did what, or was refused it, and who looked at private
data or signed in (decisions 18, 51).

A command's entry stands in the aggregate's own write, beside its events; the relay moves it into
the collection, so that no command is done without it (docs/adr/0029). What is no write of an
aggregate is recorded here directly. The server drops entries after KEPT; nothing else removes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import BulkWriteError

from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.labels import Labelled
from shared.persistence.paging import page

if TYPE_CHECKING:
    from pymongo.collection import Collection

    from shared.persistence.database import Database

Document = dict[str, Any]
COLLECTION = "audit"
PENDING = "audit"  # the part of a pending entry that makes it one of the audit, and no event
KEPT = timedelta(days=400)
LATEST = [("at", DESCENDING), ("_id", DESCENDING)]
INDEXES = [
    IndexModel(LATEST),
    *(
        IndexModel([(field, ASCENDING), *LATEST])
        for field in ("account_id", "action", "kind", "subject")
    ),
    IndexModel([("at", ASCENDING)], name="kept", expireAfterSeconds=int(KEPT.total_seconds())),
]
# Particulars may be content, and are for whoever runs the server.
SHOWN = {
    name: 1
    for name in (
        *("at", "kind", "account_id", "role", "action", "subject", "of"),
        *("outcome", "code", "correlation_id"),
    )
}
DUPLICATE_KEY = 11000


class AuditKind(Labelled):
    """审计事项的种类。Kind of an entry of the audit."""

    COMMAND = "COMMAND", "操作", "Something was done"
    REFUSAL = "REFUSAL", "越权被拒", "Somebody was refused what he may not do"
    SIGN_IN = "SIGN_IN", "登录", "Sign-in, sign-out, password or lock"
    LOOK = "LOOK", "查看隐私", "A look at private data, or at this audit"
    EXPORT = "EXPORT", "导出", "An export was asked for"
    DOWNLOAD = "DOWNLOAD", "下载", "A file was downloaded"


class AuditOutcome(Labelled):
    """审计事项的结果。Whether it was done."""

    ALLOWED = "ALLOWED", "完成", "Done"
    REFUSED = "REFUSED", "被拒", "Refused"


def entry(
    call: Call,
    kind: AuditKind,
    action: str,
    subject: str | None,
    *,
    of: str | None = None,
    outcome: str = AuditOutcome.ALLOWED,
    code: str | None = None,
    account_id: str | None = None,
    role: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> Document:
    """One entry, in real time; a command has one, however often it is sent.

    of: the type of the record that `subject` names, a command's own unless told; account_id, role:
    whose it is, if not the actor's.
    """
    once = kind is AuditKind.COMMAND and call.command is not None
    account = account_id or call.actor.account_id
    return {
        "_id": call.command.key if once and call.command else new_id(),
        "at": datetime.now(SHANGHAI),
        "kind": kind.value,
        "account_id": account,
        # Sign-ins are for the auditor, and for whose they are; one of an unknown name is nobody's.
        "only_for": (account or "") if kind is AuditKind.SIGN_IN else None,
        "role": role or call.actor.role.value,
        "action": action,
        "subject": subject,
        "of": of or (call.act.of if call.act and kind is AuditKind.COMMAND else None),
        "outcome": str(outcome),
        "code": code,
        "details": dict(details or {}),
        "correlation_id": call.correlation_id,
    }


def pending(call: Call, record_id: str) -> list[Document]:
    """The entry of this command for the write of the record that it changes; none for what no
    person's command is."""
    act = call.act
    if act is None or call.command is None:
        return []
    made = entry(call, AuditKind.COMMAND, act.name, act.subject or record_id)
    return [{"id": made["_id"], "time": made["at"].isoformat(), PENDING: made}]


def keep(collection: Collection[Document], entries: Iterable[Document]) -> None:
    """Store these, those that stand already once."""
    if rows := list(entries):
        try:
            collection.insert_many(rows, ordered=False)
        except BulkWriteError as error:
            others = [e for e in error.details["writeErrors"] if e["code"] != DUPLICATE_KEY]
            if others or error.details["writeConcernErrors"]:
                raise


def renew(collection: Collection[Document]) -> None:
    """Give entries of the version before a kind, and an id that a page can go on from."""
    for row in collection.find({"kind": None}):
        if row["outcome"] == AuditOutcome.REFUSED:
            kind = AuditKind.REFUSAL
        else:
            looked = row["action"].startswith("look_at_")
            kind = AuditKind.LOOK if looked else AuditKind.COMMAND
        keep(collection, [{**row, "_id": str(row["_id"]), "kind": kind.value, "of": None}])
        collection.delete_one({"_id": row["_id"], "kind": None})


class Audit:
    """Writes and lists; nothing here can change or remove an entry."""

    def __init__(self, database: Database) -> None:
        self._entries = database.collection(COLLECTION)

    def record(
        self,
        call: Call,
        action: str,
        subject: str | None,
        kind: AuditKind = AuditKind.COMMAND,
        **more: Any,
    ) -> None:
        """One entry; `more` as for `entry`."""
        keep(self._entries, [entry(call, kind, action, subject, **more)])
        if call.act is not None:
            call.act.noted = True

    def page(self, wanted: Mapping[str, Any], first: int, after: str | None) -> Document:
        """{"rows", "has_next"}, the newest first; wanted: a query of the indexed fields."""
        return page(self._entries, _present(wanted), LATEST, first, after, SHOWN)

    def count(self, wanted: Mapping[str, Any]) -> int:
        return self._entries.count_documents(_present(wanted))


def _present(wanted: Mapping[str, Any]) -> Document:
    """Without what a replica of the version before has written since: `renew` comes to it."""
    return {"$and": [dict(wanted), {"_id": {"$gt": ""}}]}
