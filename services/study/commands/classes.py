"""Rotation classes: opened by who organises them, enrolled in by members."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Unpack

from services.study.commands import access
from services.study.commands.changing import change, found
from services.study.commands.ports import Desk
from services.study.domain import errors
from services.study.domain.classes import RotationClass
from services.study.schemas import classes as form
from services.study.schemas import common
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import TopicCodes
from shared.persistence.changing import create

SERIES = "吴政协培"
CODE_BYTES = 6


@allow(*access.ORGANISERS)
@command("openRotationClass", answers=form.ROTATION_CLASS)
def open_class(
    call: Call,
    desk: Desk,
    *,
    organiser: common.Organiser,
    held_at: form.RotationClassHeldAt,
    topic_codes: TopicCodes,
    **plan: Unpack[form.OpenClass],
) -> str:
    """开设轮训班，开放报名。Open a class for enrolment.

    Who did not complete one of this term is asked to it. Raises SessionUnfit for a batch that the
    organiser has held in the year, or an end of enrolment in the past; TopicUnfit.
    """
    access.require_organiser(call.actor, organiser)

    def make(at: datetime) -> RotationClass:
        opened = RotationClass(
            id=new_id(),
            term=desk.members.current_term(),
            year=held_at.astimezone(SHANGHAI).year,
            organiser=organiser,
            held_at=held_at,
            pass_percent=desk.setting("completion_percent"),
            created_by=access.account(call.actor),
            topic_codes=desk.topics.choose(topic_codes, at),
            **plan,
        )
        if desk.classes.held(opened):
            raise errors.SessionUnfit("本年度该批次轮训班已开设", field="batch")
        opened.open(desk.classes.incomplete(opened.term), at)
        return opened

    return create(call, desk, desk.classes, make)


@allow(*MEMBER_ROLES)
@command("enrolInClass", answers=form.ROTATION_CLASS)
def enrol(call: Call, desk: Desk, *, class_id: common.ClassId) -> str:
    """报名（委员本人）。Enrol: a place, or the waiting list."""
    return _enrol(call, desk, class_id, call.actor.acting_member())


@allow(*access.ORGANISERS)
@command("enrolMemberInClass", answers=form.ROTATION_CLASS)
def enrol_member(
    call: Call, desk: Desk, *, class_id: common.ClassId, member_id: common.MemberId
) -> str:
    """代委员报名。Enrol a member."""
    access.require_organiser(call.actor, found(desk.classes, class_id).organiser)
    return _enrol(call, desk, class_id, member_id)


@allow(*MEMBER_ROLES)
@command("withdrawFromClass", answers=form.ROTATION_CLASS)
def withdraw(call: Call, desk: Desk, *, class_id: common.ClassId) -> str:
    """取消报名（委员本人），由候补递补。Give the place back."""

    def once() -> str:
        opened = found(desk.classes, class_id)
        opened.withdraw(call.actor.acting_among(opened.standing))
        desk.classes.save(call, opened, desk.clock.now())
        return class_id

    return desk.classes.run(call, once)


@allow(*access.ORGANISERS)
@command("closeEnrolment", answers=form.ROTATION_CLASS)
def close_enrolment(call: Call, desk: Desk, *, class_id: common.ClassId) -> str:
    """报名截止，请办公室办会。Close enrolment; the office is asked for the meeting."""
    return change(call, desk, desk.classes, class_id, lambda c, _: c.close_enrolment())


@allow(*access.ORGANISERS)
@command("cancelRotationClass", answers=form.ROTATION_CLASS)
def cancel_class(call: Call, desk: Desk, *, class_id: common.ClassId, reason: common.Reason) -> str:
    """取消轮训班（报名期间）。Call a class off while it is open."""
    return change(call, desk, desk.classes, class_id, lambda c, _: c.cancel(reason))


@allow(*access.ORGANISERS)
@command("certifyRotationClass", answers=form.ROTATION_CLASS)
def certify_class(call: Call, desk: Desk, *, class_id: common.ClassId) -> str:
    """颁发结业证书。Issue certificates to who completed the class.

    Number the certificates of who completed it, without gaps; again for who did later. The
    numbers are taken in the transaction that writes them: two clerks at once leave no gap.
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
