"""Words of documents: days, sessions, and text that every file format takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from shared.clock import SHANGHAI

_DIGITS = "零一二三四五六七八九"
# What XML 1.0 has no way to write; line breaks and tabs stay.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str | None) -> str:
    """The text without characters that a docx or xlsx cannot hold."""
    return _UNWRITABLE.sub("", text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def lines(text: str | None) -> list[str]:
    """The paragraphs of a text, none of them empty."""
    return [line.strip() for line in plain(text).split("\n") if line.strip()]


def day_of(text: str | None) -> date | None:
    """The day in China of a moment or day in ISO 8601."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date()


def written(text: str | None) -> str:
    """2017年2月6日, of a moment or day in ISO 8601; empty for none."""
    day = day_of(text)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def chinese(number: int) -> str:
    """1 → 一, 15 → 十五, 20 → 二十; from 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def session_of(term: int | None, session: int | None) -> str:
    """「十五届一次会议」; a draft belongs to no session yet."""
    if term is None or session is None:
        return ""
    return f"{chinese(term)}届{chinese(session)}次会议"


def units_of(units: Iterable[Mapping[str, str]]) -> str:
    """「区住建局（主办）、区水利局（会办）」, of {"name", "part"} each."""
    return "、".join(f"{unit['name']}（{unit['part']}）" for unit in units)


def heading_of(case: Mapping[str, str]) -> str:
    """「15-1-023 关于…的建议」; a proposal without case number has its serial number."""
    return plain(f"{case['case_no'] or case['serial_no']} {case['title']}")
