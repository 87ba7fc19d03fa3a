"""Refusals of the supervision service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class SupervisionNotFound(NotFound):
    message = "未找到该监督内容"


class WrongState(NotInState):
    """Not in this state."""

    code = "SUPERVISION_WRONG_STATE"
    message = "当前状态不能进行此操作"


class Unfit(DomainError):
    """A unit, a site, a date, a person that does not fit."""

    code = "SUPERVISION_UNFIT"
    message = "填写内容不符合要求"


class UnitUnfit(DomainError):
    """An organisation that may not be supervised, or is no more (decision 57)."""

    code = "SUPERVISION_UNIT_UNFIT"
    message = "请选择可以被监督的在册单位"


class InterestConflict(DomainError):
    """Employed by the supervised unit, by one above or below it, or related to one (2.6)."""

    code = "SUPERVISION_CONFLICT_OF_INTEREST"
    message = "与被监督单位有利害关系，应当回避"


class NotVerified(DomainError):
    """A claim is no verification: the team has not seen it yet."""

    code = "SUPERVISION_NOT_VERIFIED"
    message = "还有问题未经监督组核实"


class RechecksUsed(DomainError):
    """Re-checked as often as may be: what follows is the report to the Party committee."""

    code = "SUPERVISION_RECHECKS_USED"
    message = "回头看次数已用完，请向区委报告"


class PhotosMissing(DomainError):
    """A photo before has no photo after of its own."""

    code = "SUPERVISION_PHOTOS_MISSING"
    message = "每张整改前照片应有对应的整改后照片"


class Repeated(DomainError):
    """It was done already."""

    code = "SUPERVISION_REPEATED"
    message = "已办理过，不能重复办理"
