"""Settings that a committee may change (decisions 11, 49).

Each service declares its own in code, with default, type, bounds and who keeps them; a change is
stored with the day it is valid from, once a second person has approved it (`shared/kernel`). A due
date that is already stored never moves: settings are read when a date is set, not when it is due.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from shared import text
from shared.actor import LEADERS, Role
from shared.contracts.setting_changes import Followed
from shared.errors import DomainError
from shared.messaging.events import Event
from shared.persistence.database import DECISION_DAYS, Database

MOST_ITEMS = 20  # of a list
LONGEST_TEXT = 200
LATEST_FIRST = [("valid_from", -1), ("recorded_at", -1)]


class SettingRefused(DomainError):
    """The value of a setting is refused."""

    code = "SETTING_REFUSED"
    message = "设置项的取值不符合要求"


@dataclass(frozen=True)
class Keepers:
    """Who may ask for a change of a setting, and who approves it: two different people."""

    propose: frozenset[Role]
    approve: frozenset[Role]


COMMITTEE = Keepers(frozenset({Role.OFFICE}), LEADERS)
PROPOSALS = Keepers(frozenset({Role.PROPOSAL_DIRECTOR}), frozenset({Role.SECRETARY_GENERAL}))
# A district may have one security administrator only: then a leader is the second person.
SECURITY = Keepers(frozenset({Role.SECURITY_ADMIN}), frozenset({Role.SECURITY_ADMIN}) | LEADERS)
KEEPERS = (COMMITTEE, PROPOSALS, SECURITY)


@dataclass(frozen=True)
class Setting:
    """One setting: `key`, its default (which fixes the type), bounds, Chinese label and rule.

    A list is of one or more numbers within the bounds, each once. not_above: the key of another
    setting of the service, which this one may equal at most.
    """

    key: str
    default: Any
    label: str
    rule: str = ""  # the specification's rule that names it: "DL1", "V4"
    minimum: float | None = None
    maximum: float | None = None
    not_above: str | None = None

    def check(self, value: Any) -> Any:
        """The value as it is kept, if it fits; raises SettingRefused."""
        wanted = type(self.default)
        if type(value) is not wanted and not (wanted is float and type(value) is int):
            raise self.refused("的取值类型不正确")
        if isinstance(value, str):
            return self._check_text(value)
        if isinstance(value, list):
            self._check_list(value)
        elif not isinstance(value, bool):
            self._check_bounds(value)
        return value

    def refused(self, why: str) -> SettingRefused:
        return SettingRefused(f"“{self.label}”{why}", field="value")

    def _check_text(self, value: str) -> str:
        cleaned = text.clean(value)
        if not 0 < len(cleaned) <= LONGEST_TEXT:
            raise self.refused(f"应为1至{LONGEST_TEXT}个字")
        return cleaned

    def _check_list(self, values: list[Any]) -> None:
        if any(type(value) is not int for value in values) or len(set(values)) < len(values):
            raise self.refused("应为互不相同的整数")
        if not 0 < len(values) <= MOST_ITEMS:
            raise self.refused(f"应为1至{MOST_ITEMS}个数")
        for value in values:
            self._check_bounds(value)

    def _check_bounds(self, value: float) -> None:
        low, high = self.minimum, self.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise self.refused(f"应在{low}与{high}之间")
        if not math.isfinite(value):
            raise self.refused("的取值类型不正确")


# Every service where somebody decides has it; one may say its own words for it.
DECIDING = Setting(
    "decision_days", DECISION_DAYS, "待决定事项的决定期限（工作日）", "decision 41", 1, 60
)


class SettingsStore:
    """The declared settings of one service, and their values since when they are valid."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._declared: dict[str, Setting] = {}
        self._keepers: dict[str, Keepers] = {}
        self._followed: dict[str, Followed] = {}

    def declare(self, settings: Iterable[Setting], keepers: Keepers = COMMITTEE) -> None:
        for setting in settings:
            self._declared[setting.key], self._keepers[setting.key] = setting, keepers

    def get(self, key: str, at: datetime, session: ClientSession | None = None) -> Any:
        """The value of `key` that is valid at domain time `at`."""
        row = self._database.collection("settings").find_one(
            {"key": key, "valid_from": {"$lte": at}}, sort=LATEST_FIRST, session=session
        )
        if row is not None:
            return row["value"]
        return (self._followed.get(key) or self._declared[key]).default

    def follow(self, *settings: Followed) -> None:
        """Read settings of other services, by their names, as `hear` has learned them."""
        self._followed.update({setting.name: setting for setting in settings})

    def hear(self, event: Event) -> None:
        """What another service has decided, if it is followed here; once, however often told."""
        name = f"{event.source}.{event.data['key']}"
        if name in self._followed and event.data["approved"]:
            row = {
                "key": name,
                "value": event.data["value"],
                "valid_from": datetime.fromisoformat(event.data["valid_from"]),
                "recorded_at": event.occurred_on,
            }
            found = {"_id": event.data["change_id"]}
            self._database.collection("settings").update_one(
                found, {"$setOnInsert": row}, upsert=True
            )

    def find(self, key: str) -> Setting:
        """Raises SettingRefused for a key that this service has not declared."""
        if key not in self._declared:
            raise SettingRefused("没有这个设置项", field="key")
        return self._declared[key]

    def keepers(self, key: str) -> Keepers:
        return self._keepers[self.find(key).key]

    def listed(self, at: datetime) -> list[dict[str, Any]]:
        """Every setting with its value at `at`: key, label, rule, value, default, bounds, and
        the roles that may propose and approve a change."""
        return [
            {
                "key": setting.key,
                "label": setting.label,
                "rule": setting.rule,
                "value": self.get(setting.key, at),
                "default": setting.default,
                "minimum": setting.minimum,
                "maximum": setting.maximum,
                "proposers": sorted(self._keepers[setting.key].propose),
                "approvers": sorted(self._keepers[setting.key].approve),
            }
            for setting in self._declared.values()
        ]

    def check(
        self, key: str, value: Any, since: datetime, session: ClientSession | None = None
    ) -> Any:
        """The value as it is kept, if it fits by itself and beside the others from `since` on.

        Raises SettingRefused.
        """
        setting = self.find(key)
        kept = setting.check(value)
        for low, high in self._pairs(setting):
            other = high if setting is low else low
            for moment in self._moments(setting, other, since, session):
                beside = self.get(other.key, moment, session)
                if (kept > beside) if setting is low else (kept < beside):
                    than = "高于" if setting is low else "低于"
                    raise setting.refused(f"不能{than}“{other.label}”（{beside}）")
        return kept

    def put(self, row: Mapping[str, Any], session: ClientSession | None = None) -> None:
        """A value from its day on: {"_id", "key", "value", "valid_from", "recorded_at", …}."""
        self._database.collection("settings").insert_one(dict(row), session=session)

    def _pairs(self, setting: Setting) -> Iterator[tuple[Setting, Setting]]:
        """Those that this one may not exceed, or may not fall below."""
        for low in self._declared.values():
            if low.not_above is not None and setting.key in (low.key, low.not_above):
                yield low, self._declared[low.not_above]

    def _moments(
        self, own: Setting, other: Setting, since: datetime, session: ClientSession | None
    ) -> list[datetime]:
        """When the other changes while the new value would hold: until its own next change."""
        rows = self._database.collection("settings").find(
            {"key": {"$in": [own.key, other.key]}, "valid_from": {"$gt": since}}, session=session
        )
        moments = [since]
        for row in sorted(rows, key=lambda row: row["valid_from"]):
            if row["key"] == own.key:
                break
            moments.append(row["valid_from"])
        return moments
