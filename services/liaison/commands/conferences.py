"""The joint conference: planned by the office, items raised by its organisations (11.1–11.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from services.liaison.commands import access
from services.liaison.commands.changing import change, found
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.conferences import Conference, ConferenceState, Item, ItemKind
from services.liaison.schemas import common
from services.liaison.schemas import conferences as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.days import day_of
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import create, save_unless_lost, unless_stale

RAISERS = (access.OFFICE, *access.ORGS)
OWNERS = (*access.PARTNERS, *access.SUPERVISING)


@allow(access.OFFICE)
@command("planJointConference", answers=form.CONFERENCE)
def plan_conference(
    call: Call,
    desk: Desk,
    *,
    organiser: common.Organiser,
    held_at: common.HeldAt,
    members: form.Invited,
    participants: form.Participants,
    agenda: form.FirstAgenda,
    **plan: Unpack[form.Plan],
) -> str:
    """安排联席会议，会议由办公室通知。Plan a conference; its meeting is announced in the office.

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
            agenda=tuple(agenda),
            **plan,
        )
        conference.plan()
        return conference

    return create(call, desk, desk.conferences, make)


@allow(access.OFFICE)
@command("setConferenceAgenda", answers=form.CONFERENCE)
def set_conference_agenda(
    call: Call,
    desk: Desk,
    *,
    conference_id: form.ConferenceId,
    agenda: form.Agenda,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """修改议程。Change the agenda."""
    return change(
        call,
        desk,
        desk.conferences,
        conference_id,
        unless_stale(expected_version, lambda c, _: c.set_agenda(agenda)),
    )


@allow(access.OFFICE)
@command("closeJointConference", answers=form.CONFERENCE)
def close_conference(
    call: Call, desk: Desk, *, conference_id: form.ConferenceId, minutes: form.Minutes
) -> str:
    """形成会议纪要。Close a conference with its minutes.

    Its items go on until each is closed.
    """
    return change(call, desk, desk.conferences, conference_id, lambda c, _: c.close(minutes))


@allow(*RAISERS)
@command("raiseConferenceItem", answers=form.ITEM)
def raise_item(
    call: Call,
    desk: Desk,
    *,
    conference_id: form.RaisedAt | None,
    organisation: form.RaisedBy,
    kind: form.ItemKind,
    title: common.Title,
    text: form.ItemText,
) -> str:
    """提出议题或改进政协工作的意见。Raise an item, or an opinion on the committee's work.

    By a participant, or by the office that takes it down for one. Raises ItemUnfit.
    """
    if call.actor.role is not access.OFFICE:
        access.require_own(call.actor, organisation)
    if conference_id is not None:
        conference = found(desk.conferences, conference_id)
        if conference.state is ConferenceState.CANCELLED:
            raise errors.WrongState.of(conference.state)
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
@command("acceptConferenceItem", answers=form.ITEM)
def accept_item(
    call: Call, desk: Desk, *, item_id: form.ItemId, owner: form.Owner, due_at: form.DueAt
) -> str:
    """受理事项，明确负责单位和期限。Accept an item, with owner and date.

    Raises ItemUnfit, OrganisationUnknown.
    """
    desk.require_organisations([owner], "owner")
    return change(call, desk, desk.items, item_id, lambda i, at: i.accept(owner, due_at, at))


@allow(*OWNERS)
@command("answerConferenceItem", answers=form.ITEM)
def answer_item(call: Call, desk: Desk, *, item_id: form.ItemId, answer: common.AnswerText) -> str:
    """答复事项（负责单位）。Answer an item, as its owner.

    The office may write down what the owner said.
    """

    def act(item: Item, at: datetime) -> None:
        office = call.actor.role is access.OFFICE
        if not office and access.stands_for(call.actor) != item.owner:
            raise Forbidden("只能答复由本单位负责的事项")
        item.reply(answer, at)

    return change(call, desk, desk.items, item_id, act)


@allow(*RAISERS)
@command("closeConferenceItem", answers=form.ITEM)
def close_item(
    call: Call,
    desk: Desk,
    *,
    item_id: form.ItemId,
    satisfied: form.Satisfied,
    comment: form.Comment | None,
) -> str:
    """评价答复并办结（提出单位）。Judge the answer and close, as who raised it."""

    def act(item: Item, at: datetime) -> None:
        taken_down = item.raised_by == call.actor.account_id
        if access.stands_for(call.actor) != item.organisation and not taken_down:
            raise Forbidden("只有提出单位可以办结")
        item.close(satisfied, comment, at)

    return change(call, desk, desk.items, item_id, act)


def give_to_heir(call: Call, desk: Desk, organisation: str, heir: str | None) -> None:
    """Items that an organisation which is no more was to answer are its heir's, with their dates;
    without one the office finds another owner."""
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
    late = {"state": "ACCEPTED", "overdue": False, "due_at": {"$lt": day_of(at)}}
    for item in desk.items.find(late, [("due_at", 1)]):
        item.pass_due()
        save_unless_lost(call, desk.items, item, at)
