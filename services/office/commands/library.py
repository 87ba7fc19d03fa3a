"""The internal rule library and the staff's training record (15.1)."""

from __future__ import annotations

from datetime import date

from services.office.commands.paper_ports import Papers
from services.office.domain import document_errors as errors
from services.office.domain.library import InternalRule
from services.office.domain.training import Training
from shared.actor import Role, allow
from shared.call import Call
from shared.ids import new_id


@allow(Role.OFFICE)
def publish_rule(
    call: Call,
    desk: Papers,
    *,
    rule_id: str | None,
    title: str,
    area: str,
    text: str,
    doc_no: str,
    valid_from: date,
    attachments: list[str],
) -> str:
    """A new rule, or with `rule_id` its next version. Raises RuleUnfit."""

    def once() -> str:
        at, files = desk.clock.now(), tuple(attachments)
        known = _rule(desk, rule_id) if rule_id else None
        rule = known or InternalRule(new_id(), desk.current_term(), title, area)
        rule.title, rule.area = title, area
        rule.publish(text, doc_no, valid_from, files, call.actor.account_id, at)
        if known is None:
            desk.rules.add(call, rule, at)
        else:
            desk.rules.save(call, rule, at)
        return rule.id

    return desk.rules.run(call, once)


@allow(Role.OFFICE)
def repeal_rule(call: Call, desk: Papers, *, rule_id: str, on: date, reason: str) -> str:
    """废止. Raises RuleUnfit."""

    def once() -> str:
        rule = _rule(desk, rule_id)
        rule.repeal(on, reason)
        desk.rules.save(call, rule, desk.clock.now())
        return rule_id

    return desk.rules.run(call, once)


@allow(Role.OFFICE)
def record_training(
    call: Call,
    desk: Papers,
    *,
    title: str,
    organiser: str,
    begins_on: date,
    ends_on: date,
    half_hours: int,
    staff: list[str],
) -> str:
    """Raises TrainingUnfit."""

    def once() -> str:
        at = desk.clock.now()
        training = Training(
            id=new_id(),
            term=desk.current_term(),
            title=title,
            organiser=organiser,
            begins_on=begins_on,
            ends_on=ends_on,
            half_hours=half_hours,
            staff=tuple(staff),
            recorded_by=call.actor.account_id,
            recorded_at=at,
        )
        training.record(at)
        desk.trainings.add(call, training, at)
        return training.id

    return desk.trainings.run(call, once)


@allow(Role.OFFICE)
def withdraw_training(call: Call, desk: Papers, *, training_id: str, reason: str) -> str:
    """Raises TrainingUnfit."""

    def once() -> str:
        training = desk.trainings.get(training_id)
        if training is None:
            raise errors.TrainingNotFound
        training.withdraw(reason)
        desk.trainings.save(call, training, desk.clock.now())
        return training_id

    return desk.trainings.run(call, once)


def _rule(desk: Papers, rule_id: str) -> InternalRule:
    rule = desk.rules.get(rule_id)
    if rule is None:
        raise errors.RuleNotFound
    return rule
