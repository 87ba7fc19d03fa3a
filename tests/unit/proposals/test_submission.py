"""T2 and T5: V1, V3-V8, V11 and V12 at the moment of submitting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from services.proposals.domain import cosigning, drafting, submission
from services.proposals.domain.details import By
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.signatures import Entry
from services.proposals.domain.states import Category, Mark, Openness, State
from services.proposals.domain.text import Limits, Text
from shared.contracts import names
from shared.days import day_after
from shared.errors import Refused
from tests.unit.proposals.samples import (
    ACTIVE,
    AUTHOR,
    CHANGED,
    DAY,
    DETAILS,
    LATER,
    LU,
    NOW,
    QIAN,
    REVIEW_BY,
    SECOND,
    SESSION,
    SHEN,
    TEXT,
    draft,
    fact,
    joint,
    on,
    problems,
    returned,
    submit,
    submitted,
    taken,
)

SEALED_KINDS = [kind for kind, collective in COLLECTIVES.items() if not collective.plenary_only]
PLENARY_KINDS = [ProposerType.SECTOR, ProposerType.GROUP]
CONVENER = By("a-convener", "SECTOR_CONVENER")


# -- what submitting does ------------------------------------------------------------------


def test_the_first_submission_gives_the_serial_number() -> None:
    proposal = draft()
    submit(proposal)
    assert (proposal.state, proposal.serial_no) == (State.SUBMITTED, "T15-1-0315")
    assert (proposal.session, proposal.session_mark) == (1, Mark.PLENARY)
    assert (proposal.revision, proposal.text_pinned) == (1, True)
    assert (proposal.submitted_at, proposal.review_due_at) == (NOW, REVIEW_BY)
    assert taken(proposal) == [
        fact(
            names.PROPOSAL_SUBMITTED,
            serial_no="T15-1-0315",
            session=1,
            session_mark="PLENARY",
            category="URBAN_RURAL",
            topic_codes=[],
            cosigners=[],
            revision=1,
            groups={"sector": "22"},
            review_due_at=REVIEW_BY,
        )
    ]
    assert proposal.history == [
        {
            "from": "DRAFT",
            "to": "SUBMITTED",
            "at": NOW,
            "account_id": "a-lu",
            "role": "MEMBER",
            "note": None,
        }
    ]


def test_a_joint_proposal_names_its_cosigners() -> None:
    proposal = joint(SHEN, QIAN)
    submit(proposal)
    [(event, data)] = taken(proposal)
    assert (event, data["proposer_type"], data["cosigners"]) == (
        names.PROPOSAL_SUBMITTED,
        "JOINT",
        [SHEN, QIAN],
    )


def test_a_resubmission_keeps_number_session_and_mark() -> None:
    """T5."""
    proposal = returned(SHEN)
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    cosigning.confirm(proposal, SHEN, LATER)
    proposal.events.clear()
    due = on(4, 20)
    submit(proposal, on(4, 7), session=replace(SESSION, no=2), review_due_at=due)
    assert (proposal.state, proposal.serial_no) == (State.SUBMITTED, "T15-1-0315")
    assert (proposal.session, proposal.session_mark) == (1, Mark.PLENARY)
    assert (proposal.revision, proposal.text_no) == (2, 2)
    assert (proposal.review_due_at, proposal.window_until) == (due, None)
    [(event, data)] = taken(proposal)
    assert (event, data["revision"], data["serial_no"]) == (
        names.PROPOSAL_SUBMITTED,
        2,
        "T15-1-0315",
    )


def test_an_old_draft_counts_where_it_is_submitted() -> None:
    proposal = draft()
    session = replace(SESSION, term=16, no=2)
    submit(proposal, session=session, serial_number=1)
    assert (proposal.term, proposal.session, proposal.serial_no) == (16, 2, "T16-2-0001")


def test_what_was_returned_is_submitted_again_within_sixty_days() -> None:
    """Decision 41; the command looks at the clock, not at what the timer has done."""
    proposal, late = returned(), returned()
    end = day_after(NOW + 60 * DAY)
    assert problems(late, end) == [("RESUBMIT_LATE", None)]
    submit(proposal, end - SECOND)
    assert (proposal.state, proposal.resubmit_by) == (State.SUBMITTED, None)


def test_what_is_submitted_is_not_submitted_again() -> None:
    proposal = submitted()
    with pytest.raises(Refused) as caught:
        submit(proposal, LATER)
    assert caught.value.items == [
        {
            "code": "PROPOSAL_WRONG_STATE",
            "field": None,
            "message": "提案当前状态为“已提交”，不能进行此操作",
        }
    ]
    assert (proposal.revision, taken(proposal)) == (1, [])


def test_all_reasons_come_at_once_and_nothing_changes() -> None:
    proposal = draft(ProposerType.JOINT, text=Text(), details=replace(DETAILS, category=None))
    with pytest.raises(Refused) as caught:
        submit(proposal)
    assert [(item["code"], item["field"]) for item in caught.value.items] == [
        ("V1_TITLE_FORM", "title"),
        ("V3_INCOMPLETE", "situation"),
        ("V3_INCOMPLETE", "analysis"),
        ("V3_INCOMPLETE", "suggestions"),
        ("V3_INCOMPLETE", "category"),
        ("V6_TOO_FEW_COSIGNERS", "cosignatures"),
    ]
    assert (proposal.state, proposal.serial_no, proposal.revision) == (State.DRAFT, None, 0)
    assert (proposal.history, taken(proposal)) == ([], [])


# -- V1, V3, V4 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": "关于水的建议"}, [("V1_TITLE_FORM", "title")]),
        ({"situation": ""}, [("V3_INCOMPLETE", "situation")]),
        ({"suggestions": ("改",) * 11}, [("V3_TOO_MANY_SUGGESTIONS", "suggestions")]),
        ({"analysis": "析" * 2000}, [("V4_TOO_LONG", "situation")]),
    ],
)
def test_the_text_must_be_whole(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert problems(draft(text=replace(TEXT, **changes))) == found


def test_the_limits_in_force_are_applied() -> None:
    length = TEXT.body_length
    assert problems(draft(), limits=Limits(body=length, suggestions=2)) == []
    assert problems(draft(), limits=Limits(body=length - 1, suggestions=2)) == [
        ("V4_TOO_LONG", "situation")
    ]


# -- details and V11 -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"category": Category.ECONOMIC}, []),
        ({"category": None}, [("V3_INCOMPLETE", "category")]),
        ({"declared": False}, [("V11_NOT_DECLARED", "declared")]),
        ({"classified": True}, [("V11_CLASSIFIED", "classified")]),
        ({"openness": Openness.CLOSED, "openness_reason": "涉及企业经营数据"}, []),
        ({"openness": Openness.CLOSED}, [("OPENNESS_REASON_MISSING", "opennessReason")]),
        (
            {"openness": Openness.CLOSED, "openness_reason": ""},
            [("OPENNESS_REASON_MISSING", "opennessReason")],
        ),
    ],
)
def test_details_that_are_needed(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert problems(draft(details=replace(DETAILS, **changes))) == found


def test_an_entry_waits_for_the_member() -> None:
    """Decision 18."""
    assert problems(draft(entry=Entry("a-staff", "file-scan", NOW))) == [
        ("ENTRY_NOT_CONFIRMED", None)
    ]
    assert problems(draft(entry=Entry("a-staff", "file-scan", NOW, NOW))) == []


# -- V5, V6 --------------------------------------------------------------------------------


def test_each_proposer_is_an_active_member() -> None:
    proposal = joint(SHEN, QIAN)
    assert problems(proposal, active={LU, SHEN, QIAN}) == []
    [problem] = submission.problems(proposal, NOW, AUTHOR, SESSION, {SHEN}, Limits())
    assert (problem.code, problem.details) == ("V5_NOT_ACTIVE", {"members": [LU, QIAN]})


def test_who_did_not_confirm_need_not_be_active() -> None:
    assert problems(joint(SHEN, invited=[QIAN]), active={LU, SHEN}) == []


def test_one_confirmed_cosigner_is_enough_and_none_is_not() -> None:
    assert problems(joint(SHEN)) == []
    for proposal in (draft(ProposerType.JOINT), joint(invited=[SHEN])):
        assert problems(proposal) == [("V6_TOO_FEW_COSIGNERS", "cosignatures")]


# -- V7 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PLENARY_KINDS)
@pytest.mark.parametrize(
    ("at", "found"),
    [
        (SESSION.plenary_from - SECOND, [("V7_PLENARY_ONLY", None)]),
        (SESSION.plenary_from, []),
        (SESSION.plenary_to, []),
        (SESSION.plenary_to + SECOND, [("V7_PLENARY_ONLY", None)]),
    ],
)
def test_sectors_and_groups_submit_during_the_plenary(
    kind: ProposerType, at: datetime, found: list[tuple[str, None]]
) -> None:
    assert problems(draft(kind), at, by=CONVENER) == found


@pytest.mark.parametrize("kind", PLENARY_KINDS)
def test_sectors_and_groups_are_signed_by_the_convener(kind: ProposerType) -> None:
    assert problems(draft(kind), by=By("a-member", "MEMBER")) == [("V8_NOT_SEALED", None)]


# -- V8 ------------------------------------------------------------------------------------


def test_which_collectives_are_bound_to_the_plenary() -> None:
    assert set(SEALED_KINDS) | set(PLENARY_KINDS) == set(ProposerType) - {
        ProposerType.INDIVIDUAL,
        ProposerType.JOINT,
    }
    assert SEALED_KINDS == [
        ProposerType.PARTY,
        ProposerType.ORGANISATION,
        ProposerType.COMMITTEE,
        ProposerType.TOWN_COMMITTEE,
    ]


@pytest.mark.parametrize("kind", SEALED_KINDS)
def test_a_collective_proposal_is_sealed_at_any_time(kind: ProposerType) -> None:
    head = COLLECTIVES[kind].head
    writer = By("a-writer", min(COLLECTIVES[kind].writers - {head}))
    proposal, at = draft(kind), on(9, 1)
    assert problems(proposal, at, by=writer) == [("V8_NOT_SEALED", None)]
    drafting.request_seal(proposal, at)
    assert problems(proposal, at, by=writer) == [("V8_NOT_SEALED", None)]
    drafting.put_seal(proposal, at, By("a-head", head))
    assert problems(proposal, at, by=writer) == []


@pytest.mark.parametrize("kind", SEALED_KINDS)
def test_the_head_submits_without_a_seal(kind: ProposerType) -> None:
    assert problems(draft(kind), by=By("a-head", COLLECTIVES[kind].head)) == []


def test_members_need_not_be_active_for_an_organisation() -> None:
    assert problems(draft(ProposerType.PARTY), by=By("a-head", "ORG_HEAD"), active=set()) == []
    assert problems(draft(), active=ACTIVE - {LU}) == [("V5_NOT_ACTIVE", None)]


def test_a_collective_proposal_is_submitted_for_its_organisation() -> None:
    proposal = draft(ProposerType.PARTY)
    submit(proposal, by=By("a-head", "ORG_HEAD"))
    [(_, data)] = taken(proposal)
    assert (data["organisation"], data["first_proposer"]) == ("org-minjian", None)
    assert (data["cosigners"], data["groups"]) == ([], {})


# -- V12 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "mark"),
    [
        (SESSION.opens_at - SECOND, Mark.REGULAR),
        (SESSION.opens_at, Mark.PLENARY),
        (SESSION.cut_off_at, Mark.PLENARY),
        (SESSION.cut_off_at + SECOND, Mark.REGULAR),
    ],
)
def test_the_mark_follows_the_time_of_submission(at: datetime, mark: Mark) -> None:
    proposal = draft()
    submit(proposal, at)
    assert proposal.session_mark is mark
    [(_, data)] = taken(proposal)
    assert data["session_mark"] == mark.value
