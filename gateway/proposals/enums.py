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
