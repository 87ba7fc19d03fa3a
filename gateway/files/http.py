"""`POST /files` and `GET /files/{id}`, beside `/graphql` (decision 20).

| request                | answer                                                              |
|------------------------|---------------------------------------------------------------------|
| POST /files            | 201 {id, name, contentType, size, sha256}                            |
| GET, HEAD /files/{id}  | 200, 206, 304; with `?link=` (links.py) without the header           |
| refused                | 4xx, 503 {code, message, correlationId}                              |

What one may not read answers 404, like what does not exist. An upload with the header
`Idempotency-Key` may be sent again: the same content then gives the first result.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from dataclasses import dataclass
from urllib.parse import parse_qs

import orjson
from pymongo.errors import PyMongoError

from gateway import requests
from gateway.auth import Verifier, authenticate
from gateway.context import Rpc
from gateway.files import access, downloads, kinds, names, uploads
from gateway.files.errors import LinkExpired, status_of
from gateway.files.links import Links
from gateway.files.scanning import Scan
from gateway.files.store import FileStore, Row, shown
from gateway.ids import global_id, split_global_id
from gateway.metrics import observe_request
from gateway.responses import (
    JSON,
    Message,
    Receive,
    Response,
    Scope,
    Send,
    method_not_allowed,
    reply,
)
from gateway.revocations import Revocations
from shared import tracing
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import AppError, InvalidInput, NotFound, Unauthenticated, Unavailable
from shared.ids import new_id
from shared.logging import get_logger

UPLOAD = "/files"
DOWNLOAD = "/files/"
_KEY = re.compile(r"[A-Za-z0-9._:-]{1,64}")
log = get_logger(__name__)


def serves(path: str) -> bool:
    return path == UPLOAD or path.startswith(DOWNLOAD)


@dataclass(slots=True)
class _Exchange:
    """One request and its answer, as far as they are known."""

    scope: Scope
    headers: dict[bytes, bytes]
    correlation_id: str
    actor: Actor = PUBLIC_ACTOR
    account: str = ""
    file: str = ""
    status: int = 0
    code: str = ""
    size: int = 0

    @property
    def mark(self) -> tuple[bytes, bytes]:
        return (b"x-correlation-id", self.correlation_id.encode())


class FileHandler:
    """The ASGI application of `/files`; `limit` is the size of one file in bytes."""

    def __init__(
        self,
        store: FileStore,
        verifier: Verifier,
        revocations: Revocations,
        rpc: Rpc,
        links: Links,
        scan: Scan,
        *,
        limit: int,
    ) -> None:
        self._store = store
        self._verifier = verifier
        self._revocations = revocations
        self._rpc = rpc
        self._links = links
        self._scan = scan
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        upload = scope["path"] == UPLOAD
        allowed = ("POST",) if upload else ("GET", "HEAD")
        if scope["method"] not in allowed:
            await method_not_allowed(send, ", ".join(allowed))
            return
        started = time.perf_counter()
        headers = requests.headers_of(scope)
        given = requests.correlation_id(headers.get(b"x-correlation-id"))
        exchange = _Exchange(scope, headers, given or new_id())
        tracing.note(correlation_id=exchange.correlation_id)
        try:
            if upload:
                await self._upload(exchange, receive, send)
            else:
                await self._download(exchange, send)
        except Exception as error:
            if exchange.status:
                raise  # amid a body: the server cuts it off, so that nobody takes it as whole
            await _refuse(exchange, send, error)
        _record(exchange, "upload" if upload else "download", time.perf_counter() - started)

    # -- uploading -------------------------------------------------------------------------

    async def _upload(self, exchange: _Exchange, receive: Receive, send: Send) -> None:
        actor = await self._authenticate(exchange)
        if actor.role is Role.PUBLIC:
            raise Unauthenticated
        key = _idempotency_key(exchange.headers)
        await self._store.require_room(str(actor.account_id))
        with tempfile.SpooledTemporaryFile(uploads.SPOOLED) as content:
            received = await uploads.read_upload(exchange.headers, receive, content, self._limit)
            row = await self._keep(received, str(actor.account_id), key)
        exchange.status, exchange.size, exchange.file = 201, row["size"], row["_id"]
        body = orjson.dumps(shown(row, global_id("File", row["_id"])))
        await reply(send, Response(201, body, JSON, (exchange.mark,)))

    async def _keep(self, received: uploads.Received, uploader: str, key: str | None) -> Row:
        if key and (first := await self._store.sent_before(uploader, key, received.sha256)):
            return first
        # Reading a whole file takes a while: elsewhere than in the event loop.
        kind = await asyncio.to_thread(kinds.kind_of, received.content, received.name)
        await self._scan(received.content)
        facts = {
            "name": names.clean_name(received.name, kind.extensions),
            "content_type": kind.content_type,
            "size": received.size,
            "sha256": received.sha256,
            "uploader": uploader,
        }
        return await self._store.add(received.content, facts, key)

    # -- downloading -----------------------------------------------------------------------

    async def _download(self, exchange: _Exchange, send: Send) -> None:
        shown_id = exchange.scope["path"].removeprefix(DOWNLOAD)
        link = parse_qs(exchange.scope["query_string"].decode("latin-1")).get("link")
        if link:
            row = await self._linked(exchange, shown_id, link[0])
        else:
            row = await self._permitted(exchange, shown_id)
        exchange.file = row["_id"]
        body = exchange.scope["method"] == "GET"
        if body:
            await self._store.trail.downloaded(
                exchange.actor, exchange.correlation_id, row["_id"], exchange.account
            )

        async def sending(message: Message) -> None:
            exchange.status = exchange.status or message["status"]
            exchange.size += len(message.get("body", b""))
            await send(message)

        await downloads.send_file(
            sending, self._store, row, exchange.headers, exchange.mark, body=body
        )

    async def _linked(self, exchange: _Exchange, shown_id: str, link: str) -> Row:
        """A link stands for the account it was made for, and does not mix with another's token."""
        account = self._links.check(link, shown_id)
        actor = await self._authenticate(exchange)
        if actor.role is not Role.PUBLIC and actor.account_id != account:
            raise LinkExpired
        exchange.account = account
        return await self._find(shown_id)

    async def _permitted(self, exchange: _Exchange, shown_id: str) -> Row:
        actor = await self._authenticate(exchange)
        if actor.role is Role.PUBLIC:
            raise Unauthenticated
        row = await self._find(shown_id)
        if not await access.may_read(self._rpc, actor, exchange.correlation_id, row):
            raise NotFound("未找到该文件")
        return row

    async def _find(self, shown_id: str) -> Row:
        split = split_global_id(shown_id)
        found = await self._store.find([split[1]]) if split and split[0] == "File" else {}
        if not found:
            raise NotFound("未找到该文件")
        return next(iter(found.values()))

    async def _authenticate(self, exchange: _Exchange) -> Actor:
        header = exchange.headers.get(b"authorization", b"").decode("latin-1")
        actor = authenticate(self._verifier, header)
        await self._revocations.require_live(actor)
        exchange.actor, exchange.account = actor, actor.account_id or ""
        return actor


def _idempotency_key(headers: dict[bytes, bytes]) -> str | None:
    given = headers.get(b"idempotency-key")
    if given is None:
        return None
    key = given.decode("latin-1")
    if not _KEY.fullmatch(key):
        raise InvalidInput("Idempotency-Key 格式不正确", field="Idempotency-Key")
    return key


async def _refuse(exchange: _Exchange, send: Send, failure: Exception) -> None:
    error = _shown(failure, exchange.correlation_id)
    exchange.status, exchange.code = status_of(error), error.code
    content = {
        "code": error.code,
        "message": error.message,
        "correlationId": exchange.correlation_id,
    }
    challenge = ((b"www-authenticate", b"Bearer"),) if exchange.status == 401 else ()
    headers = (exchange.mark, *challenge)
    await reply(send, Response(exchange.status, orjson.dumps(content), JSON, headers))


def _shown(failure: Exception, correlation_id: str) -> AppError:
    """What a client is told; anything unexpected is logged here."""
    if isinstance(failure, AppError):
        return failure
    if isinstance(failure, PyMongoError):
        log.warning("files_away", correlation_id=correlation_id, error=str(failure))
        return Unavailable()
    log.error("file_request_failed", correlation_id=correlation_id, exc_info=failure)
    return AppError()


def _record(exchange: _Exchange, kind: str, seconds: float) -> None:
    """The one log line of a request, and its metrics."""
    observe_request(kind, exchange.status, (exchange.code,) if exchange.code else (), seconds)
    log.info(
        "file",
        correlation_id=exchange.correlation_id,
        kind=kind,
        role=exchange.actor.role,
        account=exchange.account,  # who took which file is asked later, also of links
        file=exchange.file,
        status=exchange.status,
        code=exchange.code,
        bytes=exchange.size,
        ms=round(seconds * 1000, 1),
    )
