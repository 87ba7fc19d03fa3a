"""The table's rows for points: entries, points by hand, rules, appeals, the year."""

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
    earned,
    lost,
    only,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names
from shared.contracts.recipients import account_key, role_key


def requester(data: Payload) -> list[str]:
    return [account_key(data["requested_by"])]


def that_convener(data: Payload) -> list[str]:
    return [role_key("SECTOR_CONVENER", {"sector_group": data["sector_group"]})]


def by_leadership(data: Payload) -> bool:
    return bool(data["by_leadership"])


def by_convener(data: Payload) -> bool:
    return not data["by_leadership"]


def unconfirmed(data: Payload) -> bool:
    return not data["confirmed"]


def upheld(data: Payload) -> bool:
    return bool(data["upheld"])


def dismissed(data: Payload) -> bool:
    return not data["upheld"]


def approved(data: Payload) -> bool:
    return bool(data["approved"])


def disapproved(data: Payload) -> bool:
    return not data["approved"]


PERFORMANCE: dict[str, Reaction] = {
    names.PERFORMANCE_ENTRY_POSTED: Reaction(
        (
            Tell("POINTS_ADDED", that_member, earned),
            Tell("POINTS_DEDUCTED", that_member, lost),
        ),
        part="entry_id",
    ),
    names.PERFORMANCE_ENTRY_REVERSED: Reaction(
        (
            Tell("POINTS_UNDONE", that_member, lost),
            Tell("DEDUCTION_UNDONE", that_member, earned),
        ),
        part="entry_id",
    ),
    names.PERFORMANCE_MANUAL_ENTRY_REQUESTED: Reaction(
        opens=(Open(TodoKind.POINTS_REQUEST, OFFICE, "decide_by"),)
    ),
    names.PERFORMANCE_MANUAL_ENTRY_DECIDED: Reaction(
        (Tell("POINTS_REQUEST_REFUSED", requester, unconfirmed),),
        closes=closed(TodoKind.POINTS_REQUEST),
    ),
    names.PERFORMANCE_RULES_PROPOSED: Reaction(
        opens=(Open(TodoKind.RULES_DECISION, LEADERS, "decide_by"),)
    ),
    names.PERFORMANCE_RULES_DECIDED: Reaction(
        (
            *(Tell("RULES_APPROVED", to, approved) for to in MEMBERS),
            Tell("RULES_APPROVED", OFFICE, approved),
            Tell("RULES_REFUSED", OFFICE, disapproved),
        ),
        closes=closed(TodoKind.RULES_DECISION),
    ),
    names.PERFORMANCE_DRAFT_PUBLISHED: Reaction(
        tuple(Tell("POINTS_DRAFT_PUBLISHED", to) for to in (*MEMBERS, OFFICE))
    ),
    names.PERFORMANCE_APPEAL_SUBMITTED: Reaction(
        opens=(Open(TodoKind.POINTS_APPEAL, OFFICE, "decide_by"),)
    ),
    names.PERFORMANCE_APPEAL_WITHDRAWN: Reaction(closes=closed(TodoKind.POINTS_APPEAL)),
    names.PERFORMANCE_APPEAL_DECIDED: Reaction(
        (
            Tell("POINTS_APPEAL_UPHELD", that_member, upheld),
            Tell("POINTS_APPEAL_DISMISSED", that_member, dismissed),
        ),
        closes=closed(TodoKind.POINTS_APPEAL),
    ),
    names.PERFORMANCE_YEAR_FROZEN: Reaction(
        tuple(Tell("POINTS_YEAR_FROZEN", to) for to in (*MEMBERS, OFFICE))
    ),
    names.PERFORMANCE_TALK_DUE: Reaction(
        (Tell("TALK_DUE", that_member),),
        opens=(
            Open(TodoKind.TALK, only(that_convener, by_convener)),
            Open(TodoKind.TALK, only(LEADERS, by_leadership)),
        ),
    ),
    names.PERFORMANCE_TALK_HELD: Reaction(
        (Tell("TALK_HELD", that_member),), closes=closed(TodoKind.TALK)
    ),
    names.PERFORMANCE_LATE_CHANGE_LISTED: Reaction(
        opens=(Open(TodoKind.LATE_CHANGE, LEADERS, "decide_by"),)
    ),
    names.PERFORMANCE_LATE_CHANGE_DECIDED: Reaction(
        (
            Tell("LATE_CHANGE_APPROVED", that_member, approved),
            Tell("LATE_CHANGE_REFUSED", that_member, disapproved),
        ),
        closes=closed(TodoKind.LATE_CHANGE),
    ),
}
