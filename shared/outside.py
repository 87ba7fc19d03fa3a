"""Calls to providers outside the platform over HTTP, by whoever has one (WeChat, SMS).

What fails is told apart by the one thing that matters: whether the other side may have acted.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    import urllib3

SECONDS = 5.0


class NotSent(Exception):
    """The other side has not seen the request."""


class Unclear(Exception):
    """The request went out and no answer that means anything came: it may have had its effect."""


class Outside:
    """One provider's address, with connections that are kept.

    Texts of errors never hold the address: its query may carry a secret or a person's number.
    """

    def __init__(self, base: str, seconds: float = SECONDS) -> None:
        self._base = base.rstrip("/")
        self._seconds = seconds

    @property
    def host(self) -> str:
        return self._base.partition("://")[2]

    def call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """The JSON object of the answer, whatever its status below 500.

        Raises NotSent, Unclear.
        """
        import urllib3  # 3 MB that only processes with a provider need

        try:
            answer = self._pool.request(
                method, self._base + path, body=body, headers=dict(headers or {}), redirect=False
            )
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            raise NotSent from None
        except urllib3.exceptions.HTTPError:
            raise Unclear from None
        try:
            found = orjson.loads(answer.data) if answer.status < 500 else None
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise Unclear
        return found

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """JSON there and back; raises as `call`."""
        return self.call(
            "POST", path, orjson.dumps(body), {"content-type": "application/json; charset=utf-8"}
        )

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        import urllib3

        return urllib3.PoolManager(
            maxsize=16, block=False, retries=False, timeout=urllib3.Timeout(self._seconds)
        )
