"""Affairs: raised by anybody, done by offices (2.10, 15.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Unpack

from services.office.commands import paper_access as access
from services.office.commands.ports import Desk
from services.office.domain import document_errors as errors
from services.office.domain.affairs import Affair
from services.office.schemas import affairs as form
from services.office.schemas import common
from shared.actor import Actor, allow
from shared.call import Call
from shared.contracts.recipients import account_key, keys_of, member_key
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.persistence import changing

Act = Callable[[Affair, datetime], None]


@allow(*access.SIGNED_IN)
@command("raiseAffair", answers=form.AFFAIR)
def raise_affair(
    call: Call,
    desk: Desk,
    *,
    office_id: form.OfficeId | None,
    **asked: Unpack[form.Asked],
) -> str:
    """提出事项（任何登录者）。Ask something of an office. Raises HandOverUnfit."""

    def once() -> str:
        at = desk.clock.now()
        office = office_id or access.GENERAL_OFFICE
        affair = Affair(
            id=new_id(),
            term=desk.members.current_term(),
            office=office,
            office_kind=internal_kind(desk, office),
            raised_by=call.actor.account_id,
            raised_key=_person(call.actor),
            raised_at=at,
            **asked,
        )
        affair.raise_()
        desk.affairs.add(call, affair, at)
        return affair.id

    return desk.affairs.run(call, once, look_first=False)


@allow(*access.OFFICES)
@command("acceptAffair", answers=form.AFFAIR)
def accept_affair(call: Call, desk: Desk, *, affair_id: form.AffairId) -> str:
    """受理（办理机构）。Take it from the shared list."""
    return _change(call, desk, affair_id, lambda a, at: a.accept(_by(call), at))


@allow(*access.OFFICES)
@command("startAffair", answers=form.AFFAIR)
def start_affair(call: Call, desk: Desk, *, affair_id: form.AffairId) -> str:
    """开始办理（办理机构）。Begin."""
    return _change(call, desk, affair_id, lambda a, at: a.start(_by(call), at))


@allow(*access.OFFICES)
@command("rejectAffair", answers=form.AFFAIR)
def reject_affair(
    call: Call, desk: Desk, *, affair_id: form.AffairId, reason: common.Reason
) -> str:
    """不予受理（办理机构）。Reject it."""
    return _change(call, desk, affair_id, lambda a, at: a.reject(reason, _by(call), at))


@allow(*access.OFFICES)
@command("handOverAffair", answers=form.AFFAIR)
def hand_over_affair(
    call: Call,
    desk: Desk,
    *,
    affair_id: form.AffairId,
    office_id: form.OtherOfficeId,
    reason: common.Reason,
) -> str:
    """移交其他内设机构（办理机构）。Hand it over to another office. Raises HandOverUnfit."""

    def act(affair: Affair, at: datetime) -> None:
        kind = internal_kind(desk, office_id)
        affair.hand_over(office_id, kind, reason, _by(call), at)

    return _change(call, desk, affair_id, act)


@allow(*access.OFFICES)
@command("finishAffair", answers=form.AFFAIR)
def finish_affair(
    call: Call, desk: Desk, *, affair_id: form.AffairId, result: common.Result
) -> str:
    """办结（办理机构）。Done."""
    return _change(call, desk, affair_id, lambda a, at: a.finish(result, _by(call), at))


@allow(*access.SIGNED_IN)
@command("rateAffair", answers=form.AFFAIR)
def rate_affair(
    call: Call,
    desk: Desk,
    *,
    affair_id: form.AffairId,
    stars: form.Stars,
    comment: form.Comment | None,
) -> str:
    """评价（提出人）。Rate it, by whoever raised it.

    For anybody else it does not exist, or is Forbidden.
    """

    def act(affair: Affair, at: datetime) -> None:
        if not raised_for(call.actor, affair.raised_by, affair.raised_key):
            raise Forbidden("只能评价自己提出的事项")
        affair.rate(stars, comment, _by(call), at)

    return changing.change(call, desk, desk.affairs, _loading(call, desk, affair_id), act)


def internal_kind(desk: Desk, office_id: str) -> str:
    """The kind of a committee or an office; raises HandOverUnfit for any other organisation."""
    kind = desk.directory.kinds([office_id]).get(office_id)
    if kind not in access.INTERNAL:
        raise errors.HandOverUnfit("须为专委会或内设机构", field="officeId")
    return str(kind)


def raised_for(actor: Actor, raised_by: str | None, raised_key: str | None) -> bool:
    """Whether it is the actor's own: raised by the account, or, where a fact raised it, for it."""
    return raised_by == actor.account_id or raised_key in _keys(actor)


def own_affairs(actor: Actor) -> dict[str, object]:
    """As `raised_for`, for a query."""
    for_it = {"raised_key": {"$in": _keys(actor)}}
    return {"$or": [{"raised_by": actor.account_id}, for_it]}


def visible_to(actor: Actor) -> dict[str, object]:
    """The office and the leaders all, an office its list and what it had, others their own."""
    if actor.role in access.ALL:
        return {}
    own = own_affairs(actor)
    office = access.own_office(actor) if actor.role in access.OFFICES else None
    listed = [{"office": office}, {"trail.office": office}] if office else []
    return {"$or": [own, *listed]} if listed else own


def _change(call: Call, desk: Desk, affair_id: str, act: Act) -> str:
    def step(affair: Affair, at: datetime) -> None:
        if affair.office != access.own_office(call.actor):
            raise Forbidden("该事项由其他内设机构办理")
        act(affair, at)

    return changing.change(call, desk, desk.affairs, _loading(call, desk, affair_id), step)


def _loading(call: Call, desk: Desk, affair_id: str) -> Callable[[], Affair]:
    seen = visible_to(call.actor)
    return changing.loading(desk.affairs, affair_id, errors.AffairNotFound, seen)


def _keys(actor: Actor) -> list[str]:
    return keys_of(str(actor.account_id), actor.memberships, actor.role.value, actor.scope)


def _person(actor: Actor) -> str | None:
    if actor.member_id:
        return member_key(actor.member_id)
    return account_key(actor.account_id) if actor.account_id else None


def _by(call: Call) -> str:
    return str(call.actor.account_id)
