"""Messages and to-dos, as the notifications service sends them."""

from __future__ import annotations

from typing import Any

from graphene import ID, Boolean, Field, Int, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, FromRow, Node, connection, global_id, label_field, labelled_enum

NotificationCategory = labelled_enum(
    "NotificationCategory",
    {
        "COSIGNATURE": ("联名", "Co-signatures"),
        "PROPOSAL": ("提案", "Proposals"),
        "PERFORMANCE": ("履职积分", "Performance points"),
        "MEETING": ("会议", "Meetings"),
        "STUDY": ("学习培训", "Study and training"),
        "LIAISON": ("联络交流", "Liaison and exchange"),
        "DOCUMENT": ("公文", "Documents"),
        "AFFAIR": ("办事", "Affairs"),
        "WORK_PLAN": ("工作要点", "The annual work plan"),
        "MEMBERSHIP": ("委员资格", "Membership"),
        "ACCOUNT": ("账号安全", "The account and its roles"),
    },
    "消息类别。What a message is about.",
)

TodoKind = labelled_enum(
    "TodoKind",
    {
        "COSIGN_ANSWER": ("答复联名邀请", "Answer an invitation to co-sign"),
        "COSIGN_RECONFIRM": ("重新确认联名", "Confirm again after a change of the text"),
        "SHORTFALL_DECISION": ("联名不足待决定", "Decide what follows from too few co-signers"),
        "CONFIRM_ENTRY": ("确认代录提案", "Confirm a proposal entered on one's behalf"),
        "SEAL": ("集体提案盖章确认", "Seal a collective proposal"),
        "RESUBMIT": ("修改后重新提交", "Revise and submit again"),
        "REVIEW": ("审查提案", "Review a proposal"),
        "FILING_DECISION": ("立案决定", "Decide on filing"),
        "WITHDRAWAL_DECISION": ("撤案申请审批", "Decide on a request to withdraw"),
        "ROLE_APPROVAL": ("授权审批", "Approve a role"),
        "APPEAL_DECISION": ("复议决定", "Decide on an appeal"),
        "APPEAL_CONFIRMATION": ("确认复议决定", "Confirm the decision on an appeal"),
        "ASSIGNMENT_PLAN": ("提出交办方案", "Propose an assignment"),
        "ASSIGNMENT_DECISION": ("决定交办方案", "Decide on an assignment"),
        "RECEIVE": ("签收承办件", "Sign for a case"),
        "CO_OPINION": ("提交会办意见", "Give a co-handling opinion"),
        "REPLY": ("办理并答复", "Handle and reply"),
        "SIGN_OFF": ("签发答复", "Sign a reply"),
        "REPLY_CHECK": ("审核答复", "Check a reply"),
        "DELIVER": ("送达答复", "Deliver a reply"),
        "EVALUATE": ("评价答复", "Evaluate a reply"),
        "RETURN_DECISION": ("决定退办申请", "Decide on a return"),
        "DISPUTE_STATEMENT": ("提交承办争议说明", "State the unit's side of a dispute"),
        "EXTENSION_DECISION": ("审批延期申请", "Decide on more time"),
        "MEDIATION": ("主持三方面商", "Lead a mediation"),
        "COMMITMENT_DECISION": ("决定未兑现的承诺", "Decide on a promise that was not kept"),
        "KEY_SELECTION": ("决定重点提案", "Decide on a key proposal"),
        "KEY_LEADER": ("确定领办督办领导", "Name who leads a key proposal"),
        "PLAGIARISM_DECISION": ("提出抄袭认定意见", "Decide on plagiarism"),
        "PLAGIARISM_CONFIRMATION": ("确认抄袭认定意见", "Confirm a decision on plagiarism"),
        "APPRAISAL_VOTE": ("民主评议投票", "Vote in an appraisal"),
        "APPRAISAL_PUBLICATION": ("公布评议结果", "Publish an appraisal's figures"),
        "POINTS_REQUEST": ("复核人工记分", "Decide on points by hand"),
        "POINTS_APPEAL": ("答复积分申诉", "Answer an appeal on points"),
        "RULES_DECISION": ("审定积分办法", "Decide on scoring rules"),
        "TALK": ("履职谈话", "Talk with a member after a weak year"),
        "STUDY_PLAN_DECISION": ("审定学习计划", "Decide on the year's study plan"),
        "PAPER_DECISION": ("审定学习文章", "Judge a paper"),
        "MATERIAL_REVIEW": ("审核学习资料", "Review a material"),
        "DEPARTMENT_ANSWER": ("答复委员提问", "Answer a member's question"),
        "LINKS_DECISION": ("审定联系安排", "Decide on contact links"),
        "ORPHAN_LINK": ("落实联系人", "Find a contact for a member"),
        "VISITOR_MATTER": ("转办或答复来访", "Forward or answer a visitor's matter"),
        "LEAD_ANSWER": ("办理转办线索", "Deal with a matter that was forwarded"),
        "ACTIVITY_DECISION": ("审核活动申请", "Decide on an activity"),
        "ACTIVITY_REVISION": ("修改活动申请", "Change what was applied for"),
        "ACTIVITY_HELP": ("答复协助请求", "Answer a request for help"),
        "ACTIVITY_COMPLETION": ("办理活动履职关闭", "Complete an activity"),
        "HOME_DUTY_CONFIRMATION": ("确认值班", "Confirm a day on duty"),
        "HOME_BOOKING": ("接待预约群众", "Receive a visitor who booked"),
        "CONFERENCE_ITEM_ACCEPTANCE": ("受理联席会议事项", "Accept an item, with owner and date"),
        "CONFERENCE_ITEM_ANSWER": ("答复联席会议事项", "Answer an item"),
        "CONFERENCE_ITEM_CLOSING": ("评价联席会议事项", "Judge the answer to an item"),
        "BRIEFING_RECEIPT": ("签收工作通报", "Confirm a work briefing"),
        "MEETING_ANSWER": ("答复会议通知", "Answer an invitation to a meeting"),
        "LEAVE_DECISION": ("审批会议请假", "Decide on leave of a meeting"),
        "REMOVAL_REVIEW": ("审议缺席委员", "Review of a member absent too often"),
        "LATE_CHANGE": ("审定封存后变动", "Decide on a change after the freeze"),
        "DOCUMENT_CHECK": ("核稿", "Check a draft"),
        "DOCUMENT_COUNTERSIGN": ("会签公文", "Countersign a document"),
        "DOCUMENT_SIGN": ("签发公文", "Sign a document"),
        "DOCUMENT_ISSUE": ("编号印发公文", "Number and issue a document"),
        "DOCUMENT_RECEIPT": ("公文回执", "Give a read receipt"),
        "DOCUMENT_REGISTER": ("登记来文", "Register an incoming document"),
        "DOCUMENT_ROUTE": ("拟办来文", "Propose how to handle a document"),
        "DOCUMENT_INSTRUCT": ("批办来文", "Instruct on a document"),
        "DOCUMENT_DISTRIBUTE": ("分送来文", "Circulate a document or hand it on"),
        "DOCUMENT_READ": ("传阅来文", "Read a circulated document"),
        "DOCUMENT_HANDLE": ("承办来文", "Handle a document"),
        "AFFAIR": ("办理事项", "Do an affair"),
        "AFFAIR_RATING": ("评价事项", "Rate an affair"),
    },
    "待办种类。What is to be done.",
)

LinkKind = labelled_enum(
    "LinkKind",
    {
        "PROPOSAL": ("提案", "A proposal"),
        "APPRAISAL": ("民主评议", "A democratic appraisal"),
        "TOPIC_GUIDE": ("年度选题指南", "The year's guide of topics"),
        "INSPECTION": ("提案办理视察", "An inspection"),
        "PERFORMANCE_ENTRY": ("履职记分", "An entry of the points ledger"),
        "POINTS_REQUEST": ("人工记分申请", "A request for points by hand"),
        "POINTS_APPEAL": ("积分申诉", "An appeal on points"),
        "PERFORMANCE_TALK": ("履职谈话", "A talk after a weak year"),
        "POINTS_YEAR": ("年度积分", "A year of points"),
        "SCORING_RULES": ("积分办法", "A version of the scoring rules"),
        "MEETING": ("会议", "A meeting"),
        "OUTGOING_DOCUMENT": ("发文", "An outgoing document"),
        "INCOMING_DOCUMENT": ("收文", "An incoming document"),
        "AFFAIR": ("事项", "An affair"),
        "WORK_PLAN": ("年度工作要点", "An annual work plan"),
        "STUDY_PLAN": ("学习计划", "A study plan"),
        "ROTATION_CLASS": ("轮训班", "A rotation class"),
        "STUDY_MATERIAL": ("学习资料", "A material"),
        "STUDY_PAPER": ("学习文章", "A paper"),
        "STUDY_QUESTION": ("向部门的提问", "A question to a department"),
        "CONTACT_LINK": ("联系关系", "A contact link"),
        "CONTACT_LINK_PLAN": ("联系安排", "Contact links proposed together"),
        "CONTACT_RECORD": ("联系记录", "A contact record"),
        "LEAD": ("转办事项", "A matter that was forwarded"),
        "ACTIVITY": ("活动", "An activity"),
        "MEMBERS_HOME": ("委员之家", "A Members' Home"),
        "HOME_DUTY": ("值班", "A day on duty"),
        "VISIT_BOOKING": ("群众预约", "A visitor's booking"),
        "RECEPTION": ("接待记录", "A visitor's reception"),
        "CONFERENCE_ITEM": ("联席会议事项", "An item of the joint conference"),
        "BRIEFING": ("工作通报", "A work briefing"),
        "REPRESENTATIVE": ("代表人士", "A representative"),
        "CIRCLE": ("交流小组", "A topic group"),
        "MEMBER": ("委员", "A member"),
        "REMOVAL_REVIEW": ("缺席审议", "A review of absences"),
        "ACCOUNT": ("账号", "An account"),
        "ROLE_GRANT": ("角色授权", "A role given to an account"),
    },
    "链接对象的种类。What a message or a to-do leads to.",
)

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
    "REPRESENTATIVE": "Representative",
    "CIRCLE": "Circle",
    "MEMBER": "Member",
    "REMOVAL_REVIEW": "RemovalReview",
    "ACCOUNT": "Account",
    "ROLE_GRANT": "RoleGrant",
}


def _link(row: dict[str, Any]) -> dict[str, Any]:
    kind = row["link_kind"]
    return {"kind": kind, "id": global_id(LINKED_TYPES[kind], row["link_id"])}


class NotificationLink(ObjectType):
    """消息或待办所指的对象。The record that a message or a to-do leads to."""

    kind = Field(LinkKind, required=True, description="种类。Kind of the record.")
    kind_label = label_field(LinkKind, "kind", "种类中文名称。Chinese label of the kind.")
    id = ID(required=True, description="全局编号。Global id of the record.")


class Notification(ObjectType):
    """消息。One fact told to the viewer."""

    class Meta:
        interfaces = (Node,)

    category = Field(NotificationCategory, required=True, description="类别。Category.")
    category_label = label_field(
        NotificationCategory, "category", "类别中文名称。Chinese label of the category."
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
    kind = Field(TodoKind, required=True, description="种类。Kind.")
    kind_label = label_field(TodoKind, "kind", "种类中文名称。Chinese label of the kind.")
    text = String(required=True, description="内容。What is asked for, in Chinese.")
    link = Field(
        NotificationLink,
        required=True,
        resolver=FromRow(_link),
        description="所指的对象。The record it is about.",
    )
    due_at = DateTime(description="办理期限。Due date, if there is one.")
    opened_at = DateTime(required=True, description="产生时间。Since when it waits.")


class TodoKindCount(ObjectType):
    """一种待办的数量。How many to-dos of one kind are open."""

    kind = Field(TodoKind, required=True, description="种类。Kind.")
    kind_label = label_field(TodoKind, "kind", "种类中文名称。Chinese label of the kind.")
    count = Int(required=True, description="数量。Number of open to-dos.")


NotificationConnection = connection(Notification)
TodoConnection = connection(Todo)
