"""What the operations of office are given: common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from services.office.domain import document_kinds
from shared.operations import Answer, about
from shared.schemas import Choice, CodeText, Day, Flag, Id, Many, Number, Text, When

MEETING = Answer("meeting", "Meeting", "会议。The meeting afterwards.")

OrderBy = Annotated[
    document_kinds.WorkOrder,
    about(
        Choice(document_kinds.WorkOrder),
        "排序，默认新的在前。Order; the newest first unless told.",
        default=document_kinds.WorkOrder.NEWEST,
    ),
]
TitleWords = Annotated[
    str, about(Text(1, 100), "标题中的词，须全部含有。Words of the title, all of them.")
]
NumberAsTyped = Annotated[
    str, about(CodeText(1, 50), "文号，括号样式不限。The number, with any brackets.")
]
OpenOnly = Annotated[bool, about(Flag(), "仅未办结的。Only those that are not done.")]
DueBefore = Annotated[datetime, about(When(), "期限在此时以前。Due before.")]

Reason = Annotated[str, about(Text(1, 500), "理由。Reason.")]
Result = Annotated[str, about(Text(1, 2000), "办理结果。What came of it.")]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
Title = Annotated[str, about(Text(1, 200), "标题。Title.")]
PrintedOn = Annotated[date, about(Day(), "印发日期。When it was printed.")]
BodyText = Annotated[str, about(Text(1, 50000), "正文。Text.")]
Attachments = Annotated[list[str], about(Many(Id("File"), high=50), "附件。Files.", default=list)]
MeetingId = Annotated[str, about(Id("Meeting"), "会议编号。Global id of the meeting.")]
MemberId = Annotated[str, about(Id("Member"), "委员编号。Global id of the member.")]
MeetingReason = Annotated[str, about(Text(2, 500), "理由。Reason.")]
DocumentKind = Annotated[document_kinds.Kind, about(Choice(document_kinds.Kind), "文种。Kind.")]
Urgency = Annotated[
    document_kinds.Urgency,
    about(
        Choice(document_kinds.Urgency),
        "紧急程度，默认平件。Urgency.",
        default=document_kinds.Urgency.NORMAL,
    ),
]
Retention = Annotated[
    document_kinds.Retention,
    about(
        Choice(document_kinds.Retention),
        "保管期限，默认10年。Retention.",
        default=document_kinds.Retention.TEN_YEARS,
    ),
]
Classification = Annotated[
    str,
    about(
        Text(1, 20),
        "密级，默认无；涉密文件不予接收。Classification; none but NONE is taken.",
        default=document_kinds.UNCLASSIFIED,
    ),
]
Note = Annotated[str, about(Text(0, 500), "意见。What is said with it.")]
Volume = Annotated[str, about(Text(1, 100), "案卷号。Volume.")]
