"""Refusals of the consultations service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class MatterNotFound(NotFound):
    message = "未找到该协商事项"


class WrongState(NotInState):
    """Not in this state."""

    code = "CONSULTATION_WRONG_STATE"
    message = "当前状态不能进行此操作"


class Unfit(DomainError):
    """People, organisations, dates or numbers that do not fit."""

    code = "CONSULTATION_UNFIT"
    message = "填写内容不符合要求"


class Incomplete(DomainError):
    """Something is missing that this step stands on."""

    code = "CONSULTATION_INCOMPLETE"
    message = "内容尚不完整"


class PlanExists(DomainError):
    """There is one consultation plan for a year."""

    code = "CONSULTATION_PLAN_EXISTS"
    message = "该年度已有协商计划"


class Closed(DomainError):
    """The time to speak, to state or to leave a view is over, or has not begun."""

    code = "CONSULTATION_NOT_OPEN"
    message = "不在征集时间内"


class NotYourTurn(DomainError):
    """In a remote consultation those on the list speak in its order."""

    code = "CONSULTATION_NOT_YOUR_TURN"
    message = "尚未轮到发言"


class TooMany(DomainError):
    """The day's limit for one client is used up."""

    code = "CONSULTATION_TOO_MANY_VIEWS"
    message = "今日提交次数已达上限，请明日再来"


class NoQuorum(DomainError):
    """Not more than half of the Standing Committee voted (2.3)."""

    code = "MOTION_NO_QUORUM"
    message = "表决人数未超过应到人数的一半，表决无效"


class NotCarried(DomainError):
    """Not more than half of all were for it (2.3)."""

    code = "MOTION_NOT_CARRIED"
    message = "赞成票未超过应到人数的一半，建议案未通过"


class OwnReport(DomainError):
    """Nobody decides on a report of one's own."""

    code = "RESEARCH_OWN_REPORT"
    message = "不能审定本人执笔的报告"
