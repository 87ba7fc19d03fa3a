"""RPC methods that every service has: health, settings, replay."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from marshmallow import fields

from shared.actor import Role
from shared.call import Call
from shared.messaging import replays
from shared.messaging.platform import Platform
from shared.schemas import InputSchema, Text, When

SETTING_EDITORS = (Role.OFFICE, Role.SYSTEM_ADMIN, Role.PROPOSAL_DIRECTOR)


class ChangeSetting(InputSchema):
    key = Text(1, 80, required=True)
    value = fields.Raw(required=True)
    valid_from = When(required=True)
    approval = Text(1, 200, required=True)


def health(platform: Platform, container: Any) -> Callable[..., dict[str, Any]]:
    """{"ok", "service", "pid", "rss_mb"}: the broker brought the call, so it is there; the
    database is asked."""

    def answer(call: Call) -> dict[str, Any]:
        platform.database.db.command("ping")
        return {
            "ok": True,
            "service": platform.service,
            "pid": os.getpid(),
            "rss_mb": resident_mb(),
        }

    return answer


def settings(platform: Platform, container: Any) -> Callable[..., dict[str, Any]]:
    """{"rows": [...]}: the committee settings of this service; anyone signed in may read them."""

    def answer(call: Call) -> dict[str, Any]:
        call.actor.require(*(role for role in Role if role is not Role.PUBLIC))
        return {"rows": platform.settings.listed(platform.clock.now())}

    return answer


def change_setting(platform: Platform, container: Any) -> Callable[..., dict[str, Any]]:
    """Record a new value of a setting (decision 11)."""

    def answer(call: Call, **payload: Any) -> dict[str, Any]:
        call.actor.require(*SETTING_EDITORS)
        data = ChangeSetting.parse(payload)
        at = platform.clock.now()
        platform.settings.change(
            call, data["key"], data["value"], data["valid_from"], data["approval"], at
        )
        platform.audit.record(call, "change_setting", data["key"], details={"value": data["value"]})
        return {"rows": platform.settings.listed(max(at, data["valid_from"]))}

    return answer


def start_replay(platform: Platform, container: Any) -> Callable[..., dict[str, Any]]:
    """Begin to rebuild this service's projections; {"replay_id"} (decision 6)."""

    def answer(call: Call) -> dict[str, Any]:
        call.actor.require(Role.SYSTEM, Role.SYSTEM_ADMIN)
        platform.audit.record(call, "start_replay", platform.service)
        return {"replay_id": replays.of(container).begin()}

    return answer


def replay_state(platform: Platform, container: Any) -> Callable[..., dict[str, Any]]:
    """{"state": IDLE | RUNNING | SWAPPING | DONE, "done", "expected", "silent"}."""

    def answer(call: Call) -> dict[str, Any]:
        call.actor.require(Role.SYSTEM, Role.SYSTEM_ADMIN)
        return replays.of(container).state()

    return answer


METHODS: dict[str, Callable[[Platform, Any], Callable[..., dict[str, Any]]]] = {
    "health": health,
    "settings": settings,
    "change_setting": change_setting,
    "start_replay": start_replay,
    "replay_state": replay_state,
}


def resident_mb() -> float:
    """Resident memory of this process, MB."""
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000, 1)
