"""Suspension, return and the ends of a membership (2.1, decision 17); recorded by OFFICE."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from services.members.commands.ports import Roster
from services.members.domain.membership import Membership
from services.members.domain.states import OPEN, State
from services.members.domain.term import Term, TermState
from services.members.schemas import common
from services.members.schemas import departures as form
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.operations import command

CLOSING = "届满"
# A command that found the term open may still write within its deadline.
LATE_WRITES = timedelta(seconds=10)


@allow(Role.OFFICE)
@command("suspendMember", answers=common.MEMBER)
def suspend_member(
    call: Call,
    desk: Roster,
    *,
    member_id: common.MemberId,
    reason: common.Reason,
    document_no: common.DocumentNo | None,
) -> str:
    """暂停履职（办公室）。Suspend a member. Raises MemberStateUnfit, as all here."""
    return _edit(call, desk, member_id, lambda member, at: member.suspend(at, reason, document_no))


@allow(Role.OFFICE)
@command("reinstateMember", answers=common.MEMBER)
def reinstate_member(
    call: Call, desk: Roster, *, member_id: common.MemberId, reason: form.Note | None
) -> str:
    """恢复履职（办公室）。End a suspension."""
    return _edit(call, desk, member_id, lambda member, at: member.reinstate(at, reason))


@allow(Role.OFFICE)
@command("resignMember", answers=common.MEMBER)
def resign_member(
    call: Call,
    desk: Roster,
    *,
    member_id: common.MemberId,
    reason: common.Reason,
    document_no: common.DocumentNo | None,
) -> str:
    """办理请辞（办公室）。Record that a member has resigned."""
    return _edit(call, desk, member_id, lambda member, at: member.resign(at, reason, document_no))


@allow(Role.OFFICE)
@command("revokeMember", answers=common.MEMBER)
def revoke_member(
    call: Call,
    desk: Roster,
    *,
    member_id: common.MemberId,
    reason: common.Reason,
    document_no: common.DocumentNo,
) -> str:
    """撤销委员资格（办公室）。Revoke a membership, by a decision of the Standing Committee."""
    return _edit(call, desk, member_id, lambda member, at: member.revoke(at, reason, document_no))


@allow(Role.OFFICE)
@command("recordDeath", answers=common.MEMBER)
def record_death(
    call: Call, desk: Roster, *, member_id: common.MemberId, died_on: form.DiedOn
) -> str:
    """记录委员去世（办公室）。Record that a member has died.

    Raises DeathDateUnfit, MemberStateUnfit.
    """
    day = datetime.combine(died_on, time(), SHANGHAI)
    return _edit(call, desk, member_id, lambda member, at: member.record_death(day, at))


@allow(Role.SYSTEM)
def end_memberships(call: Call, desk: Roster) -> None:
    """End the memberships of terms that are closing, then note the term as closed.

    Safe to run by several replicas at once, and to run again after a crash: each membership is
    ended by its own write, and only from a state in which it is open.
    """
    for term in desk.terms.in_state(TermState.CLOSING):
        at = term.ended_on or desk.clock.now()
        for member_id in desk.memberships.ids_in(term.no, OPEN):
            desk.memberships.edit(call, member_id, at, partial(_end, at))
        if desk.clock.now() - at >= LATE_WRITES:
            desk.terms.edit(call, term.id, at, Term.finish_closing)


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
    call: Call, desk: Roster, member_id: str, change: Callable[[Membership, datetime], None]
) -> str:
    at = desk.clock.now()
    return desk.memberships.edit(call, member_id, at, lambda member: change(member, at))
