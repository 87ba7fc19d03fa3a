"""Moments and days as ISO 8601 text, as the services write them; and JSON as it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from graphene import Scalar
from graphene.types.generic import GenericScalar
from graphql import GraphQLError, StringValueNode, ValueNode


class DateTime(Scalar):
    """时刻，ISO 8601，带时区偏移。A moment: ISO 8601 with offset, 2017-02-06T09:00:00+08:00."""

    @staticmethod
    def serialize(value: Any) -> str:
        return value.isoformat() if isinstance(value, datetime) else str(value)

    @staticmethod
    def parse_value(value: Any) -> str:
        moment = _read(datetime.fromisoformat, value)
        if moment is None or moment.tzinfo is None:
            raise GraphQLError("时刻须为带时区偏移的 ISO 8601 格式，如 2017-02-06T09:00:00+08:00")
        return moment.isoformat()

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> str:
        return cls.parse_value(_text(node))


class Date(Scalar):
    """日期，ISO 8601 格式。A day: ISO 8601, 2017-02-06."""

    @staticmethod
    def serialize(value: Any) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    @staticmethod
    def parse_value(value: Any) -> str:
        day = _read(date.fromisoformat, value)
        if day is None:
            raise GraphQLError("日期须为 ISO 8601 格式，如 2017-02-06")
        return day.isoformat()

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> str:
        return cls.parse_value(_text(node))


class Json(GenericScalar):
    """任意 JSON 值。Any JSON value: a number, a text, a flag, a list or an object."""


def _text(node: ValueNode) -> str | None:
    return node.value if isinstance(node, StringValueNode) else None


def _read(parse: Any, value: Any) -> Any:
    try:
        return parse(value)
    except (TypeError, ValueError):
        return None
