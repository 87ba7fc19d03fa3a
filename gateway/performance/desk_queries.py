"""Reading what people decide about points."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Argument, Field, Int, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import local_id, paged, resolve_page
from gateway.performance.desk import (
    LateChangeConnection,
    LateChangeState,
    PerformanceTalkConnection,
    PointsAppealConnection,
    PointsAppealState,
    PointsRequestConnection,
    PointsRequestState,
    PointsYear,
    ScoringRules,
    TalkState,
    WhatIfEntryConnection,
)
from gateway.performance.fields import YEAR
from gateway.performance.types import SERVICE, Score

Row = dict[str, Any]
MEMBER = Argument(ID, description="委员编号。Global id of the member.")
VERSION = Argument(Int, required=True, description="积分办法版本号。Version of the rules.")


class DeskQuery:
    points_requests = paged(
        PointsRequestConnection,
        "人工记分申请，新的在前。Requests for points by hand, newest first.",
        state=Argument(PointsRequestState, description="状态。State."),
        member_id=MEMBER,
    )
    points_appeals = paged(
        PointsAppealConnection,
        "积分申诉，新的在前；委员只见本人的。Appeals, newest first; members see their own.",
        state=Argument(PointsAppealState, description="状态。State."),
        member_id=MEMBER,
        year=YEAR,
    )
    late_changes = paged(
        LateChangeConnection,
        "封存后变动，新的在前。Changes after a freeze, newest first.",
        state=Argument(LateChangeState, description="状态。State."),
        member_id=MEMBER,
        year=YEAR,
    )
    performance_talks = paged(
        PerformanceTalkConnection,
        "履职谈话，新的在前；委员只见本人的。Talks after weak years, newest first.",
        state=Argument(TalkState, description="状态。State."),
        member_id=MEMBER,
        year=YEAR,
    )
    scoring_rules = List(
        NonNull(ScoringRules),
        description="各版本积分办法，旧的在前。Versions of the rules, oldest first.",
    )
    points_years = List(
        NonNull(PointsYear),
        description="已公示或封存的年度，新的在前。Years with a draft or frozen, newest first.",
    )
    what_if_ranking = paged(
        WhatIfEntryConnection,
        "按另一版本办法试算的排名。The ranking of a year by other rules, beside the present one.",
        year=YEAR,
        version=VERSION,
    )
    what_if_score = Field(
        Score,
        member_id=Argument(ID, required=True, description="委员编号。Global id of the member."),
        year=YEAR,
        version=VERSION,
        description="按另一版本办法试算的积分及理由。A member's explained score by other rules.",
    )

    @staticmethod
    def resolve_points_requests(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_requests", first, after, asked)

    @staticmethod
    def resolve_points_appeals(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_appeals", first, after, asked)

    @staticmethod
    def resolve_late_changes(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_late_changes", first, after, asked)

    @staticmethod
    def resolve_performance_talks(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_talks", first, after, asked)

    @staticmethod
    def resolve_scoring_rules(_root: Any, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        found: Awaitable[list[Row]] = info.context.call(SERVICE, "rule_sets")
        return found

    @staticmethod
    def resolve_points_years(_root: Any, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        found: Awaitable[list[Row]] = info.context.call(SERVICE, "performance_years")
        return found

    @staticmethod
    def resolve_what_if_ranking(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        version: int,
        after: str | None = None,
        year: int | None = None,
    ) -> Awaitable[Row]:
        asked = {"year": year, "version_no": version}
        return resolve_page(info, SERVICE, "list_what_if", filter=asked, first=first, after=after)

    @staticmethod
    def resolve_what_if_score(
        _root: Any,
        info: GraphQLResolveInfo,
        member_id: str,
        version: int,
        year: int | None = None,
    ) -> Awaitable[Row]:
        found: Awaitable[Row] = info.context.call(
            SERVICE,
            "what_if_score",
            member_id=local_id(member_id, "Member", "memberId"),
            year=year,
            version_no=version,
        )
        return found


def _page(
    info: GraphQLResolveInfo, method: str, first: int, after: str | None, asked: Row
) -> Awaitable[Row]:
    member_id = asked.get("member_id")
    local = {"member_id": local_id(member_id, "Member", "memberId")} if member_id else {}
    state = {"state": asked["state"].value} if asked.get("state") else {}
    filter = {**asked, **state, **local}
    return resolve_page(info, SERVICE, method, filter=filter, first=first, after=after)
