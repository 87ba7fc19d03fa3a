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
