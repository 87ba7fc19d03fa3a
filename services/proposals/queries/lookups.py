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
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import NotFound

Row = dict[str, Any]


@allow(*Role)
def topic_guide(call: Call, desk: Desk, *, year: int) -> Row | None:
    """What is published of the year's guide; its draft too for the proposal committee."""
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
        row["draft"] = [dataclasses.asdict(topic) for topic in guide.topics]
    return row


@allow(*WRITERS, Role.PROPOSAL_STAFF)
def drafting_hints(
    call: Call, desk: Desk, *, text: Row, details: Row, besides: str | None
) -> list[Row]:
    """[{"code", "field", "message"}] of advice for a text as it stands, saved or not."""
    written = Text.of({**text, "suggestions": tuple(text["suggestions"])})
    chosen = Details(topics=tuple(details["topics"]), advised_units=tuple(details["advised_units"]))
    guide = desk.guides.get(desk.clock.now().year)
    query = {"$and": [access.visible_to(call.actor), {"_id": {"$ne": besides}}]}
    words = " ".join((written.title, written.situation, *written.suggestions))
    alike = desk.proposals.similar(words, query, 1) if words.strip() else []
    likeness = alike[0]["likeness"] if alike else 0.0
    found = hints(written, chosen, guide.published if guide else (), likeness)
    return [dataclasses.asdict(hint) for hint in found]


@allow(*Role)
def text_difference(
    call: Call, desk: Desk, *, proposal_id: str, before: int, after: int
) -> list[Row]:
    """What changed between two kept versions; for those who take part (as `text_versions`)."""
    seen = {"$and": [{"_id": proposal_id}, access.takes_part(call.actor)]}
    if not desk.proposals.rows(seen, ["state"]):
        raise NotFound("未找到该提案")
    old, new = desk.proposals.text(proposal_id, before), desk.proposals.text(proposal_id, after)
    if old is None or new is None:
        raise NotFound("没有这个版本")
    return difference(old, new)
