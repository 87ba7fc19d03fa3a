"""Who somebody is at our WeChat official account: OAuth redirect, sns/oauth2/access_token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from services.identity.domain.errors import WechatRefused
from shared.errors import Unavailable
from shared.outside import NotSent, Outside, Unclear
from shared.settings import given_together

ENDPOINT = "https://api.weixin.qq.com"
AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"


@dataclass(frozen=True)
class WechatLogin:
    """page: of the mobile client, where WeChat leads back to with `code` and `state`."""

    app_id: str
    secret: str = field(repr=False)
    page: str
    outside: Outside = field(repr=False)

    @classmethod
    def configured(cls, environ: Mapping[str, str]) -> WechatLogin | None:
        """None where no page is set; raises SettingsError for half of the settings."""
        if not environ.get("WECHAT_BINDING_PAGE"):
            return None
        given = given_together(environ, "WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_BINDING_PAGE")
        if given is None:
            return None
        app_id, secret, page = given
        return cls(app_id, secret, page, Outside(environ.get("WECHAT_URL") or ENDPOINT))

    def address(self, state: str) -> str:
        """Opened inside WeChat. snsapi_base asks for the identity alone, without a question."""
        query = urlencode(
            {
                "appid": self.app_id,
                "redirect_uri": self.page,
                "response_type": "code",
                "scope": "snsapi_base",
                "state": state,
            }
        )
        return f"{AUTHORIZE}?{query}#wechat_redirect"

    def openid(self, code: str) -> str:
        """Raises WechatRefused for a code that WeChat does not know, Unavailable."""
        query = urlencode(
            {
                "appid": self.app_id,
                "secret": self.secret,
                "code": code,
                "grant_type": "authorization_code",
            }
        )
        try:
            answer = self.outside.call("GET", f"/sns/oauth2/access_token?{query}")
        except (NotSent, Unclear):
            raise Unavailable("微信暂时无法连接，请稍后再试") from None
        openid = answer.get("openid")
        if not openid:
            raise WechatRefused(field="code")
        return str(openid)
