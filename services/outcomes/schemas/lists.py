"""What the operations of outcomes are given: lists and figures."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.outcomes.domain import kinds
from services.outcomes.schemas import common
from services.outcomes.schemas.files import SourceKind
from shared.operations import about
from shared.operations.arguments import OfTopic, Since, Until
from shared.schemas import Choice, Flag, Id, Number, Text, When

Words = Annotated[str, about(Text(1, 100), "标题、内容中的词。Words of title and text.")]
OfOrganisation = Annotated[str, about(Id("Organisation"), "组织。Of this organisation.")]
OfUnit = Annotated[str, about(Id("Organisation"), "责任单位。Of this unit.")]


class OutcomeFilter(TypedDict, total=False):
    """成果档案筛选条件。All of these must hold."""

    source: SourceKind | None
    year: common.Year | None
    state: Annotated[kinds.FileState, about(Choice(kinds.FileState), "状态。State.")] | None
    organiser: OfOrganisation | None
    unit: OfUnit | None
    topic_code: OfTopic | None
    text: Words | None
    since: Since | None
    until: Until | None
    mine: Annotated[bool, about(Flag(), "仅本人的意见。Only of one's own suggestions.")] | None


class OutcomeItemFilter(TypedDict, total=False):
    """意见筛选条件。All of these must hold."""

    outcome_id: Annotated[str, about(Id("OutcomeFile"), "成果档案。Of this file.")] | None
    source: SourceKind | None
    year: common.Year | None
    state: Annotated[kinds.ItemState, about(Choice(kinds.ItemState), "状态。State.")] | None
    unit: OfUnit | None
    kind: common.KindOfOutcome | None
    major: Annotated[bool, about(Flag(), "重大改革举措。Major reform measures.")] | None
    overdue: Annotated[bool, about(Flag(), "已逾期的。Overdue ones.")] | None
    inspect_in: (
        Annotated[int, about(Number(2000, 2100), "列入该年视察。Of that year's inspections.")]
        | None
    )
    due_before: Annotated[datetime, about(When(), "此时以前到期。Due before.")] | None
    topic_code: OfTopic | None
    text: Words | None
    mine: Annotated[bool, about(Flag(), "仅本人的意见。Only one's own suggestions.")] | None


class PromiseFilter(TypedDict, total=False):
    """承诺筛选条件。All of these must hold."""

    unit: OfUnit | None
    promise: (
        Annotated[
            kinds.PromiseState, about(Choice(kinds.PromiseState), "兑现情况。What became of it.")
        ]
        | None
    )
    year: Annotated[int, about(Number(2000, 2100), "到期年度。Due in.")] | None
