"""The gateway's own audit, in its database `files`: exports asked for, and files downloaded.

Entries as of `shared/persistence/audit.py`; nothing here changes or removes one.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from shared.actor import Actor
from shared.call import Call
from shared.persistence.audit import COLLECTION, INDEXES, LATEST, SHOWN, AuditKind, entry
from shared.persistence.paging import beyond, with_cursors

Row = dict[str, Any]
ONE_DOWNLOAD_SECONDS = 600  # the parts of a file that a player asks for are one download


class Trail:
    """Raises PyMongoError from any method while the database is away."""

    def __init__(self, database: AsyncDatabase[Row]) -> None:
        self._entries = database[COLLECTION]
        self._prepared = False

    async def exported(self, actor: Actor, correlation_id: str, kind: str, job_id: str) -> None:
        call = Call(actor, correlation_id)
        action = f"export_{kind.lower()}"
        await self._add(entry(call, AuditKind.EXPORT, action, job_id, of="Export"))

    async def downloaded(
        self, actor: Actor, correlation_id: str, file_id: str, account_id: str
    ) -> None:
        """account_id: for whom a link was made, where the request itself names nobody."""
        call = Call(actor, correlation_id)
        made = entry(
            call, AuditKind.DOWNLOAD, "download_file", file_id, of="File", account_id=account_id
        )
        span = int(time.time() // ONE_DOWNLOAD_SECONDS)
        await self._add({**made, "_id": f"download:{account_id}:{file_id}:{span}"})

    async def looked(self, actor: Actor, correlation_id: str, action: str) -> None:
        """At this audit."""
        await self._add(entry(Call(actor, correlation_id), AuditKind.LOOK, action, None))

    async def page(self, query: Mapping[str, Any], first: int, after: str | None) -> Row:
        """{"rows", "has_next"}, as the services' `list_audit`."""
        wanted = beyond(dict(query), LATEST, after)
        found = await self._entries.find(wanted, SHOWN).sort(LATEST).limit(first + 1).to_list()
        return with_cursors(found, LATEST, first)

    async def count(self, query: Mapping[str, Any]) -> int:
        return await self._entries.count_documents(dict(query))

    async def _add(self, made: Row) -> None:
        if not self._prepared:
            await self._entries.create_indexes(INDEXES)
            self._prepared = True
        with contextlib.suppress(DuplicateKeyError):  # another part of the same download
            await self._entries.insert_one(made)
