"""Look-up while drafting: the guide of topics, hints, differences between versions (14.1)."""

from __future__ import annotations

import dataclasses
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.drafting import WRITERS
from services.proposals.commands.ports import Desk
from services.proposals.domain.details import Details
from services.proposals.domain.guide import hints
from services.proposals.domain.text import Text, difference
from services.proposals.schemas import common
from services.proposals.schemas import lookups as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import NotFound
from shared.operations import query

Row = dict[str, Any]


@allow(*Role)
@query("topicGuide", gives="TopicGuide")
def topic_guide(call: Call, desk: Desk, *, year: common.Year) -> Row | None:
    """年度选题指南，未发布时为空。The year's guide; null before it is published.

    What is published of the year's guide; its draft too for the proposal committee.
    """
    guide = desk.guides.get(year)
    committee = call.actor.role in access.PRO
    if guide is None or (guide.published_at is None and not committee):
        return None
    row: Row = {
        "id": guide.id,
        "year": guide.year,
        "edition": guide.edition,
        "published_at": guide.published_at,
        "topics": [dataclasses.asdict(topic) for topic in guide.published],
    }
    if committee:
        row["version"] = guide.version
        row["draft"] = [dataclasses.asdict(topic) for topic in guide.topics]
    return row


@allow(*WRITERS, Role.PROPOSAL_STAFF)
@query("draftingHints", gives="[DraftingHint!]")
def drafting_hints(
    call: Call,
    desk: Desk,
    *,
    text: form.DraftText,
    details: form.Details,
    besides: form.Besides | None,
) -> list[Row]:
    """起草提示。Advice while drafting.

    [{"code", "field", "message"}] of advice for a text as it stands, saved or not.
    """
    written = Text.of({**text, "suggestions": tuple(text["suggestions"])})
    chosen = Details(
        topics=tuple(details["topics"]),
        topic_codes=tuple(details["topic_codes"]),
        advised_units=tuple(details["advised_units"]),
    )
    at = desk.clock.now()
    guide = desk.guides.get(at.year)
    query = {"$and": [access.visible_to(call.actor), {"_id": {"$ne": besides}}]}
    words = " ".join((written.title, written.situation, *written.suggestions))
    alike = desk.proposals.similar(words, query, 1) if words.strip() else []
    likeness = alike[0]["likeness"] if alike else 0.0
    topics = guide.published if guide else ()
    found = hints(written, chosen, topics, likeness, desk.limits(at))
    return [dataclasses.asdict(hint) for hint in found]


@allow(*Role)
@query("textDifference", gives="[TextChange!]")
def text_difference(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    before: form.Before,
    after: form.Later,
) -> list[Row]:
    """两个版本的差异，限参与人。What changed between two versions.

    What changed between two kept versions; for those who take part (as `text_versions`).
    """
    seen = {"$and": [{"_id": proposal_id}, access.takes_part(call.actor)]}
    if not desk.proposals.rows(seen, ["state"]):
        raise NotFound("未找到该提案")
    old, new = desk.proposals.text(proposal_id, before), desk.proposals.text(proposal_id, after)
    if old is None or new is None:
        raise NotFound("没有这个版本")
    return difference(old, new)
