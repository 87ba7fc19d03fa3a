"""Channels: planned, retried, corrected, taken down by editors; carried out by a timer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.publicity.commands import access
from services.publicity.commands.contents import change
from services.publicity.commands.ports import Desk
from services.publicity.domain import publishing
from services.publicity.domain.content import Content
from services.publicity.domain.outside import Outside
from services.publicity.domain.states import Channel
from services.publicity.schemas import contents as form
from shared.actor import allow
from shared.call import Call
from shared.errors import Conflict
from shared.operations import command


@allow(*access.EDITORS)
@command("planPublication", answers=form.CONTENT)
def plan_publication(
    call: Call,
    desk: Desk,
    *,
    content_id: form.ContentId,
    channel: form.Channel,
    planned_at: form.PlannedAt,
    title: form.OwnTitle | None,
    body: form.OwnBody | None,
    issue: form.Issue | None,
) -> str:
    """安排审定的稿件在一个渠道发布，可有该渠道的标题和正文。Queue an approved text for a channel.

    Raises WrongState, ConsentMissing, Unfit.
    """
    by = access.account(call.actor)
    return change(
        call,
        desk,
        content_id,
        lambda c, at: publishing.plan(c, channel, planned_at, by, at, title, body, issue),
    )


@allow(*access.EDITORS)
@command("confirmPrinted", answers=form.CONTENT)
def confirm_printed(call: Call, desk: Desk, *, content_id: form.ContentId) -> str:
    """确认杂志已刊出。The magazine with it is out. Raises WrongState."""
    by = access.account(call.actor)
    return change(
        call, desk, content_id, lambda c, at: publishing.publish(c, Channel.MAGAZINE, at, by=by)
    )


@allow(*access.EDITORS)
@command("retryPublication", answers=form.CONTENT)
def retry_publication(
    call: Call, desk: Desk, *, content_id: form.ContentId, channel: form.Channel
) -> str:
    """重新发布失败的渠道，其他渠道不受影响。Try a channel that failed again, alone.

    Raises WrongState.
    """
    by = access.account(call.actor)
    return change(call, desk, content_id, lambda c, at: publishing.retry(c, channel, by, at))


@allow(*access.EDITORS)
@command("correctPublication", answers=form.CONTENT)
def correct_publication(
    call: Call,
    desk: Desk,
    *,
    content_id: form.ContentId,
    channel: form.Channel,
    title: form.OwnTitle | None,
    body: form.OwnBody,
    reason: form.Reason,
) -> str:
    """更正已发布的稿件，保留痕迹。Correct what is out; the trace stays.

    Raises WrongState, Unfit.
    """
    by = access.account(call.actor)
    return change(
        call,
        desk,
        content_id,
        lambda c, at: publishing.correct(c, channel, title, body, reason, by, at),
    )


@allow(*access.EDITORS, *access.CHAIRS)
@command("takeDownPublication", answers=form.CONTENT)
def take_down_publication(
    call: Call,
    desk: Desk,
    *,
    content_id: form.ContentId,
    channel: form.Channel,
    reason: form.Reason,
) -> str:
    """撤下稿件，保留痕迹。Take a text off a channel, or its queue; the trace stays.

    On WeChat the account's operator deletes the article. Raises WrongState.
    """
    by = access.account(call.actor)
    return change(
        call, desk, content_id, lambda c, at: publishing.take_down(c, channel, reason, by, at)
    )


def carry_out(call: Call, desk: Desk) -> None:
    """The timer: each channel that is due takes one step; one that fails is tried again alone.

    What is tried is claimed by a write first: of several replicas one sends.
    """
    at = desk.clock.now()
    for content in desk.contents.find({"due_at": {"$lte": at}}, [("due_at", 1), ("_id", 1)]):
        channels = [one.channel for one in publishing.due(content, at)]
        publishing.claim(content, channels, at)
        try:
            desk.contents.save(call, content, at)
        except Conflict:  # another replica, or an editor, was first
            continue
        for channel in channels:
            _step(call, desk, content.id, channel)


def _step(call: Call, desk: Desk, content_id: str, channel: Channel) -> None:
    """Send once, then write what came of it, also when an editor wrote meanwhile."""
    content = desk.contents.get(content_id)
    if content is None:
        return
    try:
        outcome = _send(desk, content, channel)
    except Outside as refused:
        outcome = partial(
            publishing.fail,
            channel=channel,
            reason=str(refused),
            most=desk.setting("publish_attempts"),
        )

    def once() -> str:
        fresh, at = desk.contents.get(content_id), desk.clock.now()
        if fresh is not None and fresh.on(channel).next_at is not None:  # else: taken down
            outcome(fresh, at=at)
            desk.contents.save(call, fresh, at)
        return content_id

    desk.contents.run(call, once)


def _send(desk: Desk, content: Content, channel: Channel) -> Callable[..., None]:
    """One request to the channel, and the verb that tells its result."""
    one = content.on(channel)
    if channel is not Channel.WECHAT:
        return partial(publishing.publish, channel=channel)
    if one.draft_ref is None:
        title, body = one.title or content.title, one.body or content.body
        draft = desk.account.add_draft(title, content.byline, body)
        return partial(publishing.go_on, channel=channel, draft_ref=draft, job_ref=None)
    if one.job_ref is None:
        job = desk.account.submit(one.draft_ref)
    elif (url := desk.account.status(one.job_ref).url) is not None:
        return partial(publishing.publish, channel=channel, url=url)
    else:
        job = one.job_ref
    return partial(publishing.go_on, channel=channel, draft_ref=one.draft_ref, job_ref=job)
