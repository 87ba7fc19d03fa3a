"""What the operations of office are given: affairs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.office.domain import affairs
from shared.operations import Answer, about
from shared.schemas import Choice, Id, Number, Text, When

AFFAIR = Answer("affair", "Affair", "事项。The affair afterwards.")

OfficeId = Annotated[
    str, about(Id("Organisation"), "办理机构，默认办公室。Whose list; the general office's.")
]
AffairId = Annotated[str, about(Id("Affair"), "事项编号。Global id of the affair.")]
OtherOfficeId = Annotated[str, about(Id("Organisation"), "移交给。Global id of the other office.")]
Stars = Annotated[int, about(Number(1, 5), "评分，1至5。From 1 to 5.")]
Comment = Annotated[str, about(Text(0, 500), "评语。In words.")]


class Asked(TypedDict):
    """What is asked of an office."""

    kind: Annotated[affairs.AffairKind, about(Choice(affairs.AffairKind), "种类。Kind.")]
    title: Annotated[str, about(Text(1, 100), "名称。Title.")]
    content: Annotated[str, about(Text(1, 2000), "内容。What is asked for.")]
    wanted_from: Annotated[datetime, about(When(), "需用开始时间。Wanted from.")] | None
    wanted_until: Annotated[datetime, about(When(), "需用结束时间。Wanted until.")] | None
    place: Annotated[str, about(Text(0, 100), "地点。Place.")] | None
    people: Annotated[int, about(Number(1, 1000), "人数。Number of people.")] | None
