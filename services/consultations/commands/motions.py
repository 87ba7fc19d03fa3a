"""Suggestion motions: written, reviewed, adopted; the office numbers and sends them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.changing import (
    change_motion,
    opinion_items,
    require_known,
    require_members,
)
from services.consultations.commands.ports import Desk
from services.consultations.domain import errors, motions
from services.consultations.domain.matters import Feedback
from services.consultations.domain.motions import Adoption, Motion
from services.consultations.schemas import common
from services.consultations.schemas import motions as form
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.organisers import organisation_of
from shared.persistence.changing import create, require_version


@allow(*access.PROPOSERS)
@command("proposeMotion", answers=common.MOTION)
def propose_motion(
    call: Call,
    desk: Desk,
    *,
    organiser: form.Organiser,
    title: common.Title,
    priorities: form.Priorities,
    year: common.Year | None,
    topic_codes: TopicCodes,
) -> str:
    """建议案列题。Propose a topic for a suggestion motion, to the committee that is to draft it.

    Raises Unfit for an organisation that is no committee or office, TopicUnfit.
    """
    kinds = desk.directory.kinds([organiser])
    if kinds.get(organiser) not in ("COMMITTEE", "CPPCC_OFFICE"):
        raise errors.Unfit("建议案由专委会或办公室起草", field="organiser")

    def make(at: datetime) -> Motion:
        member = call.actor.acting_member() if call.actor.role in MEMBER_ROLES else None
        motion = Motion(
            id=new_id(),
            term=desk.members.current_term(),
            year=year or at.astimezone(SHANGHAI).year,
            title=title,
            created_at=at,
            organiser=organiser,
            priorities=tuple(priorities),
            proposer=member,
            proposed_for=organisation_of(call.actor),
            topic_codes=desk.topics.choose(topic_codes, at),
        )
        motions.begin(motion, at)
        return motion

    return create(call, desk, desk.motions, make)


@allow(*access.STAFF)
@command("writeMotion", answers=common.MOTION)
def write_motion(
    call: Call,
    desk: Desk,
    *,
    motion_id: form.MotionId,
    title: common.Title,
    text: form.MotionText,
    items: common.Items,
    main_authors: common.MainAuthors,
    priorities: form.Priorities,
    main: form.Main,
    copy_to: form.CopyTo,
    files: common.Files,
    topic_codes: TopicCodes,
    expected_version: ExpectedVersion | None,
) -> str:
    """起草建议案。Draft a motion: text, opinions, main authors, addressees.

    Raises StaleVersion, Unfit, TopicUnfit.
    """
    rows = opinion_items(desk, items)
    require_known(desk, {*main, *copy_to}, "main")
    if desk.directory.unfit({*main, *copy_to}, "may_be_addressed"):
        raise errors.Unfit("该单位不能作为主送或抄送单位", field="main")

    def act(motion: Motion, at: datetime) -> None:
        require_version(motion, expected_version)
        require_members(desk, main_authors, "mainAuthors", motion.main_authors)
        motions.write(
            motion,
            title=title,
            text=text,
            items=tuple(rows),
            main_authors=_once(main_authors),
            priorities=tuple(priorities),
            main=_once(main),
            copy_to=_once(copy_to),
            attachments=tuple(files),
            topic_codes=desk.topics.choose(topic_codes, at, motion.topic_codes),
        )

    return change_motion(call, desk, motion_id, act, own=True)


@allow(*access.STAFF)
@command("sendMotion", answers=common.MOTION)
def send_motion(call: Call, desk: Desk, *, motion_id: form.MotionId) -> str:
    """建议案提请主席会议审议。Send the draft to the Chairpersons' Council. Raises Incomplete."""
    return change_motion(
        call, desk, motion_id, lambda m, at: motions.send(m, desk.limits, at), own=True
    )


@allow(*access.HEADS, approves=True)
@command("reviewMotion", answers=common.MOTION)
def review_motion(
    call: Call,
    desk: Desk,
    *,
    motion_id: form.MotionId,
    passed: common.Passed,
    reason: common.WhyNot,
) -> str:
    """主席会议审议建议案。Pass it on to the Standing Committee, or return it with a reason."""
    return change_motion(call, desk, motion_id, lambda m, at: motions.review(m, passed, reason, at))


@allow(access.OFFICE)
@command("returnMotion", answers=common.MOTION)
def return_motion(
    call: Call, desk: Desk, *, motion_id: form.MotionId, reason: common.Reason
) -> str:
    """常委会议未通过，退回修改。Record that the Standing Committee sends it back."""
    return change_motion(call, desk, motion_id, lambda m, at: motions.send_back(m, reason, at))


@allow(access.OFFICE)
@command("adoptMotion", answers=common.MOTION)
def adopt_motion(
    call: Call,
    desk: Desk,
    *,
    motion_id: form.MotionId,
    meeting_id: form.MeetingId,
    adopted_on: form.AdoptedOn | None,
    entitled: form.Entitled,
    in_favour: form.InFavour,
    against: form.Against,
    abstained: form.Abstained,
) -> str:
    """登记常委会议表决通过，公文由办公室办理。Record the vote by which it is adopted.

    The office then prepares, numbers and sends it. Raises NoQuorum, NotCarried.
    """

    def act(motion: Motion, at: datetime) -> None:
        on = adopted_on or at
        vote = Adoption(meeting_id, on, entitled, in_favour, against, abstained)
        motions.adopt(motion, vote, at)

    return change_motion(call, desk, motion_id, act)


@allow(*access.STAFF)
@command("dropMotion", answers=common.MOTION)
def drop_motion(call: Call, desk: Desk, *, motion_id: form.MotionId, reason: common.Reason) -> str:
    """撤题。Give a motion up before it is adopted."""
    return change_motion(call, desk, motion_id, lambda m, at: motions.drop(m, reason, at), own=True)


@allow(access.OFFICE)
@command("publishMotion", answers=common.MOTION)
def publish_motion(call: Call, desk: Desk, *, motion_id: form.MotionId) -> str:
    """公开建议案。Let everybody read a motion that was handed in."""

    def act(motion: Motion, at: datetime) -> None:
        motions.publish(motion)

    return change_motion(call, desk, motion_id, act)


@allow(*access.FEED_BACK)
@command("giveMotionFeedback", answers=common.MOTION)
def give_motion_feedback(
    call: Call,
    desk: Desk,
    *,
    motion_id: form.MotionId,
    text: common.FeedbackText,
    document_no: common.FeedbackNo,
    given_on: common.FeedbackOn | None,
    files: common.Files,
) -> str:
    """反馈建议案采纳情况。Give feedback on a motion."""

    def act(motion: Motion, at: datetime) -> None:
        by = access.account(call.actor)
        feedback = Feedback(text, document_no, given_on or at, by, tuple(files))
        motions.give_feedback(motion, feedback, at)

    return change_motion(call, desk, motion_id, act)


@allow(*access.STAFF)
@command("trackMotion", answers=common.MOTION)
def track_motion(call: Call, desk: Desk, *, motion_id: form.MotionId) -> str:
    """跟踪落实建议案。Go on tracking what was promised."""
    return change_motion(call, desk, motion_id, motions.track, own=True)


@allow(*access.STAFF)
@command("closeMotion", answers=common.MOTION)
def close_motion(call: Call, desk: Desk, *, motion_id: form.MotionId, reason: common.Reason) -> str:
    """建议案办结。Close it, with what it has come to."""
    return change_motion(
        call, desk, motion_id, lambda m, at: motions.close(m, reason, at), own=True
    )


def _once(ids: Collection[str]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(ids))
