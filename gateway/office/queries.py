"""Reading meetings. What a viewer may not see is refused by the service."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Argument, Boolean, Field, InputObjectType
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, local_id, localise, paged, resolve_page
from gateway.office.enums import MeetingState
from gateway.office.loaders import SERVICE
from gateway.office.meetings import CalendarFeed, CheckInCode, Meeting, MeetingConnection
from gateway.office.paper_queries import PAPER_QUERIES
from gateway.performance.statistics import MeetingKind

Row = dict[str, Any]


class MeetingFilter(InputObjectType):
    """会议筛选条件。All of these must hold."""

    kind = MeetingKind(description="会议类型。Kind.")
    state = MeetingState(description="状态。State.")
    organiser = ID(description="组织机构。Of this organisation.")
    since = DateTime(description="此时及以后开始。Beginning then or later.")
    until = DateTime(description="此时以前开始。Beginning before.")
    invited = Boolean(description="仅邀请本人的。Only those that the viewer is invited to.")


def _meeting() -> Argument:
    return Argument(ID, required=True, description="会议编号。Id of the meeting.")


class MeetingsQuery:
    meeting = Field(
        Meeting,
        id=_meeting(),
        description="一次会议，无权查看时为空。A meeting; null where it may not be seen.",
    )
    meetings = paged(
        MeetingConnection,
        "可以查看的会议，按开始时间。The meetings that the viewer may see, by date.",
        filter=Argument(MeetingFilter, description="筛选。Filter."),
        latest_first=Argument(
            Boolean, default_value=True, description="是否晚的在前。The latest first."
        ),
    )
    check_in_code = Field(
        CheckInCode,
        meeting_id=_meeting(),
        description="当前签到码，供组织者显示。The code to show now, for who runs the meeting.",
    )

    @staticmethod
    async def resolve_meeting(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        row: Row | None = await info.context.loaders.meetings.load(local_id(id, "Meeting", "id"))
        return row

    @staticmethod
    def resolve_meetings(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        latest_first: bool,
        after: str | None = None,
        filter: Row | None = None,
    ) -> Awaitable[Row]:
        chosen = localise(filter or {}, {"organiser": "Organisation"})
        return resolve_page(
            info,
            SERVICE,
            "list_meetings",
            filter=chosen,
            first=first,
            after=after,
            latest_first=latest_first,
        )

    @staticmethod
    def resolve_check_in_code(
        _root: Any, info: GraphQLResolveInfo, meeting_id: str
    ) -> Awaitable[Row]:
        key = local_id(meeting_id, "Meeting", "meetingId")
        code: Awaitable[Row] = info.context.call(SERVICE, "check_in_code", meeting_id=key)
        return code


class ViewerCalendar:
    calendar_feed = Field(
        CalendarFeed, description="本人的日历订阅，未开通时为空。The viewer's calendar feed."
    )

    @staticmethod
    async def resolve_calendar_feed(viewer: Row, info: GraphQLResolveInfo) -> Row | None:
        if viewer["member_id"] is None:
            return None
        feed: Row | None = await info.context.call(SERVICE, "own_feed")
        return feed


QUERIES = [MeetingsQuery, *PAPER_QUERIES]
VIEWER = [ViewerCalendar]
