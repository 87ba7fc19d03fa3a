"""Stored values become what the annotations of a record say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from shared.persistence.parsing import parsed, parsers


class Light(StrEnum):
    ON = "ON"
    OFF = "OFF"


@dataclass(frozen=True)
class Bulb:
    watts: int
    light: Light = Light.OFF
    tags: tuple[str, ...] = ()


@dataclass
class Lamp:
    id: str
    light: Light
    last: Light | None
    bulbs: list[Bulb]
    spare: tuple[Bulb, ...]
    by_room: dict[str, Bulb]
    best: Bulb | None
    tags: Sequence[str]
    pair: tuple[str, int]
    bought_on: date
    lit_at: datetime
    notes: list[str] = field(default_factory=list)
    more: Mapping[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)


def _parsed(**row: Any) -> dict[str, Any]:
    return parsed(row, parsers(Lamp))


def test_enums_and_days() -> None:
    assert _parsed(light="ON", last="OFF", bought_on="2026-03-01") == {
        "light": Light.ON,
        "last": Light.OFF,
        "bought_on": date(2026, 3, 1),
    }
    assert type(_parsed(light="ON")["light"]) is Light


def test_nested_records_however_they_are_kept() -> None:
    row = {"watts": 5, "light": "ON", "tags": ["old"]}
    bulb = Bulb(5, Light.ON, ("old",))
    assert _parsed(bulbs=[row], spare=[row], by_room={"hall": row}, best=row) == {
        "bulbs": [bulb],
        "spare": (bulb,),
        "by_room": {"hall": bulb},
        "best": bulb,
    }


def test_what_is_missing_stays_missing() -> None:
    assert _parsed(last=None, best=None) == {"last": None, "best": None}


def test_lists_that_are_not_to_be_changed() -> None:
    assert _parsed(tags=["a", "b"], pair=["a", 1]) == {"tags": ("a", "b"), "pair": ("a", 1)}


def test_plain_values_are_not_touched() -> None:
    plain = {"id", "lit_at", "notes", "more", "rows"}
    assert not plain & parsers(Lamp).keys()
