"""The debriefing exchange: reports of both sides, questions, ratings (5.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.supervision.commands import access
from services.supervision.commands.changing import change_debriefing
from services.supervision.commands.ports import Desk
from services.supervision.domain import debriefings, errors
from services.supervision.domain.debriefings import SUPERVISOR, UNIT, Debriefing, Paper
from services.supervision.schemas import common
from services.supervision.schemas import supervisors as form
from shared.actor import MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.persistence.changing import create

REPORTERS = (*access.UNITS, Role.SUPERVISOR)
ASKERS = tuple(sorted(MEMBER_ROLES))
RATERS = (*ASKERS, *access.UNITS)


@allow(*access.DRAFTERS)
@command("planDebriefing", answers=form.DEBRIEFING)
def plan_debriefing(
    call: Call,
    desk: Desk,
    *,
    title: common.Title,
    units: form.UnitIds,
    supervisors: common.SupervisorIds,
    members: common.Members,
    held_at: common.HeldAt,
    ends_at: common.EndsAt | None,
    place: common.Place,
    report_by: form.ReportBy | None,
    supervision: form.OfSupervision | None,
) -> str:
    """安排述职交流，请办公室办会，请双方提交述职报告。Plan a debriefing of both sides.

    Raises UnitUnfit, Unfit.
    """
    desk.require_supervised(units)
    posted = desk.supervisors.in_office(supervisors, desk.clock.now())
    if len(posted) < len(set(supervisors)):
        raise errors.Unfit("请选择在聘的民主监督员", field="supervisors")

    def make(at: datetime) -> Debriefing:
        due = report_by or held_at - timedelta(days=desk.setting("debriefing_report_days"))
        if not at < due <= held_at:
            raise errors.Unfit("述职报告期限应在现在与会议之间", field="reportBy")
        made = Debriefing(
            id=new_id(),
            term=desk.members.current_term(),
            year=held_at.astimezone(SHANGHAI).year,
            organiser=access.own_organiser(call.actor),
            title=title,
            units=tuple(dict.fromkeys(units)),
            supervisors=tuple(dict.fromkeys(supervisors)),
            supervisor_members=tuple(s.member_id for s in posted if s.member_id),
            members=tuple(dict.fromkeys(members)),
            held_at=held_at,
            ends_at=ends_at,
            place=place,
            report_by=due,
            supervision_id=supervision,
        )
        debriefings.plan(made)
        return made

    return create(call, desk, desk.debriefings, make)


@allow(*REPORTERS)
@command("giveDebriefingReport", answers=form.DEBRIEFING)
def give_report(
    call: Call,
    desk: Desk,
    *,
    debriefing_id: form.DebriefingId,
    text: common.LongText,
    files: common.Files,
) -> str:
    """提交述职报告（单位或民主监督员）。A side's report, anew until the meeting. Raises Unfit."""

    def act(debriefing: Debriefing, at: datetime) -> None:
        side, of = _side(call.actor, desk)
        by = access.account(call.actor)
        debriefings.report(debriefing, Paper(side, of, text, tuple(files), at, by))

    return change_debriefing(call, desk, debriefing_id, act)


@allow(*ASKERS)
@command("askAtDebriefing", answers=form.DEBRIEFING)
def ask_question(
    call: Call,
    desk: Desk,
    *,
    debriefing_id: form.DebriefingId,
    unit: form.OfUnit | None,
    supervisor: form.OfSupervisor | None,
    text: form.Question,
) -> str:
    """向述职一方提问（参加的委员）。Ask one side a question. Raises Unfit, WrongState."""
    side, of = _named(unit, supervisor)
    member = call.actor.acting_member()
    return change_debriefing(
        call, desk, debriefing_id, lambda d, at: debriefings.ask(d, side, of, member, text, at)
    )


@allow(*REPORTERS)
@command("answerAtDebriefing", answers=form.DEBRIEFING)
def answer_question(
    call: Call,
    desk: Desk,
    *,
    debriefing_id: form.DebriefingId,
    no: form.QuestionNo,
    text: form.Question,
) -> str:
    """述职一方答复提问。A side answers. Raises Unfit, Repeated, WrongState."""

    def act(debriefing: Debriefing, at: datetime) -> None:
        side, of = _side(call.actor, desk)
        debriefings.answer(debriefing, no, side, of, text, at)

    return change_debriefing(call, desk, debriefing_id, act)


@allow(*RATERS)
@command("rateDebriefing", answers=form.DEBRIEFING)
def rate_debriefing(
    call: Call, desk: Desk, *, debriefing_id: form.DebriefingId, ratings: form.Ratings
) -> str:
    """评价述职：到会委员评双方，单位评监督员；不评本方。Rate the reports, once.

    Raises Unfit, Repeated, WrongState; Forbidden for who was not there.
    """
    given = {
        _named(one.get("unit"), one.get("supervisor")): (one["rating"], one["note"])
        for one in ratings
    }

    def act(debriefing: Debriefing, at: datetime) -> None:
        actor = call.actor
        if actor.role in access.UNITS:
            rater = f"unit:{access.unit_of(actor)}"
            if any(side == UNIT for side, _ in given):
                raise errors.Unfit("单位只评价民主监督员", field="ratings")
        else:
            present = actor.self_among(debriefing.attended)
            if present is None:
                raise Forbidden("只有到会委员可以评价")
            rater = f"member:{present}"
            own = {s.id for s in desk.supervisors.serving(actor.memberships, None, at)}
            if any(of in own for _, of in given):
                raise errors.Unfit("不能评价本人", field="ratings")
        debriefings.rate(debriefing, rater, given, at)

    return change_debriefing(call, desk, debriefing_id, act)


@allow(*access.DRAFTERS)
@command("settleDebriefing", answers=form.DEBRIEFING)
def settle_debriefing(call: Call, desk: Desk, *, debriefing_id: form.DebriefingId) -> str:
    """结束评价并告知双方结果。End the ratings; both sides are told. Raises WrongState."""

    def act(debriefing: Debriefing, _: datetime) -> None:
        access.require_organiser(call.actor, debriefing.organiser)
        debriefings.settle(debriefing)

    return change_debriefing(call, desk, debriefing_id, act)


@allow(*access.DRAFTERS)
@command("closeDebriefing", answers=form.DEBRIEFING)
def close_debriefing(
    call: Call, desk: Desk, *, debriefing_id: form.DebriefingId, summary: common.LongText
) -> str:
    """办结述职交流。Close it with a summary. Raises WrongState."""

    def act(debriefing: Debriefing, _: datetime) -> None:
        access.require_organiser(call.actor, debriefing.organiser)
        debriefings.close(debriefing, summary)

    return change_debriefing(call, desk, debriefing_id, act)


def _side(actor: Actor, desk: Desk) -> tuple[str, str]:
    """As which side the actor speaks. Raises Forbidden."""
    if actor.role in access.UNITS:
        return UNIT, access.unit_of(actor)
    found = access.as_supervisor(actor, desk)
    if found is None:
        raise Forbidden("只能由述职的民主监督员办理")
    return SUPERVISOR, found.id


def _named(unit: str | None, supervisor: str | None) -> tuple[str, str]:
    """Raises Unfit unless exactly one is named."""
    if (unit is None) == (supervisor is None):
        raise errors.Unfit("请选择一个单位或一名监督员", field="unit")
    return (UNIT, unit) if unit else (SUPERVISOR, str(supervisor))
