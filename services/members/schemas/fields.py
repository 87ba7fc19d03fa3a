"""Fields that several inputs share."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validate


def optional(field: type[fields.Field[Any]], *args: Any, **kwargs: Any) -> fields.Field[Any]:
    """A field that may be absent or null; then it is None."""
    return field(*args, load_default=None, allow_none=True, **kwargs)


def matching(pattern: str, said: str, **kwargs: Any) -> fields.Str:
    """Text of a fixed shape; `said` if it is of another."""
    return fields.Str(validate=validate.Regexp(pattern, error=said), **kwargs)


def sector_code(**kwargs: Any) -> fields.Str:
    return matching(r"^\d{2}$", "界别代码应为两位数字", **kwargs)


class Day(fields.Field[Any]):
    """A day, ISO 8601; loads the text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValidationError("日期格式应为 2017-02-06") from None
        return day.isoformat()


class Texts(fields.List):
    """Some texts, without repetition."""

    def __init__(self, item: fields.Field[Any], most: int, **kwargs: Any) -> None:
        super().__init__(item, validate=validate.Length(max=most, error=f"最多{most}项"), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        return list(dict.fromkeys(super()._deserialize(value, attr, data, **kwargs)))
