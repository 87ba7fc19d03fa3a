"""Numbers of proposals: serial on submission, case number on filing (2.2 "Numbers")."""

from __future__ import annotations

from services.proposals.domain.states import Mark

_DIGITS = "零一二三四五六七八九"


def serial_no(term: int, session: int, number: int) -> str:
    """`T15-1-0315`; never reused."""
    return f"T{term}-{session}-{number:04d}"


def case_no(term: int, session: int, mark: Mark, number: int) -> str:
    """`15-1-023`, or `15-1-P012` for a REGULAR proposal."""
    prefix = "P" if mark is Mark.REGULAR else ""
    return f"{term}-{session}-{prefix}{number:03d}"


def case_title(term: int, session: int, mark: Mark, number: int) -> str:
    """「十五届一次会议第023号」."""
    kind = "平时" if mark is Mark.REGULAR else ""
    return f"{chinese(term)}届{chinese(session)}次会议{kind}第{number:03d}号"


def chinese(number: int) -> str:
    """1 → 一, 15 → 十五, 20 → 二十; up to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def serial_counter(term: int, session: int) -> str:
    return f"serial:{term}-{session}"


def case_counter(term: int, session: int, mark: Mark) -> str:
    return f"case:{term}-{session}:{mark.value}"
