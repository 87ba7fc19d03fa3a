"""Incoming documents: one use case for each step (2.10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from services.office.commands import paper_access as access
from services.office.commands.paper_ports import Papers
from services.office.domain import document_errors as errors
from services.office.domain.document_kinds import Kind, Retention, Urgency, refuse_classified
from services.office.domain.incoming import Dates, Incoming
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import Conflict, Forbidden
from shared.ids import new_id

Act = Callable[[Incoming, datetime], None]


@allow(Role.OFFICE)
def sign_for_document(
    call: Call,
    desk: Papers,
    *,
    title: str,
    sender: str | None,
    sender_name: str | None,
    received_on: date,
    classification: str,
) -> str:
    """签收; the sender is an organisation of the directory, or named. Raises Classified."""
    refuse_classified(classification, title)

    def once() -> str:
        at = desk.clock.now()
        named = sender_name or (desk.directory.name(sender) if sender else None)
        if named is None:
            raise errors.RecipientsUnfit("请选择或填写来文单位", field="senderName")
        if received_on > at.date():
            raise errors.DatesUnfit("收文日期不能晚于今天", field="receivedOn")
        document = Incoming(
            id=new_id(),
            term=desk.current_term(),
            title=title,
            sender=sender,
            sender_name=named,
            received_on=received_on,
            signed_for_by=call.actor.account_id,
            signed_for_at=at,
        )
        document.sign_for()
        desk.incoming.add(call, document, at)
        return document.id

    return desk.incoming.run(call, once)


@allow(Role.OFFICE)
def register_document(
    call: Call,
    desk: Papers,
    *,
    document_id: str,
    kind: Kind,
    number: str | None,
    urgency: Urgency,
    retention: Retention,
    adopted_on: date | None,
    dated_on: date | None,
    printed_on: date | None,
    addressed_to: str,
    copied_to: str,
    due_at: datetime | None,
    attachments: list[str],
) -> str:
    """登记. Raises AlreadyRegistered, DatesUnfit."""

    def act(document: Incoming, at: datetime) -> None:
        if number and desk.incoming.registered(document.sender_name, number, document_id):
            raise errors.AlreadyRegistered(field="number")
        document.register(
            kind=kind,
            number=number or None,
            urgency=urgency,
            retention=retention,
            dates=Dates(adopted_on, dated_on, printed_on),
            addressed_to=addressed_to,
            copied_to=copied_to,
            due_at=due_at,
            attachments=attachments,
            by=call.actor.account_id,
            at=at,
        )

    return change(call, desk, document_id, act)


@allow(Role.SECRETARY_GENERAL)
def route_document(call: Call, desk: Papers, *, document_id: str, proposed: str) -> str:
    """拟办."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.route(proposed, by, at))


@allow(Role.CHAIR_COUNCIL)
def return_routing(call: Call, desk: Papers, *, document_id: str, reason: str) -> str:
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.return_routing(reason, by, at))


@allow(Role.CHAIR_COUNCIL)
def instruct_document(call: Call, desk: Papers, *, document_id: str, instruction: str) -> str:
    """批办."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.instruct(instruction, by, at))


@allow(Role.OFFICE)
def circulate_document(call: Call, desk: Papers, *, document_id: str, readers: list[str]) -> str:
    """传阅; readers: keys of people."""
    by, reminders = call.actor.account_id, desk.reminders()
    return change(call, desk, document_id, lambda d, at: d.circulate(readers, by, at, reminders))


@allow(*access.READERS)
def read_document(call: Call, desk: Papers, *, document_id: str, note: str | None) -> str:
    """The read receipt of a person on the list. Raises NotReader."""
    keys = access.keys_of(call.actor)
    return change(call, desk, document_id, lambda d, at: d.read(keys, at, note))


@allow(Role.OFFICE)
def hand_document(call: Call, desk: Papers, *, document_id: str, handler_id: str) -> str:
    """承办, by a committee or an office of the CPPCC."""

    def act(document: Incoming, at: datetime) -> None:
        kind = desk.kinds([handler_id], "handlerId")[handler_id]
        if kind not in access.INTERNAL:
            raise errors.RecipientsUnfit("承办的须为专委会或内设机构", field="handlerId")
        document.hand(handler_id, kind, call.actor.account_id, at, desk.reminders())

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
def urge_document(call: Call, desk: Papers, *, document_id: str) -> str:
    """催办. Raises NothingToUrge."""
    return change(call, desk, document_id, lambda d, at: d.urge(call.actor.account_id, at))


@allow(*access.OFFICES)
def note_document(call: Call, desk: Papers, *, document_id: str, result: str) -> str:
    """注办, by the office or by whoever handles it."""

    def act(document: Incoming, at: datetime) -> None:
        if not access.may_note(call.actor, document):
            raise Forbidden("只能注办本单位承办的公文")
        document.note_result(result, call.actor.account_id, at)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
def file_incoming(call: Call, desk: Papers, *, document_id: str, volume: str) -> str:
    """归卷."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.file(volume, by, at))


@allow(Role.SYSTEM)
def remind_of_documents(call: Call, desk: Papers) -> None:
    """The timer: whatever is due is told once, whichever replica finds it first."""
    at, plan = desk.clock.now(), desk.reminders()
    for document_id in desk.incoming.to_remind(at):
        document = desk.incoming.get(document_id)
        if document is None or not document.remind(at, plan):
            continue
        try:
            desk.incoming.save(call, document, at)
        except Conflict:  # somebody else has just written it; the next look finds what is left
            continue


def change(call: Call, desk: Papers, document_id: str, act: Act) -> str:
    """Load what the actor may see, act, save."""

    def once() -> str:
        at = desk.clock.now()
        query = {"$and": [{"_id": document_id}, access.sees_incoming(call.actor)]}
        found = desk.incoming.find(query, [("_id", 1)])
        if not found:
            raise errors.DocumentNotFound
        act(found[0], at)
        desk.incoming.save(call, found[0], at)
        return document_id

    return desk.incoming.run(call, once)
