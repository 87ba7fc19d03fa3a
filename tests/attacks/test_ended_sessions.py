"""Whose account was disabled acts on, at the doors that the gateway alone guards."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import orjson
import websockets.asyncio.client as sockets
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.attacks.test_sign_in import SIGN_IN
from tests.integration.identity.people import ADMIN, PASSWORD, People
from tests.stack import Stack
from tests.waiting import eventually

PROTOCOL = Subprotocol("graphql-transport-ws")
FOLLOW = {"query": "subscription { notificationReceived { text } }"}
UNAUTHENTICATED = "UNAUTHENTICATED"
SILENCE = 1.0  # seconds, in which an open stream that lives on says nothing
WITHIN = 15  # seconds; the gateway looks every two


def code(answer: dict[str, Any]) -> str | None:
    """Of a response object with errors."""
    errors = answer.get("errors")
    return str(errors[0]["extensions"]["code"]) if errors else None


def sent(message: dict[str, Any]) -> str:
    return orjson.dumps(message).decode()


class Door:
    """What a token still opens. No service is asked: each of these is the gateway's alone."""

    def __init__(self, stack: Stack, token: str) -> None:
        self.stack, self.token = stack, token
        self.url = f"{stack.url.replace('http', 'ws')}/graphql"
        self.init = {"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}

    def query(self) -> str | None:
        return code(self.stack.graphql("{ __typename }", {}, self.token))

    def file(self) -> int:
        headers = {"authorization": f"Bearer {self.token}"}
        return httpx.get(f"{self.stack.url}/files/unknown", headers=headers).status_code

    def stream(self) -> str | None:
        """The first event of a stream; None while it is silent, as one that is open is."""
        headers = {"authorization": f"Bearer {self.token}", "accept": "text/event-stream"}
        try:
            with httpx.stream(
                "POST", f"{self.stack.url}/graphql", json=FOLLOW, headers=headers, timeout=SILENCE
            ) as answer:
                for line in answer.iter_lines():
                    said = line.removeprefix("data:").strip()  # an event, or the one JSON object
                    if said.startswith("{") and (found := orjson.loads(said)):
                        return code(found)
                return None
        except httpx.ReadTimeout:
            return None

    async def first(self) -> Any:
        """What a first message is answered; the code if the socket is closed for it."""
        connect = sockets.connect(self.url, subprotocols=[PROTOCOL], open_timeout=30)
        async with connect as client:
            await client.send(sent(self.init))
            try:
                return orjson.loads(await client.recv())["type"]
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else None


def test_nothing_opens_to_whose_account_was_disabled(stack: Stack) -> None:
    people = People(stack)
    account = people.load("gone")
    variables = {"login": people.login("gone"), "password": PASSWORD}
    signed_in = stack.graphql(SIGN_IN, variables)["data"]["signIn"]
    door = Door(stack, str(signed_in["accessToken"]))
    assert (door.query(), door.file(), door.stream()) == (None, 404, None)

    async def story() -> tuple[Any, Any, Any]:
        """One socket is open before, with an operation that goes on."""
        connect = sockets.connect(door.url, subprotocols=[PROTOCOL], open_timeout=30)
        async with connect as open_before:
            await open_before.send(sent(door.init))
            assert orjson.loads(await open_before.recv()) == {"type": "connection_ack"}
            await open_before.send(sent({"id": "1", "type": "subscribe", "payload": FOLLOW}))
            disable = asyncio.to_thread(
                people.call, "disable_account", ADMIN, account_id=account, reason="调查"
            )
            await disable
            ended = orjson.loads(await asyncio.wait_for(open_before.recv(), WITHIN))
            while ended["type"] == "next" and not ended["payload"].get("errors"):
                ended = orjson.loads(await asyncio.wait_for(open_before.recv(), WITHIN))
            again = {"id": "2", "type": "subscribe", "payload": {"query": "{ __typename }"}}
            await open_before.send(sent(again))
            while True:
                after = orjson.loads(await asyncio.wait_for(open_before.recv(), WITHIN))
                if after.get("id") == "2":
                    return ended, after, await door.first()

    ended, after, first = asyncio.run(story())
    assert UNAUTHENTICATED in str(ended)
    assert (after["type"], code({"errors": after["payload"]})) == ("error", UNAUTHENTICATED)
    assert first == 4401
    eventually(lambda: door.query() == UNAUTHENTICATED, timeout=WITHIN)
    assert (door.file(), door.stream()) == (401, UNAUTHENTICATED)
