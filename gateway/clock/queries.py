"""`serverTime`: due dates and greetings go by the platform's time, not by the client's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from graphene import Field, Int, ObjectType
from graphql import GraphQLResolveInfo

from gateway.base import DateTime
from shared.clock import SHANGHAI


class ServerTime(ObjectType):
    """平台时间。What time it is here; in a demo that is another than the calendar's."""

    now = DateTime(required=True, description="平台时间，期限据此计算。By which dates are due.")
    real = DateTime(required=True, description="实际时间。Real time, by which tokens end.")
    offset_seconds = Int(
        required=True, description="平台时间减实际时间，秒，正式环境为0。Now less real, seconds."
    )


class ClockQuery:
    server_time = Field(
        ServerTime, description="平台时间和演示偏移，无须登录。The time here, for everybody."
    )

    @staticmethod
    async def resolve_server_time(_root: Any, info: GraphQLResolveInfo) -> dict[str, Any]:
        now = await info.context.files.store.now()
        real = datetime.now(SHANGHAI)
        return {
            "now": now.isoformat(),
            "real": real.isoformat(),
            "offset_seconds": round((now - real).total_seconds()),
        }


QUERIES = [ClockQuery]
