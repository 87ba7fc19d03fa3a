"""What the operations of proposals are given: appraisals."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.proposals.domain import appraisal, inspection
from shared.operations import about
from shared.schemas import Choice, Id, Many

AppraisalIds = Annotated[list[str], about(Many(Id(), 0, 100))]


class AppraisalFilter(TypedDict, total=False):
    """民主评议筛选条件。All of these must hold."""

    states: Annotated[
        list[appraisal.AppraisalState],
        about(Many(Choice(appraisal.AppraisalState), high=10), "状态之一。In one of these states."),
    ]
    proposal_id: Annotated[str, about(Id("Proposal"), "评议的提案。With this case on the list.")]


class NoFilter(TypedDict):
    """What `NoFilter` holds."""


class InspectionFilter(TypedDict, total=False):
    """视察筛选条件。All of these must hold."""

    states: Annotated[
        list[inspection.InspectionState],
        about(
            Many(Choice(inspection.InspectionState), high=10), "状态之一。In one of these states."
        ),
    ]
    proposal_id: Annotated[str, about(Id("Proposal"), "视察的提案。Of this case.")]
