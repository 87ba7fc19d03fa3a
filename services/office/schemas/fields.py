"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.schemas import Id, InputSchema, Text

MOST_IDS = validate.Length(max=1000, error="一次至多1000个")
SIZES = validate.Range(1, 100, error="每页条数应为1至100")
FILES = validate.Length(max=50, error="至多50个文件")


def id_list(**kwargs: Any) -> fields.List[Any]:
    return fields.List(Id(), validate=MOST_IDS, **kwargs)


def files(**kwargs: Any) -> fields.List[Any]:
    return fields.List(Id(), validate=FILES, **kwargs)


class Ids(InputSchema):
    ids = id_list(required=True)


class Page(InputSchema):
    first = fields.Int(strict=True, load_default=20, validate=SIZES)
    after = Text(1, 1000, load_default=None, allow_none=True)


class OfFile(InputSchema):
    file_id = Id(required=True)
    subject = Id(required=True)
