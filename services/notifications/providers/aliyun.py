"""Text messages by Aliyun's Dysmsapi 2017-05-25 (SendSms, QuerySendDetails), signature V3.

SendSms takes no key against doubles: OutId only comes back with receipts and details. So where a
try may have been taken, the details of the number are asked for it before the next.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

import orjson

from services.notifications.domain.deliveries import (
    Address,
    Delivery,
    DeliveryReason,
    Outlet,
    Result,
    Verdict,
)
from services.notifications.domain.outward import SMS_NOTICE, filled
from shared.outside import NotSent, Outside, Unclear
from shared.settings import given_together

ALGORITHM = "ACS3-HMAC-SHA256"
VERSION = "2017-05-25"
OK = "OK"
ENDPOINT = "https://dysmsapi.aliyuncs.com"
DETAILS = 50  # the most of one page; a person gets fewer in a day
FAILED_DETAIL = 2  # SendStatus: 1 waits for the receipt, 2 failed, 3 delivered
PROVIDERS_ZONE = timezone(timedelta(hours=8))
# Codes after which the same message may be taken another time.
LATER = ("isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL")
AGAIN = (
    "InternalError",
    "ServiceUnavailable",
    "SignatureNonceUsed",
    "Throttling",
    "isp.SYSTEM_ERROR",
    "isv.OUT_OF_SERVICE",
    "isv.AMOUNT_NOT_ENOUGH",  # until somebody pays
)
ILLEGAL = ("isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_COUNT_OVER_LIMIT")


@dataclass(frozen=True)
class Aliyun:
    """The signed calls of one account of Aliyun, and what their answers mean."""

    key_id: str
    secret: str = field(repr=False)
    sign_name: str
    template: str
    outside: Outside = field(repr=False)
    outlet: Outlet = Outlet.SMS

    @classmethod
    def configured(cls, environ: Mapping[str, str]) -> Aliyun | None:
        """None where no key is given; raises SettingsError for half of the settings."""
        names = ("SMS_KEY_ID", "SMS_KEY_SECRET", "SMS_SIGN_NAME", "SMS_TEMPLATE")
        given = given_together(environ, *names)
        if given is None:
            return None
        key_id, secret, sign_name, template = given
        outside = Outside(environ.get("SMS_URL") or ENDPOINT)
        return cls(key_id, secret, sign_name, template, outside)

    def send(self, delivery: Delivery, address: Address) -> Result:
        if address.phone is None:
            return Result(Verdict.UNREACHABLE, reason=DeliveryReason.NO_PHONE)
        try:
            if delivery.unclear and (sent := self._found(delivery, address.phone)):
                return sent
            answer = self._call(
                "SendSms",
                PhoneNumbers=address.phone,
                SignName=self.sign_name,
                TemplateCode=self.template,
                TemplateParam=orjson.dumps(filled(SMS_NOTICE, delivery)).decode(),
                OutId=delivery.key,
            )
        except NotSent:
            return Result(Verdict.RETRY)
        except Unclear:
            return Result(Verdict.UNCLEAR)
        return _meaning(str(answer.get("Code", "")), answer.get("BizId"))

    def _found(self, delivery: Delivery, phone: str) -> Result | None:
        """What the provider has of a former try; raises Unclear where it does not say."""
        for day in dict.fromkeys((_day(0), _day(-1))):
            answer = self._call(
                "QuerySendDetails",
                PhoneNumber=phone,
                SendDate=day,
                PageSize=str(DETAILS),
                CurrentPage="1",
            )
            if answer.get("Code") != OK:
                raise Unclear
            for row in (answer.get("SmsSendDetailDTOs") or {}).get("SmsSendDetailDTO", ()):
                if row.get("OutId") == delivery.key and row.get("SendStatus") != FAILED_DETAIL:
                    return Result(Verdict.SENT, provider_id=row.get("BizId"))
        return None

    def _call(self, action: str, **parameters: str) -> dict[str, Any]:
        query = "&".join(f"{_quoted(k)}={_quoted(parameters[k])}" for k in sorted(parameters))
        headers = signed(
            self.key_id, self.secret, action, query, self.outside.host, datetime.now(UTC)
        )
        return self.outside.call("POST", f"/?{query}", headers=headers)


def signed(
    key_id: str, secret: str, action: str, query: str, host: str, at: datetime
) -> dict[str, str]:
    """The headers of a call without body, with its signature (ACS3-HMAC-SHA256)."""
    digest = hashlib.sha256(b"").hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": digest,
        "x-acs-date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-version": VERSION,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = "\n".join(("POST", "/", query, lines, names, digest))
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(
        secret.encode(), f"{ALGORITHM}\n{hashed}".encode(), hashlib.sha256
    ).hexdigest()
    authorization = f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"
    return {**headers, "authorization": authorization}


def _meaning(code: str, biz_id: str | None) -> Result:
    if code == OK:
        return Result(Verdict.SENT, provider_id=biz_id)
    if code in LATER:
        return Result(Verdict.LATER, code=code)
    if code.startswith(AGAIN):
        return Result(Verdict.RETRY, code=code)
    if code in ILLEGAL:
        return Result(Verdict.UNREACHABLE, reason=DeliveryReason.ILLEGAL_NUMBER, code=code)
    return Result(Verdict.REFUSED, reason=DeliveryReason.REFUSED, code=code)


def _day(offset: int) -> str:
    """Of the provider's clock: a message tried before midnight stands under yesterday."""
    return f"{datetime.now(PROVIDERS_ZONE) + timedelta(days=offset):%Y%m%d}"


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")
