"""Contact links, contact records, leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, Int, List, NonNull, String

from gateway.base import CommandMutation, DateTime
from gateway.liaison.contacts import ContactLink, ContactLinkPlan, Lead, MemberContact
from gateway.liaison.enums import ContactTier, LeadTarget, LinkGround, MemberContactWay
from gateway.liaison.loaders import SERVICE

Ids = Mapping[str, str]


class _Plan(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "plan"
    ids: ClassVar[Ids] = {"plan_id": "ContactLinkPlan"}
    plan = Field(ContactLinkPlan, description="联系安排。The plan afterwards.")


class _Link(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "link"
    ids: ClassVar[Ids] = {"link_id": "ContactLink"}
    link = Field(ContactLink, description="联系关系。The link afterwards.")


class _Contact(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "contact"
    ids: ClassVar[Ids] = {"contact_id": "MemberContact"}
    contact = Field(MemberContact, description="联系记录。The record afterwards.")


class _Lead(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "lead"
    ids: ClassVar[Ids] = {"lead_id": "Lead"}
    lead = Field(Lead, description="转办事项。The lead afterwards.")


class ProposeContactLinks(_Plan):
    """为某层级尚无联系人的委员提出联系安排。Propose links for all who have none, balanced."""

    class Input:
        tier = ContactTier(required=True, description="层级。Level.")
        by = LinkGround(required=True, description="依据。What the links follow.")

    method = "propose_links"
    ids: ClassVar[Ids] = {}


class ProposeContactLink(_Plan):
    """提出一对联系关系。Propose one link, as for an orphan."""

    class Input:
        member_id = ID(required=True, description="被联系的委员。The led member.")
        leader_id = ID(required=True, description="联系人。The leading member.")

    method = "propose_link"
    ids: ClassVar[Ids] = {"member_id": "Member", "leader_id": "Member"}


class ReassignContactLink(_Link):
    """调整待审定的联系人。Another leader while a link is proposed."""

    class Input:
        link_id = ID(required=True, description="联系关系编号。Global id of the link.")
        leader_id = ID(required=True, description="联系人。The leading member.")

    method = "reassign_link"
    ids: ClassVar[Ids] = {"link_id": "ContactLink", "leader_id": "Member"}


class DecideContactLinks(_Plan):
    """审定联系安排（主席会议）。Approve or refuse all links of a plan."""

    class Input:
        plan_id = ID(required=True, description="联系安排编号。Global id of the plan.")
        approved = Boolean(required=True, description="是否通过。Whether approved.")
        opinion = String(description="意见。Opinion.")

    method = "decide_links"


class EndContactLink(_Link):
    """结束联系关系，另行安排。End a link, so that another takes over."""

    class Input:
        link_id = ID(required=True, description="联系关系编号。Global id of the link.")
        reason = String(required=True, description="理由。Reason.")

    method = "end_link"


class RecordMemberContact(_Contact):
    """记录一次联系（联系双方）。Write down a contact, by either end."""

    class Input:
        link_id = ID(required=True, description="联系关系编号。Global id of the link.")
        way = MemberContactWay(required=True, description="方式。Way.")
        on = DateTime(required=True, description="日期。When.")
        place = String(description="地点。Place.")
        content = String(
            required=True,
            description="内容，仅双方、指定委员和主席会议成员可见。Notes; restricted.",
        )
        follow_up = String(description="处理情况。What was done about it.")
        issues = List(NonNull(String), description="意见建议。Issues raised.")
        shared_with = List(NonNull(ID), description="指定阅看的委员。Members who may read it.")

    method = "record_contact"
    ids: ClassVar[Ids] = {"link_id": "ContactLink", "shared_with": "Member"}


class FollowContact(_Contact):
    """补充处理情况。Say what was done about it."""

    class Input:
        contact_id = ID(required=True, description="联系记录编号。Global id of the contact record.")
        follow_up = String(required=True, description="处理情况。What was done.")

    method = "follow_contact"


class ConvertContactIssue(_Contact):
    """转办联系中的意见。Turn an issue into a lead."""

    class Input:
        contact_id = ID(required=True, description="联系记录编号。Global id of the contact record.")
        issue_no = Int(required=True, description="意见序号。Number of the issue.")
        to = LeadTarget(required=True, description="去向。Where to.")
        topic = String(description="议题，如二次供水。Topic of the dossier.")
        title = String(required=True, description="标题。Title.")
        text = String(required=True, description="内容，不含个人信息。Text, without personal data.")

    method = "convert_issue"


class AnswerContactIssue(_Contact):
    """答复联系中的意见。Answer an issue."""

    class Input:
        contact_id = ID(required=True, description="联系记录编号。Global id of the contact record.")
        issue_no = Int(required=True, description="意见序号。Number of the issue.")
        answer = String(required=True, description="答复。Answer.")

    method = "answer_issue"


class CloseContactIssue(_Contact):
    """办结联系中的意见。Close an issue."""

    class Input:
        contact_id = ID(required=True, description="联系记录编号。Global id of the contact record.")
        issue_no = Int(required=True, description="意见序号。Number of the issue.")

    method = "close_issue"


class AnswerLead(_Lead):
    """答复转办事项。Say what became of a forwarded matter."""

    class Input:
        lead_id = ID(required=True, description="转办事项编号。Global id of the lead.")
        answer = String(required=True, description="答复。Answer.")
        reference = String(description="依据，如文号。What it rests on, such as a document number.")

    method = "answer_lead"


CONTACTS: list[Any] = [
    ProposeContactLinks,
    ProposeContactLink,
    ReassignContactLink,
    DecideContactLinks,
    EndContactLink,
    RecordMemberContact,
    FollowContact,
    ConvertContactIssue,
    AnswerContactIssue,
    CloseContactIssue,
    AnswerLead,
]
