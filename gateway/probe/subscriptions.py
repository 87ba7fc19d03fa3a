"""`heartbeat(count)`: a public, finite subscription (decision 34)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from graphene import Field, Int, NonNull
from graphql import GraphQLResolveInfo

from shared.errors import InvalidInput

MOST_BEATS = 10
SECONDS_BETWEEN = 0.1


class HeartbeatSubscription:
    """Ticks that anyone may ask for."""

    heartbeat = Field(
        NonNull(Int),
        count=Int(required=True, description="次数，1至10。How many ticks, 1 to 10."),
        description="探测用心跳，每100毫秒一次。Ticks 1 to `count`, one each 100 ms, for probes.",
    )

    @staticmethod
    def subscribe_heartbeat(
        _root: Any, _info: GraphQLResolveInfo, count: int
    ) -> AsyncIterator[int]:
        if not 1 <= count <= MOST_BEATS:
            raise InvalidInput(f"次数应为1至{MOST_BEATS}", field="count")
        return _beats(count)


async def _beats(count: int) -> AsyncIterator[int]:
    for beat in range(1, count + 1):
        await asyncio.sleep(SECONDS_BETWEEN)
        yield beat


SUBSCRIPTIONS = [HeartbeatSubscription]
