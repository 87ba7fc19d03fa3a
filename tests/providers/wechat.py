"""WeChat's official account API: stable_token, template messages, OAuth, and its callbacks.

`client_msg_id` guards as WeChat says: the same to the same person within ten minutes is one
message, answered alike.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import struct
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.providers.server import Provider, Request

APP_ID, SECRET = "wx1234567890abcdef", "wechat-secret"
NOTICE, DIGEST = "template-notice", "template-digest"
TOKEN, AES_KEY = "callback-token", base64.b64encode(bytes(range(32))).decode().rstrip("=")
ACCOUNT = "gh_7f083739789a"
SAME_SECONDS = 600
SETTINGS = {
    "WECHAT_APP_ID": APP_ID,
    "WECHAT_SECRET": SECRET,
    "WECHAT_TEMPLATE": NOTICE,
    "WECHAT_DIGEST_TEMPLATE": DIGEST,
    "WECHAT_TOKEN": TOKEN,
    "WECHAT_AES_KEY": AES_KEY,
    "WECHAT_PAGE": "https://cppcc.example/m/inbox",
    "WECHAT_BINDING_PAGE": "https://cppcc.example/m/bind",
}
MOST = {"thing1": 20, "thing4": 20, "time3": 20}


@dataclass(frozen=True)
class Sent:
    openid: str
    template: str
    values: dict[str, str]
    msgid: int
    client_msg_id: str
    at: float


class WechatServer(Provider):
    """sent: what people got. errcodes: openid → errcode answered instead. people: OAuth code →
    openid, each good once. repeated: how many sends were recognised as the same."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []
        self.errcodes: dict[str, int] = {}
        self.people: dict[str, str] = {}
        self.repeated = 0
        self.token = ""
        self.forced = 0
        self._by_key: dict[tuple[str, str], Sent] = {}
        self._expired = False

    def expire_token(self, *, known_to_us: bool = False) -> None:
        """The token in use holds no more; unless known, stable_token still hands it out."""
        self._expired = True
        if known_to_us:
            self.token, self._expired = "", False

    def sends(self, request: Request) -> bool:
        return request.path == "/cgi-bin/message/template/send"

    def answer(self, request: Request) -> tuple[int, dict[str, Any]]:
        answers = {
            "/cgi-bin/stable_token": self._stable_token,
            "/cgi-bin/message/template/send": self._send,
            "/sns/oauth2/access_token": self._oauth,
        }
        return 200, answers[request.path](request)

    def _stable_token(self, request: Request) -> dict[str, Any]:
        given = request.json()
        if (given["appid"], given["secret"]) != (APP_ID, SECRET):
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if given["force_refresh"]:
            self.forced += 1
        if given["force_refresh"] or not self.token:
            self.token, self._expired = secrets.token_hex(16), False
        return {"access_token": self.token, "expires_in": 7200}

    def _send(self, request: Request) -> dict[str, Any]:
        if request.query["access_token"] != self.token:
            return {"errcode": 40001, "errmsg": "invalid credential"}
        if self._expired:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        given = request.json()
        openid = given["touser"]
        if errcode := self.errcodes.get(openid):
            return {"errcode": errcode, "errmsg": "as the test wants"}
        values = {name: each["value"] for name, each in given["data"].items()}
        fits = set(values) == set(MOST) and all(len(values[name]) <= MOST[name] for name in MOST)
        if given["template_id"] not in (NOTICE, DIGEST) or not fits:
            return {"errcode": 47003, "errmsg": "argument invalid"}
        key = (openid, given["client_msg_id"])
        former = self._by_key.get(key)
        if former is not None and time.time() - former.at < SAME_SECONDS:
            self.repeated += 1
            return {"errcode": 0, "errmsg": "ok", "msgid": former.msgid}
        msgid = 200163000 + len(self.sent)
        sent = Sent(openid, given["template_id"], values, msgid, key[1], time.time())
        self._by_key[key] = sent
        self.sent.append(sent)
        return {"errcode": 0, "errmsg": "ok", "msgid": msgid}

    def _oauth(self, request: Request) -> dict[str, Any]:
        openid = self.people.pop(request.query["code"], None)
        right = (request.query["appid"], request.query["secret"]) == (APP_ID, SECRET)
        if openid is None or not right:
            return {"errcode": 40029, "errmsg": "invalid code"}
        return {"access_token": "sns", "expires_in": 7200, "openid": openid, "scope": "snsapi_base"}


# -- what WeChat posts to us -----------------------------------------------------------------


def pushed(plain: str, *, token: str = TOKEN, at: float | None = None) -> tuple[str, bytes]:
    """Query and body of a callback in the safe mode."""
    sealed = _sealed(plain)
    stamp, nonce = str(int(time.time() if at is None else at)), secrets.token_hex(6)
    query = {
        "signature": signature(token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": signature(token, stamp, nonce, sealed),
    }
    body = (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>"
        f"<Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    )
    return urlencode(query), body.encode()


def receipt(openid: str, msgid: int, status: str = "success") -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>"
        f"<FromUserName><![CDATA[{openid}]]></FromUserName><CreateTime>1486342800</CreateTime>"
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>"
        f"<MsgID>{msgid}</MsgID><Status><![CDATA[{status}]]></Status></xml>"
    )


def written(openid: str, text: str) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>"
        f"<FromUserName><![CDATA[{openid}]]></FromUserName><CreateTime>1486342800</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
        "<MsgId>1234567890</MsgId></xml>"
    )


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def _cipher() -> Any:
    key = base64.b64decode(AES_KEY + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _sealed(plain: str) -> str:
    text = plain.encode()
    whole = os.urandom(16) + struct.pack(">I", len(text)) + text + APP_ID.encode()
    missing = 32 - len(whole) % 32
    sealer = _cipher().encryptor()
    padded = whole + bytes([missing]) * missing
    return base64.b64encode(sealer.update(padded) + sealer.finalize()).decode()


def opened(sealed: str) -> str:
    """What our answer holds."""
    opener = _cipher().decryptor()
    plain = opener.update(base64.b64decode(sealed)) + opener.finalize()
    [length] = struct.unpack(">I", plain[16:20])
    return str(plain[20 : 20 + length].decode())
