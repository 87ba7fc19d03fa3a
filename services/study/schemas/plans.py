"""What the operations of study are given: plans."""

from __future__ import annotations

from typing import Annotated, TypedDict

from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Flag, Id, Many, Text

PLAN = Answer("plan", "StudyPlan", "计划。The plan afterwards.")

PlanText = Annotated[str, about(Text(0, 10000), "内容。Text.", default="")]
PlanId = Annotated[str, about(Id("StudyPlan"), "计划编号。Global id of the plan.")]
Approved = Annotated[bool, about(Flag(), "是否通过。Whether it is approved.")]
Summary = Annotated[str, about(Text(1, 10000), "总结。Summary.")]


class StudyThemeInput(TypedDict):
    """学习主题。A theme of the plan."""

    code: Annotated[str, about(Text(1, 10), "编号。Code within the plan.")]
    title: Annotated[str, about(Text(2, 200), "主题。Theme.")]
    required: Annotated[
        bool, about(Flag(), "是否必学专题。Whether everybody studies it.", default=False)
    ]


PlanThemes = Annotated[
    list[StudyThemeInput], about(Many(Of(StudyThemeInput), 1, 50), "学习主题。Themes.")
]
