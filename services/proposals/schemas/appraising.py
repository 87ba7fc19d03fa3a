"""What the operations of proposals are given: appraising."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.proposals.domain import evaluation
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, Number, Text

VOTED = Answer("voted", "Boolean", "是否已投票。Whether the vote is cast.")

Public = Annotated[bool, about(Flag(), "是否向社会公开。Whether for everyone.")]


class AppraisalCaseInput(TypedDict):
    """列入评议的提案。A case for the list."""

    proposal_id: Annotated[str, about(Id("Proposal"), "提案。The case.")]
    unit_ids: Annotated[
        list[str],
        about(
            Many(Id("Organisation"), 0, 20),
            "被评议单位，默认全部承办单位。Units; all of the case unless told.",
            default=list,
        ),
    ]


class BallotLineInput(TypedDict):
    """对一件提案的评价。The judgement of one case."""

    proposal_id: Annotated[str, about(Id("Proposal"), "提案。The case.")]
    grade: Annotated[evaluation.Grade, about(Choice(evaluation.Grade), "评价等次。Grade.")]
    scores: Annotated[
        list[int],
        about(Many(Number(0, 100), high=20), "各项分数（0至100）。Scores in the order of items."),
    ]


ReportText = Annotated[str, about(Text(1, 20000), "汇报内容。The report.")]
ReportFiles = Annotated[
    list[str], about(Many(Id("File"), 0, 20), "附件。Attached files.", default=list)
]
Cases = Annotated[
    list[AppraisalCaseInput], about(Many(Of(AppraisalCaseInput), 1, 50), "提案。Cases.")
]
VotedLines = Annotated[
    list[BallotLineInput], about(Many(Of(BallotLineInput), 1, 50), "评价。Judgements.")
]
