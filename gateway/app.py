"""The gateway process: `python -m gateway.app`."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import uvicorn

from gateway import client, limits, metrics, pages, schema
from gateway.auth import Verifier
from gateway.budgets import Budgets, RateLimited
from gateway.connections import limited
from gateway.context import Context
from gateway.copies import Copies
from gateway.execution import Documents
from gateway.exports.runner import Exports
from gateway.files import http as files
from gateway.files.service import Files
from gateway.http import GraphQLHandler
from gateway.live import Hub
from gateway.notifications import callbacks
from gateway.office import calendar
from gateway.operations import Operations
from gateway.responses import (
    TEXT,
    Receive,
    Response,
    Scope,
    Send,
    json_response,
    method_not_allowed,
    reply,
)
from gateway.revocations import Revocations
from gateway.roster.reading import Sheets
from gateway.rpc import RpcClient
from gateway.slots import Slots
from gateway.sockets import SocketHandler
from shared import logging, settings, tracing
from shared.actor import PUBLIC_ACTOR, Actor, TokenVerifier
from shared.errors import AppError
from shared.ids import new_id
from shared.settings import Settings

GRAPHQL = "/graphql"
SERVICES = Path(__file__).parent.parent / "services"
HEALTH_SECONDS = 2.0
SHUTDOWN_SECONDS = 8  # for requests under way; their calls end after 3 by themselves
HEALTH_CALL = orjson.dumps({"args": [], "kwargs": {}})

log = logging.get_logger(__name__)


class Gateway:
    """The ASGI application: `/graphql` and, beside it, what operators and services need."""

    def __init__(
        self,
        config: Settings,
        *,
        api: schema.Api | None = None,
        rpc: Any = None,
        verifier: Verifier | None = None,
        services: tuple[str, ...] | None = None,
    ) -> None:
        self._production = config.production
        self._keys = config.keys_dir / "jwks.json"
        self._services = installed_services() if services is None else services
        self._api = api or schema.build()
        self._rpc = rpc or RpcClient(config.amqp_uri)
        verifier = verifier or TokenVerifier(self._keys)
        self._revocations = Revocations(self._rpc, config.keys_dir)
        self._files = Files(config, self._rpc, verifier, self._revocations)
        self._exports = Exports(self._files.store, most=config.largest_export)
        self._sheets = Sheets(self._files.store)
        self._copies = Copies()
        self._hub = Hub(TokenVerifier(self._keys), self._copies)
        self._clients = client.Clients(config.keys_dir)
        self._calendar = calendar.Feeds(self._rpc, config.keys_dir)
        self._callbacks = callbacks.Callbacks(self._rpc, config.keys_dir)
        if rpc is None:
            self._rpc.add_listener(self._hub)
        self._proxies = config.proxies
        self._budgets = Budgets(config.client_share)
        operations = Operations(
            Documents(self._api.schema, production=config.production),
            verifier,
            self._make_context,
            self._budgets,
            self._revocations,
        )
        slots = Slots()
        self._graphql = GraphQLHandler(operations, verifier, slots, production=config.production)
        self._sockets = SocketHandler(operations, verifier, slots)
        self._pages: Mapping[str, Callable[[], Any]] = {
            "/healthz": lambda: _probe({"files": self._files.alive()}),
            "/readyz": self.readiness,
            "/services": self.services,
            "/metrics": self._metrics,
            "/.well-known/jwks.json": self._public_keys,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        client.note(scope, self._proxies)
        if scope["type"] == "http" and scope["path"] == GRAPHQL:
            with _span(scope, GRAPHQL):
                await self._graphql(scope, receive, send)
        elif scope["type"] == "http" and _costs(scope["path"]) and not await self._admits(send):
            pass
        elif scope["type"] == "http" and files.serves(scope["path"]):
            with _span(scope, files.UPLOAD):
                await self._files.handler(scope, receive, send)
        elif scope["type"] == "http" and callbacks.serves(scope["path"]):
            await self._callbacks(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"] == GRAPHQL:
            await self._sockets(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        elif scope["type"] == "http":
            await self._page(scope, send)

    async def _admits(self, send: Send) -> bool:
        """Whether this address may ask on; else it is answered, late, with 429."""
        try:
            self._budgets.require(PUBLIC_ACTOR)
        except RateLimited as error:
            await self._budgets.be_late()
            after = (b"retry-after", str(error.seconds).encode())
            await reply(send, Response(429, b"too many requests\n", TEXT, (after,)))
            return False
        return True

    async def readiness(self) -> Response:
        """200 when this process can serve: 503 with what it lacks, {"ok", "checks": {name: bool}}.

        A service that is away leaves its fields null and is no reason to take no requests.
        """
        return _probe({"broker": self._rpc.takes_calls, **await self._files.ready()})

    async def services(self) -> Response:
        """200 when every service answers, else 503; {"ok", "services": {name: "ok" | code}}."""
        states = await asyncio.gather(*(self._state(service) for service in self._services))
        ok = all(state == "ok" for state in states)
        report = {"ok": ok, "services": dict(zip(self._services, states, strict=True))}
        return json_response(200 if ok else 503, report)

    async def _state(self, service: str) -> str:
        try:
            health = await self._rpc.send(
                service,
                "health",
                HEALTH_CALL,
                token=None,
                correlation_id=new_id(),
                timeout=HEALTH_SECONDS,
            )
        except AppError as error:
            return error.code
        return "ok" if health["ok"] else "NOT_READY"

    def _make_context(self, actor: Actor, correlation_id: str, reads_only: bool) -> Context:
        return Context(
            self._rpc,
            actor,
            correlation_id,
            self._api.loaders,
            reads_only=reads_only,
            files=self._files,
            exports=self._exports,
            sheets=self._sheets,
            hub=self._hub,
            clients=self._clients,
            copies=self._copies,
        )

    async def _page(self, scope: Scope, send: Send) -> None:
        path = scope["path"]
        if path.startswith(pages.PREFIX) and not self._production:
            page: Any = pages.asset(path.removeprefix(pages.PREFIX))
        elif calendar.serves(path):
            page = partial(self._calendar.feed, path)
        elif path in self._pages:
            page = self._pages[path]
        else:
            page = Response(404, b"not found\n", TEXT)
        if scope["method"] not in ("GET", "HEAD"):
            await method_not_allowed(send, "GET, HEAD")
            return
        if callable(page):
            page = page()
        await reply(send, await page if asyncio.iscoroutine(page) else page)

    def _metrics(self) -> Response:
        metrics.calls_in_flight.set(self._rpc.in_flight)
        metrics.broker_connected.set(self._rpc.connected)
        return metrics.page()

    def _public_keys(self) -> Response:
        """The keys that tokens are verified with (decision 16)."""
        if not self._keys.exists():
            return Response(503, b"no keys yet\n", TEXT)
        return Response(200, self._keys.read_bytes(), "application/jwk-set+json")

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._rpc.start()
        self._files.start()
        # What exists now lives as long as the process: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*settings.COLLECTOR)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._exports.close()
        await self._files.close()
        await self._rpc.close()
        await send({"type": "lifespan.shutdown.complete"})


def _costs(path: str) -> bool:
    """Whether a page asks a service or the database for whoever comes."""
    return files.serves(path) or calendar.serves(path) or callbacks.serves(path)


def _span(scope: Scope, route: str) -> AbstractContextManager[None]:
    if not tracing.on():
        return tracing.OFF
    parent = dict(scope["headers"]).get(b"traceparent", b"").decode("latin-1")
    return tracing.span(f"{scope['method']} {route}", tracing.SERVER, parent or None)


def _probe(checks: Mapping[str, bool]) -> Response:
    ok = all(checks.values())
    return json_response(200 if ok else 503, {"ok": ok, "checks": checks})


def installed_services() -> tuple[str, ...]:
    """The services of this version: the folders that hold a service."""
    return tuple(
        sorted(
            folder.name
            for folder in SERVICES.iterdir()
            if (folder / "service.py").exists() or (folder / "service").is_dir()
        )
    )


def main() -> None:
    logging.configure("gateway")
    tracing.configure("gateway")
    config = settings.load()
    server = uvicorn.Config(
        Gateway(config),
        host=config.gateway_host,
        port=config.gateway_port,
        loop="uvloop",
        http=limited(config.proxies),
        proxy_headers=False,  # gateway/client.py reads what our own proxies say
        ws_max_queue=8,
        ws="auto",
        ws_max_size=limits.MOST_BODY_BYTES,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    # uvicorn ends what is under way and then raises the signal again: a good end, with 0.
    signal.signal(signal.SIGTERM, lambda *_: None)
    log.info("gateway_starts", host=config.gateway_host, port=config.gateway_port)
    uvicorn.Server(server).run()


if __name__ == "__main__":
    main()
