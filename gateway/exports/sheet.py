"""Laying a table out as xlsx, in the child process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gateway.exports.cells import put

Told = Callable[[], Any]
OPTIONS = "可选值"
WIDTH = 24


def table_xlsx(
    head: Mapping[str, Any], rows: list[list[Any]], target: IO[bytes], told: Told
) -> None:
    """A heading row and a row for each of `rows`; `told` is called after each of them.

    head: title, columns ({"heading", "width", "hint"}), options (lists, each under its heading).
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = head["title"]
    for position, column in enumerate(head["columns"], 1):
        _heading(sheet, position, column["heading"], column["width"], column["hint"])
    for number, row in enumerate(rows, 2):
        for position, value in enumerate(row, 1):
            put(sheet.cell(number, position), value)
        told()
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    if head["options"]:
        # A sheet to fill in: what is typed stays text, 15-0088 is no date.
        for column in sheet.column_dimensions.values():
            column.number_format = "@"
        _options(book.create_sheet(OPTIONS), head["options"])
    book.save(target)


def _heading(sheet: Worksheet, position: int, text: str, width: int, hint: str = "") -> None:
    cell = sheet.cell(1, position, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if hint:
        cell.comment = Comment(hint, "")
    sheet.column_dimensions[get_column_letter(position)].width = width


def _options(sheet: Worksheet, options: list[list[str]]) -> None:
    for position, (heading, *words) in enumerate(options, 1):
        _heading(sheet, position, heading, WIDTH)
        for number, word in enumerate(words, 2):
            put(sheet.cell(number, position), word)
