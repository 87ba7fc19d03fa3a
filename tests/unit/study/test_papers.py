"""Notes are shared at once; papers are judged, and what an accepted one earned can be undone."""

from __future__ import annotations

import pytest

from services.study.domain import errors
from services.study.domain.papers import Kind, PaperState
from shared.contracts import names
from tests.unit.study.samples import AT, LU, REVIEWER, SHEN, paper, told

S = PaperState
HEADER = {"paper_id": "paper-1", "authors": [LU, SHEN]}
TITLE = {"title": "协商民主建设学习体会"}


def test_a_note_is_shared_and_asks_nobody_for_a_judgement() -> None:
    note = paper(Kind.NOTE)
    note.submit()
    assert (note.state, note.events) == (S.SHARED, [])


def test_a_paper_waits_for_a_judgement() -> None:
    made = paper()
    made.submit()
    assert made.state is S.SUBMITTED
    assert told(made, names.STUDY_PAPER_SUBMITTED) == [{**HEADER, **TITLE}]


def test_an_accepted_paper_is_worth_its_hours_to_all_its_authors() -> None:
    made = paper()
    made.decide(True, 4, "观点鲜明", REVIEWER, AT)
    assert (made.state, made.hours, made.opinion) == (S.ACCEPTED, 4, "观点鲜明")
    assert (made.decided_by, made.decided_at) == (REVIEWER, AT)
    assert told(made, names.STUDY_PAPER_ACCEPTED) == [{**HEADER, "occurrence_no": 1}]


def test_a_declined_paper_is_worth_nothing() -> None:
    made = paper()
    made.decide(False, 4, "请补充调研", REVIEWER, AT)
    assert (made.state, made.hours, made.acceptances) == (S.DECLINED, 0, 0)
    assert told(made, names.STUDY_PAPER_DECLINED) == [{**HEADER, **TITLE}]


def test_a_revocation_names_the_acceptance_that_it_undoes() -> None:
    made = paper()
    made.decide(True, 4, None, "account-office", AT)
    made.revoke("与他人文章雷同", REVIEWER, AT)
    assert (made.state, made.opinion, made.decided_by) == (S.REVOKED, "与他人文章雷同", REVIEWER)
    assert told(made, names.STUDY_PAPER_REVOKED) == [{**HEADER, "occurrence_no": 1}]


@pytest.mark.parametrize("state", [state for state in S if state is not S.SUBMITTED])
@pytest.mark.parametrize("accepted", [True, False])
def test_a_paper_is_decided_once_and_a_note_never(state: PaperState, accepted: bool) -> None:
    made = paper(state=state)
    with pytest.raises(errors.PaperDecided) as refused:
        made.decide(accepted, 4, None, REVIEWER, AT)
    assert refused.value.code == "PAPER_DECIDED"
    assert (made.state, made.hours, made.events) == (state, 0, [])


@pytest.mark.parametrize("state", [state for state in S if state is not S.ACCEPTED])
def test_only_what_was_accepted_is_revoked(state: PaperState) -> None:
    made = paper(state=state)
    with pytest.raises(errors.WrongState) as refused:
        made.revoke("雷同", REVIEWER, AT)
    assert refused.value.details == {"state": state.value}
    assert made.events == []


def test_its_files_are_told() -> None:
    made = paper(files=("file-1",))
    made.tell_files()
    assert told(made, names.STUDY_FILES_CHANGED) == [
        {"paper_id": "paper-1", "attached": ["file-1"], "detached": []}
    ]
