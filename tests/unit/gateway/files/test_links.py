"""Signed links hold for one file and one account, for a few minutes."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from gateway.files.errors import LinkExpired
from gateway.files.links import AUDIENCE, LINK_SECONDS, Links
from shared import keys
from shared.actor import Actor, Role, TokenSigner, TokenVerifier
from shared.errors import Unauthenticated, Unavailable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keys.ensure(tmp_path, ["gateway", "identity"])
    return tmp_path


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["link"][0]


def test_a_link_names_its_file_and_its_account(folder: Path) -> None:
    link = Links(folder).make("RmlsZTox", "account-1")
    assert urlsplit(link).path == "/files/RmlsZTox"
    assert Links(folder).check(token_of(link), "RmlsZTox") == "account-1"


def test_it_holds_for_a_few_minutes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - LINK_SECONDS - 1)
    link = Links(folder).make("f", "account-1")
    monkeypatch.undo()
    with pytest.raises(LinkExpired):
        Links(folder).check(token_of(link), "f")


def test_it_holds_for_no_other_file(folder: Path) -> None:
    link = Links(folder).make("f", "account-1")
    with pytest.raises(LinkExpired):
        Links(folder).check(token_of(link), "g")


@pytest.mark.parametrize("part", [0, 1, 2])
def test_an_altered_link_is_refused(folder: Path, part: int) -> None:
    pieces = token_of(Links(folder).make("f", "account-1")).split(".")
    middle = len(pieces[part]) // 2
    swapped = "A" if pieces[part][middle] != "A" else "B"
    pieces[part] = pieces[part][:middle] + swapped + pieces[part][middle + 1 :]
    with pytest.raises(LinkExpired):
        Links(folder).check(".".join(pieces), "f")


def test_no_other_token_is_a_link(folder: Path) -> None:
    claims = {"aud": AUDIENCE, "file": "f", "sub": "account-1", "exp": int(time.time()) + 60}
    foreign = [
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, "secret" * 8, algorithm="HS256"),
        TokenSigner.load(folder, "identity").sign(claims, 60),
        TokenSigner.load(folder, "gateway").sign({"sub": "a", "file": "f"}, 60),
        "",
        "a.b.c",
    ]
    for token in foreign:
        with pytest.raises(LinkExpired):
            Links(folder).check(token, "f")


def test_a_link_is_no_sign_in(folder: Path) -> None:
    verifier = TokenVerifier(folder / "jwks.json")
    signed = TokenSigner.load(folder, "identity").sign(Actor("a", Role.MEMBER).claims(), 60)
    assert verifier.verify(signed).account_id == "a"
    with pytest.raises(Unauthenticated):
        verifier.verify(token_of(Links(folder).make("f", "account-1")))


def test_without_a_key_there_are_no_links(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        Links(tmp_path).make("f", "account-1")
