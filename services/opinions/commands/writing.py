"""Writing, submitting, taking back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.opinions.commands import access
from services.opinions.commands.changing import change_own, change_together
from services.opinions.commands.ports import Desk
from services.opinions.domain import editing, errors, writing
from services.opinions.domain.record import Opinion, Reflector, Text
from services.opinions.domain.states import Channel, OpinionState
from services.opinions.schemas import common
from services.opinions.schemas import writing as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.persistence.changing import create, require_version


@allow(*access.REPORTERS)
@command("writeOpinion", answers=common.OPINION)
def write_opinion(
    call: Call,
    desk: Desk,
    *,
    opinion_id: form.WrittenId | None,
    title: common.Title,
    facts: common.Facts,
    suggestion: common.Suggestion,
    coauthors: form.Coauthors,
    reflectors: form.Reflectors,
    voice: form.Voice | None,
    photos: form.Photos,
    topic: form.TopicWords,
    topic_codes: TopicCodes,
    urgency: form.Urgency,
    named: form.Named,
    expected_version: ExpectedVersion | None,
) -> str:
    """撰写或修改社情民意信息（草稿、退回修改）。Write an item, or change a draft of one's own.

    Raises TooLong, Unfit for who is not in office, TopicUnfit, StaleVersion.
    """
    text = Text(title, facts, suggestion)
    said: dict[str, Any] = {
        "reflectors": tuple(Reflector(**row) for row in reflectors),
        "voice": voice,
        "photos": tuple(photos),
        "topic": topic,
        "urgency": urgency,
        "named": named,
    }

    def put(opinion: Opinion, first: tuple[str, ...], at: datetime) -> None:
        if set(coauthors) - desk.members.in_office(coauthors) - set(opinion.authors):
            raise errors.Unfit("共同反映人应为在任委员", field="coauthors")
        authors = [*first, *coauthors]
        writing.name_authors(opinion, authors, desk.setting("most_authors"))
        codes = desk.topics.choose(topic_codes, at, opinion.topic_codes)
        longest = desk.setting("longest_text")
        writing.write(opinion, text, longest, **said, topic_codes=codes)

    if opinion_id is not None:

        def step(opinion: Opinion, at: datetime) -> None:
            require_version(opinion, expected_version)
            writes = call.actor.self_among(opinion.authors[:1]) is not None
            by_member = opinion.channel in access.BY_MEMBERS or writes
            put(opinion, opinion.authors[:1] if by_member else (), at)

        return change_own(call, desk, opinion_id, step)

    def make(at: datetime) -> Opinion:
        channel = access.channel_of(call.actor)
        # A supervisor may be no member.
        by_member = channel in access.BY_MEMBERS or (
            channel is Channel.SUPERVISOR and bool(call.actor.memberships)
        )
        first = (call.actor.acting_member(),) if by_member else ()
        organisations = access.organisations_of(call.actor)
        opinion = Opinion(
            id=new_id(),
            term=desk.members.current_term(),
            year=at.astimezone(SHANGHAI).year,
            channel=channel,
            text=text,
            created_at=at,
            organisation=organisations[0] if organisations else None,
            writer=access.account(call.actor),
        )
        put(opinion, first, at)
        return opinion

    return create(call, desk, desk.opinions, make)


@allow(*access.REPORTERS)
@command("submitOpinion", answers=common.OPINION)
def submit_opinion(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, declared: form.Declared
) -> str:
    """提交社情民意信息。Submit it, for the first time or revised.

    Raises NotDeclared, Incomplete, TooLong.
    """
    longest = desk.setting("longest_text")
    return change_own(
        call, desk, opinion_id, lambda o, at: writing.submit(o, declared, longest, desk.limits, at)
    )


@allow(*access.REPORTERS)
@command("discardOpinion", answers=common.OPINION)
def discard_opinion(call: Call, desk: Desk, *, opinion_id: common.OpinionId) -> str:
    """放弃草稿。Give a draft up."""
    return change_own(call, desk, opinion_id, writing.discard)


@allow(*access.REPORTERS)
@command("withdrawOpinion", answers=common.OPINION)
def withdraw_opinion(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, reason: common.Reason
) -> str:
    """签发前撤回（本人）。Take it back before it is issued; what it earned is undone.

    What is used in it goes back to the editors. Raises WrongState once it is issued.
    """

    def act(opinion: Opinion, rest: list[Opinion], at: datetime, session: Any) -> None:
        access.require_own(call.actor, opinion)
        if opinion.state is OpinionState.COMBINED:
            lead = desk.opinions.get(str(opinion.combined_into))
            if lead is None or lead.issued:
                raise errors.WrongState("已综合编报，不能撤回")
            editing.drop(lead, opinion.id)
            desk.opinions.save_with(call, lead, at, session)
        writing.withdraw(opinion, reason, at)
        for other in rest:
            editing.release(opinion, other, at)

    return change_together(call, desk, opinion_id, act)
