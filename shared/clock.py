"""The only source of now (decision 10).

Domain time = real time + one stored offset that all processes share, so that tests and the demo
can live in 2017 and see years in seconds. Real time is for tokens, TTLs and envelopes. In
production the offset is never read and cannot be set.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from pymongo import AsyncMongoClient, MongoClient

from shared import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEVER = datetime(9999, 1, 1, tzinfo=SHANGHAI)  # in the order of lists: without a date
DATABASE, COLLECTION = "platform", "clock"
OFFSET = {"_id": "offset"}


class Now(Protocol):
    """What code that needs the time asks for."""

    def now(self) -> datetime: ...

    def real(self) -> datetime: ...


class Clock:
    """Domain and real time of this deployment.

    Outside production the offset is read on each call (an indexed find by id): a moved clock
    holds for every process at once, and a test need not wait for a cache to expire.
    """

    def __init__(self, client: MongoClient[Any], process: settings.Settings) -> None:
        self._offsets = client[f"{process.db_prefix}{DATABASE}"][COLLECTION]
        self._fixed = process.production

    def real(self) -> datetime:
        return datetime.now(SHANGHAI)

    def now(self) -> datetime:
        if self._fixed:
            return self.real()
        return self.real() + _offset(self._offsets.find_one(OFFSET))

    def move_to(self, at: datetime) -> None:
        """Make `at` the domain time of now, for all processes. Refused in production."""
        if self._fixed:
            raise PermissionError("the clock cannot be moved in production")
        seconds = (at - self.real()).total_seconds()
        self._offsets.update_one(OFFSET, {"$set": {"seconds": seconds}}, upsert=True)


class AsyncClock:
    """The same domain time, for code that runs in an event loop."""

    def __init__(self, client: AsyncMongoClient[Any], process: settings.Settings) -> None:
        self._offsets = client[f"{process.db_prefix}{DATABASE}"][COLLECTION]
        self._fixed = process.production

    async def now(self) -> datetime:
        real = datetime.now(SHANGHAI)
        return real if self._fixed else real + _offset(await self._offsets.find_one(OFFSET))


def _offset(row: dict[str, Any] | None) -> timedelta:
    return timedelta(seconds=row["seconds"] if row else 0)


class FixedClock:
    """A clock that stands still; for unit tests of rules."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def real(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        self._at += by


def main(arguments: list[str]) -> int:
    """`python -m shared.clock show` or `… set 2017-02-06T09:00:00+08:00`."""
    process = settings.load()
    clock = Clock(MongoClient(process.mongo_uri), process)
    match arguments:
        case ["show"]:
            print(clock.now().isoformat())
        case ["set", text]:
            try:
                clock.move_to(datetime.fromisoformat(text).astimezone(SHANGHAI))
            except (ValueError, PermissionError) as error:
                print(f"clock not moved: {error}", file=sys.stderr)
                return 1
        case _:
            print("usage: python -m shared.clock show | set ISO-8601", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
