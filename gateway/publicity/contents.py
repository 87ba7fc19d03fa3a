"""Manuscripts, their channels and proposal interviews, as the publicity service sends them."""

from __future__ import annotations

from graphene import Boolean, Int, List, NonNull, ObjectType, String

from gateway.base import DateTime, NodeType, labelled, loaded_by, reference, references
from gateway.members.types import Member
from gateway.proposals.types import Proposal
from gateway.publicity.enums import (
    InterviewMedium,
    ProposalInterviewState,
    PublicationState,
    PublicityChannel,
    PublicityContentState,
)


class PublicityReview(ObjectType):
    """三审中的一次。One of the three reviews."""

    step, step_label = labelled(PublicityContentState, "审次。Which review.", "step", required=True)
    round = Int(required=True, description="第几次送审。Of which submission.")
    passed = Boolean(required=True, description="是否通过。Whether it passed.")
    words = String(required=True, description="意见。Words.")
    at = DateTime(required=True, description="时间。When.")


class PublicationChange(ObjectType):
    """渠道发布的一次变动。What was done on a channel."""

    state, state_label = labelled(PublicationState, "状态。State.", required=True)
    at = DateTime(required=True, description="时间。When.")
    reason = String(description="理由。Why.")


class Publication(ObjectType):
    """一个渠道的版本。One channel's version."""

    channel, channel_label = labelled(PublicityChannel, "渠道。Channel.", "channel", required=True)
    state, state_label = labelled(PublicationState, "状态。State.", required=True)
    planned_at = DateTime(required=True, description="计划发布时间。When to publish.")
    title = String(description="该渠道标题。Own title.")
    body = String(description="该渠道正文。Own text.")
    issue = String(description="刊期。Issue of the magazine.")
    attempts = Int(required=True, description="失败次数。Failed tries.")
    next_at = DateTime(description="下次尝试时间。When it is tried next.")
    error = String(description="失败原因。Why it failed.")
    url = String(description="链接。Link.")
    published_at = DateTime(description="发布时间。When published.")
    trace = List(NonNull(PublicationChange), required=True, description="痕迹。Trace.")


class PublicityContent(NodeType):
    """宣传稿件。A manuscript."""

    title = String(required=True, description="标题。Title.")
    column = String(required=True, description="栏目。Column.")
    body = String(required=True, description="正文，空行分段。Text; blank lines part paragraphs.")
    byline = String(required=True, description="署名。Author as shown.")
    photo_rights = String(required=True, description="图片来源及授权。Whose the photos are.")
    members = references(Member, "member_ids", loader="members", description="介绍的委员。Shown.")
    consented = references(
        Member, "consented_ids", loader="members", description="已同意的委员。Who agreed."
    )
    is_model = Boolean(required=True, description="是否履职典型。Whether a model of duty.")
    event = String(description="相关履职活动。Duty event.")
    state, state_label = labelled(PublicityContentState, "状态。State.", required=True)
    version = Int(required=True, description="版本。Version, for `expectedVersion`.")
    created_at = DateTime(required=True, description="撰写时间。When written.")
    changed_at = DateTime(required=True, description="修改时间。When changed.")
    reviews = List(NonNull(PublicityReview), required=True, description="三审意见。Reviews.")
    publications = List(NonNull(Publication), required=True, description="各渠道。Channels.")
    online = Boolean(required=True, description="网站是否显示。Whether on the website.")
    published_at = DateTime(description="网站发布时间。When on the website.")
    site_title = String(description="网站标题。Title on the website.")
    site_body = String(description="网站正文。Text on the website.")
    own = Boolean(required=True, description="是否本人撰写。Whether the viewer wrote it.")

    get_node = loaded_by("publicity_contents")


class ProposalInterview(NodeType):
    """提案访谈。A proposal interview."""

    proposal = reference(
        Proposal,
        "proposal",
        key="proposal_id",
        loader="proposals",
        description="访谈的提案。The case, if the viewer may see it.",
    )
    title = String(required=True, description="题目。Title.")
    medium, medium_label = labelled(InterviewMedium, "媒体。Medium.", "medium", required=True)
    station = String(required=True, description="台、报及栏目。Station or paper.")
    planned_at = DateTime(required=True, description="计划时间。When planned.")
    guests = references(Member, "guest_ids", loader="members", description="受访委员。Guests.")
    state, state_label = labelled(ProposalInterviewState, "状态。State.", required=True)
    recorded_at = DateTime(description="录制时间。When recorded.")
    notes = String(required=True, description="录制情况。Notes.")
    aired_at = DateTime(description="播出时间。When aired.")
    url = String(description="链接。Link.")

    get_node = loaded_by("proposal_interviews")
