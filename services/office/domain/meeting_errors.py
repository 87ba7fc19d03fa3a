"""Refusals of meetings, leave, check-in, attendance and minutes."""

from __future__ import annotations

from shared.errors import DomainError, NotFound


class MeetingNotFound(NotFound):
    message = "未找到该会议"


class WrongMeetingState(DomainError):
    code = "MEETING_WRONG_STATE"
    message = "会议当前状态不能进行此操作"


class MeetingUnfit(DomainError):
    """Times, half-days or people that do not make a meeting."""

    code = "MEETING_UNFIT"
    message = "会议安排不符合要求"


class NoticeShort(DomainError):
    """The notice period of 15 working days (decision 35): a warning; said again, it is sent."""

    code = "NOTICE_PERIOD_SHORT"
    message = "通知时间不足"


class NotInvited(DomainError):
    code = "NOT_INVITED"
    message = "未被邀请参加该会议"


class AnswerClosed(DomainError):
    code = "ANSWER_CLOSED"
    message = "报名已截止"


class AnswerUnfit(DomainError):
    """Who must come asks for leave; who was granted leave need not decline."""

    code = "ANSWER_UNFIT"
    message = "必须参加的会议不能谢绝，请办理请假"


class LeaveLate(DomainError):
    """Plenary three days before, Standing Committee two (2.10)."""

    code = "LEAVE_TOO_LATE"
    message = "已过请假期限"


class LeaveLimit(DomainError):
    code = "LEAVE_LIMIT"
    message = "同一会议的请假次数已达上限"


class LeaveNotAsked(DomainError):
    code = "LEAVE_NOT_ASKED"
    message = "没有待审批的请假"


class LeaveUndecided(DomainError):
    """Silence is neither a consent nor a refusal: attendance waits for the decision."""

    code = "LEAVE_UNDECIDED"
    message = "还有请假未审批，请先审批"


class CheckInEarly(DomainError):
    code = "CHECK_IN_TOO_EARLY"
    message = "尚未到签到时间"


class CheckInClosed(DomainError):
    code = "CHECK_IN_CLOSED"
    message = "签到未开放或已结束"


class CodeInvalid(DomainError):
    """Expired, of another meeting, or not signed by us."""

    code = "CHECK_IN_CODE_INVALID"
    message = "签到码无效或已过期，请扫描最新的签到码"


class AttendanceUnfit(DomainError):
    code = "ATTENDANCE_UNFIT"
    message = "出席记录不符合要求"


class SpeechNotFound(NotFound):
    message = "未找到该发言记录"


class MinutesMissing(DomainError):
    code = "MINUTES_MISSING"
    message = "会议纪要尚未形成"


class StatementKept(DomainError):
    """Dissent stands as it was written (7.4)."""

    code = "STATEMENT_KEPT"
    message = "会议已结束归档，不能再提交书面意见"
