"""From an uploaded file to the rows of a roster, by a child process; one at a time."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import orjson
from gridfs import NoFile
from pymongo.errors import PyMongoError

from gateway.children import run_child
from gateway.files.errors import FileUnknown
from gateway.files.kinds import CSV, PACKAGES
from gateway.files.store import FileStore
from gateway.roster import sheet
from gateway.roster.errors import BY_CODE, SheetsBusy, SheetTooLarge, SheetUnreadable
from shared.actor import Actor
from shared.errors import Unavailable
from shared.logging import get_logger

Row = dict[str, Any]
LARGEST = 5 * 1024 * 1024  # bytes: a thousand rows are a tenth of it
READ_SECONDS = 30.0
MOST_WAITING = 4
TYPES = frozenset({CSV.content_type, "text/plain", PACKAGES["xl/workbook.xml"].content_type})
log = get_logger(__name__)


class Sheets:
    """Reads what an account has uploaded itself."""

    def __init__(self, files: FileStore) -> None:
        self._files = files
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def read(self, actor: Actor, file_id: str) -> tuple[Row, list[Row]]:
        """The file's record and the rows, {"row", "cells"} each.

        Raises FileUnknown for a file that is not there or another's, Unavailable, SheetsBusy, and
        the refusals of gateway/roster/errors.py, all naming the field `file`.
        """
        try:
            record = (await self._files.find([file_id])).get(file_id)
            if record is None or record["uploader"] != actor.account_id:
                raise FileUnknown(field="file")
            content = await self._content(record)
        except PyMongoError as error:
            raise Unavailable from error
        return record, await self._rows(content)

    async def _content(self, record: Row) -> bytes:
        if record["content_type"] not in TYPES:
            raise SheetUnreadable(field="file")
        if record["size"] > LARGEST:
            raise SheetTooLarge(f"文件不能超过{LARGEST // 1024 // 1024} MiB", field="file")
        try:
            return await (await self._files.open(record["_id"])).read()
        except NoFile:
            raise FileUnknown(field="file") from None

    async def _rows(self, content: bytes) -> list[Row]:
        if self._waiting >= MOST_WAITING:
            raise SheetsBusy(field="file")
        self._waiting += 1
        try:
            async with self._turn:
                return await _read(content)
        finally:
            self._waiting -= 1


async def _read(content: bytes) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="sheet-") as name:
        folder = Path(name)
        await asyncio.to_thread((folder / sheet.CONTENT).write_bytes, content)
        try:
            status = await run_child(sheet.__name__, folder, READ_SECONDS)
        except TimeoutError:
            raise SheetTooLarge(field="file") from None
        if status:  # ended by its limits, or by a file that no library foresaw
            log.warning("sheet_child_failed", status=status)
            raise SheetUnreadable(field="file")
        result = orjson.loads(await asyncio.to_thread((folder / sheet.RESULT).read_bytes))
    if "rows" not in result:
        raise BY_CODE[result["code"]](result["message"], field="file")
    rows: list[Row] = result["rows"]
    return rows
