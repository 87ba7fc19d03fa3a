"""Refusals of the opinions service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class OpinionNotFound(NotFound):
    message = "未找到该社情民意信息"


class WrongState(NotInState):
    """Not in this state."""

    code = "OPINION_WRONG_STATE"
    message = "当前状态不能进行此操作"


class TooLong(DomainError):
    """Longer than the short form allows (10.2)."""

    code = "OPINION_TOO_LONG"
    message = "内容超过规定字数"


class Incomplete(DomainError):
    """Neither words nor a voice note, or no suggestion in words that are there."""

    code = "OPINION_INCOMPLETE"
    message = "请填写情况反映，或附语音"


class NotDeclared(DomainError):
    """One matter per item, and true (2.7): declared by who submits."""

    code = "OPINION_NOT_DECLARED"
    message = "请确认一事一报、内容属实"


class Unfit(DomainError):
    """A date, a unit, an addressee or an author that does not fit."""

    code = "OPINION_UNFIT"
    message = "填写内容不符合要求"


class NotEdited(DomainError):
    """There is no edited text, or it has been sent for signature already."""

    code = "OPINION_NOT_EDITED"
    message = "请先编辑核稿"


class SignerIsAuthor(DomainError):
    """Nobody signs an item of one's own."""

    code = "OPINION_SIGNER_IS_AUTHOR"
    message = "不能签发本人反映的信息"


class NotSentUp(DomainError):
    """A level uses or instructs on what was sent up to it, or to one below it."""

    code = "OPINION_NOT_SENT_UP"
    message = "尚未上报，不能登记上级采用或批示"


class Repeated(DomainError):
    """It was done already: sent to that level, used by it, referred to that unit, delivered."""

    code = "OPINION_REPEATED"
    message = "已办理过，不能重复办理"


class ReferralOpen(DomainError):
    """A unit has yet to give its result."""

    code = "OPINION_REFERRAL_OPEN"
    message = "有关部门尚未反馈结果，不能办结"


class ReasonMissing(DomainError):
    """Whoever does not take a suggestion up says why."""

    code = "OPINION_REASON_MISSING"
    message = "未采纳或部分采纳的，请说明理由"
