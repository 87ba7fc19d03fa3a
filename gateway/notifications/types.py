"""Messages and to-dos, as the notifications service sends them."""

from __future__ import annotations

from typing import Any

from graphene import ID, Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, FromRow, Node, NodeType, connection, global_id, labelled, node_of
from gateway.identity.types import Role, RoleScope
from gateway.manifests import enum
from gateway.members.types import Member
from shared.errors import AppError, NotFound

NotificationCategory = enum("NotificationCategory")
TodoKind = enum("TodoKind")
LinkKind = enum("LinkKind")
MessageOutlet = enum("MessageOutlet")
DeliveryReason = enum("DeliveryReason")

# The GraphQL type whose global id a link of this kind carries.
LINKED_TYPES = {
    "PROPOSAL": "Proposal",
    "APPRAISAL": "Appraisal",
    "TOPIC_GUIDE": "TopicGuide",
    "INSPECTION": "Inspection",
    "PERFORMANCE_ENTRY": "LedgerEntry",
    "POINTS_REQUEST": "PointsRequest",
    "POINTS_APPEAL": "PointsAppeal",
    "POINTS_YEAR": "PointsYear",
    "PERFORMANCE_TALK": "PerformanceTalk",
    "SCORING_RULES": "ScoringRules",
    "MEETING": "Meeting",
    "OUTGOING_DOCUMENT": "OutgoingDocument",
    "INCOMING_DOCUMENT": "IncomingDocument",
    "AFFAIR": "Affair",
    "WORK_PLAN": "WorkPlan",
    "STUDY_PLAN": "StudyPlan",
    "ROTATION_CLASS": "RotationClass",
    "STUDY_MATERIAL": "StudyMaterial",
    "STUDY_PAPER": "StudyPaper",
    "STUDY_QUESTION": "StudyQuestion",
    "CONTACT_LINK": "ContactLink",
    "CONTACT_LINK_PLAN": "ContactLinkPlan",
    "CONTACT_RECORD": "MemberContact",
    "LEAD": "Lead",
    "ACTIVITY": "Activity",
    "MEMBERS_HOME": "MembersHome",
    "HOME_DUTY": "HomeDuty",
    "VISIT_BOOKING": "VisitBooking",
    "RECEPTION": "Reception",
    "CONFERENCE_ITEM": "ConferenceItem",
    "BRIEFING": "WorkBriefing",
    "EXCHANGE": "Exchange",
    "REPRESENTATIVE": "Representative",
    "CIRCLE": "Circle",
    "OUTCOME": "OutcomeFile",
    "OUTCOME_ITEM": "OutcomeItem",
    "OUTCOME_SUMMARY": "OutcomeSummary",
    "OPINION": "Opinion",
    "SUPERVISION": "Supervision",
    "SUPERVISION_FINDING": "SupervisionFinding",
    "SUPERVISOR": "Supervisor",
    "DEBRIEFING": "Debriefing",
    "PUBLICITY_CONTENT": "PublicityContent",
    "PROPOSAL_INTERVIEW": "ProposalInterview",
    "MEMBER": "Member",
    "CONSULTATION": "Consultation",
    "CONSULTATION_PLAN": "ConsultationPlan",
    "RESEARCH": "ResearchProject",
    "MOTION": "Motion",
    "REMOVAL_REVIEW": "RemovalReview",
    "ACCOUNT": "Account",
    "ROLE_GRANT": "RoleGrant",
    "SETTING_CHANGE": "SettingChange",
}


# Whose loader gives the record, and what it is called there.
NAMED = {
    "PROPOSAL": ("proposals", "title"),
    "PERFORMANCE_ENTRY": ("ledger_entries", "rule_label"),
    "MEETING": ("meetings", "title"),
    "OUTGOING_DOCUMENT": ("outgoing_documents", "title"),
    "INCOMING_DOCUMENT": ("incoming_documents", "title"),
    "AFFAIR": ("affairs", "title"),
    "WORK_PLAN": ("work_plans", "title"),
    "ROTATION_CLASS": ("rotation_classes", "title"),
    "STUDY_MATERIAL": ("study_materials", "title"),
    "STUDY_PAPER": ("study_papers", "title"),
    "LEAD": ("leads", "title"),
    "ACTIVITY": ("activities", "title"),
    "MEMBERS_HOME": ("members_homes", "name"),
    "CONFERENCE_ITEM": ("conference_items", "title"),
    "BRIEFING": ("work_briefings", "title"),
    "EXCHANGE": ("exchanges", "title"),
    "CIRCLE": ("circles", "name"),
    "OUTCOME": ("outcome_files", "title"),
    "OUTCOME_ITEM": ("outcome_items", "title"),
    "OUTCOME_SUMMARY": ("outcome_summaries", "title"),
    "OPINION": ("opinions", "title"),
    "CONSULTATION": ("consultations", "title"),
    "CONSULTATION_PLAN": ("consultation_plans", "title"),
    "RESEARCH": ("research_projects", "title"),
    "MOTION": ("motions", "title"),
    "SUPERVISION": ("supervisions", "title"),
    "DEBRIEFING": ("debriefings", "title"),
    "PUBLICITY_CONTENT": ("publicity_contents", "title"),
    "PROPOSAL_INTERVIEW": ("proposal_interviews", "title"),
    "MEMBER": ("members", "name"),
}
# Whose record is about one member, under `member_id`.
PERSONAL = {
    "PERFORMANCE_ENTRY": "ledger_entries",
    "POINTS_REQUEST": "points_requests",
    "POINTS_APPEAL": "points_appeals",
    "PERFORMANCE_TALK": "performance_talks",
}


def _link(row: dict[str, Any]) -> dict[str, Any]:
    kind, id = row["link_kind"], row["link_id"]
    return {"kind": kind, "id": global_id(LINKED_TYPES[kind], id), "local_id": id}


class NotificationLink(ObjectType):
    """消息或待办所指的对象。The record that a message or a to-do leads to."""

    kind, kind_label = labelled(LinkKind, "种类。Kind of the record.", "kind", required=True)
    id = ID(required=True, description="全局编号。Global id of the record.")
    name = String(description="名称或案由，可见时才有。What it is called, if one may see it.")
    person = Field(Member, description="事关的委员。The member whom the record is about, if one.")
    record = Field(Node, description="所指的对象，可见时才有。The record, if one may see it.")

    @staticmethod
    async def resolve_record(link: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        """So that all of a kind is worked off from one list: no request for each line of it."""
        try:
            return await node_of(info, LINKED_TYPES[link["kind"]], link["local_id"])
        except AppError as error:
            if error.code.endswith(NotFound.code):  # some types say so of what one may not see
                return None
            raise

    @staticmethod
    async def resolve_name(link: dict[str, Any], info: GraphQLResolveInfo) -> str | None:
        if link["kind"] not in NAMED:
            return None
        loader, key = NAMED[link["kind"]]
        found = await getattr(info.context.loaders, loader).load(link["local_id"])
        return found.get(key) if found else None

    @staticmethod
    async def resolve_person(
        link: dict[str, Any], info: GraphQLResolveInfo
    ) -> dict[str, Any] | None:
        """Names never travel in events: a message's text has none, its record does."""
        loaders, member_id = info.context.loaders, None
        if link["kind"] == "MEMBER":
            member_id = link["local_id"]
        elif loader := PERSONAL.get(link["kind"]):
            record = await getattr(loaders, loader).load(link["local_id"])
            member_id = record and record["member_id"]
        person: dict[str, Any] | None = await loaders.members.load(member_id) if member_id else None
        return person


class Notification(NodeType):
    """消息。One fact told to the viewer."""

    category, category_label = labelled(
        NotificationCategory, "类别。Category.", "category", required=True
    )
    title = String(required=True, description="标题。Title, in Chinese.")
    text = String(required=True, description="正文。Text, in Chinese.")
    link = Field(
        NotificationLink,
        required=True,
        resolver=FromRow(_link),
        description="所指的对象。The record it leads to.",
    )
    occurred_on = DateTime(required=True, description="事情发生时间。When it happened.")
    delivered_at = DateTime(required=True, description="送达时间。When it was delivered.")
    unread = Boolean(required=True, description="是否未读。Whether the viewer has not read it.")
    read_at = DateTime(description="阅读时间。When the viewer read it; null while unread.")

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:
        """Null for another's message as for an absent one."""
        rows = await info.context.call("notifications", "notifications_by_ids", ids=[id])
        return rows[0] if rows else None


class Todo(ObjectType):
    """待办。Something that waits for the viewer, or for anyone in the viewer's acting role."""

    id = ID(required=True, description="编号。Id of the to-do.")
    kind, kind_label = labelled(TodoKind, "种类。Kind.", "kind", required=True)
    text = String(required=True, description="内容。What is asked for, in Chinese.")
    link = Field(
        NotificationLink,
        required=True,
        resolver=FromRow(_link),
        description="所指的对象。The record it is about.",
    )
    role, role_label = labelled(
        Role, "办理时的身份，为空则任一。Role to do it in; null: any of one's own.", "role"
    )
    scope = List(
        NonNull(RoleScope),
        required=True,
        description="身份的范围。Scope of the role.",
    )
    due_at = DateTime(description="办理期限。Due date, if there is one.")
    opened_at = DateTime(required=True, description="产生时间。Since when it waits.")


class TodoKindCount(ObjectType):
    """一种待办的数量。How many to-dos of one kind are open."""

    kind, kind_label = labelled(TodoKind, "种类。Kind.", "kind", required=True)
    count = Int(required=True, description="数量。Number of open to-dos.")


class RoleBadge(ObjectType):
    """一个身份的待办数。What waits in one of the viewer's roles."""

    role, role_label = labelled(
        Role, "身份，为空则任一身份。Role; null: in any of one's own.", "role"
    )
    scope = List(
        NonNull(RoleScope),
        required=True,
        description="身份的范围。Scope of the role.",
    )
    todos = Int(required=True, description="待办数。Number of open to-dos.")
    due = Int(required=True, description="今日到期及逾期的待办数。Due today, or late.")


class Badges(ObjectType):
    """角标数字。Figures to show on icons, in one call."""

    unread = Int(required=True, description="当前身份未读消息数。Unread, of the acting role.")
    todos = Int(required=True, description="全部身份的待办数。Open to-dos of all roles.")
    due = Int(required=True, description="今日到期及逾期的待办数。Due today, or late.")
    roles = List(NonNull(RoleBadge), required=True, description="分身份的待办数。Role by role.")


class NotificationPreferences(ObjectType):
    """消息推送偏好。What leaves the platform for the viewer, and when."""

    outlets = List(NonNull(MessageOutlet), required=True, description="接收渠道。Outlets on.")
    muted = List(
        NonNull(NotificationCategory),
        required=True,
        description="不推送的类别。Categories that stay in the inbox.",
    )
    quiet_from = String(required=True, description="免打扰开始。Start of the quiet hours, 22:00.")
    quiet_until = String(required=True, description="免打扰结束。Their end; alike: none.")
    digest = Boolean(
        required=True, description="微信消息每日汇总。WeChat's messages come once a day."
    )


class BroadcastReason(ObjectType):
    """未送达原因及人数。Why so many were not reached."""

    reason, reason_label = labelled(DeliveryReason, "原因。Reason.", "reason", required=True)
    count = Int(required=True, description="人数。Number of persons.")


class BroadcastOutlet(ObjectType):
    """一个渠道的发送情况。What became of a broadcast by one outlet, in persons."""

    outlet, outlet_label = labelled(MessageOutlet, "渠道。Outlet.", "outlet", required=True)
    total = Int(required=True, description="应发人数。Persons it is for.")
    reached = Int(required=True, description="已发出，含已送达。Sent, delivered or not yet.")
    delivered = Int(required=True, description="回执确认送达。Confirmed by the provider.")
    waiting = Int(required=True, description="待发送，含待汇总。Waiting, for the digest too.")
    unreachable = Int(required=True, description="无法触达。No address, or not wanted.")
    failed = Int(required=True, description="发送失败。Given up.")
    reasons = List(
        NonNull(BroadcastReason), required=True, description="未送达原因。Why some were not."
    )


class Broadcast(NodeType):
    """外发消息。One fact that left the platform, and whom it reached."""

    category, category_label = labelled(
        NotificationCategory, "类别。Category.", "category", required=True
    )
    title = String(required=True, description="标题。Title, in Chinese.")
    text = String(required=True, description="正文。Text, in Chinese.")
    link = Field(
        NotificationLink,
        required=True,
        resolver=FromRow(_link),
        description="所指的对象。The record it leads to.",
    )
    persons = Int(required=True, description="涉及人数。Persons it is for, by whatever outlet.")
    told_at = DateTime(required=True, description="产生时间。When it was told.")
    outlets = List(
        NonNull(BroadcastOutlet), required=True, description="各渠道情况。Outlet by outlet."
    )

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:
        rows = await info.context.call("notifications", "broadcasts_by_ids", ids=[id])
        return rows[0] if rows else None


NotificationConnection = connection(Notification)
TodoConnection = connection(Todo)
