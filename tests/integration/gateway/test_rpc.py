"""The gateway's way to the services, against a real RabbitMQ."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import orjson
import pytest

from gateway.rpc import RpcClient
from shared import errors
from shared.errors import AppError, DeadlineExceeded, Unavailable
from shared.messaging import wire
from tests.integration.gateway.echo import (
    SERVICE,
    Echo,
    Request,
    kwargs_back,
    queue_without_consumer,
    remove_queue,
    result,
    silent,
)
from tests.stack import Servers

Use = Callable[[RpcClient], Awaitable[Any]]


@pytest.fixture(autouse=True)
def no_queue_left(broker: str) -> Iterator[None]:
    yield
    remove_queue(broker)


def connected(uri: str, use: Use, **options: Any) -> Any:
    """The result of `use` with a client that has reached the broker."""

    async def run() -> Any:
        client = RpcClient(uri, **options)
        client.start()
        try:
            await asyncio.wait_for(client.wait_until_up(), 10)
            return await use(client)
        finally:
            await client.close()

    return asyncio.run(run())


def send(client: RpcClient, method: str = "ask", **options: Any) -> asyncio.Future[Any]:
    kwargs = options.pop("kwargs", {})
    body = orjson.dumps({"args": [], "kwargs": kwargs})
    named = {"token": None, "correlation_id": "c1", **options}
    return client.send(SERVICE, method, body, **named)


async def failure(future: asyncio.Future[Any]) -> AppError:
    """The error that the call fails with."""
    try:
        answer = await future
    except AppError as error:
        return error
    raise AssertionError(f"answered {answer!r}")


def test_a_call_and_its_answer(broker: str) -> None:
    async def use(client: RpcClient) -> Any:
        return await send(client, kwargs={"id": "1", "at": None})

    with Echo(broker, kwargs_back) as echo:
        assert connected(broker, use) == {"id": "1", "at": None}
    assert [(r.method, r.body) for r in echo.requests] == [
        ("ask", {"args": [], "kwargs": {"id": "1", "at": None}})
    ]


def test_what_goes_along_with_a_call(broker: str) -> None:
    async def use(client: RpcClient) -> None:
        await send(client, token="jwt", correlation_id="c7", timeout=1.5)
        await send(client)

    began = time.time()
    with Echo(broker, kwargs_back) as echo:
        connected(broker, use)
    first, second = (r.properties for r in echo.requests)
    headers = dict(first.headers)
    assert began + 1.5 <= float(headers.pop(wire.DEADLINE)) <= echo.requests[0].at + 1.5
    assert headers == {wire.TOKEN: "jwt", wire.CORRELATION: "c7"}
    assert first.expiration == "1500"
    assert first.reply_to.startswith("amq.rabbitmq.reply-to.")
    assert wire.TOKEN not in second.headers
    assert second.expiration == "3000"
    assert first.correlation_id != second.correlation_id


def test_calls_share_the_connection_and_answers_find_their_calls(broker: str) -> None:
    """The service answers when it has all, the last one first."""
    waiting: list[Request] = []

    def backwards(request: Request) -> list[tuple[Request, bytes]]:
        waiting.append(request)
        if len(waiting) < 50:
            return []
        return [(r, result(r.body["kwargs"]["n"])) for r in reversed(waiting)]

    async def use(client: RpcClient) -> Any:
        return await asyncio.gather(*(send(client, kwargs={"n": n}) for n in range(50)))

    with Echo(broker, backwards):
        assert connected(broker, use) == list(range(50))


@pytest.mark.parametrize(
    "error",
    [
        errors.InvalidInput("题目必填", field="title", details={"most": 40}),
        errors.Unauthenticated(),
        errors.Forbidden(),
        errors.NotFound(code="PROPOSAL_NOT_FOUND"),
        errors.Conflict(),
        errors.DomainError("立案后不能撤回联名", code="COSIGN_LOCKED", field="id"),
        errors.Unavailable(),
        errors.DeadlineExceeded(),
        errors.AppError(),
    ],
    ids=lambda error: error.code,
)
def test_errors_keep_their_class_code_and_items(broker: str, error: AppError) -> None:
    body = orjson.dumps({"result": None, "error": error.to_wire()})

    async def use(client: RpcClient) -> AppError:
        return await failure(send(client))

    with Echo(broker, lambda request: [(request, body)]):
        caught = connected(broker, use)
    assert type(caught) is type(error)
    assert caught.to_wire() == error.to_wire()


def test_several_refusals_come_back_as_items(broker: str) -> None:
    refused = errors.Refused.of([errors.DomainError("甲", code="A"), errors.DomainError("乙")])
    body = orjson.dumps({"result": None, "error": refused.to_wire()})

    async def use(client: RpcClient) -> AppError:
        return await failure(send(client))

    with Echo(broker, lambda request: [(request, body)]):
        caught = connected(broker, use)
    assert isinstance(caught, errors.DomainError)
    assert [item["code"] for item in caught.items] == ["A", "REFUSED"]


@pytest.mark.parametrize("body", [b"\xff", b"[]", b"{}", b'{"result": 1, "error": "text"}'])
def test_an_answer_that_is_none_is_an_internal_error(broker: str, body: bytes) -> None:
    async def use(client: RpcClient) -> tuple[str, Any]:
        code = (await failure(send(client))).code
        return code, await send(client, "again")

    def answer(request: Request) -> list[tuple[Request, bytes]]:
        return [(request, body if request.method == "ask" else result("still here"))]

    with Echo(broker, answer):
        assert connected(broker, use) == ("INTERNAL", "still here")


class TestDeadline:
    def test_ends_a_call_that_nobody_answers(self, broker: str) -> None:
        async def use(client: RpcClient) -> tuple[AppError, float, int]:
            began = time.monotonic()
            error = await failure(send(client, timeout=0.2))
            return error, time.monotonic() - began, client.in_flight

        with Echo(broker, silent):
            error, seconds, in_flight = connected(broker, use)
        assert type(error) is DeadlineExceeded
        assert seconds >= 0.2
        assert in_flight == 0

    def test_ends_a_call_to_a_service_that_has_stopped(self, broker: str) -> None:
        """Its queue stays, so the message is not returned."""

        async def use(client: RpcClient) -> AppError:
            return await failure(send(client, timeout=0.2))

        with queue_without_consumer(broker):
            assert type(connected(broker, use)) is DeadlineExceeded

    def test_a_call_that_is_over_is_not_begun_later(self, broker: str) -> None:
        async def use(client: RpcClient) -> None:
            await failure(send(client, "late", timeout=0.1))

        async def again(client: RpcClient) -> Any:
            return await send(client, "in_time")

        with queue_without_consumer(broker):
            connected(broker, use)
            with Echo(broker, kwargs_back) as echo:
                connected(broker, again)
        assert [r.method for r in echo.requests] == ["in_time"]

    def test_a_late_answer_meets_nobody(self, broker: str) -> None:
        kept: list[Request] = []

        def answer(request: Request) -> list[tuple[Request, bytes]]:
            kept.append(request)
            if request.method == "first":
                return []
            return [(kept[0], result("too late")), (request, result("in time"))]

        async def use(client: RpcClient) -> Any:
            error = await failure(send(client, "first", timeout=0.1))
            return type(error), await send(client, "second")

        with Echo(broker, answer):
            assert connected(broker, use) == (DeadlineExceeded, "in time")


def test_a_service_that_never_was_fails_at_once(broker: str) -> None:
    async def use(client: RpcClient) -> AppError:
        return await failure(client.send("nobody", "m", b"{}", token=None, correlation_id="c"))

    # Not DeadlineExceeded: it did not wait for an answer.
    assert type(connected(broker, use)) is Unavailable


def test_calls_in_flight_are_bounded(broker: str) -> None:
    async def use(client: RpcClient) -> list[Any]:
        under_way = [send(client, timeout=0.3) for _ in range(3)]
        refused = send(client)
        assert refused.done()
        outcomes = [type(await failure(refused))]
        outcomes += [type(await failure(future)) for future in under_way]
        return [*outcomes, client.in_flight, await send(client, "ok")]

    def answer(request: Request) -> list[tuple[Request, bytes]]:
        return kwargs_back(request) if request.method == "ok" else []

    with Echo(broker, answer):
        assert connected(broker, use, most_in_flight=3) == [
            Unavailable,
            *[DeadlineExceeded] * 3,
            0,
            {},
        ]


def test_a_caller_that_gives_up_does_no_harm(broker: str) -> None:
    async def use(client: RpcClient) -> Any:
        send(client).cancel()
        return await send(client, kwargs={"n": 2})

    with Echo(broker, kwargs_back):
        assert connected(broker, use) == {"n": 2}


class TestBrokerAway:
    def test_calls_fail_at_once_and_the_connection_heals(
        self, servers: Servers, broker: str
    ) -> None:
        async def use(client: RpcClient) -> Any:
            pending = send(client, "silent", timeout=60)
            began = time.monotonic()
            stopping = asyncio.create_task(asyncio.to_thread(servers.broker.stop))
            outcomes = [type(await failure(pending))]
            assert time.monotonic() - began < 30
            await stopping
            refused = send(client)
            assert refused.done()
            outcomes.append(type(await failure(refused)))
            assert not client.connected
            await asyncio.to_thread(servers.start_broker)
            await asyncio.wait_for(client.wait_until_up(), 30)
            with Echo(broker, kwargs_back):
                return outcomes, await send(client, kwargs={"n": 1})

        with Echo(broker, silent):
            assert connected(broker, use) == ([Unavailable, Unavailable], {"n": 1})

    def test_a_connection_that_breaks_is_noticed(self, servers: Servers, broker: str) -> None:
        """kill -9: nobody says goodbye."""

        async def use(client: RpcClient) -> Any:
            pending = send(client, "silent", timeout=60)
            await asyncio.to_thread(servers.broker.kill)
            outcome = type(await asyncio.wait_for(failure(pending), 30))
            await asyncio.to_thread(servers.start_broker)
            await asyncio.wait_for(client.wait_until_up(), 30)
            return outcome

        with Echo(broker, silent):
            assert connected(broker, use) is Unavailable

    def test_the_gateway_may_start_first(self, servers: Servers, broker: str) -> None:
        async def run() -> Any:
            await asyncio.to_thread(servers.broker.stop)
            client = RpcClient(broker)
            client.start()
            early = type(await failure(send(client)))
            await asyncio.to_thread(servers.start_broker)
            await asyncio.wait_for(client.wait_until_up(), 30)
            with Echo(broker, kwargs_back):
                answer = await send(client, kwargs={"n": 3})
            await client.close()
            return early, answer

        assert asyncio.run(run()) == (Unavailable, {"n": 3})


def test_a_channel_that_the_broker_closes_is_opened_anew(broker: str) -> None:
    async def use(client: RpcClient) -> Any:
        pending = send(client, "silent", timeout=60)
        client._channel.basic_ack(delivery_tag=12345)  # a protocol error
        outcome = type(await failure(pending))
        await asyncio.wait_for(client.wait_until_up(), 10)
        return outcome, await send(client, kwargs={"n": 4})

    def answer(request: Request) -> list[tuple[Request, bytes]]:
        return [] if request.method == "silent" else kwargs_back(request)

    with Echo(broker, answer):
        assert connected(broker, use) == (Unavailable, {"n": 4})


def test_a_blocked_broker_takes_no_more_calls(broker: str) -> None:
    async def use(client: RpcClient) -> Any:
        before = client.takes_calls
        client._block(True)
        outcome, blocked = type(await failure(send(client))), client.takes_calls
        client._block(False)
        return outcome, await send(client), (before, blocked, client.takes_calls)

    with Echo(broker, kwargs_back):
        assert connected(broker, use) == (Unavailable, {}, (True, False, True))


def test_closing_fails_what_is_pending(broker: str) -> None:
    async def use(client: RpcClient) -> Any:
        pending = send(client, timeout=60)
        await client.close()
        return type(await failure(pending)), client.connected

    with Echo(broker, silent):
        assert connected(broker, use) == (Unavailable, False)
