"""Master data for everyone: organisations, sectors, terms, sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from services.members.commands.ports import Roster
from services.members.domain import term as terms
from services.members.domain.term import Session, Term
from shared.actor import Role, allow
from shared.call import Call

Row = dict[str, Any]


@allow(*Role)
def organisations(
    call: Call, roster: Roster, *, kinds: Collection[str] | None, include_ended: bool
) -> list[Row]:
    """All organisations of some kinds, in the committee's order."""
    return roster.organisations.rows(kinds, include_ended)


@allow(*Role)
def organisations_by_ids(call: Call, roster: Roster, *, ids: Collection[str]) -> list[Row]:
    return roster.organisations.rows_by_ids(ids)


@allow(*Role)
def sectors(call: Call, roster: Roster, *, term: int | None) -> list[Row]:
    """The sectors of a term; of the current one, or all before the first term, unless told.

    Raises TermNotFound.
    """
    found = roster.term(term) if term is not None else roster.current_term()
    return roster.sectors.rows(found.sector_set if found else None)


@allow(*Role)
def sectors_by_codes(call: Call, roster: Roster, *, ids: Collection[str]) -> list[Row]:
    """Sectors of the master data, whether or not a term uses them."""
    return roster.sectors.rows(ids)


@allow(*Role)
def list_terms(call: Call, roster: Roster) -> list[Row]:
    """All terms with their sessions, the latest first."""
    return [term_row(term) for term in reversed(roster.terms.all())]


@allow(*Role)
def current_term(call: Call, roster: Roster) -> Row | None:
    found = roster.current_term()
    return term_row(found) if found else None


@allow(*Role)
def current_session(call: Call, roster: Roster) -> Row | None:
    """The session whose window has opened last; None before the first one."""
    term = roster.current_term()
    session = term.session_at(roster.clock.now()) if term else None
    return _session_row(term, session) if term and session else None


def term_row(term: Term) -> Row:
    return {
        "id": terms.term_id(term.no),
        "no": term.no,
        "starts_on": term.starts_on,
        "ended_on": term.ended_on,
        "state": term.state,
        "sector_set": term.sector_set,
        "sessions": [_session_row(term, session) for session in term.sessions],
    }


def _session_row(term: Term, session: Session) -> Row:
    return {"term": term.no, **asdict(session)}
