"""Refusals of documents, affairs, plans, rules and training."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class DocumentNotFound(NotFound):
    message = "未找到该公文"


class AffairNotFound(NotFound):
    message = "未找到该事项"


class PlanNotFound(NotFound):
    message = "未找到该年度工作要点"


class RuleNotFound(NotFound):
    message = "未找到该制度"


class TrainingNotFound(NotFound):
    message = "未找到该培训记录"


class Classified(DomainError):
    """Classified documents are not taken."""

    code = "DOCUMENT_CLASSIFIED"
    message = "涉密文件不得进入本系统，请按保密规定办理"


class WrongDocumentState(NotInState):
    """Not in this state of the document."""

    code = "DOCUMENT_WRONG_STATE"
    message = "公文当前状态不能进行此操作"


class RecipientsUnfit(DomainError):
    """Recipients are organisations of the directory, each once."""

    code = "RECIPIENTS_UNFIT"
    message = "主送、抄送须为通讯录中的单位，且不得重复"


class TextBound(DomainError):
    """A motion or an opinion is issued as it was adopted."""

    code = "DOCUMENT_TEXT_BOUND"
    message = "会议通过的文本不得改动或作废"


class AlreadyRegistered(DomainError):
    """The document has been registered."""

    code = "DOCUMENT_ALREADY_REGISTERED"
    message = "该来文单位的同一文号已经登记"


class DatesUnfit(DomainError):
    """Adopted, then dated, then printed, then received: in this order where they are known."""

    code = "DOCUMENT_DATES_UNFIT"
    message = "日期先后不符：通过、成文、印发、收文应依次不早于前一日期"


class NotReader(DomainError):
    """Not on the list, or not a recipient."""

    code = "NOT_A_READER"
    message = "不在传阅或主送、抄送范围内"


class NothingToUrge(DomainError):
    """Nobody is left to be urged."""

    code = "NOTHING_TO_URGE"
    message = "没有尚未阅办的对象，无须催办"


class WrongAffairState(NotInState):
    """Not in this state of the affair."""

    code = "AFFAIR_WRONG_STATE"
    message = "事项当前状态不能进行此操作"


class HandOverUnfit(DomainError):
    """Only to another committee or office."""

    code = "HAND_OVER_UNFIT"
    message = "须移交给另一个内设机构"


class WrongPlanState(NotInState):
    """Not in this state of the plan."""

    code = "PLAN_WRONG_STATE"
    message = "年度工作要点当前状态不能进行此操作"


class PlanUnfit(DomainError):
    """Tasks or dates do not fit."""

    code = "WORK_PLAN_UNFIT"
    message = "年度工作要点内容不符合要求"


class RuleUnfit(DomainError):
    """The rule or its days do not fit."""

    code = "INTERNAL_RULE_UNFIT"
    message = "制度内容或施行日期不符合要求"


class TrainingUnfit(DomainError):
    """The training record does not fit."""

    code = "TRAINING_UNFIT"
    message = "培训记录不符合要求"
