"""Co-signatures from the invitation to submission (V6, V9, V10; decision 22), with AC-03."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.proposals.domain import cosigning, drafting, errors
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Cosignature
from services.proposals.domain.states import SignState, State
from services.proposals.domain.text import difference
from shared.contracts import names
from shared.days import day_after
from shared.errors import Refused
from tests.unit.proposals.samples import (
    AUTHOR,
    CHANGED,
    DECIDE_BY,
    DETAILS,
    LATER,
    LU,
    NOW,
    QIAN,
    SECOND,
    SHEN,
    TEXT,
    WINDOW,
    WU,
    cosign_fact,
    draft,
    joint,
    problems,
    refusal,
    returned,
    signatures,
    submit,
    submitted,
    taken,
    told,
    under_review,
    with_signature,
)

INVITED, CONFIRMED, DECLINED = SignState.INVITED, SignState.CONFIRMED, SignState.DECLINED
CANCELLED, EXPIRED, LEFT = SignState.CANCELLED, SignState.EXPIRED, SignState.WITHDRAWN
RECONFIRM = SignState.RECONFIRM_NEEDED


# -- T1 ------------------------------------------------------------------------------------


def test_the_first_invitation_opens_cosigning() -> None:
    proposal = draft(ProposerType.JOINT)
    cosigning.invite(proposal, SHEN, NOW, AUTHOR)
    cosigning.invite(proposal, QIAN, LATER, AUTHOR)
    assert proposal.state is State.COSIGNING
    assert proposal.history == [
        {
            "from": "DRAFT",
            "to": "COSIGNING",
            "at": NOW,
            "account_id": "a-lu",
            "role": "MEMBER",
            "note": None,
        }
    ]
    assert proposal.cosignatures == [
        Cosignature(SHEN, INVITED, 1, NOW),
        Cosignature(QIAN, INVITED, 1, LATER),
    ]
    assert taken(proposal) == [
        cosign_fact(names.PROPOSAL_COSIGN_INVITED, SHEN, 0),
        cosign_fact(names.PROPOSAL_COSIGN_INVITED, QIAN, 0),
    ]


@pytest.mark.parametrize("kind", [kind for kind in ProposerType if kind is not ProposerType.JOINT])
def test_only_a_joint_proposal_has_cosigners(kind: ProposerType) -> None:
    proposal = draft(kind)
    with pytest.raises(errors.NotJoint):
        cosigning.invite(proposal, SHEN, NOW, AUTHOR)
    assert (proposal.state, proposal.cosignatures, taken(proposal)) == (State.DRAFT, [], [])


def test_nobody_invites_themselves() -> None:
    proposal = draft(ProposerType.JOINT)
    with pytest.raises(errors.CannotInvite) as caught:
        cosigning.invite(proposal, LU, NOW, AUTHOR)
    assert (*refusal(caught), caught.value.message) == (
        "CANNOT_INVITE",
        "memberId",
        "不能邀请自己联名",
    )
    assert (proposal.state, taken(proposal)) == (State.DRAFT, [])


@pytest.mark.parametrize("state", [INVITED, CONFIRMED, RECONFIRM])
def test_who_was_asked_or_signed_is_not_asked_again(state: SignState) -> None:
    proposal = with_signature(state)
    with pytest.raises(errors.CannotInvite) as caught:
        cosigning.invite(proposal, SHEN, LATER, AUTHOR)
    assert caught.value.message == "已邀请该委员，不必重复邀请"
    assert signatures(proposal)[SHEN] is state


@pytest.mark.parametrize("state", [DECLINED, CANCELLED, EXPIRED, LEFT])
def test_whose_signature_ended_may_be_asked_once_more(state: SignState) -> None:
    proposal = with_signature(state)
    cosigning.invite(proposal, SHEN, LATER, AUTHOR)
    assert proposal.cosignature_of(SHEN) == Cosignature(SHEN, INVITED, 2, LATER)
    assert taken(proposal) == [cosign_fact(names.PROPOSAL_COSIGN_INVITED, SHEN, 1, occurrence=2)]


# -- answers -------------------------------------------------------------------------------

Answer = tuple[Callable[[Proposal], None], SignState, str, set[SignState], int]
ANSWERS: dict[str, Answer] = {
    "confirm": (
        lambda p: cosigning.confirm(p, SHEN, LATER),
        CONFIRMED,
        names.PROPOSAL_COSIGN_CONFIRMED,
        {INVITED, RECONFIRM},
        1,
    ),
    "decline": (
        lambda p: cosigning.decline(p, SHEN, LATER),
        DECLINED,
        names.PROPOSAL_COSIGN_DECLINED,
        {INVITED, RECONFIRM},
        0,
    ),
    "cancel_invitation": (
        lambda p: cosigning.cancel_invitation(p, SHEN, LATER),
        CANCELLED,
        names.PROPOSAL_COSIGN_CANCELLED,
        {INVITED, RECONFIRM},
        0,
    ),
    "withdraw_signature": (
        lambda p: cosigning.withdraw(p, SHEN, LATER, DECIDE_BY),
        LEFT,
        names.PROPOSAL_COSIGN_WITHDRAWN,
        {CONFIRMED, RECONFIRM},
        0,
    ),
}


@pytest.mark.parametrize("state", list(SignState))
@pytest.mark.parametrize("name", list(ANSWERS))
def test_an_answer_is_taken_or_refused(name: str, state: SignState) -> None:
    answer, to, event, allowed, counted = ANSWERS[name]
    proposal = with_signature(state)
    others = len([m for m in proposal.confirmed if m != SHEN])
    if state not in allowed:
        with pytest.raises(errors.NoInvitation):
            answer(proposal)
        assert (signatures(proposal)[SHEN], taken(proposal)) == (state, [])
        return
    answer(proposal)
    signature = proposal.cosignature_of(SHEN)
    assert signature is not None
    assert (signature.state, signature.answered_at) == (to, LATER)
    assert taken(proposal) == [cosign_fact(event, SHEN, others + counted)]


@pytest.mark.parametrize("name", list(ANSWERS))
def test_who_was_never_asked_has_nothing_to_answer(name: str) -> None:
    proposal = joint(QIAN)
    with pytest.raises(errors.NoInvitation) as caught:
        ANSWERS[name][0](proposal)
    assert refusal(caught) == ("NO_INVITATION", "memberId")
    assert (signatures(proposal), taken(proposal)) == ({QIAN: CONFIRMED}, [])


def test_refusals_say_why() -> None:
    proposal = joint(SHEN, invited=[QIAN])
    with pytest.raises(errors.NoInvitation, match="该邀请已有答复，不能取消"):
        cosigning.cancel_invitation(proposal, SHEN, LATER)
    with pytest.raises(errors.NoInvitation, match="您没有联名本提案"):
        cosigning.withdraw(proposal, QIAN, LATER, DECIDE_BY)


def test_confirming_pins_the_text_as_it_stands() -> None:
    proposal = joint(invited=[SHEN])
    assert proposal.text_pinned is False
    cosigning.confirm(proposal, SHEN, LATER)
    assert (proposal.text_pinned, proposal.text_no) == (True, 1)
    assert proposal.cosignature_of(SHEN) == Cosignature(SHEN, CONFIRMED, 1, NOW, LATER, 1)


def test_confirmed_are_in_the_order_of_invitation() -> None:
    proposal = joint(invited=[SHEN, QIAN, WU])
    for member in (WU, SHEN):
        cosigning.confirm(proposal, member, LATER)
    assert proposal.confirmed == [SHEN, WU]


# -- V10 -----------------------------------------------------------------------------------


def test_changed_words_need_each_signature_again() -> None:
    proposal = joint(SHEN, QIAN, invited=[WU])
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    assert signatures(proposal) == {SHEN: RECONFIRM, QIAN: RECONFIRM, WU: INVITED}
    assert taken(proposal) == [
        cosign_fact(names.PROPOSAL_COSIGN_RECONFIRM_NEEDED, SHEN, 1),
        cosign_fact(names.PROPOSAL_COSIGN_RECONFIRM_NEEDED, QIAN, 0),
    ]
    assert proposal.state is State.COSIGNING


def test_a_second_change_asks_nobody_twice() -> None:
    proposal = joint(SHEN)
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    proposal.events.clear()
    drafting.edit(proposal, TEXT, DETAILS, LATER, AUTHOR)
    assert (signatures(proposal), taken(proposal)) == ({SHEN: RECONFIRM}, [])


def test_confirming_again_counts_for_the_new_words() -> None:
    proposal = joint(SHEN)
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    cosigning.confirm(proposal, SHEN, LATER)
    assert proposal.cosignature_of(SHEN) == Cosignature(SHEN, CONFIRMED, 1, NOW, LATER, 2)
    assert (proposal.text_no, proposal.text_pinned) == (2, True)


def test_a_text_changed_after_cosigning() -> None:
    """AC-03: suggestion 2 changes; what he signed stays known; unconfirmed, he drops out."""
    proposal = joint(SHEN)
    drafting.edit(proposal, CHANGED, DETAILS, NOW, AUTHOR)
    signature = proposal.cosignature_of(SHEN)
    assert signature is not None
    assert (signature.state, signature.text_no, proposal.text_no) == (RECONFIRM, 1, 2)
    [row] = difference(TEXT, proposal.text)
    assert row["field"] == "suggestions.1"
    assert problems(proposal) == [("V6_TOO_FEW_COSIGNERS", "cosignatures")]
    proposal.events.clear()
    with pytest.raises(Refused) as caught:
        submit(proposal)
    assert refusal(caught) == ("V6_TOO_FEW_COSIGNERS", "cosignatures")
    assert (signatures(proposal), told(proposal)) == ({SHEN: RECONFIRM}, [])
    cosigning.invite(proposal, QIAN, NOW, AUTHOR)
    cosigning.confirm(proposal, QIAN, NOW)
    proposal.events.clear()
    submit(proposal)
    expired, sent = taken(proposal)
    assert expired == cosign_fact(names.PROPOSAL_COSIGN_EXPIRED, SHEN, 1)
    assert sent[1]["cosigners"] == [QIAN]
    assert signatures(proposal) == {SHEN: EXPIRED, QIAN: CONFIRMED}


# -- V9 and the windows of decision 22 -----------------------------------------------------


def test_submitting_expires_what_is_open() -> None:
    proposal = joint(SHEN, invited=[QIAN, WU])
    cosigning.decline(proposal, WU, NOW)
    proposal.events.clear()
    submit(proposal, LATER)
    assert signatures(proposal) == {SHEN: CONFIRMED, QIAN: EXPIRED, WU: DECLINED}
    expired, sent = taken(proposal)
    assert expired == cosign_fact(names.PROPOSAL_COSIGN_EXPIRED, QIAN, 1)
    assert sent[0] == names.PROPOSAL_SUBMITTED


@pytest.mark.parametrize("begin", [submitted, under_review])
def test_after_submission_nobody_joins(begin: Callable[[str], Proposal]) -> None:
    proposal = begin(SHEN)
    with pytest.raises(errors.CosignClosed):
        cosigning.confirm(proposal, SHEN, LATER)
    with pytest.raises(errors.WrongState):
        cosigning.invite(proposal, QIAN, LATER, AUTHOR)
    assert (signatures(proposal), taken(proposal)) == ({SHEN: CONFIRMED}, [])


def test_an_expired_invitation_is_not_confirmed() -> None:
    proposal = joint(SHEN, invited=[QIAN])
    submit(proposal)
    with pytest.raises(errors.CosignClosed):
        cosigning.confirm(proposal, QIAN, LATER)
    with pytest.raises(errors.NoInvitation):
        cosigning.decline(proposal, QIAN, LATER)
    assert signatures(proposal)[QIAN] is EXPIRED


def test_a_return_opens_a_window_of_seven_days() -> None:
    proposal = returned(SHEN)
    assert proposal.window_until == NOW + WINDOW
    last = day_after(NOW + WINDOW) - SECOND
    cosigning.invite(proposal, QIAN, last, AUTHOR)
    cosigning.invite(proposal, WU, last, AUTHOR)
    cosigning.confirm(proposal, QIAN, last)
    with pytest.raises(errors.CosignClosed):
        cosigning.confirm(proposal, WU, last + SECOND)
    assert signatures(proposal) == {SHEN: CONFIRMED, QIAN: CONFIRMED, WU: INVITED}


def test_after_the_window_nobody_is_invited() -> None:
    proposal = returned(SHEN)
    with pytest.raises(errors.CosignClosed):
        cosigning.invite(proposal, QIAN, day_after(NOW + WINDOW), AUTHOR)
    assert (signatures(proposal), taken(proposal)) == ({SHEN: CONFIRMED}, [])


def test_after_the_window_it_may_still_be_resubmitted_or_declined() -> None:
    proposal = returned(SHEN)
    cosigning.invite(proposal, QIAN, NOW, AUTHOR)
    late = day_after(NOW + WINDOW)
    cosigning.decline(proposal, QIAN, late)
    submit(proposal, late)
    assert (proposal.state, proposal.window_until) == (State.SUBMITTED, None)


def test_back_to_a_draft_cancels_all() -> None:
    proposal = joint(SHEN, invited=[QIAN, WU])
    cosigning.decline(proposal, WU, NOW)
    proposal.events.clear()
    cosigning.reopen_draft(proposal, LATER, AUTHOR)
    assert proposal.state is State.DRAFT
    assert signatures(proposal) == {SHEN: CANCELLED, QIAN: CANCELLED, WU: DECLINED}
    assert taken(proposal) == [
        cosign_fact(names.PROPOSAL_COSIGN_CANCELLED, SHEN, 0),
        cosign_fact(names.PROPOSAL_COSIGN_CANCELLED, QIAN, 0),
    ]
    drafting.change_kind(proposal, ProposerType.INDIVIDUAL, LATER)
    assert problems(proposal) == []
