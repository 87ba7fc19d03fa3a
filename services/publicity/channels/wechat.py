"""The WeChat official account (微信公众号), by its HTTP interface.

stable_token, draft/add, freepublish/submit, freepublish/get. Bodies are plain text here and become
paragraphs of escaped HTML: nothing that a writer types is markup.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError

from services.publicity.domain.outside import Outside, Status
from shared.settings import WeChat

SECONDS = 10
EARLY = 300  # seconds before its end a token is not used any more
STALE = {40001, 40014, 42001}  # the token is invalid, or over: one more try with a new one
DONE, GOING_ON = 0, 1  # publish_status
ERRORS = {
    -1: "微信系统繁忙",
    40007: "草稿或封面素材不存在",
    40013: "公众号AppID无效",
    40125: "公众号AppSecret无效",
    40164: "服务器地址不在公众号白名单",
    45009: "公众号接口今日调用次数已用完",
    45011: "公众号接口调用过于频繁",
    48001: "公众号没有该接口权限",
    53503: "草稿未通过发布检查",
}
STATUSES = {2: "原创校验未通过", 3: "发布失败", 4: "平台审核不通过", 5: "已被删除", 6: "已被封禁"}


class OfficialAccount:
    """config: None: not set up, each request raises Outside. now: seconds, of the token's life."""

    def __init__(self, config: WeChat | None, now: Callable[[], float] = time.monotonic) -> None:
        self._config, self._now = config, now
        self._pool = urllib3.PoolManager(timeout=SECONDS, retries=False)
        self._token, self._ends = "", 0.0
        self._renewing = Lock()

    def add_draft(self, title: str, author: str, body: str) -> str:
        """The draft's media id."""
        cover = self._config.cover if self._config else ""
        article = {
            "title": title,
            "author": author,
            "content": paragraphs(body),
            "thumb_media_id": cover,
        }
        return str(self._post("draft/add", {"articles": [article]})["media_id"])

    def submit(self, draft: str) -> str:
        """The id of the job that publishes it."""
        return str(self._post("freepublish/submit", {"media_id": draft})["publish_id"])

    def status(self, job: str) -> Status:
        """Raises Outside for a job that WeChat has refused."""
        answer = self._post("freepublish/get", {"publish_id": job})
        status = answer["publish_status"]
        if status == GOING_ON:
            return Status(None)
        if status != DONE:
            raise Outside(f"微信：{STATUSES.get(status, '发布失败')}（{status}）")
        items = answer.get("article_detail", {}).get("item", [])
        return Status(str(items[0]["article_url"]) if items else "")

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        token = self._current()
        answer = self._send(f"{path}?access_token={token}", body)
        if answer.get("errcode") in STALE:
            answer = self._send(f"{path}?access_token={self._renew(token)}", body)
        return _good(answer)

    def _current(self) -> str:
        return self._token if self._now() < self._ends else self._renew(self._token)

    def _renew(self, stale: str) -> str:
        """A new token; one of several who ask at once fetches it."""
        with self._renewing:
            if self._token != stale and self._now() < self._ends:
                return self._token
            said = {"grant_type": "client_credential", "force_refresh": False}
            if self._config is not None:
                said |= {"appid": self._config.app_id, "secret": self._config.secret}
            answer = _good(self._send("stable_token", said))
            self._token = str(answer["access_token"])
            self._ends = self._now() + answer["expires_in"] - EARLY
            return self._token

    def _send(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if self._config is None:
            raise Outside("公众号尚未配置")
        try:
            answer = self._pool.request("POST", f"{self._config.uri}/cgi-bin/{path}", json=body)
            told = answer.json()
        except (HTTPError, ValueError):
            raise Outside("微信服务器没有正常应答") from None
        if answer.status != 200 or not isinstance(told, dict):
            raise Outside(f"微信服务器应答异常（{answer.status}）")
        return told


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in parts)


def _good(answer: dict[str, Any]) -> dict[str, Any]:
    """Raises Outside for an answer with an error."""
    if code := answer.get("errcode"):
        raise Outside(f"微信：{ERRORS.get(code, '接口返回错误')}（{code}）")
    return answer
