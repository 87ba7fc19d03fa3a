"""What the operations of supervision are given: supervisors, debriefings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.supervision.domain import states
from services.supervision.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import Of, OfTopic
from shared.schemas import Choice, Flag, Id, Many, Number, ProperName, Text, When

SUPERVISOR = Answer("supervisor", "Supervisor", "民主监督员。The supervisor.")
DEBRIEFING = Answer("debriefing", "Debriefing", "述职交流。The debriefing.")

SupervisorId = Annotated[str, about(Id("Supervisor"), "民主监督员编号。Global id.")]
MemberId = Annotated[str, about(Id("Member"), "被推荐的委员。Member who is nominated.")]
Name = Annotated[str, about(ProperName(1, 50), "非委员的姓名。Name of who is no member.")]
AccountId = Annotated[str, about(Id("Account"), "非委员的账号。Account of who is no member.")]
Employer = Annotated[str, about(Id("Organisation"), "非委员的任职单位。Employer.")]
Profession = Annotated[str, about(Text(0, 100), "专业特长。Profession.", default="")]
NominationReason = Annotated[str, about(Text(0, 500), "推荐理由。Why.", default="")]
EndsOn = Annotated[datetime, about(When(), "聘期结束。End of the appointment.")]
Dismissed = Annotated[bool, about(Flag(), "是否解聘。Whether dismissed.", default=False)]
DebriefingId = Annotated[str, about(Id("Debriefing"), "述职交流编号。Global id.")]
ReportBy = Annotated[datetime, about(When(), "述职报告提交期限，不填按设置。By when.")]
OfSupervision = Annotated[str, about(Id("Supervision"), "所属专项监督。Supervision it is of.")]
UnitIds = Annotated[
    list[str], about(Many(Id("Organisation"), 1, 20), "述职的被监督单位。Units that report.")
]
PostedUnits = Annotated[
    list[str], about(Many(Id("Organisation"), 0, 20), "派驻单位，不填为撤回。Units.")
]
OfUnit = Annotated[str, about(Id("Organisation"), "向该单位。To this unit.")]
OfSupervisor = Annotated[str, about(Id("Supervisor"), "向该监督员。To this supervisor.")]
QuestionNo = Annotated[int, about(Number(1, 1000), "问题序号。Number of the question.")]
Question = Annotated[str, about(Text(2, 1000), "提问或答复。Question or answer.")]


class RelationInput(TypedDict):
    """申报的利害关系。A declared relation to an organisation."""

    organisation: common.UnitId
    note: Annotated[str, about(Text(2, 200), "说明，如“配偶任职”。What it is.")]


class RatingInput(TypedDict):
    """对一份述职报告的评价。Rating of one report: of a unit or a supervisor."""

    unit: OfUnit | None
    supervisor: OfSupervisor | None
    rating: Annotated[states.Rating, about(Choice(states.Rating), "评价。Rating.")]
    note: Annotated[str, about(Text(0, 500), "说明。Note.", default="")]


Relations = Annotated[
    list[RelationInput],
    about(Many(Of(RelationInput), high=20), "申报的利害关系。Relations.", default=list),
]
Ratings = Annotated[list[RatingInput], about(Many(Of(RatingInput), 1, 70), "评价。Ratings.")]


class SupervisorFilter(TypedDict, total=False):
    """民主监督员筛选条件。All of these must hold."""

    state: (
        Annotated[states.SupervisorState, about(Choice(states.SupervisorState), "状态。State.")]
        | None
    )
    unit: common.UnitId | None
    topic_code: OfTopic | None


class DebriefingFilter(TypedDict, total=False):
    """述职交流筛选条件。All of these must hold."""

    state: (
        Annotated[states.DebriefingState, about(Choice(states.DebriefingState), "状态。State.")]
        | None
    )
    unit: common.UnitId | None
