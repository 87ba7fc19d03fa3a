"""Reading a GraphQL-over-HTTP request: what is asked, and in which media type to answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import parse_qsl

import orjson

from gateway import limits
from gateway.errors import BAD_REQUEST, METHOD_NOT_ALLOWED, RequestError
from gateway.responses import Receive, Scope

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
PAGE = "text/html"
EVENT_STREAM = "text/event-stream"
UNSUPPORTED = "UNSUPPORTED_MEDIA_TYPE"
TOO_LARGE = "PAYLOAD_TOO_LARGE"
NOT_ACCEPTABLE = "NOT_ACCEPTABLE"

_CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_UTF_8 = {"", "utf-8", "utf8"}


class HttpError(Exception):
    """A request that is refused as HTTP, whatever media type is wanted."""

    def __init__(self, status: int, error: RequestError, *headers: tuple[bytes, bytes]) -> None:
        self.status = status
        self.error = error
        self.headers = headers
        super().__init__(str(error))


@dataclass(frozen=True, slots=True)
class Parameters:
    """The members of a request. `extensions` may carry the hash of a query instead of it."""

    query: str | None
    variables: Mapping[str, Any] | None
    operation_name: str | None
    extensions: Mapping[str, Any] | None


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    return dict(scope["headers"])


def correlation_id(given: bytes | None) -> str | None:
    """The caller's correlation id if it is a harmless one."""
    text = (given or b"").decode("latin-1")
    return text if _CORRELATION_ID.fullmatch(text) else None


@lru_cache(maxsize=256)
def negotiate(accept: str) -> str | None:
    """The media type of the answer for an Accept header; None if we have none that is wanted.

    application/json unless application/graphql-response+json is preferred by weight or, at the
    same weight, stands first.
    """
    if not accept.strip():
        return PLAIN_JSON
    offers: dict[str, float] = {}
    for part in accept.split(","):
        kind, weight = _weighted(part)
        offers.setdefault(kind, weight)
    for kind, weight in sorted(offers.items(), key=lambda offer: -offer[1]):
        if weight <= 0:
            continue
        if kind in (GRAPHQL_JSON, PLAIN_JSON):
            return kind
        if kind in ("*/*", "application/*"):
            return PLAIN_JSON if offers.get(PLAIN_JSON, 1) > 0 else GRAPHQL_JSON
    return None


@lru_cache(maxsize=256)
def wants_page(accept: str) -> bool:
    """Whether a browser navigates here: HTML is asked for before any JSON."""
    kinds = [_weighted(part)[0] for part in accept.split(",")]
    return PAGE in kinds and GRAPHQL_JSON not in kinds and PLAIN_JSON not in kinds


@lru_cache(maxsize=256)
def wants_stream(accept: str) -> bool:
    """Whether server-sent events are asked for, and no JSON before them."""
    kinds = [_weighted(part)[0] for part in accept.split(",")]
    return EVENT_STREAM in kinds and negotiate(accept) is None


async def read(scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> Parameters:
    """Raises HttpError for anything but one well-formed request."""
    if scope["method"] == "GET":
        return parameters_of(_from_url(scope["query_string"]))
    _check_content(headers.get(b"content-type", b"").decode("latin-1"))
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        refuse(415, UNSUPPORTED, "请求内容不能压缩")
    body = await read_body(headers, receive)
    try:
        return parameters_of(orjson.loads(body))
    except orjson.JSONDecodeError:
        refuse(400, BAD_REQUEST, "请求内容须为 UTF-8 编码的 JSON")


def refuse(status: int, code: str, message: str, *headers: tuple[bytes, bytes]) -> NoReturn:
    raise HttpError(status, RequestError.of(code, message), *headers)


def refuse_method(message: str, allowed: bytes) -> NoReturn:
    refuse(405, METHOD_NOT_ALLOWED, message, (b"allow", allowed))


@lru_cache(maxsize=64)
def _check_content(content_type: str) -> None:
    kind, _, rest = content_type.partition(";")
    if kind.strip().lower() != PLAIN_JSON:
        refuse(415, UNSUPPORTED, "Content-Type 须为 application/json")
    for parameter in rest.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in _UTF_8:
            refuse(415, UNSUPPORTED, "请求编码须为 UTF-8")


async def read_body(
    headers: Mapping[bytes, bytes], receive: Receive, most: int = limits.MOST_BODY_BYTES
) -> bytes:
    """The whole body; raises HttpError for one of more than `most` bytes, or broken off."""
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > most:
        _too_large(most)
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            refuse(400, BAD_REQUEST, "请求未完整送达")
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > most:
            _too_large(most)
        more = message.get("more_body", False)
    return b"".join(chunks)


def _too_large(most: int) -> NoReturn:
    refuse(413, TOO_LARGE, f"请求内容不能超过{most // 1024} KiB")


def _from_url(query_string: bytes) -> dict[str, Any]:
    try:
        given: dict[str, Any] = dict(
            parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict")
        )
        for name in ("variables", "extensions"):
            if given.get(name):
                given[name] = orjson.loads(given[name])
    except ValueError:
        refuse(400, BAD_REQUEST, "网址参数格式不正确")
    return {name: value for name, value in given.items() if value != ""}


_KINDS: dict[str, tuple[type, str]] = {
    "query": (str, "query 须为文本"),
    "variables": (dict, "variables 须为对象"),
    "operationName": (str, "operationName 须为文本"),
    "extensions": (dict, "extensions 须为对象"),
}


def parameters_of(given: Any) -> Parameters:
    if isinstance(given, list):
        refuse(400, BAD_REQUEST, "不支持批量请求")
    if not isinstance(given, dict):
        refuse(400, BAD_REQUEST, "请求内容须为 JSON 对象")
    for name, (kind, message) in _KINDS.items():
        if not isinstance(given.get(name), kind | None):
            refuse(400, BAD_REQUEST, message)
    if not given.get("query") and not (given.get("extensions") or {}).get("persistedQuery"):
        refuse(400, BAD_REQUEST, "缺少 query")
    return Parameters(
        given.get("query") or None,
        given.get("variables"),
        given.get("operationName"),
        given.get("extensions"),
    )


def _weighted(part: str) -> tuple[str, float]:
    """(media type, weight) of one element of an Accept header."""
    kind, *parameters = [piece.strip().lower() for piece in part.split(";")]
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return kind, float(parameter[2:])
            except ValueError:
                return kind, 0.0
    return kind, 1.0
