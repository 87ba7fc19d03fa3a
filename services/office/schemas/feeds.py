"""What the operations of office are given: feeds."""

from __future__ import annotations

from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import Text

FEED = Answer("feed", "CalendarFeed", "日历订阅。The feed afterwards.")

Token = Annotated[str, about(Text(1, 2000), "地址。Address of a feed.")]
