"""What the operations of proposals are given: lists of work across cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypedDict

from services.proposals.domain import assignments, labels, replies
from shared.contracts.sides import Side
from shared.operations import about
from shared.schemas import Choice, Day, Flag, Id, Many, Number, When

OrderBy = Annotated[
    labels.WorklistOrder, about(Choice(labels.WorklistOrder), "排序。Order.", default="DUE")
]
Soon = Annotated[
    int, about(Number(1, 90), "几天内到期算临近。Due soon: within so many days.", default=15)
]
BoardTerm = Annotated[
    int, about(Number(1, 999), "不满意件数的届次，默认本届。Term of the dissatisfied ones.")
]


OfSide = Annotated[Side, about(Choice(Side), "案件归口。Whose case it is, by its main unit.")]


class AssignmentFilter(TypedDict, total=False):
    """承办件筛选条件，须全部满足。All of these must hold."""

    unit_id: Annotated[str, about(Id("Organisation"), "承办单位。The unit.")]
    side: OfSide
    states: Annotated[
        list[assignments.AssignmentState],
        about(
            Many(Choice(assignments.AssignmentState), high=10), "状态之一。In one of these states."
        ),
    ]
    late: Annotated[
        bool,
        about(
            Flag(),
            "未办结的：是否已逾期。Of those not done: overdue, or still in time.",
        ),
    ]
    due_before: Annotated[
        datetime, about(When(), "未办结且在此时以前到期。Not done, and due before then.")
    ]
    extension_open: Annotated[
        bool, about(Flag(), "有无待审批的延期申请。Whether more time is asked for.")
    ]
    return_open: Annotated[
        bool, about(Flag(), "有无待决定的退办申请。Whether it is asked to be handed back.")
    ]
    term: Annotated[int, about(Number(1, 999), "届次。Term.")]


class CommitmentFilter(TypedDict, total=False):
    """承诺筛选条件，须全部满足。All of these must hold."""

    unit_id: Annotated[str, about(Id("Organisation"), "承诺单位。The unit.")]
    side: OfSide
    status: Annotated[
        replies.CommitmentStatus, about(Choice(replies.CommitmentStatus), "状态。State.")
    ]
    due_before: Annotated[date, about(Day(), "未了结且在此日以前到期。Not settled, due before.")]
    claimed: Annotated[
        bool, about(Flag(), "单位是否报告已兑现、待核实。Whether said to be kept, to be verified.")
    ]
