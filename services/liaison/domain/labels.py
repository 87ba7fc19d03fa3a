"""Values that rows hold and no rule needs, with their labels."""

from __future__ import annotations

from shared.labels import Labelled


class VisitorState(Labelled):
    """来访人可见的进展。All that a visitor's code shows."""

    BOOKED = "BOOKED", "已预约", "Booked"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"
    RECEIVED = "RECEIVED", "已接待", "Received"
    FORWARDED = "FORWARDED", "已转办", "Forwarded"
    ANSWERED = "ANSWERED", "已答复", "Answered"
