"""Settings that a committee may change (decision 11).

Each service declares its own in code, with default, type and bounds; a change is stored with the
day it is valid from, its author and the approval behind it. A due date that is already stored
never moves: settings are read when a date is set, not when it is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.call import Call
from shared.errors import DomainError
from shared.ids import new_id
from shared.persistence.database import Database


class SettingRefused(DomainError):
    """The value of a setting is refused."""

    code = "SETTING_REFUSED"
    message = "设置项的取值不符合要求"


@dataclass(frozen=True)
class Setting:
    """One setting: `key`, its default (which fixes the type), bounds, Chinese label and rule.

    A list is of numbers within the bounds, each once.
    """

    key: str
    default: Any
    label: str
    rule: str = ""  # the specification's rule that names it: "DL1", "V4"
    minimum: float | None = None
    maximum: float | None = None

    def check(self, value: Any) -> Any:
        """The value, if it fits; raises SettingRefused."""
        wanted = type(self.default)
        if type(value) is not wanted and not (wanted is float and type(value) is int):
            raise SettingRefused(f"“{self.label}”的取值类型不正确", field="value")
        if isinstance(value, str | list) and not (value.strip() if type(value) is str else value):
            raise SettingRefused(f"“{self.label}”不能为空", field="value")
        if isinstance(value, list):
            self._check_list(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self._check_bounds(value)
        return value

    def _check_list(self, values: list[Any]) -> None:
        if any(type(value) is not int for value in values) or len(set(values)) < len(values):
            raise SettingRefused(f"“{self.label}”应为互不相同的整数", field="value")
        for value in values:
            self._check_bounds(value)

    def _check_bounds(self, value: float) -> None:
        low, high = self.minimum, self.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise SettingRefused(f"“{self.label}”应在{low}与{high}之间", field="value")


class SettingsStore:
    """The declared settings of one service and their changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._declared: dict[str, Setting] = {}
        self._ordered: list[tuple[str, str]] = []

    def declare(self, settings: Iterable[Setting], ordered: Iterable[tuple[str, str]] = ()) -> None:
        """ordered: pairs of keys, of which the first is never more than the second."""
        self._declared.update({setting.key: setting for setting in settings})
        self._ordered.extend(ordered)

    def get(self, key: str, at: datetime) -> Any:
        """The value of `key` that is valid at domain time `at`."""
        row = self._database.collection("settings").find_one(
            {"key": key, "valid_from": {"$lte": at}}, sort=[("valid_from", -1), ("recorded_at", -1)]
        )
        return row["value"] if row else self._declared[key].default

    def listed(self, at: datetime) -> list[dict[str, Any]]:
        """Every setting with its value at `at`: key, label, rule, value, default, bounds."""
        return [
            {
                "key": setting.key,
                "label": setting.label,
                "rule": setting.rule,
                "value": self.get(setting.key, at),
                "default": setting.default,
                "minimum": setting.minimum,
                "maximum": setting.maximum,
            }
            for setting in self._declared.values()
        ]

    def change(
        self, call: Call, key: str, value: Any, valid_from: datetime, approval: str, at: datetime
    ) -> None:
        """Record a new value from `valid_from` on; raises SettingRefused.

        `approval` names the decision behind it (document number or meeting).
        """
        setting = self._declared.get(key)
        if setting is None:
            raise SettingRefused("没有这个设置项", field="key")
        if valid_from < at:
            raise SettingRefused("生效时间不能早于现在", field="validFrom")
        if not approval.strip():
            raise SettingRefused("请填写批准依据", field="approval")
        self._require_order(key, setting.check(value), valid_from)
        key_of_write = call.command.key if call.command else new_id()
        self._database.collection("settings").update_one(
            {"_id": key_of_write},
            {
                "$setOnInsert": {
                    "key": key,
                    "value": setting.check(value),
                    "valid_from": valid_from,
                    "recorded_at": at,
                    "author": call.actor.account_id,
                    "approval": approval,
                }
            },
            upsert=True,
        )

    def _require_order(self, key: str, value: Any, at: datetime) -> None:
        """Raises SettingRefused where the value and its counterpart's contradict each other."""
        for low, high in self._ordered:
            if key not in {low, high}:
                continue
            other = self._declared[high if key == low else low]
            standing = self.get(other.key, at)
            if value > standing if key == low else value < standing:
                label, than = self._declared[key].label, "大于" if key == low else "小于"
                raise SettingRefused(
                    f"“{label}”不能{than}“{other.label}”（{standing}）", field="value"
                )
