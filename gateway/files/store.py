"""The database `files`: a record for each file, its bytes in GridFS (decision 20).

A record: `_id`, `name`, `content_type`, `size`, `sha256`, `uploader` (account), `uploaded_at`,
`ready` (all bytes are stored), `idempotency_key`, and

    holders      [{"key": "proposals:<id>", "owner", "subject", "version", "held"}]: which records
                 of which services hold the file; one that let go stays, as `held: false`, so that
                 an older event which comes late has no effect
    loose_since  since when nobody holds it (domain time); null while someone does
    doomed       it is being removed and exists for nobody any more
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import IO, Any

from bson.codec_options import CodecOptions
from gridfs import AsyncGridFSBucket, AsyncGridOut, NoFile
from pymongo import ASCENDING, AsyncMongoClient, IndexModel, WriteConcern
from pymongo.errors import DuplicateKeyError

from shared.clock import SHANGHAI, AsyncClock
from shared.errors import CommandIdReused
from shared.ids import new_id
from shared.settings import Settings

Row = dict[str, Any]
DATABASE = "files"
OPERATION_MS, SELECTION_MS = 10_000, 3_000
STANDING = {"ready": True, "doomed": {"$exists": False}}
INDEXES = [
    IndexModel(
        [("uploader", ASCENDING), ("idempotency_key", ASCENDING)],
        unique=True,
        partialFilterExpression={"idempotency_key": {"$gt": ""}},
    ),
    IndexModel(
        [("loose_since", ASCENDING)],
        partialFilterExpression={"loose_since": {"$gt": datetime(1970, 1, 1)}},
    ),
]


class FileStore:
    """Raises PyMongoError from any method while the database is away."""

    def __init__(self, process: Settings) -> None:
        self._client: AsyncMongoClient[Row] = AsyncMongoClient(
            process.mongo_uri,
            timeoutMS=OPERATION_MS,
            serverSelectionTimeoutMS=SELECTION_MS,
            appname="smart-cppcc-gateway",
        )
        database = self._client.get_database(
            f"{process.db_prefix}{DATABASE}",
            codec_options=CodecOptions(tz_aware=True, tzinfo=SHANGHAI),
            write_concern=WriteConcern(w="majority", j=True),
        )
        self._files = database["files"]
        self._content = AsyncGridFSBucket(database, "content")
        self._clock = AsyncClock(self._client, process)
        self._prepared = False

    async def close(self) -> None:
        await self._client.close()

    async def prepare(self) -> None:
        """Create the indexes; safe at every start and by several replicas at once."""
        if not self._prepared:
            await self._files.create_indexes(INDEXES)
            self._prepared = True

    async def now(self) -> datetime:
        return await self._clock.now()

    # -- uploading -------------------------------------------------------------------------

    async def sent_before(self, uploader: str, key: str, sha256: str) -> Row | None:
        """The file that this account sent with this key; CommandIdReused for other content."""
        found = await self._files.find_one(
            {"uploader": uploader, "idempotency_key": key, **STANDING}
        )
        if found is not None and found["sha256"] != sha256:
            raise CommandIdReused
        return found

    async def add(self, content: IO[bytes], facts: Mapping[str, Any], key: str | None) -> Row:
        """Store a file; `facts` are name, content_type, size, sha256 and uploader.

        The record stands before the bytes, so that what a crash leaves behind is found and
        removed like any other file that nobody holds.
        """
        await self.prepare()
        at = await self.now()
        row = {
            "_id": new_id(),
            **facts,
            "uploaded_at": at,
            "ready": False,
            "holders": [],
            "loose_since": at,
        }
        await self._files.insert_one(row)
        content.seek(0)
        await self._content.upload_from_stream_with_id(row["_id"], row["name"], content)
        done = {"ready": True, **({"idempotency_key": key} if key else {})}
        try:
            await self._files.update_one({"_id": row["_id"]}, {"$set": done})
        except DuplicateKeyError:  # the same request came twice at the same moment
            await self.remove(row["_id"])
            first = await self.sent_before(facts["uploader"], str(key), facts["sha256"])
            return first or await self.add(content, facts, key)
        return {**row, **done}

    # -- reading ---------------------------------------------------------------------------

    async def find(self, ids: Collection[str]) -> dict[str, Row]:
        """Records by id; files that are not there are absent."""
        found = self._files.find({"_id": {"$in": list(ids)}, **STANDING})
        return {row["_id"]: row async for row in found}

    async def open(self, file_id: str) -> AsyncGridOut:
        """A stream of the bytes."""
        return await self._content.open_download_stream(file_id)

    # -- removing --------------------------------------------------------------------------

    async def remove(self, file_id: str) -> None:
        """The bytes, then the record, so that a crash in between leaves the record to find."""
        doom = {"$set": {"doomed": True}, "$unset": {"idempotency_key": ""}}
        await self._files.update_one({"_id": file_id}, doom)
        with contextlib.suppress(NoFile):  # its upload broke off
            await self._content.delete(file_id)
        await self._files.delete_one({"_id": file_id})


def held_by(row: Row) -> list[Row]:
    """The holders that hold the file now."""
    return [holder for holder in row["holders"] if holder["held"]]


def shown(row: Row, file_id: str) -> Row:
    """What a client sees of a file; `file_id` is the global id."""
    return {
        "id": file_id,
        "name": row["name"],
        "contentType": row["content_type"],
        "size": row["size"],
        "sha256": row["sha256"],
    }
