"""Refusals of the study service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class StudyNotFound(NotFound):
    message = "未找到该学习事项"


class WrongState(NotInState):
    """Not in this state."""

    code = "STUDY_WRONG_STATE"
    message = "当前状态不能进行此操作"


class PlanUnfit(DomainError):
    """Themes that repeat, or none that is required (1.1)."""

    code = "STUDY_PLAN_UNFIT"
    message = "学习计划不符合要求"


class SessionUnfit(DomainError):
    """The session or class does not fit."""

    code = "STUDY_SESSION_UNFIT"
    message = "学习活动安排不符合要求"


class EnrolmentUnfit(DomainError):
    """Enrolled already, not enrolled, or not a member in office."""

    code = "ENROLMENT_UNFIT"
    message = "不能报名"


class EnrolmentClosed(DomainError):
    """Enrolment is closed."""

    code = "ENROLMENT_CLOSED"
    message = "报名已截止"


class SamePerson(DomainError):
    """Who wrote a material does not review it."""

    code = "REVIEWER_IS_AUTHOR"
    message = "编写人不能审核自己的资料"


class PaperDecided(DomainError):
    """The paper has been judged."""

    code = "PAPER_DECIDED"
    message = "该文章已审定"


class QuizUnfit(DomainError):
    """Questions or answers do not fit."""

    code = "QUIZ_UNFIT"
    message = "测验内容或答案不符合要求"


class QuestionAnswered(DomainError):
    """The question has been answered."""

    code = "QUESTION_ANSWERED"
    message = "该问题已答复"
