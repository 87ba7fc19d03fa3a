"""Laying a table out as xlsx, in the child process."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gateway.exports.cells import put

Told = Callable[[], Any]


def table_xlsx(
    title: str, columns: list[dict[str, Any]], rows: list[list[Any]], target: IO[bytes], told: Told
) -> None:
    """A heading row and a row for each of `rows`; `told` is called after each of them."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for position, column in enumerate(columns, 1):
        cell = sheet.cell(1, position, column["heading"])
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(position)].width = column["width"]
    for number, row in enumerate(rows, 2):
        for position, value in enumerate(row, 1):
            put(sheet.cell(number, position), value)
        told()
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(target)
