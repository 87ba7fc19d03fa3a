"""The yearly guide of topics: written by staff, published by the director."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.proposals.commands.ports import Desk
from services.proposals.domain.guide import Topic, TopicGuide, guide_id
from services.proposals.queries.lookups import topic_guide
from services.proposals.schemas import common
from services.proposals.schemas import guiding as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import NotFound
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import execute
from shared.persistence.changing import require_version

Row = dict[str, Any]


@allow(Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
@command("saveTopicGuide", answers=form.GUIDE)
def save_guide(
    call: Call,
    desk: Desk,
    *,
    year: common.Year,
    topics: form.GuideTopics,
    expected_version: ExpectedVersion | None = None,
) -> Row | None:
    """编写年度选题指南。Write the year's guide, whole.

    The whole guide each time; what is published stays until it is published again.

    Raises TopicUnfit, ThemeUnfit, StaleVersion.
    """

    def act(guide: TopicGuide, at: datetime) -> None:
        if guide.version:  # else it is begun here
            require_version(guide, expected_version)
        former = (*guide.topics, *guide.published)
        kept = {code for topic in former for code in topic.topic_codes}
        for no, topic in enumerate(topics):
            desk.topics.choose(topic["topic_codes"], at, kept, f"topics.{no}.topicCodes")
            desk.choose_themes(topic["themes"], year, field=f"topics.{no}.themes")
        guide.save([_written(topic) for topic in topics])

    _change(call, desk, year, act, begin=True)
    return topic_guide(call, desk, year=year)


@allow(Role.PROPOSAL_DIRECTOR)
@command("publishTopicGuide", answers=form.GUIDE)
def publish_guide(call: Call, desk: Desk, *, year: common.Year) -> Row | None:
    """发布年度选题指南。Publish what is written. Raises GuideEmpty, GuidePublished."""
    _change(call, desk, year, lambda guide, at: guide.publish(at))
    return topic_guide(call, desk, year=year)


def _written(topic: form.GuideTopicInput) -> Topic:
    return Topic(
        topic["category"],
        topic["title"],
        topic["note"],
        tuple(topic["topic_codes"]),
        tuple(topic["themes"]),
    )


def _change(
    call: Call,
    desk: Desk,
    year: int,
    act: Callable[[TopicGuide, datetime], None],
    begin: bool = False,
) -> str:
    def use_case() -> str:
        at = desk.clock.now()
        guide = desk.guides.get(year)
        if guide is None:
            if not begin:
                raise NotFound("该年度还没有选题指南")
            guide = TopicGuide(guide_id(year), year, desk.directory.session_at(at).term)
        act(guide, at)
        desk.guides.save(call, guide, at)
        return guide.id

    return execute(call, desk.guides.aggregates, use_case)
