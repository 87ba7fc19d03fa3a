"""Rotation classes: opened by who organises them, enrolled in by members."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from services.study.commands import access
from services.study.commands.changing import change, create, found
from services.study.commands.ports import Desk
from services.study.domain import errors
from services.study.domain.classes import RotationClass
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id

SERIES = "吴政协培"
CODE_BYTES = 6


@allow(*access.ORGANISERS)
def open_class(call: Call, desk: Desk, *, organiser: str, held_at: datetime, **plan: Any) -> str:
    """Open a class for enrolment; its id. Raises SessionUnfit."""
    access.require_organiser(call.actor, organiser)

    def make(_: datetime) -> RotationClass:
        opened = RotationClass(
            id=new_id(),
            term=desk.members.current_term(),
            year=held_at.astimezone(SHANGHAI).year,
            organiser=organiser,
            held_at=held_at,
            pass_percent=desk.setting("completion_percent"),
            created_by=access.account(call.actor),
            **plan,
        )
        opened.open()
        return opened

    return create(call, desk, desk.classes, make)


@allow(*MEMBER_ROLES)
def enrol(call: Call, desk: Desk, *, class_id: str) -> str:
    """A member's own enrolment: a place, or the waiting list."""
    return _enrol(call, desk, class_id, str(call.actor.member_id))


@allow(*access.ORGANISERS)
def enrol_member(call: Call, desk: Desk, *, class_id: str, member_id: str) -> str:
    """On a member's behalf."""
    access.require_organiser(call.actor, found(desk.classes, class_id).organiser)
    return _enrol(call, desk, class_id, member_id)


@allow(*MEMBER_ROLES)
def withdraw(call: Call, desk: Desk, *, class_id: str) -> str:
    """Give the own place back; who waits gets it."""
    member_id = str(call.actor.member_id)

    def once() -> str:
        opened = found(desk.classes, class_id)
        opened.withdraw(member_id)
        desk.classes.save(call, opened, desk.clock.now())
        return class_id

    return desk.classes.run(call, once)


@allow(*access.ORGANISERS)
def close_enrolment(call: Call, desk: Desk, *, class_id: str) -> str:
    """The list is final; the office is asked for the meeting."""
    return change(call, desk, desk.classes, class_id, lambda c, _: c.close_enrolment())


@allow(*access.ORGANISERS)
def cancel_class(call: Call, desk: Desk, *, class_id: str, reason: str) -> str:
    return change(call, desk, desk.classes, class_id, lambda c, _: c.cancel(reason))


@allow(*access.ORGANISERS)
def certify_class(call: Call, desk: Desk, *, class_id: str) -> str:
    """Number the certificates of who completed it, without gaps; again for who did later.

    The numbers are taken in the transaction that writes them: two clerks at once leave no gap.
    """

    def once() -> str:
        at = desk.clock.now()
        opened = found(desk.classes, class_id)
        access.require_organiser(call.actor, opened.organiser)

        def write(session: Any) -> None:
            year = at.astimezone(SHANGHAI).year
            numbers = [
                (f"{SERIES}〔{year}〕{desk.classes.next_number(session, year)}号", _code())
                for _ in opened.uncertified
            ]
            opened.certify(numbers, at)
            desk.classes.save(call, opened, at, session)

        desk.classes.in_transaction(write)
        return class_id

    return desk.classes.run(call, once)


def _code() -> str:
    return secrets.token_hex(CODE_BYTES)


def _enrol(call: Call, desk: Desk, class_id: str, member_id: str) -> str:
    groups = desk.members.groups_of(desk.members.in_office([member_id])).get(member_id)
    if groups is None:
        raise errors.EnrolmentUnfit("只有在任委员可以报名")
    sector = next((key for key in groups if key.startswith("SECTOR:")), "")

    def once() -> str:
        opened = found(desk.classes, class_id)
        at = desk.clock.now()
        opened.enrol(member_id, sector, at)
        desk.classes.save(call, opened, at)
        return class_id

    return desk.classes.run(call, once)
