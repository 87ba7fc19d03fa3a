"""Visits and delegations, the register of representatives (12.1–12.3, 13.5, 13.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.liaison.commands import access
from services.liaison.commands.changing import apart, change, create, found
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.exchange import Exchange, ExchangeKind
from services.liaison.domain.representatives import Private, Representative
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id


@allow(*access.KEEPERS)
def write_exchange(
    call: Call,
    desk: Desk,
    *,
    exchange_id: str | None,
    organiser: str,
    on: datetime,
    reply_to: str | None,
    **written: Any,
) -> str:
    """A new record, or the writer's own again; its id.

    Raises ExchangeUnfit, OrganisationUnknown.
    """
    access.require_organiser(call.actor, organiser)
    desk.require_organisations([organiser], "organiser")
    year = on.astimezone(SHANGHAI).year
    said = {**written, "organiser": organiser, "on": on, "year": year, "reply_to": reply_to}
    if exchange_id is not None:
        return change(call, desk, desk.exchanges, exchange_id, lambda e, _: _rewrite(call, e, said))

    def once() -> str:
        at = desk.clock.now()
        if on > at:
            raise errors.ExchangeUnfit("日期不能晚于今天", field="on")
        record = Exchange(
            id=new_id(),
            term=desk.members.current_term(),
            writer=access.account(call.actor),
            written_at=at,
            **said,
        )
        record.write()
        asked = found(desk.exchanges, reply_to) if reply_to else None

        def store(session: Any) -> None:
            desk.exchanges.add(call, record, at, session)
            if asked is not None:
                if asked.kind is not ExchangeKind.INSTRUCTION:
                    raise errors.ExchangeUnfit("只能对应上级指导", field="replyTo")
                asked.answered = True
                desk.exchanges.save(apart(call), asked, at, session)

        desk.exchanges.in_transaction(store)
        return record.id

    return desk.exchanges.run(call, once)


@allow(*access.KEEPERS)
def write_representative(
    call: Call,
    desk: Desk,
    *,
    representative_id: str | None,
    name: str,
    phone: str,
    notes: str,
    keeper: str | None,
    **written: Any,
) -> str:
    """List a representative, or change what is listed; its id. Raises RepresentativeUnfit."""
    if written["town"]:
        desk.require_organisations([written["town"]], "town")
    if keeper and not desk.members.in_office([keeper]):
        raise errors.RepresentativeUnfit("联系人须为在任委员", field="keeper")
    said = {**written, "keeper": keeper, "private": Private(name, phone, notes)}
    if representative_id is not None:
        return change(
            call, desk, desk.representatives, representative_id, lambda r, _: r.write(**said)
        )

    def make(at: datetime) -> Representative:
        record = Representative(id=new_id(), term=desk.members.current_term(), listed_at=at, **said)
        record.register()
        return record

    return create(call, desk, desk.representatives, make)


@allow(*access.KEEPERS)
def remove_representative(call: Call, desk: Desk, *, representative_id: str) -> str:
    """Personal data go for good."""
    return change(call, desk, desk.representatives, representative_id, lambda r, _: r.remove())


@allow(*MEMBER_ROLES)
def meet_representative(
    call: Call, desk: Desk, *, representative_id: str, on: datetime, text: str
) -> str:
    """By the member who keeps in touch."""
    me = access.member(call.actor)

    def act(record: Representative, at: datetime) -> None:
        if record.keeper != me:
            raise Forbidden("只有联系人可以记录")
        if on > at:
            raise errors.RepresentativeUnfit("日期不能晚于今天", field="on")
        record.meet(on, me, text)

    return change(call, desk, desk.representatives, representative_id, act)


def _rewrite(call: Call, record: Exchange, said: dict[str, Any]) -> None:
    if record.writer != call.actor.account_id:
        raise Forbidden("只有记录人可以修改")
    record.write(said)
