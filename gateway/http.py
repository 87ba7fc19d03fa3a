"""GraphQL over HTTP, a thin ASGI handler of our own over graphql-core.

One request: who asks (auth), what is asked (requests), the document of that text (execution),
one run, one answer, one log line. `Accept: text/event-stream` is answered by gateway/streams.py.

| answer                                        | graphql-response+json | application/json |
|-----------------------------------------------|-----------------------|------------------|
| executed, errors of fields included           | 200                   | 200              |
| not parsed, not valid, over a limit, bad variables | 400              | 200              |
| malformed request                             | 400                   | 400              |
| token that does not hold                      | 401                   | 401              |
| mutation by GET, other method                 | 405                   | 405              |
| no media type of ours accepted                | 406                   | 406              |
| body too large; wrong content type or charset | 413; 415              | 413; 415         |
| asked for too much; too many streams          | 429                   | 429              |

CORS is closed: no header of it is ever sent, a preflight is answered 405, and POST takes JSON
only, which no page of another origin can send without a preflight.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import ExecutionResult, OperationType

from gateway import pages, requests, streams
from gateway.auth import Verifier, authenticate
from gateway.budgets import RateLimited
from gateway.errors import RequestError, formatted
from gateway.execution import Operation
from gateway.metrics import observe_request
from gateway.operations import Operations, ResponseObject, refusal, response_object
from gateway.requests import GRAPHQL_JSON, PLAIN_JSON, HttpError, Parameters
from gateway.responses import Receive, Response, Scope, Send, reply
from gateway.slots import Slots, TooManyStreams
from shared import tracing
from shared.actor import PUBLIC_ACTOR, Actor
from shared.errors import AppError, Unauthenticated
from shared.ids import new_id
from shared.logging import get_logger

ALLOWED = b"GET, POST"
UNSUPPORTED_OPERATION = "UNSUPPORTED_OPERATION"
TOO_MANY_STREAMS = "TOO_MANY_STREAMS"
LONGEST_LOGGED_NAME = 80

log = get_logger(__name__)


@dataclass(slots=True)
class _Exchange:
    """One request and its answer, as far as they are known."""

    method: str
    correlation_id: str
    started: float
    kind: str = PLAIN_JSON  # media type of the answer
    actor: Actor = PUBLIC_ACTOR
    operation: Operation | None = None
    codes: tuple[str, ...] = ()


class GraphQLHandler:
    """The ASGI application of `/graphql`."""

    def __init__(
        self,
        operations: Operations,
        verifier: Verifier,
        slots: Slots,
        *,
        production: bool,
    ) -> None:
        self._operations = operations
        self._verifier = verifier
        self._budgets = operations.budgets
        self._slots = slots
        self._production = production

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = requests.headers_of(scope)
        accept = headers.get(b"accept", b"").decode("latin-1")
        if scope["method"] == "GET" and not scope["query_string"] and self._shows_page(accept):
            await reply(send, pages.graphiql())
            return
        exchange = _Exchange(
            scope["method"],
            requests.correlation_id(headers.get(b"x-correlation-id")) or new_id(),
            time.perf_counter(),
        )
        tracing.note(correlation_id=exchange.correlation_id)
        if requests.wants_stream(accept):
            await self._stream(exchange, scope, headers, receive, send)
            return
        response = await self._respond(exchange, accept, scope, headers, receive)
        await reply(send, response)
        _record(exchange, response)

    def _shows_page(self, accept: str) -> bool:
        return not self._production and requests.wants_page(accept)

    async def _respond(
        self,
        exchange: _Exchange,
        accept: str,
        scope: Scope,
        headers: dict[bytes, bytes],
        receive: Receive,
    ) -> Response:
        try:
            _check_method(exchange)
            kind = requests.negotiate(accept)
            if kind is None:
                requests.refuse(406, requests.NOT_ACCEPTABLE, f"只能返回 {GRAPHQL_JSON}")
            exchange.kind = kind
            exchange.actor = self._admit(headers)
            parameters = await requests.read(scope, headers, receive)
            return _answer(exchange, await self._run(exchange, parameters))
        except HttpError as error:
            return _refusal(exchange, error.status, error.error, *error.headers)
        except RateLimited as error:
            return await self._too_often(exchange, error)
        except RequestError as error:
            return _refusal(exchange, 400 if exchange.kind == GRAPHQL_JSON else 200, error)
        except Exception as error:
            log.error("request_failed", correlation_id=exchange.correlation_id, exc_info=error)
            return _refusal(exchange, 500, RequestError.of(AppError.code, AppError.message))

    async def _stream(
        self,
        exchange: _Exchange,
        scope: Scope,
        headers: dict[bytes, bytes],
        receive: Receive,
        send: Send,
    ) -> None:
        try:
            _check_method(exchange)
            exchange.actor = self._admit(headers)
            parameters = await requests.read(scope, headers, receive)
            with self._slots.of_address(), self._slots.of_account(exchange.actor.account_id):
                results = await self._results(exchange, parameters)
                response = Response(200, b"")
                await streams.stream(results, exchange.correlation_id, receive, send)
        except HttpError as error:
            response = _refusal(exchange, error.status, error.error, *error.headers)
            await reply(send, response)
        except TooManyStreams:
            response = _refusal(
                exchange, 429, RequestError.of(TOO_MANY_STREAMS, "同时打开的订阅过多")
            )
            await reply(send, response)
        except RateLimited as error:
            response = await self._too_often(exchange, error)
            await reply(send, response)
        _record(exchange, response)

    async def _too_often(self, exchange: _Exchange, error: RateLimited) -> Response:
        await self._budgets.be_late()
        return _refusal(exchange, 429, error, (b"retry-after", str(error.seconds).encode()))

    async def _results(
        self, exchange: _Exchange, parameters: Parameters
    ) -> AsyncGenerator[ResponseObject, None]:
        try:
            operation = await self._find(exchange, parameters)
        except RateLimited:
            raise
        except RequestError as error:
            exchange.codes = _codes(formatted(error.errors, exchange.correlation_id))
            return _only(refusal(error, exchange.correlation_id))
        return self._operations.results(
            operation, parameters, exchange.actor, exchange.correlation_id
        )

    async def _find(self, exchange: _Exchange, parameters: Parameters) -> Operation:
        operation = exchange.operation = await self._operations.find(parameters, exchange.actor)
        if operation.kind is OperationType.MUTATION and exchange.method == "GET":
            requests.refuse_method("GET 只能用于查询", b"POST")
        return operation

    def _admit(self, headers: dict[bytes, bytes]) -> Actor:
        """Who asks, unless that one has asked for too much; a bad token counts for its address."""
        try:
            actor = authenticate(
                self._verifier, headers.get(b"authorization", b"").decode("latin-1")
            )
            self._budgets.require(actor)
            return actor
        except Unauthenticated as error:
            self._budgets.require(PUBLIC_ACTOR)
            requests.refuse(
                401,
                error.code,
                error.message,
                (b"www-authenticate", b'Bearer error="invalid_token"'),
            )

    async def _run(self, exchange: _Exchange, parameters: Parameters) -> ExecutionResult:
        operation = await self._find(exchange, parameters)
        if operation.kind is OperationType.SUBSCRIPTION:
            raise RequestError.of(UNSUPPORTED_OPERATION, "订阅须用 WebSocket 或 text/event-stream")
        return await self._operations.run(
            operation, parameters, exchange.actor, exchange.correlation_id
        )


def _check_method(exchange: _Exchange) -> None:
    if exchange.method not in ("GET", "POST"):
        requests.refuse_method("只支持 GET 和 POST", ALLOWED)


async def _only(answer: ResponseObject) -> AsyncGenerator[ResponseObject, None]:
    yield answer


def _answer(exchange: _Exchange, result: ExecutionResult) -> Response:
    content = response_object(result, exchange.correlation_id)
    exchange.codes = _codes(content.get("errors", []))
    return _response(exchange, 200, content)


def _refusal(
    exchange: _Exchange, status: int, error: RequestError, *headers: tuple[bytes, bytes]
) -> Response:
    errors = formatted(error.errors, exchange.correlation_id)
    exchange.codes = _codes(errors)
    return _response(exchange, status, {"errors": errors}, *headers)


def _response(
    exchange: _Exchange, status: int, content: dict[str, Any], *headers: tuple[bytes, bytes]
) -> Response:
    return Response(
        status,
        orjson.dumps(content),
        f"{exchange.kind}; charset=utf-8",
        (
            (b"x-correlation-id", exchange.correlation_id.encode()),
            (b"vary", b"accept, authorization"),
            *headers,
        ),
    )


def _codes(errors: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(error["extensions"]["code"] for error in errors))


def _record(exchange: _Exchange, response: Response) -> None:
    """The one log line of a request, and its metrics."""
    seconds = time.perf_counter() - exchange.started
    operation = exchange.operation
    kind = operation.kind.value if operation else "none"
    observe_request(kind, response.status, exchange.codes, seconds)
    log.info(
        "graphql",
        correlation_id=exchange.correlation_id,
        kind=kind,
        operation=(operation.name or "")[:LONGEST_LOGGED_NAME] if operation else "",
        role=exchange.actor.role,
        status=response.status,
        codes=exchange.codes,
        bytes=len(response.body),
        ms=round(seconds * 1000, 1),
    )
