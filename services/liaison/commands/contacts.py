"""Contact records, written by either end of a link; issues and what became of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Unpack

from services.liaison.commands.changing import change, found
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.contacts import Contact, Issue
from services.liaison.domain.leads import Lead, Origin
from services.liaison.domain.links import Link, LinkState
from services.liaison.schemas import common
from services.liaison.schemas import contacts as form
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.persistence.changing import apart

Row = dict[str, Any]


@allow(*MEMBER_ROLES)
@command("recordMemberContact", answers=form.CONTACT)
def record_contact(
    call: Call,
    desk: Desk,
    *,
    link_id: common.LinkId,
    on: common.On,
    issues: form.Issues,
    shared_with: form.SharedWith,
    **said: Unpack[form.Notes],
) -> str:
    """记录一次联系（联系双方）。Write down a contact, by either end. Raises ContactUnfit."""

    def once() -> str:
        at = desk.clock.now()
        link = found(desk.links, link_id)
        me = _end(call, link.ends)
        _require_within(link, on, at)
        if set(shared_with) - desk.members.in_office(shared_with):
            raise errors.ContactUnfit("只能指定在任委员阅看", field="sharedWith")
        contact = Contact(
            id=new_id(),
            term=link.term,
            link_id=link_id,
            leader_id=link.leader_id,
            member_id=link.member_id,
            writer=me,
            on=on,
            year=on.astimezone(SHANGHAI).year,
            shared_with=tuple(dict.fromkeys(shared_with)),
            issues=tuple(Issue(no, text) for no, text in enumerate(issues, 1)),
            written_at=at,
            **said,
        )
        contact.record()
        link.note_contact(on, contact.year)

        def write(session: Any) -> None:
            desk.contacts.add(call, contact, at, session)
            desk.links.save(apart(call), link, at, session)

        desk.contacts.in_transaction(write)
        return contact.id

    return desk.contacts.run(call, once)


@allow(*MEMBER_ROLES)
@command("followContact", answers=form.CONTACT)
def follow_contact(
    call: Call, desk: Desk, *, contact_id: form.ContactId, follow_up: form.FollowUp
) -> str:
    """补充处理情况。Say what was done about it."""

    def act(contact: Contact, _: datetime) -> None:
        _end(call, (contact.leader_id, contact.member_id))  # the notes are the pair's
        contact.follow(follow_up)

    return _of_pair(call, desk, contact_id, act)


@allow(*MEMBER_ROLES)
@command("convertContactIssue", answers=form.CONTACT)
def convert_issue(
    call: Call,
    desk: Desk,
    *,
    contact_id: form.ContactId,
    issue_no: form.IssueNo,
    to: common.ForwardedTo,
    topic: common.DossierTopic,
    title: common.Title,
    text: common.LeadText,
) -> str:
    """转办联系中的意见。Turn an issue into a lead."""

    def once() -> str:
        at = desk.clock.now()
        contact = found(desk.contacts, contact_id)
        me = _end(call, contact.acts)
        lead = Lead(
            id=new_id(),
            term=contact.term,
            to=to,
            origin=Origin.CONTACT,
            source_id=contact_id,
            source_no=issue_no,
            home_id=None,
            town=None,
            topic=topic,
            title=title,
            text=text,
            by=me,
            forwarded_at=at,
            due_at=at + timedelta(days=desk.setting("lead_days")),
        )
        contact.convert(issue_no, lead.id, at)
        lead.forward()

        def write(session: Any) -> None:
            desk.contacts.save(call, contact, at, session)
            desk.leads.add(apart(call), lead, at, session)

        desk.contacts.in_transaction(write)
        return contact_id

    return desk.contacts.run(call, once)


@allow(*MEMBER_ROLES)
@command("answerContactIssue", answers=form.CONTACT)
def answer_issue(
    call: Call,
    desk: Desk,
    *,
    contact_id: form.ContactId,
    issue_no: form.IssueNo,
    answer: common.AnswerText,
) -> str:
    """答复联系中的意见。Answer an issue."""
    return _of_pair(
        call, desk, contact_id, lambda contact, at: contact.answer(issue_no, answer, at)
    )


@allow(*MEMBER_ROLES)
@command("closeContactIssue", answers=form.CONTACT)
def close_issue(
    call: Call, desk: Desk, *, contact_id: form.ContactId, issue_no: form.IssueNo
) -> str:
    """办结联系中的意见。Close an issue."""
    return _of_pair(call, desk, contact_id, lambda contact, at: contact.close(issue_no, at))


def _of_pair(call: Call, desk: Desk, contact_id: str, act: Any) -> str:
    def step(contact: Contact, at: datetime) -> None:
        _end(call, contact.acts)
        act(contact, at)

    return change(call, desk, desk.contacts, contact_id, step)


def _end(call: Call, ends: Collection[str]) -> str:
    """Which of the two the person is, in whichever term; raises Forbidden for others."""
    me = call.actor.acting_among(ends)
    if me not in ends:
        raise Forbidden("只有联系双方可以办理")
    return me


def _require_within(link: Link, on: datetime, at: datetime) -> None:
    """A contact lies in the time of its link; a late record is welcome."""
    if on > at:
        raise errors.ContactUnfit("联系日期不能晚于今天", field="on")
    if link.state is LinkState.PROPOSED or link.started_at is None:
        raise errors.ContactUnfit("联系关系尚未建立")
    if on.astimezone(SHANGHAI).date() < link.started_at.astimezone(SHANGHAI).date():
        raise errors.ContactUnfit("联系日期早于联系关系的建立", field="on")
    if link.ended_at is not None and on > link.ended_at:
        raise errors.ContactUnfit("联系关系已结束", field="on")
