"""Activities: applied for by organisers, published by the office, confirmed by an organiser."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Unpack

from services.liaison.commands import access
from services.liaison.commands.changing import change, found
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.activities import Activity, ActivityState, point
from services.liaison.schemas import activities as form
from services.liaison.schemas import common
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import create, save_unless_lost, unless_stale

Row = dict[str, Any]
BEGUN = [ActivityState.PUBLISHED.value, ActivityState.RUNNING.value]


@allow(*access.ORGANISERS)
@command("applyActivity", answers=form.ACTIVITY)
def apply_activity(
    call: Call,
    desk: Desk,
    *,
    activity_id: form.ReturnedId | None,
    organisers: form.Organisers,
    held_at: common.HeldAt,
    expected_version: ExpectedVersion | None = None,
    **plan: Unpack[form.Plan],
) -> str:
    """申请活动，退回后可重新申请。Apply for an activity, or again.

    Raises ActivityUnfit, OrganisationUnknown, TopicUnfit.
    """
    access.require_organiser(call.actor, *organisers)
    desk.require_organisations(organisers, "organisers")
    _check_places(desk, plan)
    written: Row = {
        **plan,
        "location": point(plan["location"]),
        "organisers": tuple(organisers),
        "held_at": held_at,
        "year": held_at.astimezone(SHANGHAI).year,
    }
    if activity_id is not None:

        def rewrite(activity: Activity, at: datetime) -> None:
            codes = desk.topics.choose(plan["topic_codes"], at, kept=activity.topic_codes)
            activity.rewrite({**written, "topic_codes": codes}, at)

        return _run(call, desk, activity_id, unless_stale(expected_version, rewrite))

    def make(at: datetime) -> Activity:
        activity = Activity(
            id=new_id(),
            term=desk.members.current_term(),
            applied_by=access.account(call.actor),
            **{**written, "topic_codes": desk.topics.choose(plan["topic_codes"], at)},
        )
        activity.apply(at)
        return activity

    return create(call, desk, desk.activities, make)


@allow(access.OFFICE, approves=True)
@command("decideActivity", answers=form.ACTIVITY, batch="decideActivities")
def decide_activity(
    call: Call,
    desk: Desk,
    *,
    activity_id: form.ActivityId,
    published: form.Published,
    opinion: common.Opinion | None,
) -> str:
    """发布或退回活动申请（办公室）。Publish an activity, or return it."""

    def act(activity: Activity, _: datetime) -> None:
        activity.decide(published, opinion, desk.members.of_groups(activity.groups))

    return change(call, desk, desk.activities, activity_id, act)


@allow(*access.ORGANISERS)
@command("moveActivity", answers=form.ACTIVITY)
def move_activity(
    call: Call,
    desk: Desk,
    *,
    activity_id: form.ActivityId,
    held_at: common.HeldAt,
    ends_at: common.EndsAt | None,
    place: form.NewPlace | None,
    location: common.Location | None,
    sign_up_by: form.NewSignUpBy | None,
    reason: common.Reason,
) -> str:
    """已发布的活动改期或改地点，通知报名委员。Move a published activity; who signed up is told.

    Raises ActivityUnfit.
    """

    def act(activity: Activity, at: datetime) -> None:
        spot = point(location)
        activity.move(held_at, ends_at, place, spot, sign_up_by, reason, at)
        activity.year = held_at.astimezone(SHANGHAI).year

    return _run(call, desk, activity_id, act)


@allow(*MEMBER_ROLES)
@command("signUpForActivity", answers=form.ACTIVITY)
def sign_up(call: Call, desk: Desk, *, activity_id: form.ActivityId) -> str:
    """报名参加活动（委员本人）。Sign up."""
    me = call.actor.acting_member()
    groups = desk.members.groups_of(desk.members.in_office([me])).get(me)
    if groups is None:
        raise errors.SignUpUnfit("只有在任委员可以报名")
    return change(call, desk, desk.activities, activity_id, lambda a, at: a.sign_up(me, groups, at))


@allow(*MEMBER_ROLES)
@command("withdrawFromActivity", answers=form.ACTIVITY)
def withdraw_sign_up(call: Call, desk: Desk, *, activity_id: form.ActivityId) -> str:
    """取消报名（委员本人）。Withdraw."""

    def act(activity: Activity, at: datetime) -> None:
        activity.withdraw(call.actor.acting_among(activity.signed_up), at)

    return change(call, desk, desk.activities, activity_id, act)


@allow(*access.ORGANISERS)
@command("startActivity", answers=form.ACTIVITY)
def start_activity(call: Call, desk: Desk, *, activity_id: form.ActivityId) -> str:
    """活动开始。Start an activity."""
    return _run(call, desk, activity_id, lambda a, _: a.start())


@allow(*access.ORGANISERS)
@command("cancelActivity", answers=form.ACTIVITY)
def cancel_activity(
    call: Call, desk: Desk, *, activity_id: form.ActivityId, reason: common.Reason
) -> str:
    """取消活动。Call an activity off."""
    return _run(call, desk, activity_id, lambda a, _: a.cancel(reason))


@allow(*access.ORGANISERS)
@command("confirmParticipation", answers=form.ACTIVITY, batch="confirmParticipations")
def confirm_participation(
    call: Call,
    desk: Desk,
    *,
    activity_id: form.ActivityId,
    members: form.TookPart,
    proof: form.Proof,
) -> str:
    """确认参加的委员；社会服务须附证明。Say who took part; social service needs proof.

    Raises ParticipationUnfit.
    """
    _require_members(desk, members)
    by = access.account(call.actor)
    return _run(call, desk, activity_id, lambda a, at: a.confirm(members, proof, by, at))


@allow(*access.ORGANISERS)
@command("correctParticipation", answers=form.ACTIVITY)
def correct_participation(
    call: Call,
    desk: Desk,
    *,
    activity_id: form.ActivityId,
    rows: form.Corrections,
    reason: common.Reason,
) -> str:
    """更正参加记录。Correct who took part."""
    said = {row["member_id"]: row["took_part"] for row in rows}
    _require_members(desk, list(said))
    by = access.account(call.actor)
    return _run(call, desk, activity_id, lambda a, at: a.correct(said, reason, by, at))


@allow(*access.ORGANISERS)
@command("closeActivity", answers=form.ACTIVITY)
def close_activity(
    call: Call, desk: Desk, *, activity_id: form.ActivityId, summary: form.Summary
) -> str:
    """履职关闭，附小结。Close an activity with its summary."""
    return _run(call, desk, activity_id, lambda a, _: a.close(summary))


@allow(*access.ORGANISERS)
@command("askCommitteeHelp", answers=form.ACTIVITY)
def ask_help(
    call: Call,
    desk: Desk,
    *,
    activity_id: form.ActivityId,
    committee: form.Committee,
    text: form.HelpText,
) -> str:
    """请求专委会协助（提前一周）。Ask a committee for help, a week ahead.

    Raises HelpTooLate, OrganisationUnknown.
    """
    desk.require_organisations([committee], "committee")
    return _run(call, desk, activity_id, lambda a, at: a.ask_help(committee, text, at))


@allow(*access.COMMITTEES)
@command("answerCommitteeHelp", answers=form.ACTIVITY)
def answer_help(
    call: Call,
    desk: Desk,
    *,
    activity_id: form.ActivityId,
    help_no: form.HelpNo,
    answer: form.HelpAnswer,
) -> str:
    """专委会答复协助请求。Answer a request for help."""

    def act(activity: Activity, at: datetime) -> None:
        if activity.help(help_no).committee != access.stands_for(call.actor):
            raise Forbidden("只能答复向本专委会提出的请求")
        activity.answer_help(help_no, answer, at)

    return change(call, desk, desk.activities, activity_id, act)


def ask_completion(call: Call, desk: Desk) -> None:
    """The timer: of what is over, its organisers are asked once who took part."""
    at = desk.clock.now()
    begun = {"state": {"$in": BEGUN}, "asked": {"$ne": True}, "held_at": {"$lte": at}}
    for activity in desk.activities.find(begun, [("held_at", 1)]):
        if activity.over_at <= at:
            activity.ask_completion()
            save_unless_lost(call, desk.activities, activity, at)


def _run(call: Call, desk: Desk, activity_id: str, act: Any) -> str:
    def step(activity: Activity, at: datetime) -> None:
        access.require_organiser(call.actor, *activity.organisers)
        act(activity, at)

    return change(call, desk, desk.activities, activity_id, step)


def _check_places(desk: Desk, plan: form.Plan) -> None:
    """Town, home and circle that it names are there. Raises LiaisonNotFound."""
    if plan["town"]:
        desk.require_organisations([plan["town"]], "town")
    if plan["home_id"]:
        found(desk.homes, plan["home_id"])
    if plan["circle_id"]:
        found(desk.circles, plan["circle_id"]).require_open()


def _require_members(desk: Desk, members: list[str]) -> None:
    if set(members) - desk.members.known(members):
        raise errors.ParticipationUnfit("只能确认委员的参加情况", field="members")
