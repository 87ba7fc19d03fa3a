"""Certificates: for who completed the class, revoked with the completion, holding again with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.study.domain import errors
from services.study.domain.classes import ClassState, RotationClass
from shared.contracts import names
from tests.unit.study.samples import (
    AT,
    HELD_AT,
    LU,
    QIAN,
    SHEN,
    confirmed,
    corrected,
    rotation_class,
    told,
)

S = ClassState
MAY, JUNE = HELD_AT + timedelta(days=20), HELD_AT + timedelta(days=50)
FIRST, SECOND = ("吴政协培〔2017〕1号", "ab12"), ("吴政协培〔2017〕2号", "cd34")
TITLE = {"class_id": "class-1", "title": "委员学习轮训班（第一期）"}


def finished() -> RotationClass:
    """陆晓芸 and 沈建国 have completed it, 钱文娟 has not."""
    made = rotation_class()
    for id in (LU, SHEN, QIAN):
        made.enrol(id, f"SECTOR:{id}", AT)
    made.close_enrolment()
    made.take_presence("confirmed:5", confirmed(LU=5, SHEN=4, QIAN=3), False)
    made.events.clear()
    return made


def numbers(made: RotationClass) -> list[tuple[str, str | None]]:
    return [(row.member_id, row.certificate) for row in made.enrolments]


def correct(made: RotationClass, fact: str, no: int, **half_days: int) -> None:
    made.take_presence(fact, corrected(no, **half_days), True)
    made.revoke_lost(JUNE)


def test_the_completed_get_numbers_in_the_order_of_their_enrolment() -> None:
    made = finished()
    assert [row.member_id for row in made.uncertified] == [LU, SHEN]
    made.certify([FIRST, SECOND], MAY)
    assert made.state is S.CERTIFIED
    assert numbers(made) == [(LU, FIRST[0]), (SHEN, SECOND[0]), (QIAN, None)]
    first = made.enrolments[0]
    assert (first.code, first.certified_at, first.revoked_at) == ("ab12", MAY, None)
    assert told(made, names.STUDY_CERTIFICATE_ISSUED) == [
        {**TITLE, "member_id": LU, "number": FIRST[0]},
        {**TITLE, "member_id": SHEN, "number": SECOND[0]},
    ]
    assert made.uncertified == []


def test_as_many_numbers_are_taken_as_there_are_certificates() -> None:
    with pytest.raises(ValueError, match="shorter"):
        finished().certify([FIRST], MAY)


@pytest.mark.parametrize("state", [S.OPEN, S.ENROL_CLOSED, S.RUNNING, S.CANCELLED])
def test_a_class_that_is_not_over_gives_none(state: ClassState) -> None:
    made = finished()
    made.state = state
    with pytest.raises(errors.WrongState) as refused:
        made.certify([FIRST, SECOND], MAY)
    assert refused.value.details == {"state": state.value}
    assert numbers(made) == [(LU, None), (SHEN, None), (QIAN, None)]


def test_who_completes_it_after_all_gets_the_next_number() -> None:
    made = finished()
    made.certify([FIRST, SECOND], MAY)
    correct(made, "corrected:6", 1, QIAN=5)
    assert [row.member_id for row in made.uncertified] == [QIAN]
    third = ("吴政协培〔2017〕3号", "ef56")
    made.certify([third], JUNE)
    assert numbers(made) == [(LU, FIRST[0]), (SHEN, SECOND[0]), (QIAN, third[0])]


def test_a_certificate_of_who_has_not_completed_the_class_is_revoked_once() -> None:
    made = finished()
    made.certify([FIRST, SECOND], MAY)
    correct(made, "corrected:6", 1, LU=0)
    made.revoke_lost(JUNE + timedelta(days=1))
    row = made.enrolments[0]
    assert (row.certificate, row.revoked_at) == (FIRST[0], JUNE)
    assert told(made, names.STUDY_CERTIFICATE_REVOKED) == [
        {**TITLE, "member_id": LU, "number": FIRST[0]}
    ]
    assert made.enrolments[1].revoked_at is None


def test_the_same_number_holds_again_when_presence_is_confirmed_after_all() -> None:
    made = finished()
    made.certify([FIRST, SECOND], MAY)
    correct(made, "corrected:6", 1, LU=0)
    correct(made, "corrected:7", 2, LU=5)
    row = made.enrolments[0]
    assert (row.certificate, row.code, row.revoked_at) == (FIRST[0], FIRST[1], None)
    assert made.uncertified == []  # no second number


def test_without_a_certificate_nothing_is_revoked() -> None:
    made = finished()
    correct(made, "corrected:6", 1, LU=0)
    assert told(made, names.STUDY_CERTIFICATE_REVOKED) == []
    assert [row.member_id for row in made.uncertified] == [SHEN]
