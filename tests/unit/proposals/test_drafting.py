"""Writing: text and details, the kind, entry on behalf (decision 18), seals (V8), discarding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.proposals.domain import cosigning, drafting, errors
from services.proposals.domain.details import By
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Entry, Seal
from services.proposals.domain.states import SignState, State
from shared.contracts import names
from tests.unit.proposals.samples import (
    AUTHOR,
    CHANGED,
    DETAILS,
    LATER,
    LU,
    NOW,
    PARTY,
    QIAN,
    SHEN,
    STAFF,
    TEXT,
    cosign_fact,
    draft,
    fact,
    joint,
    problems,
    returned,
    signatures,
    submitted,
    taken,
)

HEAD = By("a-head", "ORG_HEAD")


def entered() -> Proposal:
    return draft(entry=Entry("a-staff", "file-scan", NOW))


def test_a_new_draft_is_nothing_yet() -> None:
    proposal = draft()
    assert (proposal.state, proposal.text_no, proposal.text_pinned) == (State.DRAFT, 1, False)
    assert (proposal.serial_no, proposal.case_no, proposal.revision) == (None, None, 0)
    assert (proposal.history, proposal.events, proposal.confirmed) == ([], [], [])


# -- text and details ----------------------------------------------------------------------


def test_a_text_that_nobody_signed_is_overwritten() -> None:
    proposal = draft()
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    assert (proposal.text, proposal.text_no, proposal.text_pinned) == (CHANGED, 1, False)
    assert taken(proposal) == []


def test_a_signed_text_is_kept_and_a_new_version_begins() -> None:
    proposal = joint(SHEN)
    assert (proposal.text_no, proposal.text_pinned) == (1, True)
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    assert (proposal.text_no, proposal.text_pinned) == (2, False)
    drafting.edit(proposal, replace(CHANGED, analysis="管理责任不明。"), DETAILS, LATER, AUTHOR)
    assert (proposal.text_no, proposal.text_pinned) == (2, False)


def test_other_details_touch_neither_text_nor_signatures() -> None:
    proposal = joint(SHEN)
    details = replace(DETAILS, needs_consult=True)
    drafting.edit(proposal, TEXT, details, LATER, AUTHOR)
    assert (proposal.details, proposal.text_no, proposal.text_pinned) == (details, 1, True)
    assert signatures(proposal) == {SHEN: SignState.CONFIRMED}
    assert taken(proposal) == []


def test_what_was_submitted_keeps_its_text() -> None:
    proposal = submitted()
    with pytest.raises(errors.WrongState) as caught:
        drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    assert caught.value.details == {"state": "SUBMITTED"}
    assert proposal.text == TEXT


def test_a_returned_text_is_changed_as_a_new_version() -> None:
    proposal = returned()
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    assert (proposal.state, proposal.text, proposal.text_no) == (State.RETURNED, CHANGED, 2)


# -- the kind ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ProposerType.INDIVIDUAL, ProposerType.JOINT),
        (ProposerType.JOINT, ProposerType.INDIVIDUAL),
    ],
)
def test_alone_or_jointly_in_a_draft(before: ProposerType, after: ProposerType) -> None:
    proposal = draft(before)
    drafting.change_kind(proposal, after, NOW)
    assert (proposal.proposer_type, taken(proposal)) == (after, [])


def test_after_a_return_an_individual_proposal_may_find_cosigners() -> None:
    proposal = returned()
    drafting.change_kind(proposal, ProposerType.JOINT, LATER)
    cosigning.invite(proposal, SHEN, LATER, AUTHOR)
    assert (proposal.state, signatures(proposal)) == (
        State.RETURNED,
        {SHEN: SignState.INVITED},
    )


def test_going_on_alone_cancels_open_invitations() -> None:
    proposal = returned(SHEN)
    cosigning.withdraw(proposal, SHEN, NOW, LATER)
    cosigning.invite(proposal, QIAN, NOW, AUTHOR)
    proposal.events.clear()
    drafting.change_kind(proposal, ProposerType.INDIVIDUAL, LATER)
    assert proposal.proposer_type is ProposerType.INDIVIDUAL
    assert signatures(proposal) == {SHEN: SignState.WITHDRAWN, QIAN: SignState.CANCELLED}
    assert taken(proposal) == [cosign_fact(names.PROPOSAL_COSIGN_CANCELLED, QIAN, 0)]


def test_a_confirmed_cosignature_is_not_dropped_by_changing_the_kind() -> None:
    proposal = returned(SHEN)
    with pytest.raises(errors.WrongState) as caught:
        drafting.change_kind(proposal, ProposerType.INDIVIDUAL, LATER)
    assert caught.value.message == "已有委员确认联名，不能改为个人提案"
    assert (proposal.proposer_type, proposal.confirmed) == (ProposerType.JOINT, [SHEN])


def test_the_kind_stays_while_signatures_are_collected() -> None:
    proposal = joint(invited=[SHEN])
    drafting.change_kind(proposal, ProposerType.JOINT, NOW)
    with pytest.raises(errors.WrongState) as caught:
        drafting.change_kind(proposal, ProposerType.INDIVIDUAL, NOW)
    assert caught.value.message == "征集联名期间请先撤回邀请，再更改提案类型"
    assert signatures(proposal) == {SHEN: SignState.INVITED}


@pytest.mark.parametrize("kind", list(COLLECTIVES))
def test_a_collective_proposal_is_no_members_proposal(kind: ProposerType) -> None:
    for before, after in [(ProposerType.INDIVIDUAL, kind), (kind, ProposerType.JOINT)]:
        proposal = draft(before)
        with pytest.raises(errors.WrongState):
            drafting.change_kind(proposal, after, NOW)
        assert proposal.proposer_type is before


# -- entry on behalf (decision 18) ---------------------------------------------------------


def test_the_member_is_asked_and_confirms_what_was_entered() -> None:
    proposal = entered()
    drafting.ask_confirmation(proposal)
    drafting.confirm_entry(proposal, LATER)
    assert taken(proposal) == [
        fact(names.PROPOSAL_ENTRY_CONFIRMATION_REQUESTED, member_id=LU),
        fact(names.PROPOSAL_ENTRY_CONFIRMED, member_id=LU),
    ]
    assert proposal.entry == Entry("a-staff", "file-scan", NOW, LATER)
    assert (proposal.state, problems(proposal)) == (State.DRAFT, [])


def test_before_that_staff_may_correct_it_and_the_member_may_not() -> None:
    proposal = entered()
    drafting.edit(proposal, CHANGED, DETAILS, NOW, STAFF)
    assert proposal.text == CHANGED
    with pytest.raises(errors.EntryNotConfirmed):
        drafting.edit(proposal, TEXT, DETAILS, NOW, AUTHOR)
    assert proposal.text == CHANGED
    assert problems(proposal) == [("ENTRY_NOT_CONFIRMED", None)]


def test_after_that_the_member_writes() -> None:
    proposal = entered()
    drafting.confirm_entry(proposal, NOW)
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    assert proposal.text == CHANGED


@pytest.mark.parametrize("entry", [None, Entry("a-staff", "file-scan", NOW, NOW)])
def test_nothing_to_confirm(entry: Entry | None) -> None:
    proposal = draft(entry=entry)
    with pytest.raises(errors.NoEntry):
        drafting.confirm_entry(proposal, LATER)
    assert (proposal.entry, taken(proposal)) == (entry, [])


# -- seals (V7, V8) ------------------------------------------------------------------------


def asked() -> Proposal:
    proposal = draft(ProposerType.PARTY)
    drafting.request_seal(proposal, NOW)
    return proposal


def test_the_head_is_asked_and_puts_the_seal() -> None:
    proposal = asked()
    assert (proposal.text_pinned, proposal.seal) == (
        True,
        Seal("ORG_HEAD", {"party": "org-minjian"}, NOW),
    )
    drafting.put_seal(proposal, LATER, HEAD)
    assert proposal.seal == Seal("ORG_HEAD", {"party": "org-minjian"}, NOW, LATER, "a-head")
    header = {
        "proposal_id": "p-1",
        "title": TEXT.title,
        "proposer_type": "PARTY",
        "first_proposer": None,
        "organisation": PARTY["id"],
    }
    seal = {"role": "ORG_HEAD", "scope": {"party": "org-minjian"}}
    assert taken(proposal) == [
        (names.PROPOSAL_SEAL_REQUESTED, {**header, **seal}),
        (names.PROPOSAL_SEALED, {**header, **seal}),
    ]


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        (ProposerType.PARTY, "ORG_HEAD"),
        (ProposerType.ORGANISATION, "ORG_HEAD"),
        (ProposerType.SECTOR, "SECTOR_CONVENER"),
        (ProposerType.GROUP, "SECTOR_CONVENER"),
        (ProposerType.COMMITTEE, "COMMITTEE_DIRECTOR"),
        (ProposerType.TOWN_COMMITTEE, "TOWN_HEAD"),
    ],
)
def test_who_seals(kind: ProposerType, head: str) -> None:
    proposal = draft(kind)
    drafting.request_seal(proposal, NOW)
    assert proposal.seal is not None
    assert proposal.seal.role == head


def test_other_words_need_another_seal() -> None:
    proposal = asked()
    drafting.put_seal(proposal, NOW, HEAD)
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    assert (proposal.seal, proposal.text_no) == (None, 2)
    assert problems(proposal) == [("V8_NOT_SEALED", None)]
    drafting.request_seal(proposal, LATER)
    drafting.put_seal(proposal, LATER, HEAD)
    assert problems(proposal) == []


def test_a_seal_stands_when_only_details_change() -> None:
    proposal = asked()
    drafting.put_seal(proposal, NOW, HEAD)
    drafting.edit(proposal, TEXT, replace(DETAILS, needs_consult=True), LATER, AUTHOR)
    assert problems(proposal) == []


def test_a_members_proposal_has_no_seal() -> None:
    proposal = draft()
    with pytest.raises(errors.NoSeal) as caught:
        drafting.request_seal(proposal, NOW)
    assert caught.value.message == "个人提案和联名提案不需要盖章确认"


def test_a_seal_is_asked_for_once() -> None:
    proposal = asked()
    for step in (lambda: None, lambda: drafting.put_seal(proposal, NOW, HEAD)):
        step()
        with pytest.raises(errors.NoSeal) as caught:
            drafting.request_seal(proposal, LATER)
        assert caught.value.message == "已申请盖章确认"
    assert proposal.seal is not None
    assert proposal.seal.requested_at == NOW


def test_a_seal_is_put_once_and_only_when_asked_for() -> None:
    proposal = draft(ProposerType.PARTY)
    with pytest.raises(errors.NoSeal):
        drafting.put_seal(proposal, NOW, HEAD)
    drafting.request_seal(proposal, NOW)
    drafting.put_seal(proposal, NOW, HEAD)
    with pytest.raises(errors.NoSeal):
        drafting.put_seal(proposal, LATER, HEAD)
    assert proposal.seal is not None
    assert proposal.seal.sealed_at == NOW


# -- discarding (decision 23) --------------------------------------------------------------


def test_a_draft_is_discarded() -> None:
    proposal = draft()
    drafting.discard(proposal, NOW, AUTHOR)
    assert (proposal.state, proposal.serial_no) == (State.DISCARDED, None)
    assert taken(proposal) == [fact(names.PROPOSAL_DISCARDED)]


def test_discarding_tells_who_was_asked_to_sign() -> None:
    proposal = joint(SHEN, invited=[QIAN])
    drafting.discard(proposal, LATER, AUTHOR)
    assert signatures(proposal) == {SHEN: SignState.CANCELLED, QIAN: SignState.CANCELLED}
    assert taken(proposal) == [
        cosign_fact(names.PROPOSAL_COSIGN_CANCELLED, SHEN, 0),
        cosign_fact(names.PROPOSAL_COSIGN_CANCELLED, QIAN, 0),
        fact(names.PROPOSAL_DISCARDED, "JOINT"),
    ]
    assert proposal.history[-1] == {
        "from": "COSIGNING",
        "to": "DISCARDED",
        "at": LATER,
        "account_id": "a-lu",
        "role": "MEMBER",
        "note": None,
    }
