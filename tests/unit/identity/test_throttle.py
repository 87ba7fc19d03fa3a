"""Failed sign-ins: the counts, and whom they keep out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.identity.commands.passwords import change_password, redeem_code
from services.identity.commands.sign_in import sign_in, sign_out_everywhere
from services.identity.domain.errors import AccountLocked, InvalidCredentials
from services.identity.domain.throttle import Attempts, Counted, Limit, limits, settle
from services.identity.passwords import Queue, TooBusy
from services.identity.settings import SETTINGS
from shared.clock import SHANGHAI
from shared.contracts import names
from shared.errors import DomainError, Unavailable
from tests.unit.identity.world import PASSWORD, START, World, call_as

AT = datetime(2017, 2, 6, 9, 0, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)
LOCK = 15 * MINUTE
OWN = Limit(5, timedelta(days=1), LOCK, LOCK)
SHARED = Limit(3, timedelta(hours=1), MINUTE, LOCK)
NEW = "Taihu-Xincheng-88"


def failed(attempts: Attempts, times: int, at: datetime, limit: Limit) -> Attempts:
    for _ in range(times):
        attempts = settle(attempts, False, at, limit)
    return attempts


def test_the_limits_are_those_of_the_settings() -> None:
    values = {setting.key: setting.default for setting in SETTINGS}
    hour = timedelta(hours=1)
    assert limits(values.__getitem__) == {
        Counted.KNOWN: OWN,
        Counted.PAIR: OWN,
        Counted.FACTOR: OWN,
        Counted.ACCOUNT: Limit(20, hour, MINUTE, LOCK),
        Counted.ADDRESS: Limit(50, hour, MINUTE, LOCK),
    }


def test_the_fifth_failure_sets_the_lock() -> None:
    assert failed(Attempts(), 4, AT, OWN) == Attempts(4, AT)
    assert failed(Attempts(), 5, AT, OWN) == Attempts(5, AT, AT + LOCK, 1)


def test_a_success_forgets_the_failures() -> None:
    assert settle(Attempts(4, AT), True, AT, OWN) == Attempts()


@pytest.mark.parametrize("fits", [True, False])
def test_a_lock_refuses_the_right_password_too_and_then_counts_anew(fits: bool) -> None:
    locked = Attempts(5, AT, AT + LOCK, 1)
    with pytest.raises(AccountLocked) as refused:
        settle(locked, fits, AT + LOCK - timedelta(seconds=1), OWN)
    assert refused.value.details == {"until": AT + LOCK}
    assert refused.value.message == "登录失败次数过多，请在09:15后再试"
    served = AT + LOCK
    expected = Attempts() if fits else Attempts(1, served, None, 1)
    assert settle(locked, fits, served, OWN) == expected


def test_each_further_lock_is_twice_as_long_up_to_the_longest() -> None:
    at, attempts, waits = AT, Attempts(), []
    for _ in range(6):
        attempts = failed(attempts, 3, at, SHARED)
        assert attempts.locked_until is not None
        waits.append((attempts.locked_until - at) / MINUTE)
        at = attempts.locked_until
    assert waits == [1, 2, 4, 8, 15, 15]


def test_a_window_that_passes_without_a_lock_begins_anew() -> None:
    hour = timedelta(hours=1)
    before = Attempts(2, AT, None, 4)
    assert settle(before, False, AT + hour - MINUTE, SHARED).locked_until == AT + hour + 14 * MINUTE
    assert settle(before, False, AT + hour, SHARED) == Attempts(1, AT + hour)


# -- signing in ----------------------------------------------------------------------------


def attempt(
    world: World, client: str, login: str, password: str, device_token: str | None
) -> str | None:
    answer = sign_in(
        call_as(),
        world.identity,
        login=login,
        password=password,
        device_token=device_token,
        client=client,
    )
    token: str | None = answer["device_token"]
    return token


def refusal(
    world: World,
    client: str,
    login: str = "wang.fang",
    password: str = "wrong",
    device_token: str | None = None,
) -> str:
    """The code of the refusal, of a wrong password unless told."""
    with pytest.raises(DomainError) as refused:
        attempt(world, client, login, password, device_token)
    return refused.value.code


def entered(
    world: World, client: str, login: str = "wang.fang", device_token: str | None = None
) -> str | None:
    """The device token of a sign-in that succeeds."""
    return attempt(world, client, login, PASSWORD, device_token)


def guess(world: World, times: int, client: str = "attacker", login: str = "wang.fang") -> None:
    for _ in range(times):
        refusal(world, client, login)


@pytest.mark.parametrize("login", ["wang.fang", "nobody"])
def test_who_guesses_is_locked_out_and_nobody_else(login: str) -> None:
    world = World()
    world.account()
    assert [refusal(world, "attacker", login) for _ in range(6)] == [
        *["INVALID_CREDENTIALS"] * 4,
        *["ACCOUNT_LOCKED"] * 2,
    ]
    assert refusal(world, "elsewhere", login) == "INVALID_CREDENTIALS"
    if login == "wang.fang":
        entered(world, "elsewhere")
        assert world.events() == [names.ACCOUNT_LOCKED]


@pytest.mark.parametrize("login", ["wang.fang", "nobody"])
def test_many_addresses_together_slow_down_strangers_for_a_minute(login: str) -> None:
    world = World()
    world.account()
    for number in range(5):
        guess(world, 4, f"attacker-{number}", login)
    assert refusal(world, "elsewhere", login) == "ACCOUNT_LOCKED"
    world.clock.advance(MINUTE)
    assert refusal(world, "elsewhere", login) == "INVALID_CREDENTIALS"


def test_a_device_that_signed_in_before_still_does() -> None:
    world = World()
    world.account()
    token = entered(world, "home")
    assert token is not None
    for number in range(5):
        guess(world, 5, f"attacker-{number}")
    guess(world, 5, "home")
    assert refusal(world, "home", password=PASSWORD) == "ACCOUNT_LOCKED"
    assert entered(world, "home", device_token=token) == token
    assert entered(world, "abroad", device_token=token) == token


def test_failures_of_a_known_device_lock_it_alone() -> None:
    world = World()
    world.account()
    stolen, other = entered(world, "home"), entered(world, "home")
    assert stolen and other
    for _ in range(5):
        refusal(world, "home", device_token=stolen)
    assert refusal(world, "home", device_token=stolen, password=PASSWORD) == "ACCOUNT_LOCKED"
    entered(world, "home", device_token=other)
    entered(world, "home")


@pytest.mark.parametrize("token", ["made up", "of another account", "too old"])
def test_a_token_that_does_not_hold_is_a_strangers(token: str) -> None:
    world = World()
    world.account()
    world.account("li.na")
    held = {"made up": "made up", "of another account": entered(world, "x", "li.na")}
    known = held.get(token) or entered(world, "x")
    assert known is not None
    if token == "too old":
        world.clock.advance(timedelta(days=180))
    guess(world, 5)
    assert refusal(world, "attacker", device_token=known, password=PASSWORD) == "ACCOUNT_LOCKED"
    new = entered(world, "home", device_token=known)
    assert new is not None and new != known


@pytest.mark.parametrize("way", ["password", "code", "everywhere"])
def test_a_device_is_forgotten_with_the_password_and_when_signing_out_everywhere(way: str) -> None:
    world = World()
    account = world.account()
    token = entered(world, "home")
    call = call_as(world.minted[-1])
    if way == "password":
        change_password(call, world.identity, current_password=PASSWORD, new_password=NEW)
    elif way == "code":
        world.with_code(account, "K7QX-2MWP-9HTD")
        given = {"login": "wang.fang", "code": "K7QX-2MWP-9HTD", "new_password": NEW}
        redeem_code(call_as(), world.identity, **given)
    else:
        sign_out_everywhere(call, world.identity)
    assert token is not None and world.devices.known == {}


def test_one_address_that_tries_many_names_is_slowed_down_and_its_own_success_does_not_help() -> (
    None
):
    world = World()
    world.account()
    world.account("li.na")
    for number in range(49):
        refusal(world, "attacker", f"nobody-{number}")
    entered(world, "attacker", "li.na")
    assert refusal(world, "attacker", "nobody-49") == "ACCOUNT_LOCKED"
    assert refusal(world, "attacker", password=PASSWORD) == "ACCOUNT_LOCKED"
    assert world.events() == []
    assert world.journal.entries[-2]["details"] == {"until": START + MINUTE, "counted": "ADDRESS"}
    entered(world, "home")


def test_a_code_gets_in_while_many_guess_at_the_password() -> None:
    world = World()
    account = world.account()
    world.with_code(account, "K7QX-2MWP-9HTD")
    for number in range(5):
        guess(world, 4, f"attacker-{number}")
    given = {"login": "wang.fang", "new_password": NEW, "client": "home"}
    with pytest.raises(InvalidCredentials):
        redeem_code(call_as(), world.identity, code="AAAA-AAAA-AAAA", **given)
    assert redeem_code(call_as(), world.identity, code="K7QX-2MWP-9HTD", **given)["changed"]


def test_the_owner_is_told_of_a_lock_once_while_it_lasts() -> None:
    world = World()
    world.account()
    for number in range(3):
        guess(world, 5, f"attacker-{number}")
    assert world.events() == [names.ACCOUNT_LOCKED]
    assert world.journal.kinds().count("LOCKED") == 3
    world.clock.advance(LOCK)
    guess(world, 5, "attacker-9")
    assert world.events() == [names.ACCOUNT_LOCKED] * 2


def test_beyond_the_queues_length_a_computation_is_refused_at_once() -> None:
    ran: list[int] = []

    def run(work: object, depth: int) -> int:
        ran.append(depth)
        return depth if depth == 3 else queue(work, depth + 1)  # type: ignore[arg-type]

    queue = Queue(run, 3)
    assert queue(None, 1) == 3  # type: ignore[arg-type]
    with pytest.raises(TooBusy) as refused:
        queue(None, 0)  # type: ignore[arg-type]
    assert isinstance(refused.value, Unavailable)
    assert (refused.value.code, refused.value.message) == (
        "SERVICE_UNAVAILABLE",
        "登录人数较多，请稍后再试",
    )
    assert queue(None, 1) == 3  # type: ignore[arg-type]
    assert ran == [1, 2, 3, 0, 1, 2, 1, 2, 3]
