"""The internal rule library and the staff's training record (15.1)."""

from __future__ import annotations

from typing import Unpack

from services.office.commands.ports import Desk
from services.office.domain import document_errors as errors
from services.office.domain.library import InternalRule
from services.office.domain.training import Training
from services.office.schemas import common
from services.office.schemas import library as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import InvalidInput
from shared.ids import new_id
from shared.operations import command


@allow(Role.OFFICE)
@command("publishInternalRule", answers=form.RULE)
def publish_rule(
    call: Call,
    desk: Desk,
    *,
    rule_id: form.KnownRuleId | None,
    title: form.RuleTitle,
    area: form.Area,
    text: common.BodyText,
    doc_no: form.DocNo,
    valid_from: form.ValidFrom,
    attachments: common.Attachments,
) -> str:
    """发布内部制度或其新版本（办公室）。Publish a rule, or its next version.

    Raises RuleUnfit.
    """

    def once() -> str:
        at, files = desk.clock.now(), tuple(attachments)
        known = _rule(desk, rule_id) if rule_id else None
        rule = known or InternalRule(new_id(), desk.members.current_term(), title, area)
        rule.title, rule.area = title, area
        rule.publish(text, doc_no, valid_from, files, call.actor.account_id, at)
        if known is None:
            desk.rules.add(call, rule, at)
        else:
            desk.rules.save(call, rule, at)
        return rule.id

    return desk.rules.run(call, once)


@allow(Role.OFFICE)
@command("repealInternalRule", answers=form.RULE)
def repeal_rule(
    call: Call, desk: Desk, *, rule_id: form.RuleId, on: form.RepealedOn, reason: common.Reason
) -> str:
    """废止内部制度（办公室）。Repeal a rule. Raises RuleUnfit."""

    def once() -> str:
        rule = _rule(desk, rule_id)
        rule.repeal(on, reason)
        desk.rules.save(call, rule, desk.clock.now())
        return rule_id

    return desk.rules.run(call, once)


@allow(Role.OFFICE)
@command("recordStaffTraining", answers=form.TRAINING)
def record_training(
    call: Call,
    desk: Desk,
    *,
    hours: form.Hours,
    staff: form.Staff,
    **course: Unpack[form.Course],
) -> str:
    """登记机关干部培训（办公室）。Record a training of the staff. Raises TrainingUnfit."""
    halves = hours * 2  # whole numbers add up exactly
    if halves != int(halves):
        raise InvalidInput("学时以半学时为单位", field="hours")

    def once() -> str:
        at = desk.clock.now()
        training = Training(
            id=new_id(),
            term=desk.members.current_term(),
            half_hours=int(halves),
            staff=tuple(staff),
            recorded_by=call.actor.account_id,
            recorded_at=at,
            **course,
        )
        training.record(at)
        desk.trainings.add(call, training, at)
        return training.id

    return desk.trainings.run(call, once)


@allow(Role.OFFICE)
@command("withdrawStaffTraining", answers=form.TRAINING)
def withdraw_training(
    call: Call, desk: Desk, *, training_id: form.TrainingId, reason: common.Reason
) -> str:
    """撤销培训记录（办公室）。A wrong record does not count any more.

    Raises TrainingUnfit.
    """

    def once() -> str:
        training = desk.trainings.get(training_id)
        if training is None:
            raise errors.TrainingNotFound
        training.withdraw(reason)
        desk.trainings.save(call, training, desk.clock.now())
        return training_id

    return desk.trainings.run(call, once)


def _rule(desk: Desk, rule_id: str) -> InternalRule:
    rule = desk.rules.get(rule_id)
    if rule is None:
        raise errors.RuleNotFound
    return rule
