"""Template messages of a WeChat official account: message/template/send.

`client_msg_id` is WeChat's own guard against doubles: the same one to the same person within ten
minutes is one message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from shared.outside import NotSent, Unclear
from shared.settings import given_together
from shared.wechat import STALE, NoToken, OfficialAccount

SEND = "/cgi-bin/message/template/send"
NOT_SUBSCRIBED = (40003, 43004, 43019)
LATER = (45009, 45011, 45047)
BUSY = (-1,)


@dataclass
class Wechat:
    """One official account; `notice` and `digest` are the ids that WeChat gave our templates.

    page: where a message leads, a page of the mobile client.
    """

    account: OfficialAccount
    notice: str
    digest: str
    page: str = ""
    outlet: Outlet = Outlet.WECHAT

    @classmethod
    def configured(cls, environ: Mapping[str, str]) -> Wechat | None:
        """None where no account is given; raises SettingsError for half of the settings."""
        names = ("WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_TEMPLATE", "WECHAT_DIGEST_TEMPLATE")
        given = given_together(environ, *names)
        if given is None:
            return None
        app_id, secret, notice, digest = given
        account = OfficialAccount.at(app_id, secret, environ)
        return cls(account, notice, digest, environ.get("WECHAT_PAGE", ""))

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
            answer = self.account.post(SEND, body)
        except NoToken as error:
            return Result(Verdict.RETRY, code=error.code)
        except NotSent:
            return Result(Verdict.RETRY)
        except Unclear:
            return Result(Verdict.UNCLEAR)
        return _meaning(answer)


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
