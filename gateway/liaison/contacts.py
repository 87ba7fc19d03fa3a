"""Links, contact records and leads, as the liaison service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    labelled,
    loaded_by,
    paged,
    reference,
    references,
    resolve_page,
)
from gateway.liaison import fields
from gateway.liaison.enums import (
    ContactIssueState,
    ContactLinkPlanState,
    ContactLinkState,
    ContactTier,
    LeadOrigin,
    LeadState,
    LeadTarget,
    LinkEndReason,
    LinkGround,
    MemberContactWay,
)
from gateway.liaison.homes import of_home
from gateway.liaison.loaders import SERVICE
from gateway.members.types import Member
from gateway.opinions.types import Opinion

Row = dict[str, Any]


class Lead(NodeType):
    """转办事项：由委员联系或接待转成的线索。A matter that was forwarded."""

    to, to_label = labelled(LeadTarget, "去向。Where to.", "to", required=True)
    origin, origin_label = labelled(
        LeadOrigin, "来源。Where it comes from.", "origin", required=True
    )
    topic = String(required=True, description="议题。Topic.")
    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="内容。Text.")
    town = fields.town()
    home = of_home()
    forwarded_by = fields.member(
        "forwarded_by", "by", "转办的委员，有关人员可见。Who forwarded it, for those concerned."
    )
    forwarded_at = DateTime(required=True, description="转办时间。When forwarded.")
    due_at = DateTime(description="答复期限。When an answer is due.")
    state, state_label = labelled(LeadState, "状态。State.", required=True)
    answer = String(description="答复。Answer.")
    answered_at = DateTime(description="答复时间。When answered.")
    opinion = reference(
        Opinion,
        "opinion",
        key="id",
        loader="opinions_of_origins",
        description="转成的社情民意信息，限其反映人和编辑。The item of public opinion made of it.",
    )
    may_answer = Boolean(required=True, description="能否答复。Whether the viewer may answer.")
    rests_on = String(
        resolver=FromRow(lambda row: row["reference"]),
        description="答复依据，如文号。What the answer rests on.",
    )

    get_node = loaded_by("leads")


class ContactLink(NodeType):
    """联系关系，不含联系内容。A contact link, without notes."""

    tier, tier_label = labelled(ContactTier, "层级。Level.", "tier", required=True)
    ground, ground_label = labelled(LinkGround, "依据。What it follows.", "ground", required=True)
    group = String(description="共同的组别代码。Group of both.")
    leader = fields.member("leader", "leader_id", "联系人。The leading member.")
    member = fields.member("member", "member_id", "被联系的委员。The led member.")
    state, state_label = labelled(ContactLinkState, "状态。State.", required=True)
    started_at = DateTime(description="建立时间。When it began.")
    ended_at = DateTime(description="结束时间。When it ended.")
    end_reason, end_reason_label = labelled(LinkEndReason, "结束原因。Why it ended.", "end_reason")
    note = String(description="说明。Note.")
    contacts_this_year = Int(required=True, description="今年联系次数。Contacts of this year.")
    contact_target = Int(required=True, description="每年应联系次数。Contacts a year.")
    last_contact_on = DateTime(description="最近联系日期。Latest contact.")

    get_node = loaded_by("contact_links")


class ContactLinkPlan(NodeType):
    """一并提出的联系安排。Links proposed together."""

    tier, tier_label = labelled(ContactTier, "层级。Level.", "tier", required=True)
    by, by_label = labelled(LinkGround, "依据。What the links follow.", "by")
    size = Int(required=True, description="联系关系数。How many links.")
    unplaced = references(
        Member,
        "unplaced",
        loader="members",
        description="未能安排的委员。Members for whom nobody had room.",
    )
    proposed_at = DateTime(required=True, description="提出时间。When proposed.")
    state, state_label = labelled(ContactLinkPlanState, "状态。State.", required=True)
    opinion = String(description="审定意见。Opinion.")
    decided_at = DateTime(description="审定时间。When decided.")
    links = paged(connection(ContactLink), "其中的联系关系。Its links.")

    get_node = loaded_by("contact_link_plans")

    @staticmethod
    def resolve_links(
        row: Row, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        filter = {"plan_id": row["id"]}
        return resolve_page(info, SERVICE, "list_links", filter=filter, first=first, after=after)


class ContactIssue(ObjectType):
    """联系中提出的意见建议。An issue raised in a contact."""

    no = Int(required=True, description="序号。Number.")
    text = String(required=True, description="内容。Text.")
    state, state_label = labelled(ContactIssueState, "状态。State.", required=True)
    lead = reference(
        Lead,
        "lead",
        key="lead_id",
        loader="leads",
        description="转办事项。What it was converted to.",
    )
    answer = String(description="答复。Answer.")
    at = DateTime(description="最近处理时间。When it changed.")


class MemberContact(NodeType):
    """联系记录，仅双方、指定委员和主席会议成员可见。A contact record."""

    link = reference(
        ContactLink,
        "link",
        key="link_id",
        loader="contact_links",
        description="联系关系。The link.",
    )
    leader = fields.member("leader", "leader_id", "联系人。The leading member.")
    member = fields.member("member", "member_id", "被联系的委员。The led member.")
    author = fields.member("author", "writer", "记录人。Who wrote it.")
    heir = fields.member("heir", "heir", "接续办理意见的新联系人。Who leads now, for its issues.")
    way, way_label = labelled(MemberContactWay, "方式。Way.", "way", required=True)
    on = DateTime(required=True, description="日期。When.")
    place = String(required=True, description="地点。Place.")
    content = String(required=True, description="内容，新联系人不可见。Notes.")
    follow_up = String(required=True, description="处理情况。What was done.")
    issues = List(NonNull(ContactIssue), required=True, description="意见建议。Issues.")
    shared_with_members = references(
        Member,
        "shared_with",
        loader="members",
        description="指定阅看的委员。Members who may read it.",
    )
    written_at = DateTime(required=True, description="记录时间。When written.")
    own = Boolean(required=True, description="是否本人的联系。Whether it is the viewer's own.")

    get_node = loaded_by("member_contacts")


class OrphanMember(ObjectType):
    """尚无联系人的委员。A member whom nobody leads."""

    member = fields.member("member", "member_id", "委员。The member.")
    due_at = DateTime(required=True, description="落实期限。By when.")
    overdue = Boolean(required=True, description="是否逾期。Whether it is overdue.")


class LeaderLoad(ObjectType):
    """一名联系人的联系人数。How many a member leads."""

    member = fields.member("member", "member_id", "联系人。The leading member.")
    load = Int(required=True, description="联系人数。How many.")


class ContactHealth(ObjectType):
    """一个层级的联系情况。Health of a level of the contact system."""

    tier, tier_label = labelled(ContactTier, "层级。Level.", "tier", required=True)
    links = Int(required=True, description="联系关系数。Active links.")
    orphans = List(
        NonNull(OrphanMember),
        required=True,
        description="无人联系的委员。Members without a contact.",
    )
    overloaded = List(
        NonNull(LeaderLoad),
        required=True,
        description="联系人数过多的联系人。Leaders with too many.",
    )
    underloaded = List(
        NonNull(LeaderLoad),
        required=True,
        description="联系人数不足的联系人。Leaders with too few.",
    )
    covered = Int(
        required=True, description="已达年度联系次数的联系关系。Links with the year's contacts."
    )
    silent_links = references(
        ContactLink,
        "silent",
        loader="contact_links",
        description="长期没有联系的联系关系。Links without a contact for months.",
    )
