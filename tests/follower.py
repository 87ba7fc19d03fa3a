"""A client that follows: `graphql-transport-ws` over a real WebSocket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection
from websockets.typing import Subprotocol

from tests.stack import Stack

PROTOCOL = Subprotocol("graphql-transport-ws")
Message = dict[str, Any]


class Follower:
    """One subscription. `next` waits for what comes; `refused` is how it ended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._come: list[Message] = []

    def begin(self, token: str | None, query: str, variables: Message) -> None:
        """Subscribe; the answer to a ping after it shows that the server follows."""
        payload = {"authorization": f"Bearer {token}"} if token else {}
        self._send({"type": "connection_init", "payload": payload})
        assert self._message(10)["type"] == "connection_ack"
        asked = {"query": query, "variables": variables}
        self._send({"id": "1", "type": "subscribe", "payload": asked})
        self.settle()

    def settle(self) -> None:
        """Everything that was sent before has been read by the server."""
        self._send({"type": "ping"})
        while (message := self._message(10))["type"] != "pong":
            self._come.append(message)

    def next(self, timeout: float = 10) -> Message:
        """The data of the next result; TimeoutError if there is none."""
        message = self._taken(timeout)
        assert message["type"] == "next", message
        payload = message["payload"]
        assert "errors" not in payload, payload
        data: Message = payload["data"]
        return data

    def refused(self, timeout: float = 10) -> str:
        """The code of the error that ended it."""
        message = self._taken(timeout)
        assert message["type"] == "error", message
        code: str = message["payload"][0]["extensions"]["code"]
        return code

    def _taken(self, timeout: float) -> Message:
        return self._come.pop(0) if self._come else self._message(timeout)

    def _message(self, timeout: float) -> Message:
        message: Message = json.loads(self._connection.recv(timeout))
        return message

    def _send(self, message: Message) -> None:
        self._connection.send(json.dumps(message))


@contextmanager
def following(stack: Stack, token: str | None, query: str, **variables: Any) -> Iterator[Follower]:
    """Follow `query` with this token for the time of the block."""
    url = stack.url.replace("http", "ws", 1) + "/graphql"
    with connect(url, subprotocols=[PROTOCOL]) as connection:
        follower = Follower(connection)
        follower.begin(token, query, variables)
        yield follower
