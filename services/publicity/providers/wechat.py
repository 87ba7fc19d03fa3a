"""The WeChat official account (微信公众号), by its HTTP interface.

draft/add, freepublish/submit, freepublish/get. Bodies are plain text here and become
paragraphs of escaped HTML: nothing that a writer types is markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from services.publicity.domain.outside import Outside, Status
from shared.outside import NotSent, Unclear
from shared.settings import given_together
from shared.wechat import NoToken, OfficialAccount

DONE, GOING_ON = 0, 1  # publish_status
ERRORS = {
    "unanswered": "微信服务器没有正常应答",
    "resting": "微信服务器没有正常应答",
    "-1": "微信系统繁忙",
    "40007": "草稿或封面素材不存在",
    "40013": "公众号AppID无效",
    "40125": "公众号AppSecret无效",
    "40164": "服务器地址不在公众号白名单",
    "45009": "公众号接口今日调用次数已用完",
    "45011": "公众号接口调用过于频繁",
    "48001": "公众号没有该接口权限",
    "53503": "草稿未通过发布检查",
}
STATUSES = {2: "原创校验未通过", 3: "发布失败", 4: "平台审核不通过", 5: "已被删除", 6: "已被封禁"}


class Articles:
    """What the account publishes. account: None: not set up, each request raises Outside.

    cover: media id of the picture that articles begin with, which WeChat wants.
    """

    def __init__(self, account: OfficialAccount | None, cover: str = "") -> None:
        self._account, self._cover = account, cover

    @classmethod
    def configured(cls, environ: Mapping[str, str]) -> Articles:
        """Set up where a cover is given; raises SettingsError for a cover without an account."""
        if not (cover := environ.get("WECHAT_COVER", "")):
            return cls(None)
        given = given_together(environ, "WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_COVER")
        assert given is not None
        return cls(OfficialAccount.at(given[0], given[1], environ), cover)

    def add_draft(self, title: str, author: str, body: str) -> str:
        """The draft's media id."""
        article = {
            "title": title,
            "author": author,
            "content": paragraphs(body),
            "thumb_media_id": self._cover,
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
        if self._account is None:
            raise Outside("公众号尚未配置")
        try:
            return _good(self._account.post(f"/cgi-bin/{path}", body))
        except NoToken as error:
            raise Outside(_said(error.code)) from None
        except (NotSent, Unclear):
            raise Outside("微信服务器没有正常应答") from None


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in parts)


def _good(answer: dict[str, Any]) -> dict[str, Any]:
    """Raises Outside for an answer with an error."""
    if code := answer.get("errcode"):
        raise Outside(_said(str(code)))
    return answer


def _said(code: str) -> str:
    return f"微信：{ERRORS.get(code, '接口返回错误')}（{code}）"
