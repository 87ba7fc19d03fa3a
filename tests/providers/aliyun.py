"""Aliyun's Dysmsapi: SendSms and QuerySendDetails, signature V3 checked as it is described.

Like the real one it takes the same OutId twice; details can be asked for by number and day.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.providers.server import Provider, Request

KEY_ID, SECRET = "LTAI-test", "aliyun-secret"
SIGN_NAME, TEMPLATE = "吴江政协", "SMS_100"
STALE_SECONDS = 900
SETTINGS = {
    "SMS_KEY_ID": KEY_ID,
    "SMS_KEY_SECRET": SECRET,
    "SMS_SIGN_NAME": SIGN_NAME,
    "SMS_TEMPLATE": TEMPLATE,
}


@dataclass(frozen=True)
class Sms:
    phone: str
    values: dict[str, str]
    out_id: str
    biz_id: str


class AliyunServer(Provider):
    """sent: what phones got. codes: number → code that SendSms answers instead."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sms] = []
        self.codes: dict[str, str] = {}
        self._nonces: set[str] = set()

    def sends(self, request: Request) -> bool:
        return request.headers.get("x-acs-action") == "SendSms"

    def answer(self, request: Request) -> tuple[int, dict[str, Any]]:
        refusal = self._refusal(request)
        if refusal:
            return 400, {"Code": refusal, "Message": refusal, "RequestId": "r"}
        if request.headers["x-acs-action"] == "SendSms":
            return 200, self._send(request.query)
        return 200, self._details(request.query)

    def _send(self, given: Any) -> dict[str, Any]:
        phone = given["PhoneNumbers"]
        if code := self.codes.get(phone):
            return {"Code": code, "Message": code, "RequestId": "r"}
        if not re.fullmatch(r"1\d{10}", phone):
            return {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": phone, "RequestId": "r"}
        if (given["SignName"], given["TemplateCode"]) != (SIGN_NAME, TEMPLATE):
            return {"Code": "isv.SMS_TEMPLATE_ILLEGAL", "Message": "", "RequestId": "r"}
        values = json.loads(given["TemplateParam"])
        if set(values) != {"title", "text"} or max(map(len, values.values())) > 35:
            return {"Code": "isv.TEMPLATE_PARAMS_ILLEGAL", "Message": "", "RequestId": "r"}
        biz_id = f"{len(self.sent) + 9000}^0"
        self.sent.append(Sms(phone, values, given["OutId"], biz_id))
        return {"Code": "OK", "Message": "OK", "RequestId": "r", "BizId": biz_id}

    def _details(self, given: Any) -> dict[str, Any]:
        rows = [
            {"OutId": sms.out_id, "BizId": sms.biz_id, "PhoneNum": sms.phone, "SendStatus": 1}
            for sms in self.sent
            if sms.phone == given["PhoneNumber"]
        ]
        return {
            "Code": "OK",
            "TotalCount": len(rows),
            "SmsSendDetailDTOs": {"SmsSendDetailDTO": rows[: int(given["PageSize"])]},
        }

    def _refusal(self, request: Request) -> str | None:
        """Why the signature does not hold."""
        held = re.fullmatch(
            r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})",
            request.headers.get("authorization", ""),
        )
        if held is None or held[1] != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        signed_at = datetime.strptime(request.headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ")
        age = datetime.now(UTC) - signed_at.replace(tzinfo=UTC)
        if abs(age.total_seconds()) > STALE_SECONDS:
            return "InvalidTimeStamp.Expired"
        nonce = request.headers["x-acs-signature-nonce"]
        if nonce in self._nonces:
            return "SignatureNonceUsed"
        self._nonces.add(nonce)
        names = held[2].split(";")
        lines = [f"{name}:{request.headers[name].strip()}\n" for name in names]
        digest = hashlib.sha256(request.body).hexdigest()
        if request.headers["x-acs-content-sha256"] != digest:
            return "SignatureDoesNotMatch"
        query = "&".join(sorted(request.raw_query.split("&")))
        canonical = [request.method, request.path, query, "".join(lines), held[2], digest]
        hashed = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
        text = f"ACS3-HMAC-SHA256\n{hashed}".encode()
        right = hmac.new(SECRET.encode(), text, hashlib.sha256).hexdigest()
        return None if hmac.compare_digest(right, held[3]) else "SignatureDoesNotMatch"
