"""What becomes of an approved manuscript on each channel, alone (2.11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from services.publicity.domain import content as manuscript
from services.publicity.domain import errors
from services.publicity.domain.content import Change, Content, Publication, traced
from services.publicity.domain.states import (
    OUT,
    WAITING,
    Channel,
    ContentState,
    PublicationState,
)
from shared.contracts import names

P = PublicationState
BACKOFF = timedelta(minutes=1)
LONGEST = timedelta(hours=12)
LEASE = timedelta(minutes=5)  # of who tries: another replica waits so long
POLL = timedelta(seconds=30)


def plan(
    content: Content,
    channel: Channel,
    planned_at: datetime,
    by: str,
    at: datetime,
    title: str | None,
    body: str | None,
    issue: str | None,
) -> None:
    """Queue for a channel; again after a failure or what was taken down. Raises ConsentMissing."""
    content.require(ContentState.APPROVED)
    if missing := manuscript.without_consent(content):
        raise errors.ConsentMissing(details={"members": missing})
    if (channel is Channel.MAGAZINE) != (issue is not None):
        raise errors.Unfit("刊期只用于杂志，杂志应填写刊期", field="issue")
    trace: tuple[Change, ...] = ()
    for one in content.publications:
        if one.channel is channel:
            if one.state in OUT:
                raise errors.WrongState("该渠道已发布")
            trace = one.trace
    due = None if channel is Channel.MAGAZINE else max(planned_at, at)
    made = Publication(channel, planned_at, title, body, issue, next_at=due, trace=trace)
    content.put(traced(made, P.QUEUED, at, by))
    content.tell(names.CONTENT_QUEUED, channel=channel.value, planned_at=planned_at)


def due(content: Content, at: datetime) -> list[Publication]:
    """The channels to be tried now."""
    return [one for one in content.publications if one.next_at and one.next_at <= at]


def claim(content: Content, channels: Iterable[Channel], at: datetime) -> None:
    """Before anything is sent: no other replica tries the same meanwhile."""
    for channel in channels:
        content.adapt(channel, lambda one: replace(one, next_at=at + LEASE))


def go_on(
    content: Content, channel: Channel, draft_ref: str | None, job_ref: str | None, at: datetime
) -> None:
    """The channel has taken a step and is asked again soon."""
    content.adapt(
        channel, lambda one: replace(one, draft_ref=draft_ref, job_ref=job_ref, next_at=at + POLL)
    )


def publish(
    content: Content, channel: Channel, at: datetime, url: str | None = None, by: str | None = None
) -> None:
    """It is out. The first of a model's earns its points (F8)."""
    if content.on(channel).state not in WAITING:
        raise errors.WrongState("该渠道不在待发布状态")
    content.adapt(
        channel,
        lambda one: traced(
            one, P.PUBLISHED, at, by, url=url, published_at=at, next_at=None, error=None
        ),
    )
    content.tell(names.CONTENT_PUBLISHED, channel=channel.value, url=url)
    if content.is_model and not content.model_told:
        content.model_told, content.models_told = True, content.models_told + 1
        _tell_model(content, names.PUBLICITY_MODEL_PUBLISHED)


def fail(content: Content, channel: Channel, reason: str, most: int, at: datetime) -> None:
    """Tried again later and later; after `most` tries a person has to look."""
    attempts = content.on(channel).attempts + 1
    final = attempts >= most
    wait = min(BACKOFF * 2 ** (attempts - 1), LONGEST)
    content.adapt(
        channel,
        lambda one: traced(
            one,
            P.FAILED,
            at,
            reason=reason,
            attempts=attempts,
            error=reason,
            job_ref=None,
            next_at=None if final else at + wait,
        ),
    )
    content.tell(
        names.CONTENT_PUBLISH_FAILED,
        channel=channel.value,
        reason=reason,
        attempt=attempts,
        final=final,
    )


def retry(content: Content, channel: Channel, by: str, at: datetime) -> None:
    """By an editor, at once, this channel alone."""
    if content.on(channel).state is not P.FAILED:
        raise errors.WrongState("该渠道没有发布失败")
    content.adapt(
        channel,
        lambda one: traced(
            one, P.QUEUED, at, by, attempts=0, next_at=at, draft_ref=None, job_ref=None
        ),
    )
    content.tell(names.CONTENT_QUEUED, channel=channel.value, planned_at=at)


def correct(
    content: Content,
    channel: Channel,
    title: str | None,
    body: str,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    """What was out says something else now, with the reason. Not on WeChat, which cannot."""
    if content.on(channel).state not in OUT:
        raise errors.WrongState("该渠道尚未发布")
    if channel is Channel.WECHAT:
        raise errors.Unfit("公众号文章不能更正，请撤下后重新发布", field="channel")
    content.adapt(
        channel,
        lambda one: traced(one, P.CORRECTED, at, by, reason, title=title or one.title, body=body),
    )
    content.tell(names.CONTENT_CORRECTED, channel=channel.value, reason=reason)


def take_down(content: Content, channel: Channel, reason: str, by: str, at: datetime) -> None:
    """The trace stays. With the last channel a model's points go."""
    if content.on(channel).state not in OUT | WAITING:
        raise errors.WrongState("该渠道已撤下")
    content.adapt(channel, lambda one: traced(one, P.TAKEN_DOWN, at, by, reason, next_at=None))
    content.tell(names.CONTENT_TAKEN_DOWN, channel=channel.value, reason=reason)
    if content.model_told and not any(one.state in OUT for one in content.publications):
        content.model_told = False
        _tell_model(content, names.PUBLICITY_MODEL_REVOKED)


def _tell_model(content: Content, event: str) -> None:
    content.events.append(
        (
            event,
            {
                "model_id": content.id,
                "members": list(content.members),
                "occurrence_no": content.models_told,
            },
        )
    )
