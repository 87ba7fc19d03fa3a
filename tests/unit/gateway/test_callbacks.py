"""The door of providers' callbacks: methods, sizes, and what the service's answer becomes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import orjson
import pytest

from gateway.notifications.callbacks import MOST_BYTES, SMS, WECHAT, Callbacks, serves
from shared import keys
from shared.errors import AppError, DomainError, Unavailable


class Refused(DomainError):
    code = "CALLBACK_REFUSED"
    message = "回调签名无效"


class Rpc:
    """Answers with `answer`, or raises it."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any], str | None]] = []

    async def send(
        self, service: str, method: str, body: bytes, *, token: str | None, correlation_id: str
    ) -> Any:
        self.asked.append((f"{service}.{method}", orjson.loads(body)["kwargs"], token))
        if isinstance(self.answer, AppError):
            raise self.answer
        return self.answer


@pytest.fixture(scope="module")
def keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    keys.ensure(folder, ["gateway"])
    return folder


def ask(
    rpc: Rpc, keys_dir: Path, method: str, path: str, query: str = "", body: bytes = b""
) -> tuple[int, bytes]:
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [],
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Callbacks(rpc, keys_dir)(scope, receive, send))  # type: ignore[arg-type]
    return sent[0]["status"], sent[1]["body"]


def test_which_paths_they_are() -> None:
    assert [serves(path) for path in (WECHAT, SMS, "/callbacks", "/callbacks/x")] == [
        True,
        True,
        False,
        False,
    ]


def test_what_wechat_sends_is_passed_on_with_the_gateways_own_token(keys_dir: Path) -> None:
    rpc = Rpc("success")
    query = "msg_signature=ab&timestamp=1&nonce=n"
    assert ask(rpc, keys_dir, "POST", WECHAT, query, b"<xml/>") == (200, b"success")
    [(method, given, token)] = rpc.asked
    assert method == "notifications.take_wechat_callback"
    assert given == {
        "query": {"msg_signature": "ab", "timestamp": "1", "nonce": "n"},
        "body": "<xml/>",
    }
    assert token


def test_wechat_asks_by_get(keys_dir: Path) -> None:
    rpc = Rpc("4812")
    assert ask(rpc, keys_dir, "GET", WECHAT, "echostr=4812") == (200, b"4812")
    assert rpc.asked[0][1]["body"] == ""


def test_reports_are_heard(keys_dir: Path) -> None:
    rpc = Rpc(1)
    status, body = ask(rpc, keys_dir, "POST", SMS, "key=secret", b"[]")
    assert (status, orjson.loads(body)) == (200, {"code": 0, "msg": "接收成功"})
    assert rpc.asked[0][1] == {"key": "secret", "body": "[]"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", SMS, b"", 405),
        ("PUT", WECHAT, b"", 405),
        ("POST", WECHAT, b"x" * (MOST_BYTES + 1), 413),
        ("POST", SMS, b"\xff\xfe", 400),
    ],
)
def test_what_is_not_passed_on(
    keys_dir: Path, method: str, path: str, body: bytes, status: int
) -> None:
    rpc = Rpc("success")
    assert ask(rpc, keys_dir, method, path, "", body)[0] == status
    assert rpc.asked == []


@pytest.mark.parametrize(("error", "status"), [(Refused(), 403), (Unavailable(), 503)])
def test_what_refusals_become(keys_dir: Path, error: AppError, status: int) -> None:
    assert ask(Rpc(error), keys_dir, "POST", SMS, "key=guess", b"[]")[0] == status
