"""Key and excellent proposals, plagiarism (2.2; decisions 28, 31, 33)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from services.proposals.domain import errors
from services.proposals.domain.details import By
from services.proposals.domain.honour_records import (
    KEY_MOVES,
    KeyState,
    Leader,
    Meeting,
    PlagiarismState,
    Rank,
)
from services.proposals.domain.proposal import Proposal
from services.proposals.domain.states import State
from shared.contracts import names
from shared.errors import DomainError
from tests.unit.proposals.samples import (
    AUTHOR,
    DIRECTOR,
    LATER,
    LU,
    NOW,
    QIAN,
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
    found.nominate("事关民生", NOW, AUTHOR)
    return found


def selected(proposal: Proposal | None = None) -> Proposal:
    found = candidate(proposal)
    found.select_key(DOC, DAY, NOW)
    return found


def led(proposal: Proposal | None = None) -> Proposal:
    found = selected(proposal)
    found.name_leader(ZHOU, NOW)
    return found


def met(proposal: Proposal | None = None) -> Proposal:
    found = led(proposal)
    found.record_key_meeting(meeting(), LATER)
    return found


def appraised(proposal: Proposal | None = None) -> Proposal:
    found = met(proposal)
    assert found.mark_appraised("appraisal-1", LATER)
    return found


def key_of(proposal: Proposal) -> Any:
    assert proposal.key is not None
    return proposal.key


def test_the_way_of_a_key_proposal() -> None:
    proposal = replied()
    judge(proposal, form())
    proposal.events.clear()
    appraised(proposal)
    proposal.finish_key(LATER)
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
    proposal.deselect_key("另行决定", LATER)
    assert (key_of(proposal).state, key_of(proposal).doc_no) == (K.CANDIDATE, None)
    event, data = taken(proposal)[-1]
    assert (event, data["occurrence_no"]) == (names.PROPOSAL_KEY_DESELECTED, 1)
    proposal.select_key(DOC, DAY, LATER)
    assert taken(proposal)[-1][1]["occurrence_no"] == 2


KEY_VERBS: dict[str, tuple[Callable[[Proposal], object], set[KeyState]]] = {
    "nominate": (lambda p: p.nominate("再推荐", LATER, SECOND), {K.CANDIDATE}),
    "select": (lambda p: p.select_key(DOC, DAY, LATER), {K.CANDIDATE}),
    "deselect": (lambda p: p.deselect_key("另行决定", LATER), {K.SELECTED}),
    "lead": (lambda p: p.name_leader(ZHOU, LATER), {K.SELECTED, K.LED}),
    "meet": (lambda p: p.record_key_meeting(meeting(), LATER), {K.LED, K.MEETING_HELD}),
    "appraise": (lambda p: p.appraise_key("评议满意", LATER), {K.MEETING_HELD}),
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
    (submitted, lambda p: p.nominate("事关民生", NOW, AUTHOR), errors.WrongState),
    (filed, lambda p: p.nominate(" ", NOW, AUTHOR), errors.ReasonMissing),
    (candidate, lambda p: p.nominate("再推荐", NOW, AUTHOR), errors.Nominated),
    (filed, lambda p: p.select_key(DOC, DAY, NOW), errors.NotNominated),
    (selected, lambda p: p.deselect_key(" ", NOW), errors.ReasonMissing),
    (led, lambda p: p.record_key_meeting(meeting("2017-02-09"), LATER), errors.FutureContact),
    (met, lambda p: p.appraise_key(" ", LATER), errors.ReasonMissing),
    (appraised, lambda p: p.finish_key(LATER), errors.WrongState),  # the case is not over
    (filed, lambda p: p.revoke_award("有误", NOW), errors.NoAward),
    (submitted, lambda p: p.award(2017, DOC, DAY, NOW), errors.WrongState),
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
        assert not begin().mark_appraised("appraisal-2", LATER)


def test_an_award_is_given_revoked_and_given_again() -> None:
    proposal = filed(SHEN)
    proposal.award(2017, DOC, DAY, NOW)
    with pytest.raises(errors.AwardGiven):
        proposal.award(2017, DOC, DAY, NOW)
    proposal.revoke_award("有误", LATER)
    with pytest.raises(errors.NoAward):
        proposal.revoke_award("有误", LATER)
    proposal.award(2018, DOC, DAY, LATER)
    facts = [fact for fact in taken(proposal) if "year" in fact[1]]
    assert [(event, data["year"], data["occurrence_no"]) for event, data in facts] == [
        (names.PROPOSAL_EXCELLENT_AWARDED, 2017, 1),
        (names.PROPOSAL_AWARD_REVOKED, 2017, 1),
        (names.PROPOSAL_EXCELLENT_AWARDED, 2018, 2),
    ]


@pytest.mark.parametrize("verb", ["withdrawn", "filing revoked"])
def test_what_leaves_takes_its_honours_along(verb: str) -> None:
    proposal = led()
    proposal.award(2017, DOC, DAY, NOW)
    proposal.events.clear()
    if verb == "withdrawn":
        proposal.request_withdrawal("另行提出", LATER)
        proposal.decide_withdrawal(True, "", LATER, DIRECTOR)
    else:
        proposal.revoke_filing("号码有误", LATER, DIRECTOR)
    events = told(proposal)
    assert {names.PROPOSAL_KEY_DESELECTED, names.PROPOSAL_AWARD_REVOKED} <= set(events)


# -- plagiarism ---------------------------------------------------------------------------


def reported() -> Proposal:
    proposal = filed(SHEN)
    proposal.report_plagiarism("2015年市政协提案", "三段雷同", NOW, STAFF)
    return proposal


def proposed(upheld: bool = True, proposal: Proposal | None = None) -> Proposal:
    found = proposal or reported()
    found.decide_plagiarism(upheld, "经比对", DIRECTOR)
    return found


def confirmed(proposal: Proposal | None = None) -> Proposal:
    found = proposed(proposal=proposal)
    found.confirm_plagiarism(True, APPEAL_BY, LATER, SECOND)
    return found


def finding(proposal: Proposal) -> Any:
    assert proposal.plagiarism is not None
    return proposal.plagiarism


def test_two_people_find_plagiarism_and_all_honours_end_with_it() -> None:
    """Decision 33 (b)."""
    proposal = selected(reported())
    proposal.award(2017, DOC, DAY, NOW)
    proposed(proposal=proposal)
    with pytest.raises(errors.SecondPerson):
        proposal.confirm_plagiarism(True, APPEAL_BY, LATER, DIRECTOR)
    proposal.events.clear()
    proposal.confirm_plagiarism(True, APPEAL_BY, LATER, SECOND)
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
        lambda: proposal.nominate("再推荐", LATER, SECOND),
        lambda: proposal.select_key(DOC, DAY, LATER),
        lambda: proposal.award(2017, DOC, DAY, LATER),
    ):
        with pytest.raises(errors.Plagiarised):
            act()


def test_without_the_second_persons_word_it_is_decided_anew() -> None:
    proposal = proposed()
    proposal.confirm_plagiarism(False, APPEAL_BY, LATER, SECOND)
    assert (finding(proposal).state, finding(proposal).upheld) == (P.REPORTED, None)
    with pytest.raises(errors.NoPlagiarism):
        proposal.confirm_plagiarism(True, APPEAL_BY, LATER, SECOND)


def test_dismissed_it_may_be_reported_again() -> None:
    proposal = proposed(upheld=False)
    proposal.confirm_plagiarism(True, APPEAL_BY, LATER, SECOND)
    assert finding(proposal).state is P.DISMISSED
    proposal.report_plagiarism("另一来源", "雷同", LATER, STAFF)
    with pytest.raises(errors.PlagiarismReported):
        proposal.report_plagiarism("又一来源", "雷同", LATER, STAFF)


def test_the_author_is_heard_and_may_appeal_once_in_time() -> None:
    proposal = reported()
    proposal.state_on_plagiarism("系本人此前稿件", NOW)
    assert finding(proposal).statement == "系本人此前稿件"
    confirmed(proposal)
    with pytest.raises(errors.AppealLate):
        proposal.state_on_plagiarism("申诉", APPEAL_BY + timedelta(seconds=1))
    proposal.state_on_plagiarism("申诉", APPEAL_BY)
    assert finding(proposal).state is P.APPEALED
    proposal.decide_plagiarism(True, "维持", DIRECTOR)
    proposal.events.clear()
    proposal.confirm_plagiarism(True, APPEAL_BY, LATER, SECOND)
    assert (finding(proposal).state, told(proposal)) == (
        P.CONFIRMED,
        [names.PROPOSAL_PLAGIARISM_UPHELD],
    )
    with pytest.raises(errors.AppealOpen):
        proposal.state_on_plagiarism("再申诉", LATER)


def test_overturned_the_filing_counts_anew() -> None:
    proposal = confirmed()
    proposal.state_on_plagiarism("申诉", LATER)
    proposal.decide_plagiarism(False, "来源有误", DIRECTOR)
    proposal.events.clear()
    proposal.confirm_plagiarism(True, APPEAL_BY, LATER, SECOND)
    [(event, data)] = taken(proposal)
    assert (event, data["occurrence_no"], data["plagiarism_no"]) == (
        names.PROPOSAL_PLAGIARISM_OVERTURNED,
        2,
        1,
    )
    assert finding(proposal).state is P.OVERTURNED
    proposal.nominate("事关民生", LATER, SECOND)  # and it may be honoured again
    assert QIAN not in proposal.confirmed


def test_an_ended_case_may_still_be_found_to_be_plagiarised() -> None:
    proposal = replied()
    judge(proposal, form())
    proposal.report_plagiarism("旧稿", "雷同", LATER, STAFF)
    assert (proposal.state, finding(proposal).state) == (State.CLOSED, P.REPORTED)
    assert assigned().plagiarism is None
