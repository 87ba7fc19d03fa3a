"""Enums of study."""

from __future__ import annotations

from gateway.base import labelled_enum

StudyPlanState = labelled_enum(
    "StudyPlanState",
    {
        "DRAFT": ("草拟", "Draft"),
        "APPROVED": ("已审定", "Approved by the Chairpersons' Council"),
        "RUNNING": ("执行中", "Its first session was held"),
        "SUMMARISED": ("已总结", "Summarised"),
    },
    "学习计划状态。State of a study plan.",
)
StudySessionState = labelled_enum(
    "StudySessionState",
    {
        "PLANNED": ("已安排", "Planned; its meeting waits for the notice"),
        "NOTIFIED": ("已通知", "Announced"),
        "HELD": ("已举行", "Attendance is confirmed"),
        "CLOSED": ("已小结", "Closed with its summary"),
        "CANCELLED": ("已取消", "Called off"),
    },
    "学习活动状态。State of a study session.",
)
StudyForm = labelled_enum(
    "StudyForm",
    {
        "CHAIR_COUNCIL": ("主席会议学习", "Chairpersons' Council"),
        "STANDING_COMMITTEE": ("常委会议学习", "Standing Committee"),
        "COMMITTEE": ("专委会学习", "Special committee"),
        "TOWN": ("镇（街道）工委学习", "Town working committee"),
        "SECTOR_GROUP": ("界别活动小组学习", "Sector group"),
        "OFFICE_MEETING": ("机关例会学习", "Office regular meeting"),
        "DUTY_TRAINING": ("委员履职培训", "Duty training"),
    },
    "七种学习形式。The seven study forms.",
)
StudyMethod = labelled_enum(
    "StudyMethod",
    {
        "LECTURE": ("专题讲座", "Lecture"),
        "SITE_VISIT": ("现场教学", "Site visit"),
        "SALON": ("学习沙龙", "Salon"),
        "ONLINE_CLASS": ("网络课堂", "Online class"),
        "READING_GROUP": ("读书小组", "Reading group"),
    },
    "学习方法。How it is done.",
)
CourseTrack = labelled_enum(
    "CourseTrack",
    {
        "KNOW_CPPCC": ("懂政协", "Know the CPPCC"),
        "CONSULT_WELL": ("会协商", "Consult well"),
        "DELIBERATE_WELL": ("善议政", "Deliberate well"),
    },
    "课程方向。Course track.",
)
RotationClassState = labelled_enum(
    "RotationClassState",
    {
        "OPEN": ("报名中", "Open for enrolment"),
        "ENROL_CLOSED": ("报名截止", "Enrolment closed; its meeting is planned"),
        "RUNNING": ("已通知开班", "Announced, under way"),
        "FINISHED": ("已结束", "Attendance is confirmed"),
        "CERTIFIED": ("已发证", "Certificates are issued"),
        "CANCELLED": ("已取消", "Called off"),
    },
    "轮训班状态。State of a rotation class.",
)
EnrolmentState = labelled_enum(
    "EnrolmentState",
    {
        "ENROLLED": ("已录取", "Has a place"),
        "WAITLISTED": ("候补", "Waits for a place"),
        "CANCELLED": ("已取消", "Withdrew"),
        "COMPLETED": ("已结业", "Completed"),
        "INCOMPLETE": ("未结业", "Not completed"),
    },
    "报名状态。State of an enrolment.",
)
MaterialState = labelled_enum(
    "MaterialState",
    {
        "DRAFT": ("草稿", "Draft"),
        "IN_REVIEW": ("审核中", "Under review"),
        "ISSUED": ("已编发", "Issued"),
        "RECALLED": ("已撤回", "Recalled"),
    },
    "学习资料状态。State of a material.",
)
MaterialKind = labelled_enum(
    "MaterialKind",
    {
        "POLICY": ("政策文件", "Policy, in the library by level"),
        "COURSE": ("课程", "Course"),
        "HOW_TO": ("履职指南", "How to write proposals and the like"),
        "READING": ("学习读本", "Reading"),
        "BRIEFING": ("知情通报", "A department's briefing pack"),
    },
    "学习资料种类。Kind of material.",
)
PolicyLevel = labelled_enum(
    "PolicyLevel",
    {
        "CENTRAL": ("中央", "Central"),
        "PROVINCE": ("省", "Province"),
        "CITY": ("市", "City"),
        "DISTRICT": ("区", "District"),
    },
    "政策文件发布层级。Level of a policy's issuer.",
)
PaperKind = labelled_enum(
    "StudyPaperKind",
    {"NOTE": ("学习笔记", "Note, shared"), "PAPER": ("学习文章", "Paper, judged")},
    "笔记或文章。Note or paper.",
)
PaperState = labelled_enum(
    "StudyPaperState",
    {
        "SHARED": ("已分享", "Shared"),
        "SUBMITTED": ("待审定", "Handed in"),
        "ACCEPTED": ("已采用", "Accepted"),
        "DECLINED": ("未采用", "Declined"),
        "REVOKED": ("已撤销采用", "No longer accepted"),
    },
    "笔记或文章状态。State of a note or paper.",
)
QuizState = labelled_enum(
    "QuizState",
    {"OPEN": ("进行中", "Open"), "CLOSED": ("已结束", "Closed")},
    "测验状态。State of a quiz.",
)
CreditKind = labelled_enum(
    "StudyCreditKind",
    {"SESSION": ("学习活动", "Session"), "CLASS": ("轮训班", "Class"), "PAPER": ("文章", "Paper")},
    "学时来源。Where hours of study come from.",
)
StudyGroupKind = labelled_enum(
    "StudyGroupKind",
    {
        "SECTOR": ("界别", "Sector"),
        "SECTOR_GROUP": ("界别活动小组", "Sector group"),
        "COMMITTEE": ("专委会", "Special committee"),
        "TOWN": ("镇（街道）", "Town"),
        "PARTY": ("党派", "Party"),
    },
    "统计的组别。Kind of group of the figures.",
)
