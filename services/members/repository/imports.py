"""Imports of a roster and their rows in MongoDB.

A row's `steps` hold private data, so they go when the row is done, and the whole of an import that
is never applied after CHECK_HOLDS; the report without them stays for REPORT_STAYS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Protocol

from pymongo import ASCENDING, IndexModel, ReturnDocument

from services.members.domain.errors import ImportNotFound
from services.members.domain.imports import ImportState, RosterImport
from services.members.domain.rows import Action, Outcome, Plan, SheetRow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence import Aggregates, Database, execute, page

Document = dict[str, Any]

IMPORTS, ROWS = "roster_imports", "roster_import_rows"
CHECK_HOLDS = timedelta(days=7)
REPORT_STAYS = timedelta(days=30)  # as long as command ids hold (decision 7)
LEASE = timedelta(seconds=30)  # of the replica that works on an import
EXPIRES = IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)
INDEXES = {
    IMPORTS: [
        IndexModel([("state", ASCENDING)]),
        EXPIRES,
    ],
    ROWS: [
        IndexModel([("import_id", ASCENDING), ("number", ASCENDING)]),
        IndexModel([("import_id", ASCENDING), ("action", ASCENDING), ("number", ASCENDING)]),
        IndexModel([("import_id", ASCENDING), ("outcome", ASCENDING), ("number", ASCENDING)]),
        EXPIRES,
    ],
}
# Of rows that have nothing to apply.
WITHOUT_STEPS = {Action.ERROR: Outcome.SKIPPED, Action.UNCHANGED: Outcome.NOTHING}
IN_ORDER = [("number", ASCENDING)]


class Cipher(Protocol):
    """Seals what of a row is sealed at rest, and opens it (cipher.py)."""

    def seal_within(self, value: Any) -> Any: ...

    def open_within(self, value: Any) -> Any: ...


class Imports:
    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._cipher = cipher
        self._aggregates = Aggregates(database, IMPORTS)
        self._rows = database.collection(ROWS)

    def get(self, import_id: str) -> RosterImport:
        """Raises ImportNotFound."""
        doc = self._aggregates.get(import_id)
        if doc is None:
            raise ImportNotFound
        return _import_of(doc)

    def expired(self, import_id: str) -> bool:
        """Whether the rows may have gone already; the database removes them within a minute."""
        doc = self._aggregates.get(import_id)
        return doc is None or doc["expires_at"] <= _real()

    # -- writing ---------------------------------------------------------------------------

    def run(self, call: Call, use_case: Callable[[], str]) -> str:
        return execute(call, self._aggregates, use_case)

    def add(
        self, call: Call, made: RosterImport, rows: Iterable[tuple[SheetRow, Plan]], at: datetime
    ) -> None:
        """The rows first: what a crash leaves behind expires, and no import lacks a row."""
        expires_at = _real() + CHECK_HOLDS
        docs = [
            self._cipher.seal_within(_row_document(made.id, row, plan, expires_at))
            for row, plan in rows
        ]
        self._rows.insert_many(docs, ordered=False)
        self._aggregates.insert(call, {**_document(made), "expires_at": expires_at}, [], at)

    def edit(
        self, call: Call, import_id: str, at: datetime, change: Callable[[RosterImport], object]
    ) -> str:
        """Load, `change` and save; not saved if the change returns False. Its id."""

        def once() -> str:
            made = self.get(import_id)
            if change(made) is not False:
                doc = {**_document(made), "expires_at": _real() + REPORT_STAYS}
                self._aggregates.save(call, doc, made.version, [], at)
            return import_id

        return self.run(call, once)

    # -- working ---------------------------------------------------------------------------

    def claim(self) -> RosterImport | None:
        """An import that is to be worked on, held for LEASE; None if there is none."""
        now = _real()
        doc = self._aggregates.collection.find_one_and_update(
            {"state": ImportState.APPLYING.value, "lease_until": {"$not": {"$gt": now}}},
            {"$set": {"lease_until": now + LEASE}},
            return_document=ReturnDocument.AFTER,
        )
        return _import_of(doc) if doc else None

    def release(self, import_id: str) -> None:
        self._aggregates.collection.update_one({"_id": import_id}, {"$unset": {"lease_until": ""}})

    def settle(self, import_id: str) -> None:
        """The rows without steps are done; the others stay as long as the report."""
        for action, outcome in WITHOUT_STEPS.items():
            self._rows.update_many(
                {"import_id": import_id, "action": action.value, "outcome": None},
                {"$set": {"outcome": outcome.value}},
            )
        now = _real()
        self._rows.update_many(
            {"import_id": import_id, "expires_at": {"$lt": now + CHECK_HOLDS}},
            {"$set": {"expires_at": now + REPORT_STAYS}},
        )

    def waiting(self, import_id: str, most: int) -> list[Document]:
        """Rows that are not done, in the order of the sheet."""
        wanted = {"import_id": import_id, "outcome": None}
        found = self._rows.find(wanted).sort(IN_ORDER).limit(most)
        return [self._cipher.open_within(row) for row in found]

    def start_row(self, row_id: str) -> bool:
        """Note that the row is begun; False if it is done."""
        wanted = {"_id": row_id, "outcome": None}
        return bool(self._rows.update_one(wanted, {"$set": {"started": True}}).matched_count)

    def refuse_row(self, row_id: str, problems: Iterable[Any]) -> None:
        """It is not done; unless it has been begun."""
        self._end_row({"_id": row_id, "started": {"$exists": False}}, Outcome.REFUSED, problems)

    def finish_row(self, row_id: str, outcome: Outcome, problems: Iterable[Any] = ()) -> None:
        self._end_row({"_id": row_id}, outcome, problems)

    def _end_row(self, wanted: Document, outcome: Outcome, problems: Iterable[Any]) -> None:
        self._rows.update_one(
            {**wanted, "outcome": None},
            {
                "$set": {"outcome": outcome.value, "problems": list(problems)},
                "$unset": {"steps": "", "values": ""},
            },
        )

    # -- reading ---------------------------------------------------------------------------

    def outcomes(self, import_id: str) -> dict[str, int]:
        """Rows that are done, by outcome."""
        stages = [
            {"$match": {"import_id": import_id, "outcome": {"$ne": None}}},
            {"$group": {"_id": "$outcome", "count": {"$sum": 1}}},
        ]
        return {doc["_id"]: doc["count"] for doc in self._rows.aggregate(stages)}

    def rows(
        self, wanted: Mapping[str, Any], import_id: str, first: int, after: str | None
    ) -> Document:
        """A page of rows in the order of the sheet; wanted: "actions", "outcomes"."""
        hidden = dict.fromkeys(("steps", "values", "expires_at", "started"), 0)
        return page(self._rows, _query(import_id, wanted), IN_ORDER, first, after, hidden)

    def count_rows(self, wanted: Mapping[str, Any], import_id: str) -> int:
        return self._rows.count_documents(_query(import_id, wanted))


def _query(import_id: str, wanted: Mapping[str, Any]) -> Document:
    fields = {"actions": "action", "outcomes": "outcome"}
    given = {f: {"$in": list(wanted[name])} for name, f in fields.items() if wanted.get(name)}
    if (warned := wanted.get("warned")) is not None:
        given["warnings.0"] = {"$exists": warned}
    return {"import_id": import_id, **given}


def _document(made: RosterImport) -> Document:
    doc = asdict(made)
    return {**doc, "_id": doc.pop("id"), "state": made.state.value}


def _import_of(doc: Mapping[str, Any]) -> RosterImport:
    fields = {name: doc[name] for name in RosterImport.__dataclass_fields__ if name in doc}
    return RosterImport(**{**fields, "id": doc["_id"], "state": ImportState(doc["state"])})


def _row_document(import_id: str, row: SheetRow, plan: Plan, expires_at: datetime) -> Document:
    return {
        "_id": f"{import_id}:{row.number:05d}",
        "import_id": import_id,
        "number": row.number,
        "member_no": row.member_no,
        "name": row.values.get("name"),
        "member_id": plan.member_id,
        "action": plan.action.value,
        "fields": list(plan.fields),
        "problems": list(plan.problems),
        "warnings": list(plan.warnings),
        "values": row.values,
        "steps": steps_data(plan),
        "outcome": None,
        "expires_at": expires_at,
    }


def steps_data(plan: Plan) -> list[Document]:
    return [{"do": step.do.value, "arguments": step.arguments} for step in plan.steps]


def _real() -> datetime:
    return datetime.now(SHANGHAI)
