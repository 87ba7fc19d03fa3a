"""Single records, meetings in either order, the viewer's calendar feed."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Argument, Boolean, Field
from graphql import GraphQLResolveInfo

from gateway.base import by_id, connection, localise, paged, resolve_page
from gateway.manifests import input_type
from gateway.office.affairs import Affair, WorkPlan
from gateway.office.documents import IncomingDocument, OutgoingDocument
from gateway.office.loaders import SERVICE
from gateway.office.meetings import CalendarFeed, Meeting

Row = dict[str, Any]


class OfficeQuery:
    meeting = by_id(
        Meeting,
        "一次会议，无权查看时为空。A meeting; null where it may not be seen.",
        "会议编号。Id of the meeting.",
    )
    outgoing_document = by_id(OutgoingDocument, "一件发文，无权查看时为空。An outgoing document.")
    incoming_document = by_id(IncomingDocument, "一件收文，无权查看时为空。An incoming document.")
    affair = by_id(Affair, "一个事项，无权查看时为空。An affair.")
    work_plan = by_id(WorkPlan, "一份年度工作要点。An annual plan.")
    meetings = paged(
        connection(Meeting),
        "可以查看的会议，按开始时间。The meetings that the viewer may see, by date.",
        filter=Argument(input_type("MeetingFilter"), description="筛选。Filter."),
        latest_first=Argument(
            Boolean, default_value=True, description="是否晚的在前。The latest first."
        ),
    )

    @staticmethod
    def resolve_meetings(
        _root: Any, info: GraphQLResolveInfo, filter: Row | None = None, **asked: Any
    ) -> Awaitable[Row]:
        chosen = localise(filter or {}, {"organiser": "Organisation"})
        return resolve_page(info, SERVICE, "list_meetings", filter=chosen, **asked)


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


QUERIES = [OfficeQuery]
VIEWER = [ViewerCalendar]
