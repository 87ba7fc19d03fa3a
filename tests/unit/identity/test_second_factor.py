"""The second factor: who owes one, codes good once, recovery, guesses, losing it (ADR 36)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.identity import totp
from services.identity.commands.accounts import approve_role_grant, request_role_grant
from services.identity.commands.passwords import (
    approve_reset,
    change_password,
    issue_reset_code,
    redeem_code,
    request_reset,
)
from services.identity.commands.second_factor import (
    begin_second_factor,
    complete_sign_in,
    confirm_second_factor,
    drop_second_factor,
    renew_recovery_codes,
)
from services.identity.commands.sign_in import refresh, sign_in, switch_role, viewer_account
from services.identity.domain.account import Account
from services.identity.domain.errors import (
    AccountLocked,
    FactorMissing,
    FactorNeeded,
    FactorNotBegun,
    FactorWrong,
    InvalidCredentials,
    SessionEnded,
    TicketInvalid,
)
from services.identity.domain.roles import APPROVERS, GRANTABLE, RoleScope
from services.identity.domain.second_factor import EVERYBODY, NOBODY, WHO_DECIDES, owed
from shared.actor import Role
from shared.call import Call
from shared.contracts import names
from shared.errors import InvalidInput, Unauthenticated
from tests.unit.identity.world import (
    PASSWORD,
    START,
    World,
    acting,
    call_as,
    code_of,
    enrolled,
)

NEW = "Taihu-Xincheng-88"
MEMBER = [RoleScope("MEMBER", {})]
STEP = timedelta(seconds=30)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, in base32


def office(world: World, **fields: Any) -> Account:
    """An account that decides, and is no demo account."""
    roles = [RoleScope("OFFICE", {}), RoleScope("MEMBER", {})]
    return world.account(**{"demo": False, "roles": roles, **fields})


def entered(world: World, code: str, login: str = "wang.fang") -> dict[str, Any]:
    """Both steps of a later sign-in."""
    first = sign_in(call_as(), world.identity, login=login, password=PASSWORD)
    assert (first["must_give_code"], first["access_token"]) == (True, None)
    ticket = first["factor_ticket"]
    return complete_sign_in(call_as(), world.identity, factor_ticket=ticket, code=code)


def later(world: World) -> None:
    """The app shows its next code."""
    world.clock.advance(STEP)


def volunteer(world: World) -> Call:
    """A member signed in, who has set one up without having to; a call of that session."""
    account = world.account(demo=False, roles=MEMBER)
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    call = call_as(world.minted[-1])
    begin_second_factor(call, world.identity, current_password=PASSWORD)
    confirm_second_factor(call, world.identity, code=code_of(world, account))
    return call


# -- codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238, appendix B (SHA-1), the last six digits of each.
    [
        (1111111111, "050471"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    for off in (-1, 0, 1):
        assert totp.matching_step(SECRET, code, at + off * STEP) == seconds // 30
    for off in (-2, 2):
        assert totp.matching_step(SECRET, code, at + off * STEP) is None


def test_an_app_reads_issuer_login_and_secret() -> None:
    uri = totp.uri(SECRET, "wang.fang")
    assert uri.startswith("otpauth://totp/") and f"secret={SECRET}" in uri
    assert "wang.fang" in uri and "issuer=" in uri


# -- who owes one ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(GRANTABLE | {"MEMBER", "STANDING_MEMBER"}))
def test_whoever_decides_owes_one(role: str) -> None:
    assert owed([role], WHO_DECIDES) is (role in APPROVERS)
    assert owed([role], EVERYBODY) is True
    assert owed([role], NOBODY) is False


@pytest.mark.parametrize(("whom", "asked"), [(0, False), (1, True), (2, True)])
def test_who_must_is_a_setting(whom: int, asked: bool) -> None:
    world = World()
    office(world)
    world.settings.changed["second_factor"] = whom
    answer = sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    assert (answer["must_set_second_factor"], answer["access_token"] is None) == (asked, asked)


def test_a_demo_account_and_a_member_sign_in_by_password_alone() -> None:
    world = World()
    office(world, demo=True)
    world.account("lu", demo=False, roles=MEMBER)
    for login in ("wang.fang", "lu"):
        assert sign_in(call_as(), world.identity, login=login, password=PASSWORD)["access_token"]


# -- setting it up ---------------------------------------------------------------------------


def test_who_owes_one_sets_it_up_before_anything_else() -> None:
    world = World()
    account = office(world)
    answer = enrolled(world, "wang.fang")
    assert answer["access_token"] == "token-1" and answer["device_token"]
    assert len(set(answer["recovery_codes"])) == 10
    assert world.minted[0].role is Role.OFFICE
    stored = world.accounts.stored[account.id]
    assert stored.factor is not None and stored.factor_begun is None
    assert not set(answer["recovery_codes"]) & set(stored.factor.recovery)
    assert names.ACCOUNT_SECOND_FACTOR_SET in world.events()
    assert world.journal.kinds() == ["SECOND_FACTOR_SET", "SUCCESS"]


def test_a_secret_holds_only_after_its_first_code() -> None:
    world = World()
    account = office(world)
    first = sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    ticket = {"factor_ticket": first["factor_ticket"]}
    with pytest.raises(FactorNotBegun):
        confirm_second_factor(call_as(), world.identity, code="000000", **ticket)
    begin_second_factor(call_as(), world.identity, **ticket)
    former = code_of(world, account)
    begin_second_factor(call_as(), world.identity, **ticket)
    with pytest.raises(FactorWrong):
        confirm_second_factor(call_as(), world.identity, code=former, **ticket)
    assert world.accounts.stored[account.id].factor is None


def test_a_member_sets_one_up_by_the_password_and_is_asked_from_then_on() -> None:
    world = World()
    call = volunteer(world)
    view = viewer_account(call, world.identity)
    assert (view["second_factor"], view["recovery_codes_left"]) == (True, 10)
    later(world)
    account = world.accounts.stored["account-wang.fang"]
    assert entered(world, code_of(world, account))["access_token"]


def test_neither_a_wrong_password_nor_a_visitor_begins_one() -> None:
    world = World()
    world.account(demo=False, roles=MEMBER)
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    with pytest.raises(InvalidCredentials):
        begin_second_factor(call_as(world.minted[0]), world.identity, current_password="wrong")
    with pytest.raises(Unauthenticated):
        begin_second_factor(call_as(), world.identity, current_password=PASSWORD)
    with pytest.raises(Unauthenticated):
        confirm_second_factor(call_as(), world.identity, code="000000")
    for given in ({}, {"current_password": PASSWORD, "factor_ticket": "made up"}):
        with pytest.raises(InvalidInput):
            begin_second_factor(call_as(world.minted[0]), world.identity, **given)


def test_the_ticket_of_a_waiting_sign_in_takes_nobody_around_the_code() -> None:
    """Who knows the password alone neither sets up another app nor chooses another password."""
    world = World()
    office(world)
    enrolled(world, "wang.fang")
    first = sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    ticket = first["factor_ticket"]
    with pytest.raises(TicketInvalid):
        begin_second_factor(call_as(), world.identity, factor_ticket=ticket)
    with pytest.raises(TicketInvalid):
        confirm_second_factor(call_as(), world.identity, factor_ticket=ticket, code="000000")
    with pytest.raises(TicketInvalid):
        change_password(call_as(), world.identity, ticket=ticket, new_password=NEW)


def test_a_ticket_for_a_password_completes_no_sign_in() -> None:
    world = World()
    account = office(world)
    world.with_code(account, "K7QX-2MWP-9HTD")
    given = sign_in(call_as(), world.identity, login="wang.fang", password="K7QX-2MWP-9HTD")
    for act in (complete_sign_in, confirm_second_factor):
        with pytest.raises(TicketInvalid):
            act(call_as(), world.identity, factor_ticket=given["password_ticket"], code="123456")


# -- giving codes ----------------------------------------------------------------------------


def test_a_code_is_good_once() -> None:
    world = World()
    account = office(world)
    enrolled(world, "wang.fang")
    with pytest.raises(FactorWrong):
        entered(world, code_of(world, account))  # it has set the factor up
    later(world)
    code = code_of(world, account)
    assert entered(world, code)["access_token"]
    with pytest.raises(FactorWrong):
        entered(world, code)
    with pytest.raises(FactorWrong):
        entered(world, code_of(world, account, -1))


def test_a_ticket_is_good_once_and_for_a_quarter_of_an_hour() -> None:
    world = World()
    account = office(world)
    enrolled(world, "wang.fang")
    first = sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    ticket = first["factor_ticket"]
    assert first["expires_at"] == START + timedelta(minutes=15)
    later(world)
    given = {"factor_ticket": ticket, "code": code_of(world, account)}
    complete_sign_in(call_as(), world.identity, **given)
    later(world)
    with pytest.raises(TicketInvalid):
        complete_sign_in(call_as(), world.identity, **given)
    ticket = sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)[
        "factor_ticket"
    ]
    world.clock.advance(timedelta(minutes=15))
    with pytest.raises(TicketInvalid):
        complete_sign_in(
            call_as(), world.identity, factor_ticket=ticket, code=code_of(world, account)
        )


def test_guesses_at_codes_lock_until_the_lock_is_over() -> None:
    world = World()
    account = office(world)
    enrolled(world, "wang.fang")
    later(world)
    right = code_of(world, account)
    wrong = "000000" if right != "000000" else "111111"
    for left in (4, 3, 2, 1):
        with pytest.raises(FactorWrong) as refused:
            entered(world, wrong)
        assert refused.value.details == {"attempts_left": left}
    for code in (wrong, right, "2222-2222-2222"):
        with pytest.raises(AccountLocked):
            entered(world, code)
    assert "LOCKED" in world.journal.kinds()
    world.clock.advance(timedelta(minutes=15))
    assert entered(world, code_of(world, account))["access_token"]


def test_a_recovery_code_is_good_once_however_it_is_typed() -> None:
    world = World()
    office(world)
    codes = enrolled(world, "wang.fang")["recovery_codes"]
    assert entered(world, codes[0].lower().replace("-", " "))["access_token"]
    assert world.journal.entries[-2]["details"] == {"left": 9}
    with pytest.raises(FactorWrong):
        entered(world, codes[0])
    assert entered(world, codes[1])["access_token"]


def test_new_recovery_codes_take_the_place_of_the_former() -> None:
    world = World()
    account = office(world)
    former = enrolled(world, "wang.fang")["recovery_codes"]
    call = call_as(world.minted[-1])
    later(world)
    fresh = renew_recovery_codes(call, world.identity, code=code_of(world, account))
    assert len(set(fresh) - set(former)) == 10
    with pytest.raises(FactorWrong):
        entered(world, former[5])
    assert entered(world, fresh[5])["access_token"]


# -- sessions and roles ----------------------------------------------------------------------


def test_a_session_from_before_a_role_that_decides_does_not_act_in_it() -> None:
    world = World()
    world.account(demo=False, roles=MEMBER)
    tokens = sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    call = call_as(world.minted[-1])
    wanted: dict[str, Any] = {"account_id": "account-wang.fang", "role": Role.OFFICE, "scope": []}
    request_role_grant(
        acting(Role.SYSTEM_ADMIN, "admin"), world.identity, reason="工作需要", **wanted
    )
    [asked] = [g for g in world.accounts.stored["account-wang.fang"].grants if not g.active]
    approve_role_grant(acting(Role.OFFICE, "office"), world.identity, grant_id=asked.id)
    with pytest.raises(FactorNeeded):
        switch_role(call, world.identity, role=Role.OFFICE)
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token=str(tokens["refresh_token"]))
    answer = enrolled(world, "wang.fang")
    switch_role(call_as(world.minted[-1]), world.identity, role=Role.OFFICE)
    assert world.minted[-1].role is Role.OFFICE
    refresh(call_as(), world.identity, refresh_token=newest(world))
    assert answer["recovery_codes"]


def newest(world: World) -> str:
    """The refresh token that is still good."""
    return next(secret for secret, token in world.sessions.tokens.items() if not token.used)


def test_who_sets_one_up_stays_signed_in() -> None:
    world = World()
    call = volunteer(world)
    world.settings.changed["second_factor"] = EVERYBODY
    switch_role(call, world.identity, role=Role.MEMBER)


def test_who_need_not_have_one_gives_it_up_by_a_code() -> None:
    world = World()
    call = volunteer(world)
    account = world.accounts.stored["account-wang.fang"]
    with pytest.raises(FactorWrong):
        drop_second_factor(call, world.identity, code=code_of(world, account))  # used before
    later(world)
    assert drop_second_factor(call, world.identity, code=code_of(world, account)) is True
    assert world.events()[-1] == names.ACCOUNT_SECOND_FACTOR_DROPPED
    with pytest.raises(FactorMissing):
        drop_second_factor(call, world.identity, code="123456")
    assert sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)["access_token"]


def test_who_must_have_one_keeps_it() -> None:
    world = World()
    account = office(world)
    enrolled(world, "wang.fang")
    later(world)
    with pytest.raises(FactorNeeded):
        drop_second_factor(call_as(world.minted[-1]), world.identity, code=code_of(world, account))


# -- lost ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [False, True])
def test_two_persons_reset_it_with_the_password_of_who_decides(lost: bool) -> None:
    world = World()
    account = office(world)
    enrolled(world, "wang.fang")
    asked: dict[str, Any] = {"account_id": account.id, "reason": "手机遗失", "without_factor": lost}
    request_reset(acting(Role.OFFICE, "office"), world.identity, **asked)
    security = acting(Role.SECURITY_ADMIN, "security")
    code = approve_reset(security, world.identity, account_id=account.id)["code"]
    redeem_code(call_as(), world.identity, login="wang.fang", code=code, new_password=NEW)
    answer = sign_in(call_as(), world.identity, login="wang.fang", password=NEW)
    assert (answer["must_give_code"], answer["must_set_second_factor"]) == (not lost, lost)
    assert (names.ACCOUNT_SECOND_FACTOR_DROPPED in world.events()) is lost


@pytest.mark.parametrize("lost", [False, True])
def test_the_office_resets_it_of_who_decides_nothing(lost: bool) -> None:
    world = World()
    volunteer(world)
    office_call, asked = acting(Role.OFFICE, "office"), {"account_id": "account-wang.fang"}
    issue_reset_code(office_call, world.identity, without_factor=lost, **asked)
    assert (world.accounts.stored["account-wang.fang"].factor is None) is lost
