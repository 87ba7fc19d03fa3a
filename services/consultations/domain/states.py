"""What consultations, plans, research and motions may be, with the labels that people read."""

from __future__ import annotations

from collections.abc import Mapping

from shared.labels import Labelled


class ConsultationForm(Labelled):
    """协商形式。The seven forms of consultation (2.4)."""

    THEMATIC = "THEMATIC", "专题协商", "Thematic"
    COUNTERPART = "COUNTERPART", "对口协商", "With the counterpart departments"
    SECTOR = "SECTOR", "界别协商", "Of sectors"
    HANDLING = "HANDLING", "提案办理协商", "On the handling of proposals"
    STANDING = "STANDING", "专题议政性常委会", "Thematic Standing Committee"
    BIWEEKLY = "BIWEEKLY", "双周协商", "Biweekly"
    REMOTE = "REMOTE", "网络（远程）协商", "Remote and written"


class ConsultationState(Labelled):
    """协商状态。State of a consultation."""

    PROPOSED = "PROPOSED", "征题", "Topic proposed"
    IN_PLAN = "IN_PLAN", "列入年度协商计划", "In the annual plan"
    PREPARING = "PREPARING", "调研准备", "Being prepared"
    NOTIFIED = "NOTIFIED", "已通知", "Notice given"
    HELD = "HELD", "已协商", "Held"
    REPORTED = "REPORTED", "协商专报已报送", "Reported"
    FED_BACK = "FED_BACK", "已反馈", "Feedback given"
    TRACKING = "TRACKING", "跟踪落实", "Tracked"
    CLOSED = "CLOSED", "已办结", "Closed"
    POSTPONED = "POSTPONED", "已延期", "Postponed"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"


C = ConsultationState
MOVES: Mapping[ConsultationState, frozenset[ConsultationState]] = {
    C.PROPOSED: frozenset({C.IN_PLAN, C.CANCELLED}),
    C.IN_PLAN: frozenset({C.PREPARING, C.POSTPONED, C.CANCELLED}),
    C.PREPARING: frozenset({C.NOTIFIED, C.HELD, C.POSTPONED, C.CANCELLED}),
    C.NOTIFIED: frozenset({C.HELD, C.POSTPONED, C.CANCELLED}),
    C.POSTPONED: frozenset({C.PREPARING, C.CANCELLED}),
    C.HELD: frozenset({C.REPORTED}),
    C.REPORTED: frozenset({C.FED_BACK, C.CLOSED}),
    C.FED_BACK: frozenset({C.TRACKING, C.CLOSED}),
    C.TRACKING: frozenset({C.CLOSED}),
}
AFTER_MEETING = frozenset({C.HELD, C.REPORTED, C.FED_BACK, C.TRACKING, C.CLOSED})
UNDER_WAY = frozenset({C.IN_PLAN, C.PREPARING, C.NOTIFIED, C.POSTPONED})
# What the public sees once the plan is published (section 3).
IN_PUBLIC = frozenset({*UNDER_WAY, *AFTER_MEETING})


class PlanState(Labelled, name="ConsultationPlanState"):
    """年度协商计划状态。State of an annual consultation plan."""

    DRAFT = "DRAFT", "起草", "Draft"
    IN_REVIEW = "IN_REVIEW", "主席会议审议中", "Before the Chairpersons' Council"
    REVIEWED = "REVIEWED", "报党委审定中", "Before the Party committee"
    DECIDED = "DECIDED", "党委已审定", "Decided by the Party committee"
    PUBLISHED = "PUBLISHED", "已公布", "Published"


class SpeechForm(Labelled, name="ConsultationSpeechForm"):
    """发言方式。How a speaker speaks."""

    ORAL = "ORAL", "口头发言", "Oral"
    WRITTEN = "WRITTEN", "书面发言", "Written"


class OpinionKind(Labelled, name="ConsultationOpinionKind"):
    """意见种类（7.6）。Kind of what is suggested."""

    POLICY = "POLICY", "策", "Policy"
    ACTION = "ACTION", "举", "Action"
    PROJECT = "PROJECT", "事", "Service or project"


class ViewState(Labelled, name="PublicViewState"):
    """群众意见状态。State of a view of the public."""

    RECEIVED = "RECEIVED", "待审核", "To be moderated"
    SHOWN = "SHOWN", "已公开", "Shown"
    WITHHELD = "WITHHELD", "不公开", "Withheld"


class ViewChannel(Labelled, name="PublicViewChannel"):
    """群众意见渠道。How a view came in (7.5)."""

    FORM = "FORM", "网络征集", "The open form"
    HOME = "HOME", "委员之家", "A Members' Home"


class ResearchState(Labelled):
    """课题调研状态。State of a research project."""

    PLANNED = "PLANNED", "已立题", "Planned"
    RUNNING = "RUNNING", "调研中", "Under way"
    REPORTED = "REPORTED", "报告待审定", "Report to be decided on"
    ACCEPTED = "ACCEPTED", "报告已采用", "Report accepted"
    DROPPED = "DROPPED", "已终止", "Dropped"


class MotionState(Labelled):
    """建议案状态。State of a suggestion motion."""

    PLANNED = "PLANNED", "列题", "Listed"
    RESEARCHING = "RESEARCHING", "调研", "Researched"
    DRAFTED = "DRAFTED", "起草", "Drafted"
    IN_REVIEW = "IN_REVIEW", "提请主席会议审议", "Before the Chairpersons' Council"
    REVIEWED = "REVIEWED", "主席会议已审议", "Reviewed by the Chairpersons' Council"
    ADOPTED = "ADOPTED", "常委会议通过", "Adopted by the Standing Committee"
    DELIVERED = "DELIVERED", "已报送", "Delivered"
    INSTRUCTED = "INSTRUCTED", "已批示", "Instructed"
    FED_BACK = "FED_BACK", "已反馈", "Feedback given"
    TRACKING = "TRACKING", "跟踪落实", "Tracked"
    CLOSED = "CLOSED", "已办结", "Closed"
    DROPPED = "DROPPED", "已撤题", "Dropped"


M = MotionState
MOTION_MOVES: Mapping[MotionState, frozenset[MotionState]] = {
    M.PLANNED: frozenset({M.RESEARCHING, M.DROPPED}),
    M.RESEARCHING: frozenset({M.DRAFTED, M.DROPPED}),
    M.DRAFTED: frozenset({M.IN_REVIEW, M.DROPPED}),
    M.IN_REVIEW: frozenset({M.REVIEWED, M.DRAFTED, M.DROPPED}),
    M.REVIEWED: frozenset({M.ADOPTED, M.DRAFTED, M.DROPPED}),
    M.ADOPTED: frozenset({M.DELIVERED, M.DRAFTED}),
    M.DELIVERED: frozenset({M.INSTRUCTED, M.FED_BACK, M.CLOSED}),
    M.INSTRUCTED: frozenset({M.DELIVERED, M.FED_BACK, M.CLOSED}),
    M.FED_BACK: frozenset({M.TRACKING, M.CLOSED}),
    M.TRACKING: frozenset({M.CLOSED}),
}
OUT = frozenset({M.DELIVERED, M.INSTRUCTED, M.FED_BACK, M.TRACKING, M.CLOSED})


class Limit(Labelled, name="ConsultationLimit"):
    """时限。What has to be done by a time."""

    NOTICE = "NOTICE", "发出会议通知", "Give notice of the meeting"
    PAPERS = "PAPERS", "送达协商材料", "Send the papers"
    STATEMENTS = "STATEMENTS", "书面协商截止", "Written consultation closes"
    REPORT = "REPORT", "报送协商专报", "Report the results"
    FEEDBACK = "FEEDBACK", "反馈采纳情况", "Give feedback"
    REVIEW = "REVIEW", "主席会议审议", "Review by the Chairpersons' Council"
    DECISION = "DECISION", "审定调研报告", "Decide on a research report"
