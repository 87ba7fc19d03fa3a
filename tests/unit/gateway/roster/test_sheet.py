"""Bytes of a sheet → rows; what is no roster is refused with one clear code."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from gateway.roster import reading, sheet
from gateway.roster.columns import COLUMNS, LABELS, label_of
from gateway.roster.errors import SheetTooLarge, SheetUnreadable
from services.members.domain.planning import PROFILE
from services.members.schemas.sheet import COLUMNS as KNOWN
from shared.errors import DomainError

HEADINGS = "委员证号,姓名,出生日期,手机号码"
LU = "15-0088,陆晓芸,1970-05-01,13812340088"
CELLS = {
    "member_no": "15-0088",
    "name": "陆晓芸",
    "birth_date": "1970-05-01",
    "phone": "13812340088",
}
ROW = {"row": 2, "cells": CELLS}


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    first = book.worksheets[0]
    for row in rows:
        first.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def refusal(content: bytes) -> tuple[str, str]:
    with pytest.raises(DomainError) as error:
        sheet.rows_of(content)
    return error.value.code, error.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_in_each_encoding(encoding: str, line_end: str) -> None:
    text = line_end.join([HEADINGS, LU, ""])
    assert sheet.rows_of(text.encode(encoding)) == [ROW]


def test_a_line_before_the_headings_tells_nothing_of_the_delimiter() -> None:
    assert sheet.rows_of("名册\n委员证号\t姓名\n15-0088\t陆晓芸\n".encode()) == [
        {"row": 3, "cells": {"member_no": "15-0088", "name": "陆晓芸"}}
    ]


def test_a_sheets_own_dimension_is_not_believed() -> None:
    """Some programs write the dimension once, and add rows."""
    rows = [(f"15-{n:04d}", f"委员{n}") for n in range(1, 6)]
    content = io.BytesIO()
    made = io.BytesIO(workbook(("委员证号", "姓名"), *rows))
    with zipfile.ZipFile(made) as book, zipfile.ZipFile(content, "w") as changed:
        for name in book.namelist():
            part = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b'<dimension ref="A1:B6"' in part
                part = part.replace(b'<dimension ref="A1:B6"', b'<dimension ref="A1:B3"')
            changed.writestr(name, part)
    assert len(sheet.rows_of(content.getvalue())) == 5


def test_the_first_sheet_that_is_seen_is_read() -> None:
    book = Workbook()
    hidden = book.worksheets[0]
    hidden.append(("参数",))
    hidden.sheet_state = "hidden"
    seen = book.create_sheet("名册")
    seen.append(("委员证号", "姓名"))
    seen.append(("15-0088", "陆晓芸"))
    target = io.BytesIO()
    book.save(target)
    assert sheet.rows_of(target.getvalue()) == [
        {"row": 2, "cells": {"member_no": "15-0088", "name": "陆晓芸"}}
    ]


def test_rows_that_are_hidden_are_read_and_said_to_be() -> None:
    book = Workbook()
    seen = book.worksheets[0]
    for line in (("委员证号", "姓名"), ("15-0088", "陆晓芸"), ("15-0031", "沈建国")):
        seen.append(line)
    seen.row_dimensions[3].hidden = True
    target = io.BytesIO()
    book.save(target)
    assert sheet.rows_of(target.getvalue()) == [
        {"row": 2, "cells": {"member_no": "15-0088", "name": "陆晓芸"}},
        {"row": 3, "cells": {"member_no": "15-0031", "name": "沈建国"}, "hidden": True},
    ]


def test_line_breaks_in_a_cell_are_line_breaks() -> None:
    content = workbook(("委员证号", "专业特长"), ("15-0088", "法律_x000D_\n经济\u200b"))
    assert sheet.rows_of(content)[0]["cells"]["skills"] == "法律\n经济"


def test_csv_with_tabs_and_quotes() -> None:
    text = '委员证号\t专业特长\n15-0088\t"水处理,法律"\n'
    assert sheet.rows_of(text.encode()) == [
        {"row": 2, "cells": {"member_no": "15-0088", "skills": "水处理,法律"}}
    ]


def test_a_workbook_with_dates_and_numbers() -> None:
    rows = sheet.rows_of(
        workbook(
            ("委员证号", "姓名", "出生日期", "手机号码", "连任届数", "不记分", "就任日期"),
            ("15-0088", "陆晓芸", datetime(1970, 5, 1), 13812340088, 2.0, True, date(2017, 2, 3)),
        )
    )
    more = {"terms_served": "2", "not_scored": "是", "joined_on": "2017-02-03"}
    assert rows == [{"row": 2, "cells": {**CELLS, **more}}]


def test_a_title_above_and_gaps_between() -> None:
    text = f"十五届委员名册,,,\n\n{HEADINGS}\n,,,\n{LU}\n"
    assert sheet.rows_of(text.encode()) == [{**ROW, "row": 5}]


def test_what_is_printed_only_is_not_read() -> None:
    assert sheet.rows_of("委员证号,状态\n15-0088,在任\n".encode()) == [
        {"row": 2, "cells": {"member_no": "15-0088"}}
    ]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "SHEET_WITHOUT_HEADINGS", "未找到标题行：前10行中应有“委员证号”一列，可下载模板填写"),
        ("姓名\n陆晓芸\n", "SHEET_WITHOUT_HEADINGS", None),
        ("\n" * 10 + HEADINGS, "SHEET_WITHOUT_HEADINGS", None),
        ("委员证号,身份证号\n", "SHEET_HEADING_UNFIT", "不认识的列：身份证号"),
        ("委员证号,姓名,姓 名\n", "SHEET_HEADING_UNFIT", "重复的列：姓名"),
        (
            f"{HEADINGS}\n{LU},备注\n",
            "SHEET_HEADING_UNFIT",
            "第2行第5列有内容，但该列没有标题",
        ),
        (f"{HEADINGS}\n,,,\n", "SHEET_EMPTY", "标题行下没有内容"),
        (
            f"{HEADINGS}\n15-0088,=A1,,\n",
            "SHEET_WITH_FORMULA",
            "第2行第2列是公式，请粘贴为数值后再上传",
        ),
        (
            f"{HEADINGS}\n" + f"{LU}\n" * 1001,
            "SHEET_TOO_LARGE",
            "一次最多导入1000行，请分批上传",
        ),
        (f"{HEADINGS}\n" + "\n" * 20_000 + LU, "SHEET_TOO_LARGE", "表格超过20000行"),
        (
            f"{HEADINGS}\n" + f"15-0088,{'长' * 999}\n" * 1000,
            "SHEET_TOO_LARGE",
            "表格内容超过1000000个字，请分批上传",
        ),
        (f"{HEADINGS}\n15-0088,{'长' * 1001}\n", "SHEET_TOO_LARGE", "第2行第2列超过1000个字"),
    ],
)
def test_what_is_no_roster(text: str, code: str, message: str | None) -> None:
    found = refusal(text.encode())
    assert found == (code, message or found[1])


def test_a_thousand_rows_are_not_too_many() -> None:
    assert len(sheet.rows_of((f"{HEADINGS}\n" + f"{LU}\n" * 1000).encode())) == 1000


@pytest.mark.parametrize(
    "content",
    [
        HEADINGS.encode("utf-16"),
        b"\x80\x81\xff",
        b"PK\x03\x04 no zip",
        b"\x00",
        HEADINGS.encode() + b"\n\x00",
    ],
)
def test_what_is_no_table(content: bytes) -> None:
    assert refusal(content)[0] == "SHEET_UNREADABLE"


def test_a_zip_that_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("xl/workbook.xml", "<no")
    assert refusal(target.getvalue())[0] == "SHEET_UNREADABLE"


def test_a_zip_that_unpacks_to_more_than_fits() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * (sheet.UNPACKED + 1))
    assert refusal(target.getvalue())[0] == "SHEET_TOO_LARGE"


def test_a_formula_in_a_workbook() -> None:
    content = workbook(("委员证号", "姓名"), ("15-0088", "=1+1"))
    assert refusal(content) == ("SHEET_WITH_FORMULA", "第2行第2列是公式，请粘贴为数值后再上传")


def test_the_child_process_reads_and_refuses() -> None:
    assert asyncio.run(reading._read(f"{HEADINGS}\n{LU}\n".encode())) == [ROW]
    with pytest.raises(SheetUnreadable) as error:
        asyncio.run(reading._read(b"\x00"))
    assert error.value.field == "file"


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READ_SECONDS", 0)
    with pytest.raises(SheetTooLarge):
        asyncio.run(reading._read(HEADINGS.encode()))


def test_columns_are_those_that_the_service_understands() -> None:
    assert {column.key for column in COLUMNS if column.key} == KNOWN
    assert set(PROFILE) - {"wechat_openid"} <= set(LABELS)


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("joinedOn", "就任日期"),
        ("posts.0.organisation", "政协职务"),
        ("committees", "专委会"),
        ("somethingElse", None),
        (None, None),
    ],
)
def test_refusals_are_told_by_column(field: str | None, label: str | None) -> None:
    assert label_of(field) == label
