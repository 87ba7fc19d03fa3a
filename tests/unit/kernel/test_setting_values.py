"""A setting that is empty, or contradicts another, is refused with its field (decision 11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence import Setting, SettingsStore
from shared.persistence.settings import SettingRefused

AT = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
CALL = Call(Actor("account-office", Role.OFFICE), "correlation-1")
SETTINGS = [
    Setting("least", 3, "至少", minimum=1, maximum=50),
    Setting("most", 8, "至多", minimum=1, maximum=50),
    Setting("items", "态度、效果", "打分项目"),
    Setting("days", [7, 14], "提醒", minimum=1, maximum=30),
    Setting("on", True, "启用"),
]


class Rows:
    """The collection of settings: one value each, as last written."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def collection(self, _name: str) -> Rows:
        return self

    def find_one(self, query: dict[str, Any], **_: Any) -> dict[str, Any] | None:
        key = query["key"]
        return {"value": self.values[key]} if key in self.values else None

    def update_one(self, _query: Any, change: dict[str, Any], **_: Any) -> None:
        row = change["$setOnInsert"]
        self.values[row["key"]] = row["value"]


@pytest.fixture
def store() -> SettingsStore:
    made = SettingsStore(Rows())  # type: ignore[arg-type]
    made.declare(SETTINGS, [("least", "most")])
    return made


def change(store: SettingsStore, key: str, value: Any) -> None:
    store.change(CALL, key, value, AT, "主席会议纪要〔2017〕3号", AT)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("least", 20, "“至少”不能大于“至多”（8）"),
        ("most", 2, "“至多”不能小于“至少”（3）"),
        ("items", " ", "“打分项目”不能为空"),
        ("days", [], "“提醒”不能为空"),
    ],
)
def test_what_is_refused(store: SettingsStore, key: str, value: Any, message: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        change(store, key, value)
    assert (caught.value.message, caught.value.field) == (message, "value")


def test_a_counterpart_is_compared_as_it_stands(store: SettingsStore) -> None:
    change(store, "most", 30)
    change(store, "least", 20)
    change(store, "least", 30)  # both alike
    assert (store.get("least", AT), store.get("most", AT)) == (30, 30)


def test_off_is_a_value(store: SettingsStore) -> None:
    change(store, "on", False)
    assert store.get("on", AT) is False
