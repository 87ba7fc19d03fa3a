"""What every aggregate carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.aggregate import Aggregate


@dataclass
class Lamp(Aggregate):
    id: str

    def header(self) -> dict[str, Any]:
        return {"lamp_id": self.id}


def test_a_fact_is_told_under_the_header_of_its_kind() -> None:
    lamp = Lamp("l-1")
    lamp.tell("lamp_lit", event="dusk")
    lamp.tell("lamp_moved", lamp_id="l-2")
    assert lamp.events == [
        ("lamp_lit", {"lamp_id": "l-1", "event": "dusk"}),
        ("lamp_moved", {"lamp_id": "l-2"}),
    ]


def test_a_new_one_has_neither_version_nor_facts() -> None:
    lamp, other = Lamp("l-1"), Lamp("l-2")
    other.tell("lamp_lit")
    assert (lamp.version, lamp.commands, lamp.events) == (0, [], [])
