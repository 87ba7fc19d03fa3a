"""Figures of the proposals: who sees which (section 3)."""

from __future__ import annotations

from typing import Any

from services.proposals.commands.ports import Tallies
from services.proposals.commands.visibility import PRO, UNITS
from services.proposals.domain.statistics import (
    BEFORE_FILING,
    GRADES,
    figures,
    too_few,
)
from services.proposals.domain.tallying import TOTAL, Audience, Grouping, term_of, year_of
from services.proposals.schemas import statistics as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.errors import Forbidden, InvalidInput
from shared.operations import query

Row = dict[str, Any]
SEES_ALL = PRO | {
    Role.OFFICE,
    Role.CHAIR_COUNCIL,
    Role.SECRETARY_GENERAL,
    Role.SUPERVISING_OFFICE,
}
SEES_TOTALS = frozenset(
    {
        Role.MEMBER,
        Role.STANDING_MEMBER,
        Role.SECTOR_CONVENER,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.TOWN_STAFF,
        Role.TOWN_HEAD,
        Role.ORG_STAFF,
        Role.ORG_HEAD,
        Role.INFO_EDITOR,
        Role.SUPERVISOR,
        Role.PUBLIC,
    }
)
# Whose own row of a grouping is shown, and which scope names it.
OWN = {
    **{(role, Grouping.UNIT): "unit" for role in UNITS},
    **{(role, Grouping.TOWN): "town" for role in (Role.TOWN_STAFF, Role.TOWN_HEAD)},
    **{
        (role, Grouping.COMMITTEE): "committee"
        for role in (Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
    },
}
READERS = tuple(SEES_ALL | SEES_TOTALS | UNITS)


@allow(*READERS)
@query("proposalStatistics", gives="[ProposalStatistic!]")
def proposal_statistics(
    call: Call,
    tallies: Tallies,
    *,
    by: form.By,
    year: form.StatisticYear | None,
    term: form.Term | None,
    session: form.Session | None,
) -> list[Row]:
    """提案统计：年份或届次二选一。Figures of a year, or of a term or session.

    Raises InvalidInput for none or two periods, Forbidden for rows that the role may not see.
    """
    actor = call.actor
    period = _period(year, term, session)
    key = _own_key(actor, by)
    audience = Audience.OPEN if _visitor(actor) else Audience.ALL
    rows = tallies.rows(period, audience, by, key)
    if not rows and by is Grouping.TOTAL:
        rows = [{"key": TOTAL, "counts": {}}]
    return [
        {
            "by": by.value,
            "key": row["key"],
            "figures": figures(row["counts"], _hidden(actor, row["counts"], by)),
        }
        for row in rows
    ]


def _period(year: int | None, term: int | None, session: int | None) -> str:
    if (year is None) == (term is None) or (session is not None and term is None):
        raise InvalidInput("请选择年份，或者届次（可再选会议次数）", field="year")
    if year is not None:
        return year_of(year)
    assert term is not None
    return term_of(term, session)


def _own_key(actor: Actor, by: Grouping) -> str | None:
    """The only row of this grouping that the actor may see, None for all; else Forbidden."""
    if actor.role in SEES_ALL or by is Grouping.TOTAL:
        return None
    if (scope := OWN.get((actor.role, by))) and (own := actor.scope.get(scope)):
        return own
    if actor.role in UNITS or by is not Grouping.CATEGORY:
        raise Forbidden
    return None


def _visitor(actor: Actor) -> bool:
    return actor.role is Role.PUBLIC or actor.former


def _hidden(actor: Actor, counts: Row, by: Grouping) -> frozenset[str]:
    """What a row must not tell this reader (decision 21 in spirit: no grade of a single case).

    A unit took part in what its row counts.
    """
    hidden: frozenset[str] = frozenset()
    if _visitor(actor):
        hidden |= frozenset(BEFORE_FILING)
    if actor.role not in SEES_ALL and by is not Grouping.UNIT and too_few(counts):
        hidden |= frozenset(GRADES)
    return hidden
