"""Reading points. What a viewer may not see is refused by the service."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from gateway.base import asked, connection, paged, resolve_page
from gateway.performance.fields import YEAR, ViewerScore
from gateway.performance.loaders import SERVICE
from gateway.performance.statistics import StatisticsQuery, ViewerDuties
from gateway.performance.types import RankingEntry

Row = dict[str, Any]
COMPARED = {"previous_rank", "previous_total"}


class PerformanceQuery:
    ranking = paged(
        connection(RankingEntry),
        "年度履职积分排名，不记分者列于末尾。Ranking of a year; those not scored at the end.",
        year=YEAR,
    )

    @staticmethod
    async def resolve_ranking(_root: Any, info: GraphQLResolveInfo, **asked_for: Any) -> Row:
        """With the year before where that is asked for, in one more call."""
        page = await resolve_page(info, SERVICE, "list_ranking", **asked_for)
        rows = [edge["node"] for edge in page["edges"]]
        if rows and COMPARED & asked(info, "edges", "node"):
            ids, year = [row["member_id"] for row in rows], rows[0]["year"] - 1
            former = await info.context.call(
                SERVICE, "standings_by_member_ids", member_ids=ids, year=year
            )
            places = {standing["member_id"]: standing for standing in former}
            for row in rows:
                place = places.get(row["member_id"], {})
                row["previous_rank"] = place.get("rank")
                row["previous_total"] = place.get("total")
        return page


QUERIES = [PerformanceQuery, StatisticsQuery]
VIEWER = [ViewerScore, ViewerDuties]
