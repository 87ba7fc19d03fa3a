"""The jobs of exports, in the gateway's own database `files`.

A job: `_id`, `account_id`, `role`, `command_id`, `fingerprint` (of what was asked), `kind`,
`count` (proposals), `state`, `progress` (0–100), `requested_at`, `finished_at`, `available_until`
(domain time), `file_id`, `code` and `message` of a failure, and

    slot         0–2 while it is unfinished; a unique index over (account, slot) is the limit
    lease_until  real time; the gateway at work moves it on, so that one which died is noticed
    expires_at   real time, when the record goes: 30 days, as long as command ids hold (decision 7)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from gateway.exports.errors import ExportInterrupted, ExportUnfinished
from gateway.files.store import FileStore
from shared.clock import SHANGHAI
from shared.errors import AppError, CommandIdReused
from shared.ids import new_id
from shared.persistence.paging import decode_cursor, encode_cursor

Row = dict[str, Any]
COLLECTION = "exports"
QUEUED, RUNNING, READY, FAILED = "QUEUED", "RUNNING", "READY", "FAILED"
UNFINISHED = {"state": {"$in": [QUEUED, RUNNING]}}
MOST_UNFINISHED = 3  # of one account
LEASE = timedelta(seconds=15)
FILE_STAYS = timedelta(days=7)
RECORD_STAYS = timedelta(days=30)
INDEXES = [
    IndexModel([("account_id", ASCENDING), ("command_id", ASCENDING)], unique=True),
    IndexModel(
        [("account_id", ASCENDING), ("slot", ASCENDING)],
        unique=True,
        partialFilterExpression={"slot": {"$gte": 0}},
    ),
    IndexModel([("account_id", ASCENDING), ("requested_at", DESCENDING), ("_id", ASCENDING)]),
    IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
]


class Jobs:
    """Raises PyMongoError from any method while the database is away."""

    def __init__(self, files: FileStore) -> None:
        self._files = files
        self._jobs = files.database[COLLECTION]
        self._prepared = False

    async def sent_before(self, account: str, command_id: str, fingerprint: str) -> Row | None:
        """The job of this command; CommandIdReused if it asked for something else."""
        row = await self._jobs.find_one({"account_id": account, "command_id": command_id})
        if row is not None and row["fingerprint"] != fingerprint:
            raise CommandIdReused
        return row

    async def add(self, asked: Mapping[str, Any]) -> tuple[Row, bool]:
        """A new job, and True; or the one that the same command has made meanwhile, and False.

        asked: account_id, role, command_id, fingerprint, kind, count. Raises ExportUnfinished.
        """
        await self._prepare()
        await self._lapse(asked["account_id"])
        row = {
            "_id": new_id(),
            **asked,
            "state": QUEUED,
            "progress": 0,
            "requested_at": await self._files.now(),
            "lease_until": _real() + LEASE,
            "expires_at": _real() + RECORD_STAYS,
        }
        for slot in range(MOST_UNFINISHED):
            try:
                await self._jobs.insert_one({**row, "slot": slot})
                return row, True
            except DuplicateKeyError:
                command = (asked["account_id"], asked["command_id"], asked["fingerprint"])
                if known := await self.sent_before(*command):
                    return known, False
        raise ExportUnfinished(details={"limit": MOST_UNFINISHED})

    async def find(self, account: str, job_id: str) -> Row | None:
        """The account's own job."""
        await self._lapse(account)
        return await self._jobs.find_one({"_id": job_id, "account_id": account})

    async def page(self, account: str, first: int, after: str | None) -> tuple[list[Row], bool]:
        """The account's jobs with their cursors, newest first, and whether more follow."""
        await self._lapse(account)
        query = {"account_id": account, **_beyond(after)}
        order = [("requested_at", DESCENDING), ("_id", ASCENDING)]
        found = await self._jobs.find(query).sort(order).limit(first + 1).to_list()
        rows = [
            {**row, "cursor": encode_cursor([row["requested_at"], row["_id"]])}
            for row in found[:first]
        ]
        return rows, len(found) > first

    async def count(self, account: str) -> int:
        return await self._jobs.count_documents({"account_id": account})

    async def renew(self, job_id: str, state: str, progress: int) -> bool:
        """Hold the job for another LEASE; False if it is not ours any more."""
        done = await self._jobs.update_one(
            {"_id": job_id, **UNFINISHED},
            {
                "$set": {"state": state, "lease_until": _real() + LEASE},
                "$max": {"progress": progress},
            },
        )
        return bool(done.matched_count)

    async def finish(self, job_id: str, file_id: str) -> bool:
        """READY; False if the job counted as interrupted meanwhile."""
        at = await self._files.now()
        ready = {
            "state": READY,
            "progress": 100,
            "file_id": file_id,
            "finished_at": at,
            "available_until": at + FILE_STAYS,
        }
        done = await self._jobs.update_one(
            {"_id": job_id, **UNFINISHED}, {"$set": ready, "$unset": {"slot": ""}}
        )
        return bool(done.matched_count)

    async def fail(self, job_id: str, error: AppError) -> None:
        failed = _failed(error, await self._files.now())
        await self._jobs.update_one({"_id": job_id, **UNFINISHED}, failed)

    async def _lapse(self, account: str) -> None:
        """What a gateway left behind has failed, whoever notices first."""
        late = {"account_id": account, **UNFINISHED, "lease_until": {"$lt": _real()}}
        if await self._jobs.find_one(late, {"_id": 1}):
            failed = _failed(ExportInterrupted(), await self._files.now())
            await self._jobs.update_many(late, failed)

    async def _prepare(self) -> None:
        if not self._prepared:
            await self._jobs.create_indexes(INDEXES)
            self._prepared = True


def _failed(error: AppError, at: datetime) -> Row:
    told = {"state": FAILED, "code": error.code, "message": error.message, "finished_at": at}
    return {"$set": told, "$unset": {"slot": ""}}


def _real() -> datetime:
    return datetime.now(SHANGHAI)


def _beyond(after: str | None) -> Row:
    if after is None:
        return {}
    at, job_id = decode_cursor(after, datetime, str)
    same = {"requested_at": at, "_id": {"$gt": job_id}}
    return {"$or": [{"requested_at": {"$lt": at}}, same]}
