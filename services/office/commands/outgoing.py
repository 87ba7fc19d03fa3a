"""Outgoing documents: one use case for each step (2.10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from services.office.commands import paper_access as access
from services.office.commands.ports import Desk
from services.office.domain import document_errors as errors
from services.office.domain.document_kinds import (
    refuse_classified,
)
from services.office.domain.numbers import counter
from services.office.domain.outgoing import Outgoing, OutgoingState
from services.office.schemas import common
from services.office.schemas import outgoing as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing

Act = Callable[[Outgoing, datetime], object]
# Whoever is to act next may send it back instead.
RETURNS = {
    OutgoingState.DRAFTED: Role.OFFICE,
    OutgoingState.CHECKED: Role.SECRETARY_GENERAL,
    OutgoingState.COUNTERSIGNED: Role.CHAIR_COUNCIL,
    OutgoingState.SIGNED: Role.OFFICE,
}


@allow(*access.DRAFTERS)
@command("draftDocument", answers=form.DOCUMENT)
def draft_document(
    call: Call,
    desk: Desk,
    *,
    kind: common.DocumentKind,
    retention: common.Retention,
    for_office: form.ForOffice,
    title: common.Title,
    text: common.BodyText,
    main: form.Main,
    copy_to: form.CopyTo,
    urgency: common.Urgency,
    classification: common.Classification,
    attachments: common.Attachments,
) -> str:
    """拟稿（办公室，专委会拟本委的）。Draft an outgoing document.

    Raises Classified, RecipientsUnfit.
    """
    refuse_classified(classification, title)
    office = call.actor.role is Role.OFFICE

    def once() -> str:
        at = desk.clock.now()
        desk.kinds([*main, *copy_to], "main")
        document = Outgoing(
            id=new_id(),
            term=desk.members.current_term(),
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
@command("redraftDocument", answers=form.DOCUMENT)
def redraft_document(
    call: Call,
    desk: Desk,
    *,
    document_id: form.DocumentId,
    title: common.Title,
    text: common.BodyText,
    main: form.Main,
    copy_to: form.CopyTo,
    urgency: common.Urgency,
    classification: common.Classification,
    attachments: common.Attachments,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """修改拟稿。Write a draft again.

    Raises Classified, RecipientsUnfit, TextBound, WrongDocumentState.
    """
    refuse_classified(classification, title)

    def act(document: Outgoing, _: datetime) -> None:
        _require_drafter(call.actor, document)
        desk.kinds([*main, *copy_to], "main")
        document.redraft(title, text, main, copy_to, urgency, attachments)

    return change(call, desk, document_id, changing.unless_stale(expected_version, act))


@allow(Role.OFFICE)
@command("checkDocument", answers=form.DOCUMENT)
def check_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, note: common.Note | None
) -> str:
    """核稿（办公室）。Check a draft."""
    return change(call, desk, document_id, lambda d, at: d.check(call.actor.account_id, at, note))


@allow(Role.SECRETARY_GENERAL, approves=True)
@command("countersignDocument", answers=form.DOCUMENT)
def countersign_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, note: common.Note | None
) -> str:
    """会签（秘书长）。Countersign."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.countersign(by, at, note))


@allow(Role.CHAIR_COUNCIL, approves=True)
@command("signDocument", answers=form.DOCUMENT)
def sign_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, note: common.Note | None
) -> str:
    """签发（主席会议成员）。Sign."""
    return change(call, desk, document_id, lambda d, at: d.sign(call.actor.account_id, at, note))


@allow(*dict.fromkeys(RETURNS.values()))
@command("returnDocument", answers=form.DOCUMENT)
def return_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, reason: common.Reason
) -> str:
    """退回拟稿，由下一环节办理者退回。Send it back to the draft, by whoever acts next.

    Anyone else is Forbidden.
    """

    def act(document: Outgoing, at: datetime) -> None:
        if RETURNS.get(document.state, call.actor.role) is not call.actor.role:
            raise Forbidden
        document.send_back(call.actor.account_id, at, reason)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
@command("numberDocument", answers=form.DOCUMENT)
def number_document(call: Call, desk: Desk, *, document_id: form.DocumentId) -> str:
    """编号（办公室），连续不断号。Give it the next number of its series.

    The number in the same transaction as the document, so that no series has a gap. What has a
    number is issued, so its recipients are looked at before. Raises RecipientsUnfit.
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
@command("issueDocument", answers=form.DOCUMENT)
def issue_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, note: common.Note | None
) -> str:
    """印发（办公室）。Send it to its recipients.

    Also where a recipient has been dissolved since the number was given.
    """

    def act(document: Outgoing, at: datetime) -> None:
        kinds = desk.directory.known(document.recipients)
        document.issue(kinds, call.actor.account_id, at, note)

    return change(call, desk, document_id, act)


@allow(*access.RECEIVERS)
@command("giveReceipt", answers=form.DOCUMENT)
def give_receipt(call: Call, desk: Desk, *, document_id: form.DocumentId) -> str:
    """回执（收文单位）。The read receipt of the viewer's organisation. Raises NotReader."""

    def act(document: Outgoing, at: datetime) -> None:
        own = access.own_organisations(call.actor, desk)
        document.receive(desk.directory.kinds(own), str(call.actor.account_id), at)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
@command("urgeReceipts", answers=form.DOCUMENT)
def urge_receipts(call: Call, desk: Desk, *, document_id: form.DocumentId) -> str:
    """催要回执（办公室）。Ask again those who gave no receipt. Raises NothingToUrge."""

    def act(document: Outgoing, at: datetime) -> None:
        document.urge(desk.directory.kinds(document.recipients), at, call.actor.account_id)

    return change(call, desk, document_id, act)


@allow(Role.OFFICE)
@command("fileOutgoingDocument", answers=form.DOCUMENT)
def file_outgoing(
    call: Call, desk: Desk, *, document_id: form.DocumentId, volume: common.Volume
) -> str:
    """发文归卷（办公室）。File an issued document."""
    by = call.actor.account_id
    return change(call, desk, document_id, lambda d, at: d.file(volume, by, at))


@allow(*access.DRAFTERS)
@command("discardDocument", answers=form.DOCUMENT)
def discard_document(
    call: Call, desk: Desk, *, document_id: form.DocumentId, reason: common.Reason
) -> str:
    """作废未编号的公文。Give up a document that has no number yet.

    Raises TextBound, and WrongDocumentState for what has a number.
    """

    def act(document: Outgoing, at: datetime) -> None:
        _require_drafter(call.actor, document)
        document.discard(call.actor.account_id, at, reason)

    return change(call, desk, document_id, act)


def change(call: Call, desk: Desk, document_id: str, act: Act) -> str:
    """One step of a document that the actor may see."""
    load = partial(_load, call, desk, document_id)
    return changing.change(call, desk, desk.outgoing, load, act)


def _load(call: Call, desk: Desk, document_id: str) -> Outgoing:
    seen = access.sees_outgoing(call.actor, desk)
    return changing.found(desk.outgoing, document_id, errors.DocumentNotFound, seen)


def _require_drafter(actor: Actor, document: Outgoing) -> None:
    if not access.may_draft(actor, document):
        raise Forbidden("只能办理本专委会的公文")
