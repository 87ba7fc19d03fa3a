"""What the operations of performance are given: statistics."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.performance.domain import figures
from shared.operations import about
from shared.operations.arguments import Ids, Of
from shared.schemas import Choice, Many, Text

By = Annotated[figures.By, about(Choice(figures.By), "分组方式。What to group by.")]
GroupKey = Annotated[str, about(Text(1, 128), "只看此组。Only this group, by its key.")]


class DutyPart(TypedDict):
    """A group as the asker divides the members."""

    key: Annotated[str, about(Text(1, 60))]
    member_ids: Ids


Parts = Annotated[list[DutyPart], about(Many(Of(DutyPart), high=20), hidden=True)]
