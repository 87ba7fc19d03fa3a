"""Members' Homes, their rota and their visitors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, InputObjectType, Int, List, NonNull, String

from gateway.base import CommandMutation, Date, DateTime
from gateway.liaison.enums import LeadTarget
from gateway.liaison.homes import HomeDuty, MembersHome, Reception, VisitBooking
from gateway.liaison.loaders import SERVICE
from gateway.liaison.mutations.activities import MapPointInput

Ids = Mapping[str, str]


class HomeHoursInput(InputObjectType):
    """一天的开放时间。Hours of a weekday."""

    weekday = Int(required=True, description="星期，1为周一。Weekday, 1 is Monday.")
    opens = String(required=True, description="开始，如 09:00。From.")
    closes = String(required=True, description="结束，如 11:30。To.")


class RotaRowInput(InputObjectType):
    """一天的值班安排。Who is on duty on a day."""

    on = Date(required=True, description="日期。Day.")
    member_id = ID(description="委员，不填为取消。The member; none to cancel.")


class _Home(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "home"
    ids: ClassVar[Ids] = {"home_id": "MembersHome"}
    home = Field(MembersHome, description="委员之家。The home afterwards.")


class _Duty(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "duty"
    ids: ClassVar[Ids] = {"duty_id": "HomeDuty"}
    duty = Field(HomeDuty, description="值班。The day on duty afterwards.")


class _Reception(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "reception"
    ids: ClassVar[Ids] = {"reception_id": "Reception"}
    reception = Field(Reception, description="接待记录。The reception afterwards.")


class WriteMembersHome(_Home):
    """登记或修改本镇（街道）的委员之家。Enter a home of one's own town, or change it."""

    class Input:
        home_id = ID(description="编号，新登记时不填。Global id; none for a new one.")
        name = String(required=True, description="名称。Name.")
        address = String(required=True, description="地址。Address.")
        location = MapPointInput(description="坐标。Place on the map.")
        phone = String(description="电话。Phone.")
        hours = List(NonNull(HomeHoursInput), description="开放时间。Opening hours.")
        members = List(NonNull(ID), description="进驻委员。Its members.")
        sign = String(description="标牌。Sign.")
        duties = String(description="职责。Duties.")
        process = String(description="流程。Process.")
        rules = String(description="制度。Rules.")

    method = "write_home"
    ids: ClassVar[Ids] = {"home_id": "MembersHome", "members": "Member"}


class OpenMembersHome(_Home):
    """开放或恢复委员之家。Open a home, or open it again."""

    class Input:
        home_id = ID(required=True, description="委员之家编号。Global id of the home.")

    method = "open_home"


class SuspendMembersHome(_Home):
    """暂停委员之家。Suspend a home."""

    class Input:
        home_id = ID(required=True, description="委员之家编号。Global id of the home.")
        reason = String(required=True, description="理由。Reason.")

    method = "suspend_home"


class CloseMembersHome(_Home):
    """关闭委员之家。Close a home."""

    class Input:
        home_id = ID(required=True, description="委员之家编号。Global id of the home.")
        reason = String(required=True, description="理由。Reason.")

    method = "close_home"


class SetHomeRota(_Home):
    """安排值班。Say who is on duty when."""

    class Input:
        home_id = ID(required=True, description="委员之家编号。Global id of the home.")
        rows = List(
            NonNull(RotaRowInput),
            required=True,
            description="值班安排，不列的日期不变。Days; others stay.",
        )

    method = "set_rota"
    ids: ClassVar[Ids] = {"home_id": "MembersHome", "rows.member_id": "Member"}


class ConfirmHomeDuty(_Duty):
    """确认值班（镇、街道工委）。Confirm a day on duty."""

    class Input:
        duty_id = ID(required=True, description="值班编号。Global id of the day.")
        took_part = Boolean(required=True, description="是否到岗。Whether the member was there.")

    method = "confirm_duty"


class CorrectHomeDuty(_Duty):
    """更正值班记录。Correct a day on duty."""

    class Input:
        duty_id = ID(required=True, description="值班编号。Global id of the day.")
        took_part = Boolean(required=True, description="是否到岗。Whether the member was there.")
        reason = String(required=True, description="理由。Reason.")

    method = "correct_duty"


class RecordReception(_Reception):
    """记录接待（值班委员、召集人、工委）。Write down a reception."""

    class Input:
        home_id = ID(required=True, description="委员之家编号。Global id of the home.")
        at = DateTime(description="时间，默认现在。When; now unless told.")
        booking_id = ID(description="预约编号。The booking that it answers.")
        matter = String(required=True, description="反映的情况。Matter.")
        topic = String(description="议题。Topic.")
        name = String(description="来访人姓名，须经同意。Visitor's name, with consent.")
        phone = String(description="来访人电话，须经同意。Phone, with consent.")
        consent = Boolean(description="来访人是否同意登记个人信息。Whether the visitor agrees.")

    method = "record_reception"
    ids: ClassVar[Ids] = {"home_id": "MembersHome", "booking_id": "VisitBooking"}


class ForwardReception(_Reception):
    """转办接待事项。Turn the matter into a lead."""

    class Input:
        reception_id = ID(required=True, description="接待记录编号。Global id of the reception.")
        to = LeadTarget(required=True, description="去向。Where to.")
        topic = String(description="议题，如二次供水。Topic of the dossier.")
        title = String(required=True, description="标题。Title.")
        text = String(required=True, description="内容，不含个人信息。Text, without personal data.")

    method = "forward_reception"


class AnswerReception(_Reception):
    """直接答复来访人。Answer the visitor at once."""

    class Input:
        reception_id = ID(required=True, description="接待记录编号。Global id of the reception.")
        answer = String(required=True, description="答复。Answer.")

    method = "answer_reception"


class CloseReception(_Reception):
    """办结接待事项。Close the matter."""

    class Input:
        reception_id = ID(required=True, description="接待记录编号。Global id of the reception.")

    method = "close_reception"


class NoteHomeVisitMissed(CommandMutation):
    """登记预约群众未到（当日值班委员、召集人、工委）。The visitor who booked did not come."""

    class Input:
        booking_id = ID(required=True, description="预约编号。Global id of the booking.")

    service = SERVICE
    method = "miss_booking"
    result_field = "booking"
    ids: ClassVar[Ids] = {"booking_id": "VisitBooking"}
    booking = Field(VisitBooking, description="预约。The booking afterwards.")


HOMES: list[Any] = [
    WriteMembersHome,
    OpenMembersHome,
    SuspendMembersHome,
    CloseMembersHome,
    SetHomeRota,
    ConfirmHomeDuty,
    CorrectHomeDuty,
    RecordReception,
    ForwardReception,
    AnswerReception,
    CloseReception,
    NoteHomeVisitMissed,
]
