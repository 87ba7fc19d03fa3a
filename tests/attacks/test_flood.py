"""Visitors who want to stall everyone, on a gateway with the limits that it has in production."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import orjson
import pytest
import websockets.asyncio.client as sockets
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from deploy.local.ports import free_ports
from gateway import connections, limits, slots
from shared.actor import Actor, Role
from tests.bench.flood import is_ready
from tests.bench.flooder import flood
from tests.stack import Stack
from tests.waiting import eventually

OFFICE = Actor("account-office", Role.OFFICE)
PROTOCOL = Subprotocol("graphql-transport-ws")


@pytest.fixture(scope="module")
def url(stack: Stack) -> Iterator[str]:
    [port] = free_ports(1)
    found = f"http://127.0.0.1:{port}"
    gateway = stack.run(
        "gateway-attacked",
        "gateway.app",
        healthy=lambda: is_ready(found),
        more={"GATEWAY_PORT": str(port), "CLIENT_SHARE": "0.25"},
    )
    gateway.start()
    yield found
    gateway.stop()


def ask(url: str, query: str, token: str | None = None) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.post(f"{url}/graphql", json={"query": query}, headers=headers, timeout=30)


def test_who_is_signed_in_is_answered_while_a_visitor_floods(stack: Stack, url: str) -> None:
    token = stack.token(OFFICE)
    with ThreadPoolExecutor(1) as pool:
        flooding = pool.submit(asyncio.run, flood(url, 5.0))
        answers = []
        while not flooding.done():
            answers.append(ask(url, "{ __typename }", token).status_code)
    assert set(answers) == {200}
    assert len(answers) >= 10  # in five seconds; where all wait for the flood it is one or two
    seen = flooding.result()
    assert seen[429] > 0, seen
    assert set(seen) <= {200, 429}, seen  # application/json: a refused text is answered 200
    # What the flood has spent is the address's; after a while it may ask again.
    eventually(lambda: ask(url, "{ __typename }").status_code == 200, timeout=60)


def test_thirty_sign_ins_in_one_request_are_none(url: str) -> None:
    tries = " ".join(
        f'a{n}: signIn(input: {{login: "guan", password: "wrong"}}) {{ errors {{ code }} }}'
        for n in range(limits.MOST_ALIASES)
    )
    error = ask(url, f"mutation {{ {tries} }}").json()["errors"][0]
    assert (error["extensions"]["code"], error["extensions"]["limit"]) == (
        "LIMIT_EXCEEDED",
        "tries",
    )


def test_headers_without_end_are_refused(url: str) -> None:
    address = httpx.URL(url)
    with socket.create_connection((address.host, int(address.port or 0)), timeout=30) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n")
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            for _ in range(200):
                client.sendall(b"a: " + b"x" * connections.MOST_HEADER_BYTES + b"\r\n")
    assert ask(url, "{ __typename }").status_code == 200


async def _opened(url: str, stack: contextlib.AsyncExitStack, first: dict[str, Any]) -> Any:
    """A socket that has sent its first message; the code if it was closed instead."""
    connect = sockets.connect(
        f"{url.replace('http', 'ws')}/graphql", subprotocols=[PROTOCOL], open_timeout=30
    )
    client = await stack.enter_async_context(connect)
    try:
        await client.send(orjson.dumps(first).decode())
        return orjson.loads(await client.recv())
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_one_account_and_one_address_hold_so_many_sockets(stack: Stack, url: str) -> None:
    init = {"type": "connection_init"}
    signed_in = {**init, "payload": {"authorization": f"Bearer {stack.token(OFFICE)}"}}

    async def story() -> tuple[list[Any], list[Any]]:
        async with contextlib.AsyncExitStack() as held:
            own = [await _opened(url, held, signed_in) for _ in range(slots.MOST_OF_ACCOUNT + 1)]
            rest = slots.MOST_OF_ADDRESS - slots.MOST_OF_ACCOUNT
            visitors = [await _opened(url, held, init) for _ in range(rest + 1)]
            return own, visitors

    own, visitors = asyncio.run(story())
    ack = {"type": "connection_ack"}
    assert own == [ack] * slots.MOST_OF_ACCOUNT + [4429]
    assert visitors[-1] == 4429
    assert visitors[:-1] == [ack] * len(visitors[:-1])

    async def again() -> Any:
        async with contextlib.AsyncExitStack() as held:
            return await _opened(url, held, init)

    eventually(lambda: asyncio.run(again()) == ack)  # what was held is free again


def test_a_ping_holds_no_place(url: str) -> None:
    async def story() -> int | None:
        connect = sockets.connect(f"{url.replace('http', 'ws')}/graphql", subprotocols=[PROTOCOL])
        async with connect as client:
            await client.send('{"type":"ping"}')
            assert orjson.loads(await client.recv()) == {"type": "pong"}
            await client.wait_closed()
            return client.close_code

    assert asyncio.run(story()) == 4408
