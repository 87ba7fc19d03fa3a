"""The table of moves (section 2.2; decisions 22, 23, 26, 28), and that nothing else is possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from services.proposals.domain import cosigning, drafting, review, states, withdrawal
from services.proposals.domain.errors import WrongState
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Cosignature, Entry, Seal, Shortfall, Withdrawal
from services.proposals.domain.states import TRANSITIONS, Mark, SignState, State
from shared.errors import DomainError
from tests.unit.proposals.samples import (
    AUTHOR,
    CHANGED,
    DECIDE_BY,
    DETAILS,
    DIRECTOR,
    LATER,
    NOW,
    QIAN,
    REVIEW_BY,
    SHEN,
    STAFF,
    TIMES,
    draft,
    file,
    submit,
)

S = State
SPECIFIED: dict[str, set[tuple[State, State]]] = {
    "T1": {(S.DRAFT, S.COSIGNING)},
    "T2": {(S.DRAFT, S.SUBMITTED), (S.COSIGNING, S.SUBMITTED)},
    "T3": {(S.SUBMITTED, S.UNDER_REVIEW)},
    "T4": {(S.UNDER_REVIEW, S.RETURNED)},
    "T5": {(S.RETURNED, S.SUBMITTED)},
    "T6": {(S.UNDER_REVIEW, S.FILED)},
    "T7": {(S.UNDER_REVIEW, S.MERGED), (S.FILED, S.MERGED)},
    "T8": {(S.UNDER_REVIEW, S.NOT_FILED)},
    "T9": {
        (S.SUBMITTED, S.WITHDRAWN),
        (S.UNDER_REVIEW, S.WITHDRAWN),
        (S.RETURNED, S.WITHDRAWN),
        (S.FILED, S.WITHDRAWN),
        (S.MERGED, S.WITHDRAWN),
    },
    "T10": {(S.FILED, S.ASSIGNED)},
    "T11": {(S.ASSIGNED, S.HANDLING)},
    "T12": {(S.HANDLING, S.REPLIED)},
    "T13": {(S.REPLIED, S.EVALUATED)},
    "T14": {(S.EVALUATED, S.CLOSED)},
    "T15": {(S.EVALUATED, S.REHANDLING)},
    "T16": {(S.REPLIED, S.CLOSED), (S.SECOND_REPLIED, S.CLOSED)},
    "T17": {(S.REHANDLING, S.SECOND_REPLIED)},
    "T18": {(S.SECOND_REPLIED, S.CLOSED)},
    "setting of T15": {(S.SECOND_REPLIED, S.REHANDLING)},
    "T19": {(S.SECOND_REPLIED, S.ESCALATED)},
    "T20": {(S.ESCALATED, S.CLOSED)},
    "T21": {(S.CLOSED, S.TRACKING)},
    "T22": {(S.TRACKING, S.REHANDLING), (S.CLOSED, S.REHANDLING)},  # from CLOSED: decision 26
    "T23": {(S.CLOSED, S.ARCHIVED), (S.TRACKING, S.ARCHIVED)},
    "T24": {(S.CLOSED, S.REHANDLING), (S.TRACKING, S.REHANDLING)},  # TRACKING: decision 26
    "T25": {(S.NOT_FILED, S.UNDER_REVIEW)},
    "T26": {(S.FILED, S.UNDER_REVIEW)},
    "decision 22": {(S.COSIGNING, S.DRAFT), (S.SUBMITTED, S.RETURNED)},
    "decision 24": {(S.MERGED, S.FILED), (S.MERGED, S.ASSIGNED)},
    "decision 23": {(S.DRAFT, S.DISCARDED), (S.COSIGNING, S.DISCARDED)},
}
ENDS = {S.WITHDRAWN, S.DISCARDED, S.ARCHIVED}


def test_the_table_is_the_specified_one() -> None:
    table: dict[str, set[tuple[State, State]]] = {}
    for before, moves in TRANSITIONS.items():
        for after, numbers in moves.items():
            for number in numbers.split(", "):
                table.setdefault(number, set()).add((before, after))
    assert table == SPECIFIED


def test_each_state_is_in_the_table_and_only_ends_lead_nowhere() -> None:
    assert set(TRANSITIONS) == set(State)
    assert {state for state, moves in TRANSITIONS.items() if not moves} == ENDS


def test_each_state_can_be_reached_from_a_draft() -> None:
    reached = {S.DRAFT}
    while further := {to for state in reached for to in TRANSITIONS[state]} - reached:
        reached |= further
    assert reached == set(State)


def test_groups_of_states() -> None:
    assert states.WRITABLE == states.COSIGNING_OPEN == {S.DRAFT, S.COSIGNING, S.RETURNED}
    assert {S.DRAFT, S.COSIGNING} == states.BEFORE_SUBMISSION
    assert {S.SUBMITTED, S.UNDER_REVIEW} == states.IN_REVIEW
    assert {S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED} == states.FREELY_WITHDRAWN
    assert states.BEFORE_FILING == states.BEFORE_SUBMISSION | states.FREELY_WITHDRAWN
    not_published = states.BEFORE_FILING | {S.NOT_FILED, S.WITHDRAWN, S.DISCARDED}
    assert set(State) - not_published == states.PUBLISHED


@pytest.mark.parametrize("before", list(State))
def test_the_aggregate_makes_the_moves_of_the_table_only(before: State) -> None:
    """Whatever a verb allows, the one gate of all moves refuses what the table lacks."""
    made = set()
    for after in State:
        proposal = draft(state=before)
        try:
            proposal.move(after, NOW, AUTHOR)
        except WrongState:
            assert (proposal.state, proposal.history) == (before, [])
        else:
            made.add((before, after))
            assert (proposal.state, len(proposal.history)) == (after, 1)
    assert made == {move for moves in SPECIFIED.values() for move in moves if move[0] is before}


# -- each verb in each state ---------------------------------------------------------------

JOINT = ProposerType.JOINT
SUBMITTED_FIELDS: dict[str, Any] = {
    "serial_no": "T15-1-0315",
    "session": 1,
    "session_mark": Mark.PLENARY,
    "revision": 1,
    "text_pinned": True,
    "submitted_at": NOW,
    "review_due_at": REVIEW_BY,
}
LOCKED = dict.fromkeys(
    set(State) - states.BEFORE_FILING - {S.WITHDRAWN, S.DISCARDED, S.NOT_FILED}, "COSIGN_LOCKED"
)


@dataclass
class Verb:
    """act succeeds in `allowed`, with the state it leads to; elsewhere it is refused with the
    code of `codes`, else PROPOSAL_WRONG_STATE. `fields` make its other conditions true."""

    act: Callable[[Proposal], object]
    allowed: dict[State, State]
    kind: ProposerType = ProposerType.INDIVIDUAL
    fields: Callable[[], dict[str, Any]] = dict
    codes: dict[State, str] = field(default_factory=dict)


def to(after: State, *before: State) -> dict[State, State]:
    return dict.fromkeys(before, after)


def stays(*before: State) -> dict[State, State]:
    return {state: state for state in before}


def signed(state: SignState) -> Callable[[], dict[str, Any]]:
    return lambda: {"cosignatures": [Cosignature(SHEN, state, 1, NOW)]}


VERBS: dict[str, Verb] = {
    "edit": Verb(
        lambda p: drafting.edit(p, CHANGED, DETAILS, LATER, AUTHOR),
        stays(S.DRAFT, S.COSIGNING, S.RETURNED),
    ),
    "change_kind": Verb(
        lambda p: drafting.change_kind(p, JOINT, LATER), stays(S.DRAFT, S.RETURNED)
    ),
    "discard": Verb(
        lambda p: drafting.discard(p, LATER, AUTHOR), to(S.DISCARDED, S.DRAFT, S.COSIGNING)
    ),
    "confirm_entry": Verb(
        lambda p: drafting.confirm_entry(p, LATER),
        stays(S.DRAFT, S.COSIGNING, S.RETURNED),
        fields=lambda: {"entry": Entry("a-staff", "file-scan", NOW)},
    ),
    "request_seal": Verb(
        lambda p: drafting.request_seal(p, LATER),
        stays(S.DRAFT, S.COSIGNING, S.RETURNED),
        kind=ProposerType.PARTY,
    ),
    "put_seal": Verb(
        lambda p: drafting.put_seal(p, LATER, AUTHOR),
        stays(S.DRAFT, S.COSIGNING, S.RETURNED),
        kind=ProposerType.PARTY,
        fields=lambda: {"seal": Seal("ORG_HEAD", {"party": "org-minjian"}, NOW)},
    ),
    "invite": Verb(
        lambda p: cosigning.invite(p, QIAN, LATER, AUTHOR),
        {**to(S.COSIGNING, S.DRAFT, S.COSIGNING), **stays(S.RETURNED)},
        kind=JOINT,
    ),
    "confirm": Verb(
        lambda p: cosigning.confirm(p, SHEN, LATER),
        stays(S.DRAFT, S.COSIGNING, S.RETURNED),
        kind=JOINT,
        fields=signed(SignState.INVITED),
        codes=dict.fromkeys(State, "V9_COSIGN_CLOSED"),
    ),
    "withdraw_signature": Verb(
        lambda p: cosigning.withdraw(p, SHEN, LATER, DECIDE_BY),
        stays(*states.BEFORE_FILING),
        kind=JOINT,
        fields=signed(SignState.CONFIRMED),
        codes=LOCKED,
    ),
    "reopen_draft": Verb(
        lambda p: cosigning.reopen_draft(p, LATER, AUTHOR), to(S.DRAFT, S.COSIGNING)
    ),
    "submit": Verb(submit, to(S.SUBMITTED, S.DRAFT, S.COSIGNING, S.RETURNED)),
    "start_review": Verb(lambda p: review.start(p, LATER, STAFF), to(S.UNDER_REVIEW, S.SUBMITTED)),
    "send_back": Verb(
        lambda p: review.send_back(p, "请补充数据", LATER, STAFF, TIMES),
        to(S.RETURNED, S.UNDER_REVIEW),
    ),
    "file": Verb(file, to(S.FILED, S.UNDER_REVIEW)),
    "decide_shortfall": Verb(
        lambda p: review.decide_shortfall(p, True, LATER, AUTHOR, TIMES),
        stays(S.SUBMITTED, S.UNDER_REVIEW),
        kind=JOINT,
        fields=lambda: {"shortfall": Shortfall(NOW, DECIDE_BY)},
    ),
    "return_for_shortfall": Verb(
        lambda p: review.decide_shortfall(p, False, LATER, AUTHOR, TIMES),
        to(S.RETURNED, S.SUBMITTED, S.UNDER_REVIEW),
        kind=JOINT,
        fields=lambda: {"shortfall": Shortfall(NOW, DECIDE_BY)},
    ),
    "withdraw": Verb(
        lambda p: withdrawal.withdraw(p, "另行提出", LATER, AUTHOR),
        to(S.WITHDRAWN, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED),
    ),
    "request_withdrawal": Verb(
        lambda p: withdrawal.request(p, "另行提出", LATER), stays(S.FILED, S.MERGED)
    ),
    "decide_withdrawal": Verb(
        lambda p: withdrawal.decide(p, True, "", LATER, DIRECTOR),
        to(S.WITHDRAWN, S.FILED, S.MERGED),
        fields=lambda: {"withdrawal": Withdrawal("另行提出", NOW, 1)},
    ),
}
# A shortfall is open in review only: there is no other state to decide it in.
TRIED = [
    (name, state)
    for name in VERBS
    for state in State
    if "shortfall" not in name or state in states.IN_REVIEW
]


@pytest.mark.parametrize(("name", "state"), TRIED)
def test_a_verb_is_done_or_refused(name: str, state: State) -> None:
    verb = VERBS[name]
    numbered = {} if state in states.BEFORE_SUBMISSION else SUBMITTED_FIELDS
    proposal = draft(verb.kind, state=state, **{**numbered, **verb.fields()})
    if state in verb.allowed:
        verb.act(proposal)
        assert proposal.state is verb.allowed[state]
        assert len(proposal.history) == int(proposal.state is not state)
    else:
        with pytest.raises(DomainError) as caught:
            verb.act(proposal)
        assert caught.value.code == verb.codes.get(state, "PROPOSAL_WRONG_STATE")
        assert (proposal.state, proposal.history, proposal.events) == (state, [], [])


def test_no_verb_moves_against_the_table() -> None:
    moves = {
        (before, after)
        for verb in VERBS.values()
        for before, after in verb.allowed.items()
        if before is not after
    }
    numbers = ("T1", "T2", "T3", "T4", "T5", "T6", "T9", "decision 22", "decision 23")
    assert moves == {move for number in numbers for move in SPECIFIED[number]}
