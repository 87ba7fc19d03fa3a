"""`/callbacks/wechat` and `/callbacks/sms`: what providers of messages tell us.

| request                             | answer                                             |
|-------------------------------------|----------------------------------------------------|
| GET /callbacks/wechat?…echostr=     | 200 with `echostr`, if the signature is WeChat's   |
| POST /callbacks/wechat?…            | 200 `success`, or a sealed text to who wrote       |
| POST /callbacks/sms?key=            | 200 {"code": 0}                                    |
| signature or key that does not hold | 403                                                |
| too large, other method             | 413, 405                                           |
| notifications away                  | 503: providers send it again                       |

Signatures are checked in notifications, where the secrets are. Neither query nor body is logged.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson

from gateway.requests import HttpError, headers_of, read_body
from gateway.responses import TEXT, Receive, Response, Scope, Send, method_not_allowed, reply
from gateway.responses import json_response as answer
from gateway.rpc import RpcClient
from shared.actor import ServiceTokens, TokenSigner
from shared.errors import AppError, DomainError
from shared.ids import new_id
from shared.logging import get_logger

WECHAT, SMS = "/callbacks/wechat", "/callbacks/sms"
MOST_BYTES = 64 * 1024
MOST_QUERY = 2048
HEARD = {"code": 0, "msg": "接收成功"}
log = get_logger(__name__)


def serves(path: str) -> bool:
    return path in (WECHAT, SMS)


class Callbacks:
    """The ASGI application of both paths."""

    def __init__(self, rpc: RpcClient, keys_dir: Path) -> None:
        self._rpc = rpc
        self._keys_dir = keys_dir

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        methods = ("GET", "POST") if scope["path"] == WECHAT else ("POST",)
        if scope["method"] not in methods:
            await method_not_allowed(send, ", ".join(methods))
            return
        await reply(send, await self._respond(scope, receive))

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        correlation_id = new_id()
        try:
            body = await self._read(scope, receive)
            query = dict(parse_qsl(scope["query_string"][:MOST_QUERY].decode("latin-1")))
            if scope["path"] == SMS:
                given = {"key": query.get("key", ""), "body": body}
                await self._ask("take_sms_callback", given, correlation_id)
                return answer(200, HEARD)
            given = {"query": query, "body": body}
            text: str = await self._ask("take_wechat_callback", given, correlation_id)
            return Response(200, text.encode(), TEXT)
        except HttpError as error:
            return Response(error.status, b"too large\n", TEXT)
        except UnicodeDecodeError:
            return Response(400, b"not text\n", TEXT)
        except DomainError as error:
            log.warning("callback_refused", correlation_id=correlation_id, code=error.code)
            return Response(403, b"refused\n", TEXT)
        except AppError as error:
            return answer(503, {"code": error.code})

    async def _read(self, scope: Scope, receive: Receive) -> str:
        if scope["method"] == "GET":
            return ""
        return (await read_body(headers_of(scope), receive, MOST_BYTES)).decode()

    async def _ask(self, method: str, given: dict[str, Any], correlation_id: str) -> Any:
        return await self._rpc.send(
            "notifications",
            method,
            orjson.dumps({"args": [], "kwargs": given}),
            token=self._tokens.current(),
            correlation_id=correlation_id,
        )

    @cached_property
    def _tokens(self) -> ServiceTokens:
        return ServiceTokens(TokenSigner.load(self._keys_dir, "gateway"))
