"""Closed lists of the members service with their labels."""

from __future__ import annotations

from gateway.base import labelled_enum

MemberState = labelled_enum(
    "MemberState",
    {
        "NOMINATED": ("提名", "Nominated"),
        "ACTIVE": ("在任", "In office"),
        "SUSPENDED": ("暂停履职", "Suspended"),
        "REJECTED": ("提名未通过", "Nomination rejected"),
        "RESIGNED": ("请辞", "Resigned"),
        "REVOKED": ("撤销资格", "Membership revoked"),
        "DECEASED": ("去世", "Deceased"),
        "TERM_ENDED": ("届满", "Term ended"),
    },
    "委员状态。State of a membership.",
)

MemberPost = labelled_enum(
    "MemberPost",
    {
        "CHAIR": ("主席", "Chair"),
        "VICE_CHAIR": ("副主席", "Vice chair"),
        "SECRETARY_GENERAL": ("秘书长", "Secretary-general"),
        "STANDING_MEMBER": ("常委", "Standing member"),
        "COMMITTEE_DIRECTOR": ("专委会主任", "Director of a special committee"),
        "COMMITTEE_DEPUTY_DIRECTOR": ("专委会副主任", "Deputy director of a special committee"),
        "CONVENER": ("界别活动小组召集人", "Convener of a sector group"),
        "TOWN_GROUP_HEAD": ("镇（街道）委员小组组长", "Head of a town's group of members"),
        "SUPERVISOR": ("民主监督员", "Democratic supervisor"),
    },
    "政协职务。Post in the CPPCC.",
)

MemberOrder = labelled_enum(
    "MemberOrder",
    {
        "MEMBER_NO": ("委员证号", "By member number"),
        "MEMBER_NO_DESC": ("委员证号倒序", "By member number, descending"),
        "NAME": ("姓名", "By name"),
    },
    "委员列表的顺序。Order of the roster.",
)

Gender = labelled_enum(
    "Gender", {"MALE": ("男", "Male"), "FEMALE": ("女", "Female")}, "性别。Gender."
)

Affiliation = labelled_enum(
    "Affiliation",
    {
        "CPC": ("中共党员", "Communist Party of China"),
        "MINGE": ("民革", "Revolutionary Committee of the Chinese Kuomintang"),
        "MINMENG": ("民盟", "China Democratic League"),
        "MINJIAN": ("民建", "China National Democratic Construction Association"),
        "MINJIN": ("民进", "China Association for Promoting Democracy"),
        "NONGGONG": ("农工党", "Chinese Peasants' and Workers' Democratic Party"),
        "ZHIGONG": ("致公党", "China Zhi Gong Party"),
        "JIUSAN": ("九三学社", "Jiusan Society"),
        "TAIMENG": ("台盟", "Taiwan Democratic Self-Government League"),
        "NON_PARTY": ("无党派人士", "Personage without party affiliation"),
        "MASSES": ("群众", "No affiliation"),
    },
    "政治面貌。Political affiliation.",
)

JoinedVia = labelled_enum(
    "JoinedVia",
    {"TERM_START": ("换届", "At the beginning of the term"), "CO_OPTED": ("增补", "Co-opted")},
    "产生方式。How the member joined.",
)

ProfileChangeState = labelled_enum(
    "ProfileChangeState",
    {
        "PENDING": ("待确认", "Waits for the office"),
        "CONFIRMED": ("已确认", "In force"),
        "REFUSED": ("未通过", "Refused by the office"),
        "WITHDRAWN": ("已撤回", "Withdrawn by the member"),
    },
    "资料变更状态。State of a profile change.",
)

OrganisationKind = labelled_enum(
    "OrganisationKind",
    {
        "PARTY": ("民主党派", "Democratic party"),
        "ORGANISATION": ("团体", "Organisation"),
        "COMMITTEE": ("专委会", "Special committee"),
        "CPPCC_OFFICE": ("政协机关处室", "Office of the CPPCC"),
        "TOWN_COMMITTEE": ("镇（街道）工委", "Town working committee"),
        "SECTOR_GROUP": ("界别活动小组", "Sector group"),
        "HANDLING_UNIT": ("承办单位", "Handling unit"),
        "SUPERVISING_OFFICE": ("督办单位", "Supervising office"),
    },
    "组织机构类别。Kind of an organisation.",
)

UnitType = labelled_enum(
    "UnitType",
    {
        "DEPARTMENT": ("部门", "Department"),
        "TOWN": ("镇区", "Town or zone"),
        "PUBLIC_UTILITY": ("公用事业单位", "Public utility"),
    },
    "承办单位类别。What a handling unit is.",
)

TermState = labelled_enum(
    "TermState",
    {
        "OPEN": ("进行中", "Open"),
        "CLOSING": ("正在办理届满", "Closed; its memberships are being ended"),
        "CLOSED": ("已结束", "Closed"),
    },
    "届次状态。State of a term.",
)

RemovalGround = labelled_enum(
    "RemovalGround",
    {
        "PLENARY": ("一届内多次无故缺席全体会议", "Plenaries missed without leave in a term"),
        "STANDING": ("连续无故缺席常委会会议", "Standing Committee meetings missed in a row"),
    },
    "启动撤销程序的原因。Ground of a review of absences.",
)

RemovalReviewState = labelled_enum(
    "RemovalReviewState",
    {
        "OPEN": ("待审议", "Waits for the Standing Committee"),
        "REMOVED": ("撤销资格", "Removed"),
        "KEPT": ("不予撤销", "Kept"),
        "VOID": ("已失效", "Void: the ground is gone, or the membership ended otherwise"),
    },
    "缺席审议的状态。State of a review of absences.",
)
