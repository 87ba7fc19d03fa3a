"""The table's rows for liaison: contacts, activities, homes, joint conference, briefings."""

from __future__ import annotations

from services.notifications.domain.recipients import Payload, acting_as, that_member
from services.notifications.domain.rows import (
    LEADERS,
    MEMBERS,
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
from shared.contracts.recipients import member_key, organisation_key, role_key

GENERAL_OFFICE = "office-general"
EDITORS = acting_as("INFO_EDITOR")


def organisation(id: str) -> list[str]:
    """Whoever acts for it; the office for its own."""
    return [role_key("OFFICE", {}) if id == GENERAL_OFFICE else organisation_key(id)]


def led_and_leader(data: Payload) -> list[str]:
    return [member_key(data["member_id"]), member_key(data["leader_id"])]


def other_end(data: Payload) -> list[str]:
    """The end of the link that did not write the record; both where it is not said."""
    return [key for key in led_and_leader(data) if key != member_key(data.get("writer") or "")]


def organisers(data: Payload) -> list[str]:
    return [key for id in data["organisers"] for key in organisation(id)]


def that_committee(data: Payload) -> list[str]:
    return organisation(data["committee"])


def those_members(data: Payload) -> list[str]:
    return [member_key(id) for id in data["members"]]


def that_town(data: Payload) -> list[str]:
    return organisation(data["town"])


def that_owner(data: Payload) -> list[str]:
    return organisation(data["owner"])


def raiser(data: Payload) -> list[str]:
    return organisation(data["organisation"])


def those_organisations(data: Payload) -> list[str]:
    return [key for id in data["organisations"] for key in organisation(id)]


def forwarder(data: Payload) -> list[str]:
    return [member_key(data["by"])] if data["by"] else []


def approved(data: Payload) -> bool:
    return bool(data["approved"])


def sent_back(data: Payload) -> bool:
    return not data["approved"]


def an_opinion(data: Payload) -> bool:
    return bool(data["to"] == "OPINION")


def a_proposal_lead(data: Payload) -> bool:
    return bool(data["to"] == "PROPOSAL_LEAD")


def no_opinion(data: Payload) -> bool:
    return not an_opinion(data)


def that_organiser(data: Payload) -> list[str]:
    return organisation(data["organiser"])


def open_to_all(data: Payload) -> bool:
    return not data["groups"]


def missed(data: Payload) -> bool:
    return not data["took_part"]


def hosts(data: Payload) -> list[str]:
    """Whom the visitor met; the home's town where nobody was on duty."""
    return [member_key(id) for id in data["on_duty"]] or organisation(data["town"])


# An affair that a lead became is a to-do of its own.
TAKEN_UP = (
    Open(TodoKind.LEAD_ANSWER, only(EDITORS, an_opinion), "due_at"),
    Open(TodoKind.LEAD_ANSWER, only(OFFICE, a_proposal_lead), "due_at"),
)
LIAISON: dict[str, Reaction] = {
    names.CONTACT_LINKS_PROPOSED: Reaction(
        opens=(Open(TodoKind.LINKS_DECISION, LEADERS, "decide_by"),)
    ),
    names.CONTACT_LINKS_DECIDED: Reaction(
        (
            Tell("LINKS_APPROVED", OFFICE, approved),
            Tell("LINKS_SENT_BACK", OFFICE, sent_back),
        ),
        closes=closed(TodoKind.LINKS_DECISION),
    ),
    names.CONTACT_LINK_STARTED: Reaction((Tell("LINK_STARTED", led_and_leader),)),
    names.CONTACT_LINK_ENDED: Reaction((Tell("LINK_ENDED", led_and_leader),)),
    names.CONTACT_LINK_ORPHANED: Reaction(
        opens=(Open(TodoKind.ORPHAN_LINK, OFFICE, "due_at"),), part="occurrence_no"
    ),
    names.CONTACT_LINK_ORPHAN_OVERDUE: Reaction(
        (Tell("ORPHAN_OVERDUE", OFFICE), Tell("ORPHAN_OVERDUE", LEADERS)), part="occurrence_no"
    ),
    names.CONTACT_LINK_ORPHAN_CLOSED: Reaction(
        closes=closed(TodoKind.ORPHAN_LINK), part="occurrence_no"
    ),
    names.CONTACT_RECORDED: Reaction((Tell("LINK_CONTACTED", other_end),)),
    names.CONTACT_ISSUE_CONVERTED: Reaction(opens=TAKEN_UP),
    names.CONTACT_ISSUE_ANSWERED: Reaction(
        (Tell("ISSUE_ANSWERED", led_and_leader),), part="issue_no"
    ),
    names.CONTACT_ISSUE_CLOSED: Reaction((Tell("ISSUE_CLOSED", led_and_leader),), part="issue_no"),
    names.CONTACT_ISSUES_PASSED: Reaction((Tell("ISSUES_PASSED", led_and_leader),)),
    names.HOME_LEAD_CONVERTED: Reaction(
        opens=TAKEN_UP, closes=closed(TodoKind.VISITOR_MATTER), part="lead_id"
    ),
    names.HOME_RECEPTION_RECORDED: Reaction(opens=(Open(TodoKind.VISITOR_MATTER, hosts),)),
    names.HOME_RECEPTION_ANSWERED: Reaction(closes=closed(TodoKind.VISITOR_MATTER)),
    names.LEAD_REMINDER_DUE: Reaction(
        (Tell("LEAD_DUE", EDITORS, an_opinion), Tell("LEAD_DUE", OFFICE, no_opinion))
    ),
    names.INSTRUCTION_RECEIVED: Reaction(
        opens=(Open(TodoKind.INSTRUCTION_REPORT, that_organiser, "due_at"),)
    ),
    names.INSTRUCTION_REMINDER_DUE: Reaction((Tell("INSTRUCTION_DUE", that_organiser),)),
    names.INSTRUCTION_REPORTED: Reaction(closes=closed(TodoKind.INSTRUCTION_REPORT)),
    names.LEAD_ANSWERED: Reaction(
        (Tell("LEAD_ANSWERED", forwarder),), closes=closed(TodoKind.LEAD_ANSWER)
    ),
    names.ACTIVITY_APPLIED: Reaction(
        opens=(Open(TodoKind.ACTIVITY_DECISION, OFFICE, "decide_by"),),
        closes=closed(TodoKind.ACTIVITY_REVISION),
    ),
    names.ACTIVITY_RETURNED: Reaction(
        (Tell("ACTIVITY_RETURNED", organisers),),
        opens=(Open(TodoKind.ACTIVITY_REVISION, organisers),),
        closes=closed(TodoKind.ACTIVITY_DECISION),
    ),
    names.ACTIVITY_PUBLISHED: Reaction(
        (
            Tell("ACTIVITY_PUBLISHED", organisers),
            *(Tell("ACTIVITY_OPEN", to, open_to_all) for to in MEMBERS),
            Tell("ACTIVITY_OPEN", those_members),
        ),
        closes=closed(TodoKind.ACTIVITY_DECISION),
    ),
    names.ACTIVITY_MOVED: Reaction(
        (Tell("ACTIVITY_MOVED", those_members), Tell("ACTIVITY_MOVED", organisers))
    ),
    names.ACTIVITY_CANCELLED: Reaction(
        (Tell("ACTIVITY_CANCELLED", those_members),),
        closes=closed(
            TodoKind.ACTIVITY_DECISION,
            TodoKind.ACTIVITY_REVISION,
            TodoKind.ACTIVITY_HELP,
            TodoKind.ACTIVITY_COMPLETION,
        ),
    ),
    names.ACTIVITY_COMPLETION_DUE: Reaction(
        opens=(Open(TodoKind.ACTIVITY_COMPLETION, organisers),)
    ),
    names.ACTIVITY_CLOSED: Reaction(closes=closed(TodoKind.ACTIVITY_COMPLETION)),
    names.ACTIVITY_HELP_ASKED: Reaction(
        opens=(Open(TodoKind.ACTIVITY_HELP, that_committee, "held_at"),), part="help_no"
    ),
    names.ACTIVITY_HELP_ANSWERED: Reaction(
        (Tell("ACTIVITY_HELP_ANSWERED", organisers),),
        closes=(Close(TodoKind.ACTIVITY_HELP, that_committee),),
        part="help_no",
    ),
    names.HOME_DUTY_SET: Reaction((Tell("DUTY_SET", that_member),), part="member_id"),
    names.HOME_DUTY_CANCELLED: Reaction((Tell("DUTY_CANCELLED", that_member),), part="member_id"),
    names.HOME_DUTY_REMINDER_DUE: Reaction((Tell("DUTY_REMINDER", that_member),)),
    names.HOME_DUTY_VACATED: Reaction((Tell("DUTY_VACATED", that_town),)),
    names.HOME_DUTY_CONFIRMATION_DUE: Reaction(
        opens=(Open(TodoKind.HOME_DUTY_CONFIRMATION, that_town),)
    ),
    names.HOME_DUTY_CONFIRMED: Reaction(
        (Tell("DUTY_MISSED", that_member, missed),),
        closes=closed(TodoKind.HOME_DUTY_CONFIRMATION),
    ),
    names.HOME_BOOKED: Reaction(
        (Tell("VISIT_BOOKED", that_town),),
        opens=(Open(TodoKind.HOME_BOOKING, that_town, "held_at"),),
    ),
    names.HOME_BOOKING_ENDED: Reaction(closes=closed(TodoKind.HOME_BOOKING)),
    names.HOME_LEAD_LEFT: Reaction(
        (Tell("LEAD_LEFT", that_town),), opens=(Open(TodoKind.VISITOR_MATTER, that_town),)
    ),
    names.CONFERENCE_ITEM_RAISED: Reaction(
        opens=(Open(TodoKind.CONFERENCE_ITEM_ACCEPTANCE, OFFICE, "decide_by"),),
        closes=closed(TodoKind.CONFERENCE_ITEM_ANSWER),  # its owner is no more
    ),
    names.CONFERENCE_ITEM_ACCEPTED: Reaction(
        (Tell("ITEM_ACCEPTED", raiser),),
        opens=(Open(TodoKind.CONFERENCE_ITEM_ANSWER, that_owner, "due_at"),),
        closes=closed(TodoKind.CONFERENCE_ITEM_ACCEPTANCE),
    ),
    names.CONFERENCE_ITEM_ANSWERED: Reaction(
        (Tell("ITEM_ANSWERED", raiser),),
        opens=(Open(TodoKind.CONFERENCE_ITEM_CLOSING, raiser, "decide_by"),),
        closes=closed(TodoKind.CONFERENCE_ITEM_ANSWER),
    ),
    names.CONFERENCE_ITEM_CLOSED: Reaction(
        (Tell("ITEM_CLOSED", that_owner),), closes=closed(TodoKind.CONFERENCE_ITEM_CLOSING)
    ),
    names.CONFERENCE_ITEM_OVERDUE: Reaction(
        (Tell("ITEM_OVERDUE", that_owner), Tell("ITEM_OVERDUE", OFFICE))
    ),
    names.BRIEFING_SENT: Reaction(opens=(Open(TodoKind.BRIEFING_RECEIPT, those_organisations),)),
    names.BRIEFING_RECEIVED: Reaction(
        closes=(Close(TodoKind.BRIEFING_RECEIPT, raiser),), part="organisation"
    ),
    names.BRIEFING_URGED: Reaction((Tell("BRIEFING_URGED", those_organisations),)),
    names.REPRESENTATIVE_ENTRUSTED: Reaction(
        (Tell("REPRESENTATIVE_ENTRUSTED", that_member),), part="member_id"
    ),
    names.REPRESENTATIVE_VACATED: Reaction((Tell("REPRESENTATIVE_VACATED", OFFICE),)),
    names.CIRCLE_OPENED: Reaction((Tell("CIRCLE_OPENED", those_members),)),
}
# Events that concern nobody's inbox, each for a reason.
SILENT_LIAISON = {
    names.CONFERENCE_PLANNED: "told with the notice of its meeting",
    names.ACTIVITY_PARTICIPATION_CONFIRMED: "told with its points",
    names.ACTIVITY_PARTICIPATION_CORRECTED: "told with its points",
    names.ACTIVITY_SERVICE_CONFIRMED: "told with its points",
    names.ACTIVITY_SERVICE_CORRECTED: "told with its points",
    names.HOME_STATE_CHANGED: "seen on the map and in the list of homes",
    names.EXCHANGE_RECORDED: "restricted to those named; figures for the annual plan",
    names.LIAISON_FILES_CHANGED: "files are seen with their record",
    names.LIAISON_YEAR_WRITTEN: "for the figures; who wrote it knows",
}
