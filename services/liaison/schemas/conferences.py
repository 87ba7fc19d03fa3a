"""What the operations of liaison are given: conferences."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.liaison.domain import conferences
from services.liaison.schemas import common
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

CONFERENCE = Answer("conference", "JointConference", "联席会议。The conference afterwards.")
ITEM = Answer("item", "ConferenceItem", "事项。The item afterwards.")

Invited = Annotated[
    list[str],
    about(Many(Id("Member"), high=500), "邀请的委员。Members asked to come.", default=list),
]
Participants = Annotated[
    list[str], about(Many(Id("Organisation"), 1, 60), "参加单位。Organisations that take part.")
]
ConferenceId = Annotated[
    str, about(Id("JointConference"), "联席会议编号。Global id of the conference.")
]
AGENDA = Many(Text(2, 200), high=50)
Agenda = Annotated[list[str], about(AGENDA, "议程。Agenda.")]
FirstAgenda = Annotated[list[str], about(AGENDA, "议程。Agenda.", default=list)]
Minutes = Annotated[str, about(Text(1, 50000), "纪要。Minutes.")]
RaisedAt = Annotated[
    str, about(Id("JointConference"), "联席会议，议题必填。The conference; needed for an item.")
]
RaisedBy = Annotated[str, about(Id("Organisation"), "提出单位。Who raises it.")]
ItemKind = Annotated[conferences.ItemKind, about(Choice(conferences.ItemKind), "种类。Kind.")]
ItemText = Annotated[str, about(Text(2, 5000), "内容。Text.")]
ItemId = Annotated[str, about(Id("ConferenceItem"), "事项编号。Global id of the item.")]
Owner = Annotated[str, about(Id("Organisation"), "负责单位。Who answers.")]
DueAt = Annotated[datetime, about(When(), "答复期限。By when.")]
Satisfied = Annotated[bool, about(Flag(), "是否满意。Whether it satisfies.")]
Comment = Annotated[str, about(Text(1, 1000), "意见。Comment.")]


class JointConferenceFilter(TypedDict, total=False):
    """联席会议筛选条件。All of these must hold."""

    year: common.Year | None
    state: (
        Annotated[
            conferences.ConferenceState, about(Choice(conferences.ConferenceState), "状态。State.")
        ]
        | None
    )


class ConferenceItemFilter(TypedDict, total=False):
    """联席会议事项筛选条件。All of these must hold."""

    conference_id: (
        Annotated[str, about(Id("JointConference"), "联席会议。Of this conference.")] | None
    )
    organisation: (
        Annotated[str, about(Id("Organisation"), "提出单位。Raised by this organisation.")] | None
    )
    owner: (
        Annotated[str, about(Id("Organisation"), "负责单位。Answered by this organisation.")] | None
    )
    kind: ItemKind | None
    state: (
        Annotated[conferences.ItemState, about(Choice(conferences.ItemState), "状态。State.")]
        | None
    )
    year: common.Year | None


class WorkBriefingFilter(TypedDict, total=False):
    """工作通报筛选条件。All of these must hold."""

    recipient: (
        Annotated[str, about(Id("Organisation"), "接收单位。Sent to this organisation.")] | None
    )
    unconfirmed: Annotated[
        bool, about(Flag(), "仅本组织待签收的。Only those without a receipt of one's own.")
    ]


class Plan(TypedDict):
    """What else is planned."""

    no: Annotated[int, about(Number(1, 100), "当年第几次。Number in the year.")]
    title: common.EventName
    ends_at: common.EndsAt | None
    place: common.Place
