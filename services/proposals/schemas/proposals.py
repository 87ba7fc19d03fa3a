"""What the operations of proposals are given: proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.proposals.domain import (
    assignments,
    evaluation,
    honour_records,
    kinds,
    labels,
    states,
)
from shared.operations import about
from shared.operations.arguments import OfTopic
from shared.schemas import Choice, CodeText, Flag, Id, Many, Number, Text, When

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
    town: Annotated[
        str,
        about(
            Id("Organisation"),
            "镇（街道）工委：其委员的和其提出的。Of a town: its members' and its own.",
        ),
    ]
    committee: Annotated[
        str,
        about(
            Id("Organisation"),
            "专委会：其委员的和其提出的。Of a committee: its members' and its own.",
        ),
    ]
    party: Annotated[
        str,
        about(
            Text(1, 10),
            "党派代码：其成员的和其提出的。Of a party, by its code: its members' and its own.",
        ),
    ]
    organisation: Annotated[
        str,
        about(Id("Organisation"), "党派团体提出的。Proposed by this party or organisation."),
    ]
    due_before: Annotated[
        datetime,
        about(
            When(),
            "有未办结的承办件在此时以前到期。With an assignment not done, due before then.",
        ),
    ]
    close_kinds: Annotated[
        list[evaluation.CloseKind],
        about(
            Many(Choice(evaluation.CloseKind), high=3),
            "办结方式之一。Closed in one of these ways.",
        ),
    ]
    result: Annotated[
        evaluation.Grade,
        about(
            Choice(evaluation.Grade),
            "办理结果，限可查看评价结果的。Result, of those whose result the viewer may see.",
        ),
    ]
    disagreeing: Annotated[
        bool,
        about(
            Flag(),
            "有联名人评价与正式评价不一致的，限提案委。A co-signer's judgement differs from the "
            "official one; for the proposal committee.",
        ),
    ]
    awaiting_evaluation: Annotated[
        bool, about(Flag(), "待本人（本单位）评价的。Waiting for the viewer's evaluation.")
    ]
    own: Annotated[
        bool,
        about(Flag(), "本人（本单位）提出或联名的。Proposed or co-signed by the viewer."),
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
    case_no: Annotated[
        str, about(CodeText(1, 40), "提案号，含并入该案的。Case number, with what is merged.")
    ]
    text: Annotated[str, about(Text(1, 100), "词语检索。Words of title and text.")]
