"""What a resolver knows of its request: `info.context`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

import orjson
from aiodataloader import DataLoader

from gateway.copies import Copies
from gateway.errors import LIMIT_EXCEEDED
from shared.actor import PUBLIC_ACTOR, Actor
from shared.errors import AppError

# A loader's batch function, `async (context, ids)`: rows aligned with the ids, None where there is
# none. One that a reference with `fields` names takes those too.
BatchFn = Callable[..., Awaitable[Sequence[Any]]]
LARGEST_BATCH = 100  # ids in one call
MOST_CALLS = 250  # of one request: a list below each row of a list without pages is one for each


class TooManyCalls(AppError):
    """A query whose answer would need a call for each of very many rows."""

    kind = "input"
    code = LIMIT_EXCEEDED
    message = "查询过大：请减少列表中的列表，或分次查询"


class Rpc(Protocol):
    """The way to the services (`gateway/rpc.py`)."""

    def send(
        self,
        service: str,
        method: str,
        body: bytes,
        *,
        token: str | None,
        correlation_id: str,
        timeout: float | None = None,
    ) -> asyncio.Future[Any]: ...


class Context:
    """One GraphQL request: who asks, under which correlation id, and the way to the services."""

    __slots__ = (
        "_answers",
        "_calls",
        "actor",
        "clients",
        "copies",
        "correlation_id",
        "exports",
        "files",
        "hub",
        "loaders",
        "rpc",
        "sheets",
    )

    def __init__(
        self,
        rpc: Rpc,
        actor: Actor = PUBLIC_ACTOR,
        correlation_id: str = "",
        loaders: Mapping[str, BatchFn] | None = None,
        *,
        reads_only: bool = True,
        files: Any = None,
        exports: Any = None,
        sheets: Any = None,
        hub: Any = None,
        clients: Any = None,
        copies: Copies | None = None,
    ) -> None:
        self.rpc = rpc
        self.clients = clients  # gateway.client.Clients
        # Whoever changes something reads what is: what hears of nothing keeps nothing.
        self.copies = copies if reads_only and copies else Copies()
        self.hub = hub  # gateway.live.Hub
        self.files = files  # gateway.files.service.Files
        self.exports = exports  # gateway.exports.runner.Exports
        self.sheets = sheets  # gateway.roster.reading.Sheets
        self.actor = actor
        self.correlation_id = correlation_id
        self.loaders = Loaders(self, loaders or {})
        self._calls = 0
        # In a query the same question is asked once. In a mutation the answer may have changed.
        self._answers: dict[tuple[str, str, bytes], asyncio.Future[Any]] | None = (
            {} if reads_only else None
        )

    def fresh(self) -> Context:
        """The same asker now: nothing of what was answered before is known."""
        return Context(
            self.rpc,
            self.actor,
            self.correlation_id,
            self.loaders.batch_functions,
            files=self.files,
            exports=self.exports,
            sheets=self.sheets,
            hub=self.hub,
            clients=self.clients,
            copies=self.copies,
        )

    @property
    def token(self) -> str | None:
        return self.actor.token

    async def call(
        self, service: str, method: str, timeout: float | None = None, **kwargs: Any
    ) -> Any:
        """The result of `service.method(**kwargs)` on behalf of the actor.

        timeout: seconds, 3 unless told. Raises the AppError that the service answered,
        Unavailable, or DeadlineExceeded. A result may be shared with other resolvers: do not
        change it.
        """
        body = orjson.dumps({"args": [], "kwargs": kwargs})
        if self._answers is None:
            return await self._send(service, method, body, timeout)
        key = (service, method, body)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._send(service, method, body, timeout)
        return await answer

    def _send(
        self, service: str, method: str, body: bytes, timeout: float | None
    ) -> asyncio.Future[Any]:
        self._calls += 1
        if self._calls > MOST_CALLS:
            raise TooManyCalls
        return self.rpc.send(
            service,
            method,
            body,
            token=self.actor.token,
            correlation_id=self.correlation_id,
            timeout=timeout,
        )


class Loaders:
    """The request's data loaders, made when first asked for: `loaders.members.load(id)`."""

    def __init__(self, context: Context, batch_functions: Mapping[str, BatchFn]) -> None:
        self._context = context
        self.batch_functions = batch_functions

    async def batch(self, name: str, ids: Sequence[Any], **narrowed: Any) -> Sequence[Any]:
        """What the loader's batch function gives for all of `ids`, without waiting for more."""
        return await self.batch_functions[name](self._context, ids, **narrowed)

    def __getattr__(self, name: str) -> DataLoader[Any, Any]:
        if name.startswith("_") or name not in self.batch_functions:
            raise AttributeError(f"no gateway/<name>/loaders.py has a loader {name!r}")
        loader: DataLoader[Any, Any] = DataLoader(
            partial(self.batch_functions[name], self._context),  # type: ignore[arg-type]
            max_batch_size=LARGEST_BATCH,
        )
        setattr(self, name, loader)
        return loader
