"""Terms and sessions (decision 12); by OFFICE."""

from __future__ import annotations

from typing import Unpack

from services.members.commands.ports import Roster
from services.members.domain.errors import SectorUnfit, TermExists
from services.members.domain.term import Session, Term, term_id
from services.members.schemas import common
from services.members.schemas import terms as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import InvalidInput
from shared.operations import command


@allow(Role.OFFICE)
@command("openTerm", answers=form.TERM)
def open_term(
    call: Call,
    desk: Roster,
    *,
    no: form.NewNo,
    starts_on: form.StartsOn,
    sector_set: form.SectorSet,
) -> str:
    """设立一届（办公室）。Open a term with its sectors.

    Raises TermExists, TermOrderUnfit, SectorUnfit for a code that the master data lacks.
    """

    if not sector_set:
        raise InvalidInput("请选择本届设置的界别", field="sectorSet")

    def once() -> str:
        former = desk.terms.all()
        if any(term.no == no for term in former):
            raise TermExists(field="no")
        if unknown := sorted(set(sector_set) - desk.sectors.codes()):
            raise SectorUnfit(f"没有这些界别代码：{'、'.join(unknown)}", field="sectorSet")
        term = Term.open(no, starts_on, sector_set, former)
        desk.terms.add(call, term, desk.clock.now())
        return term.id

    return desk.terms.run(call, once)


@allow(Role.OFFICE)
@command("scheduleSession", answers=form.TERM)
def schedule_session(
    call: Call, desk: Roster, *, term: common.TermNo | None, **dates: Unpack[form.SessionDates]
) -> str:
    """确定会议日程（办公室）。Set or move the dates of a session.

    Raises TermClosed, SessionOrderUnfit, SessionDatesUnfit, SessionOver.
    """
    at = desk.clock.now()
    session = Session(**dates)
    return desk.terms.edit(call, desk.term(term).id, at, lambda t: t.schedule(session, at))


@allow(Role.OFFICE)
@command("closeTerm", answers=form.TERM)
def close_term(call: Call, desk: Roster, *, no: form.No) -> str:
    """结束一届（办公室）。Close a term; its memberships end shortly after.

    Raises TermNotFound, TermClosed.
    """
    at = desk.clock.now()
    return desk.terms.edit(call, term_id(no), at, lambda term: term.close(at))
