"""What waits for somebody's decision, as data: by which event it is asked for, and which end it.

The kernel reads this table with every write (decision 41): it gives each request its day, tells
the day with the event that asks, and reminds once (`shared/persistence/deciding.py`). Proposals,
opinions, consultations, supervision and outcomes keep such days in their own records, beside the
other limits of their work; what stands there is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts import names


@dataclass(frozen=True)
class Decision:
    """One kind of request.

    about: as the to-do for it is called. part: the field that tells several of one record apart.
    until: the field with a moment after which there is nothing left to decide. left: the field
    that says how many still wait, where one to-do stands for all.
    """

    about: str
    asked_by: str
    ended_by: frozenset[str]
    part: str | None = None
    until: str | None = None
    left: str | None = None

    def key(self, data: Mapping[str, Any]) -> str:
        """Names the request within its record."""
        return f"{self.about}:{data[self.part]}" if self.part else self.about

    def ends(self, event_type: str, data: Mapping[str, Any]) -> bool:
        return event_type in self.ended_by and not (self.left and data.get(self.left))


def _decision(about: str, asked_by: str, *ended_by: str, **more: str) -> Decision:
    return Decision(about, asked_by, frozenset(ended_by), **more)


OF_SETTINGS = _decision(
    "SETTING_APPROVAL", names.SETTING_CHANGE_PROPOSED, names.SETTING_CHANGE_DECIDED
)
OWN: Mapping[str, tuple[Decision, ...]] = {
    "performance": (
        _decision(
            "POINTS_APPEAL",
            names.PERFORMANCE_APPEAL_SUBMITTED,
            names.PERFORMANCE_APPEAL_WITHDRAWN,
            names.PERFORMANCE_APPEAL_DECIDED,
        ),
        _decision(
            "POINTS_REQUEST",
            names.PERFORMANCE_MANUAL_ENTRY_REQUESTED,
            names.PERFORMANCE_MANUAL_ENTRY_DECIDED,
        ),
        _decision(
            "RULES_DECISION", names.PERFORMANCE_RULES_PROPOSED, names.PERFORMANCE_RULES_DECIDED
        ),
        _decision(
            "LATE_CHANGE",
            names.PERFORMANCE_LATE_CHANGE_LISTED,
            names.PERFORMANCE_LATE_CHANGE_DECIDED,
        ),
    ),
    "office": (
        _decision(
            "LEAVE_DECISION",
            names.MEETING_LEAVE_ASKED,
            names.MEETING_LEAVE_DECIDED,
            names.MEETING_ANSWERED,
            names.MEETING_INVITATION_WITHDRAWN,
            names.MEETING_RESCHEDULED,
            names.MEETING_CANCELLED,
            names.MEETING_ATTENDANCE_CONFIRMED,
            until="held_at",
            left="leaves_waiting",
        ),
    ),
    "members": (
        _decision("PROFILE_CHANGE", names.MEMBER_CHANGE_REQUESTED, names.MEMBER_CHANGE_CLOSED),
        _decision(
            "REMOVAL_REVIEW",
            names.MEMBER_REMOVAL_REVIEW_OPENED,
            names.MEMBER_REMOVAL_REVIEW_CLOSED,
        ),
    ),
    "identity": (
        _decision(
            "ROLE_APPROVAL",
            names.ACCOUNT_ROLE_REQUESTED,
            names.ACCOUNT_ROLE_GRANTED,
            names.ACCOUNT_ROLE_REFUSED,
            names.ACCOUNT_ROLE_REVOKED,
            part="grant_id",
        ),
        _decision(
            "RESET_APPROVAL",
            names.ACCOUNT_RESET_REQUESTED,
            names.ACCOUNT_RESET_REFUSED,
            names.ACCOUNT_CODE_ISSUED,
        ),
    ),
    "liaison": (
        _decision("LINKS_DECISION", names.CONTACT_LINKS_PROPOSED, names.CONTACT_LINKS_DECIDED),
        _decision(
            "ACTIVITY_DECISION",
            names.ACTIVITY_APPLIED,
            names.ACTIVITY_RETURNED,
            names.ACTIVITY_PUBLISHED,
            names.ACTIVITY_CANCELLED,
            until="held_at",
        ),
        _decision(
            "CONFERENCE_ITEM_ACCEPTANCE",
            names.CONFERENCE_ITEM_RAISED,
            names.CONFERENCE_ITEM_ACCEPTED,
        ),
        _decision(
            "CONFERENCE_ITEM_CLOSING",
            names.CONFERENCE_ITEM_ANSWERED,
            names.CONFERENCE_ITEM_CLOSED,
        ),
    ),
    "study": (
        _decision("STUDY_PLAN_DECISION", names.STUDY_PLAN_PROPOSED, names.STUDY_PLAN_DECIDED),
        _decision(
            "PAPER_DECISION",
            names.STUDY_PAPER_SUBMITTED,
            names.STUDY_PAPER_ACCEPTED,
            names.STUDY_PAPER_DECLINED,
        ),
        _decision(
            "MATERIAL_REVIEW",
            names.MATERIAL_SENT_FOR_REVIEW,
            names.MATERIAL_RETURNED,
            names.MATERIAL_ISSUED,
        ),
    ),
}
DECISIONS: Mapping[str, tuple[Decision, ...]] = {
    service: (*OWN.get(service, ()), OF_SETTINGS) for service in names.WITH_SETTINGS
}


def asked_by(source: str, event_type: str) -> Decision | None:
    """The decision that such an event asks for."""
    return next((d for d in DECISIONS.get(source, ()) if d.asked_by == event_type), None)
