"""Manuscripts: written, reviewed by three, agreed to by whom they show."""

from __future__ import annotations

from datetime import datetime

from services.publicity.commands import access
from services.publicity.commands.ports import Desk
from services.publicity.domain import content as manuscript
from services.publicity.domain import errors
from services.publicity.domain.content import Content
from services.publicity.domain.states import ContentState
from services.publicity.schemas import contents as form
from shared.actor import allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing
from shared.persistence.changing import Act, create, unless_stale

S = ContentState
REVIEWS = {
    S.REVIEW_1: (*access.COMMITTEES, *access.EDITORS),
    S.REVIEW_2: access.EDITORS,
    S.REVIEW_3: access.CHAIRS,
}


def change(call: Call, desk: Desk, id: str, act: Act[Content]) -> str:
    """One step of what the actor sees. Raises PublicityNotFound."""
    seen = access.visible(call.actor)
    load = changing.loading(desk.contents, id, errors.PublicityNotFound, seen)
    return changing.change(call, desk, desk.contents, load, act)


@allow(*access.WRITERS)
@command("writePublicityContent", answers=form.CONTENT)
def write_content(
    call: Call,
    desk: Desk,
    *,
    content_id: form.ContentId | None,
    title: form.Title,
    column: form.Column,
    body: form.Body,
    byline: form.Byline,
    photo_rights: form.PhotoRights,
    members: form.Members,
    is_model: form.IsModel,
    event: form.Event | None,
    expected_version: ExpectedVersion | None,
) -> str:
    """撰写或修改宣传稿件（草稿）。Write a manuscript, or change one's draft; editors change any.

    A changed text asks the members whom it shows anew. Raises WrongState, StaleVersion, Unfit.
    """
    desk.require_members(members)
    said = {
        "title": title,
        "column": column,
        "body": body,
        "byline": byline,
        "photo_rights": photo_rights,
        "members": tuple(dict.fromkeys(members)),
        "is_model": is_model,
        "event": event,
    }
    if content_id is None:
        return create(
            call,
            desk,
            desk.contents,
            lambda at: Content(
                id=new_id(),
                written_by=access.account(call.actor),
                created_at=at,
                changed_at=at,
                **said,  # type: ignore[arg-type]
            ),
        )

    def act(content: Content, at: datetime) -> None:
        _require_own(call, content)
        manuscript.write(content, at, **said)

    return change(call, desk, content_id, unless_stale(expected_version, act))


@allow(*access.WRITERS)
@command("submitPublicityContent", answers=form.CONTENT)
def submit_content(call: Call, desk: Desk, *, content_id: form.ContentId) -> str:
    """送审稿件，并征求所介绍委员的同意。Hand in for the three reviews, and ask its members.

    Raises WrongState, Unfit.
    """

    def act(content: Content, at: datetime) -> None:
        _require_own(call, content)
        manuscript.submit(content, at)

    return change(call, desk, content_id, act)


@allow(*access.REVIEWERS, approves=True)
@command("reviewPublicityContent", answers=form.CONTENT)
def review_content(
    call: Call,
    desk: Desk,
    *,
    content_id: form.ContentId,
    step: form.Step,
    passed: form.Passed,
    words: form.Words,
) -> str:
    """初审（专委会、办公室）、复审（办公室）、终审（主席会议成员），三人不同。One of three reviews.

    Raises SamePerson, WrongState.
    """
    if call.actor.role not in REVIEWS.get(step, ()):
        raise Forbidden("该审次不由您的角色办理")
    by = access.account(call.actor)
    return change(
        call, desk, content_id, lambda c, at: manuscript.review(c, step, by, passed, words, at)
    )


@allow(*access.MEMBERS)
@command("decidePublicityConsent", answers=form.CONTENT)
def answer_consent(
    call: Call, desk: Desk, *, content_id: form.ContentId, agreed: form.Agreed
) -> str:
    """同意或不同意宣传本人的稿件。A member's word on a text that shows that member.

    Raises WrongState once it is out.
    """

    def act(content: Content, _: datetime) -> None:
        own = call.actor.self_among(content.members)
        if own is None:
            raise Forbidden("稿件没有介绍您本人")
        manuscript.consent(content, own, agreed)

    return change(call, desk, content_id, act)


def _require_own(call: Call, content: Content) -> None:
    """Raises Forbidden for whoever neither wrote it nor edits."""
    if call.actor.role in access.EDITORS or content.written_by == access.account(call.actor):
        return
    raise Forbidden("只能修改本人的稿件")
