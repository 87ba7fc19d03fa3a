"""The joint conference: planned by the office, items raised by its organisations (11.1–11.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.liaison.commands import access
from services.liaison.commands.changing import change, create, found, save_unless_lost
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.conferences import Conference, ConferenceState, Item, ItemKind
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id

RAISERS = (access.OFFICE, *access.ORGS)
OWNERS = (*access.PARTNERS, *access.SUPERVISING)


@allow(access.OFFICE)
def plan_conference(
    call: Call,
    desk: Desk,
    *,
    organiser: str,
    held_at: datetime,
    members: list[str],
    participants: list[str],
    **plan: Any,
) -> str:
    """Plan it; the office's meeting comes under the same id.

    Raises ConferenceUnfit, OrganisationUnknown.
    """
    desk.require_organisations([organiser], "organiser")
    desk.require_organisations(participants, "participants")
    if set(members) - desk.members.in_office(members):
        raise errors.ConferenceUnfit("只能邀请在任委员", field="members")

    def make(_: datetime) -> Conference:
        conference = Conference(
            id=new_id(),
            term=desk.members.current_term(),
            year=held_at.astimezone(SHANGHAI).year,
            organiser=organiser,
            held_at=held_at,
            invited=tuple(dict.fromkeys(members)),
            participants=tuple(participants),
            **plan,
        )
        conference.plan()
        return conference

    return create(call, desk, desk.conferences, make)


@allow(access.OFFICE)
def set_conference_agenda(call: Call, desk: Desk, *, conference_id: str, agenda: list[str]) -> str:
    return change(call, desk, desk.conferences, conference_id, lambda c, _: c.set_agenda(agenda))


@allow(access.OFFICE)
def close_conference(call: Call, desk: Desk, *, conference_id: str, minutes: str) -> str:
    """With its minutes; its items go on until each is closed."""
    return change(call, desk, desk.conferences, conference_id, lambda c, _: c.close(minutes))


@allow(*RAISERS)
def raise_item(
    call: Call,
    desk: Desk,
    *,
    conference_id: str | None,
    organisation: str,
    kind: ItemKind,
    title: str,
    text: str,
) -> str:
    """By a participant, or by the office that takes it down for one. Raises ItemUnfit."""
    if call.actor.role is not access.OFFICE:
        access.require_own(call.actor, organisation)
    if conference_id is not None:
        conference = found(desk.conferences, conference_id)
        if conference.state is ConferenceState.CANCELLED:
            raise errors.WrongState(details={"state": conference.state.value})
        if organisation not in conference.participants:
            raise errors.ItemUnfit("只有参加单位可以提出事项", field="organisation")
    elif kind is ItemKind.ITEM:
        raise errors.ItemUnfit("议题须在联席会议上提出", field="conferenceId")
    else:
        desk.require_organisations([organisation], "organisation")

    def make(at: datetime) -> Item:
        item = Item(
            id=new_id(),
            term=desk.members.current_term(),
            year=at.astimezone(SHANGHAI).year,
            kind=kind,
            conference_id=conference_id,
            organisation=organisation,
            title=title,
            text=text,
            raised_by=access.account(call.actor),
            raised_at=at,
        )
        item.raise_()
        return item

    return create(call, desk, desk.items, make)


@allow(access.OFFICE)
def accept_item(call: Call, desk: Desk, *, item_id: str, owner: str, due_at: datetime) -> str:
    """Give it an owner and a date. Raises ItemUnfit, OrganisationUnknown."""
    desk.require_organisations([owner], "owner")
    return change(call, desk, desk.items, item_id, lambda i, at: i.accept(owner, due_at, at))


@allow(*OWNERS)
def answer_item(call: Call, desk: Desk, *, item_id: str, answer: str) -> str:
    """By its owner; the office may write down what the owner said."""

    def act(item: Item, at: datetime) -> None:
        office = call.actor.role is access.OFFICE
        if not office and access.stands_for(call.actor) != item.owner:
            raise Forbidden("只能答复由本单位负责的事项")
        item.reply(answer, at)

    return change(call, desk, desk.items, item_id, act)


@allow(*RAISERS)
def close_item(
    call: Call, desk: Desk, *, item_id: str, satisfied: bool, comment: str | None
) -> str:
    """By the organisation that raised it."""

    def act(item: Item, at: datetime) -> None:
        taken_down = item.raised_by == call.actor.account_id
        if access.stands_for(call.actor) != item.organisation and not taken_down:
            raise Forbidden("只有提出单位可以办结")
        item.close(satisfied, comment, at)

    return change(call, desk, desk.items, item_id, act)


def give_to_heir(call: Call, desk: Desk, organisation: str, heir: str) -> None:
    """Items that a merged organisation is to answer are its heir's, with their dates."""
    for listed in desk.items.find({"owner": organisation, "state": "ACCEPTED"}, [("_id", 1)]):

        def once(item_id: str = listed.id) -> str:
            item = found(desk.items, item_id)
            if item.pass_to(organisation, heir):
                desk.items.save(call, item, desk.clock.now())
            return item_id

        desk.items.run(call, once)


def call_overdue(call: Call, desk: Desk) -> None:
    """The timer: an accepted item whose date has passed without an answer, once."""
    at = desk.clock.now()
    late = {"state": "ACCEPTED", "overdue": False, "due_at": {"$lt": at}}
    for item in desk.items.find(late, [("due_at", 1)]):
        item.pass_due()
        save_unless_lost(call, desk.items, item, at)
