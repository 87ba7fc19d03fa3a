"""Uploads that meet a scanner, a failure on the way, and each other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from pymongo import MongoClient

from gateway.base import local_id
from gateway.files import store
from gateway.files.scanning import clamd
from shared import settings
from shared.ids import new_id
from tests.integration.gateway.door import Clamd, Door, opened, through
from tests.unit.gateway.files.samples import EICAR, PDF, PNG

Document = dict[str, Any]


@pytest.fixture
def process(mongo_uri: str) -> Iterator[settings.Settings]:
    made = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    yield made
    with MongoClient[Document](mongo_uri) as client:
        client.drop_database(f"{made.db_prefix}files")


def stored(process: settings.Settings) -> tuple[int, int]:
    """(records, chunks of content)."""
    with MongoClient[Document](process.mongo_uri) as client:
        database = client[f"{process.db_prefix}files"]
        chunks = database["content.chunks"].count_documents({})
        return database["files"].count_documents({}), chunks


class TestScanner:
    def send(self, process: settings.Settings, daemon: Clamd, content: bytes) -> Any:
        async def run() -> Any:
            async with daemon.running() as uri, opened(process, clamd(uri)) as door:
                answer = await door.send(content, "a.txt")
                return answer.status_code, answer.json().get("code")

        return asyncio.run(run())

    def test_a_clean_file_is_scanned_in_whole_and_kept(self, process: settings.Settings) -> None:
        daemon, content = Clamd(), PNG + bytes(300_000)
        assert self.send(process, daemon, content) == (201, None)
        assert daemon.scanned == [content]
        assert stored(process) == (1, 2)

    def test_an_infected_file_is_refused(self, process: settings.Settings) -> None:
        assert self.send(process, Clamd(), EICAR) == (422, "FILE_INFECTED")
        assert stored(process) == (0, 0)

    @pytest.mark.parametrize(
        "reply", [b"INSTREAM size limit exceeded. ERROR", b"", None, b"x" * 5000]
    )
    def test_a_scanner_that_fails_lets_nothing_in(
        self, process: settings.Settings, reply: bytes | None
    ) -> None:
        daemon = Clamd(lambda _content: reply)
        assert self.send(process, daemon, PDF) == (503, "SERVICE_UNAVAILABLE")
        assert stored(process) == (0, 0)

    def test_a_scanner_that_is_away_lets_nothing_in(self, process: settings.Settings) -> None:
        async def gone() -> str:
            async with Clamd().running() as uri:
                return uri

        async def send(door: Door) -> Any:
            return await door.send(PDF)

        answer = through(process, send, clamd(asyncio.run(gone())))
        assert (answer.status_code, answer.json()["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert stored(process) == (0, 0)


def test_the_same_upload_many_times_at_once_is_stored_once(process: settings.Settings) -> None:
    async def send(door: Door) -> Any:
        await door.store.prepare()
        return await asyncio.gather(*(door.send(PDF, idempotency_key="k1") for _ in range(8)))

    answers = through(process, send)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert stored(process) == (1, 1)


@pytest.mark.parametrize("limit", ["MOST_LOOSE", "MOST_LOOSE_BYTES"])
def test_an_account_has_room_for_so_many_unused_files(
    process: settings.Settings, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(store, limit, 2 if limit == "MOST_LOOSE" else 2 * len(PDF))

    async def send(door: Door) -> Any:
        answers = [await door.send(PDF) for _ in range(3)]
        first = local_id(answers[0].json()["id"], "File")
        holder = {"key": "study:m-1", "owner": "study", "subject": "m-1", "version": 1}
        await door.store.note({**holder, "held": True}, [first], await door.store.now())
        return [*answers, await door.send(PDF)]  # what is used takes no room

    answers = through(process, send)
    assert [answer.status_code for answer in answers] == [201, 201, 429, 201]
    assert answers[2].json()["code"] == "TOO_MANY_FILES"


def test_a_broken_upload_is_no_file_and_goes_like_any_other(process: settings.Settings) -> None:
    class Broken:
        """A source that fails after its first chunk."""

        def __init__(self) -> None:
            self.reads = 0

        def seek(self, _at: int) -> None: ...

        def read(self, size: int) -> bytes:
            self.reads += 1
            if self.reads > 1:
                raise OSError
            return bytes(size)

    async def send(door: Door) -> Any:
        source: Any = Broken()
        with pytest.raises(OSError):
            await door.store.add(source, {"name": "a.pdf", "uploader": "acc-1"}, None)
        with MongoClient[Document](process.mongo_uri) as client:
            row = client[f"{process.db_prefix}files"]["files"].find_one({})
        assert row is not None
        assert await door.store.find([row["_id"]]) == {}
        age(process, row["_id"])
        assert await door.store.loose(10) == [row["_id"]]
        assert await door.store.remove_loose(row["_id"])

    through(process, send)
    assert stored(process) == (0, 0)


class TestTwoReplicas:
    def test_remove_a_loose_file_once(self, process: settings.Settings) -> None:
        async def run() -> Any:
            async with opened(process) as one, opened(process) as other:
                file_id = local_id((await one.send(PDF)).json()["id"], "File")
                age(process, file_id)
                found = [await store.loose(10) for store in (one.store, other.store)]
                assert found == [[file_id], [file_id]]
                removed = await asyncio.gather(
                    *(store.remove_loose(file_id) for store in (one.store, other.store))
                )
                return sorted(removed)[-1]

        assert asyncio.run(run()) is True
        assert stored(process) == (0, 0)

    def test_a_file_reserved_in_the_meantime_stays(self, process: settings.Settings) -> None:
        async def run(door: Door) -> Any:
            file_id = local_id((await door.send(PDF)).json()["id"], "File")
            age(process, file_id)
            assert await door.store.loose(10) == [file_id]
            await door.store.reserve([file_id])
            return await door.store.remove_loose(file_id)

        assert through(process, run) is False
        assert stored(process) == (1, 1)


def age(process: settings.Settings, file_id: str) -> None:
    """As if uploaded two days ago."""
    with MongoClient[Document](process.mongo_uri, tz_aware=True) as client:
        client[f"{process.db_prefix}files"]["files"].update_one(
            {"_id": file_id},
            [
                {
                    "$set": {
                        "loose_since": {
                            "$dateSubtract": {
                                "startDate": "$loose_since",
                                "unit": "day",
                                "amount": 2,
                            }
                        }
                    }
                }
            ],
        )
