"""Passwords and one-time codes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from services.identity.domain.errors import (
    PasswordNamesAccount,
    PasswordTooCommon,
    PasswordTooShort,
)
from services.identity.domain.passwords import (
    CODE_LETTERS,
    as_code,
    check_password,
    looks_like_code,
    new_code,
)
from services.identity.passwords import Argon2, from_environment, guesses
from shared.errors import AppError
from shared.settings import SettingsError

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
        ("abcdefgh12", PasswordTooCommon),
        ("1q2w3e4r5t", PasswordTooCommon),
        ("Qwertyuiop12", PasswordTooCommon),
        ("1qaz2wsx3edc", PasswordTooCommon),
        ("qwe123asd456", PasswordTooCommon),
        ("19881008888", PasswordTooCommon),
        ("Password2017!", PasswordTooCommon),
        ("woaini1314520", PasswordTooCommon),
        ("Zhengxie2017", PasswordTooCommon),
        ("Wujiang123456", PasswordTooCommon),
        ("wang.fang2017", PasswordNamesAccount),
        ("Taihu-Xincheng-88", None),
        ("tongli guzhen xiaoqiao", None),
        ("zx9Kd-27pLw", None),
        ("Ab3$" * 32, PasswordTooCommon),
        ("K7QX-2MWP-9HTD", PasswordTooCommon),
        ("k7qx-2mwp-9htd", PasswordTooCommon),
        ("吴江智慧政协二〇一七年", None),
    ],
)
def test_passwords_are_long_and_not_guessable(
    password: str, refusal: type[AppError] | None
) -> None:
    if refusal is None:
        check_password(password, (*NAMES, None), 10, guesses)
        return
    with pytest.raises(refusal) as refused:
        check_password(password, (*NAMES, None), 10, guesses)
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


def test_a_letter_with_its_accent_is_one_however_it_was_typed() -> None:
    cheap, one, two = Argon2(8, 1, 1), "caf\u00e9-2017", "cafe\u0301-2017"
    assert cheap.verify(cheap.hash(two), one)
    assert cheap.verify(cheap.hash(one), two)
    # As hashes were made before: of what was typed.
    assert cheap.verify(cheap._argon.hash(two), two)
    assert not cheap.verify(cheap.hash(one), "cafe-2017")
