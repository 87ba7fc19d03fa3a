"""Not filed, the appeal, and a filing undone (T8, T25, T26; V14; decision 28; AC-05)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.proposals.domain import appeals, errors, review
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import day_after
from tests.unit.proposals.samples import (
    DIRECTOR,
    LATER,
    NOW,
    REVIEW_BY,
    SECOND,
    SHEN,
    STAFF,
    fact,
    file,
    filed,
    moved,
    refusal,
    short,
    submitted,
    taken,
    told,
    under_review,
)

APPEAL_BY = NOW + timedelta(days=15)
NF, TO = NotFiledReason, Disposition


def not_file(
    proposal: Proposal, reason: NotFiledReason = NF.NF10, disposition: Disposition = TO.TO_SCPO
) -> Proposal:
    units = ["unit-water"] if disposition is TO.TO_REFERENCE else []
    review.not_file(proposal, reason, disposition, "没有具体建议", APPEAL_BY, NOW, DIRECTOR, units)
    return proposal


def refused(*cosigners: str) -> Proposal:
    proposal = not_file(under_review(*cosigners))
    proposal.events.clear()
    return proposal


def appealed() -> Proposal:
    proposal = refused()
    appeals.request(proposal, "第二条建议是具体的", NOW)
    proposal.events.clear()
    return proposal


def decided(agreed: bool) -> Proposal:
    proposal = appealed()
    appeals.decide(proposal, agreed, "经复核", NOW, DIRECTOR)
    proposal.events.clear()
    return proposal


def test_not_filing_tells_reason_and_disposition() -> None:
    """T8."""
    proposal = not_file(under_review(SHEN))
    assert (proposal.state, proposal.review_due_at) == (State.NOT_FILED, None)
    assert moved(proposal) == (
        "UNDER_REVIEW",
        "NOT_FILED",
        "a-director",
        "PROPOSAL_DIRECTOR",
        "没有具体建议",
    )
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_NOT_FILED,
            "JOINT",
            serial_no="T15-1-0315",
            reason="NF10",
            disposition="TO_SCPO",
            occurrence_no=1,
            cosigners=[SHEN],
            groups={"sector": "22"},
            appeal_by=APPEAL_BY,
            text={
                "situation": proposal.text.situation,
                "suggestions": list(proposal.text.suggestions),
            },
            topic_codes=[],
        )
    ]


@pytest.mark.parametrize("disposition", [TO.TO_SCPO, TO.TO_REFERENCE])
def test_ac_05_a_personal_matter_may_only_become_a_letter(disposition: Disposition) -> None:
    """NF07."""
    proposal = under_review()
    with pytest.raises(errors.LetterOnly) as caught:
        not_file(proposal, NF.NF07, disposition)
    assert refusal(caught) == ("NF07_LETTER_ONLY", "disposition")
    assert proposal.state is State.UNDER_REVIEW
    assert not_file(proposal, NF.NF07, TO.TO_LETTER).state is State.NOT_FILED


@pytest.mark.parametrize("reason", [r for r in NF if r is not NF.NF07])
@pytest.mark.parametrize("disposition", list(TO))
def test_every_other_reason_goes_with_every_disposition(
    reason: NotFiledReason, disposition: Disposition
) -> None:
    """V14: NF01, NF02, NF03, NF04, NF05, NF06, NF08, NF09, NF10, NF11, NF12."""
    proposal = not_file(under_review(), reason, disposition)
    assert proposal.not_filed is not None
    assert (proposal.not_filed.reason, proposal.not_filed.disposition) == (reason, disposition)


def test_only_what_is_under_review_is_refused() -> None:
    for proposal in (submitted(), filed()):
        with pytest.raises(errors.WrongState):
            not_file(proposal)


def test_a_shortfall_does_not_keep_a_proposal_from_being_refused() -> None:
    proposal = short()
    review.start(proposal, NOW, STAFF)
    assert not_file(proposal).shortfall is None


def test_the_author_appeals_once_and_in_time() -> None:
    proposal = refused()
    with pytest.raises(errors.ReasonMissing):
        appeals.request(proposal, " ", NOW)
    with pytest.raises(errors.AppealLate):
        appeals.request(proposal, "具体", day_after(APPEAL_BY))
    appeals.request(proposal, "具体", day_after(APPEAL_BY) - SECOND)
    assert told(proposal) == [names.PROPOSAL_APPEAL_REQUESTED]
    with pytest.raises(errors.AppealOpen):
        appeals.request(proposal, "再次", NOW)


def test_an_appeal_is_decided_by_two() -> None:
    """Decision 28."""
    proposal = appealed()
    with pytest.raises(errors.NoAppeal):
        appeals.confirm(proposal, True, REVIEW_BY, LATER, STAFF)
    appeals.decide(proposal, True, "建议具体可行", LATER, DIRECTOR)
    assert proposal.history[-1]["to"] == "NOT_FILED"
    with pytest.raises(errors.SecondPerson):
        appeals.confirm(proposal, True, REVIEW_BY, LATER, By("a-director", "PROPOSAL_STAFF"))
    appeals.confirm(proposal, True, REVIEW_BY, LATER, STAFF)
    assert (proposal.state, proposal.review_due_at) == (State.UNDER_REVIEW, REVIEW_BY)
    assert told(proposal) == [
        names.PROPOSAL_APPEAL_DECISION_PROPOSED,
        names.PROPOSAL_APPEAL_DECIDED,
    ]


def test_who_does_not_agree_gives_it_back_to_the_director() -> None:
    proposal = decided(True)
    appeals.confirm(proposal, False, REVIEW_BY, LATER, STAFF)
    assert told(proposal) == [names.PROPOSAL_APPEAL_DECISION_RETURNED]
    assert proposal.state is State.NOT_FILED
    appeals.decide(proposal, False, "维持原决定", LATER, DIRECTOR)
    appeals.confirm(proposal, True, REVIEW_BY, LATER, STAFF)
    assert proposal.state is State.NOT_FILED


def test_a_refused_appeal_is_the_end_of_it() -> None:
    proposal = decided(False)
    appeals.confirm(proposal, True, REVIEW_BY, LATER, STAFF)
    assert proposal.state is State.NOT_FILED
    for verb in (
        lambda: appeals.decide(proposal, True, "改变", LATER, DIRECTOR),
        lambda: appeals.confirm(proposal, True, REVIEW_BY, LATER, STAFF),
    ):
        with pytest.raises(errors.NoAppeal):
            verb()
    with pytest.raises(errors.AppealOpen):
        appeals.request(proposal, "再次", NOW)


def test_filed_after_an_appeal_names_what_it_undoes() -> None:
    """B5 is undone by the filing."""
    proposal = decided(True)
    appeals.confirm(proposal, True, REVIEW_BY, LATER, STAFF)
    proposal.events.clear()
    file(proposal)
    (event,) = taken(proposal)
    assert event[1]["undoes_not_filed"] == 1


def test_refused_again_a_new_appeal_is_open() -> None:
    proposal = decided(True)
    appeals.confirm(proposal, True, REVIEW_BY, LATER, STAFF)
    proposal.events.clear()
    not_file(proposal)
    assert taken(proposal)[0][1]["occurrence_no"] == 2
    appeals.request(proposal, "仍是具体的", NOW)


def test_a_filing_is_revoked_and_its_number_kept() -> None:
    """T26."""
    proposal = filed(SHEN)
    with pytest.raises(errors.ReasonMissing):
        review.revoke_filing(proposal, "", REVIEW_BY, LATER, DIRECTOR)
    review.revoke_filing(proposal, "与另案重复", REVIEW_BY, LATER, DIRECTOR)
    assert (proposal.state, proposal.case_no, proposal.filed_at) == (
        State.UNDER_REVIEW,
        "15-1-023",
        None,
    )
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_FILING_REVOKED,
            "JOINT",
            serial_no="T15-1-0315",
            case_no="15-1-023",
            cosigners=[SHEN],
            occurrence_no=1,
            reason="与另案重复",
            review_due_at=REVIEW_BY,
        )
    ]
    assert proposal.review_due_at == REVIEW_BY
    file(proposal, 99)
    assert (proposal.case_no, proposal.filed_count) == ("15-1-023", 2)


def test_only_a_filed_and_unassigned_case_is_revoked() -> None:
    with pytest.raises(errors.WrongState):
        review.revoke_filing(under_review(), "重复", REVIEW_BY, NOW, DIRECTOR)
