"""Automatic persisted queries."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
import pytest

from gateway import persisted
from gateway.app import Gateway
from gateway.errors import RequestError
from gateway.persisted import PersistedQueries
from gateway.requests import Parameters
from tests.unit.gateway.sample import gateway, request

QUERY = "{ __typename }"
ANSWER = {"data": {"__typename": "Query"}}


def digest(text: str = QUERY) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def extensions(hash: Any, version: int = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": hash}}


def ask(app: Gateway, method: str, hash: Any, query: str | None = None) -> Any:
    body: dict[str, Any] = {"query": query} if query else {}
    if method == "POST":
        return request(app, "POST", json={**body, "extensions": extensions(hash)}).json()
    text = orjson.dumps(extensions(hash)).decode()
    return request(app, "GET", params={**body, "extensions": text}).json()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_text_is_asked_for_once(method: str) -> None:
    app = gateway()
    (error,) = ask(app, method, digest())["errors"]
    assert error["message"] == "PersistedQueryNotFound"
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert ask(app, method, digest(), QUERY) == ANSWER
    assert ask(app, "GET", digest()) == ask(app, "POST", digest()) == ANSWER


def test_a_hash_of_another_text_is_refused_and_not_kept() -> None:
    app = gateway()
    (error,) = ask(app, "POST", digest("{ other }"), QUERY)["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    (error,) = ask(app, "POST", digest("{ other }"))["errors"]
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("asked", ["x", {}, {"version": 2, "sha256Hash": digest()}, {"version": 1}])
def test_a_malformed_hash_is_refused(asked: Any) -> None:
    body = {"query": QUERY, "extensions": {"persistedQuery": asked}}
    (error,) = request(gateway(), "POST", json=body).json()["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(("limit", "most"), [("MOST_TEXTS", 2), ("MOST_CHARACTERS", 6)])
def test_the_text_not_used_for_longest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(persisted, limit, most)
    kept = PersistedQueries()

    def text_of(query: str | None, hash: str) -> str:
        return kept.text_of(Parameters(query, None, None, extensions(hash)))

    for query in ("{a}", "{b}"):
        text_of(query, digest(query))
    text_of(None, digest("{a}"))
    text_of("{c}", digest("{c}"))
    assert text_of(None, digest("{a}")) == "{a}"
    with pytest.raises(RequestError, match="PersistedQueryNotFound"):
        text_of(None, digest("{b}"))
