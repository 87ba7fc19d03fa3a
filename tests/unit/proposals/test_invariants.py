"""Whatever is tried in whatever order, the rules of a proposal hold."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.proposals.domain import cosigning, drafting, review, withdrawal
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.states import (
    BEFORE_SUBMISSION,
    IN_REVIEW,
    TRANSITIONS,
    SignState,
    State,
)
from shared.contracts import names
from shared.errors import DomainError
from tests.unit.proposals.samples import (
    ACTIVE,
    AUTHOR,
    DETAILS,
    DIRECTOR,
    LU,
    NOW,
    QIAN,
    SHEN,
    STAFF,
    TEXT,
    TIMES,
    WU,
    draft,
    file,
    submit,
)

DAYS = st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=2), timedelta(days=8)])
PEOPLE = st.sampled_from([LU, SHEN, QIAN, WU])
TEXTS = st.sampled_from(
    [TEXT, replace(TEXT, analysis="管理责任不明。"), replace(TEXT, title="二次供水")]
)
KINDS = st.sampled_from([ProposerType.INDIVIDUAL, ProposerType.JOINT])
MOVED = {
    State.SUBMITTED: names.PROPOSAL_SUBMITTED,
    State.UNDER_REVIEW: names.PROPOSAL_REVIEW_STARTED,
    State.RETURNED: names.PROPOSAL_RETURNED,
    State.FILED: names.PROPOSAL_FILED,
    State.WITHDRAWN: names.PROPOSAL_WITHDRAWN,
    State.DISCARDED: names.PROPOSAL_DISCARDED,
}


class Verbs(RuleBasedStateMachine):
    """One proposal, its verbs in any order; `numbers` is what it was given so far."""

    @initialize(kind=KINDS)
    def begin(self, kind: ProposerType) -> None:
        self.proposal = draft(kind)
        self.at = NOW
        self.number = 0
        self.numbers: dict[str, Any] = {}

    def attempt(self, act: Callable[[], object]) -> None:
        """A refusal changes nothing; a move has one row, follows the table and is told."""
        self.proposal.events.clear()
        before = deepcopy(self.proposal)
        try:
            act()
        except DomainError:
            assert self.proposal == before
            return
        proposal = self.proposal
        rows = proposal.history[len(before.history) :]
        assert proposal.history[: len(before.history)] == before.history
        assert len(rows) == int(proposal.state is not before.state)
        for row in rows:
            assert (row["from"], row["to"]) == (before.state.value, proposal.state.value)
            assert proposal.state in TRANSITIONS[before.state]
            told = [event for event, _ in proposal.events if event in MOVED.values()]
            assert told == ([MOVED[proposal.state]] if proposal.state in MOVED else [])

    @rule(after=DAYS)
    def wait(self, after: timedelta) -> None:
        self.at += after

    @rule(text=TEXTS)
    def edit(self, text: Any) -> None:
        self.attempt(lambda: drafting.edit(self.proposal, text, DETAILS, self.at, AUTHOR))

    @rule(kind=KINDS)
    def change_kind(self, kind: ProposerType) -> None:
        self.attempt(lambda: drafting.change_kind(self.proposal, kind, self.at))

    @precondition(lambda self: len(self.proposal.history) > 1)  # later, for it ends the story
    @rule()
    def discard(self) -> None:
        self.attempt(lambda: drafting.discard(self.proposal, self.at, AUTHOR))

    @rule(member=PEOPLE)
    def invite(self, member: str) -> None:
        self.attempt(lambda: cosigning.invite(self.proposal, member, self.at, AUTHOR))

    @rule(member=PEOPLE)
    def confirm(self, member: str) -> None:
        self.attempt(lambda: cosigning.confirm(self.proposal, member, self.at))

    @rule(member=PEOPLE)
    def decline(self, member: str) -> None:
        self.attempt(lambda: cosigning.decline(self.proposal, member, self.at))

    @rule(member=PEOPLE)
    def cancel_invitation(self, member: str) -> None:
        self.attempt(lambda: cosigning.cancel_invitation(self.proposal, member, self.at))

    @rule(member=PEOPLE)
    def withdraw_signature(self, member: str) -> None:
        by = self.at + timedelta(days=3)
        self.attempt(lambda: cosigning.withdraw(self.proposal, member, self.at, by))

    @rule(member=PEOPLE)
    def release(self, member: str) -> None:
        before = deepcopy(self.proposal)
        by = self.at + timedelta(days=3)

        def act() -> None:
            changed = cosigning.release(self.proposal, member, self.at, by)
            assert changed is bool(self.proposal.events)
            assert changed is (self.proposal.cosignatures != before.cosignatures)

        self.attempt(act)

    @rule()
    def reopen_draft(self) -> None:
        self.attempt(lambda: cosigning.reopen_draft(self.proposal, self.at, AUTHOR))

    @rule(left=st.sampled_from([frozenset(), frozenset({SHEN})]))
    def submit(self, left: frozenset[str]) -> None:
        self.number += 1
        self.attempt(
            lambda: submit(self.proposal, self.at, active=ACTIVE - left, serial_number=self.number)
        )

    @rule()
    def start_review(self) -> None:
        self.attempt(lambda: review.start(self.proposal, self.at, STAFF))

    @rule(comment=st.sampled_from(["", "请补充数据"]))
    def send_back(self, comment: str) -> None:
        self.attempt(lambda: review.send_back(self.proposal, comment, self.at, STAFF, TIMES))

    @rule(as_individual=st.booleans())
    def decide_shortfall(self, as_individual: bool) -> None:
        self.attempt(
            lambda: review.decide_shortfall(self.proposal, as_individual, self.at, AUTHOR, TIMES)
        )

    @rule()
    def file(self) -> None:
        self.number += 1
        self.attempt(lambda: file(self.proposal, self.number))

    @precondition(lambda self: len(self.proposal.history) > 2)
    @rule()
    def withdraw(self) -> None:
        self.attempt(lambda: withdrawal.withdraw(self.proposal, "另行提出", self.at, AUTHOR))

    @rule(reason=st.sampled_from(["", "另行提出"]))
    def request_withdrawal(self, reason: str) -> None:
        self.attempt(lambda: withdrawal.request(self.proposal, reason, self.at))

    @rule(agreed=st.booleans())
    def decide_withdrawal(self, agreed: bool) -> None:
        self.attempt(
            lambda: withdrawal.decide(self.proposal, agreed, "已经交办", self.at, DIRECTOR)
        )

    @invariant()
    def who_confirmed_knows_the_present_text(self) -> None:
        for signature in self.proposal.cosignatures:
            if signature.state is SignState.CONFIRMED:
                assert signature.text_no == self.proposal.text_no
            elif signature.state is SignState.RECONFIRM_NEEDED:
                assert signature.text_no is not None
            elif signature.state is SignState.INVITED:
                assert (signature.text_no, signature.answered_at) == (None, None)

    @invariant()
    def a_confirmed_or_submitted_text_is_kept(self) -> None:
        if self.proposal.confirmed or self.proposal.state in IN_REVIEW:
            assert self.proposal.text_pinned

    @invariant()
    def a_joint_proposal_has_a_cosigner_or_a_decision_to_take(self) -> None:
        proposal = self.proposal
        joint = proposal.proposer_type is ProposerType.JOINT
        if proposal.state in IN_REVIEW | {State.FILED} and joint:
            assert proposal.confirmed or proposal.shortfall
        if proposal.shortfall:
            assert (joint, proposal.confirmed) == (True, [])
            assert proposal.state in IN_REVIEW

    @invariant()
    def nobody_signs_twice_and_the_first_proposer_never(self) -> None:
        members = [signature.member_id for signature in self.proposal.cosignatures]
        assert len(members) == len(set(members))
        assert LU not in members

    @invariant()
    def in_review_nobody_is_asked(self) -> None:
        if self.proposal.state in IN_REVIEW | {State.DISCARDED, State.FILED, State.WITHDRAWN}:
            assert not any(signature.open for signature in self.proposal.cosignatures)

    @invariant()
    def numbers_are_given_with_the_state_and_never_change(self) -> None:
        proposal = self.proposal
        given = {
            "serial_no": proposal.serial_no,
            "session": proposal.session,
            "session_mark": proposal.session_mark,
            "case_no": proposal.case_no,
            "case_title": proposal.case_title,
        }
        for name, value in self.numbers.items():
            assert given[name] == value
        self.numbers = {name: value for name, value in given.items() if value is not None}
        never_submitted = BEFORE_SUBMISSION | {State.DISCARDED}
        assert (proposal.serial_no is None) == (proposal.state in never_submitted)
        assert (proposal.revision == 0) == (proposal.serial_no is None)
        if proposal.state is not State.WITHDRAWN:
            assert (proposal.case_no is not None) == (proposal.state is State.FILED)


TestVerbs = Verbs.TestCase
TestVerbs.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
