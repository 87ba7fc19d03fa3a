"""Visits and delegations, the register of representatives (12.1–12.3, 13.5, 13.6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Unpack

from services.liaison.commands import access
from services.liaison.commands.changing import change, found
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.exchange import Exchange, ExchangeKind
from services.liaison.domain.representatives import Private, Representative
from services.liaison.schemas import common
from services.liaison.schemas import exchange as form
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import apart, create, save_unless_lost, unless_stale

Row = dict[str, Any]


@allow(*access.KEEPERS)
@command("writeExchange", answers=form.EXCHANGE)
def write_exchange(
    call: Call,
    desk: Desk,
    *,
    exchange_id: form.WrittenId | None,
    organiser: form.ExchangeOrganiser,
    on: common.On,
    reply_to: form.ReplyTo | None,
    due_at: form.DueAt | None,
    expected_version: ExpectedVersion | None = None,
    **written: Unpack[form.Record],
) -> str:
    """记录走访、视察、来往代表团、上级指导和汇报。Write down a visit, a delegation and the like.

    A new record, or the writer's own again; an instruction from above is to be reported on by a
    date, which is a to-do of its organiser. Raises ExchangeUnfit, OrganisationUnknown,
    StaleVersion.
    """
    access.require_organiser(call.actor, organiser)
    desk.require_organisations([organiser], "organiser")
    year = on.astimezone(SHANGHAI).year
    if written["kind"] is ExchangeKind.INSTRUCTION:
        due_at = due_at or on + timedelta(days=desk.setting("instruction_days"))
    said: Row = {
        **written,
        "organiser": organiser,
        "on": on,
        "year": year,
        "reply_to": reply_to,
        "due_at": due_at,
    }
    if exchange_id is not None:
        again = unless_stale(expected_version, lambda e, _: _rewrite(call, e, said))
        return change(call, desk, desk.exchanges, exchange_id, again)

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
                asked.report_on()
                desk.exchanges.save(apart(call), asked, at, session)

        desk.exchanges.in_transaction(store)
        return record.id

    return desk.exchanges.run(call, once)


@allow(*access.KEEPERS)
@command("writeRepresentative", answers=form.REPRESENTATIVE)
def write_representative(
    call: Call,
    desk: Desk,
    *,
    representative_id: form.ListedId | None,
    name: form.PersonName,
    phone: common.Phone,
    notes: form.PersonNotes,
    keeper: form.Keeper | None,
    expected_version: ExpectedVersion | None = None,
    **written: Unpack[form.Entry],
) -> str:
    """登记或修改“三新”代表人士。Enter a representative, or change the entry.

    Raises RepresentativeUnfit, StaleVersion.
    """
    if written["town"]:
        desk.require_organisations([written["town"]], "town")
    if keeper and not desk.members.in_office([keeper]):
        raise errors.RepresentativeUnfit("联系人须为在任委员", field="keeper")
    said: Row = {**written, "keeper": keeper, "private": Private(name, phone, notes)}
    if representative_id is not None:
        again = unless_stale(expected_version, lambda r, _: r.write(**said))
        return change(call, desk, desk.representatives, representative_id, again)

    def make(at: datetime) -> Representative:
        record = Representative(id=new_id(), term=desk.members.current_term(), listed_at=at, **said)
        record.register()
        return record

    return create(call, desk, desk.representatives, make)


@allow(*access.KEEPERS)
@command("removeRepresentative", answers=form.REPRESENTATIVE)
def remove_representative(
    call: Call, desk: Desk, *, representative_id: form.RepresentativeId
) -> str:
    """移出登记并清除个人信息。Remove an entry; personal data go."""
    return change(call, desk, desk.representatives, representative_id, lambda r, _: r.remove())


@allow(*MEMBER_ROLES)
@command("recordRepresentativeMeeting", answers=form.REPRESENTATIVE)
def meet_representative(
    call: Call,
    desk: Desk,
    *,
    representative_id: form.RepresentativeId,
    on: common.On,
    text: form.MeetingText,
) -> str:
    """记录与代表人士的联系（联系委员）。Write down a meeting, as the keeper."""
    me = call.actor.acting_member()

    def act(record: Representative, at: datetime) -> None:
        if not call.actor.is_self(record.keeper):
            raise Forbidden("只有联系人可以记录")
        if on > at:
            raise errors.RepresentativeUnfit("日期不能晚于今天", field="on")
        record.meet(on, me, text)

    return change(call, desk, desk.representatives, representative_id, act)


def remind_of_instructions(call: Call, desk: Desk) -> None:
    """The timer: an instruction that nobody has reported on, once, some days before its date."""
    at = desk.clock.now()
    soon = at + timedelta(days=desk.setting("instruction_reminder_days"))
    open_ones = {"answered": False, "reminded": False, "due_at": {"$lte": soon}}
    for record in desk.exchanges.find(open_ones, [("due_at", 1)]):
        record.remind()
        save_unless_lost(call, desk.exchanges, record, at)


def _rewrite(call: Call, record: Exchange, said: Row) -> None:
    if record.writer != call.actor.account_id:
        raise Forbidden("只有记录人可以修改")
    record.write(said)
