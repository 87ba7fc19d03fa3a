"""Suspension, return and the ends of a membership (2.1, decision 17); recorded by OFFICE."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from services.members.commands.ports import Roster
from services.members.domain.membership import Membership
from services.members.domain.states import OPEN, State
from services.members.domain.term import Term, TermState
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI

CLOSING = "届满"
# A command that found the term open may still write within its deadline.
LATE_WRITES = timedelta(seconds=10)


@allow(Role.OFFICE)
def suspend_member(
    call: Call, roster: Roster, *, member_id: str, reason: str, document_no: str | None
) -> str:
    """Raises MemberStateUnfit, as all below."""
    return _edit(
        call, roster, member_id, lambda member, at: member.suspend(at, reason, document_no)
    )


@allow(Role.OFFICE)
def reinstate_member(call: Call, roster: Roster, *, member_id: str, reason: str | None) -> str:
    return _edit(call, roster, member_id, lambda member, at: member.reinstate(at, reason))


@allow(Role.OFFICE)
def resign_member(
    call: Call, roster: Roster, *, member_id: str, reason: str, document_no: str | None
) -> str:
    return _edit(call, roster, member_id, lambda member, at: member.resign(at, reason, document_no))


@allow(Role.OFFICE)
def revoke_member(
    call: Call, roster: Roster, *, member_id: str, reason: str, document_no: str
) -> str:
    """By a decision of the Standing Committee, whose document number is needed."""
    return _edit(call, roster, member_id, lambda member, at: member.revoke(at, reason, document_no))


@allow(Role.OFFICE)
def record_death(call: Call, roster: Roster, *, member_id: str, died_on: date) -> str:
    """Raises DeathDateUnfit, MemberStateUnfit."""
    day = datetime.combine(died_on, time(), SHANGHAI)
    return _edit(call, roster, member_id, lambda member, at: member.record_death(day, at))


@allow(Role.SYSTEM)
def end_memberships(call: Call, roster: Roster) -> None:
    """End the memberships of terms that are closing, then note the term as closed.

    Safe to run by several replicas at once, and to run again after a crash: each membership is
    ended by its own write, and only from a state in which it is open.
    """
    for term in roster.terms.in_state(TermState.CLOSING):
        at = term.ended_on or roster.clock.now()
        for member_id in roster.memberships.ids_in(term.no, OPEN):
            roster.memberships.edit(call, member_id, at, partial(_end, at))
        if roster.clock.now() - at >= LATE_WRITES:
            roster.terms.edit(call, term.id, at, Term.finish_closing)


def _end(at: datetime, member: Membership) -> bool:
    """False if another replica was faster."""
    if member.state is State.NOMINATED:
        member.reject(at, CLOSING)
    elif member.open:
        member.end_term(at)
    else:
        return False
    return True


def _edit(
    call: Call, roster: Roster, member_id: str, change: Callable[[Membership, datetime], None]
) -> str:
    at = roster.clock.now()
    return roster.memberships.edit(call, member_id, at, lambda member: change(member, at))
