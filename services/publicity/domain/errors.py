"""Refusals of the publicity service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class PublicityNotFound(NotFound):
    message = "未找到该宣传内容"


class WrongState(NotInState):
    """Not in this state."""

    code = "PUBLICITY_WRONG_STATE"
    message = "当前状态不能进行此操作"


class Unfit(DomainError):
    """A member, a date, a channel that does not fit."""

    code = "PUBLICITY_UNFIT"
    message = "填写内容不符合要求"


class SamePerson(DomainError):
    """The three reviews are by three people, none of whom wrote the text (2.11)."""

    code = "PUBLICITY_SAME_PERSON"
    message = "三审应由不同的人进行，本人稿件本人不能审"


class ConsentMissing(DomainError):
    """Members are shown with their consent alone (4.4)."""

    code = "PUBLICITY_CONSENT_MISSING"
    message = "稿件介绍的委员尚未同意，不能发布"
