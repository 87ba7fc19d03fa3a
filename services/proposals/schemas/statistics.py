"""What the operations of proposals are given: statistics."""

from __future__ import annotations

from typing import Annotated

from services.proposals.domain import tallying
from shared.operations import about
from shared.schemas import Choice, Number

By = Annotated[
    tallying.Grouping,
    about(Choice(tallying.Grouping), "分组。Grouping.", default=tallying.Grouping.TOTAL),
]
StatisticYear = Annotated[
    int, about(Number(1, 9999), "年份：提交或交办之年。Year of submission or of assignment.")
]
Term = Annotated[int, about(Number(1, 999), "届次。Term.")]
Session = Annotated[int, about(Number(1, 99), "会议次数，与届次同用。Session, with the term.")]
