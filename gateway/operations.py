"""Any operation as a stream of response objects, for WebSocket and server-sent events.

A query or a mutation gives one; a subscription gives one for each event, and none when its actor's
token has expired: the stream then ends with an UNAUTHENTICATED error.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

from graphql import ExecutionResult, GraphQLError, OperationType

from gateway.auth import Verifier
from gateway.budgets import Budgets
from gateway.context import Context
from gateway.errors import RequestError, formatted
from gateway.execution import Documents, Operation, execute, subscribe
from gateway.persisted import PersistedQueries
from gateway.requests import Parameters
from gateway.revocations import Revocations
from shared.actor import Actor
from shared.errors import AppError
from shared.logging import get_logger

LOOK_SECONDS = 5.0  # how soon the end of a token is noticed while nothing happens
MakeContext = Callable[[Actor, str, bool], Context]
ResponseObject = dict[str, Any]
log = get_logger(__name__)


class Operations:
    """What is asked for, found and run."""

    def __init__(
        self,
        documents: Documents,
        verifier: Verifier,
        make_context: MakeContext,
        budgets: Budgets,
        revocations: Revocations,
    ) -> None:
        self.budgets = budgets
        self.revocations = revocations
        self._documents = documents
        self._persisted = PersistedQueries()
        self._verifier = verifier
        self._make_context = make_context

    async def find(self, parameters: Parameters, actor: Actor) -> Operation:
        """The valid operation of a request, which is counted; raises RequestError."""
        text = self._persisted.text_of(parameters)
        document = self._documents.known(text)
        if document is None:
            async with self.budgets.lane(actor) as rest:
                document = await self._documents.prepare(text, rest)
        operation = document.operation(parameters.operation_name)
        for counter in operation.counters:
            counter.inc()
        return operation

    async def run(
        self, operation: Operation, parameters: Parameters, actor: Actor, correlation_id: str
    ) -> ExecutionResult:
        """The result of a query or a mutation; raises RequestError."""
        reads = operation.kind is OperationType.QUERY
        context = self._make_context(actor, correlation_id, reads)
        purse = self.budgets.purse(actor)
        return await execute(operation, parameters.variables, context, purse)

    async def results(
        self, operation: Operation, parameters: Parameters, actor: Actor, correlation_id: str
    ) -> AsyncGenerator[ResponseObject, None]:
        """The response objects of any operation; whatever fails is the last of them."""
        try:
            if operation.kind is not OperationType.SUBSCRIPTION:
                result = await self.run(operation, parameters, actor, correlation_id)
                yield response_object(result, correlation_id)
                return
            made = await subscribe(
                operation,
                parameters.variables,
                lambda: self._make_context(actor, correlation_id, True),
                self.budgets.purse(actor),
            )
            try:
                async for result in self._while_signed_in(made, actor):
                    yield response_object(result, correlation_id)
            finally:
                await made.aclose()
        except RequestError as error:
            yield refusal(error, correlation_id)
        except AppError as error:
            yield refusal(as_request_error(error), correlation_id)
        except Exception as error:
            log.error("stream_failed", correlation_id=correlation_id, exc_info=error)
            yield refusal(as_request_error(AppError()), correlation_id)

    async def _while_signed_in(
        self, made: AsyncGenerator[ExecutionResult, None], actor: Actor
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The results while the token holds; its end is noticed in silence too."""
        while True:
            coming = asyncio.ensure_future(anext(made))
            try:
                done: set[Any] = set()
                while not done:
                    done, _ = await asyncio.wait({coming}, timeout=LOOK_SECONDS)
                    if actor.token:
                        self._verifier.verify(actor.token)
                        await self.revocations.require_live(actor)
                yield coming.result()
            except StopAsyncIteration:
                return
            finally:
                if not coming.done():
                    coming.cancel()
                    await asyncio.gather(coming, return_exceptions=True)


def response_object(result: ExecutionResult, correlation_id: str) -> ResponseObject:
    if not result.errors:
        return {"data": result.data}
    return {"errors": formatted(result.errors, correlation_id), "data": result.data}


def refusal(error: RequestError, correlation_id: str) -> ResponseObject:
    return {"errors": formatted(error.errors, correlation_id)}


def as_request_error(error: AppError) -> RequestError:
    """A refusal of the whole request by what is no field of it."""
    return RequestError([GraphQLError(error.message, original_error=error)])
