"""Template messages of a WeChat official account: stable_token, message/template/send.

`client_msg_id` is WeChat's own guard against doubles: the same one to the same person within ten
minutes is one message.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from services.notifications.domain.deliveries import (
    Address,
    Delivery,
    DeliveryReason,
    Outlet,
    Result,
    Verdict,
)
from services.notifications.domain.outward import WECHAT_DIGEST, WECHAT_NOTICE, filled
from shared.outside import NotSent, Outside, Unclear
from shared.settings import given_together

ENDPOINT = "https://api.weixin.qq.com"
TOKEN = "/cgi-bin/stable_token"
SEND = "/cgi-bin/message/template/send"
EARLIER = 300  # seconds: WeChat takes a token and its successor for five minutes
RESTS = 5  # seconds
STALE = (40001, 40014, 42001)
NOT_SUBSCRIBED = (40003, 43004, 43019)
LATER = (45009, 45011, 45047)
BUSY = (-1,)


class NoToken(Exception):
    """WeChat gave none; `code` is why."""

    def __init__(self, code: object) -> None:
        super().__init__()
        self.code = str(code)


@dataclass
class Wechat:
    """One official account; `notice` and `digest` are the ids that WeChat gave our templates.

    page: where a message leads, a page of the mobile client.
    """

    app_id: str
    secret: str = field(repr=False)
    notice: str
    digest: str
    outside: Outside = field(repr=False)
    page: str = ""
    outlet: Outlet = Outlet.WECHAT
    _token: str = field(default="", repr=False)
    _good_until: float = 0.0
    _rests_until: float = 0.0
    _lock: Any = field(default_factory=Lock, repr=False)

    @classmethod
    def configured(cls, environ: Mapping[str, str]) -> Wechat | None:
        """None where no account is given; raises SettingsError for half of the settings."""
        names = ("WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_TEMPLATE", "WECHAT_DIGEST_TEMPLATE")
        given = given_together(environ, *names)
        if given is None:
            return None
        app_id, secret, notice, digest = given
        outside = Outside(environ.get("WECHAT_URL") or ENDPOINT)
        return cls(app_id, secret, notice, digest, outside, environ.get("WECHAT_PAGE", ""))

    def send(self, delivery: Delivery, address: Address) -> Result:
        if address.openid is None:
            return Result(Verdict.UNREACHABLE, reason=DeliveryReason.NOT_BOUND)
        fields = WECHAT_DIGEST if delivery.is_digest else WECHAT_NOTICE
        body = {
            "touser": address.openid,
            "template_id": self.digest if delivery.is_digest else self.notice,
            "client_msg_id": delivery.key,
            "data": {name: {"value": value} for name, value in filled(fields, delivery).items()},
            **({"url": self.page} if self.page else {}),
        }
        try:
            token = self._current()
            answer = self._post(token, body)
            if answer.get("errcode") in STALE:
                answer = self._post(self._renewed(token), body)
        except NoToken as error:
            return Result(Verdict.RETRY, code=error.code)
        except NotSent:
            return Result(Verdict.RETRY)
        except Unclear:
            return Result(Verdict.UNCLEAR)
        return _meaning(answer)

    def _post(self, token: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self.outside.post(f"{SEND}?access_token={token}", body)

    def _current(self) -> str:
        with self._lock:
            if time.time() >= self._good_until:
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
        if time.time() < self._rests_until:
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
            self._rests_until = time.time() + RESTS
            raise NoToken(answer.get("errcode"))
        self._token = str(answer["access_token"])
        self._good_until = time.time() + max(0, int(answer["expires_in"]) - EARLIER)


def _meaning(answer: Mapping[str, Any]) -> Result:
    errcode = answer.get("errcode", 0)
    code = str(errcode)
    if errcode == 0:
        return Result(Verdict.SENT, provider_id=str(answer.get("msgid", "")))
    if errcode in NOT_SUBSCRIBED:
        return Result(Verdict.UNREACHABLE, reason=DeliveryReason.NOT_SUBSCRIBED, code=code)
    if errcode in LATER:
        return Result(Verdict.LATER, code=code)
    if errcode in BUSY or errcode in STALE:
        return Result(Verdict.RETRY, code=code)
    return Result(Verdict.REFUSED, reason=DeliveryReason.REFUSED, code=code)
