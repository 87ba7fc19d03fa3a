"""The table's rows for supervision: who approves, signs, rectifies, verifies, reports, rates."""

from __future__ import annotations

from collections.abc import Callable

from services.notifications.domain.recipients import Payload
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

T = TodoKind
# What a supervision waits for → its to-do.
STEPS = {
    "APPROVAL": T.SUPERVISION_APPROVAL,
    "SIGNATURE": T.SUPERVISION_SIGNATURE,
    "FEEDBACK": T.SUPERVISION_FEEDBACK,
    "RECHECK": T.SUPERVISION_RECHECK,
    "PARTY_REPORT": T.SUPERVISION_PARTY_REPORT,
}


def organiser(data: Payload) -> list[str]:
    """The committee, or the town, that runs it."""
    return [organisation_key(data["organiser"])]


def team(data: Payload) -> list[str]:
    return [member_key(id) for id in data["team"]]


def officers_of(units: list[str]) -> list[str]:
    return [role_key("UNIT_OFFICER", {"unit": unit}) for unit in units]


def units(data: Payload) -> list[str]:
    return officers_of(data["units"])


def missing(data: Payload) -> list[str]:
    """The units that have still to feed back."""
    return officers_of(data["missing"])


def asked(data: Payload) -> list[str]:
    """The units that the opinion asks something of."""
    return officers_of(sorted({item["unit"] for item in data["items"]}))


def officer(data: Payload) -> list[str]:
    return officers_of([data["unit"]]) if data.get("unit") else []


def former(data: Payload) -> list[str]:
    return officers_of([data["former"]])


def finder(data: Payload) -> list[str]:
    return [member_key(data["found_by"])] if data["found_by"] else []


def that_supervisor(data: Payload) -> list[str]:
    if data["member_id"]:
        return [member_key(data["member_id"])]
    return [account_key(data["account"])] if data["account"] else []


def nominator(data: Payload) -> list[str]:
    own = data["nominated_for"]
    return OFFICE(data) if own == "office-general" else [organisation_key(own)]


def supervisors(data: Payload) -> list[str]:
    return [member_key(id) for id in data["supervisors"]]


def asker(data: Payload) -> list[str]:
    return [member_key(data["asked_by"])]


def late_units(data: Payload) -> list[str]:
    return officers_of(data["missing_units"])


def waits(*steps: str) -> Callable[[Payload], bool]:
    return lambda data: data["step"] in steps


def complete(data: Payload) -> bool:
    return bool(data["complete"])


def passed(data: Payload) -> bool:
    return bool(data["passed"])


def again(data: Payload) -> bool:
    return not data["passed"] and not data["last"]


def failed(data: Payload) -> bool:
    return bool(data["last"]) and not data["passed"]


def of_unit(data: Payload) -> bool:
    return bool(data["side"] == "unit")


ALL = tuple(STEPS.values())
SUPERVISION: dict[str, Reaction] = {
    names.SUPERVISION_SUBMITTED: Reaction(
        opens=(Open(T.SUPERVISION_APPROVAL, LEADERS, "decide_by"),)
    ),
    names.SUPERVISION_APPROVED: Reaction(
        (Tell("SUPERVISION_APPROVED", organiser),), closes=closed(T.SUPERVISION_APPROVAL)
    ),
    names.SUPERVISION_RETURNED: Reaction(
        (Tell("SUPERVISION_RETURNED", organiser),), closes=closed(T.SUPERVISION_APPROVAL)
    ),
    names.SUPERVISION_CANCELLED: Reaction(
        (Tell("SUPERVISION_CANCELLED", team), Tell("SUPERVISION_CANCELLED", organiser)),
        closes=closed(T.SUPERVISION_APPROVAL, T.SUPERVISION_SIGNATURE),
    ),
    names.SUPERVISION_TEAM_FORMED: Reaction((Tell("SUPERVISION_TEAM", team),)),
    names.SUPERVISION_OPINION_SENT: Reaction(
        opens=(Open(T.SUPERVISION_SIGNATURE, LEADERS, "decide_by"),)
    ),
    names.SUPERVISION_OPINION_RETURNED: Reaction(
        (Tell("SUPERVISION_OPINION_RETURNED", organiser),),
        closes=closed(T.SUPERVISION_SIGNATURE),
    ),
    names.SUPERVISION_OPINION_SIGNED: Reaction(
        (Tell("SUPERVISION_OPINION_SIGNED", organiser),), closes=closed(T.SUPERVISION_SIGNATURE)
    ),
    names.SUPERVISION_OPINION_ISSUED: Reaction(
        (
            Tell("SUPERVISION_OPINION_RECEIVED", asked),
            Tell("SUPERVISION_OPINION_ISSUED", team),
        ),
        opens=(Open(T.SUPERVISION_FEEDBACK, asked, "due_at"),),
    ),
    names.SUPERVISION_ANSWERED: Reaction((Tell("SUPERVISION_ANSWERED", organiser),)),
    names.SUPERVISION_FED_BACK: Reaction(
        (Tell("SUPERVISION_FED_BACK", team), Tell("SUPERVISION_FED_BACK", organiser)),
        opens=(Open(T.SUPERVISION_RECHECK, only(team, complete), "due_at"),),
        closes=(Close(T.SUPERVISION_FEEDBACK, officer),),
    ),
    names.SUPERVISION_RECHECKED: Reaction(
        (
            Tell("SUPERVISION_PASSED", units, passed),
            Tell("SUPERVISION_PASSED", organiser, passed),
            Tell("SUPERVISION_AGAIN", missing, again),
            Tell("SUPERVISION_FAILED", organiser, failed),
        ),
        opens=(
            Open(T.SUPERVISION_FEEDBACK, only(missing, again), "due_at"),
            Open(T.SUPERVISION_PARTY_REPORT, only(LEADERS, failed), "due_at"),
            Open(T.SUPERVISION_CLOSING, only(organiser, passed)),
        ),
        closes=closed(T.SUPERVISION_RECHECK),
    ),
    names.SUPERVISION_REPORTED: Reaction(
        (Tell("SUPERVISION_REPORTED", organiser),), closes=closed(T.SUPERVISION_PARTY_REPORT)
    ),
    names.SUPERVISION_CLOSED: Reaction(
        (Tell("SUPERVISION_CLOSED", team), Tell("SUPERVISION_CLOSED", units)),
        closes=closed(*ALL, T.SUPERVISION_CLOSING),
    ),
    names.SUPERVISION_REMINDER_DUE: Reaction(
        (
            Tell("SUPERVISION_DUE", missing, waits("FEEDBACK")),
            Tell("SUPERVISION_DUE", team, waits("RECHECK")),
            Tell("SUPERVISION_DUE", LEADERS, waits("APPROVAL", "SIGNATURE", "PARTY_REPORT")),
        )
    ),
    names.SUPERVISION_OVERDUE: Reaction(
        (
            Tell("SUPERVISION_LATE", missing, waits("FEEDBACK")),
            Tell("SUPERVISION_LATE", team, waits("RECHECK")),
            Tell("SUPERVISION_LATE", LEADERS, waits("APPROVAL", "SIGNATURE", "PARTY_REPORT")),
            Tell("SUPERVISION_LATE", organiser),
        )
    ),
    names.SUPERVISION_UNIT_CHANGED: Reaction(
        (Tell("SUPERVISION_UNIT_CHANGED", officer),),
        opens=(
            Open(
                T.SUPERVISION_FEEDBACK,
                only(officer, lambda data: data["due_at"] is not None),
                "due_at",
            ),
        ),
        closes=(Close(T.SUPERVISION_FEEDBACK, former),),
    ),
    names.SUPERVISION_REPORT_SUBMITTED: Reaction(
        opens=(Open(T.SUPERVISION_REPORT_DECISION, LEADERS),)
    ),
    names.SUPERVISION_REPORT_RETURNED: Reaction(
        (Tell("SUPERVISION_REPORT_RETURNED", team),), closes=closed(T.SUPERVISION_REPORT_DECISION)
    ),
    names.REPORT_ACCEPTED: Reaction(closes=closed(T.SUPERVISION_REPORT_DECISION)),
    names.FINDING_OPENED: Reaction(opens=(Open(T.FINDING_CONFIRMATION, organiser),)),
    names.FINDING_CONFIRMED: Reaction(
        opens=(Open(T.FINDING_ASSIGNMENT, organiser),), closes=closed(T.FINDING_CONFIRMATION)
    ),
    names.FINDING_DROPPED: Reaction(
        (Tell("FINDING_DROPPED", finder),), closes=closed(T.FINDING_CONFIRMATION)
    ),
    names.FINDING_ASSIGNED: Reaction(
        (Tell("FINDING_ASSIGNED", officer),),
        opens=(Open(T.FINDING_RECTIFICATION, officer, "due_at"),),
        closes=closed(T.FINDING_ASSIGNMENT),
    ),
    names.FINDING_RECTIFIED: Reaction(
        (Tell("FINDING_RECTIFIED", finder),),
        opens=(Open(T.FINDING_VERIFICATION, finder),),
        closes=closed(T.FINDING_RECTIFICATION),
    ),
    names.FINDING_VERIFIED: Reaction(
        (Tell("FINDING_VERIFIED", officer),), closes=closed(T.FINDING_VERIFICATION)
    ),
    names.FINDING_REOPENED: Reaction(
        (Tell("FINDING_REOPENED", officer),),
        opens=(Open(T.FINDING_RECTIFICATION, officer, "due_at"),),
        closes=closed(T.FINDING_VERIFICATION),
    ),
    names.FINDING_REMINDER_DUE: Reaction((Tell("FINDING_DUE", officer),)),
    names.FINDING_OVERDUE: Reaction(
        (Tell("FINDING_LATE", officer), Tell("FINDING_LATE", organiser))
    ),
    names.FINDING_UNIT_CHANGED: Reaction(
        (Tell("FINDING_ASSIGNED", officer),),
        opens=(Open(T.FINDING_RECTIFICATION, officer, "due_at"),),
        closes=(Close(T.FINDING_RECTIFICATION, former),),
    ),
    names.SUPERVISOR_NOMINATED: Reaction(
        opens=(Open(T.SUPERVISOR_DECISION, LEADERS, "decide_by"),)
    ),
    names.SUPERVISOR_REFUSED: Reaction(
        (Tell("SUPERVISOR_REFUSED", nominator),), closes=closed(T.SUPERVISOR_DECISION)
    ),
    names.SUPERVISOR_APPOINTED: Reaction(
        (Tell("SUPERVISOR_APPOINTED", that_supervisor), Tell("SUPERVISOR_SETTLED", nominator)),
        closes=closed(T.SUPERVISOR_DECISION),
    ),
    names.SUPERVISOR_ASSIGNED: Reaction((Tell("SUPERVISOR_ASSIGNED", that_supervisor),)),
    names.SUPERVISOR_ENDED: Reaction((Tell("SUPERVISOR_ENDED", that_supervisor),)),
    names.DEBRIEFING_PLANNED: Reaction(
        opens=(
            Open(T.DEBRIEFING_REPORT, units, "report_by"),
            Open(T.DEBRIEFING_REPORT, supervisors, "report_by"),
        )
    ),
    names.DEBRIEFING_REPORTED: Reaction(
        (Tell("DEBRIEFING_COMPLETE", organiser, complete),),
        closes=(
            Close(T.DEBRIEFING_REPORT, only(lambda data: officers_of([data["of"]]), of_unit)),
            Close(T.DEBRIEFING_REPORT, only(supervisors, complete)),
        ),
    ),
    names.DEBRIEFING_ASKED: Reaction((Tell("DEBRIEFING_ASKED", officer),)),
    names.DEBRIEFING_ANSWERED: Reaction((Tell("DEBRIEFING_ANSWERED", asker),)),
    names.DEBRIEFING_HELD: Reaction(closes=closed(T.DEBRIEFING_REPORT)),
    names.DEBRIEFING_RATED: Reaction(
        (Tell("DEBRIEFING_RATED", units), Tell("DEBRIEFING_RATED", supervisors))
    ),
    names.DEBRIEFING_REMINDER_DUE: Reaction((Tell("DEBRIEFING_DUE", late_units),)),
}
# Events that concern nobody's inbox, each for a reason.
SILENT_SUPERVISION = {
    names.SUPERVISION_FILES_CHANGED: "files are seen with their record",
    names.SUPERVISION_INSPECTION_PLANNED: "told with the notice of its meeting",
    names.DEBRIEFING_CLOSED: "its result was told with the ratings",
    names.REPORT_REVOKED: "told with the points that are undone",
}
