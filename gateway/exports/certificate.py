"""The certificate of a rotation class as a page of PDF; runs in the child process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from gateway.exports.font import NAME as FONT
from gateway.exports.font import embedded, require_glyphs

WIDTH, HEIGHT = landscape(A4)
MARGIN, FRAME = 90, 40
TITLE, BODY, SMALL = 40, 20, 13
LINE = 38  # points between two lines of the body
Row = dict[str, Any]


def certificates_pdf(rows: list[Row], target: Any, told: Callable[[], Any]) -> None:
    """A page for each; rows as the study service sends them, with `name`.

    Raises ExportGlyphMissing.
    """
    font = embedded()
    written = ("name", "title", "number", "code")
    require_glyphs(font, [str(row[part]) for row in rows for part in written])
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT))
    canvas.setTitle("结业证书")
    for row in rows:
        _page(canvas, row)
        canvas.showPage()
        told()
    canvas.save()


def _page(canvas: Canvas, row: Row) -> None:
    canvas.rect(FRAME, FRAME, WIDTH - 2 * FRAME, HEIGHT - 2 * FRAME)
    canvas.setFont(FONT, TITLE)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 130, "结 业 证 书")
    canvas.setFont(FONT, BODY)
    canvas.drawString(MARGIN, HEIGHT - 200, f"{row['name']} 委员：")
    text = (
        f"　　于{_day(row['held_at'])}参加{row['title']}（第{row['batch']}批）学习，"
        f"共{row['hours']:g}学时，完成规定的学习内容，准予结业。"
    )
    for number, line in enumerate(_lines(text)):
        canvas.drawString(MARGIN, HEIGHT - 240 - number * LINE, line)
    canvas.drawRightString(WIDTH - MARGIN, 150, _day(row["issued_at"]))
    canvas.setFont(FONT, SMALL)
    canvas.drawString(MARGIN, 95, f"证号：{row['number']}")
    canvas.drawString(MARGIN, 75, f"验证码：{row['code']}（凭证号和验证码可在平台查验）")


def _lines(text: str) -> list[str]:
    """Chinese breaks anywhere: as many characters as the width holds."""
    most = int((WIDTH - 2 * MARGIN) // BODY)
    return [text[start : start + most] for start in range(0, len(text), most)]


def _day(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return f"{at.year}年{at.month}月{at.day}日"
