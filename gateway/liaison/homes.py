"""Members' Homes and their visitors, as the liaison service sends them."""

from __future__ import annotations

from typing import Any

from graphene import Boolean, Field, Float, Int, List, NonNull, ObjectType, String

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    global_id,
    labelled,
    loaded_by,
    reference,
    references,
)
from gateway.liaison import fields
from gateway.liaison.enums import (
    BookingState,
    HomeDutyState,
    MembersHomeState,
    ReceptionChannel,
    ReceptionState,
    VisitorState,
)
from gateway.members.organisations import Topical
from gateway.members.types import Member

Row = dict[str, Any]


class MapPoint(ObjectType):
    """坐标（WGS 84）。A place on the map, in degrees."""

    latitude = Float(required=True, description="纬度。Latitude.")
    longitude = Float(required=True, description="经度。Longitude.")


class HomeHours(ObjectType):
    """一天的开放时间。Hours of a weekday."""

    weekday = Int(required=True, description="星期，1为周一。Weekday, 1 is Monday.")
    opens = String(required=True, description="开始。From.")
    closes = String(required=True, description="结束。To.")


class MembersHome(NodeType):
    """委员之家，上墙内容对外公开。A Members' Home; what hangs on its wall is public."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    name = String(required=True, description="名称。Name.")
    town = fields.town()
    address = String(required=True, description="地址。Address.")
    location = Field(MapPoint, description="坐标。Place on the map.")
    phone = String(required=True, description="电话。Phone.")
    hours = List(NonNull(HomeHours), required=True, description="开放时间。Opening hours.")
    member_list = references(
        Member, "members", loader="members", description="进驻委员。Its members."
    )
    sign = String(required=True, description="标牌。Sign.")
    duties = String(required=True, description="职责。Duties.")
    process = String(required=True, description="流程。Process.")
    rules = String(required=True, description="制度。Rules.")
    state, state_label = labelled(MembersHomeState, "状态。State.", required=True)
    reason = String(description="暂停或关闭的理由。Why it is suspended or closed.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")

    get_node = loaded_by("members_homes")


def of_home() -> Field:
    return reference(
        MembersHome,
        "home",
        key="home_id",
        loader="members_homes",
        description="委员之家。The home.",
    )


class HomeDuty(NodeType):
    """一天的值班。A day on duty."""

    home = of_home()
    on = String(required=True, description="日期。Day.")
    starts_at = DateTime(required=True, description="开始时间。Beginning.")
    member = fields.member("member", "member_id", "值班委员。Who is on duty.")
    state, state_label = labelled(HomeDutyState, "状态。State.", required=True)
    may_confirm = Boolean(required=True, description="能否确认。Whether the viewer may confirm it.")

    get_node = loaded_by("home_duties")


class Reception(Topical, NodeType):
    """接待记录。A visitor's reception."""

    home = of_home()
    town = fields.town()
    channel, channel_label = labelled(
        ReceptionChannel, "渠道。How the visitor came.", "channel", required=True
    )
    at = DateTime(required=True, description="时间。When.")
    matter = String(required=True, description="反映的情况。Matter.")
    topic = String(required=True, description="议题。Topic.")
    on_duty_members = references(
        Member, "on_duty", loader="members", description="接待的委员。Who received the visitor."
    )
    visitor_name = String(
        description="来访人姓名，接待人和工委可见。Visitor's name, for the hosts."
    )
    visitor_phone = String(description="来访人电话，接待人和工委可见。Phone, for the hosts.")
    code = String(
        description="来访人的查询码，接待人和工委可见。The visitor's code, for the hosts."
    )
    state, state_label = labelled(ReceptionState, "状态。State.", required=True)
    answer = String(description="答复。Answer.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may act on it.")
    lead_ids = List(
        NonNull(String),
        resolver=FromRow(lambda row: [global_id("Lead", id) for id in row["lead_ids"]]),
        description="转办事项的全局编号。Global ids of what it was turned into.",
    )

    get_node = loaded_by("receptions")


class VisitBooking(NodeType):
    """群众预约。A visitor's booking."""

    home = of_home()
    on = String(required=True, description="日期。Day.")
    starts_at = DateTime(required=True, description="开放时间。When the home opens.")
    matter = String(required=True, description="想反映的情况。What it is about.")
    visitor_name = String(description="姓名。Name.")
    visitor_phone = String(description="电话。Phone.")
    code = String(required=True, description="查询码。Code.")
    state, state_label = labelled(BookingState, "状态。State.", required=True)

    get_node = loaded_by("visit_bookings")


class VisitorMatter(ObjectType):
    """来访人凭码可见的进展。All that a visitor's code shows."""

    state, state_label = labelled(VisitorState, "进展。How far it is.", required=True)
