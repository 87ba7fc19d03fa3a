"""The role × operation matrix: each operation with everyone who may and everyone who may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.identity.commands import (
    accounts,
    bootstrap,
    demo,
    passwords,
    queries,
    second_factor,
    sessions,
    sign_in,
    wechat,
)
from services.identity.domain.errors import AccountNotFound
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import AppError, Forbidden, Unauthenticated
from shared.operations import operations
from tests.unit.identity.world import START, World, call_as

EVERYONE = set(Role)
PEOPLE = EVERYONE - {Role.PUBLIC, Role.SYSTEM}
ADMIN, OFFICE = {Role.SYSTEM_ADMIN}, {Role.OFFICE}
SECURITY = {Role.SECURITY_ADMIN}
STAFF_READERS = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.OFFICE}
AUDIT_READERS = STAFF_READERS | {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}

PAGE: dict[str, Any] = {"filter": {}, "first": 20, "after": None}
ACCOUNT = {"account_id": "account-1"}
GRANT = {"grant_id": "grant-1"}
WHY = {"reason": "工作需要"}
ROLE = {"role": "OFFICE", "scope": []}

OPERATIONS: list[tuple[Callable[..., Any], dict[str, Any], set[Role]]] = [
    (sign_in.sign_in, {"login": "nobody", "password": "wrong"}, EVERYONE),
    (sign_in.refresh, {"refresh_token": "made up"}, EVERYONE),
    (sign_in.switch_role, {"role": "OFFICE"}, PEOPLE),
    (sign_in.sign_out, {}, PEOPLE),
    (sign_in.sign_out_everywhere, {}, PEOPLE),
    (sign_in.viewer_account, {}, PEOPLE),
    (sessions.own_sessions, {}, PEOPLE),
    (sessions.end_session, {"sign_in_id": "session-1"}, PEOPLE),
    (second_factor.complete_sign_in, {"factor_ticket": "made up", "code": "123456"}, EVERYONE),
    (second_factor.begin_second_factor, {"factor_ticket": "made up"}, EVERYONE),
    (
        second_factor.confirm_second_factor,
        {"factor_ticket": "made up", "code": "123456"},
        EVERYONE,
    ),
    (second_factor.renew_recovery_codes, {"code": "123456"}, PEOPLE),
    (second_factor.drop_second_factor, {"code": "123456"}, PEOPLE),
    (passwords.change_password, {"ticket": "made up", "new_password": "x"}, EVERYONE),
    (passwords.redeem_code, {"login": "nobody", "code": "x", "new_password": "x"}, EVERYONE),
    (passwords.issue_reset_code, ACCOUNT, OFFICE),
    (passwords.request_reset, {**ACCOUNT, **WHY}, OFFICE | SECURITY),
    (passwords.approve_reset, ACCOUNT, SECURITY),
    (passwords.refuse_reset, {**ACCOUNT, **WHY}, SECURITY),
    (accounts.create_account, {"login": "a.b", "label": "a", "kind": "PERSON"}, ADMIN),
    (accounts.disable_account, {**ACCOUNT, **WHY}, ADMIN),
    (accounts.enable_account, {**ACCOUNT, **WHY}, ADMIN),
    (accounts.request_role_grant, {**ACCOUNT, **ROLE, **WHY}, ADMIN | OFFICE),
    (accounts.approve_role_grant, GRANT, OFFICE),
    (accounts.refuse_role_grant, {**GRANT, **WHY}, OFFICE),
    (accounts.revoke_role, {**GRANT, **WHY}, ADMIN | OFFICE),
    (wechat.begin_binding, {}, PEOPLE),
    (wechat.issue_wechat_code, ACCOUNT, OFFICE),
    (wechat.bind_wechat, {"code": "x", "state": "x"}, PEOPLE),
    (wechat.bind_wechat_by_code, {"code": "x", "openid": "x"}, {Role.SYSTEM}),
    (wechat.unbind_wechat, {}, PEOPLE),
    (wechat.own_wechat, {}, PEOPLE),
    (queries.ways_to_reach, {"ids": []}, {Role.SYSTEM}),
    (queries.account, ACCOUNT, PEOPLE),
    (queries.role_grants_by_ids, {"ids": []}, PEOPLE),
    (queries.accounts_by_ids, {"ids": []}, AUDIT_READERS | {Role.SYSTEM}),
    (queries.account_names, {"ids": []}, PEOPLE),
    (queries.list_accounts, {**PAGE, "order_by": "LOGIN"}, STAFF_READERS),
    (queries.count_accounts, {"filter": {}}, STAFF_READERS),
    (queries.list_sign_in_audit, PAGE, AUDIT_READERS),
    (queries.count_sign_in_audit, {"filter": {}}, AUDIT_READERS),
    (queries.ended_sessions, {"since": START}, {Role.SYSTEM}),
    (queries.jwks, {}, EVERYONE),
    (demo.load_demo_accounts, {"accounts": []}, {Role.SYSTEM}),
    (bootstrap.create_admin, {"login": "admin", "reset": False}, {Role.SYSTEM}),
    (bootstrap.create_first_office, {"login": "office"}, {Role.SYSTEM}),
]


def test_every_operation_is_in_the_matrix() -> None:
    modules = (accounts, demo, passwords, queries, second_factor, sessions, sign_in, wechat)
    offered = {operation.use_case for module in modules for operation in operations(module)}
    asked = {use_case for use_case, *_ in OPERATIONS}
    assert offered == {one for one in asked if one.__module__ != bootstrap.__name__}


def actor(role: Role) -> Actor:
    return PUBLIC_ACTOR if role is Role.PUBLIC else Actor("someone", role)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("operation", "given", "allowed"), OPERATIONS, ids=[o[0].__name__ for o in OPERATIONS]
)
def test_who_may(
    operation: Callable[..., Any], given: dict[str, Any], allowed: set[Role], role: Role
) -> None:
    """Whoever may gets past the gate, to a result or a refusal of the matter itself."""
    call = call_as(actor(role))
    if role in allowed:
        try:
            operation(call, World().identity, **given)
        except AppError as refusal:
            assert refusal.kind in {"domain", "not_found"}
        return
    refused = Unauthenticated if role is Role.PUBLIC else Forbidden
    with pytest.raises(refused):
        operation(call, World().identity, **given)


@pytest.mark.parametrize(
    ("role", "content"),
    [
        (Role.OFFICE, True),
        (Role.CHAIR_COUNCIL, True),
        (Role.SECRETARY_GENERAL, True),
        (Role.AUDIT_ADMIN, True),
        (Role.SYSTEM_ADMIN, False),
        (Role.SECURITY_ADMIN, False),
    ],
)
def test_administrators_read_the_audit_without_content(role: Role, content: bool) -> None:
    call = call_as(actor(role))
    assert queries.list_sign_in_audit(call, World().identity, **PAGE)["content"] is content


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.OFFICE, ["someone"]),
        (Role.CHAIR_COUNCIL, ["someone"]),
        (Role.SECRETARY_GENERAL, ["someone"]),
        (Role.AUDIT_ADMIN, ["someone", "another"]),
        (Role.SYSTEM_ADMIN, ["someone", "another"]),
        (Role.SECURITY_ADMIN, ["someone", "another"]),
    ],
)
def test_the_office_and_the_leaders_see_their_own_sign_ins_only(
    role: Role, seen: list[str]
) -> None:
    world = World()
    call = call_as(Actor("someone", role))
    for account_id in ("someone", "another"):
        world.identity.journal.record(call, "SIGN_IN", account_id, START)
    rows = queries.list_sign_in_audit(call, world.identity, **PAGE)["rows"]
    assert [row["account_id"] for row in rows] == seen
    assert queries.count_sign_in_audit(call, world.identity, filter={}) == len(seen)


@pytest.mark.parametrize(
    ("role", "account_id", "seen"),
    [
        (Role.SYSTEM_ADMIN, "someone", True),
        (Role.OFFICE, "someone", True),
        (Role.MEMBER, "account-wang.fang", True),
        (Role.MEMBER, "someone", False),
    ],
)
def test_others_accounts_answer_like_accounts_that_do_not_exist(
    role: Role, account_id: str, seen: bool
) -> None:
    world = World()
    account = world.account()
    call = call_as(Actor(account_id, role))
    grants = queries.role_grants_by_ids(call, world.identity, ids=["grant-0", "absent"])
    assert [grant["id"] for grant in grants] == (["grant-0"] if seen else [])
    wanted = {"account_id": account.id}
    if seen:
        assert queries.account(call, world.identity, **wanted)["id"] == account.id
        return
    with pytest.raises(AccountNotFound):
        queries.account(call, world.identity, **wanted)
