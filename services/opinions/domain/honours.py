"""The year's good items: proposed by the editors, decided by the leaders (10.7)."""

from __future__ import annotations

from datetime import datetime

from services.opinions.domain import errors
from services.opinions.domain.clocks import Limit
from services.opinions.domain.limits import Limits
from services.opinions.domain.record import Good, Opinion
from services.opinions.domain.states import ISSUED
from shared.contracts import names


def nominate(opinion: Opinion, limits: Limits, at: datetime) -> None:
    """Of the year of its issue. Raises Repeated, WrongState."""
    opinion.require(ISSUED)
    assert opinion.issue is not None
    if opinion.good is not None:
        raise errors.Repeated("已推荐为优秀信息")
    opinion.good = Good(opinion.issue.year, at)
    clock = limits.good(at)
    opinion.watch(clock)
    opinion.tell(names.OPINION_GOOD_NOMINATED, year=opinion.good.year, decide_by=clock.due_at)


def decide(opinion: Opinion, selected: bool, by: str, at: datetime) -> None:
    """Also takes a selection back. Raises Unfit, Repeated."""
    if opinion.good is None:
        raise errors.Unfit("尚未推荐为优秀信息")
    was = opinion.good.selected_at is not None
    if was and selected:
        raise errors.Repeated("已评为优秀信息")
    year = opinion.good.year
    opinion.stop(Limit.GOOD, at)
    if selected:
        opinion.good.selected_at, opinion.good.selected_by = at, by
    else:
        opinion.good = None
    opinion.tell(names.OPINION_GOOD_DECIDED, year=year, selected=selected, revoked=was)
