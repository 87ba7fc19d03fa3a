"""The score as a field of other types."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Field, Int
from graphql import GraphQLResolveInfo

from gateway.base import asked
from gateway.performance.loaders import SERVICE
from gateway.performance.types import Score

YEAR = Int(description="年度，默认今年。Year; the current one unless told.")
EXPLAINED = "categories"


class MemberScore:
    """For Member, in lists too: one call for all rows, null where the viewer may not see it."""

    score = Field(
        Score,
        year=YEAR,
        description=(
            "年度履职积分，无权查看时为空。Score of a year; null where the viewer may not see it."
        ),
    )

    @staticmethod
    def resolve_score(
        member: dict[str, Any], info: GraphQLResolveInfo, year: int | None = None
    ) -> Awaitable[dict[str, Any] | None]:
        key = (member["id"], year, EXPLAINED in asked(info))
        score: Awaitable[dict[str, Any] | None] = info.context.loaders.scores.load(key)
        return score


class ViewerScore:
    score = Field(
        Score, year=YEAR, description="本人年度履职积分。The viewer's own score; null if no member."
    )

    @staticmethod
    async def resolve_score(
        viewer: dict[str, Any], info: GraphQLResolveInfo, year: int | None = None
    ) -> dict[str, Any] | None:
        if viewer["member_id"] is None:
            return None
        score: dict[str, Any] = await info.context.call(SERVICE, "score", year=year)
        return score
