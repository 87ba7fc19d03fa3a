"""Cells of an xlsx that hold what they say, whatever they begin with."""

from __future__ import annotations

from datetime import date

from openpyxl.cell import Cell
from openpyxl.styles import Alignment

from gateway.exports.wording import plain

DAY = "yyyy-mm-dd"
FORMULA_STARTS = ("=", "+", "-", "@")


def put(cell: Cell, value: str | float | date | None) -> None:
    """A text is stored as text whatever it begins with, never as a formula or an error."""
    if isinstance(value, date):
        cell.value = value
        cell.number_format = DAY
    elif isinstance(value, int | float):
        cell.value = value
    elif value:
        cell.value = plain(value)
        cell.data_type = "s"
        # Excel would read such a text as a formula once someone edits the cell.
        cell.quotePrefix = plain(value).startswith(FORMULA_STARTS)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
