"""The database `files`: a record for each file, its bytes in GridFS (decision 20).

A record: `_id`, `name`, `content_type`, `size`, `sha256`, `uploader` (account), `uploaded_at`,
`ready` (all bytes are stored), `idempotency_key`, and

    holders      [{"key": "proposals:<id>", "owner", "subject", "version", "held"}]: which records
                 of which services hold the file; one that let go stays, as `held: false`, so that
                 an older event which comes late has no effect
    loose_since  since when nobody holds it (domain time); null while someone does, and later
                 than now for a file that stays longer than others (`add`)
    doomed       it is being removed and exists for nobody any more
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import IO, Any

import pymongo
from bson.codec_options import CodecOptions
from gridfs import AsyncGridFSBucket, AsyncGridOut, NoFile
from pymongo import ASCENDING, AsyncMongoClient, IndexModel, WriteConcern
from pymongo.errors import DuplicateKeyError, PyMongoError

from gateway.files.errors import TooManyFiles
from gateway.files.trail import Trail
from shared.clock import SHANGHAI, AsyncClock
from shared.errors import CommandIdReused
from shared.ids import new_id
from shared.persistence.database import PROBE_SECONDS
from shared.settings import Settings

Row = dict[str, Any]
DATABASE = "files"
OPERATION_MS, SELECTION_MS = 10_000, 3_000
LOOSE = timedelta(hours=24)  # decision 20
MOST_LOOSE, MOST_LOOSE_BYTES = 100, 1 << 30  # of one account
LONG_AGO = datetime(1970, 1, 1)
DOOM = {"$set": {"doomed": True}, "$unset": {"idempotency_key": ""}}
STANDING = {"ready": True, "doomed": {"$exists": False}}
INDEXES = [
    IndexModel(
        [("uploader", ASCENDING), ("idempotency_key", ASCENDING)],
        unique=True,
        partialFilterExpression={"idempotency_key": {"$gt": ""}},
    ),
    *(
        IndexModel(
            [*by, ("loose_since", ASCENDING)],
            partialFilterExpression={"loose_since": {"$gt": LONG_AGO}},
        )
        for by in ([], [("uploader", ASCENDING)])
    ),
]


class FileStore:
    """Raises PyMongoError from any method while the database is away."""

    def __init__(self, process: Settings) -> None:
        self._client: AsyncMongoClient[Row] = AsyncMongoClient(
            process.mongo_uri,
            socketTimeoutMS=OPERATION_MS,
            serverSelectionTimeoutMS=SELECTION_MS,
            appname="smart-cppcc-gateway",
        )
        database = self._client.get_database(
            f"{process.db_prefix}{DATABASE}",
            codec_options=CodecOptions(tz_aware=True, tzinfo=SHANGHAI),
            write_concern=WriteConcern(w="majority", j=True),
        )
        self.database = database
        self._files = database["files"]
        self._marks = database["marks"]
        self._content = AsyncGridFSBucket(database, "content")
        self._clock = AsyncClock(self._client, process)
        self._prepared = False
        self.trail = Trail(database)

    async def primary_answers(self) -> bool:
        """Whether a primary takes commands now; within PROBE_SECONDS."""
        try:
            with pymongo.timeout(PROBE_SECONDS):
                return bool((await self._client.admin.command("ping"))["ok"])
        except PyMongoError:
            return False

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

    async def require_room(self, uploader: str) -> None:
        """Raises TooManyFiles where the account has too much that nobody holds."""
        unused = {"uploader": uploader, "loose_since": {"$gt": LONG_AGO}, "doomed": None}
        sizes = [
            row["size"] async for row in self._files.find(unused, {"size": 1}).limit(MOST_LOOSE)
        ]
        if len(sizes) >= MOST_LOOSE or sum(sizes) >= MOST_LOOSE_BYTES:
            raise TooManyFiles

    async def add(
        self,
        content: IO[bytes],
        facts: Mapping[str, Any],
        key: str | None,
        stays: timedelta = LOOSE,
    ) -> Row:
        """Store a file; `facts` are name, content_type, size, sha256 and uploader.

        stays: how long the file is kept while nobody holds it.
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
            "loose_since": at + stays - LOOSE,
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

    # -- holding ---------------------------------------------------------------------------

    async def note(self, holder: Row, file_ids: Collection[str], at: datetime) -> None:
        """That `holder` (key, owner, subject, version, held) holds the files, or does no more.

        Of one holder's facts the one of the highest version stands, so that it does not matter
        how often and in which order they arrive.
        """
        newer = {"$elemMatch": {"key": holder["key"], "version": {"$gte": holder["version"]}}}
        others = {"input": "$holders", "cond": {"$ne": ["$$this.key", {"$literal": holder["key"]}]}}
        noted = {"$concatArrays": [{"$filter": others}, [{"$literal": holder}]]}
        # A day counts from what came last: the upload, a reservation, or being let go.
        latest = {"$max": ["$loose_since", at]}
        loose = {"$cond": [{"$in": [True, "$holders.held"]}, None, latest]}
        await self._files.update_many(
            {"_id": {"$in": list(file_ids)}, "holders": {"$not": newer}},
            [{"$set": {"holders": noted}}, {"$set": {"loose_since": loose}}],
        )

    async def reserve(self, file_ids: Collection[str]) -> None:
        """Let those of the files that nobody holds stay for LOOSE from now, at least."""
        await self._files.update_many(
            {"_id": {"$in": list(file_ids)}, "loose_since": {"$ne": None}, **STANDING},
            {"$max": {"loose_since": await self.now()}},
        )

    async def has_mark(self, name: str) -> bool:
        return await self._marks.find_one({"_id": name}) is not None

    async def set_mark(self, name: str) -> None:
        """Remember that something was done once, for all replicas and for ever."""
        await self._marks.update_one({"_id": name}, {"$set": {}}, upsert=True)

    # -- removing --------------------------------------------------------------------------

    async def loose(self, most: int) -> list[str]:
        """Ids of files that nobody has held for LOOSE, and of removals that broke off."""
        found = self._files.find(await self._overdue(), {"_id": 1}).limit(most)
        return [row["_id"] async for row in found]

    async def remove_loose(self, file_id: str) -> bool:
        """Remove the file unless it was held or reserved in the meantime; whether it was."""
        done = await self._files.update_one({"_id": file_id, **await self._overdue()}, DOOM)
        if done.matched_count:
            await self.remove(file_id)
        return bool(done.matched_count)

    async def _overdue(self) -> Row:
        before = await self.now() - LOOSE
        return {"loose_since": {"$gt": LONG_AGO, "$lte": before}}

    async def remove(self, file_id: str) -> None:
        """The bytes, then the record, so that a crash in between leaves the record to find."""
        await self._files.update_one({"_id": file_id}, DOOM)
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
