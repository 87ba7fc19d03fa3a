"""The pending events of one service's database: found, logged, published, removed (decision 2).

Among them stand entries of the audit, which go into its collection instead.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from pymongo import UpdateOne, WriteConcern
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError

from shared.clock import SHANGHAI
from shared.persistence import audit
from shared.persistence.database import HAS_PENDING, OUTBOX_INDEX, Document

LOOK_SECONDS = 1.0
FULL_REFRESH = 20  # sweeps
AT_ONCE = 100  # aggregates whose events are logged, and then removed, by one write
DUPLICATE_KEY = 11000
# For removals: one that is lost with its primary leaves an event that is published again, as after
# any crash. Nobody waits for a journal then.
LOCAL = WriteConcern(w=1, j=False)
OLDEST: list[Document] = [
    {"$match": HAS_PENDING},
    {"$group": {"_id": None, "time": {"$min": {"$first": "$pending_events.time"}}}},
]
Publish = Callable[[Document], Awaitable[None]]  # done when the broker has confirmed


class Outbox:
    """The pending events of one database."""

    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._database = database
        self._log = database["event_log"]
        self.collections: list[str] = []
        self.doubtful: set[str] = set()  # changed just after they were found to be no outbox
        self._looked: dict[str, float] = {}  # name → when it was found to be none
        self._refreshed: dict[str, bool] = {}  # name → whether it was found to be one
        self._refreshes = 0

    async def refresh(self) -> None:
        """Find the collections that carry pending events: those with the outbox index.

        Of those that have been looked at it is taken as it was, but for each FULL_REFRESH th time:
        one that gets its index later is seen when it changes (`concerns`).
        """
        names = await self._database.list_collection_names()
        known = self._refreshed if self._refreshes % FULL_REFRESH else {}
        self._refreshes += 1
        self._refreshed = {
            name: known[name] if name in known else await self._has_outbox(name) for name in names
        }
        self.collections = [
            name for name in names if self._refreshed[name] or name in self.collections
        ]

    async def _has_outbox(self, collection: str) -> bool:
        return OUTBOX_INDEX in await self._database[collection].index_information()

    async def concerns(self, collection: str) -> bool:
        """Whether `collection` may hold pending events. It is looked at once in LOOK_SECONDS, since
        a service that starts makes collections first and their indexes then."""
        if collection in self.collections:
            return True
        now = time.monotonic()
        if now - self._looked.get(collection, -math.inf) < LOOK_SECONDS:
            self.doubtful.add(collection)
            return False
        self._looked[collection] = now
        self.doubtful.discard(collection)
        if not await self._has_outbox(collection):
            return False
        self.collections.append(collection)
        return True

    async def drain(self, publish: Publish) -> None:
        """Publish all that is pending."""
        for name in self.collections:
            await self.drain_of(name, publish)

    async def drain_of(self, name: str, publish: Publish) -> None:
        """Publish all that is pending in one collection, AT_ONCE aggregates together."""
        collection = self._database[name]
        found = AT_ONCE
        while found == AT_ONCE:
            wanted = collection.find(HAS_PENDING, {"pending_events": 1}, hint=OUTBOX_INDEX)
            pending = await wanted.limit(AT_ONCE).to_list()
            found = len(pending)
            if pending:
                await self._publish_of(collection, publish, pending)

    async def _publish_of(
        self, collection: AsyncCollection[Document], publish: Publish, pending: list[Document]
    ) -> None:
        """The events of some aggregates, in the log first. Those of one aggregate go each after the
        confirm of the former, those of different ones side by side."""
        waiting = [item for doc in pending for item in doc["pending_events"]]
        await self._write_to_log([item for item in waiting if audit.PENDING not in item])
        entries = [item[audit.PENDING] for item in waiting if audit.PENDING in item]
        await _insert_new(self._database[audit.COLLECTION], entries)
        confirmed: dict[Any, list[str]] = {}

        async def publish_all_of(doc: Document) -> None:
            for event in doc["pending_events"]:
                if audit.PENDING not in event:
                    await publish(event)
                confirmed.setdefault(doc["_id"], []).append(event["id"])

        outcomes = await asyncio.gather(*map(publish_all_of, pending), return_exceptions=True)
        if confirmed:
            # The version stays: removing what is published is no edit of the aggregate.
            removals = [
                UpdateOne({"_id": key}, {"$pull": {"pending_events": {"id": {"$in": ids}}}})
                for key, ids in confirmed.items()
            ]
            await collection.with_options(write_concern=LOCAL).bulk_write(removals, ordered=False)
        for outcome in outcomes:
            if outcome is not None:
                raise outcome

    async def _write_to_log(self, events: list[Document]) -> None:
        now = time.time()
        rows = [
            {"_id": event["id"], **event, "logged_at": now + number / 1_000_000}  # in their order
            for number, event in enumerate(events)
        ]
        await _insert_new(self._log, rows)

    async def age(self) -> float:
        """Seconds since the oldest pending event was written; 0 if there is none."""
        if not self.collections:
            await self.refresh()
        oldest = [
            datetime.fromisoformat(row["time"])
            for name in self.collections
            async for row in await self._database[name].aggregate(OLDEST, hint=OUTBOX_INDEX)
        ]
        return max(((datetime.now(SHANGHAI) - at).total_seconds() for at in oldest), default=0.0)


async def _insert_new(collection: AsyncCollection[Document], rows: list[Document]) -> None:
    """All but those that stand there: published before, or written before a crash."""
    if not rows:
        return
    try:
        await collection.insert_many(rows, ordered=False)
    except BulkWriteError as error:
        others = [e for e in error.details["writeErrors"] if e["code"] != DUPLICATE_KEY]
        if others or error.details["writeConcernErrors"]:
            raise
