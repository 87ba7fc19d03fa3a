"""Certificates as pages of PDF: of rotation classes, of appointments; runs in the child process."""

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
    _pages(rows, target, told, "结业证书", _completed)


def appointments_pdf(rows: list[Row], target: Any, told: Callable[[], Any]) -> None:
    """聘书 of democratic supervisors, as the supervision service sends them, with `name`.

    Raises ExportGlyphMissing.
    """
    _pages(rows, target, told, "聘书", _appointed)


def _completed(row: Row) -> tuple[str, str]:
    """Who it is for, and what it says."""
    return (
        f"{row['name']} 委员：",
        f"　　于{_day(row['held_at'])}参加{row['title']}（第{row['batch']}批）学习，"
        f"共{row['hours']:g}学时，完成规定的学习内容，准予结业。",
    )


def _appointed(row: Row) -> tuple[str, str]:
    return (
        f"{row['name']} 同志：",
        f"　　兹聘请您为政协苏州市吴江区委员会民主监督员，"
        f"聘期自{_day(row['issued_at'])}至{_day(row['ends_on'])}。",
    )


def _pages(
    rows: list[Row],
    target: Any,
    told: Callable[[], Any],
    title: str,
    says: Callable[[Row], tuple[str, str]],
) -> None:
    font = embedded()
    marks = (str(row[part]) for row in rows for part in ("number", "code"))
    require_glyphs(font, [*marks, *(text for row in rows for text in says(row))])
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT))
    canvas.setTitle(title)
    for row in rows:
        _page(canvas, row, title, says(row))
        canvas.showPage()
        told()
    canvas.save()


def _page(canvas: Canvas, row: Row, title: str, said: tuple[str, str]) -> None:
    to, text = said
    canvas.rect(FRAME, FRAME, WIDTH - 2 * FRAME, HEIGHT - 2 * FRAME)
    canvas.setFont(FONT, TITLE)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 130, " ".join(title))
    canvas.setFont(FONT, BODY)
    canvas.drawString(MARGIN, HEIGHT - 200, to)
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
