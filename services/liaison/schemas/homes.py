"""What the operations of liaison are given: homes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from services.liaison.domain import homes, receptions
from services.liaison.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import Of, OfTopic, Since, Until
from shared.schemas import Choice, Day, Flag, Id, Many, Matching, Number, Text

CLOCK = Matching(r"([01]\d|2[0-3]):[0-5]\d", "时间格式应为 09:00")
HOME = Answer("home", "MembersHome", "委员之家。The home afterwards.")
DUTY = Answer("duty", "HomeDuty", "值班。The day on duty afterwards.")

EnteredId = Annotated[
    str, about(Id("MembersHome"), "编号，新登记时不填。Global id; none for a new one.")
]
DutyId = Annotated[str, about(Id("HomeDuty"), "值班编号。Global id of the day.")]
TookPart = Annotated[bool, about(Flag(), "是否到岗。Whether the member was there.")]
Code = Annotated[str, about(Text(1, 40), "查询码。The visitor's code.")]


class HomeHoursInput(TypedDict):
    """一天的开放时间。Hours of a weekday."""

    weekday: Annotated[int, about(Number(1, 7), "星期，1为周一。Weekday, 1 is Monday.")]
    opens: Annotated[str, about(CLOCK, "开始，如 09:00。From.")]
    closes: Annotated[str, about(CLOCK, "结束，如 11:30。To.")]


class RotaRowInput(TypedDict):
    """一天的值班安排。Who is on duty on a day."""

    on: Annotated[date, about(Day(), "日期。Day.")]
    member_id: (
        Annotated[str, about(Id("Member"), "委员，不填为取消。The member; none to cancel.")] | None
    )


class MembersHomeFilter(TypedDict, total=False):
    """委员之家筛选条件。All of these must hold."""

    town: common.OfTown | None
    state: Annotated[homes.HomeState, about(Choice(homes.HomeState), "状态。State.")] | None


class HomeDutyFilter(TypedDict, total=False):
    """值班筛选条件。All of these must hold."""

    home_id: common.OfHome | None
    member_id: Annotated[str, about(Id("Member"), "值班委员。Of this member.")] | None
    unconfirmed: Annotated[
        bool, about(Flag(), "仅已开始、到岗待确认的。Only those begun, to be confirmed.")
    ]
    state: Annotated[homes.DutyState, about(Choice(homes.DutyState), "状态。State.")] | None
    year: common.Year | None
    since: Since | None
    until: Until | None


class ReceptionFilter(TypedDict, total=False):
    """接待记录筛选条件。All of these must hold."""

    topic_code: OfTopic | None
    home_id: common.OfHome | None
    town: common.OfTown | None
    state: (
        Annotated[
            receptions.ReceptionState, about(Choice(receptions.ReceptionState), "状态。State.")
        ]
        | None
    )
    channel: (
        Annotated[
            receptions.Channel, about(Choice(receptions.Channel), "渠道。How the visitor came.")
        ]
        | None
    )
    year: common.Year | None


class VisitBookingFilter(TypedDict, total=False):
    """预约筛选条件。All of these must hold."""

    home_id: common.OfHome | None
    state: (
        Annotated[receptions.BookingState, about(Choice(receptions.BookingState), "状态。State.")]
        | None
    )


class Wall(TypedDict):
    """What hangs on the wall."""

    name: common.ShortName
    address: Annotated[str, about(Text(2, 200), "地址。Address.")]
    location: common.Location | None
    phone: common.Phone
    members: Annotated[
        list[str], about(Many(Id("Member"), high=200), "进驻委员。Its members.", default=list)
    ]
    sign: Annotated[str, about(Text(0, 200), "标牌。Sign.", default="")]
    duties: Annotated[str, about(Text(0, 5000), "职责。Duties.", default="")]
    process: Annotated[str, about(Text(0, 5000), "流程。Process.", default="")]
    rules: Annotated[str, about(Text(0, 5000), "制度。Rules.", default="")]


Hours = Annotated[
    list[HomeHoursInput],
    about(Many(Of(HomeHoursInput), high=21), "开放时间。Opening hours.", default=list),
]
RotaRows = Annotated[
    list[RotaRowInput],
    about(Many(Of(RotaRowInput), 1, 200), "值班安排，不列的日期不变。Days; others stay."),
]
