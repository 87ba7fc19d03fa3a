"""What the operations of office are given: work."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.office.domain import affairs, plans
from services.office.schemas import common
from shared.operations import about
from shared.schemas import Choice, Flag, Id, Number, Text


class AffairFilter(TypedDict, total=False):
    """事项筛选条件。All of these must hold."""

    state: Annotated[affairs.AffairState, about(Choice(affairs.AffairState), "状态。State.")] | None
    kind: Annotated[affairs.AffairKind, about(Choice(affairs.AffairKind), "种类。Kind.")] | None
    office: Annotated[str, about(Id("Organisation"), "办理机构。On this office's list.")] | None
    title: common.TitleWords | None
    due_before: common.DueBefore | None
    open: common.OpenOnly
    mine: Annotated[bool, about(Flag(), "仅本人提出的。Only those that the viewer raised.")]


class WorkPlanFilter(TypedDict, total=False):
    """年度工作要点筛选条件。All of these must hold."""

    year: common.Year | None
    term: Annotated[int, about(Number(), "届次。Term.")] | None
    state: Annotated[plans.PlanState, about(Choice(plans.PlanState), "状态。State.")] | None


PlanId = Annotated[str, about(Id("WorkPlan"), hidden=True)]
ItemCode = Annotated[str, about(Text(1, 40), hidden=True)]
