"""What the operations of proposals are given: proposals."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.proposals.domain import assignments, honour_records, kinds, labels, states
from shared.operations import about
from shared.operations.arguments import OfTopic
from shared.schemas import Choice, CodeText, Flag, Id, Many, Number, Text

ProposalFields = Annotated[list[str], about(Many(Text(1, 40)))]
OrderBy = Annotated[
    labels.ProposalOrder, about(Choice(labels.ProposalOrder), "排序。Order.", default="UPDATED")
]
SimilarProposalsText = Annotated[str, about(Text(1, 20000), "案由或正文。Title or text.")]
ProposalBesides = Annotated[str, about(Id("Proposal"), "不含此提案。Leave this one out.")]
MostAlike = Annotated[int, about(Number(1, 20), "条数，至多20。Number, at most 20.", default=5)]


class ProposalFilter(TypedDict, total=False):
    """提案筛选条件，须全部满足。All of these must hold."""

    states: Annotated[
        list[states.State],
        about(Many(Choice(states.State), high=20), "状态之一。In one of these states."),
    ]
    proposer_type: Annotated[
        kinds.ProposerType, about(Choice(kinds.ProposerType), "提案者类型。Kind of proposer.")
    ]
    category: Annotated[states.Category, about(Choice(states.Category), "类别。Category.")]
    topic_code: OfTopic
    session_mark: Annotated[
        states.Mark, about(Choice(states.Mark), "大会或平时。Of the plenary, or regular.")
    ]
    term: Annotated[int, about(Number(), "届次。Term.")]
    session: Annotated[int, about(Number(), "会议次数。Session.")]
    sector: Annotated[
        str, about(Text(1, 10), "第一提案人界别代码。Sector code of the first proposer.")
    ]
    first_proposer: Annotated[str, about(Id("Member"), "第一提案人。First proposer.")]
    unit_id: Annotated[str, about(Id("Organisation"), "承办单位。Handled by this unit.")]
    assignment_states: Annotated[
        list[assignments.AssignmentState],
        about(
            Many(Choice(assignments.AssignmentState), high=10),
            "承办件状态之一，承办单位只看本单位的。An assignment in one of these states; "
            "for a unit, its own.",
        ),
    ]
    lateness: Annotated[
        list[assignments.Lateness],
        about(
            Many(Choice(assignments.Lateness), high=3),
            "逾期未办的，程度之一。With an overdue assignment so late.",
        ),
    ]
    key_states: Annotated[
        list[honour_records.KeyState],
        about(
            Many(Choice(honour_records.KeyState), high=10),
            "重点提案状态之一。A key proposal in one of these states.",
        ),
    ]
    excellent_year: Annotated[
        int, about(Number(), "该年度优秀提案。Excellent proposal of this year.")
    ]
    mine: Annotated[bool, about(Flag(), "本人或本单位起草的。Written by the viewer.")]
    cosigned: Annotated[bool, about(Flag(), "本人已联名的。Co-signed by the viewer.")]
    invited: Annotated[
        bool, about(Flag(), "待本人答复联名的。Waiting for the viewer's co-signature.")
    ]
    named: Annotated[
        bool, about(Flag(), "将本人列为执笔人的。Those that name the viewer as an author.")
    ]
    serial_no: Annotated[str, about(CodeText(1, 40), "流水号。Serial number.")]
    case_no: Annotated[str, about(CodeText(1, 40), "提案号。Case number.")]
    text: Annotated[str, about(Text(1, 100), "词语检索。Words of title and text.")]
