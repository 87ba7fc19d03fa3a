"""The guide of topics, hints while drafting, differences between versions of a text."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, ClassVar

from graphene import (
    ID,
    Argument,
    Field,
    InputObjectType,
    Int,
    List,
    NonNull,
    ObjectType,
    String,
)
from graphql import GraphQLResolveInfo

from gateway.base import CommandMutation, DateTime, Node, label_field, local_id, localise
from gateway.proposals.enums import ProposalCategory
from gateway.proposals.types import SERVICE, TextChange

Row = dict[str, Any]


class GuideTopic(ObjectType):
    """选题。A topic that the committee recommends."""

    category = Field(ProposalCategory, required=True, description="类别。Category.")
    category_label = label_field(ProposalCategory, "category", "类别名称。Chinese label.")
    title = String(required=True, description="选题。The topic.")
    note = String(description="说明。Note.")


class TopicGuide(ObjectType):
    """年度选题指南。The year's guide of topics."""

    class Meta:
        interfaces = (Node,)

    year = Int(required=True, description="年度。Year.")
    edition = Int(required=True, description="第几次发布，未发布为0。Publications so far.")
    published_at = DateTime(description="发布时间。When published.")
    topics = List(NonNull(GuideTopic), description="已发布的选题。Topics as published.")
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


class GuideTopicInput(InputObjectType):
    """一个选题。One topic."""

    category = ProposalCategory(required=True, description="类别。Category.")
    title = String(required=True, description="选题。The topic.")
    note = String(description="说明。Note.")


class DraftTextInput(InputObjectType):
    """起草中的内容，不必已保存。A text as it stands, saved or not."""

    title = String(description="案由。Title.")
    situation = String(description="情况。Situation.")
    analysis = String(description="分析。Analysis.")
    suggestions = List(NonNull(String), description="建议条目。Suggestions.")


class DraftDetailsInput(InputObjectType):
    """与内容一起填写的。What is filled in beside the text."""

    topics = List(NonNull(String), description="主题。Topics.")
    advised_units = List(NonNull(ID), description="建议承办单位。Units advised.")


class LookupsQuery:
    topic_guide = Field(
        TopicGuide,
        year=Int(required=True, description="年度。Year."),
        description="年度选题指南，未发布时为空。The year's guide; null before it is published.",
    )
    drafting_hints = List(
        NonNull(DraftingHint),
        text=Argument(DraftTextInput, required=True, description="内容。The text."),
        details=Argument(DraftDetailsInput, description="其他内容。What is beside it."),
        besides=ID(description="不与此提案比较。Leave this one out of the comparison."),
        description="起草提示。Advice while drafting.",
    )
    text_difference = List(
        NonNull(TextChange),
        id=ID(required=True, description="提案编号。Id of the proposal."),
        before=Int(required=True, description="前一版本号。Number of the former version."),
        after=Int(required=True, description="后一版本号。Number of the later version."),
        description="两个版本的差异，限参与人。What changed between two versions.",
    )

    @staticmethod
    def resolve_topic_guide(
        _root: Any, info: GraphQLResolveInfo, year: int
    ) -> Awaitable[Row | None]:
        found: Awaitable[Row | None] = info.context.call(SERVICE, "topic_guide", year=year)
        return found

    @staticmethod
    def resolve_drafting_hints(
        _root: Any,
        info: GraphQLResolveInfo,
        text: Row,
        details: Row | None = None,
        besides: str | None = None,
    ) -> Awaitable[list[Row]]:
        found: Awaitable[list[Row]] = info.context.call(
            SERVICE,
            "drafting_hints",
            text=dict(text),
            details=localise(details or {}, {"advised_units": "Organisation"}),
            besides=local_id(besides, "Proposal", "besides") if besides else None,
        )
        return found

    @staticmethod
    def resolve_text_difference(
        _root: Any, info: GraphQLResolveInfo, id: str, before: int, after: int
    ) -> Awaitable[list[Row]]:
        key = local_id(id, "Proposal", "id")
        found: Awaitable[list[Row]] = info.context.call(
            SERVICE, "text_difference", proposal_id=key, before=before, after=after
        )
        return found


class OnGuide(CommandMutation):
    """Base: the payload has the guide as it then is."""

    class Meta:
        abstract = True

    service = SERVICE
    result_field: ClassVar[str | None] = "guide"
    ids: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def __init_subclass_with_meta__(cls, name: str | None = None, **options: Any) -> None:
        cls.guide = Field(TopicGuide, description="操作后的指南。The guide as it is now.")
        super().__init_subclass_with_meta__(name, **options)


class SaveTopicGuide(OnGuide):
    """编写年度选题指南。Write the year's guide, whole."""

    class Input:
        year = Int(required=True, description="年度。Year.")
        topics = List(NonNull(GuideTopicInput), required=True, description="选题。The topics.")

    method = "save_guide"


class PublishTopicGuide(OnGuide):
    """发布年度选题指南。Publish what is written."""

    class Input:
        year = Int(required=True, description="年度。Year.")

    method = "publish_guide"


GUIDE = [SaveTopicGuide, PublishTopicGuide]
