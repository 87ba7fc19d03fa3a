"""The words of democratic supervision (2.6), with the labels that people read."""

from __future__ import annotations

from collections.abc import Mapping

from shared.labels import Labelled


class SupervisionState(Labelled):
    """专项民主监督状态。State of a special supervision."""

    DRAFT = "DRAFT", "拟订", "Draft"
    APPROVED = "APPROVED", "已列入计划", "Approved, in the yearly plan"
    TEAM_FORMED = "TEAM_FORMED", "已组建监督组", "Team formed"
    INSPECTING = "INSPECTING", "监督检查", "Inspecting"
    OPINION_ISSUED = "OPINION_ISSUED", "已发监督意见", "Opinion issued"
    RECTIFYING = "RECTIFYING", "整改", "Rectifying"
    FED_BACK = "FED_BACK", "已反馈", "Fed back"
    RECHECKED = "RECHECKED", "已回头看", "Re-checked"
    CLOSED = "CLOSED", "办结", "Closed"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"


S = SupervisionState
TRANSITIONS: Mapping[SupervisionState, frozenset[SupervisionState]] = {
    S.DRAFT: frozenset({S.APPROVED, S.CANCELLED}),
    S.APPROVED: frozenset({S.TEAM_FORMED, S.CANCELLED}),
    S.TEAM_FORMED: frozenset({S.INSPECTING, S.CANCELLED}),
    S.INSPECTING: frozenset({S.OPINION_ISSUED, S.CANCELLED}),
    S.OPINION_ISSUED: frozenset({S.RECTIFYING, S.FED_BACK}),
    S.RECTIFYING: frozenset({S.FED_BACK}),
    S.FED_BACK: frozenset({S.RECHECKED, S.RECTIFYING}),
    S.RECHECKED: frozenset({S.CLOSED}),
}
# With a team, not over: where findings are recorded and judged.
WITH_TEAM = frozenset(
    {S.TEAM_FORMED, S.INSPECTING, S.OPINION_ISSUED, S.RECTIFYING, S.FED_BACK, S.RECHECKED}
)
ISSUED = frozenset({S.OPINION_ISSUED, S.RECTIFYING, S.FED_BACK, S.RECHECKED, S.CLOSED})
OVER = frozenset({S.CLOSED, S.CANCELLED})


class Form(Labelled, name="SupervisionForm"):
    """监督形式。Form of a supervision (5.6)."""

    SPECIAL = "SPECIAL", "专项监督", "Special supervision"
    MEETING = "MEETING", "会议监督", "By a meeting"
    INSPECTION = "INSPECTION", "视察监督", "By inspection"
    PROPOSAL = "PROPOSAL", "提案监督", "By proposals"
    APPRAISAL = "APPRAISAL", "民主评议", "By appraisal"
    THEMATIC = "THEMATIC", "专题议事监督", "Thematic deliberation supervision"
    OTHER = "OTHER", "其他监督", "Other"


class Step(Labelled, name="SupervisionStep"):
    """待办环节。What a supervision waits for by a date."""

    APPROVAL = "APPROVAL", "审批列入计划", "Approval"
    SIGNATURE = "SIGNATURE", "签发监督意见", "Signature of the opinion"
    FEEDBACK = "FEEDBACK", "整改反馈", "Feedback of the units"
    RECHECK = "RECHECK", "回头看", "Re-check by the team"
    PARTY_REPORT = "PARTY_REPORT", "向区委报告", "Report to the Party committee"


class End(Labelled, name="SupervisionEnd"):
    """办结方式。How a supervision ended."""

    RECTIFIED = "RECTIFIED", "整改到位", "Rectified, as the team found"
    REPORTED = "REPORTED", "整改未到位，已报告区委", "Reported to the Party committee"


class Adoption(Labelled, name="SupervisionAdoption"):
    """采纳情况。What a unit takes up of an opinion; one form for all kinds (7.2)."""

    ADOPTED = "ADOPTED", "采纳", "Adopted"
    PARTLY_ADOPTED = "PARTLY_ADOPTED", "部分采纳", "Partly adopted"
    NOT_ADOPTED = "NOT_ADOPTED", "未采纳", "Not adopted"


class FindingState(Labelled, name="SupervisionFindingState"):
    """监督发现问题状态。State of a finding."""

    OPEN = "OPEN", "待确认", "Recorded, to be confirmed"
    CONFIRMED = "CONFIRMED", "已确认", "Confirmed"
    DROPPED = "DROPPED", "不予认定", "Not confirmed"
    ASSIGNED = "ASSIGNED", "已交办整改", "Assigned to a unit"
    RECTIFIED = "RECTIFIED", "称已整改待核实", "Claimed to be rectified"
    VERIFIED = "VERIFIED", "整改已核实", "Verified by the team"
    REOPENED = "REOPENED", "核实未通过，重新整改", "Not verified, to be rectified again"


F = FindingState
WITH_UNIT = frozenset({F.ASSIGNED, F.REOPENED})
UNSETTLED = frozenset({F.OPEN, F.CONFIRMED, F.ASSIGNED, F.RECTIFIED, F.REOPENED})


class Severity(Labelled, name="FindingSeverity"):
    """严重程度。How serious a finding is."""

    MINOR = "MINOR", "轻微", "Minor"
    ORDINARY = "ORDINARY", "一般", "Ordinary"
    SERIOUS = "SERIOUS", "严重", "Serious"


class SiteKind(Labelled, name="SupervisionSiteKind"):
    """监督点位种类。Kind of a site."""

    RIVER = "RIVER", "河道", "River or watercourse"
    LAKE = "LAKE", "湖泊", "Lake"
    OUTFALL = "OUTFALL", "排口", "Outfall"
    OTHER = "OTHER", "其他", "Other"


class CheckResult(Labelled, name="ChecklistResult"):
    """检查结果。Result of a line of a checklist."""

    MET = "MET", "符合", "Met"
    NOT_MET = "NOT_MET", "不符合", "Not met"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不适用", "Not applicable"


class InspectionState(Labelled, name="SupervisionInspectionState"):
    """监督检查状态。State of an inspection of a supervision."""

    PLANNED = "PLANNED", "已安排", "Planned"
    NOTIFIED = "NOTIFIED", "已通知", "Notified"
    HELD = "HELD", "已开展", "Held"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"


class SupervisorState(Labelled):
    """民主监督员状态。State of a democratic supervisor."""

    NOMINATED = "NOMINATED", "已推荐", "Nominated"
    REFUSED = "REFUSED", "未获聘任", "Not appointed"
    APPOINTED = "APPOINTED", "已聘任", "Appointed"
    ASSIGNED = "ASSIGNED", "已派驻", "Assigned to units"
    ENDED = "ENDED", "聘期届满或辞任", "Ended"
    DISMISSED = "DISMISSED", "解聘", "Dismissed"


IN_OFFICE = frozenset({SupervisorState.APPOINTED, SupervisorState.ASSIGNED})


class DebriefingState(Labelled):
    """述职交流状态。State of a debriefing exchange."""

    PLANNED = "PLANNED", "已安排", "Planned"
    REPORTS_IN = "REPORTS_IN", "双方述职报告已齐", "Reports of both sides are in"
    HELD = "HELD", "已举行", "Held"
    RATED = "RATED", "已评价", "Rated"
    CLOSED = "CLOSED", "已办结", "Closed"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"


class Rating(Labelled, name="DebriefingRating"):
    """述职评价。Rating of a report."""

    SATISFIED = "SATISFIED", "满意", "Satisfied"
    BASIC = "BASIC", "基本满意", "Basically satisfied"
    DISSATISFIED = "DISSATISFIED", "不满意", "Dissatisfied"
