"""A service that answers what it is sent: once as a read, once as a write."""

from __future__ import annotations

from typing import Any

from shared.call import Call
from shared.messaging.service import Platform, Provide, read, rpc


def build(platform: Platform) -> None:
    platform.database.prepare({})


class BencherService:
    name = "bencher"
    deps = Provide(build)

    @read
    def echo(self, call: Call, **payload: Any) -> Any:
        return payload["text"]

    @rpc
    def work(self, call: Call, **payload: Any) -> Any:
        return payload["text"]
