"""What the operations of proposals are given: judging."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.proposals.domain import evaluation
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, Text

HeardBy = Annotated[
    evaluation.HeardBy,
    about(Choice(evaluation.HeardBy), "听取意见方式。How the proposer was heard."),
]
Visited = Annotated[bool, about(Flag(), "是否走访。Whether the unit came to see the proposer.")]
Pertinence = Annotated[
    evaluation.Pertinence,
    about(Choice(evaluation.Pertinence), "答复针对性。Whether it is to the point."),
]
LeaderReplied = Annotated[
    bool, about(Flag(), "分管领导是否答复。Whether the leader in charge replied.")
]
Comment = Annotated[str, about(Text(0, 4000), "意见。Comment.", default="")]
JudgingReason = Annotated[
    str, about(Text(0, 4000), "不满意的理由。Reason, if dissatisfied.", default="")
]


class EvaluationLineInput(TypedDict):
    """对一家答复单位的评价。Judgement of one unit's reply."""

    unit_id: Annotated[str, about(Id("Organisation"), "答复单位。The unit.")]
    attitude: Annotated[evaluation.Grade, about(Choice(evaluation.Grade), "办理态度。Attitude.")]
    result: Annotated[evaluation.Grade, about(Choice(evaluation.Grade), "办理结果。Result.")]


class SaveEvaluation(TypedDict):
    """What `SaveEvaluation` is given."""

    lines: Lines
    heard_by: HeardBy | None
    visited: Visited | None
    pertinence: Pertinence | None
    leader_replied: LeaderReplied | None
    comment: Comment
    reason: JudgingReason


class EvaluateReply(TypedDict):
    """What `EvaluateReply` is given."""

    lines: Lines
    heard_by: HeardBy | None
    visited: Visited | None
    pertinence: Pertinence | None
    leader_replied: LeaderReplied | None
    comment: Comment
    reason: JudgingReason


Lines = Annotated[
    list[EvaluationLineInput],
    about(
        Many(Of(EvaluationLineInput), high=20), "逐家评价。One line for each unit.", default=list
    ),
]
