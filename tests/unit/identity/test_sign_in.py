"""Signing in, renewing, switching roles, signing out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.identity.commands.sign_in import (
    refresh,
    sign_in,
    sign_out,
    sign_out_everywhere,
    switch_role,
    viewer_account,
)
from services.identity.domain.errors import (
    AccountDisabled,
    AccountLocked,
    InvalidCredentials,
    NoActiveRole,
    RoleNotHeld,
    SessionEnded,
)
from services.identity.domain.roles import RoleScope
from services.identity.domain.sessions import Session, successor
from services.identity.domain.tickets import Purpose, Ticket
from services.identity.passwords import Argon2
from shared.actor import Actor, Role
from shared.call import Call, CommandId
from shared.contracts import names
from shared.errors import DomainError
from tests.unit.identity.world import PASSWORD, START, World, acting, call_as

LOCK = timedelta(minutes=15)
ROLES = [RoleScope("MEMBER", {}), RoleScope("UNIT_LEADER", {"unit": "unit-slj"})]


def signed_in(world: World, login: str = "wang.fang") -> tuple[dict[str, object], Call]:
    """The answer to a sign-in, and a call with its token."""
    answer = sign_in(call_as(), world.identity, login=login, password=PASSWORD)
    return answer, call_as(world.minted[-1])


def fail(world: World, login: str = "wang.fang") -> None:
    with pytest.raises(InvalidCredentials):
        sign_in(call_as(), world.identity, login=login, password="wrong")


@pytest.mark.parametrize("name", ["wang.fang", " WANG.FANG ", "15-0088", "13800000088"])
def test_sign_in_by_login_member_number_or_phone(name: str) -> None:
    world = World()
    world.account(
        roles=ROLES, phone="13800000088", member_no="15-0088", person_id="p-1", member_id="m-1"
    )
    answer = sign_in(call_as(), world.identity, login=name, password=PASSWORD)
    session = next(iter(world.sessions.sessions.values()))
    assert answer == {
        "access_token": "token-1",
        "refresh_token": "secret-1",
        "expires_at": START + timedelta(minutes=10),
        "must_change_password": False,
        "password_ticket": None,
        "must_give_code": False,
        "must_set_second_factor": False,
        "factor_ticket": None,
        "device_token": "secret-2",
        "account": {
            "id": "account-wang.fang",
            "login": "wang.fang",
            "label": "wang.fang",
            "kind": "PERSON",
            "person_id": "p-1",
            "member_id": "m-1",
            "second_factor": False,
            "recovery_codes_left": 0,
            "acting_role": "MEMBER",
            "acting_grant_id": "grant-0",
            "roles": [
                {"id": "grant-0", "role": "MEMBER", "scope": []},
                {
                    "id": "grant-1",
                    "role": "UNIT_LEADER",
                    "scope": [{"kind": "UNIT", "id": "unit-slj"}],
                },
            ],
        },
    }
    assert world.minted == [Actor("account-wang.fang", Role.MEMBER, {}, "p-1", "m-1", session.id)]
    assert session.expires_at == START + timedelta(days=90)
    assert world.journal.kinds() == ["SUCCESS"]
    assert world.journal.entries[0]["session_id"] == session.id


def test_the_named_role_is_the_acting_one() -> None:
    world = World()
    world.account(roles=ROLES)
    sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD, role=Role.UNIT_LEADER)
    assert (world.minted[0].role, world.minted[0].scope) == (
        Role.UNIT_LEADER,
        {"unit": "unit-slj"},
    )


def test_a_role_not_held_is_refused_and_noted() -> None:
    world = World()
    world.account(roles=ROLES)
    with pytest.raises(RoleNotHeld):
        sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD, role=Role.OFFICE)
    assert world.journal.entries[0]["code"] == "ROLE_NOT_HELD"
    assert world.sessions.sessions == {}


def test_an_account_without_roles_cannot_sign_in() -> None:
    world = World()
    world.account(roles=[])
    with pytest.raises(NoActiveRole):
        sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)


def test_a_disabled_account_is_told_only_with_the_right_password() -> None:
    world = World()
    world.account(disabled_by=["ADMIN"])
    fail(world)
    with pytest.raises(AccountDisabled):
        sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)


@pytest.mark.parametrize(
    ("taken", "refusal"),
    [
        ({"disabled_by": ["ADMIN"]}, AccountDisabled),
        ({"grants": []}, NoActiveRole),
        ({"password": "another hash"}, InvalidCredentials),
    ],
)
def test_what_is_taken_away_during_a_sign_in_leaves_no_session(
    taken: dict[str, Any], refusal: type[DomainError], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    account = world.account()
    start = world.sessions.start

    def start_too_late(session: Session) -> None:
        for name, value in taken.items():
            setattr(world.accounts.stored[account.id], name, value)
        start(session)

    monkeypatch.setattr(world.sessions, "start", start_too_late)
    with pytest.raises(refusal):
        sign_in(call_as(), world.identity, login="wang.fang", password=PASSWORD)
    [session] = world.sessions.sessions.values()
    assert session.ended_at == START
    assert (world.minted, world.journal.entries[-1]["code"]) == ([], refusal.code)


def test_unknown_names_answer_as_wrong_passwords_do() -> None:
    world = World()
    world.account()
    answers = []
    for login in ("wang.fang", "nobody"):
        before = world.hasher.verified
        with pytest.raises(InvalidCredentials) as refused:
            sign_in(call_as(), world.identity, login=login, password="wrong")
        answers.append(
            (refused.value.message, refused.value.details, world.hasher.verified - before)
        )
    assert answers[0] == answers[1] == ("账号或密码不正确", {"attempts_left": 4}, 1)
    assert [entry["account_id"] for entry in world.journal.entries] == ["account-wang.fang", None]


@pytest.mark.parametrize("login", ["wang.fang", "nobody"])
def test_the_fifth_failure_locks_and_only_time_unlocks(login: str) -> None:
    world = World()
    world.account()
    for _ in range(4):
        fail(world, login)
    with pytest.raises(AccountLocked) as refused:
        sign_in(call_as(), world.identity, login=login, password="wrong")
    assert refused.value.details == {"until": START + LOCK}
    world.clock.advance(LOCK - timedelta(seconds=1))
    hashes = world.hasher.verified
    with pytest.raises(AccountLocked):
        sign_in(call_as(), world.identity, login=login, password=PASSWORD)
    assert world.hasher.verified == hashes
    known = login == "wang.fang"
    assert world.events() == ([names.ACCOUNT_LOCKED] if known else [])
    assert world.journal.kinds() == ["FAILURE"] * 5 + ["LOCKED", "FAILURE"]
    world.clock.advance(timedelta(seconds=1))
    if known:
        signed_in(world)
    else:
        fail(world, login)


def test_a_success_forgets_the_failures() -> None:
    world = World()
    world.account()
    for _ in range(4):
        fail(world)
    signed_in(world)
    with pytest.raises(InvalidCredentials) as refused:
        sign_in(call_as(), world.identity, login="wang.fang", password="wrong")
    assert refused.value.details == {"attempts_left": 4}


def test_a_weak_hash_is_renewed_without_the_clients_command_id() -> None:
    world = World()
    world.account(password=Argon2(16, 1, 1).hash(PASSWORD))
    call = Call(call_as().actor, "c1", command=CommandId("public", "1", "fingerprint"))
    sign_in(call, world.identity, login="wang.fang", password=PASSWORD)
    renewed = world.accounts.stored["account-wang.fang"]
    assert renewed.password is not None
    assert not world.hasher.outdated(renewed.password)


def test_a_one_time_code_gives_a_ticket_and_no_access() -> None:
    world = World()
    account = world.account(password=None)
    world.with_code(account, "K7QX-2MWP-9HTD")
    answer = sign_in(call_as(), world.identity, login="wang.fang", password="k7qx-2mwp-9htd")
    assert answer == {
        "access_token": None,
        "refresh_token": None,
        "expires_at": START + timedelta(minutes=15),
        "must_change_password": True,
        "password_ticket": "secret-1",
        "must_give_code": False,
        "must_set_second_factor": False,
        "factor_ticket": None,
        "device_token": None,
        "account": None,
    }
    assert (world.minted, world.sessions.sessions) == ([], {})
    assert world.tickets.find("secret-1", Purpose.PASSWORD, START) == Ticket(
        account.id, Purpose.PASSWORD
    )


def test_an_expired_code_is_a_wrong_password() -> None:
    world = World()
    account = world.account(password=None)
    world.with_code(account, "K7QX-2MWP-9HTD")
    world.clock.advance(timedelta(hours=24))
    with pytest.raises(InvalidCredentials):
        sign_in(call_as(), world.identity, login="wang.fang", password="K7QX-2MWP-9HTD")


def test_refreshing_rotates_the_token() -> None:
    world = World()
    world.account()
    signed_in(world)
    world.clock.advance(timedelta(days=1))
    answer = refresh(call_as(), world.identity, refresh_token="secret-1")
    renewed = answer["refresh_token"]
    assert answer["access_token"] == "token-2"
    assert len(renewed) == 43 and renewed != "secret-1"
    assert world.minted[0] == world.minted[1]
    assert world.sessions.tokens[renewed].expires_at == START + timedelta(days=15)


def test_a_token_used_twice_ends_the_whole_session() -> None:
    world = World()
    world.account()
    signed_in(world)
    renewed = refresh(call_as(), world.identity, refresh_token="secret-1")["refresh_token"]
    world.clock.advance(timedelta(seconds=31))
    for token in ("secret-1", renewed):
        with pytest.raises(SessionEnded):
            refresh(call_as(), world.identity, refresh_token=token)
    assert list(world.sessions.reasons.values()) == ["TOKEN_REUSED"]
    assert world.journal.kinds() == ["SUCCESS", "TOKEN_REUSED"]


def test_the_same_exchange_once_more_is_answered_alike_for_half_a_minute() -> None:
    """A second tap, or an answer that a phone never got."""
    world = World()
    world.account()
    signed_in(world)
    first = refresh(call_as(), world.identity, refresh_token="secret-1")
    world.clock.advance(timedelta(seconds=30))
    again = refresh(call_as(), world.identity, refresh_token="secret-1")
    assert again["refresh_token"] == first["refresh_token"]
    assert world.minted[1] == world.minted[2]
    assert [t.used for t in world.sessions.tokens.values()] == [True, False]
    assert world.journal.kinds() == ["SUCCESS"]
    refresh(call_as(), world.identity, refresh_token=again["refresh_token"])


def test_what_was_exchanged_on_is_in_two_hands_however_soon() -> None:
    """The answer has arrived and was used: whoever comes with the former token is another."""
    world = World()
    world.account()
    signed_in(world)
    first = refresh(call_as(), world.identity, refresh_token="secret-1")["refresh_token"]
    second = refresh(call_as(), world.identity, refresh_token=first)["refresh_token"]
    for token in ("secret-1", first, second):
        with pytest.raises(SessionEnded):
            refresh(call_as(), world.identity, refresh_token=token)
    assert list(world.sessions.reasons.values()) == ["TOKEN_REUSED"]


def test_the_following_token_cannot_be_told_from_what_is_stored() -> None:
    assert successor("secret-1", "salt") == successor("secret-1", "salt")
    assert len({successor(s, t) for s in ("a", "b") for t in ("x", "y")}) == 4


def test_a_token_ends_without_use_and_a_session_in_any_case() -> None:
    world = World()
    world.account()
    signed_in(world)
    token = "secret-1"
    for _ in range(9):
        world.clock.advance(timedelta(days=9, hours=23))
        token = refresh(call_as(), world.identity, refresh_token=token)["refresh_token"]
    assert world.sessions.tokens[token].expires_at == START + timedelta(days=90)
    world.clock.advance(timedelta(hours=9))
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token=token)


def test_an_unused_token_expires() -> None:
    world = World()
    world.account()
    signed_in(world)
    world.clock.advance(timedelta(days=14))
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(SessionEnded):
        refresh(call_as(), World().identity, refresh_token="made up")


@pytest.mark.parametrize(
    ("change", "reason"),
    [("disable", "ACCOUNT_DISABLED"), ("revoke", "NO_ACTIVE_ROLE")],
)
def test_refreshing_ends_with_the_account_or_the_role(change: str, reason: str) -> None:
    world = World()
    account = world.account()
    signed_in(world)
    stored = world.accounts.stored[account.id]
    if change == "disable":
        stored.disabled_by = ["ADMIN"]
    else:
        stored.grants = []
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")
    assert list(world.sessions.reasons.values()) == [reason]


def test_switching_the_role_stays_in_the_session_and_is_noted() -> None:
    world = World()
    world.account(roles=ROLES)
    _, call = signed_in(world)
    answer = switch_role(call, world.identity, role=Role.UNIT_LEADER)
    assert answer["account"]["acting_role"] == "UNIT_LEADER"
    assert world.minted[1].session_id == world.minted[0].session_id
    assert world.journal.entries[-1] == {
        "kind": "ROLE_SWITCHED",
        "account_id": "account-wang.fang",
        "at": START,
        "role": "UNIT_LEADER",
        "session_id": world.minted[0].session_id,
        "details": {"from": "MEMBER", "scope": {"unit": "unit-slj"}},
    }
    renewed = refresh(call_as(), world.identity, refresh_token="secret-3")
    assert renewed["account"]["acting_role"] == "UNIT_LEADER"


def test_the_token_from_before_the_switch_is_used_up() -> None:
    world = World()
    world.account(roles=ROLES)
    _, call = signed_in(world)
    switch_role(call, world.identity, grant_id="grant-1")
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")


def test_switching_to_a_role_not_held_or_in_an_ended_session_is_refused() -> None:
    world = World()
    world.account(roles=ROLES)
    _, call = signed_in(world)
    with pytest.raises(RoleNotHeld):
        switch_role(call, world.identity, role=Role.OFFICE)
    sign_out(call, world.identity)
    with pytest.raises(SessionEnded):
        switch_role(call, world.identity, role=Role.UNIT_LEADER)


def test_signing_out_ends_this_session_once() -> None:
    world = World()
    world.account()
    _, call = signed_in(world)
    signed_in(world)
    assert sign_out(call, world.identity) == 1
    assert sign_out(call, world.identity) == 0
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")
    refresh(call_as(), world.identity, refresh_token="secret-3")


def test_signing_out_everywhere_ends_all_sessions_of_the_account_alone() -> None:
    world = World()
    world.account()
    world.account("li.na")
    _, call = signed_in(world)
    signed_in(world)
    signed_in(world, "li.na")
    assert sign_out_everywhere(call, world.identity) == 2
    assert world.events() == [names.ACCOUNT_SIGNED_OUT_EVERYWHERE]
    refresh(call_as(), world.identity, refresh_token="secret-5")
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-3")


def test_the_viewers_account_names_the_acting_grant() -> None:
    world = World()
    world.account(roles=ROLES)
    call = acting(Role.UNIT_LEADER, "account-wang.fang", scope={"unit": "unit-slj"})
    seen = viewer_account(call, world.identity)
    assert (seen["acting_role"], seen["acting_grant_id"]) == ("UNIT_LEADER", "grant-1")


def test_a_token_tells_which_other_roles_are_held() -> None:
    """So that a refusal can name the role to take; an open request is none yet."""
    world = World()
    world.account(roles=ROLES)
    _, call = signed_in(world)
    assert call.actor.role is Role.MEMBER
    assert call.actor.others == (Role.UNIT_LEADER,)
