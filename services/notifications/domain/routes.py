"""Which messages leave the platform, by which outlets: data (8.6, 15.5).

Every message stands in the inbox. A category has a weight; a template that weighs otherwise is
named. So a new text needs no line here.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.notifications.domain.deliveries import Outlet
from services.notifications.domain.templates import Category


@dataclass(frozen=True, slots=True)
class Weight:
    """urgent: goes through quiet hours, is never gathered, and comes whatever is muted."""

    outlets: tuple[Outlet, ...] = ()
    urgent: bool = False


INBOX = Weight()
NOTICE = Weight((Outlet.WECHAT,))
IMPORTANT = Weight((Outlet.WECHAT, Outlet.SMS))
URGENT = Weight((Outlet.WECHAT, Outlet.SMS), urgent=True)

CATEGORIES: dict[Category, Weight] = {
    **dict.fromkeys(Category, NOTICE),
    Category.PERFORMANCE: INBOX,
    Category.WORK_PLAN: INBOX,
}

TEMPLATES: dict[str, Weight] = {
    # A changed meeting makes people travel for nothing.
    "MEETING_NOTIFIED": IMPORTANT,
    "MEETING_RESCHEDULED": URGENT,
    "MEETING_CANCELLED": URGENT,
    "MEETING_BEGINS": IMPORTANT,
    "CONSULTATION_OFF": URGENT,
    "CONSULTATION_MOVED": URGENT,
    "ACTIVITY_MOVED": IMPORTANT,
    "ACTIVITY_CANCELLED": IMPORTANT,
    "CLASS_CANCELLED": IMPORTANT,
    # What lapses, or comes before the leaders, unless somebody acts.
    "COSIGN_INVITED": IMPORTANT,
    "SHORTFALL_OPENED": IMPORTANT,
    "RESUBMISSION_REMINDER": IMPORTANT,
    "REPLY_LATE": IMPORTANT,
    "REPLY_OVERDUE": IMPORTANT,
    "SUPERVISION_NOTICE": IMPORTANT,
    "OVERDUE_ESCALATED": IMPORTANT,
    "SECOND_REPLY_DUE": IMPORTANT,
    "OPINION_URGENT": URGENT,
    # Points come by the dozen; these are about a year of them.
    "POINTS_DRAFT_PUBLISHED": NOTICE,
    "POINTS_APPEAL_UPHELD": NOTICE,
    "POINTS_APPEAL_DISMISSED": NOTICE,
    "TALK_DUE": NOTICE,
    # Whoever did not do it himself must know at once.
    "ACCOUNT_LOCKED": URGENT,
    "ACCOUNT_CODE_ISSUED": URGENT,
    "ACCOUNT_RESET_REQUESTED": URGENT,
    "ACCOUNT_PASSWORD_RESET": URGENT,
    "ACCOUNT_SECOND_FACTOR_SET": URGENT,
    "ACCOUNT_SECOND_FACTOR_DROPPED": URGENT,
    # Not to the WeChat that is meant by it.
    "WECHAT_BOUND": INBOX,
    "WECHAT_UNBOUND": INBOX,
}


def weight_of(template: str, category: Category) -> Weight:
    return TEMPLATES.get(template, CATEGORIES[category])
