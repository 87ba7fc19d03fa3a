"""The table's rows for meetings: invited, moved, called off, leave, reminders."""

from __future__ import annotations

from services.notifications.domain.recipients import Payload, Recipients
from services.notifications.domain.rows import Close, Open, Reaction, Tell, closed, only
from services.notifications.domain.todos import EVERYONE, TodoKind
from shared.contracts import names
from shared.contracts.recipients import member_key, organisation_key, role_key

# Of these the secretary-general alone decides on leave.
BY_SECRETARY_GENERAL = ("PLENARY", "STANDING_COMMITTEE")
# Organisers whose staff act in a role without a scope.
STAFF_OF = {"office-general": "OFFICE", "com-proposals": "PROPOSAL_STAFF"}


def invited(data: Payload) -> list[str]:
    """The members and organisations that the event names."""
    return [
        *(member_key(id) for id in data["members"]),
        *(organisation_key(id) for id in data.get("organisations", ())),
    ]


def that_invitee(data: Payload) -> list[str]:
    return [data["invitee"]]


def leave_deciders(data: Payload) -> list[str]:
    """The secretary-general, and for lesser meetings who organises them (2.10)."""
    chief = role_key("SECRETARY_GENERAL", {})
    if data["kind"] in BY_SECRETARY_GENERAL:
        return [chief]
    staff = STAFF_OF.get(data["organiser"])
    return [chief, role_key(staff, {}) if staff else organisation_key(data["organiser"])]


def corrected(data: Payload) -> list[str]:
    return [member_key(row["member_id"]) for row in data["rows"]]


def granted(data: Payload) -> bool:
    return bool(data["granted"])


def refused(data: Payload) -> bool:
    return not data["granted"]


def to_answer(data: Payload) -> bool:
    return bool(data["about"] == "ANSWER")


def to_come(data: Payload) -> bool:
    return bool(data["about"] == "START")


def none_waiting(data: Payload) -> bool:
    return data.get("leaves_waiting") == 0


ALL_DECIDED: Recipients = only(lambda _: [EVERYONE], none_waiting)
ASKED = Open(TodoKind.MEETING_ANSWER, invited, due="answer_by")
OVER = closed(TodoKind.MEETING_ANSWER, TodoKind.LEAVE_DECISION)

MEETINGS: dict[str, Reaction] = {
    names.MEETING_NOTIFIED: Reaction((Tell("MEETING_NOTIFIED", invited),), opens=(ASKED,)),
    names.MEETING_RESCHEDULED: Reaction(
        (Tell("MEETING_RESCHEDULED", invited),),
        opens=(ASKED,),
        closes=closed(TodoKind.LEAVE_DECISION),
    ),
    names.MEETING_CANCELLED: Reaction((Tell("MEETING_CANCELLED", invited),), closes=OVER),
    names.MEETING_INVITATION_WITHDRAWN: Reaction(
        (Tell("MEETING_INVITATION_WITHDRAWN", invited),),
        closes=(
            Close(TodoKind.MEETING_ANSWER, invited),
            Close(TodoKind.LEAVE_DECISION, ALL_DECIDED),
        ),
    ),
    names.MEETING_ANSWERED: Reaction(
        closes=(
            Close(TodoKind.MEETING_ANSWER, that_invitee),
            Close(TodoKind.LEAVE_DECISION, ALL_DECIDED),
        )
    ),
    names.MEETING_LEAVE_ASKED: Reaction(
        opens=(Open(TodoKind.LEAVE_DECISION, leave_deciders, "decide_by"),),
        closes=(Close(TodoKind.MEETING_ANSWER, that_invitee),),
    ),
    names.MEETING_LEAVE_DECIDED: Reaction(
        (
            Tell("LEAVE_GRANTED", that_invitee, granted),
            Tell("LEAVE_REFUSED", that_invitee, refused),
        ),
        closes=(Close(TodoKind.LEAVE_DECISION, ALL_DECIDED),),
    ),
    names.MEETING_REMINDER_DUE: Reaction(
        (
            Tell("MEETING_ANSWER_DUE", invited, to_answer),
            Tell("MEETING_BEGINS", invited, to_come),
        ),
        part="about",
    ),
    names.MEETING_ATTENDANCE_CONFIRMED: Reaction(closes=OVER),
    names.MEETING_ATTENDANCE_CORRECTED: Reaction((Tell("ATTENDANCE_CORRECTED", corrected),)),
}
