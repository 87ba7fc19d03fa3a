"""What the operations of performance are given: rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from services.performance.domain import rules
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Amount, Choice, CodeText, Day, Flag, Many, Number, Text

RULES = Answer("rules", "ScoringRules", "积分办法。The version afterwards.")

VersionNo = Annotated[int, about(Number(1, 10_000), "版本号。Version.")]
Approved = Annotated[bool, about(Flag(), "是否通过。Whether it is approved.")]
DocumentNo = Annotated[
    str, about(CodeText(1, 60), "常委会决定的文号。Number of the decision's document.")
]
DecidedOn = Annotated[
    date, about(Day(), "常委会决定日期。Day of the Standing Committee's decision.")
]


class ScoringCategoryInput(TypedDict):
    """一个类别。A category."""

    code: Annotated[str, about(Text(1, 1), "代码，A至G。Code, A to G.")]
    label: Annotated[str, about(Text(1, 30), "名称。Name.")]
    cap: Annotated[float, about(Amount(), "封顶分，扣分类不填。Cap; none for deductions.")] | None


class ScoringGradeInput(TypedDict):
    """一个等次。A grade."""

    code: Annotated[rules.ScoreGrade, about(Choice(rules.ScoreGrade), "等次。Grade.")]
    label: Annotated[str, about(Text(1, 20), "名称。Name.")]
    threshold: Annotated[float, about(Amount(), "起点分。Points from which it holds.")]


class RulePointsInput(TypedDict):
    """一种情形的分值。The points of one case."""

    variant: Annotated[
        str,
        about(Text(0, 40), "情形，不分情形时不填。Case; none if there is one only.", default=""),
    ]
    points: Annotated[float, about(Amount(), "分值。Points.")]


class ScoringRuleInput(TypedDict):
    """一条规则。One rule."""

    code: Annotated[str, about(Text(2, 4), "代码，如 B1。Code.")]
    basis: Annotated[
        str,
        about(
            Text(1, 60),
            "依据的履职事实，须由事件证明；登录、点赞、转发、在线时长等不得作为依据。"
            "The fact that it counts, shown by an event; never the use of the application.",
        ),
    ]
    label: Annotated[str, about(Text(1, 60), "名称。Name.")]
    measure: Annotated[str, about(Text(1, 4), "量词。Measure word.")]
    noun: Annotated[str, about(Text(1, 30), "事项。What is counted.")]
    points: Annotated[
        list[RulePointsInput], about(Many(Of(RulePointsInput), 1, 10), "分值。Points by case.")
    ]
    further: (
        Annotated[float, about(Amount(), "后续每件分值。Each one after the year's first.")] | None
    )
    yearly_count: (
        Annotated[int, about(Number(1, 100), "年度计分次数上限。So many count in a year.")] | None
    )
    yearly_points: (
        Annotated[float, about(Amount(1, 1000), "年度分值上限。So many points in a year.")] | None
    )


class ScoringRules(TypedDict):
    """What `draft_rules` is given."""

    label: Annotated[str, about(Text(1, 60), "名称。Name.")]
    active_from: Annotated[date, about(Day(), "生效日期。Day from which it holds.")]
    categories: Annotated[
        list[ScoringCategoryInput],
        about(Many(Of(ScoringCategoryInput)), "类别。Categories, A to G."),
    ]
    grades: Annotated[
        list[ScoringGradeInput], about(Many(Of(ScoringGradeInput)), "等次。Grades, best first.")
    ]
    rules: Annotated[
        list[ScoringRuleInput], about(Many(Of(ScoringRuleInput), 1, 100), "规则。Rules.")
    ]
