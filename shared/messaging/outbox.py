"""The pending events of one service's database: found, logged, published, removed (decision 2).

Among them stand entries of the audit, which go into its collection instead.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from shared.clock import SHANGHAI
from shared.logging import get_logger
from shared.persistence import audit
from shared.persistence.database import HAS_PENDING, OUTBOX_INDEX, Document

AT_ONCE = 100  # aggregates whose events are logged, and then removed, by one write
DUPLICATE_KEY = 11000
OLDEST: list[Document] = [
    {"$match": HAS_PENDING},
    {"$group": {"_id": None, "time": {"$min": {"$first": "$pending_events.time"}}}},
]
log = get_logger(__name__)


class Outbox:
    """The pending events of one database."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database
        self._log = database["event_log"]
        self.collections: list[str] = []
        self._known: set[str] = set()

    def refresh(self) -> None:
        """Find the collections that carry pending events: those with the outbox index."""
        self._known = set(self._database.list_collection_names())
        self.collections = [
            name for name in self._known if OUTBOX_INDEX in self._database[name].index_information()
        ]

    def concerns(self, collection: str) -> bool:
        """Whether `collection` may hold pending events."""
        if collection not in self._known:
            self.refresh()
        return collection in self.collections

    def drain(self, publish: Callable[[Document], None]) -> None:
        """Publish all that is pending."""
        for name in self.collections:
            self.drain_of(name, publish)

    def drain_of(self, name: str, publish: Callable[[Document], None]) -> None:
        """Publish all that is pending in one collection, AT_ONCE aggregates together."""
        collection = self._database[name]
        found = AT_ONCE
        while found == AT_ONCE:
            wanted = collection.find(HAS_PENDING, {"pending_events": 1}, hint=OUTBOX_INDEX)
            pending = list(wanted.limit(AT_ONCE))
            found = len(pending)
            if pending:
                self._publish_of(collection, publish, pending)

    def _publish_of(
        self,
        collection: Collection[Document],
        publish: Callable[[Document], None],
        pending: list[Document],
    ) -> None:
        """The events of some aggregates, in the log first, each after the confirm of the former."""
        waiting = [item for doc in pending for item in doc["pending_events"]]
        self._write_to_log([item for item in waiting if audit.PENDING not in item])
        audit.keep(
            self._database[audit.COLLECTION],
            [item[audit.PENDING] for item in waiting if audit.PENDING in item],
        )
        confirmed: dict[Any, list[str]] = {}
        try:
            for doc in pending:
                for event in doc["pending_events"]:
                    if audit.PENDING not in event:
                        publish(event)
                    confirmed.setdefault(doc["_id"], []).append(event["id"])
        finally:
            if confirmed:
                # The version stays: removing what is published is no edit of the aggregate.
                collection.bulk_write(
                    [
                        UpdateOne({"_id": key}, {"$pull": {"pending_events": {"id": {"$in": ids}}}})
                        for key, ids in confirmed.items()
                    ],
                    ordered=False,
                )

    def _write_to_log(self, events: list[Document]) -> None:
        now = time.time()
        rows = [
            {"_id": event["id"], **event, "logged_at": now + number / 1_000_000}  # in their order
            for number, event in enumerate(events)
        ]
        if not rows:
            return
        try:
            self._log.insert_many(rows, ordered=False)
        except BulkWriteError as error:
            others = [e for e in error.details["writeErrors"] if e["code"] != DUPLICATE_KEY]
            if others or error.details["writeConcernErrors"]:
                raise
            log.debug("logged_before")  # published before, or written before a crash

    def age(self) -> float:
        """Seconds since the oldest pending event was written; 0 if there is none."""
        if not self.collections:
            self.refresh()
        oldest = [
            datetime.fromisoformat(row["time"])
            for name in self.collections
            for row in self._database[name].aggregate(OLDEST, hint=OUTBOX_INDEX)
        ]
        return max(((datetime.now(SHANGHAI) - at).total_seconds() for at in oldest), default=0.0)
