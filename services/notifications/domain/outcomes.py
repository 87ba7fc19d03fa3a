"""The table's rows for outcomes: who refers, answers, carries out, verifies, tracks.

Of a promise the proposals service tells its people, and of an SCPO item up to its answer the
opinions service: here only what is done here.
"""

from __future__ import annotations

from services.notifications.domain.recipients import (
    Payload,
    any_supervising,
    authors,
    former_officer,
    supervising,
    that_officer,
)
from services.notifications.domain.rows import (
    Close,
    Open,
    Reaction,
    Tell,
    accepted,
    closed,
    is_in,
    only,
    refused,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names
from shared.contracts.recipients import organisation_key, role_key

GENERAL_OFFICE = "office-general"
OF_PROPOSALS = ("KEY_PROPOSAL", "COMMITMENT")
ANSWERING = ("SENT", "INSTRUCTED", "REFERRED")
CARRYING_OUT = ("ADOPTED", "PARTLY_ADOPTED", "IMPLEMENTING")
JUDGING = ("NOT_ADOPTED", "IMPLEMENTED")
T = TodoKind


def keeper(data: Payload) -> list[str]:
    """Who sends, verifies and closes: the committee, the office, the proposal committee."""
    if data.get("source") in OF_PROPOSALS:
        return [role_key("PROPOSAL_STAFF", {})]
    organiser = data["organiser"]
    own = organiser == GENERAL_OFFICE
    return [role_key("OFFICE", {}) if own else organisation_key(organiser)]


def office(_: Payload) -> list[str]:
    return [role_key("OFFICE", {})]


def complete(data: Payload) -> bool:
    return bool(data["complete"])


def officer(data: Payload) -> list[str]:
    """Of the unit that is to carry it out, where there is one yet."""
    return that_officer(data) if data.get("unit") else []


def told_here(data: Payload) -> bool:
    return data.get("source") != "COMMITMENT"


def answered_here(data: Payload) -> bool:
    return data.get("source") not in ("COMMITMENT", "SCPO")


def without_items(data: Payload) -> bool:
    return not data["items"]


def first_sent(data: Payload) -> bool:
    return answered_here(data) and data["state"] == "SENT"


OUTCOMES: dict[str, Reaction] = {
    names.OUTCOME_OPENED: Reaction(opens=(Open(T.OUTCOME_ITEMS, only(keeper, without_items)),)),
    names.OUTCOME_CLOSED: Reaction((Tell("OUTCOME_CLOSED", authors, told_here),)),
    names.OUTCOME_CONVERTED: Reaction((Tell("OUTCOME_CONVERTED", authors),), part="conversion_no"),
    names.OUTCOME_INSTRUCTED: Reaction((Tell("OUTCOME_INSTRUCTED", authors),)),
    names.OUTCOME_INSTRUCTION_REVOKED: Reaction((Tell("OUTCOME_INSTRUCTION_REVOKED", authors),)),
    names.OUTCOME_ITEM_SENT: Reaction(
        (Tell("OUTCOME_SENT", authors, first_sent),),
        opens=(Open(T.OUTCOME_REFERRAL, only(supervising, first_sent), "due_at"),),
        closes=closed(T.OUTCOME_ITEMS),
    ),
    names.OUTCOME_ITEM_REFERRED: Reaction(
        (
            Tell("OUTCOME_REFERRED", officer, answered_here),
            Tell("OUTCOME_REFERRED_ON", authors, answered_here),
        ),
        opens=(Open(T.OUTCOME_ANSWER, only(supervising, answered_here), "due_at"),),
        closes=(Close(T.OUTCOME_REFERRAL, any_supervising),),
    ),
    names.OUTCOME_ITEM_ADOPTED: Reaction(
        (Tell("OUTCOME_ADOPTED", authors, answered_here),),
        opens=(Open(T.OUTCOME_PROGRESS, officer, "due_at"),),
        closes=closed(T.OUTCOME_REFERRAL, T.OUTCOME_ANSWER, T.OUTCOME_INSPECTION),
    ),
    names.OUTCOME_ITEM_NOT_ADOPTED: Reaction(
        (Tell("OUTCOME_NOT_ADOPTED", authors, answered_here),),
        opens=(Open(T.OUTCOME_REASON, keeper, "due_at"),),
        closes=closed(T.OUTCOME_REFERRAL, T.OUTCOME_ANSWER, T.OUTCOME_INSPECTION),
    ),
    names.OUTCOME_ITEM_REASON_DECIDED: Reaction(
        (
            Tell("OUTCOME_REASON_ACCEPTED", authors, accepted),
            Tell("OUTCOME_REASON_REFUSED", supervising, refused),
        ),
        opens=(Open(T.OUTCOME_ANSWER, only(supervising, refused), "due_at"),),
        closes=closed(T.OUTCOME_REASON),
    ),
    names.OUTCOME_ITEM_PROGRESSED: Reaction(
        (Tell("OUTCOME_PROGRESSED", keeper),), closes=closed(T.OUTCOME_INSPECTION)
    ),
    names.OUTCOME_ITEM_IMPLEMENTED: Reaction(
        opens=(Open(T.OUTCOME_VERIFICATION, keeper, "due_at"),),
        closes=closed(T.OUTCOME_PROGRESS, T.OUTCOME_INSPECTION),
    ),
    names.OUTCOME_ITEM_VERIFICATION_REFUSED: Reaction(
        (Tell("OUTCOME_NOT_VERIFIED", officer),),
        opens=(Open(T.OUTCOME_PROGRESS, officer, "due_at"),),
        closes=closed(T.OUTCOME_VERIFICATION),
    ),
    names.OUTCOME_ITEM_VERIFIED: Reaction(
        (Tell("OUTCOME_VERIFIED", authors, told_here),),
        opens=(Open(T.OUTCOME_CLOSING, keeper),),
        closes=closed(
            T.OUTCOME_PROGRESS, T.OUTCOME_VERIFICATION, T.OUTCOME_INSPECTION, T.OUTCOME_TRACKING
        ),
    ),
    names.OUTCOME_ITEM_REOPENED: Reaction(
        (
            Tell("OUTCOME_REOPENED", officer, told_here),
            Tell("OUTCOME_REOPENED", authors, told_here),
        ),
        opens=(
            Open(T.OUTCOME_PROGRESS, only(officer, is_in("IMPLEMENTING")), "due_at"),
            Open(T.OUTCOME_ANSWER, only(supervising, is_in("REFERRED")), "due_at"),
        ),
        closes=closed(T.OUTCOME_CLOSING, T.OUTCOME_VERIFICATION),
    ),
    names.OUTCOME_ITEM_TRACKED: Reaction(closes=closed(T.OUTCOME_TRACKING, T.OUTCOME_INSPECTION)),
    names.OUTCOME_ITEM_CLOSED: Reaction(
        closes=closed(
            T.OUTCOME_REFERRAL,
            T.OUTCOME_ANSWER,
            T.OUTCOME_REASON,
            T.OUTCOME_PROGRESS,
            T.OUTCOME_VERIFICATION,
            T.OUTCOME_CLOSING,
            T.OUTCOME_TRACKING,
            T.OUTCOME_INSPECTION,
        )
    ),
    names.OUTCOME_ITEM_OVERDUE: Reaction(
        (
            Tell("OUTCOME_OVERDUE", officer, told_here),
            Tell("OUTCOME_OVERDUE", supervising, answered_here),
        ),
        opens=(Open(T.OUTCOME_INSPECTION, keeper),),
    ),
    names.OUTCOME_ITEM_REMINDER_DUE: Reaction(
        (
            Tell("OUTCOME_DUE", only(supervising, answered_here), is_in(*ANSWERING)),
            Tell("OUTCOME_DUE", only(officer, told_here), is_in(*CARRYING_OUT)),
            Tell("OUTCOME_DUE", keeper, is_in(*JUDGING)),
        )
    ),
    names.OUTCOME_ITEM_UNIT_CHANGED: Reaction(
        (Tell("OUTCOME_UNIT_CHANGED", officer),),
        opens=(Open(T.OUTCOME_PROGRESS, only(officer, is_in(*CARRYING_OUT)), "due_at"),),
        closes=(Close(T.OUTCOME_PROGRESS, former_officer),),
    ),
    names.OUTCOME_SUMMARY_DUE: Reaction(opens=(Open(T.OUTCOME_SUMMARY, office, "due_at"),)),
    names.OUTCOME_SUMMARY_REMINDER_DUE: Reaction((Tell("OUTCOME_SUMMARY_DUE", office),)),
    names.OUTCOME_SUMMARY_SENT: Reaction(
        closes=(Close(T.OUTCOME_SUMMARY, only(office, complete)),)
    ),
    names.OUTCOME_TRACKING_DUE: Reaction(opens=(Open(T.OUTCOME_TRACKING, keeper, "due_at"),)),
}
# Events that concern nobody's inbox, each for a reason.
SILENT_OUTCOMES = {
    names.OUTCOME_ITEM_CARRIED_OVER: "seen in the file; what is asked of people is the tracking",
    names.OUTCOME_FILES_CHANGED: "files are seen with their record",
    names.DOSSIER_LINKED: "seen in the dossier",
    names.DOSSIER_UNLINKED: "seen in the dossier",
}
