"""Passwords, one-time codes and the count of attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from services.identity.domain.errors import (
    AccountLocked,
    PasswordNamesAccount,
    PasswordTooCommon,
    PasswordTooShort,
)
from services.identity.domain.passwords import (
    CODE_LETTERS,
    Attempts,
    as_code,
    check_password,
    looks_like_code,
    new_code,
    settle,
)
from services.identity.passwords import Argon2, from_environment
from shared.clock import SHANGHAI
from shared.errors import AppError
from shared.settings import SettingsError

AT = datetime(2017, 2, 6, 9, 0, tzinfo=SHANGHAI)
LOCK = timedelta(minutes=15)
NAMES = ("wang.fang", "15-0088", "13800000088")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("Short-2017", None),
        ("Kurz-2017", PasswordTooShort),
        ("x-Wang.Fang-x", PasswordNamesAccount),
        ("no15-0088no", PasswordNamesAccount),
        ("tel13800000088", PasswordNamesAccount),
        ("password2017", PasswordTooCommon),
        ("aaaaaaaaaaaa", PasswordTooCommon),
        ("K7QX-2MWP-9HTD", PasswordTooCommon),
        ("k7qx-2mwp-9htd", PasswordTooCommon),
        ("吴江智慧政协二〇一七年", None),
    ],
)
def test_passwords_are_long_and_not_guessable(
    password: str, refusal: type[AppError] | None
) -> None:
    if refusal is None:
        check_password(password, (*NAMES, None), 10)
        return
    with pytest.raises(refusal) as refused:
        check_password(password, (*NAMES, None), 10)
    assert refused.value.field == "newPassword"


def test_a_code_is_sixty_bits_without_letters_that_look_alike() -> None:
    seen: list[Sequence[str]] = []

    def choose(letters: Sequence[str]) -> str:
        seen.append(letters)
        return letters[len(seen) % len(letters)]

    code = new_code(choose)
    assert code == "3456-789A-BCDE"
    assert seen == [CODE_LETTERS] * 12
    assert len(set(CODE_LETTERS)) == 32
    assert not set("01IO") & set(CODE_LETTERS)


@pytest.mark.parametrize("typed", ["k7qx2mwp9htd", " K7QX 2MWP 9HTD ", "K7QX-2MWP-9HTD"])
def test_a_code_may_be_typed_in_any_way(typed: str) -> None:
    assert as_code(typed) == "K7QX-2MWP-9HTD"


def test_only_whole_codes_look_like_codes() -> None:
    assert looks_like_code(" k7qx-2mwp-9htd ")
    assert not looks_like_code("K7QX-2MWP")
    assert not looks_like_code("K7QX2MWP9HTD")
    assert not looks_like_code("O7QX-2MWP-9HTD")


def test_the_fifth_failure_sets_the_lock() -> None:
    attempts = Attempts()
    for expected in (1, 2, 3, 4):
        attempts = settle(attempts, False, AT, 5, LOCK)
        assert attempts == Attempts(expected, None)
    attempts = settle(attempts, False, AT, 5, LOCK)
    assert attempts == Attempts(5, AT + LOCK)


def test_a_success_forgets_the_failures() -> None:
    assert settle(Attempts(4), True, AT, 5, LOCK) == Attempts()


@pytest.mark.parametrize("fits", [True, False])
def test_a_lock_refuses_the_right_password_too_and_then_counts_anew(fits: bool) -> None:
    attempts = Attempts(5, AT + LOCK)
    with pytest.raises(AccountLocked) as refused:
        settle(attempts, fits, AT + LOCK - timedelta(seconds=1), 5, LOCK)
    assert refused.value.details == {"until": AT + LOCK}
    assert refused.value.message == "登录失败次数过多，账号已锁定至09:15，请稍后再试"
    assert settle(attempts, fits, AT + LOCK, 5, LOCK) == Attempts(0 if fits else 1, None)


def test_argon2_costs_come_from_the_environment() -> None:
    cheap = from_environment({"ARGON2_MEMORY_KIB": "8", "ARGON2_TIME_COST": "1"})
    hashed = cheap.hash("Yuanmeng-2017")
    assert hashed.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert cheap.verify(hashed, "Yuanmeng-2017")
    assert not cheap.verify(hashed, "Yuanmeng-2018")
    assert not cheap.verify("no hash at all", "Yuanmeng-2017")
    assert not cheap.outdated(hashed)


def test_argon2_defaults_are_owasps_and_weaker_hashes_are_outdated() -> None:
    work: list[str] = []

    def run(function: object, *arguments: str) -> str:
        work.append(arguments[-1])
        return "$argon2id$"

    strong = from_environment({}, run)
    assert strong.hash("secret") == "$argon2id$"
    assert work == ["secret"]
    assert strong.decoy.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert strong.outdated(Argon2(8, 1, 1).decoy)


@pytest.mark.parametrize("cost", ["", "much", "0", "-1", "1.5"])
def test_a_cost_that_is_none_ends_the_process_with_one_line(cost: str) -> None:
    with pytest.raises(SettingsError, match="ARGON2_TIME_COST"):
        from_environment({"ARGON2_TIME_COST": cost})
