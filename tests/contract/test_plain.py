"""What is found plain without marshmallow, marshmallow takes: of every contract, anything given."""

from __future__ import annotations

import math
from typing import Any

import pytest
from marshmallow import Schema, fields, validate, validates_schema

from shared.contracts import plain
from shared.contracts.base import Contract, published

OTHERS: list[Any] = [
    *(None, "", "x", "MEMBER", "2017-02-06", "2017-02-06T09:00:00", "2017-02-06T09:00:00Z"),
    *(0, 1, -1, 10**9, 1.5, math.nan, True, False, [], [None], [1], ["x"], [[]], {}, {"x": None}),
    *({"x": 1}, {1: "x"}, [{}], b"x", ("x",)),
]


def is_taken(schema: Schema, data: Any) -> bool:
    return not schema.validate(data)


@pytest.mark.parametrize("known", published().values(), ids=lambda c: f"{c.source}.{c.event_type}")
def test_what_is_plain_is_what_the_contract_says(known: Contract) -> None:
    schema = known.schema()
    is_plain = plain.checker(schema)
    assert is_plain(known.sample)  # else nothing is gained
    assert is_plain({**known.sample, "of_a_newer_producer": 1})
    for name in schema.fields:
        without = {key: value for key, value in known.sample.items() if key != name}
        assert is_plain(without) <= is_taken(schema, without), name
        for other in OTHERS:
            changed = {**known.sample, name: other}
            assert is_plain(changed) <= is_taken(schema, changed), (name, other)
            inside = known.sample.get(name)
            if isinstance(inside, list) and inside and isinstance(inside[0], dict):
                for key in inside[0]:
                    changed = {**known.sample, name: [{**inside[0], key: other}]}
                    assert is_plain(changed) <= is_taken(schema, changed), (name, key, other)


class Together(Schema):
    name = fields.Str()

    @validates_schema
    def check(self, data: Any, **_: Any) -> None: ...


class Odd(fields.Str):
    pass


@pytest.mark.parametrize(
    "schema",
    [
        Together(),
        Schema.from_dict({"name": fields.Str()})(unknown="include"),
        Schema.from_dict({"name": fields.Str()})(partial=("name",)),
        Schema.from_dict({"name": Odd()})(unknown="exclude"),
        Schema.from_dict({"name": fields.Str(validate=lambda _: None)})(unknown="exclude"),
        Schema.from_dict({"name": fields.Str(pre_load=[str])})(unknown="exclude"),
        Schema.from_dict({"name": fields.Date(validate=validate.Length(3))})(unknown="exclude"),
    ],
)
def test_what_asks_for_more_is_left_to_marshmallow(schema: Schema) -> None:
    assert not plain.checker(schema)({"name": "x"})


def test_fields_that_are_refused_are_not_plain() -> None:
    schema = Schema.from_dict({"name": fields.Str()})(many=True)
    assert plain.checker(schema)([{"name": "x"}, {}])
    for other in ({"name": "x"}, [{"other": "x"}], [None]):
        assert not plain.checker(schema)(other)
