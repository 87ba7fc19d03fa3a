from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from marshmallow import ValidationError, fields

from shared.errors import InvalidInput
from shared.persistence.paging import decode_cursor, encode_cursor
from shared.schemas import Choice, Id, InputSchema, Phone, Text, When


class Colour(StrEnum):
    RED = "RED"


class Line(InputSchema):
    text = Text(1, 5, required=True)


class Form(InputSchema):
    proposal_id = Id(required=True)
    colour = Choice(Colour)
    due_at = When()
    lines = fields.List(fields.Nested(Line))
    units = fields.List(Id())


def refusals(**payload: Any) -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        Form.parse(payload)
    return {(item["field"], item["message"]) for item in caught.value.items}


def test_good_input_is_typed_and_trimmed() -> None:
    parsed = Form.parse(
        {"proposal_id": " p1 ", "colour": "RED", "due_at": "2017-02-06T09:00:00+08:00"}
    )
    assert parsed["proposal_id"] == "p1"
    assert parsed["colour"] is Colour.RED
    assert parsed["due_at"].isoformat() == "2017-02-06T09:00:00+08:00"


def test_each_wrong_field_is_named_as_clients_know_it() -> None:
    assert refusals(
        colour="BLUE",
        due_at="2017-02-06",
        lines=[{"text": "too long"}],
        units=[{"$gt": 1}],
        extra=1,
    ) == {
        ("proposalId", "此项必填"),
        ("colour", "不在可选范围内"),
        ("dueAt", "时间须带时区"),
        ("units.0", "格式不正确"),
        ("lines.0.text", "应为1至5个字"),
        ("extra", "不认识的字段"),
    }


@pytest.mark.parametrize("operator", [{"$ne": None}, ["x"], 7, None])
def test_nothing_but_text_passes_a_text_field(operator: Any) -> None:
    (field, _message) = refusals(proposal_id=operator).pop()
    assert field == "proposalId"


def test_a_cursor_brings_back_its_values() -> None:
    from datetime import datetime

    values = [datetime.fromisoformat("2017-02-06T09:00:00+08:00"), None, 3, "x"]
    assert decode_cursor(encode_cursor(values), *[object] * 4) == values


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "!!",
        "eA",
        encode_cursor([1, 2]),
        encode_cursor([[1]]),
        encode_cursor([{"$gt": ""}]),
        encode_cursor([{"d": {"$gt": ""}}]),
        encode_cursor([{"d": "0001-01-01T00:00:00+14:00"}]),
        encode_cursor([2**64 - 1]),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        decode_cursor(cursor, object)
    assert caught.value.field == "after"


@pytest.mark.parametrize(
    "phone", ["", "63960000", "0512-63960000", "+86 138 0013 8000", "(0512)63960000转801", "110"]
)
def test_a_telephone_number_as_people_write_it(phone: str) -> None:
    assert Phone().deserialize(phone) == phone


@pytest.mark.parametrize("phone", ["abc", "张三", "---", "12", "1380013800O", "63960000转", "+"])
def test_letters_are_no_telephone_number(phone: str) -> None:
    with pytest.raises(ValidationError):
        Phone().deserialize(phone)
