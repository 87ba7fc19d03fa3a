"""Jobs of exports over a real database and a real child process; the services are a table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from pymongo import AsyncMongoClient, MongoClient

from gateway.context import Context
from gateway.exports import build
from gateway.exports.errors import ExportBusy, ExportInterrupted, ExportTooMany, ExportUnfinished
from gateway.exports.jobs import FILE_STAYS, LEASE, Jobs
from gateway.exports.rows import Selection
from gateway.exports.runner import MOST_WAITING, Exports
from gateway.files.store import FileStore
from gateway.members.loaders import LOADERS
from shared import settings
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.clock import SHANGHAI
from shared.errors import (
    CommandIdReused,
    InvalidInput,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from shared.ids import new_id
from tests.unit.gateway.exports.samples import members_rpc, row
from tests.unit.gateway.sample import FakeRpc

Row = dict[str, Any]
STAFF = Actor("acc-1", Role.PROPOSAL_STAFF, token="staff")
OTHER = Actor("acc-2", Role.PROPOSAL_STAFF, token="other")
ALL = Selection(filter={"term": 15})
PATIENCE = 30.0


@pytest.fixture
def process(mongo_uri: str) -> Iterator[settings.Settings]:
    made = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    yield made
    with MongoClient[Row](mongo_uri) as client:
        client.drop_database(f"{made.db_prefix}files")


def service(*rows: Row, **more: Any) -> FakeRpc:
    """The proposals service with these rows, in one page."""
    answers = {
        "proposals.count_proposals": len(rows),
        "proposals.list_proposals": {
            "rows": [{**each, "cursor": each["id"]} for each in rows],
            "has_next": False,
        },
        "proposals.proposals_by_ids": lambda ids, fields: [r for r in rows if r["id"] in ids],
    }
    return members_rpc(**answers | more)


@dataclass
class Desk:
    """One gateway's exports, and the hands of a test on them."""

    files: FileStore
    exports: Exports
    rpc: FakeRpc = field(default_factory=lambda: service(row()))

    @property
    def jobs(self) -> Jobs:
        return Jobs(self.files)

    def context(self, actor: Actor = STAFF) -> Context:
        return Context(self.rpc, actor, "c-1", LOADERS, reads_only=False)

    async def request(
        self,
        kind: str = "CASE_LIST_XLSX",
        selection: Selection = ALL,
        command: str = "",
        actor: Actor = STAFF,
    ) -> Row:
        context = self.context(actor)
        return await self.exports.request(context, kind, selection, command or new_id())

    async def until(self, job: Row, *states: str) -> Row:
        """The job as soon as it is in one of the states."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self.exports.find(self.context(), job["_id"])
                if found["state"] in states:
                    return found
                await asyncio.sleep(0.02)

    async def content(self, file_id: str) -> bytes:
        return await (await self.files.open(file_id)).read()

    async def change(self, job: Row, **values: Any) -> None:
        """As another gateway, or time, has done it."""
        await self.files.database["exports"].update_one({"_id": job["_id"]}, {"$set": values})

    async def hold_up(self) -> Row:
        """A job whose rows do not come, so that whatever is asked after it waits."""
        usual, self.rpc = self.rpc, Silent({"proposals.count_proposals": 1})
        job = await self.request()
        self.rpc = usual
        return job


class Silent(FakeRpc):
    """Counts, and never answers with rows."""

    def send(self, service: str, method: str, body: bytes, **options: Any) -> asyncio.Future[Any]:
        if method == "list_proposals":
            return asyncio.get_running_loop().create_future()
        return super().send(service, method, body, **options)


@asynccontextmanager
async def desk(process: settings.Settings, rpc: FakeRpc | None = None) -> AsyncIterator[Desk]:
    files = FileStore(process)
    exports = Exports(files, most=process.largest_export)
    try:
        yield Desk(files, exports, rpc or service(row()))
    finally:
        await exports.close()
        await files.close()


def at(
    process: settings.Settings, use: Callable[[Desk], Awaitable[Any]], rpc: FakeRpc | None = None
) -> Any:
    """The result of `use(desk)` inside an event loop."""

    async def run() -> Any:
        async with desk(process, rpc) as opened:
            return await use(opened)

    return asyncio.run(run())


class TestDone:
    @pytest.mark.parametrize(
        ("kind", "selection", "name", "kind_of_file"),
        [
            (
                "PROPOSAL_DOCX",
                Selection(ids=("p-1",)),
                "15-1-023 关于加强老旧住宅小区二次供水的建议.docx",
                "wordprocessingml.document",
            ),
            ("COMPILATION_DOCX", ALL, "提案汇编 第15届 {day}.docx", "wordprocessingml.document"),
            ("CASE_LIST_XLSX", ALL, "提案登记表 第15届 {day}.xlsx", "spreadsheetml.sheet"),
        ],
    )
    def test_the_file_is_the_requesters(
        self,
        process: settings.Settings,
        kind: str,
        selection: Selection,
        name: str,
        kind_of_file: str,
    ) -> None:
        async def use(desk: Desk) -> None:
            asked = await desk.request(kind, selection)
            assert (asked["state"], asked["progress"], asked["count"]) == ("QUEUED", 0, 1)
            job = await desk.until(asked, "READY", "FAILED")
            assert (job["state"], job["progress"]) == ("READY", 100)
            assert job["available_until"] - job["finished_at"] == FILE_STAYS
            assert "slot" not in job
            file = (await desk.files.find([job["file_id"]]))[job["file_id"]]
            day = job["finished_at"].date().isoformat()
            assert (file["name"], file["uploader"]) == (name.format(day=day), "acc-1")
            assert file["content_type"].endswith(kind_of_file)
            content = await desk.content(job["file_id"])
            assert (content[:2], len(content)) == (b"PK", file["size"])

        at(process, use)

    def test_it_stays_seven_days(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            job = await desk.until(await desk.request(), "READY")
            await desk.files.reserve([job["file_id"]])  # named in a command that came to nothing
            file = (await desk.files.find([job["file_id"]]))[job["file_id"]]
            kept = file["loose_since"] + timedelta(hours=24) - file["uploaded_at"]
            assert kept == FILE_STAYS
            assert await desk.files.loose(10) == []
            early = {"$set": {"loose_since": file["loose_since"] - FILE_STAYS}}
            await desk.files.database["files"].update_one({"_id": job["file_id"]}, early)
            assert await desk.files.loose(10) == [job["file_id"]]

        at(process, use)

    def test_progress_rises_while_rows_are_fetched_and_laid_out(
        self, process: settings.Settings
    ) -> None:
        async def use(desk: Desk) -> list[tuple[str, int]]:
            job = await desk.request("COMPILATION_DOCX")
            seen = [("QUEUED", 0)]
            async with asyncio.timeout(PATIENCE):
                while seen[-1][0] in {"QUEUED", "RUNNING"}:
                    found = await desk.exports.find(desk.context(), job["_id"])
                    if (now := (found["state"], found["progress"])) != seen[-1]:
                        seen.append(now)
                    await asyncio.sleep(0.01)
            return seen

        many = [row(id=f"p-{number}", case_no=f"15-1-{number:03d}") for number in range(300)]
        seen = at(process, use, service(*many))
        figures = [progress for _, progress in seen]
        assert figures == sorted(figures)
        assert seen[-1] == ("READY", 100)
        assert any(50 < progress < 100 for state, progress in seen if state == "RUNNING")


class TestSentAgain:
    def test_one_command_is_one_job(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            command = new_id()
            same = [desk.request(command=command) for _ in range(3)]
            first, second, third = await asyncio.gather(*same)
            assert first["_id"] == second["_id"] == third["_id"]
            await desk.until(first, "READY")
            again = await desk.request(command=command)
            assert (again["_id"], again["state"]) == (first["_id"], "READY")
            assert await desk.exports.count(desk.context()) == 1
            assert (await desk.request(command=command, actor=OTHER))["_id"] != first["_id"]

        at(process, use)

    def test_another_wish_under_the_same_command_is_refused(
        self, process: settings.Settings
    ) -> None:
        async def use(desk: Desk) -> None:
            command = new_id()
            await desk.request(command=command)
            for kind, selection in (("COMPILATION_DOCX", ALL), ("CASE_LIST_XLSX", Selection())):
                with pytest.raises(CommandIdReused):
                    await desk.request(kind, selection, command)

        at(process, use)


class TestLimits:
    def test_three_unfinished_jobs_of_an_account(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            await desk.hold_up()
            asked = await asyncio.gather(
                *(desk.request() for _ in range(4)), return_exceptions=True
            )
            refused = [each for each in asked if isinstance(each, ExportUnfinished)]
            assert [each.details for each in refused] == [{"limit": 3}, {"limit": 3}]
            assert (await desk.request(actor=OTHER))["state"] == "QUEUED"

        at(process, use)

    def test_a_finished_job_makes_room(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            for _ in range(4):
                await desk.until(await desk.request(), "READY")

        at(process, use)

    def test_a_gateway_takes_so_many_at_once(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            await desk.hold_up()
            for number in range(1, MOST_WAITING):
                await desk.request(actor=Actor(f"acc-x{number}", Role.MEMBER, token="x"))
            with pytest.raises(ExportBusy):
                await desk.request(actor=OTHER)

        at(process, use)

    def test_what_grows_beyond_the_limit_meanwhile_fails(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> Row:
            desk.exports = Exports(desk.files, most=2)
            return await desk.until(await desk.request(), "READY", "FAILED")

        rows = [row(id=f"p-{number}") for number in range(3)]
        job = at(process, use, service(*rows, **{"proposals.count_proposals": 2}))
        assert (job["code"], job["message"]) == (
            ExportTooMany.code,
            "一次最多导出2件提案，现有3件，请缩小范围",
        )

    def test_visitors_are_refused(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            for use in (
                desk.request(actor=PUBLIC_ACTOR),
                desk.exports.find(desk.context(PUBLIC_ACTOR), "x"),
                desk.exports.page(desk.context(PUBLIC_ACTOR), 20, None),
            ):
                with pytest.raises(Unauthenticated):
                    await use

        at(process, use)


class TestFailed:
    @pytest.mark.parametrize(
        ("failure", "code", "message"),
        [
            (Unavailable(), "SERVICE_UNAVAILABLE", "服务暂时不可用，请稍后再试"),
            (Unauthenticated(), "UNAUTHENTICATED", "请先登录"),
        ],
    )
    def test_a_service_that_fails_is_told(
        self, process: settings.Settings, failure: Exception, code: str, message: str
    ) -> None:
        async def use(desk: Desk) -> Row:
            return await desk.until(await desk.request(), "READY", "FAILED")

        job = at(process, use, service(row(), **{"members.members_by_ids": failure}))
        assert (job["state"], job["code"], job["message"]) == ("FAILED", code, message)
        assert "file_id" not in job and "slot" not in job

    def test_a_child_that_fails_is_told(
        self, process: settings.Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(build, "__name__", "gateway.exports.no_such_module")

        async def use(desk: Desk) -> Row:
            return await desk.until(await desk.request(), "READY", "FAILED")

        job = at(process, use)
        assert (job["state"], job["code"]) == ("FAILED", "EXPORT_FAILED")
        assert job["message"] == "生成文件失败，请稍后再试"

    def test_a_gateway_that_closes_says_so_at_once(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            jobs = [await desk.hold_up(), await desk.request()]
            await desk.exports.close()
            for job in jobs:
                found = await desk.exports.find(desk.context(), job["_id"])
                assert (found["state"], found["code"]) == ("FAILED", "EXPORT_INTERRUPTED")

        at(process, use)


class TestLease:
    @pytest.mark.parametrize("state", ["QUEUED", "RUNNING"])
    def test_what_a_dead_gateway_left_has_failed(
        self, process: settings.Settings, state: str
    ) -> None:
        async def use(desk: Desk) -> None:
            job, _ = await desk.jobs.add(asked())
            await desk.change(job, state=state, lease_until=real() - timedelta(seconds=1))
            found = await desk.exports.find(desk.context(), job["_id"])
            assert (found["state"], found["message"]) == ("FAILED", "导出中断，请重新申请")
            assert "slot" not in found

        at(process, use)

    def test_left_jobs_take_no_room(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            for _ in range(3):
                job, _ = await desk.jobs.add(asked())
                await desk.change(job, lease_until=real() - timedelta(seconds=1))
            assert (await desk.request())["state"] == "QUEUED"

        at(process, use)

    def test_a_lease_is_renewed_while_the_job_waits(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            job = await desk.hold_up()
            await desk.change(job, lease_until=real() + timedelta(seconds=2))
            async with asyncio.timeout(PATIENCE):
                while True:
                    found = await desk.exports.find(desk.context(), job["_id"])
                    assert found["state"] in {"QUEUED", "RUNNING"}
                    if found["lease_until"] > real() + LEASE / 2:
                        return
                    await asyncio.sleep(0.02)

        at(process, use)

    def test_work_ends_when_the_job_is_not_ours_any_more(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            held = await desk.hold_up()
            waiting = await desk.request()
            await desk.jobs.fail(held["_id"], ExportInterrupted())  # as another gateway would
            await desk.until(waiting, "READY")

        at(process, use)

    def test_a_result_that_comes_too_late_is_none(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            job, _ = await desk.jobs.add(asked())
            await desk.jobs.fail(job["_id"], ExportInterrupted())
            assert await desk.jobs.finish(job["_id"], "f-1") is False
            found = await desk.jobs.find("acc-1", job["_id"])
            assert found is not None and found["state"] == "FAILED"

        at(process, use)


class TestOwn:
    def test_nobody_sees_anothers_job(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            job = await desk.request()
            with pytest.raises(NotFound, match="未找到该导出"):
                await desk.exports.find(desk.context(OTHER), job["_id"])
            assert await desk.exports.page(desk.context(OTHER), 20, None) == ([], False)

        at(process, use)

    def test_own_jobs_are_paged_newest_first(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            jobs = [await desk.until(await desk.request(), "READY") for _ in range(3)]
            newest_first = [job["_id"] for job in reversed(jobs)]
            first, more = await desk.exports.page(desk.context(), 2, None)
            rest, end = await desk.exports.page(desk.context(), 2, first[-1]["cursor"])
            assert [job["_id"] for job in [*first, *rest]] == newest_first
            assert (more, end, await desk.exports.count(desk.context())) == (True, False, 3)
            with pytest.raises(InvalidInput):
                await desk.exports.page(desk.context(), 2, "W3siYSI6MX0sIDFd")

        at(process, use)

    def test_records_go_by_themselves(self, process: settings.Settings) -> None:
        async def use(desk: Desk) -> None:
            await desk.request()
            client: AsyncMongoClient[Row] = desk.files.database.client
            indexes = client[f"{process.db_prefix}files"]["exports"]
            expiring = (await indexes.index_information())["expires_at_1"]
            assert expiring["expireAfterSeconds"] == 0

        at(process, use)


def asked() -> Row:
    """A job of a gateway that is not there."""
    return {
        "account_id": "acc-1",
        "role": "MEMBER",
        "command_id": new_id(),
        "fingerprint": "x",
        "kind": "CASE_LIST_XLSX",
        "count": 1,
    }


def real() -> datetime:
    return datetime.now(SHANGHAI)
