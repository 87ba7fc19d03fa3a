"""What the operations of office are given: plans."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from shared.contracts.functions import DutyFunction
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Day, Id, Many, Number, Text

PLAN = Answer("plan", "WorkPlan", "年度工作要点。The plan afterwards.")

Themes = Annotated[
    list[str], about(Many(Text(1, 100), high=20), "年度主题。Themes of the year.", default=list)
]
PlanId = Annotated[str, about(Id("WorkPlan"), "工作要点编号。Global id of the plan.")]
AdoptedBy = Annotated[str, about(Text(1, 100), "通过的会议。The meeting.")]
AdoptedOn = Annotated[date, about(Day(), "通过日期。When.")]
ReturnedOn = Annotated[date, about(Day(), "退回日期。When it was returned.")]
SentOn = Annotated[date, about(Day(), "报送日期，不详的不填。When, if known.")]
ForwardedBy = Annotated[str, about(Text(1, 100), "批转机关。Who forwarded it.")]
ForwardedOn = Annotated[date, about(Day(), "批转日期。The date on the notice.")]
NoticeId = Annotated[
    str, about(Id("IncomingDocument"), "批转通知（收文）。Global id of the cover notice.")
]
Review = Annotated[str, about(Text(1, 10000), "总结。The review.")]


class PlanConditionInput(TypedDict):
    """统计条件。A field of the event to narrow by."""

    field: Annotated[str, about(Text(1, 40), "字段。Field.")]
    value: Annotated[str, about(Text(1, 80), "取值。Value.")]


class PlanItemInput(TypedDict):
    """年度任务。A task and the facts that count towards it."""

    code: Annotated[str, about(Text(1, 40), "任务代码。Code.")]
    point: Annotated[str, about(Text(1, 10), "要点中的编号，如 5.1。Row of the plan.")]
    phrase: Annotated[str, about(Text(1, 200), "任务，一般为要点原文。Words of the plan.")]
    target: Annotated[int, about(Number(1, 1000), "目标数。How many are wanted.")]
    duty: Annotated[DutyFunction, about(Choice(DutyFunction), "职能。Function.")]
    source: Annotated[str, about(Text(1, 40), "统计的服务。Service whose facts count.")]
    event: Annotated[str, about(Text(1, 80), "统计的事件类型。Type of the event that counts.")]
    where: (
        Annotated[
            list[PlanConditionInput], about(Many(Of(PlanConditionInput)), "统计条件。Conditions.")
        ]
        | None
    )
    topics: Annotated[
        list[str], about(Many(Text(1, 100)), "课题。Topics that are named.", default=list)
    ]


Items = Annotated[list[PlanItemInput], about(Many(Of(PlanItemInput), 1, 200), "任务。Tasks.")]
