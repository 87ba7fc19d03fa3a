"""What arrives without end, or without hurry, is cut off; on a real server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from gateway import connections
from gateway.connections import LimitedProtocol, limited
from tests.waiting import eventually

ANSWER = b"HTTP/1.1 200 OK"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers when the body is there."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"done"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(connections, "STALL_SECONDS", 0.2)
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 3)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=limited(0), lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    eventually(lambda: server.started)
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join(10)
    listening.close()
    assert LimitedProtocol.of_peers == {}


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def answer(to: socket.socket) -> bytes:
    """Until the server closes, or the whole answer is there."""
    found = b""
    while not found.endswith(b"0\r\n\r\n"):
        try:
            part = to.recv(65536)
        except ConnectionResetError:
            break
        if not part:
            break
        found += part
    return found


def test_a_request_is_answered_and_another_on_the_same_connection(port: int) -> None:
    with connected(port) as client:
        for _ in range(2):
            client.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello")
            assert answer(client).startswith(ANSWER)


@pytest.mark.parametrize("one", [True, False], ids=["one header", "many headers"])
def test_headers_without_end_are_cut_off(port: int, one: bool) -> None:
    with connected(port) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n" + (b"a: " if one else b""))
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            for _ in range(3_000):  # 100 MB were taken
                client.sendall(b"x" * 32_768 if one else b"a: b\r\n" * 6_000)


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nhost: x\r\n"],
    ids=["nothing", "half a line", "half the headers"],
)
def test_who_does_not_finish_its_headers_is_sent_away(port: int, said: bytes) -> None:
    with connected(port) as client:
        client.sendall(said)
        assert answer(client).startswith(b"HTTP/1.1 408 ")


def test_who_drips_is_sent_away(port: int) -> None:
    with connected(port) as client:
        client.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\nh")
        assert b"408" in answer(client)


def test_the_next_request_has_to_come_whole_too(port: int) -> None:
    with connected(port) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        assert answer(client).startswith(ANSWER)
        client.sendall(b"GET / HT")
        assert answer(client).startswith(b"HTTP/1.1 408 ")


def test_a_long_body_that_flows_is_taken(port: int) -> None:
    with connected(port) as client:
        client.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n")
        for _ in range(100):
            client.sendall(b"x" * 10_000)
        assert answer(client).startswith(ANSWER)


def test_connections_of_an_address_are_limited(port: int) -> None:
    held = [connected(port) for _ in range(connections.MOST_CONNECTIONS)]
    eventually(lambda: LimitedProtocol.of_peers["127.0.0.1"] == len(held))
    with connected(port) as further:
        assert answer(further) == b""
    for client in held:
        client.close()
    eventually(lambda: LimitedProtocol.of_peers == {})


def test_behind_a_proxy_of_ours_connections_are_not_counted() -> None:
    assert (limited(0).counted, limited(1).counted) == (True, False)
