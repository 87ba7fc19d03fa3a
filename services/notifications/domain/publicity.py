"""The table's rows for publicity: who reviews, agrees, places, and sees to what failed."""

from __future__ import annotations

from services.notifications.domain.recipients import Payload
from services.notifications.domain.rows import (
    LEADERS,
    Close,
    Open,
    Reaction,
    Tell,
    acting_as,
    closed,
    final,
    only,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names
from shared.contracts.recipients import account_key, member_key

T = TodoKind
EDITORS = acting_as("OFFICE", "INFO_EDITOR")
REVIEWS = (T.CONTENT_FIRST_REVIEW, T.CONTENT_SECOND_REVIEW, T.CONTENT_FINAL_REVIEW)


def writer(data: Payload) -> list[str]:
    return [account_key(data["writer"])]


def shown(data: Payload) -> list[str]:
    """The members whom it shows and who have not agreed yet."""
    return [member_key(id) for id in data["members"]]


def that_member(data: Payload) -> list[str]:
    return [member_key(data["member_id"])]


def guests(data: Payload) -> list[str]:
    return [member_key(id) for id in data["guests"]]


def second(data: Payload) -> bool:
    return bool(data["step"] == "REVIEW_2")


def third(data: Payload) -> bool:
    return bool(data["step"] == "REVIEW_3")


def refused(data: Payload) -> bool:
    return not data["agreed"]


PUBLICITY: dict[str, Reaction] = {
    names.CONTENT_SUBMITTED: Reaction(
        opens=(Open(T.CONTENT_FIRST_REVIEW, EDITORS), Open(T.CONTENT_CONSENT, shown))
    ),
    names.CONTENT_REVIEW_PASSED: Reaction(
        opens=(
            Open(T.CONTENT_SECOND_REVIEW, only(EDITORS, second)),
            Open(T.CONTENT_FINAL_REVIEW, only(LEADERS, third)),
        ),
        closes=closed(T.CONTENT_FIRST_REVIEW, T.CONTENT_SECOND_REVIEW),
    ),
    names.CONTENT_RETURNED: Reaction(
        (Tell("CONTENT_RETURNED", writer),), closes=closed(*REVIEWS, T.CONTENT_CONSENT)
    ),
    names.CONTENT_APPROVED: Reaction(
        (Tell("CONTENT_APPROVED", writer),),
        opens=(Open(T.CONTENT_PLACING, EDITORS),),
        closes=closed(T.CONTENT_FINAL_REVIEW),
    ),
    names.CONTENT_CONSENT_DECIDED: Reaction(
        (Tell("CONTENT_CONSENT_REFUSED", writer, refused),),
        closes=(Close(T.CONTENT_CONSENT, that_member),),
    ),
    names.CONTENT_QUEUED: Reaction(closes=closed(T.CONTENT_PLACING, T.CONTENT_FAILURE)),
    names.CONTENT_PUBLISHED: Reaction((Tell("CONTENT_PUBLISHED", writer),)),
    names.CONTENT_PUBLISH_FAILED: Reaction(opens=(Open(T.CONTENT_FAILURE, only(EDITORS, final)),)),
    names.CONTENT_CORRECTED: Reaction((Tell("CONTENT_CORRECTED", writer),)),
    names.CONTENT_TAKEN_DOWN: Reaction(
        (Tell("CONTENT_TAKEN_DOWN", writer),), closes=closed(T.CONTENT_FAILURE)
    ),
    names.INTERVIEW_PLANNED: Reaction((Tell("INTERVIEW_PLANNED", guests),)),
    names.INTERVIEW_AIRED: Reaction((Tell("INTERVIEW_AIRED", guests),)),
}
# Events that concern nobody's inbox, each for a reason.
SILENT_PUBLICITY = {
    names.INTERVIEW_RECORDED: "those who spoke were there",
    names.HISTORY_ACCEPTED: "told with its points",
    names.HISTORY_REVOKED: "told with its points",
    names.PUBLICITY_MODEL_PUBLISHED: "told with its points",
    names.PUBLICITY_MODEL_REVOKED: "told with its points",
}
