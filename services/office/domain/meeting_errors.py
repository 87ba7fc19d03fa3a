"""Refusals of meetings, leave, check-in, attendance and minutes."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class MeetingNotFound(NotFound):
    message = "未找到该会议"


class WrongMeetingState(NotInState):
    """Not in this state of the meeting."""

    code = "MEETING_WRONG_STATE"
    message = "会议当前状态不能进行此操作"


class MeetingUnfit(DomainError):
    """Times, half-days or people do not make a meeting."""

    code = "MEETING_UNFIT"
    message = "会议安排不符合要求"


class NoticeShort(DomainError):
    """The notice period (decision 35) is not kept; say why, and it is sent."""

    code = "NOTICE_PERIOD_SHORT"
    message = "通知时间不足，确需召开请说明理由"


class NotInvited(DomainError):
    """Not invited."""

    code = "NOT_INVITED"
    message = "未被邀请参加该会议"


class AnswerClosed(DomainError):
    """Answers are closed."""

    code = "ANSWER_CLOSED"
    message = "报名已截止"


class AnswerUnfit(DomainError):
    """Who must come asks for leave; who was granted leave need not decline."""

    code = "ANSWER_UNFIT"
    message = "必须参加的会议不能谢绝，请办理请假"


class LeaveLate(DomainError):
    """Leave has to be asked for earlier: plenary three days, Standing Committee two."""

    code = "LEAVE_TOO_LATE"
    message = "已过请假期限"


class LeaveLimit(DomainError):
    """Asked too often for one meeting."""

    code = "LEAVE_LIMIT"
    message = "同一会议的请假次数已达上限"


class LeaveNotAsked(DomainError):
    """No request for leave is waiting."""

    code = "LEAVE_NOT_ASKED"
    message = "没有待审批的请假"


class LeaveUndecided(DomainError):
    """Silence is neither a consent nor a refusal: attendance waits for the decision."""

    code = "LEAVE_UNDECIDED"
    message = "还有请假未审批，请先审批"


class CheckInEarly(DomainError):
    """Too early to check in."""

    code = "CHECK_IN_TOO_EARLY"
    message = "尚未到签到时间"


class CheckInClosed(DomainError):
    """Check-in is not open."""

    code = "CHECK_IN_CLOSED"
    message = "签到未开放或已结束"


class CodeInvalid(DomainError):
    """Expired, of another meeting, or not signed by us."""

    code = "CHECK_IN_CODE_INVALID"
    message = "签到码无效或已过期，请扫描最新的签到码"


class AttendanceUnfit(DomainError):
    """The record of attendance does not fit."""

    code = "ATTENDANCE_UNFIT"
    message = "出席记录不符合要求"


class SpeechNotFound(NotFound):
    message = "未找到该发言记录"


class MinutesMissing(DomainError):
    """There are no minutes yet."""

    code = "MINUTES_MISSING"
    message = "会议纪要尚未形成"


class StatementKept(DomainError):
    """The meeting is closed; statements stand as written."""

    code = "STATEMENT_KEPT"
    message = "会议已结束归档，不能再提交书面意见"
