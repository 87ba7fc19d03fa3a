"""Master data for everyone: organisations, sectors, terms, sessions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.members.commands.ports import Roster
from services.members.commands.topics import today
from services.members.domain import term as terms
from services.members.domain.term import Session, Term
from services.members.schemas import directory as form
from services.members.schemas import topics as topic_form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import Ids

Row = dict[str, Any]


@allow(*Role)
@query()
def organisations(
    call: Call,
    desk: Roster,
    *,
    kinds: form.Kinds | None,
    include_ended: form.IncludeEnded,
    filter: form.OrganisationFilter,
) -> list[Row]:
    """All organisations of some kinds, in the committee's order."""
    asked = {name: value for name, value in filter.items() if value is not None}
    return desk.organisations.rows(kinds, include_ended, asked)


@allow(*Role)
@query(loads="Organisation")
def organisations_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    return desk.organisations.rows_by_ids(ids)


@allow(*Role)
@query("sectors", gives="[Sector!]")
def sectors(call: Call, desk: Roster, *, term: form.TermNo | None) -> list[Row]:
    """界别。Sectors of a term. Raises TermNotFound.

    Of the current one, or all before the first term, unless told.
    """
    found = desk.term(term) if term is not None else desk.current_term()
    return desk.sectors.rows(found.sector_set if found else None)


@allow(*Role)
@query()
def sectors_by_codes(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """Sectors of the master data, whether or not a term uses them."""
    return desk.sectors.rows(ids)


@allow(*Role)
@query("topics", gives="[Topic!]")
def topics(
    call: Call, desk: Roster, *, parent: topic_form.ParentOnly | None, on: topic_form.On | None
) -> list[Row]:
    """主题目录：领域和下级主题。The taxonomy as it is valid on a day. [Decision 56]"""
    return desk.topics.rows(parent, on or today(desk))


@allow(*Role)
@query(loads="Topic")
def topics_by_codes(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """Topics of any time by their codes."""
    return desk.topics.rows_by_codes(ids)


@allow(*Role)
@query("terms", gives="[Term!]")
def list_terms(call: Call, desk: Roster) -> list[Row]:
    """历届，新的在前。All terms, the latest first."""
    return [_term_row(term) for term in reversed(desk.terms.all())]


@allow(*Role)
@query(loads="Term")
def terms_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    return [row for row in list_terms(call, desk) if row["id"] in ids]


@allow(*Role)
@query("currentTerm", gives="Term")
def current_term(call: Call, desk: Roster) -> Row | None:
    """本届。The current term."""
    found = desk.current_term()
    return _term_row(found) if found else None


@allow(*Role)
@query("currentSession", gives="Session")
def current_session(call: Call, desk: Roster) -> Row | None:
    """最近开放的会议。Session whose window has opened last."""
    term = desk.current_term()
    session = term.session_at(desk.clock.now()) if term else None
    return _session_row(term, session) if term and session else None


def _term_row(term: Term) -> Row:
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
