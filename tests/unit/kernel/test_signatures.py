"""Who published a message is proved by its signature, and nothing else passes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
import pytest

from shared.actor import ALGORITHM, Actor, Role, TokenSigner, TokenVerifier
from shared.contracts import sample_event
from shared.errors import InvalidInput, Unavailable
from shared.keys import ensure
from shared.messaging import signatures
from shared.messaging.events import dump
from shared.messaging.signatures import HEADER, Kind, OriginUnproven, Proof

FACT = sample_event("members", "member_resigned", subject="m-15-0001")
BODY = dump(FACT.to_document())


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    ensure(folder, ["members", "study"])
    return folder


def headers(keys: Path, issuer: str, kind: Kind = Kind.EVENT, **more: Any) -> dict[str, str]:
    signer = TokenSigner.load(keys, issuer)
    return {HEADER: signatures.sign(signer, kind, more.pop("body", BODY), **more)}


def read(keys: Path, given: Mapping[str, Any] | None, body: bytes = BODY) -> Any:
    verifier = TokenVerifier(keys / "jwks.json")
    return signatures.event(signatures.proof(verifier, given, body), body)


def test_an_event_of_its_producer_is_read(keys: Path) -> None:
    found = read(keys, headers(keys, "members"))
    assert (found, found.replayed) == (FACT, False)


def test_the_replay_that_it_is_sent_for_is_part_of_what_is_signed(keys: Path) -> None:
    assert read(keys, headers(keys, "members", replay="r-1")).replay == "r-1"


def test_another_service_cannot_sign_it(keys: Path) -> None:
    with pytest.raises(OriginUnproven, match="members"):
        read(keys, headers(keys, "study"))


def test_a_changed_body_is_refused(keys: Path) -> None:
    with pytest.raises(OriginUnproven):
        read(keys, headers(keys, "members"), BODY.replace(b"m-15-0001", b"m-15-0002"))


@pytest.mark.parametrize("kind", [Kind.REPLAY_END, Kind.REPLAY_REQUEST])
def test_another_statement_is_no_event(keys: Path, kind: Kind) -> None:
    with pytest.raises(OriginUnproven):
        read(keys, headers(keys, "members", kind))


def test_what_is_signed_and_no_event_is_invalid(keys: Path) -> None:
    with pytest.raises(InvalidInput, match="JSON"):
        read(keys, headers(keys, "members", body=b"\xff"), b"\xff")


@pytest.mark.parametrize("value", [None, b"bytes", 7, "", "a.b", "..", "x" * 3_000])
def test_what_is_no_signature_is_refused(keys: Path, value: object) -> None:
    for given in ({HEADER: value}, {}, None):
        with pytest.raises(OriginUnproven):
            read(keys, given)


def test_a_services_token_is_no_signature_and_a_signature_is_no_token(keys: Path) -> None:
    signer, verifier = TokenSigner.load(keys, "members"), TokenVerifier(keys / "jwks.json")
    token = signer.sign(Actor("service:members", Role.SYSTEM).claims(), 60)
    with pytest.raises(OriginUnproven):
        read(keys, {HEADER: token})
    with pytest.raises(Exception, match="UNAUTHENTICATED"):
        verifier.verify(signatures.sign(signer, Kind.EVENT, BODY))


def test_a_payload_that_is_not_detached_is_refused(keys: Path) -> None:
    """A JWS with another payload inside must not vouch for this body."""
    signer = TokenSigner.load(keys, "members")
    whole = jwt.api_jws.encode(
        b"other", signer.key, algorithm=ALGORITHM, headers={"kid": signer.kid, "typ": "event"}
    )
    with pytest.raises(OriginUnproven):
        read(keys, {HEADER: whole})


def test_an_unsigned_one_is_refused(keys: Path) -> None:
    signer = TokenSigner.load(keys, "members")
    none = jwt.api_jws.encode(
        BODY, "", algorithm="none", headers={"kid": signer.kid, "typ": "event"}
    )
    with pytest.raises(OriginUnproven):
        read(keys, {HEADER: none})


def test_a_key_that_is_not_published_here_yet_puts_the_message_off(tmp_path: Path) -> None:
    """After a rotation the pods get jwks.json one after the other."""
    ensure(tmp_path, ["members"])
    stale = TokenVerifier(tmp_path / "jwks.json")
    published = (tmp_path / "jwks.json").read_bytes()
    ensure(tmp_path, ["members"], rotate="members")
    fresh = (tmp_path / "jwks.json").read_bytes()
    (tmp_path / "jwks.json").write_bytes(published)
    given = headers(tmp_path, "members")
    with pytest.raises(Unavailable):
        signatures.proof(stale, given, BODY)
    (tmp_path / "jwks.json").write_bytes(fresh)
    assert signatures.proof(stale, given, BODY) == Proof(Kind.EVENT, "members", None)
