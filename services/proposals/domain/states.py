"""States of a proposal and the one table of allowed moves (T1–T26)."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    DRAFT = "DRAFT"
    COSIGNING = "COSIGNING"
    SUBMITTED = "SUBMITTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    RETURNED = "RETURNED"
    FILED = "FILED"
    MERGED = "MERGED"
    NOT_FILED = "NOT_FILED"
    WITHDRAWN = "WITHDRAWN"
    DISCARDED = "DISCARDED"  # a draft given up (decision 23); never had a number
    ASSIGNED = "ASSIGNED"
    HANDLING = "HANDLING"
    REPLIED = "REPLIED"
    EVALUATED = "EVALUATED"
    REHANDLING = "REHANDLING"
    SECOND_REPLIED = "SECOND_REPLIED"
    ESCALATED = "ESCALATED"
    CLOSED = "CLOSED"
    TRACKING = "TRACKING"
    ARCHIVED = "ARCHIVED"


S = State

# From → where it may go, with the transition's number in the specification.
TRANSITIONS: dict[State, dict[State, str]] = {
    S.DRAFT: {S.COSIGNING: "T1", S.SUBMITTED: "T2", S.DISCARDED: "decision 23"},
    S.COSIGNING: {S.SUBMITTED: "T2", S.DRAFT: "decision 22", S.DISCARDED: "decision 23"},
    S.SUBMITTED: {S.UNDER_REVIEW: "T3", S.RETURNED: "decision 22", S.WITHDRAWN: "T9"},
    S.UNDER_REVIEW: {
        S.RETURNED: "T4",
        S.FILED: "T6",
        S.MERGED: "T7",
        S.NOT_FILED: "T8",
        S.WITHDRAWN: "T9",
    },
    S.RETURNED: {S.SUBMITTED: "T5", S.WITHDRAWN: "T9"},
    S.FILED: {S.MERGED: "T7", S.WITHDRAWN: "T9", S.ASSIGNED: "T10", S.UNDER_REVIEW: "T26"},
    S.NOT_FILED: {S.UNDER_REVIEW: "T25"},
    S.ASSIGNED: {S.HANDLING: "T11"},
    S.HANDLING: {S.REPLIED: "T12"},
    S.REPLIED: {S.EVALUATED: "T13", S.CLOSED: "T16"},
    S.EVALUATED: {S.CLOSED: "T14", S.REHANDLING: "T15"},
    S.REHANDLING: {S.SECOND_REPLIED: "T17"},
    S.SECOND_REPLIED: {S.CLOSED: "T16, T18", S.ESCALATED: "T19"},
    S.ESCALATED: {S.CLOSED: "T20"},
    S.CLOSED: {S.TRACKING: "T21", S.REHANDLING: "T22, T24", S.ARCHIVED: "T23"},
    S.TRACKING: {S.REHANDLING: "T22, T24", S.ARCHIVED: "T23"},
    S.MERGED: {S.FILED: "decision 24", S.ASSIGNED: "decision 24", S.WITHDRAWN: "T9"},
    S.WITHDRAWN: {},
    S.DISCARDED: {},
    S.ARCHIVED: {},
}

BEFORE_ASSIGNMENT = frozenset({S.FILED, S.MERGED})
WRITABLE = frozenset({S.DRAFT, S.COSIGNING, S.RETURNED})  # the text may be changed
BEFORE_SUBMISSION = frozenset({S.DRAFT, S.COSIGNING})
IN_REVIEW = frozenset({S.SUBMITTED, S.UNDER_REVIEW})
COSIGNING_OPEN = frozenset({S.DRAFT, S.COSIGNING, S.RETURNED})
BEFORE_FILING = frozenset({S.DRAFT, S.COSIGNING, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED})
FREELY_WITHDRAWN = frozenset({S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED})
IN_HANDLING = frozenset({S.ASSIGNED, S.HANDLING, S.REHANDLING})  # units are at work
# Not yet at its end: who may judge it still matters (decision 17).
OPEN_CASE = frozenset(S) - {S.CLOSED, S.TRACKING, S.ARCHIVED, S.NOT_FILED, S.WITHDRAWN, S.DISCARDED}
AWAITING_EVALUATION = frozenset({S.REPLIED, S.SECOND_REPLIED})
ENDED = frozenset({S.CLOSED, S.TRACKING})  # may be taken up again or archived
OVER = ENDED | {S.ARCHIVED, S.WITHDRAWN}
AFTER_REPLY = AWAITING_EVALUATION | ENDED | {S.ESCALATED}
CLOSED_STATES = frozenset({S.CLOSED, S.TRACKING, S.ARCHIVED})  # evaluations are unsealed
# Filed once and not undone: the full text is open to those whom section 3 names.
PUBLISHED = frozenset(
    {
        S.FILED,
        S.MERGED,
        S.ASSIGNED,
        S.HANDLING,
        S.REPLIED,
        S.EVALUATED,
        S.REHANDLING,
        S.SECOND_REPLIED,
        S.ESCALATED,
        S.CLOSED,
        S.TRACKING,
        S.ARCHIVED,
    }
)


# From the least advanced on: the state of a merged case is that of its least advanced part.
ADVANCE = (
    S.FILED,
    S.MERGED,
    S.ASSIGNED,
    S.HANDLING,
    S.REPLIED,
    S.EVALUATED,
    S.REHANDLING,
    S.SECOND_REPLIED,
    S.ESCALATED,
    S.TRACKING,
    S.CLOSED,
    S.ARCHIVED,
)


class SignState(StrEnum):
    """States of a co-signature (联名)."""

    INVITED = "INVITED"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"
    RECONFIRM_NEEDED = "RECONFIRM_NEEDED"


SIGNED = frozenset({SignState.CONFIRMED, SignState.RECONFIRM_NEEDED})
OPEN_SIGN = frozenset({SignState.INVITED, SignState.RECONFIRM_NEEDED})


class Mark(StrEnum):
    PLENARY = "PLENARY"
    REGULAR = "REGULAR"


class Openness(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class Category(StrEnum):
    ECONOMIC = "ECONOMIC"
    SOCIAL = "SOCIAL"
    URBAN_RURAL = "URBAN_RURAL"
    CULTURAL = "CULTURAL"
    POLITICAL_LEGAL = "POLITICAL_LEGAL"
