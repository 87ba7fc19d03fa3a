"""Enums of proposals with their Chinese labels."""

from __future__ import annotations

from gateway.base import labelled_enum

ProposalState = labelled_enum(
    "ProposalState",
    {
        "DRAFT": ("草稿", "Draft"),
        "COSIGNING": ("征集联名", "Collecting co-signatures"),
        "SUBMITTED": ("已提交", "Submitted"),
        "UNDER_REVIEW": ("审查中", "Under review"),
        "RETURNED": ("退回修改", "Returned for changes"),
        "FILED": ("立案", "Filed"),
        "MERGED": ("并案", "Merged"),
        "NOT_FILED": ("不予立案", "Not filed"),
        "WITHDRAWN": ("撤案", "Withdrawn"),
        "DISCARDED": ("已放弃", "Draft given up"),
        "ASSIGNED": ("已交办", "Assigned"),
        "HANDLING": ("办理中", "Being handled"),
        "REPLIED": ("已答复", "Replied"),
        "EVALUATED": ("已评价", "Evaluated"),
        "REHANDLING": ("重新办理", "Being handled again"),
        "SECOND_REPLIED": ("已二次答复", "Replied a second time"),
        "ESCALATED": ("提请督办", "Escalated"),
        "CLOSED": ("办结", "Closed"),
        "TRACKING": ("跟踪", "Tracking"),
        "ARCHIVED": ("归档", "Archived"),
    },
    "提案状态。State of a proposal.",
)
ProposerType = labelled_enum(
    "ProposerType",
    {
        "INDIVIDUAL": ("个人", "Individual"),
        "JOINT": ("联名", "Joint"),
        "PARTY": ("党派", "Party"),
        "ORGANISATION": ("团体", "Organisation"),
        "SECTOR": ("界别", "Sector"),
        "GROUP": ("小组", "Group"),
        "COMMITTEE": ("专委会", "Special committee"),
        "TOWN_COMMITTEE": ("镇（街道）工委", "Town working committee"),
    },
    "提案者类型。Kind of proposer.",
)
ProposalCategory = labelled_enum(
    "ProposalCategory",
    {
        "ECONOMIC": ("经济建设", "Economic"),
        "SOCIAL": ("社会事业", "Social"),
        "URBAN_RURAL": ("城乡建设", "Urban and rural"),
        "CULTURAL": ("文化建设", "Cultural"),
        "POLITICAL_LEGAL": ("政治和法制建设", "Political and legal"),
    },
    "提案类别。Category.",
)
SessionMark = labelled_enum(
    "SessionMark",
    {"PLENARY": ("大会提案", "Of the plenary"), "REGULAR": ("平时提案", "Regular")},
    "大会或平时。Of the plenary, or regular.",
)
Openness = labelled_enum(
    "Openness",
    {"OPEN": ("公开", "Open"), "CLOSED": ("不公开", "Not public")},
    "是否公开。Whether public.",
)
CosignatureState = labelled_enum(
    "CosignatureState",
    {
        "INVITED": ("已邀请", "Invited"),
        "CONFIRMED": ("已确认", "Confirmed"),
        "DECLINED": ("已谢绝", "Declined"),
        "CANCELLED": ("已取消", "Cancelled"),
        "EXPIRED": ("已过期", "Expired"),
        "WITHDRAWN": ("已撤回", "Withdrawn"),
        "RECONFIRM_NEEDED": ("需重新确认", "To be confirmed again"),
    },
    "联名状态。State of a co-signature.",
)
ProposalOrder = labelled_enum(
    "ProposalOrder",
    {
        "UPDATED": ("最近更新", "Latest change first"),
        "FILED": ("立案时间", "Latest filing first"),
        "SUBMITTED": ("提交时间", "Latest submission first"),
    },
    "排序。Order of a list.",
)
CounterKind = labelled_enum(
    "CounterKind",
    {
        "SERIAL": ("流水号", "Serial numbers"),
        "PLENARY": ("大会提案号", "Case numbers of the plenary"),
        "REGULAR": ("平时提案号", "Case numbers of regular proposals"),
    },
    "编号种类。Kind of number series.",
)
AssignmentMode = labelled_enum(
    "AssignmentMode",
    {
        "SOLE": ("独办", "One unit alone"),
        "MAIN_CO": ("主办会办", "A main unit with co-handling ones"),
        "SEPARATE": ("分办", "Several units, each for itself"),
    },
    "交办方式。How the units share the work.",
)
AssignmentPart = labelled_enum(
    "AssignmentPart",
    {
        "SOLE": ("独办", "Alone"),
        "MAIN": ("主办", "Main unit"),
        "CO": ("会办", "Co-handling unit"),
        "SEPARATE": ("分办", "For itself"),
    },
    "承办角色。What a unit does.",
)
AssignmentState = labelled_enum(
    "AssignmentState",
    {
        "PENDING": ("待签收", "To be signed for"),
        "RECEIVED": ("已签收", "Signed for"),
        "WORKING": ("办理中", "In work"),
        "CO_OPINION_GIVEN": ("已提交会办意见", "Co-handling opinion given"),
        "REPLY_IN_CHECK": ("答复送审", "Reply in check"),
        "REPLY_REJECTED": ("退回重拟", "Reply sent back"),
        "DELIVERED": ("已送达", "Reply delivered"),
        "RETURN_REQUESTED": ("申请退办", "Asked to hand back"),
        "RETURN_ACCEPTED": ("同意退办", "Handed back"),
        "RETURN_REFUSED": ("驳回退办", "Not to be handed back"),
    },
    "承办件状态。State of an assignment.",
)
ContactWay = labelled_enum(
    "ContactWay",
    {
        "VISIT": ("走访", "Visit"),
        "PHONE": ("电话", "Phone"),
        "MEETING": ("座谈", "Meeting"),
    },
    "联系方式。Way of a contact.",
)
ResultClass = labelled_enum(
    "ResultClass",
    {
        "A": ("A类：已解决或基本解决", "Solved or basically solved"),
        "B": ("B类：正在解决或列入计划解决", "Being solved, or planned"),
        "C": ("C类：留作参考", "Kept for reference"),
        "D": ("D类：供参考", "Reference"),
    },
    "办理结果类别。Class of the result.",
)
AdoptionState = labelled_enum(
    "AdoptionState",
    {
        "ADOPTED": ("采纳", "Adopted"),
        "PARTLY": ("部分采纳", "Partly adopted"),
        "NOT": ("未采纳", "Not adopted"),
    },
    "采纳情况。What becomes of a suggestion.",
)
CommitmentStatus = labelled_enum(
    "CommitmentStatus",
    {
        "OPEN": ("待兑现", "Open"),
        "MET": ("已兑现", "Met"),
        "MISSED": ("未兑现", "Missed"),
        "CHANGED": ("已变更", "Changed"),
    },
    "承诺状态。State of a commitment.",
)
Grade = labelled_enum(
    "Grade",
    {
        "SATISFIED": ("满意", "Satisfied"),
        "BASIC": ("基本满意", "Basically satisfied"),
        "DISSATISFIED": ("不满意", "Dissatisfied"),
    },
    "评价等次。Grade of an evaluation.",
)
HeardBy = labelled_enum(
    "HeardBy",
    {
        "VISIT": ("走访", "Visit"),
        "PHONE": ("电话", "Phone"),
        "OTHER": ("其他", "Other"),
        "NOT_CONTACTED": ("未联系", "Not contacted"),
    },
    "听取意见方式。How the proposer was heard.",
)
Pertinence = labelled_enum(
    "Pertinence",
    {
        "YES": ("有针对性", "To the point"),
        "BASICALLY": ("基本有针对性", "Basically to the point"),
        "NO": ("没有针对性", "Not to the point"),
    },
    "答复针对性。Whether the reply is to the point.",
)
CloseKind = labelled_enum(
    "CloseKind",
    {
        "NORMAL": ("正常办结", "Normal"),
        "NOT_EVALUATED": ("未评价", "Not evaluated"),
        "WITH_RESERVATION": ("保留意见", "With reservation"),
    },
    "办结方式。How it was closed.",
)
Lateness = labelled_enum(
    "Lateness",
    {
        "OVERDUE": ("逾期", "Overdue"),
        "NOTICED": ("已发督办通知", "A supervision notice was issued"),
        "ESCALATED": ("已提请区领导并公布", "Before the district leader, on the public list"),
    },
    "逾期程度。How far an overdue assignment has come.",
)
Trigger = labelled_enum(
    "SecondReplyTrigger",
    {
        "DISSATISFIED": ("委员不满意", "The proposer is not satisfied"),
        "COMMITMENT_DUE": ("承诺到期", "A promise has come due"),
        "CARRY_OVER": ("结转办理", "Carried over to a later year"),
        "SUPPLEMENT": ("补充意见", "Something was left out"),
    },
    "二次答复的原因。Why units reply again.",
)
NotFiledReason = labelled_enum(
    "NotFiledReason",
    {
        "NF01": ("国家秘密或党内秘密", "State or Party secrets"),
        "NF02": ("国家禁止提出的事项", "Forbidden by the state"),
        "NF03": ("中共党员反映党内组织、人事", "Inner-Party organisation or personnel"),
        "NF04": ("党派成员反映本组织内部事务", "Inner affairs of the own party"),
        "NF05": ("进入民事、刑事、行政诉讼或仲裁程序", "Before a court or in arbitration"),
        "NF06": ("学术研讨", "Academic discussion"),
        "NF07": ("为本人或亲属解决个人问题", "Personal matter of self or relatives"),
        "NF08": ("宣传、推介作品或产品", "Promotes a work or product"),
        "NF09": ("指名举报", "Named accusation"),
        "NF10": ("内容空泛、没有具体建议", "Empty, without a concrete suggestion"),
        "NF11": ("超出本区职权", "Beyond the district's powers"),
        "NF12": ("同一事项已在办理", "Matter already in handling"),
    },
    "不予立案的理由。Why a proposal is not filed (V14).",
)
Disposition = labelled_enum(
    "Disposition",
    {
        "TO_SCPO": ("转社情民意信息", "Turned into SCPO information"),
        "TO_REFERENCE": ("送有关部门参阅", "Sent to a department for reference"),
        "TO_LETTER": ("转委员来信", "Turned into a member's letter"),
    },
    "不予立案后的处理。What becomes of it.",
)
ProposalOriginKind = labelled_enum(
    "ProposalOriginKind",
    {"LEAD": ("提案线索", "A lead from a contact or a reception")},
    "提案来源种类。What a proposal was made from.",
)
