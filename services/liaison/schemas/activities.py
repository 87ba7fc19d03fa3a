"""What the operations of liaison are given: activities."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.liaison.domain import activities
from services.liaison.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import Of, OfTopic, Since, TopicCodes, Until
from shared.schemas import Choice, Flag, GroupKey, Id, Many, Number, Text, When

ACTIVITY = Answer("activity", "Activity", "活动。The activity afterwards.")

ReturnedId = Annotated[
    str, about(Id("Activity"), "编号，新申请时不填。Global id; none for a new one.")
]
Organisers = Annotated[
    list[str], about(Many(Id("Organisation"), 1, 60), "主办单位，可多个。Organisers, one or more.")
]
Kind = Annotated[activities.ActivityKind, about(Choice(activities.ActivityKind), "种类。Kind.")]
ActivityId = Annotated[str, about(Id("Activity"), "活动编号。Global id of the activity.")]
Published = Annotated[bool, about(Flag(), "是否发布。Whether it is published.")]
TookPart = Annotated[list[str], about(Many(Id("Member"), high=1000), "参加的委员。Who took part.")]
Proof = Annotated[list[str], about(Many(Id("File"), high=20), "证明材料。Proof.", default=list)]
Summary = Annotated[str, about(Text(1, 10000), "小结。Summary.")]
NewPlace = Annotated[str, about(Text(1, 100), "新的地点，不填不变。New place, if there is one.")]
NewSignUpBy = Annotated[
    datetime, about(When(), "新的报名截止，默认随活动顺延。Sign-up ends; moved along unless told.")
]
Committee = Annotated[str, about(Id("Organisation"), "专委会。The committee.")]
HelpText = Annotated[str, about(Text(2, 2000), "内容。What for.")]
HelpNo = Annotated[int, about(Number(1, 1000), "序号。Number of the request.")]
HelpAnswer = Annotated[str, about(Text(1, 2000), "答复。Answer.")]
GroupOrTown = Annotated[str, about(Id("Organisation"), "界别活动小组或工委。The group or town.")]


class ParticipationInput(TypedDict):
    """一名委员的参加情况。Whether a member took part."""

    member_id: Annotated[str, about(Id("Member"), "委员。The member.")]
    took_part: Annotated[bool, about(Flag(), "是否参加。Whether the member took part.")]


class ActivityFilter(TypedDict, total=False):
    """活动筛选条件。All of these must hold."""

    year: common.Year | None
    since: Since | None
    until: Until | None
    kind: Kind | None
    organiser: Annotated[str, about(Id("Organisation"), "主办单位。Of this organiser.")] | None
    state: (
        Annotated[activities.ActivityState, about(Choice(activities.ActivityState), "状态。State.")]
        | None
    )
    town: common.OfTown | None
    home_id: common.OfHome | None
    circle_id: Annotated[str, about(Id("Circle"), "交流小组。Of this group.")] | None
    topic: common.OnTopic | None
    topic_code: OfTopic | None
    signed_up: Annotated[bool, about(Flag(), "仅本人报名的。Only those the viewer signed up for.")]
    took_part: Annotated[bool, about(Flag(), "仅本人参加的。Only those the viewer took part in.")]


class Plan(TypedDict):
    """What is applied for."""

    kind: Kind
    title: common.EventName
    topic: common.Topic
    topic_codes: TopicCodes
    town: Annotated[str, about(Id("Organisation"), "所在镇（街道）。Town.")] | None
    home_id: Annotated[str, about(Id("MembersHome"), "委员之家。Members' Home.")] | None
    circle_id: (
        Annotated[str, about(Id("Circle"), "交流小组或联谊会。Topic group or association.")] | None
    )
    ends_at: common.EndsAt | None
    place: common.Place
    location: common.Location | None
    text: Annotated[str, about(Text(0, 10000), "方案。Text.", default="")]
    capacity: (
        Annotated[int, about(Number(1, 10000), "名额，不填不限。Places; none for no limit.")] | None
    )
    sign_up_by: Annotated[datetime, about(When(), "报名截止。Sign-up ends.")]
    groups: Annotated[
        list[str],
        about(
            Many(GroupKey(), high=60),
            "面向的组别，如 PARTY:04，不填面向全体。Groups asked; none for all.",
            default=list,
        ),
    ]
    files: common.Files


Corrections = Annotated[
    list[ParticipationInput],
    about(Many(Of(ParticipationInput), 1, 1000), "更正的记录。What is corrected."),
]
