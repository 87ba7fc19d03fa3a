"""What wakes the relays of a process: one change stream for all their databases.

MongoDB looks at each write once for each stream that is open, so that one a service would cost
more than the writes' own work. A stream that breaks is opened again, and then everything may have
changed; meanwhile the relays sweep as ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from pymongo import AsyncMongoClient
from pymongo.asynchronous.change_stream import AsyncChangeStream
from pymongo.errors import PyMongoError

from shared.logging import get_logger
from shared.messaging.connections import BACKOFF
from shared.persistence import audit
from shared.persistence.database import COUNTERS, Document

WAKE_MS = 10_000  # how long one look at the stream may last; a change ends it at once
# Writes that may have left something pending: not the relay's own, which log and remove, nor the
# numbers taken beside a document. Only the names of collections are wanted, not the documents.
CHANGES: list[Document] = [
    {
        "$match": {
            "operationType": {"$in": ["insert", "update", "replace"]},
            "ns.coll": {"$nin": ["event_log", COUNTERS, audit.COLLECTION]},
            "updateDescription.updatedFields.pending_events": {"$ne": []},
            "fullDocument.pending_events": {"$ne": []},  # of an insert
        }
    },
    {"$project": {"ns": 1}},
]
log = get_logger(__name__)


class Changed:
    """The collections of one database that may hold something new; used inside one event loop."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._all = True
        self.come: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def note(self, name: str | None) -> None:
        """`name` has changed; None: any may have."""
        if name is None:
            self._all = True
        else:
            self._names.add(name)
        if not self.come.done():
            self.come.set_result(None)

    def take(self) -> set[str] | None:
        """What came since; None if it may be any."""
        names, self._names = self._names, set()
        every, self._all = self._all, False
        if self.come.done():
            self.come = asyncio.get_running_loop().create_future()
        return None if every else names


class Changes:
    """Follows the databases of these names, each handed over by `of`."""

    def __init__(self, client: AsyncMongoClient[Document], databases: Sequence[str]) -> None:
        self._client = client
        self._of = {name: Changed() for name in databases}

    def of(self, database: str) -> Changed:
        return self._of[database]

    async def follow(self) -> None:
        """Until it is cancelled. Raises what is a bug and not an outage."""
        failures = 0
        while True:
            try:
                async with await self._watch() as stream:
                    failures = 0
                    for changed in self._of.values():
                        changed.note(None)
                    async for change in stream:
                        self._of[change["ns"]["db"]].note(change["ns"]["coll"])
            except (PyMongoError, OSError) as error:
                wait = BACKOFF[min(failures, len(BACKOFF) - 1)]
                failures += 1
                log.warning("changes_interrupted", error=error, again_in=wait)
                await asyncio.sleep(wait)

    async def _watch(self) -> AsyncChangeStream[Any]:
        """Of one database alone where there is one: its user need not see the others."""
        names = list(self._of)
        if len(names) == 1:
            return await self._client[names[0]].watch(CHANGES, max_await_time_ms=WAKE_MS)
        own: Document = {"$match": {"ns.db": {"$in": names}}}
        return await self._client.watch([own, *CHANGES], max_await_time_ms=WAKE_MS)
