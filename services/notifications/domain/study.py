"""The table's rows for study: plan, classes, certificates, materials, papers, questions."""

from __future__ import annotations

from services.notifications.domain.recipients import Payload, that_member
from services.notifications.domain.rows import (
    LEADERS,
    MEMBERS,
    OFFICE,
    Open,
    Reaction,
    Tell,
    closed,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names
from shared.contracts.recipients import account_key, member_key, organisation_key, role_key

GENERAL_OFFICE = "office-general"


def those_members(data: Payload) -> list[str]:
    return [member_key(id) for id in data["members"]]


def those_again(data: Payload) -> list[str]:
    """Who did not complete an earlier class."""
    return [member_key(id) for id in data.get("again", ())]


def paper_authors(data: Payload) -> list[str]:
    return [member_key(id) for id in data["authors"]]


def material_author(data: Payload) -> list[str]:
    return [account_key(data["author"])]


def reviewers(data: Payload) -> list[str]:
    """Whoever acts for the organiser; the office for its own."""
    organiser = data["organiser"]
    own = organiser == GENERAL_OFFICE
    return [role_key("OFFICE", {}) if own else organisation_key(organiser)]


def that_department(data: Payload) -> list[str]:
    return [role_key("UNIT_OFFICER", {"unit": data["unit"]})]


def plan_approved(data: Payload) -> bool:
    return bool(data["approved"])


def plan_returned(data: Payload) -> bool:
    return not data["approved"]


STUDY: dict[str, Reaction] = {
    names.STUDY_PLAN_PROPOSED: Reaction(
        opens=(Open(TodoKind.STUDY_PLAN_DECISION, LEADERS, "decide_by"),)
    ),
    names.STUDY_PLAN_DECIDED: Reaction(
        (
            *(Tell("STUDY_PLAN_APPROVED", to, plan_approved) for to in (*MEMBERS, OFFICE)),
            Tell("STUDY_PLAN_RETURNED", OFFICE, plan_returned),
        ),
        closes=closed(TodoKind.STUDY_PLAN_DECISION),
    ),
    names.STUDY_CLASS_OPENED: Reaction(
        (
            Tell("CLASS_AGAIN", those_again),
            *(Tell("CLASS_OPENED", to) for to in MEMBERS),
        )
    ),
    names.STUDY_CLASS_MISSED: Reaction((Tell("CLASS_MISSED", those_members),)),
    names.STUDY_CLASS_CANCELLED: Reaction((Tell("CLASS_CANCELLED", those_members),)),
    names.STUDY_PLACE_GIVEN: Reaction((Tell("PLACE_GIVEN", that_member),), part="member_id"),
    names.STUDY_CERTIFICATE_ISSUED: Reaction(
        (Tell("CERTIFICATE_ISSUED", that_member),), part="member_id"
    ),
    names.STUDY_CERTIFICATE_REVOKED: Reaction(
        (Tell("CERTIFICATE_REVOKED", that_member),), part="member_id"
    ),
    names.STUDY_PAPER_SUBMITTED: Reaction(
        opens=(Open(TodoKind.PAPER_DECISION, OFFICE, "decide_by"),)
    ),
    names.STUDY_PAPER_ACCEPTED: Reaction(
        (Tell("PAPER_ACCEPTED", paper_authors),), closes=closed(TodoKind.PAPER_DECISION)
    ),
    names.STUDY_PAPER_DECLINED: Reaction(
        (Tell("PAPER_DECLINED", paper_authors),), closes=closed(TodoKind.PAPER_DECISION)
    ),
    names.STUDY_PAPER_REVOKED: Reaction((Tell("PAPER_REVOKED", paper_authors),)),
    names.MATERIAL_SENT_FOR_REVIEW: Reaction(
        opens=(Open(TodoKind.MATERIAL_REVIEW, reviewers, "decide_by"),)
    ),
    names.MATERIAL_RETURNED: Reaction(
        (Tell("MATERIAL_RETURNED", material_author),), closes=closed(TodoKind.MATERIAL_REVIEW)
    ),
    names.MATERIAL_ISSUED: Reaction(
        tuple(Tell("MATERIAL_ISSUED", to) for to in MEMBERS),
        closes=closed(TodoKind.MATERIAL_REVIEW),
    ),
    names.MATERIAL_RECALLED: Reaction(tuple(Tell("MATERIAL_RECALLED", to) for to in MEMBERS)),
    names.STUDY_QUESTION_ASKED: Reaction(
        opens=(Open(TodoKind.DEPARTMENT_ANSWER, that_department),)
    ),
    names.STUDY_QUESTION_ANSWERED: Reaction(
        (Tell("QUESTION_ANSWERED", that_member),), closes=closed(TodoKind.DEPARTMENT_ANSWER)
    ),
}
