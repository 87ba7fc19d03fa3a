"""A platform whose outlets are on: its providers are the local servers of tests/providers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.outward.world import World
from tests.providers import aliyun
from tests.stack import alone

SOON = {
    "SEND_DELAYS": ",".join(["0.5"] * 9),
    "SEND_LEASE": "5",
    "SCAN_SECONDS": "0.3",
}


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[World]:
    with aliyun.AliyunServer() as sms:
        more = {**SOON, **aliyun.SETTINGS, "SMS_URL": sms.url}
        with alone(tmp_path_factory.mktemp("outward"), memory, more) as stack:
            stack.open_term()
            yield World(stack, sms)


@pytest.fixture(autouse=True)
def calm(world: World) -> None:
    """A test finds providers that work and have no memory of others' trouble."""
    world.calm()
