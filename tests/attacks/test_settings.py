"""One person alone changes no setting, whichever way is tried; and nobody reads an audit unseen."""

from __future__ import annotations

import time
from typing import Any

import pytest

from gateway.ids import global_id
from shared.actor import Actor, Role
from shared.errors import Forbidden
from shared.ids import new_id
from tests.stack import Stack

CHANGE = """
  mutation ($input: ChangeSettingInput!) {
    changeSetting(input: $input) { change { id state } errors { reason } }
  }
"""
DECIDE = """
  mutation ($input: DecideSettingChangeInput!) {
    decideSettingChange(input: $input) { change { id state } errors { reason } }
  }
"""
LOCK = {"service": "identity", "key": "login_failures", "value": 10, "reason": "放宽"}
SECURITY = Actor("account-security", Role.SECURITY_ADMIN, person_id="p-security")


def send(stack: Stack, actor: Actor, query: str, **given: Any) -> dict[str, Any]:
    return stack.graphql(query, {"input": given}, stack.token(actor))


def code(answer: dict[str, Any]) -> str:
    """Of the only error or refusal."""
    told = [error["extensions"]["code"] for error in answer.get("errors", ())]
    for payload in (answer["data"] or {}).values():
        told += [error["reason"] for error in (payload or {}).get("errors", ())]
    [only] = told
    return str(only)


def proposed(stack: Stack) -> dict[str, Any]:
    asked = send(stack, SECURITY, CHANGE, **LOCK)["data"]["changeSetting"]["change"]
    return {"service": "identity", "changeId": asked["id"], "approved": True}


def value(stack: Stack) -> Any:
    rows = stack.call("identity", "settings", SECURITY)
    return next(row["value"] for row in rows if row["key"] == LOCK["key"])


def test_nobody_approves_his_own_change(stack: Stack) -> None:
    decision = proposed(stack)
    for who, expected in (
        (SECURITY, "OWN_SETTING_CHANGE"),
        (Actor("account-security", Role.CHAIR_COUNCIL), "OWN_SETTING_CHANGE"),
        (Actor("account-2", Role.CHAIR_COUNCIL, person_id="p-security"), "OWN_SETTING_CHANGE"),
        (Actor("account-office", Role.OFFICE), "FORBIDDEN"),
        (Actor("account-admin", Role.SYSTEM_ADMIN), "FORBIDDEN"),
    ):
        assert code(send(stack, who, DECIDE, **decision)) == expected
    assert value(stack) == 5


def test_whoever_was_reset_approves_nothing(stack: Stack) -> None:
    decision = proposed(stack)
    held = Actor("account-chair", Role.CHAIR_COUNCIL, held_until=time.time() + 3600)
    assert code(send(stack, held, DECIDE, **decision)) == "APPROVAL_HELD"
    assert value(stack) == 5


def test_a_change_is_decided_where_it_was_proposed(stack: Stack) -> None:
    """Neither by another service's name nor by an id that no change has."""
    decision = proposed(stack)
    chair = Actor("account-chair", Role.CHAIR_COUNCIL)
    for wrong in (
        {"service": "office"},
        {"changeId": global_id("SettingChange", f"identity.{new_id()}")},
    ):
        assert code(send(stack, chair, DECIDE, **{**decision, **wrong})) == (
            "SETTING_CHANGE_NOT_FOUND"
        )
    assert code(send(stack, chair, DECIDE, **{**decision, "service": "nope"})) == "INVALID_INPUT"
    assert value(stack) == 5


def test_nobody_proposes_what_another_keeps(stack: Stack) -> None:
    for role in sorted(set(Role) - {Role.SYSTEM, Role.SECURITY_ADMIN, Role.PUBLIC}):
        assert code(send(stack, Actor("account-x", role), CHANGE, **LOCK)) == "FORBIDDEN"


def test_the_services_refuse_by_themselves_to_show_their_audit(stack: Stack) -> None:
    for service in stack.services:
        for role in (Role.MEMBER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
            with pytest.raises(Forbidden):
                stack.call(service, "list_audit", Actor("account-x", role), filter={})
