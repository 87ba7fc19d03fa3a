"""Numbered records of presence: whatever the order in which they are told, the last one stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from services.study.domain.sessions import SessionState
from shared.presence import Presence, Told, newest, rows_of
from tests.unit.study.samples import LU, SHEN, confirmed, corrected, rotation_class, session

CONFIRMED = {
    "rows": [
        {"member_id": LU, "status": "PRESENT", "half_days_present": 4, "half_days_exempt": 1},
        {"member_id": SHEN, "status": "ABSENT", "half_days_present": 3},
    ]
}


def test_a_confirmation_makes_the_first_records() -> None:
    assert rows_of(CONFIRMED, corrected=False) == [
        Told(LU, 1, None, present=4, exempt=1),
        Told(SHEN, 1, None, present=0, exempt=0),  # who is absent has no half-days
    ]


def test_a_correction_makes_the_record_after_the_one_that_it_names() -> None:
    rows = [
        {"member_id": LU, "occurrence_no": 2, "status": "LEAVE", "half_days_present": 0},
        {"member_id": SHEN, "status": "PRESENT", "half_days_present": 5},
    ]
    assert rows_of({"rows": rows}, corrected=True) == [
        Told(LU, 3, 2, present=0, exempt=0),
        Told(SHEN, 2, 1, present=5, exempt=0),
    ]


def test_an_older_record_never_replaces_a_newer_one() -> None:
    standing = {LU: Presence(2, 0, 0)}
    rows = [Told(LU, 1, None, 5, 0), Told(SHEN, 1, None, 4, 0)]
    assert newest(standing, rows) == {LU: Presence(2, 0, 0), SHEN: Presence(1, 4, 0)}
    assert newest(standing, [Told(LU, 2, 1, 5, 0)]) == standing  # the same number, told again
    assert newest(standing, [Told(LU, 3, 2, 5, 0)]) == {LU: Presence(3, 5, 0)}
    assert standing == {LU: Presence(2, 0, 0)}


FACTS = {
    "confirmed:4": (confirmed(LU=5, SHEN=0), False),
    "corrected:5": (corrected(1, LU=0), True),
    "corrected:6": (corrected(2, LU=5), True),
    "corrected:7": (corrected(1, SHEN=5), True),
}


@pytest.mark.parametrize("order", list(permutations(FACTS)))
def test_any_order_leaves_a_session_with_the_same_presence(order: Sequence[str]) -> None:
    made = session()
    for fact in order:
        rows, is_correction = FACTS[fact]
        made.take_presence(fact, rows, is_correction)
        made.take_presence(fact, rows, is_correction)  # told twice
    assert (made.state, made.attended) == (SessionState.HELD, (SHEN, LU))
    assert made.presence == {LU: Presence(3, 5, 0), SHEN: Presence(2, 5, 0)}


@pytest.mark.parametrize("order", list(permutations(FACTS)))
def test_any_order_leaves_a_class_with_the_same_who_completed_it(order: Sequence[str]) -> None:
    made = rotation_class()
    for id in (LU, SHEN):
        made.enrol(id, f"SECTOR:{id}", made.enrol_by)
    made.close_enrolment()
    for fact in order:
        rows, is_correction = FACTS[fact]
        made.take_presence(fact, rows, is_correction)
    assert [(row.member_id, row.state.value) for row in made.enrolments] == [
        (LU, "COMPLETED"),
        (SHEN, "COMPLETED"),
    ]
    assert made.state.value == "FINISHED"
    for row in made.enrolments:  # as many completions as were told and not revoked, less one
        events = [
            name.removeprefix("study_")
            for name, data in made.events
            if name in ("study_class_completed", "study_completion_revoked")
            and data["member_id"] == row.member_id
        ]
        assert events.count("class_completed") - events.count("completion_revoked") == 1
