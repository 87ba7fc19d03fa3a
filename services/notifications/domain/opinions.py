"""The table's rows for opinions: every author is told each step without asking (10.6)."""

from __future__ import annotations

from collections.abc import Callable

from services.notifications.domain.recipients import Payload, acting_as, that_officer
from services.notifications.domain.rows import (
    LEADERS,
    Close,
    Open,
    Reaction,
    Tell,
    closed,
    only,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names
from shared.contracts.recipients import (
    SUPERVISING,
    account_key,
    member_key,
    organisation_key,
    role_key,
)

K = TodoKind
EDITORS = acting_as("INFO_EDITOR")


def reporters(data: Payload) -> list[str]:
    """Whoever reported it: members, organisations, else the account that wrote it in."""
    account = data.get("account")
    return [
        *map(member_key, data["authors"]),
        *map(organisation_key, data.get("organisations", ())),
        *([account_key(account)] if account else []),
    ]


def writers(data: Payload) -> list[str]:
    """Whoever may change it: its organisation, else the first of its authors."""
    authors = [] if data.get("organisations") else data["authors"][:1]
    return reporters({**data, "authors": authors})


def their_offices(data: Payload) -> list[str]:
    """The supervising offices of the leaders who have it; the editors while none has."""
    sides = data.get("sides")
    return [role_key(SUPERVISING, {"side": s}) for s in sides] if sides else EDITORS(data)


def former_officer(data: Payload) -> list[str]:
    former = data.get("former")
    return [role_key("UNIT_OFFICER", {"unit": former})] if former else []


def urgent(data: Payload) -> bool:
    return bool(data.get("urgent"))


def itself(data: Payload) -> bool:
    """Not used in another, with which it goes from here on."""
    return bool(data.get("lead") in (None, data["opinion_id"]))


def complete(data: Payload) -> bool:
    return bool(data.get("complete", True))


def selected(data: Payload) -> bool:
    return bool(data["selected"])


def taken_back(data: Payload) -> bool:
    return bool(data["revoked"])


def not_selected(data: Payload) -> bool:
    return not data["selected"] and not data["revoked"]


def about(*limits: str) -> Callable[[Payload], bool]:
    return lambda data: data["about"] in limits


def told(template: str) -> tuple[Tell, ...]:
    return (Tell(template, reporters),)


BEING_EDITED = closed(K.OPINION_EDIT, K.OPINION_SIGN)
AGAIN = (Open(K.OPINION_EDIT, EDITORS, "edit_due_at"),)
OPINIONS: dict[str, Reaction] = {
    names.OPINION_DRAFTED: Reaction(
        told("OPINION_DRAFTED"), opens=(Open(K.OPINION_DRAFT, writers),)
    ),
    names.OPINION_DISCARDED: Reaction(closes=closed(K.OPINION_DRAFT)),
    names.OPINION_SUBMITTED: Reaction(
        (*told("OPINION_SUBMITTED"), Tell("OPINION_URGENT", EDITORS, urgent)),
        opens=AGAIN,
        closes=closed(K.OPINION_DRAFT, K.OPINION_REVISION),
    ),
    names.OPINION_WITHDRAWN: Reaction(
        (*told("OPINION_WITHDRAWN"), Tell("OPINION_WITHDRAWN", EDITORS)),
        closes=(*BEING_EDITED, *closed(K.OPINION_REVISION)),
    ),
    names.OPINION_EDITING_STARTED: Reaction(told("OPINION_EDITING_STARTED"), opens=AGAIN),
    names.OPINION_EDITED: Reaction(
        told("OPINION_EDITED"),
        opens=(Open(K.OPINION_SIGN, LEADERS, "sign_due_at"),),
        closes=closed(K.OPINION_EDIT),
    ),
    names.OPINION_EDITION_RETURNED: Reaction(
        (Tell("OPINION_EDITION_RETURNED", EDITORS),),
        opens=AGAIN,
        closes=closed(K.OPINION_SIGN),
    ),
    names.OPINION_RETURNED: Reaction(
        told("OPINION_RETURNED"),
        opens=(Open(K.OPINION_REVISION, writers, "resubmit_by"),),
        closes=BEING_EDITED,
    ),
    names.OPINION_RETAINED: Reaction(told("OPINION_RETAINED"), closes=BEING_EDITED),
    names.OPINION_COMBINED: Reaction(told("OPINION_COMBINED"), closes=BEING_EDITED),
    names.OPINION_SEPARATED: Reaction(told("OPINION_SEPARATED"), opens=AGAIN),
    names.OPINION_ISSUED: Reaction(
        told("OPINION_ISSUED"),
        opens=(Open(K.OPINION_DELIVERY, only(EDITORS, itself), "deliver_due_at"),),
        closes=BEING_EDITED,
    ),
    names.OPINION_ISSUE_REVOKED: Reaction(
        told("OPINION_ISSUE_REVOKED"),
        opens=(Open(K.OPINION_EDIT, only(EDITORS, itself), "edit_due_at"),),
        closes=closed(K.OPINION_DELIVERY),
    ),
    names.OPINION_DELIVERED: Reaction(
        told("OPINION_DELIVERED"),
        opens=(Open(K.OPINION_RECEIPT, their_offices),),
        closes=closed(K.OPINION_DELIVERY),
    ),
    names.OPINION_RECEIVED: Reaction(
        told("OPINION_RECEIVED"), closes=(Close(K.OPINION_RECEIPT, their_offices),)
    ),
    names.OPINION_SENT_UP: Reaction(told("OPINION_SENT_UP"), closes=closed(K.OPINION_DELIVERY)),
    names.OPINION_ADOPTED: Reaction(told("OPINION_ADOPTED")),
    names.OPINION_ADOPTION_REVOKED: Reaction(told("OPINION_ADOPTION_REVOKED")),
    names.OPINION_INSTRUCTED: Reaction(
        (*told("OPINION_INSTRUCTED"), Tell("OPINION_INSTRUCTED_EDITORS", EDITORS)),
        opens=(Open(K.OPINION_REFERRAL, their_offices),),
    ),
    names.OPINION_INSTRUCTION_REVOKED: Reaction(
        told("OPINION_INSTRUCTION_REVOKED"), closes=closed(K.OPINION_REFERRAL)
    ),
    names.OPINION_REFERRED: Reaction(
        (*told("OPINION_REFERRED"), Tell("OPINION_REFERRED_TO_YOU", that_officer)),
        opens=(Open(K.OPINION_RESULT, that_officer, "due_on"),),
        closes=(
            *closed(K.OPINION_REFERRAL, K.OPINION_CLOSING),
            Close(K.OPINION_RESULT, former_officer),
        ),
    ),
    names.OPINION_REFERRAL_DECLINED: Reaction(
        (
            Tell("OPINION_REFERRAL_DECLINED", their_offices),
            Tell("OPINION_REFERRAL_DECLINED", EDITORS),
        ),
        opens=(Open(K.OPINION_REFERRAL, their_offices),),
        closes=(Close(K.OPINION_RESULT, that_officer),),
    ),
    names.OPINION_RESULT_GIVEN: Reaction(
        (*told("OPINION_RESULT_GIVEN"), Tell("OPINION_RESULT_FOR_OFFICES", their_offices)),
        opens=(Open(K.OPINION_CLOSING, only(EDITORS, complete)),),
        closes=(Close(K.OPINION_RESULT, that_officer),),
    ),
    names.OPINION_CLOSED: Reaction(
        told("OPINION_CLOSED"), closes=closed(K.OPINION_CLOSING, K.OPINION_REFERRAL)
    ),
    names.OPINION_GOOD_NOMINATED: Reaction(
        opens=(Open(K.GOOD_OPINION_DECISION, LEADERS, "decide_by"),)
    ),
    names.OPINION_GOOD_DECIDED: Reaction(
        (
            Tell("GOOD_OPINION_SELECTED", reporters, selected),
            Tell("GOOD_OPINION_TAKEN_BACK", reporters, taken_back),
            Tell("GOOD_OPINION_NOT_SELECTED", EDITORS, not_selected),
        ),
        closes=closed(K.GOOD_OPINION_DECISION),
    ),
    names.OPINION_REMINDER_DUE: Reaction(
        (
            Tell("OPINION_DUE", EDITORS, about("EDIT", "DELIVER", "INFORM", "FOLLOW")),
            Tell("OPINION_DUE", LEADERS, about("SIGN", "GOOD")),
            Tell("OPINION_REVISION_DUE", writers, about("RESUBMIT")),
            Tell("OPINION_RESULT_DUE", only(that_officer, about("RESULT"))),
        ),
        part="alarm",
    ),
    names.OPINION_OVERDUE: Reaction(
        (
            Tell("OPINION_LATE", EDITORS, about("EDIT", "SIGN", "DELIVER", "INFORM", "FOLLOW")),
            Tell("OPINION_LATE", LEADERS, about("EDIT", "SIGN", "DELIVER", "INFORM", "GOOD")),
            Tell("OPINION_REVISION_LATE", writers, about("RESUBMIT")),
            Tell("OPINION_RESULT_LATE", only(that_officer, about("RESULT"))),
            Tell("OPINION_RESULT_LATE_WATCHED", acting_as(SUPERVISING), about("RESULT")),
            Tell("OPINION_RESULT_LATE_WATCHED", EDITORS, about("RESULT")),
        ),
        part="alarm",
    ),
}
SILENT_OPINIONS = {names.OPINION_FILES_CHANGED: "files are seen with their record"}
