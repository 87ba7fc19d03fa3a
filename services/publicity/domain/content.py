"""A manuscript from its draft to three reviews, and the consent of whom it shows (2.11, 4.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.publicity.domain import errors
from services.publicity.domain.states import (
    AFTER,
    IN_REVIEW,
    OUT,
    Channel,
    ContentState,
    PublicationState,
)
from shared.aggregate import Aggregate
from shared.contracts import names

S = ContentState


@dataclass(frozen=True)
class Review:
    """One word of the three. round: counts the submissions."""

    step: ContentState
    round: int
    by: str
    passed: bool
    words: str
    at: datetime


@dataclass(frozen=True)
class Change:
    """A trace of what was done to a publication: who, when, why."""

    state: PublicationState
    at: datetime
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Publication:
    """One channel's version. title, body: of the manuscript, unless the channel has its own.

    issue: of the magazine. attempts, next_at: of a channel that is tried. draft_ref, job_ref: what
    the channel calls it. due again at next_at; None: nothing is tried any more.
    """

    channel: Channel
    planned_at: datetime
    title: str | None = None
    body: str | None = None
    issue: str | None = None
    state: PublicationState = PublicationState.QUEUED
    attempts: int = 0
    next_at: datetime | None = None
    draft_ref: str | None = None
    job_ref: str | None = None
    url: str | None = None
    error: str | None = None
    published_at: datetime | None = None
    trace: tuple[Change, ...] = ()


@dataclass
class Content(Aggregate):
    """members: whom it shows. event: kind and id of the duty event it tells of.

    online: whether the website shows it. due_at: when a channel is to be tried next.
    """

    id: str
    title: str
    column: str
    body: str
    written_by: str
    created_at: datetime
    changed_at: datetime
    byline: str = ""
    photo_rights: str = ""
    members: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    is_model: bool = False
    model_told: bool = False
    models_told: int = 0
    event: str | None = None
    state: ContentState = S.DRAFT
    round: int = 0
    reviews: tuple[Review, ...] = ()
    publications: tuple[Publication, ...] = ()
    online: bool = False
    online_at: datetime | None = None
    due_at: datetime | None = None

    def header(self) -> dict[str, Any]:
        return {"content_id": self.id, "title": self.title, "writer": self.written_by}

    def require(self, *states: ContentState) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def on(self, channel: Channel) -> Publication:
        """Raises WrongState for a channel that it is not planned for."""
        for one in self.publications:
            if one.channel is channel:
                return one
        raise errors.WrongState("稿件未安排在该渠道发布", field="channel")

    def put(self, changed: Publication) -> None:
        """In the place of what the channel had; website and due time follow."""
        others = [one for one in self.publications if one.channel is not changed.channel]
        self.publications = tuple(sorted([*others, changed], key=lambda one: one.channel.value))
        site = [one for one in self.publications if one.channel is Channel.WEBSITE]
        self.online = any(one.state in OUT for one in site)
        self.online_at = site[0].published_at if self.online else None
        self.due_at = min((one.next_at for one in self.publications if one.next_at), default=None)

    def adapt(self, channel: Channel, change: Callable[[Publication], Publication]) -> Publication:
        changed = change(self.on(channel))
        self.put(changed)
        return changed


def write(content: Content, at: datetime, **said: Any) -> None:
    """Only a draft is written; a text that changed asks its members anew."""
    content.require(S.DRAFT)
    before = (content.body, content.title)
    for name, value in said.items():
        setattr(content, name, value)
    if before != (content.body, content.title):
        content.consents = ()
    content.consents = tuple(one for one in content.consents if one in content.members)
    content.changed_at = at


def submit(content: Content, at: datetime) -> None:
    content.require(S.DRAFT)
    if content.is_model and not content.members:
        raise errors.Unfit("履职典型应填写委员", field="members")
    content.state, content.round, content.changed_at = S.REVIEW_1, content.round + 1, at
    asked = [one for one in content.members if one not in content.consents]
    content.tell(names.CONTENT_SUBMITTED, members=asked)


def review(
    content: Content, step: ContentState, by: str, passed: bool, words: str, at: datetime
) -> None:
    """One of three different people, none the author; sent back with the reason."""
    content.require(*IN_REVIEW)
    if step is not content.state:
        raise errors.WrongState.of(content.state)
    earlier = {one.by for one in content.reviews if one.round == content.round}
    if by == content.written_by or by in earlier:
        raise errors.SamePerson
    word = Review(step, content.round, by, passed, words, at)
    content.reviews, content.changed_at = (*content.reviews, word), at
    if not passed:
        content.state = S.DRAFT
        content.tell(names.CONTENT_RETURNED, step=step.value, reason=words)
        return
    content.state = AFTER[step]
    if content.state is S.APPROVED:
        content.tell(names.CONTENT_APPROVED)
    else:
        content.tell(names.CONTENT_REVIEW_PASSED, step=content.state.value)


def consent(content: Content, member: str, agreed: bool) -> None:
    """Of a member who is shown; may be taken back until something is out."""
    if any(one.state in OUT for one in content.publications):
        raise errors.WrongState("稿件已发布，请联系编辑撤下")
    others = [one for one in content.consents if one != member]
    content.consents = tuple([*others, member] if agreed else others)
    content.tell(names.CONTENT_CONSENT_DECIDED, member_id=member, agreed=agreed)


def without_consent(content: Content) -> list[str]:
    return sorted(set(content.members) - set(content.consents))


def traced(
    one: Publication,
    state: PublicationState,
    at: datetime,
    by: str | None = None,
    reason: str | None = None,
    **changes: Any,
) -> Publication:
    trace: Iterable[Change] = (*one.trace, Change(state, at, by, reason))
    return replace(one, state=state, trace=tuple(trace), **changes)
