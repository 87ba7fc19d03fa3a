"""The HTTP interface of a WeChat official account: one token for all requests of a process.

Each service that speaks to WeChat asks for its own: a stable token is the same for all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from shared.outside import NotSent, Outside, Unclear

ENDPOINT = "https://api.weixin.qq.com"
TOKEN = "/cgi-bin/stable_token"
EARLIER = 300  # seconds: WeChat takes a token and its successor for five minutes
RESTS = 5  # seconds
STALE = (40001, 40014, 42001)  # the token is invalid, or over


class NoToken(Exception):
    """WeChat gave none; `code` is why."""

    def __init__(self, code: object) -> None:
        super().__init__()
        self.code = str(code)


@dataclass
class OfficialAccount:
    """now: seconds, which a token's life is counted in."""

    app_id: str
    secret: str = field(repr=False)
    outside: Outside = field(repr=False)
    now: Callable[[], float] = time.time
    _token: str = field(default="", repr=False)
    _good_until: float = 0.0
    _rests_until: float = 0.0
    _lock: Any = field(default_factory=Lock, repr=False)

    @classmethod
    def at(cls, app_id: str, secret: str, environ: Mapping[str, str]) -> OfficialAccount:
        """At WeChat's own address, or the one that is given."""
        return cls(app_id, secret, Outside(environ.get("WECHAT_URL") or ENDPOINT))

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The answer, by a renewed token where the first is refused.

        Raises NoToken, and as `Outside.post` does.
        """
        token = self._current()
        answer = self._sent(path, token, body)
        if answer.get("errcode") in STALE:
            answer = self._sent(path, self._renewed(token), body)
        return answer

    def _sent(self, path: str, token: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self.outside.post(f"{path}?access_token={token}", body)

    def _current(self) -> str:
        with self._lock:
            if self.now() >= self._good_until:
                self._fetch(force=False)
            return self._token

    def _renewed(self, refused: str) -> str:
        """Another token than the refused one: perhaps a colleague's already. By force only where
        WeChat still answers with the refused one: it allows that twenty times a day."""
        with self._lock:
            if self._token == refused:
                self._fetch(force=False)
            if self._token == refused:
                self._fetch(force=True)
            return self._token

    def _fetch(self, force: bool) -> None:
        """Raises NoToken; then nobody asks for a while: a round would wait for each of forty."""
        if self.now() < self._rests_until:
            raise NoToken("resting")
        body = {
            "grant_type": "client_credential",
            "appid": self.app_id,
            "secret": self.secret,
            "force_refresh": force,
        }
        try:
            answer = self.outside.post(TOKEN, body)
        except (NotSent, Unclear):
            answer = {"errcode": "unanswered"}
        if not answer.get("access_token"):
            self._rests_until = self.now() + RESTS
            raise NoToken(answer.get("errcode"))
        self._token = str(answer["access_token"])
        self._good_until = self.now() + max(0, int(answer["expires_in"]) - EARLIER)
