"""Co-signers who withdraw or leave office, and the shortfall they cause (decisions 17 and 22)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.proposals.domain import cosigning, errors, review
from services.proposals.domain.details import By
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Shortfall
from services.proposals.domain.states import SignState, State
from shared.contracts import names
from shared.days import day_after
from tests.unit.proposals.samples import (
    ACTIVE,
    AUTHOR,
    DAY,
    DECIDE_BY,
    LATER,
    LU,
    NOW,
    QIAN,
    SECOND,
    SHEN,
    STAFF,
    TIMER,
    TIMES,
    WINDOW,
    WU,
    cosign_fact,
    fact,
    file,
    filed,
    joint,
    problems,
    refusal,
    returned,
    short,
    signatures,
    submitted,
    taken,
    told,
    under_review,
    with_signature,
)

INVITED, CONFIRMED, DECLINED = SignState.INVITED, SignState.CONFIRMED, SignState.DECLINED
CANCELLED, EXPIRED, LEFT = SignState.CANCELLED, SignState.EXPIRED, SignState.WITHDRAWN
RECONFIRM = SignState.RECONFIRM_NEEDED


@pytest.mark.parametrize("begin", [submitted, under_review])
def test_the_last_cosigner_gone_the_first_proposer_decides(
    begin: Callable[[str], Proposal],
) -> None:
    proposal = begin(SHEN)
    cosigning.withdraw(proposal, SHEN, LATER, DECIDE_BY)
    assert proposal.shortfall == Shortfall(LATER, DECIDE_BY)
    assert taken(proposal) == [
        cosign_fact(names.PROPOSAL_COSIGN_WITHDRAWN, SHEN, 0),
        fact(names.PROPOSAL_COSIGN_SHORTFALL_OPENED, "JOINT", decide_by=DECIDE_BY),
    ]
    assert proposal.proposer_type is ProposerType.JOINT


@pytest.mark.parametrize("begin", [joint, returned])
def test_before_submission_a_withdrawal_is_no_shortfall(begin: Callable[[str], Proposal]) -> None:
    proposal = begin(SHEN)
    cosigning.withdraw(proposal, SHEN, LATER, DECIDE_BY)
    assert proposal.shortfall is None
    assert taken(proposal) == [cosign_fact(names.PROPOSAL_COSIGN_WITHDRAWN, SHEN, 0)]
    assert problems(proposal) == [("V6_TOO_FEW_COSIGNERS", "cosignatures")]


def test_filing_waits_for_the_decision() -> None:
    proposal = short()
    review.start(proposal, NOW, STAFF)
    proposal.events.clear()
    with pytest.raises(errors.ShortfallOpen):
        file(proposal)
    assert (proposal.state, proposal.case_no, taken(proposal)) == (State.UNDER_REVIEW, None, [])


def test_going_on_alone() -> None:
    proposal = short()
    review.decide_shortfall(proposal, True, LATER, AUTHOR, TIMES)
    assert (proposal.state, proposal.proposer_type) == (State.SUBMITTED, ProposerType.INDIVIDUAL)
    assert proposal.shortfall is None
    assert taken(proposal) == [fact(names.PROPOSAL_COSIGN_SHORTFALL_DECIDED, decision="INDIVIDUAL")]


@pytest.mark.parametrize(("by", "by_system"), [(AUTHOR, False), (TIMER, True)])
def test_having_it_returned(by: By, by_system: bool) -> None:
    proposal = short()
    review.decide_shortfall(proposal, False, LATER, by, TIMES)
    assert (proposal.state, proposal.proposer_type) == (State.RETURNED, ProposerType.JOINT)
    assert (proposal.shortfall, proposal.review_due_at) == (None, None)
    assert taken(proposal) == [
        fact(names.PROPOSAL_COSIGN_SHORTFALL_DECIDED, "JOINT", decision="RETURNED"),
        fact(
            names.PROPOSAL_RETURNED,
            "JOINT",
            comment="联名人数不足，退回补充联名",
            window_until=LATER + WINDOW,
            resubmit_by=LATER + 60 * DAY,
            by_system=by_system,
        ),
    ]


def test_a_shortfall_is_decided_in_time() -> None:
    """Decision 66: until the midnight of its day, whether or not the timer has looked."""
    proposal, late = short(), short()
    review.decide_shortfall(proposal, True, day_after(DECIDE_BY) - SECOND, AUTHOR, TIMES)
    with pytest.raises(errors.ShortfallLate):
        review.decide_shortfall(late, True, day_after(DECIDE_BY), AUTHOR, TIMES)
    assert [p.proposer_type for p in (proposal, late)] == ["INDIVIDUAL", "JOINT"]


def test_a_shortfall_is_decided_once() -> None:
    proposal = short()
    review.decide_shortfall(proposal, True, NOW, AUTHOR, TIMES)
    proposal.events.clear()
    with pytest.raises(errors.NoShortfall):
        review.decide_shortfall(proposal, False, LATER, AUTHOR, TIMES)
    assert (proposal.state, taken(proposal)) == (State.SUBMITTED, [])


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DISCARDED, State.NOT_FILED])
def test_from_an_ended_proposal_nobody_withdraws(state: State) -> None:
    proposal = submitted(SHEN)
    proposal.state = state
    with pytest.raises(errors.WrongState) as caught:
        cosigning.withdraw(proposal, SHEN, LATER, DECIDE_BY)
    assert caught.value.details == {"state": state.value}


def test_cosigners_withdraw_one_after_the_other() -> None:
    """AC-02."""
    proposal = submitted(SHEN, QIAN)
    cosigning.withdraw(proposal, QIAN, NOW, DECIDE_BY)
    assert (proposal.proposer_type, proposal.shortfall) == (ProposerType.JOINT, None)
    assert told(proposal) == [names.PROPOSAL_COSIGN_WITHDRAWN]
    cosigning.withdraw(proposal, SHEN, NOW, DECIDE_BY)
    assert taken(proposal) == [
        cosign_fact(names.PROPOSAL_COSIGN_WITHDRAWN, SHEN, 0),
        fact(names.PROPOSAL_COSIGN_SHORTFALL_OPENED, "JOINT", decide_by=DECIDE_BY),
    ]
    review.decide_shortfall(proposal, True, LATER, AUTHOR, TIMES)
    review.start(proposal, LATER, STAFF)
    proposal.events.clear()
    file(proposal)
    [(event, data)] = taken(proposal)
    assert event == names.PROPOSAL_FILED
    assert (data["proposer_type"], data["first_proposer"], data["cosigners"]) == (
        "INDIVIDUAL",
        LU,
        [],
    )


def test_after_filing_a_cosignature_is_locked() -> None:
    """AC-02."""
    proposal = filed(SHEN)
    with pytest.raises(errors.CosignLocked) as caught:
        cosigning.withdraw(proposal, SHEN, LATER, DECIDE_BY)
    assert refusal(caught) == ("COSIGN_LOCKED", None)
    assert (proposal.confirmed, taken(proposal)) == ([SHEN], [])


# -- leaving office (decision 17) ----------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (CONFIRMED, LEFT, names.PROPOSAL_COSIGN_WITHDRAWN),
        (RECONFIRM, LEFT, names.PROPOSAL_COSIGN_WITHDRAWN),
        (INVITED, CANCELLED, names.PROPOSAL_COSIGN_CANCELLED),
    ],
)
def test_who_leaves_office_signs_no_more(before: SignState, after: SignState, event: str) -> None:
    proposal = with_signature(before)
    others = len([m for m in proposal.confirmed if m != SHEN])
    assert cosigning.release(proposal, SHEN, LATER, DECIDE_BY) is True
    assert signatures(proposal)[SHEN] is after
    assert taken(proposal) == [cosign_fact(event, SHEN, others)]
    assert cosigning.release(proposal, SHEN, LATER, DECIDE_BY) is False
    assert taken(proposal) == []


def test_leaving_office_in_review_opens_a_shortfall_once() -> None:
    proposal = under_review(SHEN)
    assert cosigning.release(proposal, SHEN, LATER, DECIDE_BY) is True
    assert told(proposal) == [
        names.PROPOSAL_COSIGN_WITHDRAWN,
        names.PROPOSAL_COSIGN_SHORTFALL_OPENED,
    ]
    assert cosigning.release(proposal, SHEN, LATER, DECIDE_BY) is False
    assert (proposal.shortfall, taken(proposal)) == (Shortfall(LATER, DECIDE_BY), [])


@pytest.mark.parametrize("state", [DECLINED, CANCELLED, EXPIRED, LEFT])
def test_an_ended_signature_is_not_released(state: SignState) -> None:
    proposal = with_signature(state)
    assert cosigning.release(proposal, SHEN, LATER, DECIDE_BY) is False
    assert (signatures(proposal)[SHEN], taken(proposal)) == (state, [])


def test_the_filed_proposal_keeps_the_signature_of_who_left() -> None:
    proposal = filed(SHEN)
    assert cosigning.release(proposal, SHEN, LATER, DECIDE_BY) is False
    assert (proposal.confirmed, taken(proposal)) == ([SHEN], [])


def test_strangers_and_the_first_proposer_have_no_signature_to_release() -> None:
    proposal = submitted(SHEN)
    assert [cosigning.release(proposal, m, LATER, DECIDE_BY) for m in (LU, WU)] == [False, False]
    assert proposal.confirmed == [SHEN]
    assert problems(returned(SHEN), active=ACTIVE - {LU}) == [("V5_NOT_ACTIVE", None)]
