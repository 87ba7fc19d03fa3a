"""Work across cases: a row for each unit's share (`shares`) and for each promise (`promises`).

They are written with the proposal, in its transaction, so that a list shows what was done the
moment before. No index over lists within proposals could order rows that are parts of them.
"""

from __future__ import annotations

from datetime import datetime

from pymongo import DeleteMany, ReplaceOne
from pymongo.client_session import ClientSession

from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import CommitmentStatus
from services.proposals.repository.documents import converter
from services.proposals.repository.indexes import DOWN, PROMISES, SHARES, UP
from shared.persistence import Database, page
from shared.persistence.database import Document

ORDERS = {
    SHARES: {
        "DUE": [("due_at", UP), ("_id", UP)],
        "DUE_DESC": [("due_at", DOWN), ("_id", DOWN)],
    },
    PROMISES: {
        "DUE": [("due_on", UP), ("_id", UP)],
        "DUE_DESC": [("due_on", DOWN), ("_id", DOWN)],
    },
}


class Worklists:
    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, proposal: Proposal, session: ClientSession | None = None) -> None:
        """The rows as the proposal is now; a share that was handed back has none."""
        for name, rows in rows_of(proposal).items():
            gone = {"proposal_id": proposal.id, "_id": {"$nin": [row["_id"] for row in rows]}}
            writes = [ReplaceOne({"_id": row["_id"]}, row, upsert=True) for row in rows]
            if rows or name == SHARES:
                collection = self._database.collection(name)
                collection.bulk_write([DeleteMany(gone), *writes], ordered=False, session=session)

    def page(
        self, name: str, query: Document, order_by: str, first: int, after: str | None
    ) -> Document:
        order = ORDERS[name][order_by]
        return page(self._database.collection(name), query, order, first, after)

    def count(self, name: str, query: Document) -> int:
        return self._database.collection(name).count_documents(query)

    def board(self, query: Document, today: datetime, until: datetime) -> dict[str, Document]:
        """Unit → how many of its rows that fit `query` are of each kind; `until`: of what is soon.

        What was due before `today` is overdue. Only what is open is looked at.
        """
        counts = {
            "open": True,
            "due_soon": _between("$due_at", today, until),
            "overdue": _between("$due_at", None, today),
            "return_asked": "$return_open",
            "extension_asked": "$extension_open",
            "urged": {"$gt": [{"$size": "$urgings"}, 0]},
        }
        owed = {"unsettled": True, "claimed": False, "due_on": {"$lt": until.date().isoformat()}}
        boards = self._counted(SHARES, {"open": True, **query}, counts)
        for unit, found in self._counted(
            PROMISES, {**owed, **query}, {"promises_due": True}
        ).items():
            boards.setdefault(unit, {}).update(found)
        return boards

    def _counted(self, name: str, query: Document, counts: Document) -> dict[str, Document]:
        ones = {key: {"$sum": {"$cond": [test, 1, 0]}} for key, test in counts.items()}
        stages = [{"$match": query}, {"$group": {"_id": "$unit", **ones}}]
        return {row.pop("_id"): row for row in self._database.collection(name).aggregate(stages)}


def rows_of(proposal: Proposal) -> dict[str, list[Document]]:
    """By collection. `open`: still to be done; `unsettled`: to be kept, or decided about."""
    case = {"proposal_id": proposal.id, "term": proposal.term, "side": proposal.side}
    shares = [
        {
            "_id": f"{proposal.id}:{share.no}",
            **case,
            **converter.unstructure(share),
            "open": proposal.waits_for(share),
            "return_open": share.return_open,
            "extension_open": share.open_extension is not None,
        }
        for share in proposal.assignments
        if share.standing
    ]
    promises = [
        {
            "_id": f"{proposal.id}:{promise.no}",
            **case,
            **converter.unstructure(promise),
            "unsettled": promise.settled_at is None,
            "claimed": promise.status is CommitmentStatus.CLAIMED,
        }
        for promise in proposal.commitments
    ]
    return {SHARES: shares, PROMISES: promises}


def _between(field: str, since: datetime | None, before: datetime) -> Document:
    return {"$and": [*([{"$gte": [field, since]}] if since else []), {"$lt": [field, before]}]}
