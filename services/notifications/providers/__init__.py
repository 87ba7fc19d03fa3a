"""The providers that carry messages out of the platform.

An operator's settings of each come from the environment; without its keys an outlet is off.
Secrets, phones and openids never reach a log: what is logged of a try is its verdict.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.notifications.domain.channels import Provider
from services.notifications.domain.deliveries import Outlet
from services.notifications.providers.aliyun import Aliyun
from services.notifications.providers.wechat import Wechat


def configured(environ: Mapping[str, str]) -> dict[Outlet, Provider]:
    """Those whose settings are given. Raises SettingsError for half of them."""
    found: list[Provider | None] = [Wechat.configured(environ), Aliyun.configured(environ)]
    return {each.outlet: each for each in found if each is not None}
