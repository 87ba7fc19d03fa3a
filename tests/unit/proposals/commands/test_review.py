"""Submission, review, filing, withdrawal: numbers, dates and what the commands refuse."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.commands import review
from services.proposals.domain import errors
from services.proposals.domain.kinds import ProposerType
from shared.clock import SHANGHAI
from shared.errors import AppError, NotFound, Refused
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    OFFICE,
    PARTY_HEAD,
    SESSION,
    SHEN,
    STAFF,
    START,
    World,
    id_of,
)


def start(world: World, kind: str, first: int) -> Any:
    return world.run(review.set_counter_start, OFFICE, kind, 15, 1, first)


# -- submission ----------------------------------------------------------------------------


def test_a_submission_gets_its_number_mark_and_due_date(world: World) -> None:
    proposal = world.proposal(world.submitted())
    assert (proposal.serial_no, proposal.session, proposal.session_mark) == (
        "T15-1-0001",
        1,
        "PLENARY",
    )
    assert proposal.submitted_at == START
    assert proposal.review_due_at == datetime(2017, 2, 20, 9, tzinfo=SHANGHAI)  # DL1


def test_all_reasons_come_at_once_and_take_no_number(world: World) -> None:
    key = world.draft(title="供水", suggestions=[], category=None, declared=False, classified=True)
    with pytest.raises(Refused) as caught:
        world.submitted(key)
    assert [(item["code"], item["field"]) for item in caught.value.items] == [
        ("V1_TITLE_FORM", "title"),
        ("V3_INCOMPLETE", "suggestions"),
        ("V3_INCOMPLETE", "category"),
        ("V11_CLASSIFIED", "classified"),
        ("V11_NOT_DECLARED", "declared"),
    ]
    assert world.proposals.counters == {}
    assert world.proposal(key).version == 1


@pytest.mark.parametrize("left", [LU, SHEN])
def test_everyone_who_signs_is_active_on_submission(world: World, left: Any) -> None:
    """V5."""
    key = world.joint(SHEN)
    world.active.remove(id_of(left))
    with pytest.raises(Refused) as caught:
        world.submitted(key)
    assert caught.value.code == "V5_NOT_ACTIVE"


def test_the_members_service_is_not_asked_for_a_collective_proposal(world: World) -> None:
    world.active.clear()
    key = world.submitted(world.collective(ProposerType.PARTY), PARTY_HEAD)
    assert world.asked == []
    assert world.proposal(key).state == "SUBMITTED"


def test_without_a_session_nothing_is_submitted(world: World) -> None:
    key = world.draft()
    world.directory.sessions.clear()
    with pytest.raises(errors.NoSession):
        world.submitted(key)


def test_a_draft_from_before_a_later_term_counts_where_it_is_submitted(world: World) -> None:
    key = world.draft()
    moved = {
        name: value.replace(year=value.year + 5)
        for name, value in SESSION.items()
        if isinstance(value, datetime)
    }
    world.directory.note_session("16-1", 1, {"term": 16, "no": 1, **moved})
    world.clock.advance(timedelta(days=5 * 365))
    proposal = world.proposal(world.submitted(key))
    assert (proposal.term, proposal.serial_no) == (16, "T16-1-0001")


def test_a_resubmission_keeps_its_number(world: World) -> None:
    key = world.under_review()
    world.run(review.return_proposal, STAFF, key, "请补充数据")
    world.submitted()
    again = world.proposal(world.submitted(key))
    assert (again.serial_no, again.revision) == ("T15-1-0001", 2)
    assert world.proposals.counters == {"serial:15-1": 2}


# -- review and filing ---------------------------------------------------------------------


def test_only_what_is_under_review_is_sent_back(world: World) -> None:
    key = world.submitted()
    with pytest.raises(errors.WrongState):
        world.run(review.return_proposal, STAFF, key, "请补充数据")
    assert world.proposal(key).state == "SUBMITTED"


def test_a_return_opens_seven_days_for_cosigning(world: World) -> None:
    key = world.under_review()
    world.run(review.return_proposal, STAFF, key, "请补充数据")
    returned = world.proposal(key)
    assert (returned.return_comment, returned.review_due_at) == ("请补充数据", None)
    assert returned.window_until == START + timedelta(days=7)


@pytest.mark.parametrize(
    ("units", "one_matter", "code"),
    [([], True, "UNITS_MISSING"), (["unit-1"], False, "V2_ONE_MATTER")],
)
def test_a_filing_that_is_refused_takes_no_number(
    world: World, units: list[str], one_matter: bool, code: str
) -> None:
    key = world.under_review()
    with pytest.raises(AppError) as caught:
        world.run(review.file_proposal, DIRECTOR, key, units, None, one_matter)
    assert caught.value.code == code
    assert world.proposals.counters == {"serial:15-1": 1}
    assert world.proposal(world.filed()).case_no == "15-1-001"


def test_a_write_that_fails_gives_its_number_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = world.under_review()

    def fail(*args: Any) -> None:
        raise errors.WrongState

    with monkeypatch.context() as broken, pytest.raises(errors.WrongState):
        broken.setattr(world.proposals, "save", fail)
        world.run(review.file_proposal, DIRECTOR, key, ["unit-1"], None, True)
    assert world.proposals.counters == {"serial:15-1": 1}


def test_plenary_and_regular_cases_have_their_own_series(world: World) -> None:
    start(world, "PLENARY", 22)
    start(world, "REGULAR", 7)
    plenary = world.proposal(world.filed())
    world.clock.advance(timedelta(days=7))  # after the cut-off (V12)
    regular = world.proposal(world.filed())
    assert (plenary.case_no, plenary.case_title) == ("15-1-022", "十五届一次会议第022号")
    assert (regular.case_no, regular.case_title) == ("15-1-P007", "十五届一次会议平时第007号")


# -- withdrawal ----------------------------------------------------------------------------


def test_what_is_withdrawn_keeps_its_number_used(world: World) -> None:
    world.run(review.withdraw_proposal, LU, world.submitted(), "另行提出")
    assert world.proposal(world.submitted()).serial_no == "T15-1-0002"


def test_after_filing_the_director_decides(world: World) -> None:
    """Decision 23."""
    key = world.filed()
    with pytest.raises(errors.WrongState):
        world.run(review.withdraw_proposal, LU, key, "另行提出")
    world.run(review.request_withdrawal, LU, key, "另行提出")
    world.run(review.decide_withdrawal, DIRECTOR, key, False, "仍有必要办理")
    assert world.proposal(key).state == "FILED"
    world.run(review.request_withdrawal, LU, key, "再次申请")
    world.run(review.decide_withdrawal, DIRECTOR, key, True, "")
    withdrawn = world.proposal(key)
    assert (withdrawn.state, withdrawn.case_no) == ("WITHDRAWN", "15-1-001")
    name, data = world.proposals.events[-1]
    assert (name, data["was_filed"], data["reason"]) == ("proposal_withdrawn", True, "再次申请")


def test_an_organisation_withdraws_its_own(world: World) -> None:
    key = world.submitted(world.collective(ProposerType.PARTY), PARTY_HEAD)
    with pytest.raises(NotFound):
        world.run(review.withdraw_proposal, LU, key, "另行提出")
    world.run(review.withdraw_proposal, PARTY_HEAD, key, "另行提出")
    assert world.proposal(key).state == "WITHDRAWN"


# -- counters (decision 12) ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "counter"),
    [
        ("SERIAL", "serial:15-1"),
        ("PLENARY", "case:15-1:PLENARY"),
        ("REGULAR", "case:15-1:REGULAR"),
    ],
)
def test_a_series_is_given_its_start_with_an_audit_entry(
    world: World, kind: str, counter: str
) -> None:
    assert start(world, kind, 315) == {"counter": counter, "first": 315}
    assert world.proposals.starts == {counter: 315}
    assert world.audit.entries == [("set_counter_start", counter, {"first": 315})]


def test_a_series_in_use_begins_nowhere_else(world: World) -> None:
    start(world, "SERIAL", 314)
    assert world.proposal(world.submitted()).serial_no == "T15-1-0314"
    with pytest.raises(errors.CounterInUse):
        start(world, "SERIAL", 400)
    assert len(world.audit.entries) == 1
