"""Refusals of the outcomes service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class OutcomeNotFound(NotFound):
    message = "未找到该成果档案"


class WrongState(NotInState):
    """Not in this state."""

    code = "OUTCOME_WRONG_STATE"
    message = "当前状态不能进行此操作"


class OutcomeExists(DomainError):
    """There is one file for a source, whoever opens it."""

    code = "OUTCOME_EXISTS"
    message = "该来源已有成果档案"


class OutcomeUnfit(DomainError):
    """What is said of a file does not fit its source."""

    code = "OUTCOME_UNFIT"
    message = "成果档案内容不符合要求"


class StatedElsewhere(DomainError):
    """The service that owns the source tells it by its events."""

    code = "OUTCOME_STATED_ELSEWHERE"
    message = "该事项的办理情况由来源系统记录，请在来源处办理"


class ReasonMissing(DomainError):
    """What is not adopted has a reason (2.5)."""

    code = "OUTCOME_REASON_MISSING"
    message = "未采纳的，请说明理由"


class UnitUnfit(DomainError):
    """Not in the directory, no longer in being, or of the other side (decision 45)."""

    code = "OUTCOME_UNIT_UNFIT"
    message = "请选择本归口在册的责任单位"


class SummarySent(DomainError):
    """Each reader has a year's summary once (2.5)."""

    code = "OUTCOME_SUMMARY_SENT"
    message = "该年度的综述已向其报送"


class SummaryUnfit(DomainError):
    """Of a year to come, or sent on a day that has not begun."""

    code = "OUTCOME_SUMMARY_UNFIT"
    message = "年度或报送日期不符合要求"


class DueDateUnfit(DomainError):
    """A due date that has passed, or none where one is needed."""

    code = "OUTCOME_DUE_DATE_UNFIT"
    message = "期限应晚于今天"


class OwnVerification(DomainError):
    """Verification is never by the unit itself, nor by who told of the progress (2.5)."""

    code = "OUTCOME_OWN_VERIFICATION"
    message = "落实情况须由报告人以外的人员核实"


class InstructionUnfit(DomainError):
    """There is no such instruction, or it is revoked already."""

    code = "OUTCOME_INSTRUCTION_UNFIT"
    message = "没有这项批示，或已撤销"


class ConversionUnfit(DomainError):
    """There is no such conversion record, or it is withdrawn already."""

    code = "OUTCOME_CONVERSION_UNFIT"
    message = "没有这项转化记录，或已撤销"


class DossierLinkUnfit(DomainError):
    """Not two different matters that are known, or linked already, or no longer."""

    code = "DOSSIER_LINK_UNFIT"
    message = "议题档案关联不符合要求"
