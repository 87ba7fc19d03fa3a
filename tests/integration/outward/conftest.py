"""A platform whose outlets are on: its providers are the local servers of tests/providers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.outward.world import SMS_KEY, World
from tests.providers.aliyun import SETTINGS as SMS
from tests.providers.aliyun import AliyunServer
from tests.providers.wechat import SETTINGS as WECHAT
from tests.providers.wechat import WechatServer
from tests.stack import alone

SOON = {
    "SEND_DELAYS": ",".join(["0.4"] * 30),
    "SEND_LEASE": "4",
    "SCAN_SECONDS": "0.3",
}


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[World]:
    with AliyunServer() as sms, WechatServer() as wechat:
        addresses = {"SMS_URL": sms.url, "WECHAT_URL": wechat.url, "SMS_CALLBACK_KEY": SMS_KEY}
        more = {**SOON, **SMS, **WECHAT, **addresses}
        with alone(tmp_path_factory.mktemp("outward"), memory, more) as stack:
            stack.open_term()
            yield World(stack, sms, wechat)


@pytest.fixture(autouse=True)
def calm(world: World) -> None:
    """A test finds providers that work, and noon: nobody's quiet hours."""
    world.calm()
