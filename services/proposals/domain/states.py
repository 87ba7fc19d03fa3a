"""States of a proposal and the one table of allowed moves (T1–T26)."""

from __future__ import annotations

from shared.labels import Labelled


class State(Labelled, name="ProposalState"):
    """提案状态。State of a proposal."""

    DRAFT = "DRAFT", "草稿", "Draft"
    COSIGNING = "COSIGNING", "征集联名", "Collecting co-signatures"
    SUBMITTED = "SUBMITTED", "已提交", "Submitted"
    UNDER_REVIEW = "UNDER_REVIEW", "审查中", "Under review"
    RETURNED = "RETURNED", "退回修改", "Returned for changes"
    FILED = "FILED", "立案", "Filed"
    MERGED = "MERGED", "并案", "Merged"
    NOT_FILED = "NOT_FILED", "不予立案", "Not filed"
    WITHDRAWN = "WITHDRAWN", "撤案", "Withdrawn"
    DISCARDED = (
        "DISCARDED",
        "已放弃",
        "Draft given up",
    )  # a draft given up (decision 23); never had a number
    ASSIGNED = "ASSIGNED", "已交办", "Assigned"
    HANDLING = "HANDLING", "办理中", "Being handled"
    REPLIED = "REPLIED", "已答复", "Replied"
    EVALUATED = "EVALUATED", "已评价", "Evaluated"
    REHANDLING = "REHANDLING", "重新办理", "Being handled again"
    SECOND_REPLIED = "SECOND_REPLIED", "已二次答复", "Replied a second time"
    ESCALATED = "ESCALATED", "提请督办", "Escalated"
    CLOSED = "CLOSED", "办结", "Closed"
    TRACKING = "TRACKING", "跟踪", "Tracking"
    ARCHIVED = "ARCHIVED", "归档", "Archived"


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
    S.SECOND_REPLIED: {
        S.CLOSED: "T16, T18",
        S.ESCALATED: "T19",
        S.REHANDLING: "setting of T15",  # where it is allowed more than once
    },
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


class SignState(Labelled, name="CosignatureState"):
    """联名状态。State of a co-signature."""

    INVITED = "INVITED", "已邀请", "Invited"
    CONFIRMED = "CONFIRMED", "已确认", "Confirmed"
    DECLINED = "DECLINED", "已谢绝", "Declined"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"
    EXPIRED = "EXPIRED", "已过期", "Expired"
    WITHDRAWN = "WITHDRAWN", "已撤回", "Withdrawn"
    RECONFIRM_NEEDED = "RECONFIRM_NEEDED", "需重新确认", "To be confirmed again"


SIGNED = frozenset({SignState.CONFIRMED, SignState.RECONFIRM_NEEDED})
OPEN_SIGN = frozenset({SignState.INVITED, SignState.RECONFIRM_NEEDED})


class Mark(Labelled, name="SessionMark"):
    """大会或平时。Of the plenary, or regular."""

    PLENARY = "PLENARY", "大会提案", "Of the plenary"
    REGULAR = "REGULAR", "平时提案", "Regular"


class Openness(Labelled):
    """是否公开。Whether public."""

    OPEN = "OPEN", "公开", "Open"
    CLOSED = "CLOSED", "不公开", "Not public"


class Category(Labelled, name="ProposalCategory"):
    """提案类别。Category."""

    ECONOMIC = "ECONOMIC", "经济建设", "Economic"
    SOCIAL = "SOCIAL", "社会事业", "Social"
    URBAN_RURAL = "URBAN_RURAL", "城乡建设", "Urban and rural"
    CULTURAL = "CULTURAL", "文化建设", "Cultural"
    POLITICAL_LEGAL = "POLITICAL_LEGAL", "政治和法制建设", "Political and legal"
