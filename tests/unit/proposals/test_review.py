"""T3, T4, T6: review, return, filing (V2, decision 22)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.proposals.domain import authorship, drafting, errors, review
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import Openness, State
from shared.contracts import names
from shared.errors import DomainError
from tests.unit.proposals.samples import (
    DAY,
    DETAILS,
    DIRECTOR,
    LATER,
    NOW,
    QIAN,
    REVIEW_BY,
    SECOND,
    SESSION,
    SHEN,
    STAFF,
    TIMES,
    WINDOW,
    draft,
    fact,
    file,
    filed,
    joint,
    moved,
    refusal,
    returned,
    short,
    submit,
    submitted,
    taken,
    under_review,
)


def test_review_is_started_once() -> None:
    """T3."""
    proposal = submitted()
    review.start(proposal, LATER, STAFF)
    assert taken(proposal) == [
        fact(names.PROPOSAL_REVIEW_STARTED, review_due_at=REVIEW_BY, committees=[])
    ]
    assert moved(proposal) == ("SUBMITTED", "UNDER_REVIEW", "a-staff", "PROPOSAL_STAFF", None)
    assert proposal.history[-1]["at"] == LATER
    with pytest.raises(errors.WrongState):
        review.start(proposal, LATER, STAFF)
    assert (len(proposal.history), taken(proposal)) == (2, [])


def test_a_return_says_why_and_opens_a_window() -> None:
    """T4."""
    proposal = under_review(SHEN)
    review.send_back(proposal, "请补充数据", LATER, STAFF, TIMES)
    assert (proposal.state, proposal.return_comment) == (State.RETURNED, "请补充数据")
    assert (proposal.window_until, proposal.review_due_at) == (LATER + WINDOW, None)
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_RETURNED,
            "JOINT",
            comment="请补充数据",
            window_until=LATER + WINDOW,
            resubmit_by=LATER + 60 * DAY,
            by_system=False,
        )
    ]
    assert moved(proposal) == (
        "UNDER_REVIEW",
        "RETURNED",
        "a-staff",
        "PROPOSAL_STAFF",
        "请补充数据",
    )
    assert (proposal.confirmed, proposal.serial_no) == ([SHEN], "T15-1-0315")


@pytest.mark.parametrize("comment", ["", " \n"])
def test_a_return_without_comment_is_refused(comment: str) -> None:
    proposal = under_review()
    with pytest.raises(errors.ReasonMissing) as caught:
        review.send_back(proposal, comment, LATER, STAFF, TIMES)
    assert refusal(caught) == ("REASON_MISSING", "comment")
    assert (proposal.state, proposal.window_until, taken(proposal)) == (
        State.UNDER_REVIEW,
        None,
        [],
    )


def test_returning_settles_an_open_shortfall() -> None:
    proposal = short()
    review.start(proposal, NOW, STAFF)
    review.send_back(proposal, "请补充数据", LATER, STAFF, TIMES)
    assert (proposal.state, proposal.shortfall) == (State.RETURNED, None)


def test_staff_return_only_what_is_under_review() -> None:
    for proposal in (submitted(), returned(), filed()):
        with pytest.raises(errors.WrongState) as caught:
            review.send_back(proposal, "请补充数据", LATER, STAFF, TIMES)
        assert caught.value.details == {"state": proposal.state.value}


def test_filing_gives_the_case_number() -> None:
    """T6."""
    proposal = under_review(SHEN, QIAN)
    review.file(proposal, ["unit-water", "unit-town"], "建议联合办理", True, 23, LATER, DIRECTOR)
    assert (proposal.state, proposal.filed_at) == (State.FILED, LATER)
    assert (proposal.case_no, proposal.case_title) == ("15-1-023", "十五届一次会议第023号")
    assert (proposal.review_units, proposal.review_opinion) == (
        ("unit-water", "unit-town"),
        "建议联合办理",
    )
    assert (proposal.review_due_at, proposal.filed_count) == (None, 1)
    assert moved(proposal) == ("UNDER_REVIEW", "FILED", "a-director", "PROPOSAL_DIRECTOR", None)
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_FILED,
            "JOINT",
            serial_no="T15-1-0315",
            session=1,
            session_mark="PLENARY",
            category="URBAN_RURAL",
            topic_codes=[],
            cosigners=[SHEN, QIAN],
            case_no="15-1-023",
            authors=[],
            openness="OPEN",
            occurrence_no=1,
            review_units=["unit-water", "unit-town"],
            groups={"sector": "22"},
            undoes_not_filed=0,
        )
    ]


def test_a_regular_proposal_has_a_series_of_its_own() -> None:
    proposal = draft()
    submit(proposal, SESSION.cut_off_at + SECOND)
    review.start(proposal, NOW, STAFF)
    file(proposal, 12)
    assert (proposal.case_no, proposal.case_title) == ("15-1-P012", "十五届一次会议平时第012号")


def test_the_authors_of_a_collective_proposal_and_its_openness_travel() -> None:
    proposal = draft(ProposerType.PARTY, authors=(SHEN,))
    drafting.request_seal(proposal, NOW)
    drafting.put_seal(proposal, NOW, DIRECTOR)
    reason = "涉及企业经营数据"
    proposal.details = replace(DETAILS, openness=Openness.CLOSED, openness_reason=reason)
    submit(proposal, groups={SHEN: {"organisations": ["org-minjian"]}})
    authorship.answer(proposal, SHEN, True, NOW)
    review.start(proposal, NOW, STAFF)
    proposal.events.clear()
    file(proposal)
    [(_, data)] = taken(proposal)
    assert (data["authors"], data["openness"], data["organisation"]) == (
        [SHEN],
        "CLOSED",
        "org-minjian",
    )
    assert reason not in str(data)


def test_filed_again_after_a_reversal_keeps_its_number() -> None:
    """T26, decision 28: the number stays with the proposal."""
    proposal = filed()
    proposal.state = State.UNDER_REVIEW
    file(proposal, 0)
    assert (proposal.case_no, proposal.case_title) == ("15-1-023", "十五届一次会议第023号")
    [(_, data)] = taken(proposal)
    assert (data["case_no"], data["occurrence_no"]) == ("15-1-023", 2)


Refusal = tuple[Callable[[], Proposal], dict[str, Any], type[DomainError], str | None]
REFUSALS: dict[str, Refusal] = {
    "no unit suggested": (under_review, {"units": []}, errors.UnitsMissing, "reviewUnits"),
    "not one matter (V2)": (
        under_review,
        {"one_matter": False},
        errors.OneMatter,
        "oneMatter",
    ),
    "not under review": (submitted, {}, errors.WrongState, None),
    "filed already": (filed, {}, errors.WrongState, None),
}


@pytest.mark.parametrize("name", list(REFUSALS))
def test_filing_is_refused(name: str) -> None:
    begin, changes, error, field = REFUSALS[name]
    proposal = begin()
    before = (proposal.state, proposal.case_no, proposal.filed_count, len(proposal.history))
    given: dict[str, Any] = {"units": ["unit-water"], "one_matter": True, **changes}
    with pytest.raises(error) as caught:
        review.check_filing(proposal, **given)
    assert caught.value.field == field
    with pytest.raises(error):
        review.file(proposal, **given, opinion=None, number=24, at=LATER, by=DIRECTOR)
    after = (proposal.state, proposal.case_no, proposal.filed_count, len(proposal.history))
    assert (after, taken(proposal)) == (before, [])


def test_a_proposal_is_returned_and_filed_in_the_end() -> None:
    proposal = joint(SHEN)
    submit(proposal)
    review.start(proposal, NOW, STAFF)
    review.send_back(proposal, "请补充数据", NOW, STAFF, TIMES)
    submit(proposal, LATER)
    review.start(proposal, LATER, STAFF)
    file(proposal)
    assert [row["to"] for row in proposal.history] == [
        "COSIGNING",
        "SUBMITTED",
        "UNDER_REVIEW",
        "RETURNED",
        "SUBMITTED",
        "UNDER_REVIEW",
        "FILED",
    ]
    assert (proposal.revision, proposal.serial_no) == (2, "T15-1-0315")
