"""T9 and decision 23: at once before filing, by request after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.proposals.domain import cosigning, errors, withdrawal
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Withdrawal
from services.proposals.domain.states import SignState, State
from shared.contracts import names
from tests.unit.proposals.samples import (
    AUTHOR,
    DIRECTOR,
    LATER,
    NOW,
    QIAN,
    SHEN,
    draft,
    fact,
    filed,
    joint,
    refusal,
    returned,
    short,
    signatures,
    submitted,
    taken,
    told,
    under_review,
)

REASON = "另行提出"


def asked() -> Proposal:
    proposal = filed(SHEN)
    withdrawal.request(proposal, REASON, NOW)
    proposal.events.clear()
    return proposal


@pytest.mark.parametrize("begin", [submitted, under_review, returned])
def test_before_filing_at_once(begin: Callable[[str], Proposal]) -> None:
    proposal = begin(SHEN)
    before = proposal.state
    withdrawal.withdraw(proposal, REASON, LATER, AUTHOR)
    assert (proposal.state, proposal.review_due_at) == (State.WITHDRAWN, None)
    assert (proposal.serial_no, proposal.case_no) == ("T15-1-0315", None)
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_WITHDRAWN,
            "JOINT",
            serial_no="T15-1-0315",
            case_no=None,
            cosigners=[SHEN],
            occurrence_no=0,
            reason=REASON,
            was_filed=False,
            by_system=False,
        )
    ]
    assert proposal.history[-1] == {
        "from": before.value,
        "to": "WITHDRAWN",
        "at": LATER,
        "account_id": "a-lu",
        "role": "MEMBER",
        "note": REASON,
    }


def test_before_filing_no_reason_is_needed() -> None:
    proposal = submitted()
    withdrawal.withdraw(proposal, None, LATER, AUTHOR)
    [(_, data)] = taken(proposal)
    assert (proposal.state, data["reason"]) == (State.WITHDRAWN, None)


def test_withdrawing_ends_an_open_shortfall() -> None:
    proposal = short()
    withdrawal.withdraw(proposal, REASON, LATER, AUTHOR)
    assert (proposal.shortfall, told(proposal)) == (None, [names.PROPOSAL_WITHDRAWN])


@pytest.mark.parametrize("begin", [draft, lambda: joint(SHEN), filed])
def test_drafts_are_discarded_and_filed_ones_asked_for(begin: Callable[[], Proposal]) -> None:
    proposal = begin()
    before = proposal.state
    with pytest.raises(errors.WrongState):
        withdrawal.withdraw(proposal, REASON, LATER, AUTHOR)
    assert (proposal.state, taken(proposal)) == (before, [])


def test_a_request_changes_nothing_yet() -> None:
    proposal = filed()
    withdrawal.request(proposal, REASON, LATER)
    assert (proposal.state, proposal.withdrawal) == (
        State.FILED,
        Withdrawal(REASON, LATER, 1, open=True),
    )
    assert taken(proposal) == [
        fact(names.PROPOSAL_WITHDRAWAL_REQUESTED, reason=REASON, occurrence_no=1)
    ]


def test_a_request_needs_a_reason_and_comes_once() -> None:
    proposal = filed()
    with pytest.raises(errors.ReasonMissing) as caught:
        withdrawal.request(proposal, " \n", NOW)
    assert (refusal(caught), proposal.withdrawal) == (("REASON_MISSING", "reason"), None)
    withdrawal.request(proposal, REASON, NOW)
    proposal.events.clear()
    with pytest.raises(errors.WithdrawalOpen):
        withdrawal.request(proposal, "再次申请", LATER)
    assert (proposal.withdrawal, taken(proposal)) == (Withdrawal(REASON, NOW, 1), [])


def test_the_committee_agrees() -> None:
    proposal = asked()
    withdrawal.decide(proposal, True, "", LATER, DIRECTOR)
    assert (proposal.state, proposal.withdrawal) == (
        State.WITHDRAWN,
        Withdrawal(REASON, NOW, 1, open=False),
    )
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_WITHDRAWN,
            "JOINT",
            serial_no="T15-1-0315",
            case_no="15-1-023",
            cosigners=[SHEN],
            occurrence_no=1,
            reason=REASON,
            was_filed=True,
            by_system=False,
        )
    ]
    assert (proposal.history[-1]["role"], proposal.history[-1]["note"]) == (
        "PROPOSAL_DIRECTOR",
        REASON,
    )
    assert (proposal.serial_no, proposal.case_no) == ("T15-1-0315", "15-1-023")


def test_the_committee_refuses_and_may_be_asked_again() -> None:
    proposal = asked()
    withdrawal.decide(proposal, False, "已经交办", LATER, DIRECTOR)
    assert (proposal.state, proposal.withdrawal) == (
        State.FILED,
        Withdrawal(REASON, NOW, 1, open=False),
    )
    withdrawal.request(proposal, "情况有变", LATER)
    assert proposal.withdrawal == Withdrawal("情况有变", LATER, 2)
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_WITHDRAWAL_REFUSED,
            "JOINT",
            reason="已经交办",
            occurrence_no=1,
        ),
        fact(
            names.PROPOSAL_WITHDRAWAL_REQUESTED,
            "JOINT",
            reason="情况有变",
            occurrence_no=2,
        ),
    ]


def test_a_refusal_needs_a_reason() -> None:
    proposal = asked()
    with pytest.raises(errors.ReasonMissing) as caught:
        withdrawal.decide(proposal, False, " ", LATER, DIRECTOR)
    assert refusal(caught) == ("REASON_MISSING", "reason")
    assert (proposal.withdrawal, taken(proposal)) == (Withdrawal(REASON, NOW, 1), [])


def test_without_an_open_request_there_is_nothing_to_decide() -> None:
    never, decided = filed(), asked()
    withdrawal.decide(decided, False, "已经交办", NOW, DIRECTOR)
    decided.events.clear()
    for proposal in (never, decided):
        with pytest.raises(errors.NoWithdrawal):
            withdrawal.decide(proposal, True, "", LATER, DIRECTOR)
        assert (proposal.state, taken(proposal)) == (State.FILED, [])


def test_what_is_withdrawn_stays_withdrawn() -> None:
    proposal = submitted()
    withdrawal.withdraw(proposal, REASON, NOW, AUTHOR)
    proposal.events.clear()
    with pytest.raises(errors.WrongState):
        withdrawal.withdraw(proposal, REASON, LATER, AUTHOR)
    assert (len(proposal.history), taken(proposal)) == (2, [])


def test_who_was_asked_to_sign_a_withdrawn_proposal_is_told() -> None:
    proposal = returned(SHEN)
    cosigning.invite(proposal, QIAN, NOW, AUTHOR)
    proposal.events.clear()
    withdrawal.withdraw(proposal, REASON, NOW, AUTHOR)
    assert signatures(proposal) == {SHEN: SignState.CONFIRMED, QIAN: SignState.CANCELLED}
    assert told(proposal) == [names.PROPOSAL_COSIGN_CANCELLED, names.PROPOSAL_WITHDRAWN]
