"""The three functions of the CPPCC: which one a duty serves (row 0.6, decision 56).

The one table: every duty event carries its `function`, put in where the event is recorded.
Standard library only: domains use it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.contracts import names
from shared.labels import Labelled


class DutyFunction(Labelled):
    """政协三项职能。The three functions of the CPPCC."""

    CONSULTATION = "CONSULTATION", "政治协商", "Political consultation"
    SUPERVISION = "SUPERVISION", "民主监督", "Democratic supervision"
    PARTICIPATION = "PARTICIPATION", "参政议政", "Participation in deliberation"


# The kind of a meeting or an activity → its function; every other is PARTICIPATION.
BY_KIND: Mapping[str, DutyFunction] = {
    # The bodies that consult by the charter, and what is held for it.
    "PLENARY": DutyFunction.CONSULTATION,
    "STANDING_COMMITTEE": DutyFunction.CONSULTATION,
    "CHAIR_COUNCIL": DutyFunction.CONSULTATION,
    "JOINT_CONFERENCE": DutyFunction.CONSULTATION,
    "CONSULTATION": DutyFunction.CONSULTATION,
    "APPRAISAL": DutyFunction.SUPERVISION,
    "DEBRIEFING": DutyFunction.SUPERVISION,
    "INSPECTION": DutyFunction.SUPERVISION,
    "SUPERVISION": DutyFunction.SUPERVISION,
    "THEMATIC_SUPERVISION": DutyFunction.SUPERVISION,
    "ETHNIC_INSPECTION": DutyFunction.SUPERVISION,
}
# The service whose duties serve one function whatever their kind.
BY_SOURCE: Mapping[str, DutyFunction] = {"supervision": DutyFunction.SUPERVISION}

# What tells of something that a member did.
DUTY_EVENTS = frozenset(
    {
        names.PROPOSAL_FILED,
        names.PROPOSAL_MERGED,
        names.PROPOSAL_PLAGIARISM_OVERTURNED,
        names.MEETING_ATTENDANCE_CONFIRMED,
        names.MEETING_ATTENDANCE_CORRECTED,
        names.MEETING_SPEECH_RECORDED,
        names.MEETING_SPEECH_CORRECTED,
        names.ACTIVITY_PARTICIPATION_CONFIRMED,
        names.ACTIVITY_PARTICIPATION_CORRECTED,
        names.ACTIVITY_SERVICE_CONFIRMED,
        names.ACTIVITY_SERVICE_CORRECTED,
        names.REPORT_ACCEPTED,
        names.MOTION_DELIVERED,
        names.OPINION_SUBMITTED,
        names.OPINION_ISSUED,
        names.STUDY_ATTENDANCE_CONFIRMED,
        names.STUDY_ATTENDANCE_CORRECTED,
        names.STUDY_CLASS_COMPLETED,
        names.STUDY_PAPER_ACCEPTED,
        names.HISTORY_ACCEPTED,
        names.CONTACT_RECORDED,
        names.HOME_RECEPTION_RECORDED,
    }
)


def function_of_kind(kind: str | None) -> DutyFunction:
    return BY_KIND.get(kind or "", DutyFunction.PARTICIPATION)


def function_of(source: str, event_type: str, data: Mapping[str, Any]) -> DutyFunction | None:
    """The function that the duty of an event serves; None for what is no duty.

    What the event says itself counts; older ones do not say.
    """
    if event_type not in DUTY_EVENTS:
        return None
    if told := data.get("function"):
        return DutyFunction(told)
    return BY_SOURCE.get(source) or function_of_kind(data.get("kind"))
