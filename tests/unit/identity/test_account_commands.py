"""Accounts and grants as use cases: effects on sessions and audit, bootstrap, demo."""

from __future__ import annotations

from typing import Any

import pytest

from services.identity.commands.accounts import (
    approve_role_grant,
    create_account,
    disable_account,
    enable_account,
    refuse_role_grant,
    request_role_grant,
    revoke_role,
)
from services.identity.commands.bootstrap import create_admin, create_first_office
from services.identity.commands.demo import load_demo_accounts
from services.identity.commands.passwords import redeem_code
from services.identity.commands.sign_in import refresh, sign_in, switch_role
from services.identity.domain.errors import (
    AccountNotFound,
    AdminExists,
    DemoRefused,
    LoginTaken,
    OfficeExists,
    PersonHasAccount,
    SecondPersonNeeded,
    SessionEnded,
)
from services.identity.domain.labels import ScopeKind
from services.identity.domain.roles import RoleScope
from shared.actor import Role
from shared.call import Call
from shared.contracts import names
from tests.unit.identity.world import PASSWORD, START, World, acting, call_as, enrolled

ADMIN = acting(Role.SYSTEM_ADMIN, "account-admin")
OFFICE = acting(Role.OFFICE, "account-office")
SYSTEM = Call.system("demo")
NEW = "Taihu-Xincheng-88"


def created(world: World, **fields: Any) -> str:
    given = {"login": "Li.Na", "label": "李娜", "kind": "PERSON", **fields}
    return str(create_account(ADMIN, world.identity, **given)["id"])


def test_a_new_account_has_neither_password_nor_roles() -> None:
    world = World()
    account = world.accounts.stored[created(world, person_id="p-7", phone="13900000007")]
    assert (account.login, account.password, account.code, account.grants) == (
        "li.na",
        None,
        None,
        [],
    )
    assert (account.person_id, account.phone, account.created_at) == ("p-7", "13900000007", START)
    assert world.events() == [names.ACCOUNT_CREATED]
    assert world.audit.actions == [("create_account", account.id)]


def test_logins_and_persons_are_unique() -> None:
    world = World()
    created(world, person_id="p-7")
    with pytest.raises(LoginTaken):
        created(world, login="li.na")
    with pytest.raises(PersonHasAccount):
        created(world, login="li.na2", person_id="p-7")


def test_a_role_from_request_to_sign_in() -> None:
    world = World()
    account = world.account(roles=[])
    requested = request_role_grant(
        ADMIN,
        world.identity,
        account_id=account.id,
        role=Role.UNIT_OFFICER,
        scope=[{"kind": ScopeKind.UNIT, "id": "unit-slj"}],
        reason="区水利局联络员",
    )
    grant_id = requested["grants"][0]["id"]
    approve_role_grant(OFFICE, world.identity, grant_id=grant_id)
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    assert world.minted[0].scope == {"unit": "unit-slj"}
    assert world.audit.actions == [
        ("request_role_grant", account.id),
        ("approve_role_grant", account.id),
    ]


def test_office_may_ask_but_then_another_office_person_approves() -> None:
    world = World()
    account = world.account(roles=[])
    grant_id = request_role_grant(
        OFFICE,
        world.identity,
        account_id=account.id,
        role=Role.INFO_EDITOR,
        scope=[],
        reason="信息编辑",
    )["grants"][0]["id"]
    with pytest.raises(SecondPersonNeeded):
        approve_role_grant(OFFICE, world.identity, grant_id=grant_id)
    other = acting(Role.OFFICE, "account-office-2")
    refuse_role_grant(other, world.identity, grant_id=grant_id, reason="岗位不符")
    assert world.accounts.stored[account.id].grants[0].state == "REFUSED"


def test_revoking_a_role_ends_the_sessions_in_it_only() -> None:
    world = World()
    world.account(
        roles=[RoleScope("PROPOSAL_STAFF", {}), RoleScope("UNIT_LEADER", {"unit": "unit-slj"})]
    )
    for role in (Role.PROPOSAL_STAFF, Role.UNIT_LEADER):
        sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD, role=role)
    revoke_role(OFFICE, world.identity, grant_id="grant-0", reason="离岗")
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")
    refresh(call_as(), world.identity, refresh_token="secret-3")


def test_a_session_that_acted_in_a_revoked_role_before_ends_too() -> None:
    """Its token of that role would hold on."""
    world = World()
    roles = [RoleScope("PROPOSAL_STAFF", {}), RoleScope("INFO_EDITOR", {})]
    world.account(roles=roles)
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    answer = switch_role(call_as(world.minted[0]), world.identity, role=Role.INFO_EDITOR)
    revoke_role(OFFICE, world.identity, grant_id="grant-0", reason="离岗")
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token=answer["refresh_token"])


def test_disabling_ends_all_sessions_and_enabling_lets_in_again() -> None:
    world = World()
    account = world.account()
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    disable_account(ADMIN, world.identity, account_id=account.id, reason="调离")
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")
    enable_account(ADMIN, world.identity, account_id=account.id, reason="调回")
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    assert world.events() == [names.ACCOUNT_DISABLED, names.ACCOUNT_ENABLED]


def test_an_unknown_account_is_not_found() -> None:
    with pytest.raises(AccountNotFound):
        disable_account(ADMIN, World().identity, account_id="nobody", reason="调离")


def test_make_admin_makes_one_and_resets_it_only_when_asked() -> None:
    world = World()
    login, code = create_admin(SYSTEM, world.identity, login="Admin", reset=False)
    redeem_code(call_as(), world.identity, login=login, code=code, new_password=NEW)
    enrolled(world, "admin", NEW)
    assert world.minted[0].role is Role.SYSTEM_ADMIN
    with pytest.raises(AdminExists):
        create_admin(SYSTEM, world.identity, login="admin2", reset=False)
    world.accounts.stored[world.minted[0].account_id or ""].disabled_by = ["ADMIN"]
    login, code = create_admin(SYSTEM, world.identity, login="ignored", reset=True)
    assert login == "admin"
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")
    redeem_code(call_as(), world.identity, login=login, code=code, new_password=NEW)
    enrolled(world, "admin", NEW)  # the former second factor may be lost, too


def test_the_first_office_account_is_the_exception_the_second_is_not() -> None:
    world = World()
    create_first_office(SYSTEM, world.identity, login="bangongshi")
    account = next(iter(world.accounts.stored.values()))
    assert [(grant.role, grant.source) for grant in account.grants] == [("OFFICE", "BOOTSTRAP")]
    with pytest.raises(OfficeExists):
        create_first_office(SYSTEM, world.identity, login="bangongshi2")
    with pytest.raises(LoginTaken):
        create_admin(SYSTEM, world.identity, login="bangongshi", reset=False)


def demo(**fields: Any) -> Any:
    return {
        "login": "tiban",
        "password": PASSWORD,
        "phone": "13800000001",
        "label": "提案委 王芳",
        "roles": [{"role": "PROPOSAL_STAFF", "scope": {}}],
        "person_id": None,
        "member_id": None,
        **fields,
    }


def test_demo_accounts_load_once() -> None:
    world = World()
    for _ in range(2):
        load_demo_accounts(SYSTEM, world.identity, accounts=[demo()])
    assert world.events() == [names.ACCOUNT_CREATED, names.ACCOUNT_ROLE_GRANTED]
    answer = sign_in(call_as(), world.identity, login="tiban", password=PASSWORD)
    assert answer["account"]["acting_role"] == "PROPOSAL_STAFF"
    account = next(iter(world.accounts.stored.values()))
    assert (account.phone, account.version) == ("13800000001", 2)


def test_demo_accounts_keep_a_chosen_password_and_gain_new_roles() -> None:
    world = World()
    account = world.account("tiban")
    unit = {"role": "UNIT_OFFICER", "scope": {"unit": "unit-slj"}}
    load_demo_accounts(
        SYSTEM, world.identity, accounts=[demo(password="Another-2017", roles=[unit])]
    )
    assert world.accounts.stored[account.id].password == account.password
    assert [grant.role for grant in world.accounts.stored[account.id].active_grants] == [
        "PROPOSAL_STAFF",
        "UNIT_OFFICER",
    ]


def test_demo_accounts_are_refused_in_production() -> None:
    with pytest.raises(DemoRefused):
        load_demo_accounts(SYSTEM, World(production=True).identity, accounts=[demo()])
