"""What inspections and debriefings have in common: the office holds their meetings (30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any


def plan_of(
    planned: Any, kind: str, invited: Sequence[str], units: Sequence[str]
) -> dict[str, Any]:
    """The office's contract (decision 30)."""
    ends = {"ends_at": planned.ends_at} if planned.ends_at else {}
    return {
        "meeting_id": planned.id,
        "kind": kind,
        "organiser": planned.organiser,
        "title": planned.title,
        "held_at": planned.held_at,
        **ends,
        "place": planned.place,
        "mandatory": False,
        "half_days": 1,
        "invited": [{"member_id": id, "role": "PARTICIPANT"} for id in invited],
        "units": list(units),
    }


def follow(planned: Any, held_at: datetime, version: int, open: bool) -> bool:
    """The meeting's time as the office tells it; late news change nothing."""
    if not open or version < planned.followed:
        return False
    news = held_at != planned.held_at
    planned.followed, planned.held_at = version, held_at
    return news
