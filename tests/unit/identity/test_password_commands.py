"""Choosing a password and getting back in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.identity.commands.passwords import change_password, issue_reset_code, redeem_code
from services.identity.commands.sign_in import refresh, sign_in
from services.identity.domain.errors import (
    AccountDisabled,
    AccountLocked,
    InvalidCredentials,
    OwnAccount,
    PasswordTooShort,
    PasswordUnchanged,
    SessionEnded,
    TicketInvalid,
)
from services.identity.domain.passwords import CODE_SHAPE
from services.identity.domain.roles import RoleScope
from shared.actor import Role
from shared.errors import Unauthenticated
from tests.unit.identity.world import PASSWORD, START, World, acting, call_as

NEW = "Taihu-Xincheng-88"
OFFICER = RoleScope("UNIT_OFFICER", {"unit": "unit-slj"})  # who approves nothing
CODE = "K7QX-2MWP-9HTD"


def test_changing_the_password_ends_the_other_sessions() -> None:
    world = World()
    world.account()
    for _ in range(2):
        sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    answer = change_password(
        call_as(world.minted[0]), world.identity, current_password=PASSWORD, new_password=NEW
    )
    assert answer == {"changed": True, "sessions_ended": 1}
    refresh(call_as(), world.identity, refresh_token="secret-1")
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-3")
    with pytest.raises(InvalidCredentials):
        sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    sign_in(call_as(), world.identity, login="wang.fang", password=NEW)
    assert world.journal.kinds()[:3] == ["SUCCESS", "SUCCESS", "PASSWORD_CHANGED"]


def test_guessing_at_the_current_password_locks_that_session_alone() -> None:
    world = World()
    account = world.account()
    here = acting(Role.PROPOSAL_STAFF, account.id, session_id="s-1")
    there = acting(Role.PROPOSAL_STAFF, account.id, session_id="s-2")
    for _ in range(4):
        with pytest.raises(InvalidCredentials):
            change_password(here, world.identity, current_password="wrong", new_password=NEW)
    for current in ("wrong", PASSWORD):
        with pytest.raises(AccountLocked):
            change_password(here, world.identity, current_password=current, new_password=NEW)
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    change_password(there, world.identity, current_password=PASSWORD, new_password=NEW)


def test_a_visitor_needs_a_ticket() -> None:
    world = World()
    with pytest.raises(Unauthenticated):
        change_password(call_as(), world.identity, current_password=PASSWORD, new_password=NEW)
    with pytest.raises(TicketInvalid):
        change_password(call_as(), world.identity, ticket="made up", new_password=NEW)


def test_the_new_password_must_differ_and_fit() -> None:
    world = World()
    account = world.account()
    call = acting(Role.PROPOSAL_STAFF, account.id)
    with pytest.raises(PasswordUnchanged):
        change_password(call, world.identity, current_password=PASSWORD, new_password=PASSWORD)
    with pytest.raises(PasswordTooShort):
        change_password(call, world.identity, current_password=PASSWORD, new_password="short")


def test_first_sign_in_code_ticket_password() -> None:
    world = World()
    account = world.account(password=None)
    world.with_code(account, CODE)
    ticket = sign_in(call_as(), world.identity, login="wang.fang", password=CODE)["password_ticket"]
    assert change_password(call_as(), world.identity, ticket=ticket, new_password=NEW) == {
        "changed": True,
        "sessions_ended": 0,
    }
    with pytest.raises(TicketInvalid):
        change_password(call_as(), world.identity, ticket=ticket, new_password=NEW)
    with pytest.raises(InvalidCredentials):
        sign_in(call_as(), world.identity, login="wang.fang", password=CODE)
    sign_in(call_as(), world.identity, login="wang.fang", password=NEW)


def test_a_ticket_lives_fifteen_minutes() -> None:
    world = World()
    account = world.account(password=None)
    world.with_code(account, CODE)
    sign_in(call_as(), world.identity, login="wang.fang", password=CODE)
    world.clock.advance(timedelta(minutes=15))
    with pytest.raises(TicketInvalid):
        change_password(call_as(), world.identity, ticket="secret-1", new_password=NEW)


@pytest.mark.parametrize("typed", [CODE, "k7qx 2mwp 9htd"])
def test_redeeming_a_code_ends_everything_else(typed: str) -> None:
    world = World()
    account = world.account()
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    for _ in range(4):
        with pytest.raises(InvalidCredentials):
            sign_in(call_as(), world.identity, login="wang.fang", password="wrong")
    world.with_code(account, CODE)
    answer = redeem_code(call_as(), world.identity, login="wang.fang", code=typed, new_password=NEW)
    assert answer == {"changed": True, "sessions_ended": 1}
    with pytest.raises(InvalidCredentials):
        redeem_code(call_as(), world.identity, login="wang.fang", code=typed, new_password=NEW)
    sign_in(call_as(), world.identity, login="wang.fang", password=NEW)


@pytest.mark.parametrize("login", ["wang.fang", "nobody"])
def test_guessing_codes_locks(login: str) -> None:
    world = World()
    world.account()
    for _ in range(4):
        with pytest.raises(InvalidCredentials):
            redeem_code(call_as(), world.identity, login=login, code="AAAA", new_password=NEW)
    with pytest.raises(AccountLocked):
        redeem_code(call_as(), world.identity, login=login, code="AAAA", new_password=NEW)


def test_a_password_is_no_code() -> None:
    world = World()
    world.account()
    with pytest.raises(InvalidCredentials):
        redeem_code(call_as(), world.identity, login="wang.fang", code=PASSWORD, new_password=NEW)


def test_a_disabled_account_cannot_redeem() -> None:
    world = World()
    account = world.account(disabled_by=["ADMIN"])
    world.with_code(account, CODE)
    with pytest.raises(AccountDisabled):
        redeem_code(call_as(), world.identity, login="wang.fang", code=CODE, new_password=NEW)


def test_office_issues_a_code_once_hashed_and_for_24_hours() -> None:
    world = World()
    account = world.account(roles=[OFFICER])
    call = acting(Role.OFFICE, "account-office")
    first = issue_reset_code(call, world.identity, account_id=account.id)
    second = issue_reset_code(call, world.identity, account_id=account.id)
    assert CODE_SHAPE.fullmatch(first["code"])
    assert first["code"] != second["code"]
    assert second["expires_at"] == START + timedelta(hours=24)
    stored = world.accounts.stored[account.id].code
    assert stored is not None
    assert stored.hash.startswith("$argon2id$")
    assert stored.issued_by == "account-office"
    assert world.journal.kinds() == ["CODE_ISSUED", "CODE_ISSUED"]
    assert world.audit.actions[0] == ("issue_reset_code", account.id)
    with pytest.raises(InvalidCredentials):
        redeem_code(
            call_as(), world.identity, login="wang.fang", code=first["code"], new_password=NEW
        )
    redeem_code(call_as(), world.identity, login="wang.fang", code=second["code"], new_password=NEW)


def test_a_new_code_voids_the_ticket_of_the_former() -> None:
    world = World()
    account = world.account(password=None, roles=[OFFICER])
    world.with_code(account, CODE)
    sign_in(call_as(), world.identity, login="wang.fang", password=CODE)
    issue_reset_code(acting(Role.OFFICE), world.identity, account_id=account.id)
    with pytest.raises(TicketInvalid):
        change_password(call_as(), world.identity, ticket="secret-1", new_password=NEW)


def test_office_does_not_reset_its_own_password() -> None:
    world = World()
    account = world.account(roles=[RoleScope("OFFICE", {})])
    with pytest.raises(OwnAccount):
        issue_reset_code(acting(Role.OFFICE, account.id), world.identity, account_id=account.id)
