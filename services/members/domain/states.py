"""The states of a membership (domain specification 2.1, decision 17): one table of moves."""

from __future__ import annotations

from collections.abc import Mapping

from shared.contracts import names
from shared.labels import Labelled


class State(Labelled, name="MemberState"):
    """委员状态。State of a membership."""

    NOMINATED = "NOMINATED", "提名", "Nominated"
    ACTIVE = "ACTIVE", "在任", "In office"
    SUSPENDED = "SUSPENDED", "暂停履职", "Suspended"
    REJECTED = "REJECTED", "提名未通过", "Nomination rejected"
    RESIGNED = "RESIGNED", "请辞", "Resigned"
    REVOKED = "REVOKED", "撤销资格", "Membership revoked"
    DECEASED = "DECEASED", "去世", "Deceased"
    TERM_ENDED = "TERM_ENDED", "届满", "Term ended"


IN_OFFICE = frozenset({State.ACTIVE, State.SUSPENDED})
OPEN = IN_OFFICE | {State.NOMINATED}

_ENDS: Mapping[State, str] = {
    State.RESIGNED: names.MEMBER_RESIGNED,
    State.REVOKED: names.MEMBER_REVOKED,
    State.DECEASED: names.MEMBER_DECEASED,
    State.TERM_ENDED: names.MEMBER_TERM_ENDED,
}
ENDED = frozenset(_ENDS)

# (from, to) → the event that tells of it.
TRANSITIONS: Mapping[tuple[State, State], str] = {
    (State.NOMINATED, State.ACTIVE): names.MEMBER_APPOINTED,
    (State.NOMINATED, State.REJECTED): names.MEMBER_REJECTED,
    (State.ACTIVE, State.SUSPENDED): names.MEMBER_SUSPENDED,
    (State.SUSPENDED, State.ACTIVE): names.MEMBER_REINSTATED,
    **{(before, end): event for end, event in _ENDS.items() for before in IN_OFFICE},
}
