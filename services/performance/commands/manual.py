"""Points by hand: one person asks, another decides (section 3, separation of duties 4).

The office asks; another account of the office confirms, or the committee or town of the member.
"""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.manual import POST, STRIKE, ManualRequest, check_credit
from services.performance.queries.points import SEES_ALL, may_see
from services.performance.schemas import common
from services.performance.schemas import manual as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command

CONFIRMS = frozenset(
    {
        Role.OFFICE,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.TOWN_STAFF,
        Role.TOWN_HEAD,
    }
)


@allow(Role.OFFICE)
@command("requestPointsCredit", answers=form.REQUEST)
def request_credit(call: Call, desk: Desk, **given: Unpack[form.RequestCredit]) -> str:
    """申请人工补记（办公室），须另一人复核。Ask to credit a fact that no event shows.

    Raises HappenedLater, RuleUnfit, OwnPoints, MemberUnknown.
    """
    return desk.manual.run(call, lambda: _add(call, desk, credit(call, desk, **given)))


@allow(Role.OFFICE)
@command("requestPointsStrike", answers=form.REQUEST)
def request_strike(
    call: Call, desk: Desk, *, entry_id: common.EntryId, reason: common.Reason
) -> str:
    """申请人工冲销（办公室），须另一人复核。Ask to take an entry back.

    Raises EntryNotFound, EntryUndone, OwnPoints.
    """
    return desk.manual.run(call, lambda: _add(call, desk, strike(call, desk, entry_id, reason)))


@allow(*CONFIRMS, approves=True)
@command("decidePointsRequest", answers=form.REQUEST)
def decide_request(
    call: Call,
    desk: Desk,
    *,
    request_id: form.RequestId,
    confirmed: form.Confirmed,
    reason: common.Reason | None,
) -> str:
    """复核人工记分（另一人）。Decide on a request; never by the one who asked.

    Raises RequestNotFound, AlreadyDecided, SamePerson, OwnPoints.
    """

    def once() -> str:
        request = desk.manual.get(request_id)
        if request is None:
            raise errors.RequestNotFound
        member = desk.member(request.member_id)
        if call.actor.role not in SEES_ALL and not may_see(call.actor, member):
            raise Forbidden("只能复核本组委员的记分")
        _not_own(call, request.member_id)
        at = desk.clock.now()
        request.decide(confirmed, str(call.actor.account_id), at, reason)
        desk.manual.save(call, request, at)
        return request_id

    return desk.manual.run(call, once)


def credit(
    call: Call,
    desk: Desk,
    *,
    member_id: str,
    rule_code: str,
    variant: str,
    quantity: int,
    out_of: int,
    happened_on: datetime,
    reason: str,
    appeal: tuple[str, int] | None = None,
) -> ManualRequest:
    """The request, not yet stored. appeal: the one it follows from, and that one's year."""
    at = desk.clock.now()
    _not_own(call, member_id)
    if not desk.members.by_ids([member_id]):
        raise errors.MemberUnknown(field="memberId")
    check_credit(desk.book, rule_code, variant, quantity, out_of, happened_on, at)
    return ManualRequest(
        id=new_id(),
        kind=POST,
        member_id=member_id,
        term=desk.member(member_id).term,
        rule_code=rule_code,
        variant=variant,
        quantity=quantity,
        out_of=out_of,
        happened_on=happened_on,
        entry_id=None,
        reason=reason,
        requested_by=str(call.actor.account_id),
        requested_at=at,
        appeal_id=appeal[0] if appeal else None,
        appeal_year=appeal[1] if appeal else None,
    )


def strike(
    call: Call,
    desk: Desk,
    entry_id: str,
    reason: str,
    appeal: tuple[str, int] | None = None,
) -> ManualRequest:
    """The request, not yet stored."""
    entry = desk.ledger.entry(entry_id)
    if entry is None or entry.is_reversal:
        raise errors.EntryNotFound(field="entryId")
    if desk.ledger.reversal_of(entry_id) is not None:
        raise errors.EntryUndone(field="entryId")
    _not_own(call, entry.member_id)
    return ManualRequest(
        id=new_id(),
        kind=STRIKE,
        member_id=entry.member_id,
        term=entry.term,
        rule_code=entry.rule_code,
        variant=entry.variant,
        quantity=entry.quantity,
        out_of=entry.out_of,
        happened_on=entry.occurred_on,
        entry_id=entry_id,
        reason=reason,
        requested_by=str(call.actor.account_id),
        requested_at=desk.clock.now(),
        appeal_id=appeal[0] if appeal else None,
        appeal_year=appeal[1] if appeal else None,
    )


def _add(call: Call, desk: Desk, request: ManualRequest) -> str:
    desk.manual.add(call, request, request.requested_at)
    return request.id


def _not_own(call: Call, member_id: str) -> None:
    if call.actor.is_self(member_id):
        raise errors.OwnPoints
