"""Settings as they are declared: bounds, what contradicts what, and who keeps them."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from deploy.local.options import ROOT
from services.identity.settings import SETTINGS as IDENTITY
from services.proposals.wiring import SETTINGS as PROPOSALS_OWN
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.contracts import names
from shared.errors import Forbidden, Unauthenticated
from shared.kernel import settings, trail, upkeep
from shared.persistence.settings import (
    COMMITTEE,
    KEEPERS,
    PROPOSALS,
    SECURITY,
    Setting,
    SettingRefused,
)

LEADERS = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
KEEPING = {Role.OFFICE, Role.PROPOSAL_DIRECTOR, Role.SECURITY_ADMIN}
READERS = KEEPING | LEADERS | {Role.AUDIT_ADMIN}
PAGE: dict[str, Any] = {"filter": {}, "first": 20, "after": None}
CHANGE: dict[str, Any] = {"key": "limit", "value": 7, "reason": "主席会议"}
ALLOWED: list[tuple[Any, dict[str, Any], set[Role]]] = [
    (settings.settings, {}, set(Role) - {Role.PUBLIC}),
    (settings.change_setting, CHANGE, KEEPING),
    (
        settings.decide_setting_change,
        {"change_id": "c", "approved": True, "reason": None},
        LEADERS | {Role.SECURITY_ADMIN},
    ),
    (settings.list_setting_changes, PAGE, READERS),
    (settings.count_setting_changes, {"filter": {}}, READERS),
    (settings.setting_changes_by_ids, {"ids": []}, READERS),
    (trail.list_audit, PAGE, {Role.AUDIT_ADMIN, Role.OFFICE, *LEADERS}),
    (trail.count_audit, {"filter": {}}, {Role.AUDIT_ADMIN, Role.OFFICE, *LEADERS}),
    (upkeep.health, {}, set(Role)),
    (upkeep.start_replay, {}, {Role.SYSTEM, Role.SYSTEM_ADMIN}),
    (upkeep.replay_state, {}, {Role.SYSTEM, Role.SYSTEM_ADMIN}),
]


class Inside(Exception):
    """The use case was let in."""


class Wall:
    def __getattr__(self, name: str) -> Any:
        raise Inside


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("use_case", "given", "allowed"), ALLOWED, ids=[one[0].__name__ for one in ALLOWED]
)
def test_who_may(use_case: Any, given: dict[str, Any], allowed: set[Role], role: Role) -> None:
    call = Call(PUBLIC_ACTOR if role is Role.PUBLIC else Actor("a-1", role), "c-1")
    if role in allowed:
        expected: type[Exception] = Inside
    else:
        expected = Unauthenticated if role is Role.PUBLIC else Forbidden
    with pytest.raises(expected):
        use_case(call, Wall(), **given)


def test_who_keeps_what() -> None:
    assert COMMITTEE.propose == {Role.OFFICE}
    assert COMMITTEE.approve == LEADERS
    assert PROPOSALS.propose == {Role.PROPOSAL_DIRECTOR}
    assert PROPOSALS.approve == {Role.SECRETARY_GENERAL}
    assert SECURITY.propose == {Role.SECURITY_ADMIN}
    assert SECURITY.approve == {Role.SECURITY_ADMIN, *LEADERS}
    assert set(KEEPERS) == {COMMITTEE, PROPOSALS, SECURITY}


def test_every_service_that_declares_settings_tells_of_their_changes() -> None:
    declaring = {
        path.relative_to(ROOT / "services").parts[0]
        for path in (ROOT / "services").rglob("*.py")
        if ".declare(" in path.read_text()
    }
    assert declaring == set(names.WITH_SETTINGS)


def _declared() -> dict[str, list[Setting]]:
    found = {"identity": IDENTITY, "proposals": PROPOSALS_OWN}
    for service in names.WITH_SETTINGS:
        if service not in found:
            module = importlib.import_module(f"services.{service}.service")
            found[service] = module.SETTINGS
    return found


@pytest.mark.parametrize(("service", "declared"), _declared().items())
def test_what_is_declared_fits_by_itself_and_together(
    service: str, declared: list[Setting]
) -> None:
    by_key = {setting.key: setting for setting in declared}
    assert len(by_key) == len(declared)
    for setting in declared:
        assert setting.check(setting.default) == setting.default
        if setting.not_above is not None:
            assert setting.default <= by_key[setting.not_above].default


LIMIT = Setting("limit", 5, "上限", minimum=1, maximum=9)
DAYS = Setting("days", [7, 3], "提醒", minimum=1, maximum=60)
WORD = Setting("word", "吴政协", "代字")
SHARE = Setting("share", 0.5, "比例")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (LIMIT, 0),
        (LIMIT, 10),
        (LIMIT, "7"),
        (LIMIT, True),
        (LIMIT, 7.0),
        (LIMIT, None),
        (DAYS, []),
        (DAYS, [3, 3]),
        (DAYS, [0]),
        (DAYS, ["3"]),
        (DAYS, list(range(1, 40))),
        (WORD, ""),
        (WORD, " \u3000"),
        (WORD, "\u200b"),
        (WORD, "字" * 201),
        (SHARE, float("inf")),
    ],
)
def test_a_value_that_does_not_fit_is_refused(setting: Setting, value: Any) -> None:
    with pytest.raises(SettingRefused) as refused:
        setting.check(value)
    assert refused.value.field == "value"


def test_a_text_is_kept_clean() -> None:
    assert WORD.check(" 吴江政协\u200b ") == "吴江政协"
    assert SHARE.check(1) == 1
