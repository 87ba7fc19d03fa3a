"""What the operations of liaison are given: years."""

from __future__ import annotations

from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import Many, Text

WORKSPACE = Answer("workspace", "LiaisonYear", "年度工作。The year afterwards.")

YearPlan = Annotated[str, about(Text(0, 20000), "计划。Plan.", default="")]
Topics = Annotated[
    list[str],
    about(Many(Text(2, 100), high=50), "区域发展热点、难点问题。Local topics.", default=list),
]
YearSummary = Annotated[str, about(Text(0, 20000), "总结。Summary.", default="")]
