"""The child process that reads one sheet: `python -m gateway.roster.sheet FOLDER`.

FOLDER holds `content`, an xlsx or a CSV. It gets `result`: {"rows": [{"row", "cells"}]} in JSON,
rows by their line, texts of cells by column key; or {"code", "message"} of why it is no roster.
A file can be made to take all memory and time, so both are limited here.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import iterparse

import orjson

from gateway.roster.columns import KEY_HEADING, KEYS
from gateway.roster.errors import (
    SheetEmpty,
    SheetHeadingUnfit,
    SheetTooLarge,
    SheetUnreadable,
    SheetWithFormula,
    SheetWithoutHeadings,
)
from shared import traces
from shared.errors import DomainError
from shared.text import clean

CONTENT, RESULT = "content", "result"
MOST_ROWS = 1000  # of one import, as the members service takes them
MOST_LINES = 20_000  # empty ones included
MOST_COLUMNS = 60
LONGEST_CELL = 1000
MOST_CHARACTERS = 1_000_000  # of all cells: what one call to the members service carries
HEADINGS_WITHIN = 10  # lines; a title may stand above
UNPACKED = 64 * 1024 * 1024
MEMORY = 1024 * 1024 * 1024
SECONDS = 20
NICENESS = 10  # people who wait for a page come first
ENCODINGS = ("utf-8-sig", "gb18030")
Line = list[str]


def main(folder: Path) -> None:
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        result: dict[str, Any] = {"rows": rows_of((folder / CONTENT).read_bytes())}
    except DomainError as error:
        result = {"code": error.code, "message": error.message}
    except MemoryError:
        result = {"code": SheetTooLarge.code, "message": SheetTooLarge.message}
    (folder / RESULT).write_bytes(orjson.dumps(result))


def rows_of(content: bytes) -> list[dict[str, Any]]:
    """[{"row", "cells", "hidden"?}] of a file; raises one of gateway/roster/errors.py."""
    hidden: set[int] = set()
    packed = content.startswith(b"PK")
    lines = _of_workbook(content, hidden) if packed else _of_csv(content)
    numbered = enumerate(lines, 1)
    keys = _headings(numbered)
    rows = list(islice(_below(numbered, keys), MOST_ROWS + 1))
    for row in rows:
        if row["row"] in hidden:
            row["hidden"] = True
    if not rows:
        raise SheetEmpty
    if len(rows) > MOST_ROWS:
        raise SheetTooLarge(f"一次最多导入{MOST_ROWS}行，请分批上传")
    if sum(len(text) for row in rows for text in row["cells"].values()) > MOST_CHARACTERS:
        raise SheetTooLarge(f"表格内容超过{MOST_CHARACTERS}个字，请分批上传")
    return rows


def _headings(lines: Iterator[tuple[int, Line]]) -> list[str | None]:
    """The column keys; None: a column that is not read. Raises SheetWithoutHeadings, …Unfit."""
    for _, line in islice(lines, HEADINGS_WITHIN):
        headings = ["".join(text.split()) for text in line]
        if KEY_HEADING in headings:
            return _known(headings)
    raise SheetWithoutHeadings


def _known(headings: Line) -> list[str | None]:
    named = [heading for heading in headings if heading]
    if unknown := [heading for heading in named if heading not in KEYS]:
        raise SheetHeadingUnfit(f"不认识的列：{'、'.join(unknown)}")
    if doubled := sorted({heading for heading in named if named.count(heading) > 1}):
        raise SheetHeadingUnfit(f"重复的列：{'、'.join(doubled)}")
    return [KEYS[heading] if heading else "" for heading in headings]


def _below(lines: Iterator[tuple[int, Line]], keys: list[str | None]) -> Iterator[dict[str, Any]]:
    for number, line in lines:
        if number > MOST_LINES:
            raise SheetTooLarge(f"表格超过{MOST_LINES}行")
        if any(line):
            yield {"row": number, "cells": _cells(number, line, keys)}


def _cells(number: int, line: Line, keys: list[str | None]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for position, text in enumerate(line):
        key = keys[position] if position < len(keys) else ""
        if text and key == "":
            raise SheetHeadingUnfit(f"第{number}行第{position + 1}列有内容，但该列没有标题")
        if len(text) > LONGEST_CELL:
            raise SheetTooLarge(f"第{number}行第{position + 1}列超过{LONGEST_CELL}个字")
        if text and key:
            cells[key] = text
    return cells


# -- CSV -----------------------------------------------------------------------------------


def _of_csv(content: bytes) -> Iterator[Line]:
    text = _decoded(content)
    if "\0" in text:
        raise SheetUnreadable
    headings = next((line for line in text.splitlines() if KEY_HEADING in line), "")
    delimiter = "\t" if "\t" in headings else ","
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
            yield [_plain(number, position, cell) for position, cell in enumerate(line, 1)]
    except csv.Error:
        raise SheetUnreadable from None


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable


def _plain(number: int, position: int, cell: str) -> str:
    if cell.lstrip().startswith("="):
        raise _formula(number, position)
    return cell.strip()


def _formula(number: int, position: int) -> SheetWithFormula:
    return SheetWithFormula(f"第{number}行第{position}列是公式，请粘贴为数值后再上传")


# -- xlsx ----------------------------------------------------------------------------------


def _of_workbook(content: bytes, hidden: set[int]) -> Iterator[Line]:
    """The first sheet that is not hidden; the numbers of rows that are go into `hidden`."""
    _require_small(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheet = (seen or book.worksheets)[0]
        sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
        hidden |= _hidden_rows(content, sheet)
        cells: Iterable[Any] = sheet.iter_rows(max_col=MOST_COLUMNS)
        for number, line in enumerate(cells, 1):
            yield [_text(number, position, cell) for position, cell in enumerate(line, 1)]
    except (DomainError, MemoryError, GeneratorExit):
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError):
        raise SheetUnreadable from None
    except SyntaxError:  # ElementTree's ParseError is one
        raise SheetUnreadable from None


def _hidden_rows(content: bytes, sheet: Any) -> set[int]:
    """Of a sheet that is read row by row openpyxl tells only where it lies."""
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        package.open(sheet._worksheet_path) as xml,
    ):
        found = set()
        for _, element in iterparse(xml):
            if element.tag.endswith("}row"):
                if element.get("hidden") in ("1", "true") and element.get("r"):
                    found.add(int(element.get("r", "0")))
                element.clear()
        return found


def _require_small(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except zipfile.BadZipFile:
        raise SheetUnreadable from None
    if unpacked > UNPACKED:
        raise SheetTooLarge("表格展开后过大，请删去图片、批注等多余内容")


def _text(number: int, position: int, cell: Any) -> str:
    value = cell.value
    if cell.data_type == "f":
        raise _formula(number, position)
    if value is None or cell.data_type == "e":
        return "" if value is None else str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    from openpyxl.utils.escape import unescape

    return clean(unescape(str(value)), lines=True)  # _x000D_ stands for a line break


if __name__ == "__main__":
    traces.guard()
    main(Path(sys.argv[1]))
