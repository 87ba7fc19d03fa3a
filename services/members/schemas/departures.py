"""What suspensions and the ends of a membership are given."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from shared.operations import about
from shared.schemas import Day, Text

Note = Annotated[str, about(Text(2, 200), "说明。Note.")]
DiedOn = Annotated[date, about(Day(), "去世日期。Day of death.")]
