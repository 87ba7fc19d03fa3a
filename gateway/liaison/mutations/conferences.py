"""The joint conference, its items, work briefings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, Int, List, NonNull, String

from gateway.base import CommandMutation, DateTime
from gateway.liaison.conferences import ConferenceItem, JointConference, WorkBriefing
from gateway.liaison.enums import ConferenceItemKind
from gateway.liaison.loaders import SERVICE

Ids = Mapping[str, str]


class _Conference(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "conference"
    ids: ClassVar[Ids] = {"conference_id": "JointConference"}
    conference = Field(JointConference, description="联席会议。The conference afterwards.")


class _Item(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "item"
    ids: ClassVar[Ids] = {"item_id": "ConferenceItem"}
    item = Field(ConferenceItem, description="事项。The item afterwards.")


class _Briefing(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "briefing"
    ids: ClassVar[Ids] = {"briefing_id": "WorkBriefing"}
    briefing = Field(WorkBriefing, description="工作通报。The briefing afterwards.")


class PlanJointConference(_Conference):
    """安排联席会议，会议由办公室通知。Plan a conference; its meeting is announced in the office."""

    class Input:
        no = Int(required=True, description="当年第几次。Number in the year.")
        title = String(required=True, description="名称。Title.")
        organiser = ID(required=True, description="主办单位。Organiser.")
        held_at = DateTime(required=True, description="开始时间。Beginning.")
        ends_at = DateTime(description="结束时间。End.")
        place = String(required=True, description="地点。Place.")
        participants = List(
            NonNull(ID), required=True, description="参加单位。Organisations that take part."
        )
        members = List(NonNull(ID), description="邀请的委员。Members asked to come.")
        agenda = List(NonNull(String), description="议程。Agenda.")

    method = "plan_conference"
    ids: ClassVar[Ids] = {
        "organiser": "Organisation",
        "participants": "Organisation",
        "members": "Member",
    }


class SetConferenceAgenda(_Conference):
    """修改议程。Change the agenda."""

    class Input:
        conference_id = ID(required=True, description="联席会议编号。Global id of the conference.")
        agenda = List(NonNull(String), required=True, description="议程。Agenda.")

    method = "set_conference_agenda"


class CloseJointConference(_Conference):
    """形成会议纪要。Close a conference with its minutes."""

    class Input:
        conference_id = ID(required=True, description="联席会议编号。Global id of the conference.")
        minutes = String(required=True, description="纪要。Minutes.")

    method = "close_conference"


class RaiseConferenceItem(_Item):
    """提出议题或改进政协工作的意见。Raise an item, or an opinion on the committee's work."""

    class Input:
        conference_id = ID(description="联席会议，议题必填。The conference; needed for an item.")
        organisation = ID(required=True, description="提出单位。Who raises it.")
        kind = ConferenceItemKind(required=True, description="种类。Kind.")
        title = String(required=True, description="标题。Title.")
        text = String(required=True, description="内容。Text.")

    method = "raise_item"
    ids: ClassVar[Ids] = {"conference_id": "JointConference", "organisation": "Organisation"}


class AcceptConferenceItem(_Item):
    """受理事项，明确负责单位和期限。Accept an item, with owner and date."""

    class Input:
        item_id = ID(required=True, description="事项编号。Global id of the item.")
        owner = ID(required=True, description="负责单位。Who answers.")
        due_at = DateTime(required=True, description="答复期限。By when.")

    method = "accept_item"
    ids: ClassVar[Ids] = {"item_id": "ConferenceItem", "owner": "Organisation"}


class AnswerConferenceItem(_Item):
    """答复事项（负责单位）。Answer an item, as its owner."""

    class Input:
        item_id = ID(required=True, description="事项编号。Global id of the item.")
        answer = String(required=True, description="答复。Answer.")

    method = "answer_item"


class CloseConferenceItem(_Item):
    """评价答复并办结（提出单位）。Judge the answer and close, as who raised it."""

    class Input:
        item_id = ID(required=True, description="事项编号。Global id of the item.")
        satisfied = Boolean(required=True, description="是否满意。Whether it satisfies.")
        comment = String(description="意见。Comment.")

    method = "close_item"


class SendWorkBriefing(_Briefing):
    """发送工作通报。Send a work briefing."""

    class Input:
        title = String(required=True, description="标题。Title.")
        text = String(required=True, description="内容。Text.")
        recipients = List(NonNull(ID), required=True, description="接收单位。Organisations.")
        files = List(NonNull(ID), description="附件。Files.")

    method = "send_briefing"
    ids: ClassVar[Ids] = {"recipients": "Organisation", "files": "File"}


class ConfirmWorkBriefing(_Briefing):
    """签收工作通报。Confirm a briefing, for one's own organisation."""

    class Input:
        briefing_id = ID(required=True, description="工作通报编号。Global id of the briefing.")

    method = "receive_briefing"


class UrgeWorkBriefing(_Briefing):
    """催收工作通报。Urge those who have not confirmed."""

    class Input:
        briefing_id = ID(required=True, description="工作通报编号。Global id of the briefing.")

    method = "urge_briefing"


CONFERENCES: list[Any] = [
    PlanJointConference,
    SetConferenceAgenda,
    CloseJointConference,
    RaiseConferenceItem,
    AcceptConferenceItem,
    AnswerConferenceItem,
    CloseConferenceItem,
    SendWorkBriefing,
    ConfirmWorkBriefing,
    UrgeWorkBriefing,
]
