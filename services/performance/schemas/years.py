"""What the operations of performance are given: years."""

from __future__ import annotations

from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import Flag

YEAR = Answer("points_year", "PointsYear", "年度。The year afterwards.")
CHANGE = Answer("late_change", "LateChange", "变动。The change afterwards.")

Approved = Annotated[bool, about(Flag(), "是否计入。Whether it counts.")]
