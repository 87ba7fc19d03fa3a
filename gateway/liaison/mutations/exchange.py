"""Visits, representatives, topic groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, List, NonNull, String

from gateway.base import CommandMutation, DateTime, global_id
from gateway.liaison.enums import CircleKind, ExchangeKind, ExchangeLevel, RepresentativeCategory
from gateway.liaison.exchange import Circle, Exchange, Representative
from gateway.liaison.loaders import SERVICE

Ids = Mapping[str, str]


class _Exchange(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "exchange"
    ids: ClassVar[Ids] = {"exchange_id": "Exchange"}
    holder = "exchange_id"
    exchange = Field(Exchange, description="交往记录。The record afterwards.")


class _Representative(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "representative"
    ids: ClassVar[Ids] = {"representative_id": "Representative"}
    representative = Field(Representative, description="代表人士。The entry afterwards.")


class _Circle(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "circle"
    ids: ClassVar[Ids] = {"circle_id": "Circle"}
    circle = Field(Circle, description="交流小组。The group afterwards.")


class WriteExchange(_Exchange):
    """记录走访、视察、来往代表团、上级指导和汇报。Write down a visit, a delegation and the like."""

    class Input:
        exchange_id = ID(description="编号，新记录时不填。Global id; none for a new one.")
        kind = ExchangeKind(required=True, description="种类。Kind.")
        title = String(required=True, description="标题。Title.")
        on = DateTime(required=True, description="日期。When.")
        place = String(description="地点。Place.")
        counterpart = String(description="对方单位。The other side.")
        level = ExchangeLevel(
            description="层级，上级指导和汇报必填。Level of an instruction or a report."
        )
        organiser = ID(required=True, description="组织单位。Organiser.")
        leader = ID(description="带队委员。Who led it.")
        participants = List(NonNull(ID), description="参加委员。Who took part.")
        summary = String(description="概况，走访慰问不填。Summary; none of a condolence.")
        visited = String(description="走访对象，限阅。Whom was visited; restricted.")
        notes = String(description="限阅记录。Restricted notes.")
        named = List(NonNull(ID), description="可阅限阅记录的委员。Members who may read them.")
        reply_to = ID(description="对应的上级指导。The instruction that a report answers.")
        files = List(NonNull(ID), description="附件。Files.")

    method = "write_exchange"
    ids: ClassVar[Ids] = {
        "exchange_id": "Exchange",
        "organiser": "Organisation",
        "leader": "Member",
        "participants": "Member",
        "named": "Member",
        "reply_to": "Exchange",
        "files": "File",
    }


class WriteRepresentative(_Representative):
    """登记或修改“三新”代表人士。Enter a representative, or change the entry."""

    class Input:
        representative_id = ID(description="编号，新登记时不填。Global id; none for a new one.")
        category = RepresentativeCategory(required=True, description="类别。Category.")
        organisation = String(required=True, description="所在组织。Where the person works.")
        field_of_work = String(description="领域。Field.")
        town = ID(description="镇（街道）。Town.")
        keeper = ID(description="联系委员。The member who keeps in touch.")
        name = String(required=True, description="姓名。Name.")
        phone = String(description="电话。Phone.")
        notes = String(description="备注。Notes.")
        consent = Boolean(required=True, description="本人是否同意登记。Whether the person agrees.")

    method = "write_representative"
    ids: ClassVar[Ids] = {
        "representative_id": "Representative",
        "town": "Organisation",
        "keeper": "Member",
    }


class RemoveRepresentative(_Representative):
    """移出登记并清除个人信息。Remove an entry; personal data go."""

    class Input:
        representative_id = ID(
            required=True, description="代表人士编号。Global id of the representative."
        )

    method = "remove_representative"


class RecordRepresentativeMeeting(_Representative):
    """记录与代表人士的联系（联系委员）。Write down a meeting, as the keeper."""

    class Input:
        representative_id = ID(
            required=True, description="代表人士编号。Global id of the representative."
        )
        on = DateTime(required=True, description="日期。When.")
        text = String(required=True, description="内容。Text.")

    method = "meet_representative"


class OpenCircle(_Circle):
    """建立议题小组或联谊会。Open a topic group, or an association."""

    class Input:
        kind = CircleKind(required=True, description="种类。Kind.")
        name = String(required=True, description="名称。Name.")
        about = String(description="说明。About.")
        topic = String(description="议题。Topic.")
        organiser = ID(required=True, description="主办单位。Organiser.")
        members = List(NonNull(ID), description="成员。Members.")

    method = "open_circle"
    ids: ClassVar[Ids] = {"organiser": "Organisation", "members": "Member"}


class SetCircleMembers(_Circle):
    """设置成员。Set its members."""

    class Input:
        circle_id = ID(required=True, description="交流小组编号。Global id of the group.")
        members = List(NonNull(ID), required=True, description="全部成员。All of them.")

    method = "set_circle_members"
    ids: ClassVar[Ids] = {"circle_id": "Circle", "members": "Member"}


class CloseCircle(_Circle):
    """结束小组。Close a group."""

    class Input:
        circle_id = ID(required=True, description="交流小组编号。Global id of the group.")

    method = "close_circle"


class JoinCircle(_Circle):
    """加入议题小组（委员本人）。Join a topic group."""

    class Input:
        circle_id = ID(required=True, description="交流小组编号。Global id of the group.")

    method = "join_circle"


class LeaveCircle(_Circle):
    """退出小组（委员本人）。Leave a group."""

    class Input:
        circle_id = ID(required=True, description="交流小组编号。Global id of the group.")

    method = "leave_circle"


class _Post(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    id = ID(description="发言编号。Global id of the post.")

    @classmethod
    def payload(cls, result: Any) -> dict[str, Any]:
        return {"id": global_id("CirclePost", result["id"])}


class WriteCirclePost(_Post):
    """在小组交流板发言。Write on the board of one's own group."""

    class Input:
        circle_id = ID(required=True, description="交流小组编号。Global id of the group.")
        reply_to = ID(description="回复的发言。The post that it answers.")
        text = String(required=True, description="内容。Text.")

    method = "write_post"
    ids: ClassVar[Ids] = {"circle_id": "Circle", "reply_to": "CirclePost"}


class RemoveCirclePost(_Post):
    """删除发言（本人或主办单位）。Remove a post, as its author or the organiser."""

    class Input:
        post_id = ID(required=True, description="发言编号。Global id of the post.")
        reason = String(description="理由。Reason.")

    method = "remove_post"
    ids: ClassVar[Ids] = {"post_id": "CirclePost"}


EXCHANGE: list[Any] = [
    WriteExchange,
    WriteRepresentative,
    RemoveRepresentative,
    RecordRepresentativeMeeting,
    OpenCircle,
    SetCircleMembers,
    CloseCircle,
    JoinCircle,
    LeaveCircle,
    WriteCirclePost,
    RemoveCirclePost,
]
