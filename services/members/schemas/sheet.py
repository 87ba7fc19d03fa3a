"""A row of an imported sheet: Chinese words in cells → the input of a nomination.

An empty cell leaves a field as it is; 无 empties it. What cannot be understood is a problem of
its field; the rest of the row is read all the same, so that a report names every problem at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, TypedDict

from marshmallow import fields

from services.members.domain import wording
from services.members.domain.errors import GroupUnfit, PostUnfit, SectorUnfit
from services.members.domain.organisation import Kind
from services.members.domain.posts import HELD_IN, PostKind
from services.members.domain.profile import camel
from services.members.domain.rows import SheetRow, Values, Words
from services.members.schemas.profiles import MemberNo, MemberProfileInput
from shared.clock import SHANGHAI
from shared.errors import AppError, InvalidInput
from shared.operations import about
from shared.operations.arguments import fields_of, form
from shared.schemas import Many

# Not within brackets: 界别活动小组召集人（民革、民盟、台盟界别活动小组） is one post.
SEPARATORS = re.compile(r"[、，,；;\n]+(?![^（]*）)")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
KIND_OF_GROUP = {
    "committees": Kind.COMMITTEE,
    "sector_group": Kind.SECTOR_GROUP,
    "town": Kind.TOWN_COMMITTEE,
}
Reader = Callable[[str, Words], Any]


class _Numbered(TypedDict):
    member_no: MemberNo


class ImportedRow(_Numbered, MemberProfileInput, total=False):
    """What a row may say, once its words are codes."""

    former_member_no: MemberNo
    posts: Annotated[list[Any], about(Many(fields.Dict()))]
    joined_via: Annotated[str, about(fields.Str())]
    joined_on: Annotated[str, about(fields.Str())]


ROW = form("ImportedRow", fields_of(ImportedRow))


def read_row(number: int, cells: Mapping[str, str], words: Words) -> SheetRow:
    """The values of the cells, by the keys of READERS, and every problem of the row."""
    values, problems = _words_read(cells, words)
    try:
        ROW.parse(values)
    except InvalidInput as error:
        problems += [item for item in error.items if item["field"] not in _fields(problems)]
    return SheetRow(number, values, tuple(problems))


def _fields(problems: list[dict[str, Any]]) -> set[str]:
    return {problem["field"] for problem in problems}


def _words_read(cells: Mapping[str, str], words: Words) -> tuple[Values, list[dict[str, Any]]]:
    values: Values = {}
    problems: list[dict[str, Any]] = []
    for name, text in _given(cells):
        try:
            values[name] = None if text == wording.NONE else READERS[name](text, words)
        except AppError as error:
            problems += [{**item, "field": camel(name)} for item in error.items]
    for name in LISTS & values.keys():
        values[name] = values[name] or []
    return values, problems


def _given(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The cells that say something; the two columns of committees as one."""
    committees = [cells[name].strip() for name in COMMITTEES if cells.get(name, "").strip()]
    named = [text for text in committees if text != wording.NONE]
    given = {name: text for name, text in cells.items() if name not in COMMITTEES}
    if committees:
        given["committees"] = "、".join(named) or wording.NONE
    for name, text in given.items():
        if text.strip():
            yield name, text.strip()


COMMITTEES = ("committee_1", "committee_2")
LISTS = frozenset({"committees", "skills", "posts"})


def _plain(text: str, _: Words) -> str:
    return text


def _one_of(known: Mapping[str, Any]) -> Reader:
    def read(text: str, _: Words) -> Any:
        if text not in known:
            raise InvalidInput(f"应为：{'、'.join(known)}")
        return known[text]

    return read


def _number(text: str, _: Words) -> int:
    if not text.isascii() or not text.isdigit():
        raise InvalidInput("应为整数")
    return int(text)


def _day(text: str, _: Words) -> str:
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> str:
    raise InvalidInput("日期格式应为 2017-02-06")


def _moment(text: str, words: Words) -> str:
    """The beginning of a day in China."""
    day = date.fromisoformat(_day(text, words))
    return datetime.combine(day, time(), SHANGHAI).isoformat()


def _texts(text: str, _: Words) -> list[str]:
    return _parts(text)


def _sector(text: str, words: Words) -> str:
    if text not in words.sectors:
        raise SectorUnfit(f"没有名为“{text}”的界别")
    return words.sectors[text]


def _group(kind: Kind) -> Reader:
    def read(text: str, words: Words) -> str:
        known = words.organisations.get(kind, {})
        if text not in known:
            raise GroupUnfit(f"没有名为“{text}”的{NAMES[kind]}")
        return known[text]

    return read


NAMES = {
    Kind.COMMITTEE: "专委会",
    Kind.SECTOR_GROUP: "界别活动小组",
    Kind.TOWN_COMMITTEE: "镇（街道）工委",
    Kind.HANDLING_UNIT: "承办单位",
}


def _committees(text: str, words: Words) -> list[str]:
    return [_group(Kind.COMMITTEE)(part, words) for part in _parts(text)]


def _posts(text: str, words: Words) -> list[dict[str, str]]:
    """常委、专委会主任（提案委员会）; the group may be left out where the member has one only."""
    text = text.replace("(", "（").replace(")", "）")
    return [_post(part, words) for part in _parts(text)]


def _post(text: str, words: Words) -> dict[str, str]:
    """A post's own name may hold brackets: 镇（街道）委员小组组长（同里镇）."""
    for name in wording.POSTS:
        if text == name:
            return {"post": wording.POSTS[name].value}
        found = re.fullmatch(re.escape(name) + r"（([^（）]+)）", text)
        if found:
            return _held_in(wording.POSTS[name], found[1], words)
    raise PostUnfit(f"没有名为“{text}”的政协职务")


def _held_in(post: PostKind, group: str, words: Words) -> dict[str, str]:
    if post not in HELD_IN:
        raise PostUnfit(f"此职务不属于某一组织，请删去“（{group}）”")
    kind = KIND_OF_GROUP[HELD_IN[post]]
    return {"post": post.value, "organisation": _group(kind)(group, words)}


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in SEPARATORS.split(text) if part.strip()))


READERS: Mapping[str, Reader] = {
    "member_no": _plain,
    "former_member_no": _plain,
    "name": _plain,
    "gender": _one_of(wording.GENDERS),
    "ethnic_group": _plain,
    "birth_date": _day,
    "affiliation": _one_of(wording.AFFILIATIONS),
    "sector": _sector,
    "sector_group": _group(Kind.SECTOR_GROUP),
    "town": _group(Kind.TOWN_COMMITTEE),
    "committees": _committees,
    "posts": _posts,
    "work_unit": _plain,
    "work_unit_id": _group(Kind.HANDLING_UNIT),
    "title": _plain,
    "inside_system": _one_of(wording.INSIDE),
    "overseas": _one_of(wording.YES_NO),
    "skills": _texts,
    "terms_served": _number,
    "phone": _plain,
    "religion": _plain,
    "not_scored": _one_of(wording.YES_NO),
    "joined_via": _one_of(wording.JOINED),
    "joined_on": _moment,
}
COLUMNS = frozenset(READERS) - {"committees"} | set(COMMITTEES)
