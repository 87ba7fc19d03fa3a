"""Refusals of what decisions 50, 52, 53 and 54 add to the procedure."""

from __future__ import annotations

from shared.errors import DomainError


class ReferenceUnits(DomainError):
    """For reference it goes to units, otherwise to none (decision 50)."""

    code = "REFERENCE_UNITS"
    message = "送有关部门参阅的须选择送阅单位，其他处理方式不选"


class NoReferral(DomainError):
    """The author is not asked, or has answered (decision 50)."""

    code = "NO_REFERRAL"
    message = "没有待答复的送阅、转信征询"


class ReasonOff(DomainError):
    """The committee does not use this local reason (V14, setting)."""

    code = "NOT_FILED_REASON_OFF"
    message = "该项不予立案理由未启用"


class ClassOff(DomainError):
    """Class D is not used (setting)."""

    code = "CLASS_D_OFF"
    message = "未启用D类，请选择A、B、C类"


class CosignersDrop(DomainError):
    """Who signed the former text could not confirm any more (V10, decision 22)."""

    code = "COSIGNERS_DROP"
    message = "联名期限已过，修改内容后已确认的联名人将不能重新确认；确需修改请确认知悉"


class WindowOpen(DomainError):
    """The time for co-signing is not over (decision 22)."""

    code = "COSIGN_WINDOW_OPEN"
    message = "联名期限尚未截止"


class SwapUnfit(DomainError):
    """Main and co-handling unit cannot change places now (decision 54)."""

    code = "SWAP_UNFIT"
    message = "答复已送签，或有待决定的延期、退办申请，主办、会办单位不能互换"


class SwapOpen(DomainError):
    """The units have not answered yet (decision 54)."""

    code = "SWAP_OPEN"
    message = "已在征求主办、会办单位互换的意见"


class NoSwap(DomainError):
    """The unit is not asked, or has answered (decision 54)."""

    code = "NO_SWAP"
    message = "没有待贵单位答复的主办、会办互换"


class NotObjectable(DomainError):
    """Nothing that the proposal committee may object to (decision 54)."""

    code = "NOT_OBJECTABLE"
    message = "没有可以提出异议的退办决定或审核通过的答复，或承办单位已开始办理"


class ObjectedBefore(DomainError):
    """It may object once (decision 54)."""

    code = "OBJECTED_BEFORE"
    message = "对同一决定只能提出一次异议"


class NoObjection(DomainError):
    """No objection waits (decision 54)."""

    code = "NO_OBJECTION"
    message = "没有待答复的异议"


class ObjectionOpen(DomainError):
    """The proposal committee has objected to the reply (decision 54)."""

    code = "OBJECTION_OPEN"
    message = "提案委对答复提出了异议，督查部门答复后才能送达"


class AgainstFirstReview(DomainError):
    """The director decides otherwise than the first review proposes (decision 53)."""

    code = "AGAINST_FIRST_REVIEW"
    message = "与初审意见不一致的，请写明理由"


class NotItsField(DomainError):
    """Committees comment on proposals of their own field (decision 53)."""

    code = "NOT_ITS_FIELD"
    message = "该提案不属本专委会联系的领域"


class ReceiptGiven(DomainError):
    """The unit has confirmed it (decision 50)."""

    code = "RECEIPT_GIVEN"
    message = "贵单位已确认收到"
