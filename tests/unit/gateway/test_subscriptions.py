"""Operations over `graphql-transport-ws` and server-sent events, on the ASGI interface itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import orjson
import pytest

from gateway import schema, slots, sockets, streams
from gateway.app import Gateway
from shared.actor import Actor
from tests.unit.gateway.sample import FakeVerifier, gateway, request

BEATS = "subscription { heartbeat(count: 3) }"
INIT = {"type": "connection_init"}
THREE = [{"data": {"heartbeat": beat}} for beat in (1, 2, 3)]


def app() -> Gateway:
    return gateway(api=schema.build())


def subscribe(query: str = BEATS, id: str = "1") -> dict[str, Any]:
    return {"type": "subscribe", "id": id, "payload": {"query": query}}


def talk(
    messages: list[Any],
    *,
    until: int | None = None,
    protocols: tuple[str, ...] = (sockets.PROTOCOL,),
    on: Gateway | None = None,
) -> list[Any]:
    """What the server sends, a close as its code; after `until` messages the client leaves."""

    async def run() -> list[Any]:
        incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        incoming.put_nowait({"type": "websocket.connect"})
        for message in messages:
            text = message if isinstance(message, str) else orjson.dumps(message).decode()
            incoming.put_nowait({"type": "websocket.receive", "text": text})
        answers: list[Any] = []

        async def send(event: dict[str, Any]) -> None:
            if event["type"] == "websocket.send":
                answers.append(orjson.loads(event["text"]))
            elif event["type"] == "websocket.close":
                answers.append(event["code"])
            if len(answers) == until:
                incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})

        scope = {"type": "websocket", "path": "/graphql", "headers": [], "subprotocols": protocols}
        await asyncio.wait_for((on or app())(scope, incoming.get, send), 5)  # type: ignore[arg-type]
        return answers

    return asyncio.run(run())


def test_a_socket_gives_each_beat_and_completes() -> None:
    assert talk([INIT, subscribe()], until=5) == [
        {"type": "connection_ack"},
        *({"id": "1", "type": "next", "payload": payload} for payload in THREE),
        {"id": "1", "type": "complete"},
    ]


def test_a_socket_runs_queries_and_answers_pings() -> None:
    assert talk([{"type": "ping"}, INIT, subscribe("{ __typename }")], until=4) == [
        {"type": "pong"},
        {"type": "connection_ack"},
        {"id": "1", "type": "next", "payload": {"data": {"__typename": "Query"}}},
        {"id": "1", "type": "complete"},
    ]


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["nope"], 4400),
        (["[]"], 4400),
        ([{"type": "other"}], 4400),
        ([INIT, {**subscribe(), "id": ""}], 4400),
        ([INIT, {**subscribe(), "payload": {}}], 4400),
        ([INIT, {**subscribe(), "payload": [{"query": BEATS}]}], 4400),
        ([subscribe()], 4401),
        ([{**INIT, "payload": {"authorization": "Bearer forged"}}], 4401),
        ([{**INIT, "payload": {"Authorization": "Bearer service"}}], 4401),
        ([INIT, subscribe(), subscribe()], 4409),
        ([INIT, INIT], 4429),
        ([INIT, *(subscribe(id=str(n)) for n in range(sockets.MOST_OPERATIONS + 1))], 4429),
    ],
)
def test_a_socket_is_closed_with_the_code_of_the_protocol(messages: list[Any], code: int) -> None:
    assert talk(messages)[-1] == code


def test_a_socket_of_another_protocol_is_closed() -> None:
    assert talk([INIT], protocols=("graphql-ws",)) == [4406]


def test_a_socket_that_does_not_introduce_itself_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sockets, "INIT_SECONDS", 0.01)
    assert talk([]) == [4408]


def test_connections_of_an_account_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MOST_OF_ACCOUNT", 0)
    signed_in = {**INIT, "payload": {"authorization": "Bearer good"}}
    served = app()
    assert talk([signed_in], on=served) == [4429]
    assert talk([INIT], on=served, until=1) == [{"type": "connection_ack"}]
    assert served._sockets.slots._taken == {}


def test_connections_of_an_address_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MOST_OF_ADDRESS", 0)
    assert talk([INIT]) == [4429]


def test_a_ping_is_no_introduction(monkeypatch: pytest.MonkeyPatch) -> None:
    """One client has taken all places by it."""
    monkeypatch.setattr(sockets, "INIT_SECONDS", 0.01)
    assert talk([{"type": "ping"}]) == [{"type": "pong"}, 4408]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { heartbeat(count: 11) }", "INVALID_INPUT"),
        ("subscription { heartbeat(count: 0) }", "INVALID_INPUT"),
        (f"query {{ {'viewer { ' * 13}__typename {'} ' * 13} }}", "LIMIT_EXCEEDED"),
    ],
)
def test_what_is_refused_is_an_error_on_both_ways(query: str, code: str) -> None:
    error = talk([INIT, subscribe(query)], until=2)[1]
    assert (error["type"], error["id"]) == ("error", "1")
    assert error["payload"][0]["extensions"]["code"] == code
    (answer,) = streamed(request(app(), "POST", json={"query": query}, headers=STREAM).text)
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == code


STREAM = {"accept": "text/event-stream"}


def streamed(text: str) -> list[Any]:
    """The payloads of a stream that has been completed."""
    first, *events, last, end = text.split("\n\n")
    assert (first, last, end) == (":", "event: complete\ndata:", "")
    return [orjson.loads(event.removeprefix("event: next\ndata: ")) for event in events]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stream_gives_each_beat_and_completes(method: str) -> None:
    body = {"query": BEATS}
    given: dict[str, Any] = {"params": body} if method == "GET" else {"json": body}
    answer = request(app(), method, headers=STREAM, **given)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert streamed(answer.text) == THREE


@pytest.mark.parametrize(
    ("method", "options", "status"),
    [
        ("POST", {"json": [{"query": BEATS}]}, 400),
        ("POST", {"content": BEATS, "headers": {**STREAM, "content-type": "text/plain"}}, 415),
        ("POST", {"json": {}, "headers": {**STREAM, "authorization": "Bearer forged"}}, 401),
        ("DELETE", {}, 405),
    ],
)
def test_malformed_requests_for_a_stream_are_refused_as_http(
    method: str, options: dict[str, Any], status: int
) -> None:
    answer = request(app(), method, **{"headers": STREAM, **options})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_a_get_for_a_stream_never_mutates() -> None:
    query = 'mutation { submitProposal(input: {id: "UHJvcG9zYWw6MQ=="}) { clientMutationId } }'
    answer = request(gateway(), "GET", params={"query": query}, headers=STREAM)
    assert answer.status_code == 405


def test_a_token_that_expires_ends_the_subscription() -> None:
    served = app()
    verified: list[str] = []

    class Expiring(FakeVerifier):
        def verify(self, token: str) -> Actor:
            verified.append(token)
            return super().verify(token if len(verified) < 3 else "expired")

    served._sockets.operations._verifier = served._sockets.verifier = Expiring()
    signed_in = {**INIT, "payload": {"authorization": "Bearer good"}}
    ack, first, error = talk([signed_in, subscribe()], on=served, until=3)
    assert (ack["type"], first["payload"]) == ("connection_ack", THREE[0])
    assert error["type"] == "error"
    assert error["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_a_reader_that_never_reads_holds_one_message_and_is_let_go() -> None:
    sent: list[bytes] = []

    async def run() -> None:
        stuck = asyncio.Event()

        async def results() -> AsyncGenerator[dict[str, Any], None]:
            try:
                for number in range(1000):
                    made.append(number)
                    yield {"data": number}
            finally:
                closed.set()

        async def receive() -> dict[str, Any]:
            await stuck.wait()
            return {"type": "http.disconnect"}

        async def send(event: Any) -> None:
            sent.append(event.get("body", b""))
            if len(sent) == 4:  # start, the opening comment and one result have left
                stuck.set()
                await asyncio.Event().wait()

        made: list[int] = []
        closed = asyncio.Event()
        await asyncio.wait_for(streams.stream(results(), "c1", receive, send), 5)
        assert (made, closed.is_set()) == ([0, 1], True)

    asyncio.run(run())
    assert sent[1:3] == [b":\n\n", b'event: next\ndata: {"data":0}\n\n']
