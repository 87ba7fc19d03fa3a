"""Reading points. What a viewer may not see is refused by the service."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Argument, Field
from graphql import GraphQLResolveInfo

from gateway.base import asked, local_id, paged, resolve_page
from gateway.performance.desk_queries import DeskQuery
from gateway.performance.fields import YEAR, ViewerScore
from gateway.performance.statistics import StatisticsQuery, ViewerDuties
from gateway.performance.types import (
    SERVICE,
    LedgerEntryConnection,
    RankingEntryConnection,
    Score,
)


def _member() -> Argument:
    return Argument(ID, required=True, description="委员编号。Global id of the member.")


COMPARED = {"previous_rank", "previous_total"}


async def ranking_page(
    info: GraphQLResolveInfo, year: int | None, first: int, after: str | None
) -> dict[str, Any]:
    """A page of the ranking; with the year before where that is asked for, in one more call."""
    of_year = {"year": year}
    page = await resolve_page(
        info, SERVICE, "list_ranking", filter=of_year, first=first, after=after
    )
    rows = [edge["node"] for edge in page["edges"]]
    if rows and COMPARED & asked(info, "edges", "node"):
        former = await info.context.call(
            SERVICE,
            "standings_by_member_ids",
            member_ids=[row["member_id"] for row in rows],
            year=rows[0]["year"] - 1,
        )
        places = {standing["member_id"]: standing for standing in former}
        for row in rows:
            place = places.get(row["member_id"], {})
            row["previous_rank"] = place.get("rank")
            row["previous_total"] = place.get("total")
    return page


class PerformanceQuery:
    score = Field(
        Score,
        member_id=_member(),
        year=YEAR,
        description="委员年度履职积分及理由。A member's score of a year, explained.",
    )
    ledger = paged(
        LedgerEntryConnection,
        "委员年度履职账目，新的在前。A member's ledger entries of a year, newest first.",
        member_id=_member(),
        year=YEAR,
    )
    ranking = paged(
        RankingEntryConnection,
        "年度履职积分排名，不记分者列于末尾。Ranking of a year; those not scored at the end.",
        year=YEAR,
    )

    @staticmethod
    def resolve_score(
        _root: Any, info: GraphQLResolveInfo, member_id: str, year: int | None = None
    ) -> Awaitable[dict[str, Any]]:
        score: Awaitable[dict[str, Any]] = info.context.call(
            SERVICE, "score", member_id=local_id(member_id, "Member", "memberId"), year=year
        )
        return score

    @staticmethod
    def resolve_ledger(
        _root: Any,
        info: GraphQLResolveInfo,
        member_id: str,
        first: int,
        year: int | None = None,
        after: str | None = None,
    ) -> Awaitable[dict[str, Any]]:
        of = {"member_id": local_id(member_id, "Member", "memberId"), "year": year}
        return resolve_page(info, SERVICE, "list_ledger", filter=of, first=first, after=after)

    @staticmethod
    def resolve_ranking(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        year: int | None = None,
        after: str | None = None,
    ) -> Awaitable[dict[str, Any]]:
        return ranking_page(info, year, first, after)


QUERIES = [PerformanceQuery, DeskQuery, StatisticsQuery]
VIEWER = [ViewerScore, ViewerDuties]
