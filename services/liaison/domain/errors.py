"""Refusals of the liaison service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class LiaisonNotFound(NotFound):
    message = "未找到该联络事项"


class WrongState(NotInState):
    """Not in this state."""

    code = "LIAISON_WRONG_STATE"
    message = "当前状态不能进行此操作"


class OrganisationUnknown(DomainError):
    """Not in the directory, or no longer in being: nobody could answer or receive for it."""

    code = "ORGANISATION_UNKNOWN"
    message = "未找到该单位，或该单位已不存在"


class LinkUnfit(DomainError):
    """Not of that level, linked already, with oneself, or beyond the leader's load."""

    code = "CONTACT_LINK_UNFIT"
    message = "联系关系不符合要求"


class NobodyToLink(DomainError):
    """Nobody to link at this level."""

    code = "NOBODY_TO_LINK"
    message = "该层级的委员都已有联系关系，或没有可以联系的人选"


class ContactUnfit(DomainError):
    """A date to come, or outside of the link's time."""

    code = "CONTACT_UNFIT"
    message = "联系记录不符合要求"


class ActivityUnfit(DomainError):
    """The activity does not fit."""

    code = "ACTIVITY_UNFIT"
    message = "活动安排不符合要求"


class SignUpUnfit(DomainError):
    """Late, full, not asked, or signed up already."""

    code = "SIGN_UP_UNFIT"
    message = "不能报名"


class ParticipationUnfit(DomainError):
    """Nobody, not a member, without the proof that social service needs, or no change."""

    code = "PARTICIPATION_UNFIT"
    message = "参加记录不符合要求"


class HelpTooLate(DomainError):
    """Help is asked for a week ahead (2.9)."""

    code = "HELP_TOO_LATE"
    message = "请求协助须至少提前一周"


class HomeUnfit(DomainError):
    """What hangs on its wall is incomplete, or its hours make no sense."""

    code = "HOME_UNFIT"
    message = "委员之家信息不符合要求"


class DutyUnfit(DomainError):
    """The rota does not fit."""

    code = "DUTY_UNFIT"
    message = "值班安排不符合要求"


class NotOnDuty(DomainError):
    """Not on duty there that day."""

    code = "NOT_ON_DUTY"
    message = "您当日不在该委员之家值班"


class ConsentMissing(DomainError):
    """Personal data of a visitor need the visitor's consent."""

    code = "VISITOR_CONSENT_MISSING"
    message = "登记来访人个人信息须经本人同意"


class BookingUnfit(DomainError):
    """The home is not open then, or the day is full."""

    code = "BOOKING_UNFIT"
    message = "该时间不能预约"


class TooMany(DomainError):
    """The day's limit for one client is used up."""

    code = "VISITOR_LIMIT_REACHED"
    message = "今日次数已达上限，请改日再试或到委员之家当面反映"


class LeadForwarded(DomainError):
    """Forwarded there already."""

    code = "LEAD_FORWARDED"
    message = "该事项已经转办"


class ConferenceUnfit(DomainError):
    """The conference does not fit."""

    code = "CONFERENCE_UNFIT"
    message = "联席会议安排不符合要求"


class ItemUnfit(DomainError):
    """Not of a participant, or a due date that has passed."""

    code = "CONFERENCE_ITEM_UNFIT"
    message = "该事项不符合要求"


class BriefingUnfit(DomainError):
    """Not among the recipients, or nobody is left to be urged."""

    code = "BRIEFING_UNFIT"
    message = "工作通报不符合要求"


class ExchangeUnfit(DomainError):
    """The record does not fit."""

    code = "EXCHANGE_UNFIT"
    message = "联谊交往记录不符合要求"


class RepresentativeUnfit(DomainError):
    """Personal data without consent, or a contact who is no member in office."""

    code = "REPRESENTATIVE_UNFIT"
    message = "代表人士登记不符合要求"


class CircleUnfit(DomainError):
    """Not a member of the topic group or association, or one already."""

    code = "CIRCLE_UNFIT"
    message = "不符合小组或联谊会要求"
