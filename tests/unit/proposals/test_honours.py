"""Key and excellent proposals, plagiarism (2.2; decisions 28, 31, 33)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from services.proposals.domain import errors, honours, plagiarism, review, withdrawal
from services.proposals.domain.details import By
from services.proposals.domain.honour_records import (
    KEY_MOVES,
    KeyState,
    Leader,
    Meeting,
    PlagiarismState,
    Rank,
)
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import day_after
from shared.errors import DomainError
from tests.unit.proposals.samples import (
    AUTHOR,
    DIRECTOR,
    LATER,
    LU,
    NOW,
    QIAN,
    REVIEW_BY,
    SHEN,
    STAFF,
    filed,
    submitted,
    taken,
    told,
)
from tests.unit.proposals.test_handling import assigned
from tests.unit.proposals.test_judging import form, judge, replied

K, P = KeyState, PlagiarismState
DOC, DAY = "吴政协主席会纪〔2017〕4号", "2017-02-07"
ZHOU = Leader("周立新", Rank.CPPCC_LEADER, "m-15-0001")
SECOND = By("a-second", "OFFICE")
APPEAL_BY = LATER + timedelta(days=15)


def meeting(held_on: str = "2017-02-08") -> Meeting:
    return Meeting(held_on, "三方", "商定分期实施。", ("file-m",), LATER, "a-staff")


def candidate(proposal: Proposal | None = None) -> Proposal:
    found = proposal or filed(SHEN)
    honours.nominate(found, "事关民生", NOW, AUTHOR)
    return found


def selected(proposal: Proposal | None = None) -> Proposal:
    found = candidate(proposal)
    honours.select_key(found, DOC, DAY, NOW)
    return found


def led(proposal: Proposal | None = None) -> Proposal:
    found = selected(proposal)
    honours.name_leader(found, ZHOU, NOW)
    return found


def met(proposal: Proposal | None = None) -> Proposal:
    found = led(proposal)
    honours.record_meeting(found, meeting(), LATER)
    return found


def appraised(proposal: Proposal | None = None) -> Proposal:
    found = met(proposal)
    assert honours.mark_appraised(found, "appraisal-1", LATER)
    return found


def key_of(proposal: Proposal) -> Any:
    assert proposal.key is not None
    return proposal.key


def test_the_way_of_a_key_proposal() -> None:
    proposal = replied()
    judge(proposal, form())
    proposal.events.clear()
    appraised(proposal)
    honours.finish_key(proposal, LATER)
    key = key_of(proposal)
    assert (key.state, key.doc_no, key.leader, key.appraisal) == (K.DONE, DOC, ZHOU, "appraisal-1")
    assert [row["to"] for row in key.history] == [
        "SELECTED",
        "LED",
        "MEETING_HELD",
        "APPRAISED",
        "DONE",
    ]
    facts = dict(taken(proposal))
    assert list(facts) == [
        names.PROPOSAL_KEY_NOMINATED,
        names.PROPOSAL_KEY_SELECTED,
        names.PROPOSAL_KEY_LED,
        names.PROPOSAL_KEY_MEETING_HELD,
        names.PROPOSAL_KEY_APPRAISED,
        names.PROPOSAL_KEY_DONE,
    ]
    chosen = facts[names.PROPOSAL_KEY_SELECTED]
    assert (chosen["occurrence_no"], chosen["cosigners"]) == (1, [SHEN])
    assert "周立新" not in repr(facts)  # names never travel
    assert "file-m" in proposal.files


def test_the_key_table_is_the_specified_one() -> None:
    forward = [K.CANDIDATE, K.SELECTED, K.LED, K.MEETING_HELD, K.APPRAISED, K.DONE]
    for before, after in pairwise(forward):
        assert after in KEY_MOVES[before]
    assert all(moves <= {K.CANDIDATE, *forward} for moves in KEY_MOVES.values())
    assert {b for b, moves in KEY_MOVES.items() if K.CANDIDATE in moves} == set(forward[1:])


def test_deselected_it_is_a_candidate_again_and_the_next_selection_is_another() -> None:
    """Decision 28, 31."""
    proposal = selected()
    honours.deselect_key(proposal, "另行决定", LATER)
    assert (key_of(proposal).state, key_of(proposal).doc_no) == (K.CANDIDATE, None)
    event, data = taken(proposal)[-1]
    assert (event, data["occurrence_no"]) == (names.PROPOSAL_KEY_DESELECTED, 1)
    honours.select_key(proposal, DOC, DAY, LATER)
    assert taken(proposal)[-1][1]["occurrence_no"] == 2


KEY_VERBS: dict[str, tuple[Callable[[Proposal], object], set[KeyState]]] = {
    "nominate": (lambda p: honours.nominate(p, "再推荐", LATER, SECOND), {K.CANDIDATE}),
    "select": (lambda p: honours.select_key(p, DOC, DAY, LATER), {K.CANDIDATE}),
    "deselect": (lambda p: honours.deselect_key(p, "另行决定", LATER), {K.SELECTED}),
    "lead": (lambda p: honours.name_leader(p, ZHOU, LATER), {K.SELECTED, K.LED}),
    "meet": (lambda p: honours.record_meeting(p, meeting(), LATER), {K.LED, K.MEETING_HELD}),
    "appraise": (lambda p: honours.appraise(p, "评议满意", LATER), {K.MEETING_HELD}),
}
STAGES = {
    K.CANDIDATE: candidate,
    K.SELECTED: selected,
    K.LED: led,
    K.MEETING_HELD: met,
    K.APPRAISED: appraised,
}


@pytest.mark.parametrize("stage", list(STAGES))
@pytest.mark.parametrize("verb", list(KEY_VERBS))
def test_each_verb_at_each_stage(verb: str, stage: KeyState) -> None:
    act, allowed = KEY_VERBS[verb]
    proposal = STAGES[stage]()
    before = deepcopy(proposal)
    if stage in allowed:
        act(proposal)
        return
    with pytest.raises(errors.KeyWrongState):
        act(proposal)
    assert proposal == before


REFUSED: list[tuple[Callable[[], Proposal], Callable[[Proposal], object], type[DomainError]]] = [
    (submitted, lambda p: honours.nominate(p, "事关民生", NOW, AUTHOR), errors.WrongState),
    (filed, lambda p: honours.nominate(p, " ", NOW, AUTHOR), errors.ReasonMissing),
    (candidate, lambda p: honours.nominate(p, "再推荐", NOW, AUTHOR), errors.Nominated),
    (filed, lambda p: honours.select_key(p, DOC, DAY, NOW), errors.NotNominated),
    (selected, lambda p: honours.deselect_key(p, " ", NOW), errors.ReasonMissing),
    (led, lambda p: honours.record_meeting(p, meeting("2017-02-09"), LATER), errors.FutureContact),
    (met, lambda p: honours.appraise(p, " ", LATER), errors.ReasonMissing),
    (appraised, lambda p: honours.finish_key(p, LATER), errors.WrongState),  # the case is not over
    (filed, lambda p: honours.revoke_award(p, "有误", NOW), errors.NoAward),
    (submitted, lambda p: honours.award(p, 2017, DOC, DAY, NOW), errors.WrongState),
]


@pytest.mark.parametrize(("begin", "act", "error"), REFUSED)
def test_refused_and_nothing_changed(
    begin: Callable[[], Proposal], act: Callable[[Proposal], object], error: type[DomainError]
) -> None:
    proposal = begin()
    before = deepcopy(proposal)
    with pytest.raises(error):
        act(proposal)
    assert proposal == before


def test_an_appraisal_of_what_is_no_key_proposal_changes_nothing() -> None:
    for begin in (filed, candidate, led, appraised):
        assert not honours.mark_appraised(begin(), "appraisal-2", LATER)


def test_an_award_is_given_revoked_and_given_again() -> None:
    proposal = filed(SHEN)
    honours.award(proposal, 2017, DOC, DAY, NOW)
    with pytest.raises(errors.AwardGiven):
        honours.award(proposal, 2017, DOC, DAY, NOW)
    honours.revoke_award(proposal, "有误", LATER)
    with pytest.raises(errors.NoAward):
        honours.revoke_award(proposal, "有误", LATER)
    honours.award(proposal, 2018, DOC, DAY, LATER)
    facts = [fact for fact in taken(proposal) if "year" in fact[1]]
    assert [(event, data["year"], data["occurrence_no"]) for event, data in facts] == [
        (names.PROPOSAL_EXCELLENT_AWARDED, 2017, 1),
        (names.PROPOSAL_AWARD_REVOKED, 2017, 1),
        (names.PROPOSAL_EXCELLENT_AWARDED, 2018, 2),
    ]


@pytest.mark.parametrize("verb", ["withdrawn", "filing revoked"])
def test_what_leaves_takes_its_honours_along(verb: str) -> None:
    proposal = led()
    honours.award(proposal, 2017, DOC, DAY, NOW)
    proposal.events.clear()
    if verb == "withdrawn":
        withdrawal.request(proposal, "另行提出", LATER)
        withdrawal.decide(proposal, True, "", LATER, DIRECTOR)
    else:
        review.revoke_filing(proposal, "号码有误", REVIEW_BY, LATER, DIRECTOR)
    events = told(proposal)
    assert {names.PROPOSAL_KEY_DESELECTED, names.PROPOSAL_AWARD_REVOKED} <= set(events)


# -- plagiarism ---------------------------------------------------------------------------


def reported() -> Proposal:
    proposal = filed(SHEN)
    plagiarism.report(proposal, "2015年市政协提案", "三段雷同", NOW, STAFF)
    return proposal


def proposed(upheld: bool = True, proposal: Proposal | None = None) -> Proposal:
    found = proposal or reported()
    plagiarism.decide(found, upheld, "经比对", DIRECTOR)
    return found


def confirmed(proposal: Proposal | None = None) -> Proposal:
    found = proposed(proposal=proposal)
    plagiarism.confirm(found, True, APPEAL_BY, LATER, SECOND)
    return found


def finding(proposal: Proposal) -> Any:
    assert proposal.plagiarism is not None
    return proposal.plagiarism


def test_two_people_find_plagiarism_and_all_honours_end_with_it() -> None:
    """Decision 33 (b)."""
    proposal = selected(reported())
    honours.award(proposal, 2017, DOC, DAY, NOW)
    proposed(proposal=proposal)
    with pytest.raises(errors.SecondPerson):
        plagiarism.confirm(proposal, True, APPEAL_BY, LATER, DIRECTOR)
    proposal.events.clear()
    plagiarism.confirm(proposal, True, APPEAL_BY, LATER, SECOND)
    assert (finding(proposal).state, key_of(proposal).state) == (P.CONFIRMED, K.CANDIDATE)
    facts = dict(taken(proposal))
    assert list(facts) == [
        names.PROPOSAL_KEY_DESELECTED,
        names.PROPOSAL_AWARD_REVOKED,
        names.PROPOSAL_PLAGIARISM_CONFIRMED,
    ]
    found = facts[names.PROPOSAL_PLAGIARISM_CONFIRMED]
    assert (found["occurrence_no"], found["filing_no"], found["first_proposer"]) == (1, 1, LU)
    for act in (
        lambda: honours.nominate(proposal, "再推荐", LATER, SECOND),
        lambda: honours.select_key(proposal, DOC, DAY, LATER),
        lambda: honours.award(proposal, 2017, DOC, DAY, LATER),
    ):
        with pytest.raises(errors.Plagiarised):
            act()


def test_without_the_second_persons_word_it_is_decided_anew() -> None:
    proposal = proposed()
    plagiarism.confirm(proposal, False, APPEAL_BY, LATER, SECOND)
    assert (finding(proposal).state, finding(proposal).upheld) == (P.REPORTED, None)
    with pytest.raises(errors.NoPlagiarism):
        plagiarism.confirm(proposal, True, APPEAL_BY, LATER, SECOND)


def test_dismissed_it_may_be_reported_again() -> None:
    proposal = proposed(upheld=False)
    plagiarism.confirm(proposal, True, APPEAL_BY, LATER, SECOND)
    assert finding(proposal).state is P.DISMISSED
    plagiarism.report(proposal, "另一来源", "雷同", LATER, STAFF)
    with pytest.raises(errors.PlagiarismReported):
        plagiarism.report(proposal, "又一来源", "雷同", LATER, STAFF)


def test_the_author_is_heard_and_may_appeal_once_in_time() -> None:
    proposal = reported()
    plagiarism.state(proposal, "系本人此前稿件", NOW)
    assert finding(proposal).statement == "系本人此前稿件"
    confirmed(proposal)
    with pytest.raises(errors.AppealLate):
        plagiarism.state(proposal, "申诉", day_after(APPEAL_BY))
    plagiarism.state(proposal, "申诉", day_after(APPEAL_BY) - timedelta(seconds=1))
    assert finding(proposal).state is P.APPEALED
    plagiarism.decide(proposal, True, "维持", DIRECTOR)
    proposal.events.clear()
    plagiarism.confirm(proposal, True, APPEAL_BY, LATER, SECOND)
    assert (finding(proposal).state, told(proposal)) == (
        P.CONFIRMED,
        [names.PROPOSAL_PLAGIARISM_UPHELD],
    )
    with pytest.raises(errors.AppealOpen):
        plagiarism.state(proposal, "再申诉", LATER)


def test_overturned_the_filing_counts_anew() -> None:
    proposal = confirmed()
    plagiarism.state(proposal, "申诉", LATER)
    plagiarism.decide(proposal, False, "来源有误", DIRECTOR)
    proposal.events.clear()
    plagiarism.confirm(proposal, True, APPEAL_BY, LATER, SECOND)
    [(event, data)] = taken(proposal)
    assert (event, data["occurrence_no"], data["plagiarism_no"]) == (
        names.PROPOSAL_PLAGIARISM_OVERTURNED,
        2,
        1,
    )
    assert finding(proposal).state is P.OVERTURNED
    honours.nominate(proposal, "事关民生", LATER, SECOND)  # and it may be honoured again
    assert QIAN not in proposal.confirmed


def test_an_ended_case_may_still_be_found_to_be_plagiarised() -> None:
    proposal = replied()
    judge(proposal, form())
    plagiarism.report(proposal, "旧稿", "雷同", LATER, STAFF)
    assert (proposal.state, finding(proposal).state) == (State.CLOSED, P.REPORTED)
    assert assigned().plagiarism is None
