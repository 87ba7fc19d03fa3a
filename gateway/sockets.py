"""Operations over WebSocket, protocol `graphql-transport-ws`.

| close code | reason                                                             |
|------------|--------------------------------------------------------------------|
| 4400       | a message that the protocol does not know                          |
| 4401       | subscribed before `connection_init`; a token that does not hold    |
| 4406       | another subprotocol                                                |
| 4408       | no `connection_init` in time                                       |
| 4409       | an id that is in use                                               |
| 4429       | `connection_init` twice; too many operations or streams            |

The token comes as `{"authorization": "Bearer …"}` in the payload of `connection_init` or as the
header of that name. A result is made only when the one before it has been sent, so a client that
does not read holds one result for each operation, not a queue.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import Any

import orjson

from gateway import limits, requests
from gateway.auth import Verifier, authenticate
from gateway.budgets import RateLimited
from gateway.errors import RequestError
from gateway.operations import Operations, refusal
from gateway.requests import HttpError
from gateway.responses import Receive, Scope, Send
from gateway.slots import Slots, TooManyStreams
from shared.actor import PUBLIC_ACTOR, Actor
from shared.errors import AppError
from shared.ids import new_id

PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 3.0
MOST_OPERATIONS = 20  # at a time, of one connection
MOST_ID_CHARACTERS = 100

BAD_MESSAGE = 4400
NOT_SIGNED_IN = 4401
OTHER_PROTOCOL = 4406
NO_INIT = 4408
ID_IN_USE = 4409
TOO_MANY = 4429


class _Closed(Exception):
    """The connection ends, with a code and a reason for the client."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(reason)


class _Gone(Exception):
    """The client has left."""


class SocketHandler:
    """The ASGI application of WebSockets at `/graphql`."""

    def __init__(self, operations: Operations, verifier: Verifier, slots: Slots) -> None:
        self.operations = operations
        self.verifier = verifier
        self.slots = slots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        protocol = PROTOCOL if PROTOCOL in scope.get("subprotocols", ()) else None
        await send({"type": "websocket.accept", "subprotocol": protocol})
        connection = _Connection(self, scope, receive, send)
        try:
            if protocol is None:
                raise _Closed(OTHER_PROTOCOL, "Subprotocol not acceptable")
            with self.slots.of_address(), connection.places:
                await connection.serve()
        except TooManyStreams as full:
            await connection.end()
            reason = f"Too many streams ({full})"
            await send({"type": "websocket.close", "code": TOO_MANY, "reason": reason})
        except _Closed as closed:
            await connection.end()  # nothing may be sent after the close
            await send({"type": "websocket.close", "code": closed.code, "reason": closed.reason})
        except _Gone:
            pass
        finally:
            await connection.end()


class _Connection:
    def __init__(self, handler: SocketHandler, scope: Scope, receive: Receive, send: Send) -> None:
        self._handler = handler
        self._headers = requests.headers_of(scope)
        self._receive = receive
        self._send_raw = send
        self._actor: Actor = PUBLIC_ACTOR
        self.places = ExitStack()
        self._ready = False
        self._running: dict[str, asyncio.Task[None]] = {}

    async def serve(self) -> None:
        """Until the client leaves (_Gone) or is sent away (_Closed)."""
        try:
            async with asyncio.timeout(INIT_SECONDS):  # a ping is no initialisation
                while not self._ready:
                    await self._handle(await self._message())
        except TimeoutError:
            raise _Closed(NO_INIT, "Connection initialisation timeout") from None
        while True:
            await self._handle(await self._message())

    async def end(self) -> None:
        """Stop what still runs."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _message(self) -> dict[str, Any]:
        event = await self._receive()
        if event["type"] == "websocket.disconnect":
            raise _Gone
        content = event.get("text") or event.get("bytes") or ""
        if len(content) > limits.MOST_BODY_BYTES:
            raise _Closed(BAD_MESSAGE, "Message too large")
        try:
            message = orjson.loads(content)
        except orjson.JSONDecodeError:
            raise _Closed(BAD_MESSAGE, "Invalid message") from None
        if not isinstance(message, dict):
            raise _Closed(BAD_MESSAGE, "Invalid message")
        return message

    async def _handle(self, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "connection_init":
                await self._init(message.get("payload"))
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                self._complete(message)
            case _:
                raise _Closed(BAD_MESSAGE, "Invalid message type")

    async def _init(self, payload: Any) -> None:
        if self._ready:
            raise _Closed(TOO_MANY, "Too many initialisation requests")
        if not isinstance(payload, dict | None):
            raise _Closed(BAD_MESSAGE, "Invalid payload")
        try:
            self._actor = authenticate(self._handler.verifier, self._authorization(payload or {}))
        except AppError as error:
            raise _Closed(NOT_SIGNED_IN, error.code) from None
        self.places.enter_context(self._handler.slots.of_account(self._actor.account_id))
        self._ready = True
        await self._send({"type": "connection_ack"})

    def _authorization(self, payload: dict[str, Any]) -> str:
        given = {str(name).lower(): value for name, value in payload.items()}.get("authorization")
        if given is None:
            return self._headers.get(b"authorization", b"").decode("latin-1")
        if not isinstance(given, str):
            raise _Closed(BAD_MESSAGE, "Invalid payload")
        return given

    async def _subscribe(self, message: dict[str, Any]) -> None:
        if not self._ready:
            raise _Closed(NOT_SIGNED_IN, "Unauthorized")
        id = message.get("id")
        if not isinstance(id, str) or not 0 < len(id) <= MOST_ID_CHARACTERS:
            raise _Closed(BAD_MESSAGE, "Invalid id")
        if id in self._running:
            raise _Closed(ID_IN_USE, f"Subscriber for {id} already exists")
        if len(self._running) >= MOST_OPERATIONS:
            raise _Closed(TOO_MANY, "Too many operations")
        try:
            parameters = requests.parameters_of(message.get("payload"))
        except HttpError:
            raise _Closed(BAD_MESSAGE, "Invalid payload") from None
        self._running[id] = asyncio.create_task(self._run(id, parameters))

    def _complete(self, message: dict[str, Any]) -> None:
        task = self._running.pop(str(message.get("id")), None)
        if task is not None:
            task.cancel()

    async def _run(self, id: str, parameters: requests.Parameters) -> None:
        correlation_id = new_id()
        try:
            try:
                self._handler.operations.budgets.require(self._actor)
                operation = await self._handler.operations.find(parameters, self._actor)
            except RequestError as error:
                if isinstance(error, RateLimited):
                    await self._handler.operations.budgets.be_late()
                errors = refusal(error, correlation_id)["errors"]
                await self._send({"id": id, "type": "error", "payload": errors})
                return
            results = self._handler.operations.results(
                operation, parameters, self._actor, correlation_id
            )
            try:
                async for result in results:
                    if "data" not in result:
                        await self._send({"id": id, "type": "error", "payload": result["errors"]})
                        return
                    await self._send({"id": id, "type": "next", "payload": result})
            finally:
                await results.aclose()
            await self._send({"id": id, "type": "complete"})
        finally:
            # Cancelled by `complete`, its id may already belong to a newer operation.
            if self._running.get(id) is asyncio.current_task():
                del self._running[id]

    async def _send(self, message: dict[str, Any]) -> None:
        await self._send_raw({"type": "websocket.send", "text": orjson.dumps(message).decode()})
