"""Enums of liaison."""

from __future__ import annotations

from gateway.base import labelled_enum

ContactTier = labelled_enum(
    "ContactTier",
    {
        "STANDING": ("主席会议成员联系常委", "Chairpersons' Council and standing members"),
        "ORDINARY": ("常委联系委员", "Standing members and members"),
    },
    "联系层级。Level of a contact link.",
)
LinkGround = labelled_enum(
    "LinkGround",
    {
        "SECTOR": ("界别", "Sector"),
        "COMMITTEE": ("专委会", "Special committee"),
        "TOWN": ("镇（街道）", "Town"),
        "OTHER": ("其他", "None in common"),
    },
    "联系依据。What a link follows.",
)
ContactLinkState = labelled_enum(
    "ContactLinkState",
    {
        "PROPOSED": ("待审定", "Proposed"),
        "ACTIVE": ("联系中", "Active"),
        "ENDED": ("已结束", "Ended"),
    },
    "联系关系状态。State of a link.",
)
ContactLinkPlanState = labelled_enum(
    "ContactLinkPlanState",
    {
        "PROPOSED": ("待审定", "Proposed"),
        "APPROVED": ("已审定", "Approved"),
        "REFUSED": ("未通过", "Refused"),
    },
    "联系安排状态。State of links proposed together.",
)
LinkEndReason = labelled_enum(
    "LinkEndReason",
    {
        "NOT_APPROVED": ("未通过审定", "Not approved"),
        "LEADER_LEFT": ("联系人卸任", "The leading end left the post"),
        "MEMBER_LEFT": ("被联系人卸任或职务变动", "The led end left or changed posts"),
        "REASSIGNED": ("另行安排", "Reassigned"),
    },
    "联系关系结束原因。Why a link ended.",
)
MemberContactWay = labelled_enum(
    "MemberContactWay",
    {
        "VISIT": ("走访", "Visit"),
        "TALK": ("约谈", "Talk"),
        "PHONE": ("电话", "Phone"),
        "WECHAT": ("微信", "WeChat"),
    },
    "委员联系方式。Way of a contact of members.",
)
ContactIssueState = labelled_enum(
    "ContactIssueState",
    {
        "OPEN": ("待处理", "Open"),
        "CONVERTED": ("已转办", "Converted"),
        "ANSWERED": ("已答复", "Answered"),
        "CLOSED": ("已办结", "Closed"),
    },
    "联系中意见的状态。State of an issue raised in a contact.",
)
LeadTarget = labelled_enum(
    "LeadTarget",
    {
        "OPINION": ("社情民意信息", "An SCPO item"),
        "PROPOSAL_LEAD": ("提案线索", "A proposal lead"),
        "AFFAIR": ("机关事项", "An affair of the office"),
    },
    "转办去向。Where a matter is forwarded.",
)
LeadOrigin = labelled_enum(
    "LeadOrigin",
    {
        "CONTACT": ("委员联系", "A contact"),
        "RECEPTION": ("委员之家接待", "A reception"),
    },
    "转办来源。Where it comes from.",
)
LeadState = labelled_enum(
    "LeadState",
    {
        "FORWARDED": ("已转办", "Forwarded"),
        "ANSWERED": ("已答复", "Answered"),
    },
    "转办状态。State of a forwarded matter.",
)
ActivityKind = labelled_enum(
    "ActivityKind",
    {
        "CONSULTATION": ("界别协商", "Sector consultation"),
        "INSPECTION": ("视察", "Inspection"),
        "RESEARCH": ("调研", "Research"),
        "STUDY_TOUR": ("考察", "Study tour"),
        "SURVEY": ("走访调查", "Survey"),
        "SUPERVISION": ("监督", "Supervision"),
        "SECTOR_ACTIVITY": ("界别活动", "Sector activity"),
        "TOWN_ACTIVITY": ("镇（街道）活动", "Town activity"),
        "SOCIAL_SERVICE": ("社会服务", "Social service"),
        "OTHER": ("其他", "Other"),
    },
    "活动种类。Kind of activity.",
)
ActivityState = labelled_enum(
    "ActivityState",
    {
        "APPLIED": ("待审核", "Applied"),
        "RETURNED": ("已退回", "Returned"),
        "PUBLISHED": ("已发布", "Published"),
        "RUNNING": ("进行中", "Running"),
        "CLOSED": ("已履职关闭", "Closed"),
        "CANCELLED": ("已取消", "Called off"),
    },
    "活动状态。State of an activity.",
)
NormDuty = labelled_enum(
    "NormDuty",
    {
        "STUDY": ("学习活动", "A study activity"),
        "PROPOSAL": ("集体提案", "A proposal"),
        "OPINION": ("社情民意信息", "An SCPO item"),
        "INSPECTION": ("视察", "An inspection"),
        "SPEECH": ("大会发言", "A plenary speech"),
        "PLAN": ("年度计划", "A plan"),
        "SUMMARY": ("年度总结", "A summary"),
    },
    "界别活动小组年度任务。A duty of a sector group's year.",
)
MembersHomeState = labelled_enum(
    "MembersHomeState",
    {
        "PREPARING": ("筹备中", "Preparing"),
        "OPEN": ("开放", "Open"),
        "SUSPENDED": ("暂停", "Suspended"),
        "CLOSED": ("关闭", "Closed"),
    },
    "委员之家状态。State of a Members' Home.",
)
HomeDutyState = labelled_enum(
    "HomeDutyState",
    {
        "PLANNED": ("已安排", "Planned"),
        "DONE": ("已到岗", "Done"),
        "MISSED": ("未到岗", "Missed"),
        "CANCELLED": ("已取消", "Cancelled"),
    },
    "值班状态。State of a day on duty.",
)
ReceptionChannel = labelled_enum(
    "ReceptionChannel",
    {
        "VISIT": ("来访", "A visit"),
        "ONLINE": ("网上留言", "Left online"),
    },
    "接待渠道。How a visitor came.",
)
ReceptionState = labelled_enum(
    "ReceptionState",
    {
        "RECEIVED": ("已接待", "Received"),
        "FORWARDED": ("已转办", "Forwarded"),
        "ANSWERED": ("已答复", "Answered"),
        "CLOSED": ("已办结", "Closed"),
    },
    "接待事项状态。State of a reception.",
)
BookingState = labelled_enum(
    "BookingState",
    {
        "BOOKED": ("已预约", "Booked"),
        "RECEIVED": ("已接待", "Received"),
        "CANCELLED": ("已取消", "Cancelled"),
        "MISSED": ("未到", "The visitor did not come"),
    },
    "预约状态。State of a booking.",
)
VisitorState = labelled_enum(
    "VisitorState",
    {
        "BOOKED": ("已预约", "Booked"),
        "CANCELLED": ("已取消", "Cancelled"),
        "RECEIVED": ("已接待", "Received"),
        "FORWARDED": ("已转办", "Forwarded"),
        "ANSWERED": ("已答复", "Answered"),
    },
    "来访人可见的进展。All that a visitor's code shows.",
)
JointConferenceState = labelled_enum(
    "JointConferenceState",
    {
        "PLANNED": ("已安排", "Planned"),
        "NOTIFIED": ("已通知", "Announced"),
        "HELD": ("已召开", "Held"),
        "CLOSED": ("已形成纪要", "Closed with its minutes"),
        "CANCELLED": ("已取消", "Called off"),
    },
    "联席会议状态。State of a joint conference.",
)
ConferenceItemKind = labelled_enum(
    "ConferenceItemKind",
    {
        "ITEM": ("议题", "An item"),
        "IMPROVEMENT": ("改进政协工作的意见", "An opinion on the committee's own work"),
    },
    "联席会议事项种类。Kind of item.",
)
ConferenceItemState = labelled_enum(
    "ConferenceItemState",
    {
        "RAISED": ("已提出", "Raised"),
        "ACCEPTED": ("已受理", "Accepted"),
        "ANSWERED": ("已答复", "Answered"),
        "CLOSED": ("已办结", "Closed"),
    },
    "联席会议事项状态。State of an item.",
)
ExchangeKind = labelled_enum(
    "ExchangeKind",
    {
        "CONDOLENCE": ("走访慰问", "Visit and condolence"),
        "VISIT": ("走访", "Visit"),
        "INSPECTION": ("视察", "Inspection"),
        "DELEGATION_IN": ("来访代表团", "A delegation that came"),
        "DELEGATION_OUT": ("出访代表团", "A delegation that went"),
        "INSTRUCTION": ("上级指导", "Instruction from above"),
        "REPORT": ("向上级汇报", "Report to above"),
    },
    "联谊交往种类。Kind of exchange.",
)
ExchangeLevel = labelled_enum(
    "ExchangeLevel",
    {
        "DISTRICT": ("区", "District"),
        "CITY": ("市", "City"),
        "PROVINCE": ("省", "Province"),
        "NATION": ("全国", "Nation"),
    },
    "政协层级。Level of a committee.",
)
RepresentativeCategory = labelled_enum(
    "RepresentativeCategory",
    {
        "NEW_ECONOMIC": ("新经济组织", "New economic organisation"),
        "NEW_SOCIAL": ("新社会组织", "New social organisation"),
        "NEW_STRATUM": ("新社会阶层", "New social stratum"),
    },
    "代表人士类别。The three new.",
)
RegisterState = labelled_enum(
    "RegisterState",
    {
        "LISTED": ("在册", "Listed"),
        "REMOVED": ("已移出", "Removed"),
    },
    "登记状态。State in the register.",
)
CircleKind = labelled_enum(
    "CircleKind",
    {
        "TOPIC": ("议题小组", "Topic group"),
        "ASSOCIATION": ("联谊会", "Friendship association"),
    },
    "交流小组种类。Kind of group.",
)
CircleState = labelled_enum(
    "CircleState",
    {
        "OPEN": ("活动中", "Open"),
        "CLOSED": ("已结束", "Closed"),
    },
    "交流小组状态。State of a group.",
)
