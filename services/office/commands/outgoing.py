"""Outgoing documents: one use case for each step (2.10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.office.commands import paper_access as access
from services.office.commands.paper_ports import Papers
from services.office.domain import document_errors as errors
from services.office.domain.document_kinds import (
    Kind,
    Retention,
    Urgency,
    refuse_classified,
)
from services.office.domain.numbers import counter
from services.office.domain.outgoing import Outgoing, OutgoingState
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id

Act = Callable[[Outgoing, datetime], None]
# Whoever is to act next may send it back instead.
RETURNS = {
    OutgoingState.DRAFTED: Role.OFFICE,
    OutgoingState.CHECKED: Role.SECRETARY_GENERAL,
    OutgoingState.COUNTERSIGNED: Role.CHAIR_COUNCIL,
    OutgoingState.SIGNED: Role.OFFICE,
}


@allow(*access.DRAFTERS)
def draft_document(
    call: Call,
    desk: Papers,
    *,
    kind: Kind,
    title: str,
    text: str,
    main: list[str],
    copy_to: list[str],
    urgency: Urgency,
    retention: Retention,
    for_office: bool,
    classification: str,
    attachments: list[str],
) -> str:
    """A new draft; its id. Raises Classified, RecipientsUnfit."""
    refuse_classified(classification, title)
    office = call.actor.role is Role.OFFICE

    def once() -> str:
        at = desk.clock.now()
        desk.kinds([*main, *copy_to], "main")
        document = Outgoing(
            id=new_id(),
            term=desk.current_term(),
            kind=kind,
            title=title,
            text=text,
            main=tuple(main),
            copy_to=tuple(copy_to),
            urgency=urgency,
            retention=retention,
            drafted_by=call.actor.account_id,
            drafted_at=at,
            drafted_for=None if office else access.own_office(call.actor),
            for_office=for_office,
            attachments=tuple(attachments),
        )
        document.draft()
        desk.outgoing.add(call, document, at)
        return document.id

    return desk.outgoing.run(call, once)


@allow(*access.DRAFTERS)
def redraft_document(
    call: Call,
    desk: Papers,
    *,
    document_id: str,
    title: str,
    text: str,
    main: list[str],
    copy_to: list[str],
    urgency: Urgency,
    classification: str,
    attachments: list[str],
) -> str:
    """Raises Classified, RecipientsUnfit, TextBound, WrongDocumentState."""
    refuse_classified(classification, title)

    def act(document: Outgoing, _: datetime) -> None:
        _require_drafter(call.actor, document)
        desk.kinds([*main, *copy_to], "main")
        document.redraft(title, text, main, copy_to, urgency, attachments)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
def check_document(call: Call, desk: Papers, *, document_id: str, note: str | None) -> str:
    """核稿."""
    return change(call, desk, document_id, lambda d, at: d.check(call.actor.account_id, at, note))


@allow(Role.SECRETARY_GENERAL)
def countersign_document(call: Call, desk: Papers, *, document_id: str, note: str | None) -> str:
    """会签."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.countersign(by, at, note))


@allow(Role.CHAIR_COUNCIL)
def sign_document(call: Call, desk: Papers, *, document_id: str, note: str | None) -> str:
    """签发."""
    return change(call, desk, document_id, lambda d, at: d.sign(call.actor.account_id, at, note))


@allow(*dict.fromkeys(RETURNS.values()))
def return_document(call: Call, desk: Papers, *, document_id: str, reason: str) -> str:
    """By whoever is to act next; anyone else is Forbidden."""

    def act(document: Outgoing, at: datetime) -> None:
        if RETURNS.get(document.state, call.actor.role) is not call.actor.role:
            raise Forbidden
        document.send_back(call.actor.account_id, at, reason)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
def number_document(call: Call, desk: Papers, *, document_id: str) -> str:
    """The number in the same transaction as the document, so that no series has a gap.

    What has a number is issued, so its recipients are looked at before. Raises RecipientsUnfit.
    """

    def once() -> str:
        at = desk.clock.now()

        def write(session: Any) -> None:
            document = _load(call, desk, document_id)
            document.require(OutgoingState.SIGNED)
            desk.kinds(document.recipients, "main")
            series = document.series
            number = desk.outgoing.next_number(session, counter(series, at.year))
            document.assign_number(desk.word(series), number, call.actor.account_id, at)
            desk.outgoing.save(call, document, at, session)

        desk.outgoing.in_transaction(write)
        return document_id

    return desk.outgoing.run(call, once)


@allow(Role.OFFICE)
def issue_document(call: Call, desk: Papers, *, document_id: str, note: str | None) -> str:
    """印发; also where a recipient has been dissolved since the number was given."""

    def act(document: Outgoing, at: datetime) -> None:
        kinds = desk.directory.known(document.recipients)
        document.issue(kinds, call.actor.account_id, at, note)

    return change(call, desk, document_id, act)


@allow(*access.RECEIVERS)
def give_receipt(call: Call, desk: Papers, *, document_id: str) -> str:
    """The read receipt of the actor's organisation. Raises NotReader."""

    def act(document: Outgoing, at: datetime) -> None:
        own = access.own_organisations(call.actor, desk)
        document.receive(desk.directory.kinds(own), str(call.actor.account_id), at)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
def urge_receipts(call: Call, desk: Papers, *, document_id: str) -> str:
    """Raises NothingToUrge."""

    def act(document: Outgoing, at: datetime) -> None:
        document.urge(desk.directory.known(document.recipients), at, call.actor.account_id)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
def file_outgoing(call: Call, desk: Papers, *, document_id: str, volume: str) -> str:
    """归卷."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.file(volume, by, at))


@allow(*access.DRAFTERS)
def discard_document(call: Call, desk: Papers, *, document_id: str, reason: str) -> str:
    """Raises TextBound, and WrongDocumentState for what has a number."""

    def act(document: Outgoing, at: datetime) -> None:
        _require_drafter(call.actor, document)
        document.discard(call.actor.account_id, at, reason)

    return change(call, desk, document_id, act)


def change(call: Call, desk: Papers, document_id: str, act: Act) -> str:
    """Load what the actor may see, act, save."""

    def once() -> str:
        at = desk.clock.now()
        document = _load(call, desk, document_id)
        act(document, at)
        desk.outgoing.save(call, document, at)
        return document_id

    return desk.outgoing.run(call, once)


def _load(call: Call, desk: Papers, document_id: str) -> Outgoing:
    query = {"$and": [{"_id": document_id}, access.sees_outgoing(call.actor, desk)]}
    found = desk.outgoing.find(query, [("_id", 1)])
    if not found:
        raise errors.DocumentNotFound
    return found[0]


def _require_drafter(actor: Actor, document: Outgoing) -> None:
    if not access.may_draft(actor, document):
        raise Forbidden("只能办理本专委会的公文")
