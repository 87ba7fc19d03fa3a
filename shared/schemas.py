"""Input schemas: marshmallow with Chinese messages, refusing what they do not know."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from shared import text
from shared.clock import SHANGHAI
from shared.contracts.groups import is_group
from shared.errors import InvalidInput, Item

ONE_LINE = 200  # characters; longer texts may have lines
MOST_WHOLE, MOST_AMOUNT = 2**31 - 1, 1e12
EARLIEST = date(1949, 10, 1)  # decision 59
YEARS_AHEAD = 50
MESSAGES = {
    "required": "此项必填",
    "null": "此项不能为空",
    "validator_failed": "取值不符合要求",
    "invalid": "格式不正确",
    "type": "格式不正确",
    "unknown": "不认识的字段",
    "invalid_uuid": "编号格式不正确",
    "invalid_utf8": "文字编码不正确",
    "too_large": "数值过大",
    "invalid_awareness": "时间须带时区",
    "too_small": "数值过小",
    "format": "格式不正确",
    "special": "数值不正确",
}


class InputSchema(Schema):
    """Base of all input. Unknown fields are refused; a text field never lets an object pass."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": MESSAGES["unknown"], "type": MESSAGES["type"]}  # noqa: RUF012

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        _speak_chinese(field_obj)

    @classmethod
    def parse(cls, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The checked values; raises InvalidInput with one item for each wrong field.

        Fields are named as clients know them: camelCase, list positions included
        (`suggestions.0.text`).
        """
        try:
            loaded: dict[str, Any] = _instance(cls).load(dict(payload))
        except ValidationError as error:
            items = _items(error.normalized_messages(), "")
            raise InvalidInput(items[0]["message"], field=items[0]["field"], items=items) from None
        return loaded


@functools.cache
def _instance(kind: type[InputSchema]) -> InputSchema:
    # Making one copies and binds every field: a fifth of a read's time.
    return kind()


class Text(fields.Str):
    """Text of `low` to `high` characters, cleaned (decision 58); long ones have lines."""

    def __init__(self, low: int = 0, high: int = 200, **kwargs: Any) -> None:
        said = f"应为{low}至{high}个字" if low else f"不能超过{high}个字"
        super().__init__(validate=validate.Length(low, high, error=said), **kwargs)
        self.low, self.lines = low, high > ONE_LINE

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return text.clean(str(super()._deserialize(value, attr, data, **kwargs)), lines=self.lines)


class CodeText(Text):
    """A number or code that people type, such as a document's: its letters and digits are ASCII."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return text.narrow_words(super()._deserialize(value, attr, data, **kwargs)).strip()


class ProperName(Text):
    """A person's or organisation's name, with the one middle dot."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return text.name(super()._deserialize(value, attr, data, **kwargs))


class Id(Text):
    """An identifier of ours. of: the type that it names in GraphQL, "Proposal"; "File" is one.

    high: most characters; more than 128 for one that is made of others.
    """

    def __init__(self, of: str | None = None, high: int = 128, **kwargs: Any) -> None:
        super().__init__(1, high, **kwargs)
        self.of = of


class Matching(fields.Str):
    """Text in ASCII's width that a pattern matches as a whole; `said` is what is wrong with any
    other. `\\d` and `\\w` are ASCII's."""

    def __init__(self, pattern: str, said: str, **kwargs: Any) -> None:
        whole = validate.Regexp(rf"(?:{pattern})\Z", re.ASCII, error=said)
        super().__init__(validate=whole, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        given = str(super()._deserialize(value, attr, data, **kwargs))
        return text.clean(text.narrow(given))


class TopicCode(Matching):
    """The code of a topic in the taxonomy of members, "WATER" (decision 56)."""

    def __init__(self, **kwargs: Any) -> None:
        said = "主题代码由大写字母、数字和下划线组成，如 WATER"
        super().__init__("[A-Z][A-Z0-9_]{1,30}", said, **kwargs)


class Number(fields.Int):
    """A whole number of 32 bits; no text and no fraction passes for one."""

    def __init__(self, low: int | None = None, high: int | None = None, **kwargs: Any) -> None:
        super().__init__(strict=True, validate=_range(low, high, MOST_WHOLE), **kwargs)


class Amount(fields.Float):
    """A number that may have a fraction."""

    def __init__(self, low: float | None = None, high: float | None = None, **kwargs: Any) -> None:
        super().__init__(validate=_range(low, high, MOST_AMOUNT), **kwargs)


class Flag(fields.Bool):
    """True or false."""


class Day(fields.Date):
    """A day: ISO 8601, in the bounds of decision 59 unless told.

    earliest: the first that makes sense; past: none that is still to come.
    """

    def __init__(self, earliest: date = EARLIEST, *, past: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._earliest, self._past = earliest, past

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        found = super()._deserialize(value, attr, data, **kwargs)
        latest = datetime.now(SHANGHAI).date() if self._past else latest_day()
        if not self._earliest <= found <= latest:
            raise ValidationError(f"日期应在{self._earliest}至{latest}之间")
        return found


class Phone(Matching):
    """A telephone number as people write it, none being none: 0512-63960000转8012, +86 138…"""

    def __init__(self, **kwargs: Any) -> None:
        pattern = r"(\+?[0-9(][0-9 ()-]{2,20}(转[0-9]{1,6})?)?"
        super().__init__(pattern, "电话号码格式不正确", **kwargs)


class Many(fields.List):
    """`low` to `high` values of one kind; texts that may be blank are left out where they are."""

    def __init__(
        self, inner: fields.Field[Any], low: int | None = None, high: int | None = None, **kw: Any
    ) -> None:
        said = f"应为{low}至{high}个" if low else f"至多{high}个"
        length = None if low is high is None else validate.Length(low, high, error=said)
        super().__init__(inner, validate=length, **kw)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        found = super()._deserialize(value, attr, data, **kwargs)
        blank_is_none = isinstance(self.inner, Text) and not self.inner.low
        return [one for one in found if one != ""] if blank_is_none else found


class When(fields.AwareDateTime):
    """A moment: ISO 8601 with offset, in the bounds of decision 59; loads as Shanghai's time, so
    that its day is the one that people here mean."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            found = super()._deserialize(value, attr, data, **kwargs).astimezone(SHANGHAI)
        except OverflowError:
            found = None
        if found is None or not EARLIEST <= found.date() <= latest_day():
            raise ValidationError(f"时间应在{EARLIEST}至{latest_day()}之间")
        return found


class Choice(fields.Field[Any]):
    """One value of an enum, by name or value; loads the enum's member."""

    default_error_messages = {"invalid": "不在可选范围内"}  # noqa: RUF012

    def __init__(self, enum: type[Enum], **kwargs: Any) -> None:
        self.enum = enum
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Enum:
        try:
            return self.enum(value)
        except ValueError:
            raise ValidationError("不在可选范围内") from None


class IdList(Many):
    """Identifiers: lists of them are looked up all the time, so good ones pass in one look."""

    def __init__(self, high: int, **kwargs: Any) -> None:
        super().__init__(Id(), high=high, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if type(value) is list and all(
            type(item) is str and 0 < len(item) <= 128 and text.is_plain(item) for item in value
        ):
            return value
        return super()._deserialize(value, attr, data, **kwargs)


class GroupKey(Text):
    """The key of a group of members, "SECTOR:22"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(_require_group)


def _require_group(key: str) -> None:
    if not is_group(key):
        raise ValidationError("组别代码不正确")


def latest_day() -> date:
    """The last that people may name (decision 59); real time, wherever the clock was moved."""
    today = datetime.now(SHANGHAI).date()
    return today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28))


def _range(low: float | None, high: float | None, most: float) -> validate.Range:
    """most: what the database and the clients can hold."""
    if high is not None:
        said = f"应在{low}至{high}之间"
    else:
        said = MESSAGES["special"] if low is None else f"不能小于{low}，且不能过大"
    return validate.Range(-most if low is None else low, most if high is None else high, error=said)


def _speak_chinese(field: fields.Field[Any]) -> None:
    field.error_messages = {**field.error_messages, **MESSAGES}
    for inner in ("inner", "key_field", "value_field"):  # of lists and dicts
        if (nested := getattr(field, inner, None)) is not None:
            _speak_chinese(nested)


def _items(messages: Mapping[Any, Any], path: str) -> list[Item]:
    items: list[Item] = []
    for key, value in messages.items():
        field = f"{path}{_camel(str(key))}"
        if isinstance(value, Mapping):
            items += _items(value, f"{field}.")
        else:
            items += [
                {"code": InvalidInput.code, "field": field, "message": str(text)} for text in value
            ]
    return items


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return name if name.startswith("_") else head + "".join(part.title() for part in rest)
