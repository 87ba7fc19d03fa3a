"""提案登记表: a list of cases as xlsx."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gateway.exports.cells import put
from gateway.exports.wording import day_of, units_of

Case = dict[str, Any]
Told = Callable[[], Any]
SHEET = "提案登记表"


@dataclass(frozen=True)
class Column:
    """width: characters; value: what a case has there, a text or a day."""

    heading: str
    width: int
    value: Callable[[Case], str | date | None]


def _text(name: str) -> Callable[[Case], str]:
    return lambda case: case[name]


def _day(name: str) -> Callable[[Case], date | None]:
    return lambda case: day_of(case[name])


COLUMNS = (
    Column("流水号", 14, _text("serial_no")),
    Column("提案号", 12, _text("case_no")),
    Column("案由", 48, _text("title")),
    Column("提案形式", 10, _text("kind")),
    Column("提案性质", 10, _text("mark")),
    Column("第一提案人", 16, _text("proposer")),
    Column("联名人", 30, lambda case: "、".join(case["cosigners"])),
    Column("类别", 16, _text("category")),
    Column("状态", 12, _text("state")),
    Column("承办单位", 36, lambda case: units_of(case["units"])),
    Column("提交日期", 12, _day("submitted_at")),
    Column("立案日期", 12, _day("filed_at")),
    Column("交办日期", 12, _day("assigned_at")),
    Column("应复日期", 12, _day("due_at")),
    Column("答复日期", 12, _day("replied_at")),
    Column("办理类别", 10, _text("class")),
    Column("办理态度", 10, _text("attitude")),
    Column("办理结果", 10, _text("result")),
    Column("办结日期", 12, _day("closed_at")),
)


def case_list_xlsx(cases: list[Case], target: IO[bytes], told: Told) -> None:
    """One row a case; `told` is called after each of them."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _headings(sheet)
    for number, case in enumerate(cases, 2):
        for position, column in enumerate(COLUMNS, 1):
            put(sheet.cell(number, position), column.value(case))
        told()
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(target)


def _headings(sheet: Worksheet) -> None:
    for position, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, position, column.heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(position)].width = column.width
