"""What the operations of liaison are given: contacts."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.liaison.domain import contacts, leads, links, ranks
from services.liaison.schemas import common
from shared.operations import Answer, about
from shared.schemas import Choice, Id, Many, Number, Text

CONTACT = Answer("contact", "MemberContact", "联系记录。The record afterwards.")

Issues = Annotated[
    list[str], about(Many(Text(2, 2000), high=20), "意见建议。Issues raised.", default=list)
]
SharedWith = Annotated[
    list[str],
    about(Many(Id("Member"), high=20), "指定阅看的委员。Members who may read it.", default=list),
]
ContactId = Annotated[
    str, about(Id("MemberContact"), "联系记录编号。Global id of the contact record.")
]
FollowUp = Annotated[str, about(Text(1, 5000), "处理情况。What was done.")]
IssueNo = Annotated[int, about(Number(1, 20), "意见序号。Number of the issue.")]


class ContactLinkFilter(TypedDict, total=False):
    """联系关系筛选条件。All of these must hold."""

    state: Annotated[links.LinkState, about(Choice(links.LinkState), "状态。State.")] | None
    tier: Annotated[ranks.Tier, about(Choice(ranks.Tier), "层级。Level.")] | None
    leader_id: Annotated[str, about(Id("Member"), "联系人。Of this leading member.")] | None
    member_id: Annotated[str, about(Id("Member"), "被联系的委员。Of this led member.")] | None
    plan_id: Annotated[str, about(Id(), hidden=True)] | None


class ContactLinkPlanFilter(TypedDict, total=False):
    """联系安排筛选条件。All of these must hold."""

    state: Annotated[links.PlanState, about(Choice(links.PlanState), "状态。State.")] | None


class MemberContactFilter(TypedDict, total=False):
    """联系记录筛选条件。All of these must hold."""

    link_id: Annotated[str, about(Id("ContactLink"), "联系关系。Of this link.")] | None
    year: common.Year | None


class LeadFilter(TypedDict, total=False):
    """转办事项筛选条件。All of these must hold."""

    to: common.ForwardedTo | None
    origin: Annotated[leads.Origin, about(Choice(leads.Origin), "来源。Where from.")] | None
    state: Annotated[leads.LeadState, about(Choice(leads.LeadState), "状态。State.")] | None
    topic: common.OnTopic | None


class Notes(TypedDict):
    """What is written down."""

    way: Annotated[contacts.Way, about(Choice(contacts.Way), "方式。Way.")]
    place: common.MaybePlace
    content: Annotated[
        str, about(Text(1, 10000), "内容，仅双方、指定委员和主席会议成员可见。Notes; restricted.")
    ]
    follow_up: Annotated[str, about(Text(0, 5000), "处理情况。What was done about it.", default="")]
