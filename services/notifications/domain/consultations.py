"""The table's rows for consultations, their plans, research and motions."""

from __future__ import annotations

from collections.abc import Callable

from services.notifications.domain.recipients import Payload, any_supervising
from services.notifications.domain.rows import (
    LEADERS,
    OFFICE,
    Close,
    Open,
    Reaction,
    Tell,
    closed,
    only,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names
from shared.contracts.recipients import account_key, member_key, organisation_key, role_key

K = TodoKind
GENERAL_OFFICE = "office-general"


def organisers(data: Payload) -> list[str]:
    """Whoever acts for them; of the general office the role."""
    return [
        role_key("OFFICE", {}) if id == GENERAL_OFFICE else organisation_key(id)
        for id in data.get("organisers", ())
    ]


def proposer(data: Payload) -> list[str]:
    member, organisation, account = (
        data.get(name) for name in ("proposer", "proposed_for", "account")
    )
    if member:
        return [member_key(member)]
    if organisation:
        return [organisation_key(organisation)]
    return [account_key(account)] if account else []


def taking_part(data: Payload) -> list[str]:
    return [member_key(id) for id in data.get("participants", ())]


def speakers(data: Payload) -> list[str]:
    return [
        *map(member_key, data["speakers"]),
        *map(organisation_key, data["organisations"]),
    ]


def whose_turn(data: Payload) -> list[str]:
    member, organisation = data["member_id"], data["organisation"]
    if member:
        return [member_key(member)]
    return [organisation_key(organisation)] if organisation else []


def main_authors(data: Payload) -> list[str]:
    return [member_key(id) for id in data["main_authors"]]


def team(data: Payload) -> list[str]:
    return [member_key(id) for id in data.get("team", ())]


def directors(data: Payload) -> list[str]:
    """Of the committees that carry the project; of the office's the Chairpersons' Council."""
    found = [
        role_key("COMMITTEE_DIRECTOR", {"committee": id})
        for id in data["organisers"]
        if id != GENERAL_OFFICE
    ]
    return found or LEADERS(data)


def about(*limits: str) -> Callable[[Payload], bool]:
    return lambda data: data["about"] in limits


def passed(data: Payload) -> bool:
    return bool(data["passed"])


def returned(data: Payload) -> bool:
    return not data["passed"]


def none_waiting(data: Payload) -> bool:
    return not data["waiting"]


def approved(data: Payload) -> bool:
    return bool(data["approved"])


def not_approved(data: Payload) -> bool:
    return not data["approved"]


OWN = ("NOTICE", "PAPERS", "STATEMENTS", "REPORT")
PREPARED = closed(K.CONSULTATION_PREPARATION, K.CONSULTATION_TURN)
CONSULTATIONS: dict[str, Reaction] = {
    names.CONSULTATION_PROPOSED: Reaction(
        (Tell("TOPIC_RECEIVED", proposer),), opens=(Open(K.TOPIC_DECISION, OFFICE),)
    ),
    names.CONSULTATION_TAKEN_UP: Reaction(
        (Tell("TOPIC_TAKEN_UP", proposer), Tell("TOPIC_TAKEN_UP", organisers)),
        opens=(Open(K.CONSULTATION_PREPARATION, organisers),),
        closes=closed(K.TOPIC_DECISION),
    ),
    names.CONSULTATION_CANCELLED: Reaction(
        (Tell("CONSULTATION_OFF", proposer), Tell("CONSULTATION_OFF", organisers)),
        closes=(*PREPARED, *closed(K.TOPIC_DECISION)),
    ),
    names.CONSULTATION_POSTPONED: Reaction(
        (Tell("CONSULTATION_POSTPONED", organisers),),
        opens=(Open(K.CONSULTATION_PREPARATION, organisers),),
        closes=closed(K.CONSULTATION_TURN),
    ),
    names.CONSULTATION_PLANNED: Reaction(closes=closed(K.CONSULTATION_PREPARATION)),
    names.CONSULTATION_MOVED: Reaction((Tell("CONSULTATION_MOVED", organisers),)),
    names.CONSULTATION_OPENED: Reaction(
        (Tell("CONSULTATION_OPENED", taking_part),), closes=closed(K.CONSULTATION_PREPARATION)
    ),
    names.CONSULTATION_SPEAKERS_SET: Reaction((Tell("CONSULTATION_SPEAKER", speakers),)),
    names.CONSULTATION_TURN_CAME: Reaction(
        (Tell("CONSULTATION_TURN", whose_turn),),
        opens=(Open(K.CONSULTATION_TURN, whose_turn, "closes_at"),),
        part="turn",
    ),
    names.CONSULTATION_STATED: Reaction(closes=(Close(K.CONSULTATION_TURN, whose_turn),)),
    names.CONSULTATION_PAPERS_SENT: Reaction((Tell("CONSULTATION_PAPERS", taking_part),)),
    names.CONSULTATION_VIEW_LEFT: Reaction(opens=(Open(K.VIEW_MODERATION, organisers),)),
    names.CONSULTATION_VIEW_MODERATED: Reaction(
        closes=(Close(K.VIEW_MODERATION, only(organisers, none_waiting)),)
    ),
    names.CONSULTATION_HELD: Reaction(
        opens=(Open(K.CONSULTATION_REPORT, organisers, "report_due_at"),), closes=PREPARED
    ),
    names.CONSULTATION_MINUTED: Reaction((Tell("CONSULTATION_MINUTED", taking_part),)),
    names.CONSULTATION_REPORTED: Reaction(
        (Tell("CONSULTATION_REPORTED", taking_part), Tell("CONSULTATION_REPORTED", organisers)),
        opens=(Open(K.CONSULTATION_FEEDBACK, any_supervising, "feedback_due_at"),),
        closes=closed(K.CONSULTATION_REPORT),
    ),
    names.CONSULTATION_FED_BACK: Reaction(
        (Tell("CONSULTATION_FED_BACK", taking_part), Tell("CONSULTATION_FED_BACK", organisers)),
        closes=closed(K.CONSULTATION_FEEDBACK),
    ),
    names.CONSULTATION_CLOSED: Reaction(
        (Tell("CONSULTATION_CLOSED", taking_part),), closes=closed(K.CONSULTATION_FEEDBACK)
    ),
    names.CONSULTATION_REMINDER_DUE: Reaction(
        (
            Tell("CONSULTATION_DUE", organisers, about(*OWN)),
            Tell("CONSULTATION_DUE", any_supervising, about("FEEDBACK")),
        ),
        part="alarm",
    ),
    names.CONSULTATION_OVERDUE: Reaction(
        (
            Tell("CONSULTATION_LATE", organisers),
            Tell("CONSULTATION_LATE", any_supervising, about("FEEDBACK")),
            Tell("CONSULTATION_LATE", OFFICE),
        ),
        part="alarm",
    ),
    names.CONSULTATION_PLAN_SENT: Reaction(
        opens=(Open(K.CONSULTATION_PLAN_REVIEW, LEADERS, "due_at"),)
    ),
    names.CONSULTATION_PLAN_REVIEWED: Reaction(
        (Tell("PLAN_RETURNED", OFFICE, returned),),
        opens=(Open(K.CONSULTATION_PLAN_DECISION, only(OFFICE, passed)),),
        closes=closed(K.CONSULTATION_PLAN_REVIEW),
    ),
    names.CONSULTATION_PLAN_DECIDED: Reaction(
        (Tell("PLAN_RETURNED", OFFICE, not_approved),),
        opens=(Open(K.CONSULTATION_PLAN_PUBLICATION, only(OFFICE, approved)),),
        closes=closed(K.CONSULTATION_PLAN_DECISION),
    ),
    names.CONSULTATION_PLAN_PUBLISHED: Reaction(closes=closed(K.CONSULTATION_PLAN_PUBLICATION)),
    names.CONSULTATION_PLAN_REMINDER_DUE: Reaction((Tell("PLAN_DUE", LEADERS),), part="alarm"),
    names.RESEARCH_PLANNED: Reaction((Tell("RESEARCH_TEAM", team),)),
    names.RESEARCH_REPORTED: Reaction(opens=(Open(K.RESEARCH_DECISION, directors, "due_at"),)),
    names.RESEARCH_RETURNED: Reaction(
        (Tell("RESEARCH_RETURNED", main_authors), Tell("RESEARCH_RETURNED", organisers)),
        closes=closed(K.RESEARCH_DECISION),
    ),
    names.REPORT_ACCEPTED: Reaction(
        (Tell("RESEARCH_ACCEPTED", main_authors),), closes=closed(K.RESEARCH_DECISION)
    ),
    names.REPORT_REVOKED: Reaction(
        (Tell("RESEARCH_REVOKED", main_authors), Tell("RESEARCH_REVOKED", organisers))
    ),
    names.RESEARCH_DROPPED: Reaction(
        (Tell("RESEARCH_DROPPED", team),), closes=closed(K.RESEARCH_DECISION)
    ),
    names.RESEARCH_REMINDER_DUE: Reaction((Tell("RESEARCH_DUE", directors),), part="alarm"),
    names.MOTION_DRAFTED: Reaction(
        opens=(Open(K.MOTION_REVIEW, LEADERS, "due_at"),), closes=closed(K.MOTION_REVISION)
    ),
    names.MOTION_RETURNED: Reaction(
        (Tell("MOTION_RETURNED", main_authors), Tell("MOTION_RETURNED", organisers)),
        opens=(Open(K.MOTION_REVISION, organisers),),
        closes=closed(K.MOTION_REVIEW, K.MOTION_ADOPTION),
    ),
    names.MOTION_REVIEWED: Reaction(
        opens=(Open(K.MOTION_ADOPTION, OFFICE),), closes=closed(K.MOTION_REVIEW)
    ),
    names.MOTION_ADOPTED: Reaction(
        (Tell("MOTION_ADOPTED", main_authors), Tell("MOTION_ADOPTED", organisers)),
        closes=closed(K.MOTION_ADOPTION),
    ),
    names.MOTION_DELIVERED: Reaction(
        (Tell("MOTION_DELIVERED", main_authors), Tell("MOTION_DELIVERED", organisers)),
        opens=(Open(K.MOTION_FEEDBACK, any_supervising, "feedback_due_at"),),
    ),
    names.MOTION_INSTRUCTED: Reaction((Tell("MOTION_INSTRUCTED", main_authors),)),
    names.MOTION_FED_BACK: Reaction(
        (Tell("MOTION_FED_BACK", main_authors), Tell("MOTION_FED_BACK", organisers)),
        closes=closed(K.MOTION_FEEDBACK),
    ),
    names.MOTION_CLOSED: Reaction(
        (Tell("MOTION_CLOSED", main_authors),), closes=closed(K.MOTION_FEEDBACK)
    ),
    names.MOTION_DROPPED: Reaction(
        (Tell("MOTION_DROPPED", main_authors), Tell("MOTION_DROPPED", organisers)),
        closes=closed(K.MOTION_REVIEW, K.MOTION_REVISION, K.MOTION_ADOPTION),
    ),
    names.MOTION_REMINDER_DUE: Reaction(
        (
            Tell("MOTION_DUE", LEADERS, about("REVIEW")),
            Tell("MOTION_DUE", any_supervising, about("FEEDBACK")),
        ),
        part="alarm",
    ),
    names.MOTION_OVERDUE: Reaction(
        (
            Tell("MOTION_LATE", LEADERS, about("REVIEW")),
            Tell("MOTION_LATE", any_supervising, about("FEEDBACK")),
            Tell("MOTION_LATE", organisers),
        ),
        part="alarm",
    ),
}
SILENT_CONSULTATIONS = {
    names.CONSULTATION_NOTIFIED: "told with the notice of its meeting",
    names.CONSULTATION_VIEWS_OPENED: "read on the public page",
    names.CONSULTATION_FILES_CHANGED: "files are seen with their record",
    names.MOTION_PLANNED: "seen in the list of its committee",
    names.ACTIVITY_PARTICIPATION_CONFIRMED: "told with its points",
    names.ACTIVITY_PARTICIPATION_CORRECTED: "told with its points",
}
