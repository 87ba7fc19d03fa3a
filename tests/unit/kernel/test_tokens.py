from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import jwt
import pytest

from shared.actor import Actor, Role, ServiceTokens, TokenSigner, TokenVerifier, allow
from shared.call import Call
from shared.errors import ApprovalHeld, Forbidden, Unauthenticated, from_wire
from shared.keys import ensure


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    ensure(tmp_path, ["identity", "members"])
    return tmp_path


def verifier(keys: Path) -> TokenVerifier:
    return TokenVerifier(keys / "jwks.json")


def test_a_token_gives_back_the_actor_it_was_made_for(keys: Path) -> None:
    actor = Actor(
        "a1",
        Role.SECTOR_CONVENER,
        {"sector": "22"},
        "p1",
        "m-16-0044",
        "s1",
        earlier=("m-15-0088", "m-14-0007"),
    )
    token = TokenSigner.load(keys, "identity").sign(actor.claims(), 600)
    assert verifier(keys).verify(token) == replace(actor, token=token)


def test_a_token_from_before_the_earlier_memberships_names_the_current_one(keys: Path) -> None:
    claims = Actor("a1", Role.MEMBER, {}, "p1", "m-15-0088").claims()
    del claims["earlier"]
    token = TokenSigner.load(keys, "identity").sign(claims, 600)
    assert verifier(keys).verify(token).memberships == ("m-15-0088",)


def test_an_expired_token_is_refused_even_when_it_was_cached(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = TokenSigner.load(keys, "identity").sign(Actor("a1", Role.MEMBER).claims(), 10)
    checked = verifier(keys)
    checked.verify(token)
    later = time.time() + 11
    monkeypatch.setattr(time, "time", lambda: later)
    decoded: list[str] = []

    def decode(_self: TokenVerifier, again: str) -> tuple[float, Actor]:
        decoded.append(again)
        raise Unauthenticated

    monkeypatch.setattr(TokenVerifier, "_decode", decode)
    with pytest.raises(Unauthenticated):
        checked.verify(token)
    assert decoded == [token]


def test_a_services_key_cannot_speak_for_people(keys: Path) -> None:
    forged = TokenSigner.load(keys, "members").sign(Actor("a1", Role.OFFICE).claims(), 60)
    with pytest.raises(Unauthenticated):
        verifier(keys).verify(forged)


def test_a_services_key_cannot_speak_for_another_service(keys: Path) -> None:
    claims = Actor("service:identity", Role.SYSTEM).claims()
    with pytest.raises(Unauthenticated):
        verifier(keys).verify(TokenSigner.load(keys, "members").sign(claims, 60))


def test_a_service_token_is_the_system_role_of_that_service(keys: Path) -> None:
    token = ServiceTokens(TokenSigner.load(keys, "members")).current()
    actor = verifier(keys).verify(token)
    assert (actor.role, actor.account_id) == (Role.SYSTEM, "service:members")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é"])
def test_what_is_no_token_is_refused(keys: Path, token: str) -> None:
    with pytest.raises(Unauthenticated):
        verifier(keys).verify(token)


def test_a_token_signed_with_a_symmetric_key_is_refused(keys: Path) -> None:
    kid = (keys / "identity.kid").read_text()
    forged = jwt.encode(
        {**Actor("a1", Role.OFFICE).claims(), "iss": "identity", "iat": 1, "exp": 9_999_999_999},
        "a secret that is long enough for hs256",
        algorithm="HS256",
        headers={"kid": kid},
    )
    with pytest.raises(Unauthenticated):
        verifier(keys).verify(forged)


def test_after_a_rotation_old_and_new_tokens_hold_and_the_one_before_ends(keys: Path) -> None:
    tokens = []
    checked = verifier(keys)
    for _ in range(3):
        tokens.append(
            TokenSigner.load(keys, "identity").sign(Actor("a1", Role.MEMBER).claims(), 60)
        )
        ensure(keys, ["identity"], rotate="identity")
    assert checked.verify(tokens[2]).account_id == "a1"
    fresh = verifier(keys)
    assert fresh.verify(tokens[2]).account_id == "a1"
    with pytest.raises(Unauthenticated):
        fresh.verify(tokens[0])


def test_private_keys_are_for_their_owner_only(keys: Path) -> None:
    assert (keys / "identity.pem").stat().st_mode & 0o777 == 0o600


@allow(Role.OFFICE)
def office_work(call: Call, what: str) -> str:
    return what


def test_allow_lets_the_named_roles_in_and_no_others() -> None:
    def call(role: Role) -> Call:
        return Call(Actor("a", role), "c1")

    assert office_work(call(Role.OFFICE), "done") == "done"
    assert office_work.allowed_roles == frozenset({Role.OFFICE})  # type: ignore[attr-defined]
    with pytest.raises(Forbidden):
        office_work(call(Role.MEMBER), "no")
    with pytest.raises(Unauthenticated):
        office_work(call(Role.PUBLIC), "no")


@allow(Role.OFFICE, approves=True)
def approval(call: Call) -> str:
    return "approved"


def test_an_approval_is_not_for_who_was_reset_a_moment_ago(keys: Path) -> None:
    signer = TokenSigner.load(keys, "identity")
    for held_until, held in ((None, False), (time.time() + 60, True), (time.time() - 1, False)):
        actor = Actor("account-office", Role.OFFICE, held_until=held_until)
        told = verifier(keys).verify(signer.sign(actor.claims(), 60))
        assert told.held_until == held_until
        call = Call(told, "correlation-1")
        assert office_work(call, "letter") == "letter"
        if not held:
            assert approval(call) == "approved"
            continue
        with pytest.raises(ApprovalHeld) as refused:
            approval(call)
        crossed = from_wire(refused.value.to_wire())
        assert isinstance(crossed, Forbidden) and crossed.code == "APPROVAL_HELD"


def test_who_holds_a_role_that_may_is_told_to_take_it(keys: Path) -> None:
    signer = TokenSigner.load(keys, "identity")
    held = (Role.UNIT_OFFICER, Role.OFFICE)
    actor = Actor("account-1", Role.MEMBER, others=held)
    told = verifier(keys).verify(signer.sign(actor.claims(), 60))
    assert told.others == held
    with pytest.raises(Forbidden) as refused:
        office_work(Call(told, "correlation-1"), "letter")
    assert refused.value.message == "当前身份“委员”无权进行此操作，请切换为“政协办公室”后办理"
    assert refused.value.details == {"roles": ["OFFICE"]}
    with pytest.raises(Forbidden) as refused:
        office_work(Call(Actor("account-1", Role.MEMBER), "correlation-1"), "letter")
    assert (refused.value.message, refused.value.details) == ("当前身份无权进行此操作", {})
