"""Topic groups with their exchange board, the friendship association (13.2, 13.7)."""

from __future__ import annotations

from datetime import datetime

from services.liaison.commands import access
from services.liaison.commands.changing import change, found, run
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.circles import Circle, Post
from services.liaison.schemas import circles as form
from services.liaison.schemas import common
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.persistence.changing import create, unless_stale


@allow(*access.ORGANISERS)
@command("openCircle", answers=form.CIRCLE)
def open_circle(
    call: Call,
    desk: Desk,
    *,
    kind: form.CircleKind,
    name: common.ShortName,
    about: form.About,
    topic: common.Topic,
    topic_codes: TopicCodes,
    organiser: common.Organiser,
    members: form.FirstMembers,
) -> str:
    """建立议题小组或联谊会。Open a topic group, or an association."""
    access.require_organiser(call.actor, organiser)
    desk.require_organisations([organiser], "organiser")
    _require_members(desk, members)

    def make(at: datetime) -> Circle:
        circle = Circle(
            id=new_id(),
            term=desk.members.current_term(),
            kind=kind,
            name=name,
            about=about,
            topic=topic,
            topic_codes=desk.topics.choose(topic_codes, at),
            organiser=organiser,
            members=tuple(dict.fromkeys(members)),
            opened_at=at,
        )
        circle.open()
        return circle

    return create(call, desk, desk.circles, make)


@allow(*access.ORGANISERS)
@command("setCircleMembers", answers=form.CIRCLE)
def set_circle_members(
    call: Call,
    desk: Desk,
    *,
    circle_id: common.CircleId,
    members: form.AllMembers,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """设置成员。Set its members. Raises StaleVersion."""
    _require_members(desk, members)
    act = unless_stale(expected_version, lambda c, _: c.set_members(members))
    return run(call, desk, desk.circles, circle_id, act)


@allow(*access.ORGANISERS)
@command("closeCircle", answers=form.CIRCLE)
def close_circle(call: Call, desk: Desk, *, circle_id: common.CircleId) -> str:
    """结束小组。Close a group."""
    return run(call, desk, desk.circles, circle_id, lambda c, _: c.close())


@allow(*MEMBER_ROLES)
@command("joinCircle", answers=form.CIRCLE)
def join_circle(call: Call, desk: Desk, *, circle_id: common.CircleId) -> str:
    """加入议题小组（委员本人）。Join a topic group."""
    me = call.actor.acting_member()
    _require_members(desk, [me])
    return change(call, desk, desk.circles, circle_id, lambda c, _: c.join(me))


@allow(*MEMBER_ROLES)
@command("leaveCircle", answers=form.CIRCLE)
def leave_circle(call: Call, desk: Desk, *, circle_id: common.CircleId) -> str:
    """退出小组（委员本人）。Leave a group."""

    def act(circle: Circle, _: datetime) -> None:
        circle.leave(call.actor.acting_among(circle.members))

    return change(call, desk, desk.circles, circle_id, act)


@allow(*MEMBER_ROLES)
@command("writeCirclePost", answers=form.POST)
def write_post(
    call: Call,
    desk: Desk,
    *,
    circle_id: common.CircleId,
    reply_to: form.ReplyTo | None,
    text: form.PostText,
) -> str:
    """在小组交流板发言。Write on the board of one's own group."""
    me = call.actor.acting_member()

    def make(at: datetime) -> Post:
        circle = found(desk.circles, circle_id)
        circle.require_open()
        if not call.actor.self_among(circle.members):
            raise Forbidden("只有小组成员可以发言")
        if reply_to is not None and found(desk.posts, reply_to).circle_id != circle_id:
            raise errors.CircleUnfit("只能回复本小组的发言", field="replyTo")
        return Post(
            id=new_id(),
            term=circle.term,
            circle_id=circle_id,
            author=me,
            reply_to=reply_to,
            text=text,
            at=at,
        )

    return create(call, desk, desk.posts, make)


@allow(*MEMBER_ROLES, *access.ORGANISERS)
@command("removeCirclePost", answers=form.POST)
def remove_post(
    call: Call, desk: Desk, *, post_id: form.PostId, reason: form.RemovalReason | None
) -> str:
    """删除发言（本人或主办单位）。Remove a post, as its author or the organiser."""

    def act(post: Post, _: datetime) -> None:
        organiser = found(desk.circles, post.circle_id).organiser
        mine = call.actor.is_self(post.author)
        if not mine and not access.may_run(call.actor, (organiser,)):
            raise Forbidden("只有发言人和主办单位可以删除")
        post.remove(reason)

    return change(call, desk, desk.posts, post_id, act)


def _require_members(desk: Desk, members: list[str]) -> None:
    if set(members) - desk.members.in_office(members):
        raise errors.CircleUnfit("只能吸收在任委员", field="members")
