"""Supervisors: nominated, appointed, assigned, ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.supervision.commands import access
from services.supervision.commands.changing import found
from services.supervision.commands.ports import Desk
from services.supervision.domain import errors, supervisors
from services.supervision.domain.supervisors import Relation, Supervisor
from services.supervision.schemas import common
from services.supervision.schemas import supervisors as form
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import TopicCodes
from shared.organisers import organisation_of
from shared.persistence import changing
from shared.persistence.changing import create

SERIES = "吴政协监聘"
CODE_BYTES = 6
GENERAL_OFFICE = "office-general"


@allow(*access.NOMINATORS)
@command("nominateSupervisor", answers=form.SUPERVISOR)
def nominate_supervisor(
    call: Call,
    desk: Desk,
    *,
    member_id: form.MemberId | None,
    name: form.Name | None,
    account_id: form.AccountId | None,
    employer: form.Employer | None,
    profession: form.Profession,
    fields: TopicCodes,
    relations: form.Relations,
    reason: form.NominationReason,
) -> str:
    """推荐民主监督员：委员，或有账号的非委员。Nominate a member, or somebody with an account.

    Raises Unfit, TopicUnfit, Repeated for who is nominated or in office already.
    """
    if (member_id is None) == (account_id is None) or (account_id and not name):
        raise errors.Unfit("请填写委员，或非委员的姓名和账号", field="memberId")
    if member_id and member_id not in desk.members.in_office([member_id]):
        raise errors.Unfit("请选择在任委员", field="memberId")

    def make(at: datetime) -> Supervisor:
        who = {"member_id": member_id} if member_id else {"account_id": account_id}
        states = {"$in": ["NOMINATED", "APPOINTED", "ASSIGNED"]}
        if desk.supervisors.count({**who, "state": states}):
            raise errors.Repeated("已推荐或已聘任", field="memberId")
        made = Supervisor(
            id=new_id(),
            term=desk.members.current_term(),
            nominated_by=access.account(call.actor),
            nominated_for=organisation_of(call.actor) or GENERAL_OFFICE,
            nominated_at=at,
            member_id=member_id,
            name=name,
            account_id=account_id,
            employer=employer,
            profession=profession,
            fields=desk.topics.choose(fields, at, field="fields"),
            relations=_relations(relations),
            reason=reason,
        )
        supervisors.nominate(made, desk.decide_by(at))
        return made

    return create(call, desk, desk.supervisors, make)


@allow(*access.APPROVERS, approves=True)
@command("decideSupervisorNomination", answers=form.SUPERVISOR)
def decide_nomination(
    call: Call,
    desk: Desk,
    *,
    supervisor_id: form.SupervisorId,
    approved: common.Approved,
    opinion: common.Words,
    ends_on: form.EndsOn | None,
) -> str:
    """聘任民主监督员（主席会议）并编发聘书。Appoint with a certificate, or not.

    Numbers have no gaps: they are taken in the transaction that writes them. Raises WrongState,
    Unfit.
    """

    def once() -> str:
        at = desk.clock.now()
        supervisor = found(desk.supervisors, supervisor_id)
        supervisors.decide(supervisor, approved, opinion, at)
        until = ends_on or desk.due_in(at, "appointment_days")

        def write(session: Any) -> None:
            if approved:
                year = at.astimezone(SHANGHAI).year
                no = desk.supervisors.next_number(session, year)
                code = secrets.token_hex(CODE_BYTES)
                supervisors.certify(supervisor, f"{SERIES}〔{year}〕{no}号", code, until, at)
            desk.supervisors.save(call, supervisor, at, session)

        desk.supervisors.in_transaction(write)
        return supervisor_id

    return desk.supervisors.run(call, once)


@allow(*access.POSTERS)
@command("assignSupervisor", answers=form.SUPERVISOR)
def assign_supervisor(
    call: Call, desk: Desk, *, supervisor_id: form.SupervisorId, units: form.PostedUnits
) -> str:
    """派驻民主监督员，与单位有利害关系的不能派驻。Assign to units.

    Raises InterestConflict, UnitUnfit.
    """
    desk.require_supervised(units)
    standing = found(desk.supervisors, supervisor_id)
    desk.require_impartial(call, units, (), [standing], field="units")
    return changing.change(
        call,
        desk,
        desk.supervisors,
        lambda: found(desk.supervisors, supervisor_id),
        lambda s, at: supervisors.post(s, units, at),
    )


@allow(*access.POSTERS, Role.SUPERVISOR)
@command("declareRelations", answers=form.SUPERVISOR)
def declare_relations(
    call: Call, desk: Desk, *, supervisor_id: form.SupervisorId, relations: form.Relations
) -> str:
    """申报利害关系（本人或专委会、办公室），有关的派驻随之结束。Declare relations.

    Postings to whom one is related end with that. Raises WrongState.
    """

    def act(supervisor: Supervisor, _: datetime) -> None:
        own = access.as_supervisor(call.actor, desk)
        if call.actor.role is Role.SUPERVISOR and (own is None or own.id != supervisor.id):
            raise Forbidden("只能申报本人的利害关系")
        supervisors.declare(supervisor, _relations(relations))
        supervisors.withdraw(supervisor, desk.conflicts(call, supervisor))

    return changing.change(
        call, desk, desk.supervisors, lambda: found(desk.supervisors, supervisor_id), act
    )


@allow(*access.APPROVERS, Role.OFFICE)
@command("endSupervisor", answers=form.SUPERVISOR)
def end_supervisor(
    call: Call,
    desk: Desk,
    *,
    supervisor_id: form.SupervisorId,
    dismissed: form.Dismissed,
    reason: common.Reason,
) -> str:
    """结束聘任；解聘由主席会议决定。End an appointment; dismissal is the Council's.

    Raises WrongState.
    """
    if dismissed and call.actor.role is Role.OFFICE:
        raise Forbidden("解聘由主席会议决定")
    return changing.change(
        call,
        desk,
        desk.supervisors,
        lambda: found(desk.supervisors, supervisor_id),
        lambda s, at: supervisors.end(s, dismissed, reason, at),
    )


def _relations(given: Sequence[Any]) -> tuple[Relation, ...]:
    return tuple(Relation(**relation) for relation in given)
