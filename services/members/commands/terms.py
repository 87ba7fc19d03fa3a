"""Terms and sessions (decision 12); by OFFICE."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.members.commands.ports import Roster
from services.members.domain.errors import SectorUnfit, TermExists
from services.members.domain.term import Session, Term, term_id
from shared.actor import Role, allow
from shared.call import Call


@allow(Role.OFFICE)
def open_term(
    call: Call, roster: Roster, *, no: int, starts_on: datetime, sector_set: list[str]
) -> str:
    """Raises TermExists, TermOrderUnfit, SectorUnfit for a code that the master data lacks."""

    def once() -> str:
        former = roster.terms.all()
        if any(term.no == no for term in former):
            raise TermExists(field="no")
        if unknown := sorted(set(sector_set) - roster.sectors.codes()):
            raise SectorUnfit(f"没有这些界别代码：{'、'.join(unknown)}", field="sectorSet")
        term = Term.open(no, starts_on, sector_set, former)
        roster.terms.add(call, term, roster.clock.now())
        return term.id

    return roster.terms.run(call, once)


@allow(Role.OFFICE)
def schedule_session(call: Call, roster: Roster, *, term: int | None, **dates: Any) -> str:
    """Set or move the dates of a session. Raises TermClosed, SessionOrderUnfit,
    SessionDatesUnfit, SessionOver."""
    at = roster.clock.now()
    session = Session(**dates)
    return roster.terms.edit(call, roster.term(term).id, at, lambda t: t.schedule(session, at))


@allow(Role.OFFICE)
def close_term(call: Call, roster: Roster, *, no: int) -> str:
    """End the term now; its memberships end shortly after, each with its own event.

    Raises TermNotFound, TermClosed.
    """
    at = roster.clock.now()
    return roster.terms.edit(call, term_id(no), at, lambda term: term.close(at))
