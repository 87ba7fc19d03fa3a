"""What the operations of consultations are given: topics, meetings, speakers, reports, views."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.consultations.domain import states
from services.consultations.schemas import common
from shared.operations import about
from shared.operations.arguments import Of, OfTopic
from shared.schemas import Choice, Flag, Id, Many, Number, ProperName, Text, When

Background = Annotated[str, about(Text(0, 2000), "议题背景。Background.", default="")]
Form = Annotated[states.ConsultationForm, about(Choice(states.ConsultationForm), "协商形式。Form.")]
Organisers = Annotated[
    list[str],
    about(
        Many(Id("Organisation"), high=10),
        "主办单位，可为数个党派团体联合。Organisers, the first leads.",
        default=list,
    ),
]
Leader = Annotated[
    str, about(Text(0, 100), "出席的区领导。Leader of the district who attends.", default="")
]
Month = Annotated[int, about(Number(1, 12), "拟安排月份。Month that it is planned for.")]
HeldAt = Annotated[datetime, about(When(), "开始时间。Beginning.")]
EndsAt = Annotated[datetime, about(When(), "结束时间。End.")]
Place = Annotated[str, about(Text(2, 100), "地点。Place.")]
HalfDays = Annotated[int, about(Number(1, 10), "半天数。Half-days.", default=1)]
ClosesAt = Annotated[datetime, about(When(), "截止时间。When it closes.")]
ViewsUntil = Annotated[
    datetime, about(When(), "征集截止时间，不填则停止征集。Until when; none: no more.")
]


class ConsultationSpeakerInput(TypedDict):
    """发言人，委员或单位。A speaker: a member, or an organisation."""

    member_id: Annotated[str, about(Id("Member"), "委员。Member.")] | None
    organisation: Annotated[str, about(Id("Organisation"), "单位。Organisation.")] | None
    topic: Annotated[str, about(Text(0, 200), "发言题目。Topic.", default="")]
    form: Annotated[
        states.SpeechForm,
        about(Choice(states.SpeechForm), "口头或书面。Form.", default=states.SpeechForm.ORAL),
    ]


Speakers = Annotated[
    list[ConsultationSpeakerInput],
    about(Many(Of(ConsultationSpeakerInput), high=100), "发言名单，按次序。In order."),
]
Words = Annotated[str, about(Text(2, 5000), "书面意见。The statement.")]


class ConsultationDissentInput(TypedDict):
    """不同意见，如实记录。A dissent, as it was said."""

    member_id: Annotated[str, about(Id("Member"), "委员。Member.")] | None
    organisation: Annotated[str, about(Id("Organisation"), "单位。Organisation.")] | None
    text: Annotated[str, about(Text(2, 5000), "原话。As it was said.")]


MinutesText = Annotated[str, about(Text(2, 20000), "纪要正文。Text of the minutes.")]
Dissents = Annotated[
    list[ConsultationDissentInput],
    about(Many(Of(ConsultationDissentInput), high=50), "不同意见。Dissents.", default=list),
]
ReportText = Annotated[str, about(Text(2, 20000), "专报正文。Text of the report.")]
Signer = Annotated[str, about(ProperName(2, 50), "签发人。Who signs.")]
ViewText = Annotated[str, about(Text(5, 1000), "意见。The view.")]
ViewName = Annotated[str, about(ProperName(0, 50), "姓名，可不填。Name, if given.", default="")]
Named = Annotated[
    bool, about(Flag(), "是否同意公开姓名。Whether the name may be shown.", default=False)
]
HomeId = Annotated[str, about(Id("MembersHome"), "委员之家，在那里收到的。Members' Home.")]
ViewId = Annotated[str, about(Id("PublicView"), "编号。Global id of the view.")]
Shown = Annotated[bool, about(Flag(), "是否公开。Whether it is shown.")]
Client = Annotated[str, about(Text(0, 128), default="", hidden=True)]
OfConsultation = Annotated[str, about(Id("Consultation"), "协商。Of this consultation.")]


class ConsultationFilter(TypedDict, total=False):
    """协商的筛选。Filter of consultations."""

    states: Annotated[
        list[states.ConsultationState],
        about(Many(Choice(states.ConsultationState), 1, 11), "状态之一。In one of these states."),
    ]
    form: Form | None
    organiser: Annotated[str, about(Id("Organisation"), "主办单位。Organiser.")] | None
    topic_code: OfTopic | None
    year: common.Year | None
    own: Annotated[bool, about(Flag(), "只看本人或本组织的。One's own only.")] | None
