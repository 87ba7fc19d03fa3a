"""The guide of topics, hints while drafting, differences between versions of a text."""

from __future__ import annotations

from typing import Any

from graphene import (
    Int,
    List,
    NonNull,
    ObjectType,
    String,
)
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, labelled
from gateway.members.organisations import Topical
from gateway.proposals.enums import ProposalCategory
from gateway.proposals.types import SERVICE

Row = dict[str, Any]


class GuideTopic(Topical, ObjectType):
    """选题。A topic that the committee recommends."""

    category, category_label = labelled(
        ProposalCategory, "类别。Category.", "category", required=True
    )
    title = String(required=True, description="选题。The topic.")
    note = String(description="说明。Note.")
    themes = List(NonNull(String), description="年度主题。Themes of the year's work plan.")


class TopicGuide(NodeType):
    """年度选题指南。The year's guide of topics."""

    year = Int(required=True, description="年度。Year.")
    edition = Int(required=True, description="第几次发布，未发布为0。Publications so far.")
    published_at = DateTime(description="发布时间。When published.")
    topics = List(NonNull(GuideTopic), description="已发布的选题。Topics as published.")
    version = Int(description="版本，编写时作 expectedVersion，限提案委。Version, to edit by.")
    draft = List(NonNull(GuideTopic), description="正在编写的选题，限提案委。As being written.")

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> Row | None:
        year = id.removeprefix("guide-")
        if not year.isdigit():
            return None
        row: Row | None = await info.context.call(SERVICE, "topic_guide", year=int(year))
        return row


class DraftingHint(ObjectType):
    """起草提示。A piece of advice, never a refusal."""

    code = String(required=True, description="代码。Code.")
    field = String(required=True, description="位置。Field and position.")
    message = String(required=True, description="提示。The advice.")
