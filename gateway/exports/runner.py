"""Doing the exports that were asked of this gateway, one after the other.

The asking user's token stays in this process: a job is done by the gateway that took it, or fails
with it (docs/adr/0009).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from pymongo.errors import PyMongoError

from gateway.children import run_child
from gateway.context import Context
from gateway.exports import build, rows
from gateway.exports.cases import FIELDS, cases_of
from gateway.exports.errors import (
    ExportBusy,
    ExportEmpty,
    ExportFailed,
    ExportInterrupted,
    ExportTooMany,
)
from gateway.exports.jobs import FILE_STAYS, QUEUED, RUNNING, Jobs
from gateway.exports.matters import matter_of
from gateway.exports.rows import Selection
from gateway.exports.tables import TABLES, Table
from gateway.exports.wording import heading_of
from gateway.files.kinds import PACKAGES, PDF
from gateway.files.names import clean_name
from gateway.files.store import FileStore
from shared.actor import Role
from shared.errors import AppError, Forbidden, NotFound, Unauthenticated, Unavailable
from shared.logging import get_logger

Row = dict[str, Any]
MOST_WAITING = 20  # in this gateway; the last of them still begins before its token ends
BEAT_SECONDS = 0.5  # between two signs of life, which carry the progress
BUILD_SECONDS = 180
WORD, EXCEL = PACKAGES["word/document.xml"], PACKAGES["xl/workbook.xml"]
SUFFIXES = {"DOCX": WORD, "XLSX": EXCEL, "PDF": PDF}
FORMATS = {
    kind: SUFFIXES[kind.rsplit("_", 1)[1]]
    for kind in ("PROPOSAL_DOCX", "COMPILATION_DOCX", "CASE_LIST_XLSX", *TABLES)
}
ONE = "PROPOSAL_DOCX"  # the kind that holds one proposal, and is called after it
# Section 3 gives the export of full texts (X) to the proposal committee; one case, or a list of
# what one sees, is for everybody signed in.
EVERYONE = frozenset(Role)
MAY = {
    "COMPILATION_DOCX": frozenset({Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR}),
    **{kind: table.may for kind, table in TABLES.items()},
}
TITLES = {
    "COMPILATION_DOCX": "提案汇编",
    "CASE_LIST_XLSX": "提案登记表",
    **{kind: table.title for kind, table in TABLES.items()},
}
log = get_logger(__name__)


@dataclass
class _Run:
    """A job under way and how far it is."""

    job: Row
    context: Context
    selection: Selection
    state: str = QUEUED
    fetched: int = 0
    folder: Path | None = None
    work: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """End the work; whoever awaits it says that it was interrupted."""
        if self.work is not None:
            self.work.cancel()

    def progress(self) -> int:
        """Half for the rows, half for the document; 100 is for what can be downloaded."""
        count = self.job["count"]
        return min(99, 50 * self.fetched // count + 50 * self._built() // count)

    def _built(self) -> int:
        try:
            return (self.folder / build.BUILT).stat().st_size if self.folder else 0
        except FileNotFoundError:
            return 0


class Exports:
    """`most`: proposals in one document. `close` belongs inside the event loop."""

    def __init__(self, files: FileStore, *, most: int) -> None:
        self._files = files
        self._jobs = Jobs(files)
        self._most = most
        self._turn = asyncio.Lock()
        self._runs: dict[asyncio.Task[None], _Run] = {}

    # -- asking ----------------------------------------------------------------------------

    async def request(
        self, context: Context, kind: str, selection: Selection, command_id: str
    ) -> Row:
        """The job of this command, which begins now unless it was sent before.

        Raises Unauthenticated for visitors, Forbidden for who may not, CommandIdReused,
        ExportEmpty, ExportTooMany, ExportUnfinished, ExportBusy, NotFound for an id of what the
        user does not see, Unavailable.
        """
        account = _account(context)
        if context.actor.role not in MAY.get(kind, EVERYONE):
            raise Forbidden
        fingerprint = _fingerprint(kind, selection)
        with _database():
            known = await self._jobs.sent_before(account, command_id, fingerprint)
            if known is not None:
                return known
            if len(self._runs) >= MOST_WAITING:
                raise ExportBusy
            count = await self._count(context, kind, selection)
            asked = {
                "account_id": account,
                "role": context.actor.role.value,
                "command_id": command_id,
                "fingerprint": fingerprint,
                "kind": kind,
                "count": count,
            }
            job, fresh = await self._jobs.add(asked)
            if fresh:
                await self._files.trail.exported(
                    context.actor, context.correlation_id, kind, job["_id"]
                )
        if fresh:
            self._begin(_Run(job, _without_memory(context), selection))
        return job

    async def _count(self, context: Context, kind: str, selection: Selection) -> int:
        if kind not in TABLES:
            return await rows.count(context, selection, self._most)
        found = await TABLES[kind].count(context, selection.filter)
        if not found:
            raise ExportEmpty("没有可以导出的内容")
        return found

    async def find(self, context: Context, job_id: str) -> Row:
        """The account's own job; raises NotFound, Unauthenticated, Unavailable."""
        with _database():
            row = await self._jobs.find(_account(context), job_id)
        if row is None:
            raise NotFound("未找到该导出")
        return row

    async def page(self, context: Context, first: int, after: str | None) -> tuple[list[Row], bool]:
        """The account's jobs, newest first; as `Jobs.page`."""
        with _database():
            return await self._jobs.page(_account(context), first, after)

    async def count(self, context: Context) -> int:
        with _database():
            return await self._jobs.count(_account(context))

    async def close(self) -> None:
        """What is not done has failed, and says so at once."""
        for run in self._runs.values():
            run.stop()
        await asyncio.gather(*self._runs, return_exceptions=True)

    # -- doing -----------------------------------------------------------------------------

    def _begin(self, run: _Run) -> None:
        run.work = asyncio.create_task(self._do(run))
        task = asyncio.create_task(self._see_to(run, run.work))
        self._runs[task] = run
        task.add_done_callback(self._runs.pop)

    async def _see_to(self, run: _Run, work: asyncio.Task[None]) -> None:
        """Keep the lease until the work ends, then tell how."""
        started = time.perf_counter()
        beat = asyncio.create_task(self._keep_alive(run))
        failure = await _failure_of(work)
        beat.cancel()
        await asyncio.gather(beat, return_exceptions=True)
        if failure is not None:
            # Without the database the lease lapses, which says the same.
            with contextlib.suppress(PyMongoError):
                await self._jobs.fail(run.job["_id"], failure)
        _record(run, failure, time.perf_counter() - started)

    async def _do(self, run: _Run) -> None:
        async with self._turn:
            run.state = RUNNING
            with tempfile.TemporaryDirectory(prefix="export-") as name:
                run.folder = Path(name)
                title = await self._collect(run, run.folder)
                await _build(run.folder)
                file_id = await self._keep(run, run.folder, title)
        if not await self._jobs.finish(run.job["_id"], file_id):
            await self._files.remove(file_id)
            raise ExportInterrupted

    async def _collect(self, run: _Run, folder: Path) -> str:
        """Write what the child process needs; the document's title."""
        kind, context = run.job["kind"], run.context
        if kind in TABLES:
            return await self._collect_table(run, folder, TABLES[kind])
        title = TITLES.get(kind, "")
        with (folder / build.ROWS).open("wb") as target:
            async for page in rows.pages(context, run.selection, FIELDS[kind]):
                cases = await cases_of(context, page)
                await asyncio.to_thread(target.writelines, map(_line, cases))
                run.fetched += len(cases)
                if run.fetched > self._most:
                    raise ExportTooMany.over(self._most, run.fetched, run.selection.field)
                title = title or heading_of(cases[0])
        day = (await self._files.now()).date().isoformat()
        head = {"kind": kind, "title": title, "made_on": day}
        (folder / build.HEAD).write_bytes(orjson.dumps(head))
        if kind == ONE:
            return title
        matter = await matter_of(context, kind, None, run.selection.filter)
        return _name(title, matter, day)

    async def _collect_table(self, run: _Run, folder: Path, table: Table) -> str:
        with (folder / build.ROWS).open("wb") as target:
            async for page in table.rows(run.context, run.selection.filter):
                await asyncio.to_thread(target.writelines, map(_line, page))
                run.fetched += len(page)
        day = (await self._files.now()).date().isoformat()
        columns = [{"heading": c.heading, "width": c.width, "hint": c.hint} for c in table.columns]
        head = {
            "kind": run.job["kind"],
            "title": table.title,
            "made_on": day,
            "columns": columns,
            "options": await table.options(run.context),
        }
        (folder / build.HEAD).write_bytes(orjson.dumps(head))
        matter = await matter_of(run.context, run.job["kind"], table.subject, run.selection.filter)
        return _name(table.title, matter, day)

    async def _keep(self, run: _Run, folder: Path, title: str) -> str:
        """The id of the stored file: the requester's own, as if uploaded by that account."""
        kind = FORMATS[run.job["kind"]]
        with (folder / build.RESULT).open("rb") as content:
            digest = await asyncio.to_thread(hashlib.file_digest, content, "sha256")
            facts = {
                "name": clean_name(f"{title}.{kind.extensions[0]}", kind.extensions),
                "content_type": kind.content_type,
                "size": content.tell(),
                "sha256": digest.hexdigest(),
                "uploader": run.job["account_id"],
            }
            row = await self._files.add(content, facts, None, FILE_STAYS)
        return str(row["_id"])

    async def _keep_alive(self, run: _Run) -> None:
        """Hold the lease and tell the progress; end the work if the job is ours no more."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                ours = await self._jobs.renew(run.job["_id"], run.state, run.progress())
            except PyMongoError as error:
                log.warning("export_lease_not_renewed", error=error)
                continue
            if not ours:
                run.stop()


async def _failure_of(work: asyncio.Task[None]) -> AppError | None:
    """Why the work failed, as its requester is told; None if it did not."""
    try:
        await work
    except asyncio.CancelledError:
        return ExportInterrupted()
    except AppError as error:
        return error
    except PyMongoError as error:
        log.warning("export_without_database", error=error)
        return Unavailable()
    except Exception as error:
        log.error("export_broken", exc_info=error)
        return ExportFailed()
    return None


async def _build(folder: Path) -> None:
    """Lay the document out in a child process.

    Raises ExportFailed; the child has said why in the log.
    """
    try:
        status = await run_child(build.__name__, folder, BUILD_SECONDS)
    except TimeoutError:
        log.error("export_too_slow", seconds=BUILD_SECONDS)
        raise ExportFailed from None
    if status:
        log.error("export_child_failed", status=status)
        raise ExportFailed
    if (refused := folder / build.REFUSED).exists():
        code, message = orjson.loads(await asyncio.to_thread(refused.read_bytes))
        raise ExportFailed(message, code=code)


def _account(context: Context) -> str:
    if context.actor.role is Role.PUBLIC or context.actor.account_id is None:
        raise Unauthenticated
    return context.actor.account_id


def _fingerprint(kind: str, selection: Selection) -> str:
    asked = [kind, selection.ids, selection.filter]
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _without_memory(context: Context) -> Context:
    """The same asker; answers are not kept, for there are many and none comes twice."""
    return Context(
        context.rpc,
        context.actor,
        context.correlation_id,
        context.loaders.batch_functions,
        reads_only=False,
    )


def _name(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _line(case: Any) -> bytes:
    return orjson.dumps(case) + b"\n"


@contextlib.contextmanager
def _database() -> Iterator[None]:
    try:
        yield
    except PyMongoError as error:
        raise Unavailable from error


def _record(run: _Run, failure: AppError | None, seconds: float) -> None:
    """The one log line of a job: who took how many proposals is asked later."""
    log.info(
        "export",
        correlation_id=run.context.correlation_id,
        job=run.job["_id"],
        kind=run.job["kind"],
        role=run.job["role"],
        account=run.job["account_id"],
        count=run.fetched,
        code=failure.code if failure else "",
        ms=round(seconds * 1000, 1),
    )
