"""Incoming documents: one use case for each step (2.10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Unpack

from services.office.commands import paper_access as access
from services.office.commands.ports import Desk
from services.office.domain import document_errors as errors
from services.office.domain.document_kinds import refuse_classified
from services.office.domain.incoming import Dates, Incoming
from services.office.schemas import common
from services.office.schemas import incoming as form
from shared.actor import Role, allow
from shared.call import Call
from shared.contracts.recipients import account_key, member_key
from shared.errors import Conflict, Forbidden, InvalidInput
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing

Act = Callable[[Incoming, datetime], object]


@allow(Role.OFFICE)
@command("signForDocument", answers=form.DOCUMENT)
def sign_for_document(
    call: Call,
    desk: Desk,
    *,
    title: common.Title,
    sender: form.Sender | None,
    sender_name: form.SenderName | None,
    received_on: form.ReceivedOn,
    classification: common.Classification,
) -> str:
    """签收来文（办公室）。Sign for an incoming document. Raises Classified.

    The sender is an organisation of the directory, or named.
    """
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
            term=desk.members.current_term(),
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
@command("registerDocument", answers=form.DOCUMENT)
def register_document(
    call: Call,
    desk: Desk,
    *,
    document_id: form.DocumentId,
    number: form.SenderNumber | None,
    adopted_on: form.AdoptedOn | None,
    dated_on: form.DatedOn | None,
    printed_on: common.PrintedOn | None,
    expected_version: ExpectedVersion | None = None,
    **said: Unpack[form.Register],
) -> str:
    """登记来文（办公室），拟办前可更正。Register it; again until handling is proposed.

    Raises AlreadyRegistered, DatesUnfit, StaleVersion.
    """

    def act(document: Incoming, at: datetime) -> None:
        if number and desk.incoming.registered(document.sender_name, number, document_id):
            raise errors.AlreadyRegistered(field="number")
        document.register(
            number=number or None,
            dates=Dates(adopted_on, dated_on, printed_on),
            **said,
            by=call.actor.account_id,
            at=at,
        )

    return change(call, desk, document_id, changing.unless_stale(expected_version, act))


@allow(Role.SECRETARY_GENERAL)
@command("routeDocument", answers=form.DOCUMENT)
def route_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, proposed: form.Proposed
) -> str:
    """拟办（秘书长）。Propose how to handle it."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.route(proposed, by, at))


@allow(Role.CHAIR_COUNCIL)
@command("returnRouting", answers=form.DOCUMENT)
def return_routing(
    call: Call, desk: Desk, *, document_id: form.DocumentId, reason: common.Reason
) -> str:
    """退回拟办意见（主席会议成员）。Ask for another proposal."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.return_routing(reason, by, at))


@allow(Role.CHAIR_COUNCIL)
@command("instructDocument", answers=form.DOCUMENT)
def instruct_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, instruction: form.Instruction
) -> str:
    """批办（主席会议成员）。Instruct."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.instruct(instruction, by, at))


@allow(Role.OFFICE)
@command("circulateDocument", answers=form.DOCUMENT)
def circulate_document(
    call: Call,
    desk: Desk,
    *,
    document_id: form.DocumentId,
    members: form.Members | None,
    accounts: form.Accounts | None,
) -> str:
    """传阅（办公室），可随后增加对象；阅件登记后即可传阅。Circulate it; people may be added later.

    What has no due date needs no instruction, and is circulated once it is registered.
    """
    readers = [*map(member_key, members or ()), *map(account_key, accounts or ())]
    if not 1 <= len(readers) <= form.MOST_READERS:
        raise InvalidInput(f"传阅对象应为1至{form.MOST_READERS}人", field="readers")
    by, reminders = call.actor.account_id, desk.reminders()
    return change(call, desk, document_id, lambda d, at: d.circulate(readers, by, at, reminders))


@allow(*access.READERS)
@command("readDocument", answers=form.DOCUMENT)
def read_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, note: common.Note | None
) -> str:
    """阅文回执（传阅对象本人）。The read receipt of somebody on the list.

    Raises NotReader.
    """
    keys = access.keys_of(call.actor)
    return change(call, desk, document_id, lambda d, at: d.read(keys, at, note))


@allow(Role.OFFICE)
@command("handDocument", answers=form.DOCUMENT)
def hand_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, handler_id: form.HandlerId
) -> str:
    """交承办机构（办公室），催办后可改交。Give it to an office to handle; urged, to another."""

    def act(document: Incoming, at: datetime) -> None:
        kind = desk.kinds([handler_id], "handlerId")[handler_id]
        if kind not in access.INTERNAL:
            raise errors.RecipientsUnfit("承办的须为专委会或内设机构", field="handlerId")
        name, by = desk.directory.name(handler_id), call.actor.account_id
        document.hand(handler_id, kind, name, by, at, desk.reminders())

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
@command("urgeDocument", answers=form.DOCUMENT)
def urge_document(call: Call, desk: Desk, *, document_id: form.DocumentId) -> str:
    """催办（办公室）。Urge whoever has not read or handled it. Raises NothingToUrge."""
    return change(call, desk, document_id, lambda d, at: d.urge(call.actor.account_id, at))


@allow(*access.OFFICES)
@command("noteDocument", answers=form.DOCUMENT)
def note_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, result: common.Result
) -> str:
    """注办（办公室或承办机构）。Note what came of it."""

    def act(document: Incoming, at: datetime) -> None:
        if not access.may_note(call.actor, document):
            raise Forbidden("只能注办本单位承办的公文")
        document.note_result(result, call.actor.account_id, at)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
@command("fileIncomingDocument", answers=form.DOCUMENT)
def file_incoming(
    call: Call, desk: Desk, *, document_id: form.DocumentId, volume: common.Volume
) -> str:
    """收文归卷（办公室）。File it."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.file(volume, by, at))


@allow(Role.SYSTEM)
def remind_of_documents(call: Call, desk: Desk) -> None:
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


def change(call: Call, desk: Desk, document_id: str, act: Act) -> str:
    """One step of a document that the actor may see."""
    seen = access.sees_incoming(call.actor)
    load = changing.loading(desk.incoming, document_id, errors.DocumentNotFound, seen)
    return changing.change(call, desk, desk.incoming, load, act)
