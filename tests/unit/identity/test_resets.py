"""Resets that take two persons, what is held back after one, and the three administrators apart."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from services.identity.commands.accounts import (
    approve_role_grant,
    create_account,
    request_role_grant,
)
from services.identity.commands.bootstrap import create_admin, create_first_office
from services.identity.commands.demo import load_demo_accounts
from services.identity.commands.passwords import (
    approve_reset,
    change_password,
    issue_reset_code,
    redeem_code,
    refuse_reset,
    request_reset,
)
from services.identity.commands.sign_in import sign_in
from services.identity.domain.account import Account
from services.identity.domain.errors import (
    AccountDisabled,
    AdministratorsApart,
    InvalidCredentials,
    OwnAccount,
    PersonHasAccount,
    ResetNeedsTwo,
    ResetNotRequested,
    SecondPersonNeeded,
    TicketInvalid,
)
from services.identity.domain.grants import Person
from services.identity.domain.passwords import ResetRequest
from services.identity.domain.roles import ADMIN_ROLES, APPROVERS, GRANTABLE, SCOPE_KINDS, RoleScope
from shared.actor import Role
from shared.call import Call
from shared.contracts import names
from shared.errors import ApprovalHeld
from tests.unit.identity.world import PASSWORD, START, World, acting, call_as, enter

OFFICE = acting(Role.OFFICE, "account-office")
SECURITY = acting(Role.SECURITY_ADMIN, "account-security")
OTHER_SECURITY = acting(Role.SECURITY_ADMIN, "account-security-2")
SYSTEM = Call.system("demo")
NEW = "Taihu-Xincheng-88"
CODE = "K7QX-2MWP-9HTD"
DAY = timedelta(hours=24)
WHY = "本人遗失密码"


def holding(world: World, *roles: str, login: str = "wang.fang", **fields: str) -> Account:
    scoped = [
        RoleScope(role, {kind: "x" for kind in sorted(SCOPE_KINDS.get(role, ()))[:1]})
        for role in roles
    ]
    return world.account(login, roles=scoped, **fields)


def redeemed(world: World, code: str, login: str = "wang.fang") -> Call:
    """A call of the account, which has chosen NEW by the code."""
    redeem_code(call_as(), world.identity, login=login, code=code, new_password=NEW)
    enter(world, login, NEW)
    return call_as(world.minted[-1])


# -- who resets whom -----------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(APPROVERS))
def test_one_person_alone_resets_no_account_that_approves(role: str) -> None:
    world = World()
    account = holding(world, "MEMBER", role)
    with pytest.raises(ResetNeedsTwo):
        issue_reset_code(OFFICE, world.identity, account_id=account.id)
    assert world.accounts.stored[account.id].code is None


@pytest.mark.parametrize(
    "role", sorted((GRANTABLE | {"MEMBER", "STANDING_MEMBER"}) - set(APPROVERS))
)
def test_the_office_resets_all_others_in_one_step(role: str) -> None:
    world = World()
    account = holding(world, role)
    issue_reset_code(OFFICE, world.identity, account_id=account.id)
    assert world.events() == [names.ACCOUNT_CODE_ISSUED]


@pytest.mark.parametrize("asker", [OFFICE, OTHER_SECURITY])
def test_a_reset_by_two_persons(asker: Call) -> None:
    world = World()
    account = holding(world, "OFFICE")
    request_reset(asker, world.identity, account_id=account.id, reason=WHY)
    assert world.accounts.stored[account.id].reset == ResetRequest(
        str(asker.actor.account_id), None, START, WHY
    )
    answer = approve_reset(SECURITY, world.identity, account_id=account.id)
    assert answer["expires_at"] == START + DAY
    redeemed(world, answer["code"])
    assert world.events() == [
        names.ACCOUNT_RESET_REQUESTED,
        names.ACCOUNT_CODE_ISSUED,
        names.ACCOUNT_PASSWORD_RESET,
    ]
    assert world.audit.actions == [("request_reset", account.id), ("approve_reset", account.id)]
    with pytest.raises(ResetNotRequested):
        approve_reset(SECURITY, world.identity, account_id=account.id)


def test_neither_the_one_who_asked_nor_the_owner_approves() -> None:
    world = World()
    account = holding(world, "SECURITY_ADMIN", person_id="p-1")
    own = acting(Role.SECURITY_ADMIN, account.id)
    other_account = acting(Role.SECURITY_ADMIN, "account-x", person_id="p-1")
    for call in (own, other_account):
        with pytest.raises(OwnAccount):
            request_reset(call, world.identity, account_id=account.id, reason=WHY)
    request_reset(SECURITY, world.identity, account_id=account.id, reason=WHY)
    for call in (SECURITY, own, other_account):
        with pytest.raises(SecondPersonNeeded):
            approve_reset(call, world.identity, account_id=account.id)
    assert world.accounts.stored[account.id].code is None
    approve_reset(OTHER_SECURITY, world.identity, account_id=account.id)


def test_a_refused_reset_has_to_be_asked_for_again() -> None:
    world = World()
    account = holding(world, "OFFICE")
    for _ in range(2):
        request_reset(OFFICE, world.identity, account_id=account.id, reason=WHY)
        refuse_reset(SECURITY, world.identity, account_id=account.id, reason="本人未提出")
    with pytest.raises(ResetNotRequested):
        approve_reset(SECURITY, world.identity, account_id=account.id)
    with pytest.raises(ResetNotRequested):
        refuse_reset(SECURITY, world.identity, account_id=account.id, reason="本人未提出")
    assert world.events()[-1] == names.ACCOUNT_RESET_REFUSED


def test_a_disabled_account_is_not_reset() -> None:
    world = World()
    account = holding(world, "OFFICE", disabled_by=["ADMIN"])  # type: ignore[arg-type]
    with pytest.raises(AccountDisabled):
        request_reset(OFFICE, world.identity, account_id=account.id, reason=WHY)


def test_a_code_from_before_is_no_way_into_a_role_that_approves() -> None:
    world = World()
    account = holding(world, "MEMBER")
    early = issue_reset_code(OFFICE, world.identity, account_id=account.id)["code"]
    ticket = sign_in(call_as(), world.identity, login="wang.fang", password=early)
    wanted = {"account_id": account.id, "role": Role.OFFICE, "scope": [], "reason": "工作需要"}
    request_role_grant(OFFICE, world.identity, **wanted)  # type: ignore[arg-type]
    with pytest.raises(InvalidCredentials):
        redeem_code(call_as(), world.identity, login="wang.fang", code=early, new_password=NEW)
    with pytest.raises(TicketInvalid):
        given = {"ticket": ticket["password_ticket"], "new_password": NEW}
        change_password(call_as(), world.identity, **given)
    with pytest.raises(ResetNeedsTwo):
        issue_reset_code(OFFICE, world.identity, account_id=account.id)


# -- what is held back after a reset -------------------------------------------------------


def asked_for(world: World) -> str:
    """A grant of another account that waits for approval."""
    holder = holding(world, login="li.na")
    given = {"account_id": holder.id, "role": Role.INFO_EDITOR, "scope": [], "reason": "信息编辑"}
    row = request_role_grant(acting(Role.SYSTEM_ADMIN), world.identity, **given)  # type: ignore[arg-type]
    return str(row["grants"][-1]["id"])


@pytest.mark.parametrize("way", ["redeemed", "by ticket"])
def test_after_a_reset_nothing_is_approved_for_a_day(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    account = holding(world, "OFFICE")
    grant_id = asked_for(world)
    world.with_code(account, CODE)
    if way == "redeemed":
        call = redeemed(world, CODE)
    else:
        entered = sign_in(call_as(), world.identity, login="wang.fang", password=CODE)
        given = {"ticket": entered["password_ticket"], "new_password": NEW}
        change_password(call_as(), world.identity, **given)
        sign_in(call_as(), world.identity, login="wang.fang", password=NEW)
        call = call_as(world.minted[-1])
    assert call.actor.held_until == (START + DAY).timestamp()
    monkeypatch.setattr(time, "time", (START + DAY - timedelta(seconds=1)).timestamp)
    with pytest.raises(ApprovalHeld) as refused:
        approve_role_grant(call, world.identity, grant_id=grant_id)
    assert refused.value.details == {"until": START + DAY}
    request_reset(call, world.identity, account_id="account-li.na", reason=WHY)  # asking is free
    monkeypatch.setattr(time, "time", (START + DAY).timestamp)
    approve_role_grant(call, world.identity, grant_id=grant_id)


def test_the_owners_next_password_does_not_end_the_hold() -> None:
    world = World()
    account = holding(world, "OFFICE")
    world.with_code(account, CODE)
    call = redeemed(world, CODE)
    world.clock.advance(timedelta(hours=1))
    given = {"current_password": NEW, "new_password": PASSWORD}
    change_password(call, world.identity, **given)
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    assert world.minted[-1].held_until == (START + DAY).timestamp()
    world.clock.advance(timedelta(hours=23))
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    assert world.minted[-1].held_until is None


def test_ones_own_change_holds_nothing_back() -> None:
    world = World()
    holding(world, "OFFICE")
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    given = {"current_password": PASSWORD, "new_password": NEW}
    change_password(call_as(world.minted[-1]), world.identity, **given)
    sign_in(call_as(), world.identity, login="wang.fang", password=NEW)
    assert world.minted[-1].held_until is None


def test_a_code_made_on_the_server_holds_nothing_back() -> None:
    world = World()
    login, code = create_first_office(SYSTEM, world.identity, login="bangongshi")
    assert redeemed(world, code, login).actor.held_until is None


# -- three administrators apart (三员分立) -------------------------------------------------


@pytest.mark.parametrize("held", sorted(ADMIN_ROLES))
@pytest.mark.parametrize("wanted", sorted(ADMIN_ROLES))
def test_no_account_holds_two_of_the_three(held: str, wanted: str) -> None:
    world = World()
    account = holding(world, held, "INFO_EDITOR")
    given = {"account_id": account.id, "role": Role(wanted), "scope": [], "reason": "工作需要"}
    if held == wanted:
        return
    with pytest.raises(AdministratorsApart) as refused:
        request_role_grant(OFFICE, world.identity, **given)  # type: ignore[arg-type]
    assert refused.value.field == "role"
    given["role"] = Role.SUPERVISOR
    request_role_grant(OFFICE, world.identity, **given)  # type: ignore[arg-type]


def test_nor_asks_for_two_nor_is_given_the_second_that_was_asked_for_before() -> None:
    account = Account.open(
        id="account-1", login="wang.fang", label="王芳", kind="PERSON", created_at=START
    )
    by = Person("account-admin")
    account.request_grant("g-1", RoleScope("SYSTEM_ADMIN", {}), by, "需要", START)
    with pytest.raises(AdministratorsApart):
        account.request_grant("g-2", RoleScope("AUDIT_ADMIN", {}), by, "需要", START)
    with pytest.raises(AdministratorsApart):
        account.grant_at_once("g-3", RoleScope("AUDIT_ADMIN", {}), "DEMO", "DEMO", START)
    account.refuse_grant("g-1", Person("account-office"), "不符", START)
    account.request_grant("g-4", RoleScope("AUDIT_ADMIN", {}), by, "需要", START)
    # As a role stood that was asked for before this rule.
    account.grants[0] = replace(account.grants[0], state="GRANTED")
    with pytest.raises(AdministratorsApart):
        account.approve_grant("g-4", Person("account-office"), START)


def test_one_person_has_one_account_for_all_roles() -> None:
    world = World()
    holding(world, "SYSTEM_ADMIN", person_id="p-1")
    given = {"login": "second.one", "label": "王芳", "kind": "PERSON", "person_id": "p-1"}
    with pytest.raises(PersonHasAccount):
        create_account(acting(Role.SYSTEM_ADMIN), world.identity, **given)  # type: ignore[arg-type]


def test_demo_and_bootstrap_keep_the_three_apart() -> None:
    world = World()
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        given = {"login": role.value.lower(), "reset": False, "role": role}
        create_admin(SYSTEM, world.identity, **given)  # type: ignore[arg-type]
    held = [[grant.role for grant in a.grants] for a in world.accounts.stored.values()]
    assert held == [["SYSTEM_ADMIN"], ["SECURITY_ADMIN"]]
    entry = {
        "login": "all",
        "password": PASSWORD,
        "label": "三员",
        "roles": [{"role": role, "scope": {}} for role in sorted(ADMIN_ROLES)],
        "phone": None,
        "person_id": None,
        "member_id": None,
    }
    with pytest.raises(AdministratorsApart):
        load_demo_accounts(SYSTEM, world.identity, accounts=[entry])  # type: ignore[list-item]
