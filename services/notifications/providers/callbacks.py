"""What providers send us: whether it comes from them, and what it says.

WeChat's in the safe mode alone: there the signature covers the body, which is encrypted
(AES-256-CBC). Aliyun's reports have no signature; the address that it is given holds a secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

import orjson
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from services.notifications.domain.deliveries import (
    CallbackRefused,
    DeliveryReason,
    Outlet,
    Pushed,
    Receipt,
    Said,
)
from shared.settings import SettingsError, given_together

FRESH_SECONDS = 600
KEY_BYTES, BLOCK_BITS = 32, 256
ENCRYPTED = re.compile(r"<Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]></Encrypt>")
BLOCKED = "failed:user block"
DIGITS = re.compile(r"\d{4,12}")


@dataclass(frozen=True)
class WechatDoor:
    """Token and EncodingAESKey of the official account's server settings."""

    app_id: str
    token: str = field(repr=False)
    key: bytes = field(repr=False)

    @classmethod
    def configured(cls, environ: Mapping[str, str]) -> WechatDoor | None:
        given = given_together(environ, "WECHAT_TOKEN", "WECHAT_AES_KEY")
        if given is None:
            return None
        token, text = given
        try:
            key = base64.b64decode(text + "=", validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES:
            raise SettingsError("WECHAT_AES_KEY", "…", "43 characters of base64 are wanted")
        return cls(environ.get("WECHAT_APP_ID", ""), token, key)

    def greeting(self, query: Mapping[str, str]) -> str:
        """What WeChat wants to hear when the address is set. Raises CallbackRefused."""
        self._check(query, query.get("signature", ""))
        return query.get("echostr", "")

    def opened(self, query: Mapping[str, str], body: str) -> Pushed:
        """Raises CallbackRefused for what WeChat has not sealed for us."""
        found = ENCRYPTED.search(body)
        if found is None:
            raise CallbackRefused
        self._check(query, query.get("msg_signature", ""), found[1])
        return _said(self._decrypted(found[1]))

    def answer(self, pushed: Pushed, text: str) -> str:
        """A text to whoever wrote to the official account, sealed."""
        at, nonce = str(int(time.time())), secrets.token_hex(8)
        plain = (
            f"<xml><ToUserName><![CDATA[{pushed.openid}]]></ToUserName>"
            f"<FromUserName><![CDATA[{pushed.account}]]></FromUserName>"
            f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
            f"<Content><![CDATA[{text}]]></Content></xml>"
        )
        sealed = self._encrypted(plain)
        return (
            f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{self._signature(at, nonce, sealed)}]]></MsgSignature>"
            f"<TimeStamp>{at}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    def _check(self, query: Mapping[str, str], signature: str, *sealed: str) -> None:
        at, nonce = query.get("timestamp", ""), query.get("nonce", "")
        right = self._signature(at, nonce, *sealed)
        if not hmac.compare_digest(right.encode(), signature.encode()):
            raise CallbackRefused
        if not at.isdecimal() or abs(time.time() - int(at)) > FRESH_SECONDS:
            raise CallbackRefused

    def _signature(self, *parts: str) -> str:
        return hashlib.sha1("".join(sorted((self.token, *parts))).encode()).hexdigest()

    def _decrypted(self, sealed: str) -> str:
        try:
            opener = self._cipher().decryptor()
            padded = opener.update(base64.b64decode(sealed)) + opener.finalize()
            unpadder = padding.PKCS7(BLOCK_BITS).unpadder()
            plain = unpadder.update(padded) + unpadder.finalize()
            [length] = struct.unpack(">I", plain[16:20])
            text, app_id = plain[20 : 20 + length].decode(), plain[20 + length :].decode()
        except (ValueError, struct.error):
            raise CallbackRefused from None
        if app_id != self.app_id:
            raise CallbackRefused
        return text

    def _encrypted(self, text: str) -> str:
        plain = text.encode()
        whole = secrets.token_bytes(16) + struct.pack(">I", len(plain)) + plain
        padder = padding.PKCS7(BLOCK_BITS).padder()
        padded = padder.update(whole + self.app_id.encode()) + padder.finalize()
        sealer = self._cipher().encryptor()
        return base64.b64encode(sealer.update(padded) + sealer.finalize()).decode()

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16]))


@dataclass(frozen=True)
class SmsDoor:
    """key: the secret in the address that the provider is given for its reports."""

    key: str = field(repr=False)

    @classmethod
    def configured(cls, environ: Mapping[str, str]) -> SmsDoor | None:
        key = environ.get("SMS_CALLBACK_KEY", "").strip()
        return cls(key) if key else None

    def opened(self, key: str, body: str) -> list[Receipt]:
        """What became of messages (SmsReport). Raises CallbackRefused."""
        if not hmac.compare_digest(self.key.encode(), key.encode()):
            raise CallbackRefused
        try:
            rows = orjson.loads(body)
            return [
                Receipt(Outlet.SMS, str(row["biz_id"]), *_reported(row), str(row["out_id"]))
                for row in rows
                if row.get("biz_id") and row.get("out_id")
            ]
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise CallbackRefused from None


def _reported(row: Mapping[str, object]) -> tuple[DeliveryReason | None, str]:
    reason = None if row["success"] is True else DeliveryReason.NOT_DELIVERED
    return reason, str(row.get("err_code", ""))[:60]


def _said(text: str) -> Pushed:
    try:
        found = {each.tag: each.text or "" for each in ElementTree.fromstring(text)}  # sealed
    except ElementTree.ParseError:
        raise CallbackRefused from None
    openid, account = found.get("FromUserName", ""), found.get("ToUserName", "")
    if found.get("MsgType") == "text":
        code = DIGITS.fullmatch(found.get("Content", "").strip())
        return Pushed(Said.CODE if code else Said.OTHER, openid, account, code and code[0])
    if found.get("Event") != "TEMPLATESENDJOBFINISH":
        return Pushed(Said.OTHER, openid, account)
    status = found.get("Status", "")
    reason = None if status == "success" else DeliveryReason.NOT_DELIVERED
    if status == BLOCKED:
        reason = DeliveryReason.NOT_SUBSCRIBED
    receipt = Receipt(Outlet.WECHAT, found.get("MsgID", ""), reason, status[:60])
    return Pushed(Said.RECEIPT, openid, account, receipt=receipt)
