"""The RPC wire: nameko's protocol with a deadline, the caller's token and a correlation id."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from typing import Any

import orjson

from shared import tracing
from shared.errors import AppError, InvalidInput

TOKEN = "nameko.auth_token"
CORRELATION = "nameko.correlation_id"
DEADLINE = "nameko.deadline"
DEFAULT_SECONDS = 3.0


def request(
    kwargs: Mapping[str, Any], *, token: str | None, correlation_id: str, timeout: float
) -> tuple[bytes, dict[str, Any], str]:
    """(body, headers, expiration in ms): a call that is late is neither begun nor delivered."""
    headers: dict[str, Any] = {
        CORRELATION: correlation_id,
        DEADLINE: repr(time.time() + timeout),
    }
    if token:
        headers[TOKEN] = token
    if (parent := tracing.traceparent()) is not None:
        headers[tracing.TRACEPARENT] = parent
    body = orjson.dumps({"args": [], "kwargs": kwargs})
    return body, headers, str(max(1, round(timeout * 1000)))


def arguments(body: bytes) -> dict[str, Any]:
    """The keyword arguments of a request; raises InvalidInput for anything else."""
    try:
        parsed = orjson.loads(body)
        args, kwargs = parsed["args"], parsed["kwargs"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise InvalidInput("请求格式不正确") from error
    if args or not isinstance(kwargs, dict):
        raise InvalidInput("请求格式不正确")
    return kwargs


def fingerprint(method: str, kwargs: Mapping[str, Any]) -> str:
    """A hash of what a command asks for: the same for a repeat, another for a reuse."""
    content = orjson.dumps([method, kwargs], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(content).hexdigest()


def result_body(result: Any) -> bytes:
    return orjson.dumps({"result": result, "error": None})


def error_body(error: AppError) -> bytes:
    return orjson.dumps({"result": None, "error": error.to_wire()}, default=str)
