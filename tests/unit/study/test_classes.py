"""A rotation class: places, the share of one sector, the waiting list, the meeting, completion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.study.domain import errors
from services.study.domain.classes import ClassState, EnrolmentState, RotationClass
from shared.contracts import names
from shared.presence import Told
from tests.unit.study.samples import (
    AT,
    HELD_AT,
    LATER,
    LU,
    MASSES,
    MINJIAN,
    QIAN,
    SHEN,
    ZHAO,
    confirmed,
    corrected,
    rotation_class,
    told,
)

S, E = ClassState, EnrolmentState


def enrolled(*people: tuple[str, str], **changes: Any) -> RotationClass:
    """A class in which these (member, sector) enrolled in this order."""
    made = rotation_class(**changes)
    for id, sector in people:
        made.enrol(id, sector, AT)
    return made


def states(made: RotationClass) -> list[tuple[str, str]]:
    return [(row.member_id, row.state.value) for row in made.enrolments]


# Opening


def test_opening_tells_until_when_to_enrol() -> None:
    made = rotation_class()
    made.open([SHEN], AT)
    opened = {"class_id": "class-1", "title": "委员学习轮训班（第一期）", "enrol_by": made.enrol_by}
    assert told(made, names.STUDY_CLASS_OPENED) == [{**opened, "again": [SHEN]}]
    assert made.slot == "2017:office-general:1"


def test_a_class_that_was_called_off_leaves_its_batch() -> None:
    open_one, announced = rotation_class(), rotation_class(state=S.RUNNING)
    for made in (open_one, announced):
        made.slot = "2017:office-general:1"
    open_one.cancel("报名人数不足")
    announced.follow(S.CANCELLED, HELD_AT, "取消", 9)
    assert (open_one.slot, announced.slot) == (None, None)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"enrol_by": AT}, "enrolBy", "报名截止时间已过"),
        ({"enrol_by": HELD_AT}, "enrolBy", "报名截止应早于开班时间"),
        ({"enrol_by": LATER}, "enrolBy", "报名截止应早于开班时间"),
        ({"ends_at": HELD_AT}, "endsAt", "结束时间应晚于开始时间"),
    ],
)
def test_times_that_do_not_fit_are_refused(
    changes: dict[str, Any], field: str, message: str
) -> None:
    made = rotation_class(**changes)
    with pytest.raises(errors.SessionUnfit, match=message) as refused:
        made.open([], AT)
    assert refused.value.field == field
    assert made.events == []


# Enrolment, the share of a sector, the waiting list


def test_one_sector_takes_its_share_and_then_waits_while_others_come() -> None:
    made = enrolled((LU, MASSES), (SHEN, MASSES), (QIAN, MASSES), (ZHAO, MINJIAN))
    assert states(made) == [
        (LU, "ENROLLED"),
        (SHEN, "ENROLLED"),
        (QIAN, "WAITLISTED"),
        (ZHAO, "ENROLLED"),
    ]
    assert made.invited == [LU, SHEN, ZHAO]


@pytest.mark.parametrize(
    ("quota", "share", "places"),
    [(4, 50, 2), (3, 50, 2), (10, 20, 2), (4, 1, 1), (4, 100, 4), (1, 20, 1)],
)
def test_the_share_is_rounded_up_so_that_each_sector_has_a_place(
    quota: int, share: int, places: int
) -> None:
    people = [(f"m-{number}", MASSES) for number in range(12)]
    made = enrolled(*people, quota=quota, sector_share=share)
    assert [row.state for row in made.enrolments].count(E.ENROLLED) == places


def test_who_comes_when_all_places_are_taken_waits() -> None:
    made = enrolled((LU, MASSES), (SHEN, MINJIAN), quota=1)
    assert states(made) == [(LU, "ENROLLED"), (SHEN, "WAITLISTED")]


def test_nobody_enrols_twice_or_too_late() -> None:
    made = enrolled((LU, MASSES))
    with pytest.raises(errors.EnrolmentUnfit, match="已经报名") as twice:
        made.enrol(LU, MASSES, AT)
    assert twice.value.code == "ENROLMENT_UNFIT"
    assert made.enrol(SHEN, MINJIAN, made.enrol_by) is E.ENROLLED  # the last moment
    with pytest.raises(errors.EnrolmentClosed, match="报名已截止") as late:
        made.enrol(QIAN, MINJIAN, made.enrol_by + timedelta(seconds=1))
    assert late.value.code == "ENROLMENT_CLOSED"


@pytest.mark.parametrize("state", [state for state in S if state is not S.OPEN])
def test_only_an_open_class_takes_enrolments(state: ClassState) -> None:
    with pytest.raises(errors.EnrolmentClosed):
        rotation_class(state=state).enrol(LU, MASSES, AT)


def test_a_place_given_back_goes_to_the_first_who_waits_and_fits() -> None:
    people = ((LU, MASSES), (SHEN, MINJIAN), (QIAN, MASSES), (ZHAO, MINJIAN))
    made = enrolled(*people, quota=2, sector_share=50)  # one place for each sector
    made.withdraw(SHEN)
    assert states(made) == [
        (LU, "ENROLLED"),
        (SHEN, "CANCELLED"),
        (QIAN, "WAITLISTED"),  # first in the list, but the sector has its share
        (ZHAO, "ENROLLED"),
    ]
    assert told(made, names.STUDY_PLACE_GIVEN) == [
        {"class_id": "class-1", "title": "委员学习轮训班（第一期）", "member_id": ZHAO}
    ]


def test_who_leaves_the_waiting_list_gives_nobody_a_place() -> None:
    made = enrolled((LU, MASSES), (SHEN, MINJIAN), (QIAN, MINJIAN), quota=1)
    made.withdraw(SHEN)
    assert states(made) == [(LU, "ENROLLED"), (SHEN, "CANCELLED"), (QIAN, "WAITLISTED")]
    assert made.events == []


def test_who_withdrew_may_come_back_to_the_end_of_the_list() -> None:
    made = enrolled((LU, MASSES), (SHEN, MINJIAN), quota=1)
    made.withdraw(LU)
    assert made.enrolment(LU) is None
    made.enrol(LU, MASSES, AT)
    assert states(made) == [(LU, "CANCELLED"), (SHEN, "ENROLLED"), (LU, "WAITLISTED")]


def test_a_place_given_back_after_the_closing_changes_who_is_invited_to_the_meeting() -> None:
    made = enrolled((LU, MASSES), (SHEN, MINJIAN), (QIAN, MASSES), quota=2)
    made.close_enrolment()
    made.withdraw(QIAN)  # who only waits was never invited
    assert told(made, names.STUDY_CLASS_PLACES_CHANGED) == []
    made.enrolments[-1].state = E.WAITLISTED
    made.withdraw(LU)
    [changed] = told(made, names.STUDY_CLASS_PLACES_CHANGED)
    assert (changed["invited"], changed["withdrawn"]) == ([QIAN], [LU])
    assert [row["member_id"] for row in told(made, names.STUDY_PLACE_GIVEN)] == [QIAN]


@pytest.mark.parametrize("state", S)
def test_who_has_left_the_committee_gives_the_place_back_until_the_class_is_over(
    state: ClassState,
) -> None:
    made = enrolled((LU, MASSES), (SHEN, MINJIAN), quota=1)
    made.state = state
    over = state in (S.FINISHED, S.CERTIFIED, S.CANCELLED)
    assert made.release(LU) is not over
    assert [row.state for row in made.enrolments] == (
        [E.ENROLLED, E.WAITLISTED] if over else [E.CANCELLED, E.ENROLLED]
    )
    assert made.release(QIAN) is False


def test_only_who_is_enrolled_withdraws_and_only_before_it_begins() -> None:
    made = enrolled((LU, MASSES))
    with pytest.raises(errors.EnrolmentUnfit, match="尚未报名"):
        made.withdraw(SHEN)
    made.state = S.RUNNING
    with pytest.raises(errors.EnrolmentClosed, match="开班后不能取消报名，请办理请假"):
        made.withdraw(LU)
    assert states(made) == [(LU, "ENROLLED")]


def test_free_places_go_to_whoever_waits_when_enrolment_closes() -> None:
    people = ((LU, MASSES), (SHEN, MASSES), (QIAN, MASSES), (ZHAO, MASSES))
    made = enrolled(*people, quota=3, sector_share=34)  # two places for the sector
    made.close_enrolment()
    assert states(made)[2:] == [(QIAN, "ENROLLED"), (ZHAO, "WAITLISTED")]
    assert [row["member_id"] for row in told(made, names.STUDY_PLACE_GIVEN)] == [QIAN]
    [asked] = told(made, names.STUDY_CLASS_PLANNED)
    assert asked == {
        "meeting_id": "class-1",
        "kind": "TRAINING",
        "organiser": "office-general",
        "title": "委员学习轮训班（第一期）",
        "held_at": HELD_AT,
        "place": "区委党校",
        "mandatory": True,
        "half_days": 5,
        "invited": [{"member_id": id, "role": "PARTICIPANT"} for id in (LU, SHEN, QIAN)],
    }
    assert made.state is S.ENROL_CLOSED


def test_a_place_given_back_after_the_close_goes_to_whoever_is_first() -> None:
    people = ((LU, MASSES), (SHEN, MINJIAN), (QIAN, MASSES))
    made = enrolled(*people, quota=2, sector_share=50)
    made.close_enrolment()
    made.withdraw(SHEN)
    assert states(made) == [(LU, "ENROLLED"), (SHEN, "CANCELLED"), (QIAN, "ENROLLED")]


def test_a_class_without_anybody_is_not_held() -> None:
    made = enrolled((LU, MASSES))
    made.withdraw(LU)
    with pytest.raises(errors.EnrolmentUnfit, match="无人报名，不能开班"):
        made.close_enrolment()
    assert made.state is S.OPEN


@pytest.mark.parametrize("state", [state for state in S if state is not S.OPEN])
def test_enrolment_closes_once(state: ClassState) -> None:
    made = enrolled((LU, MASSES))
    made.state = state
    with pytest.raises(errors.EnrolmentClosed):
        made.close_enrolment()
    assert made.events == []


def test_a_cancelled_class_is_told_to_all_who_had_enrolled_or_wait() -> None:
    made = enrolled((LU, MASSES), (SHEN, MINJIAN), (QIAN, MINJIAN), quota=2)
    made.withdraw(LU)
    made.enrol(ZHAO, MASSES, AT)
    made.cancel("报名人数不足")
    assert (made.state, made.reason) == (S.CANCELLED, "报名人数不足")
    assert told(made, names.STUDY_CLASS_CANCELLED) == [
        {
            "class_id": "class-1",
            "title": "委员学习轮训班（第一期）",
            "reason": "报名人数不足",
            "members": [SHEN, QIAN, ZHAO],
        }
    ]


@pytest.mark.parametrize("state", [state for state in S if state is not S.OPEN])
def test_once_its_meeting_is_planned_the_meeting_is_called_off_instead(state: ClassState) -> None:
    made = rotation_class(state=state)
    with pytest.raises(errors.WrongState) as refused:
        made.cancel("报名人数不足")
    assert refused.value.details == {"state": state.value}


# The meeting


def test_it_runs_moves_and_ends_with_its_meeting() -> None:
    made = rotation_class(state=S.ENROL_CLOSED)
    assert made.follow(S.RUNNING, HELD_AT, None, 1) is True
    assert made.follow(S.RUNNING, HELD_AT, None, 1) is False
    assert made.follow(S.RUNNING, LATER, "场地冲突", 2) is True
    assert (made.state, made.held_at, made.reason) == (S.RUNNING, LATER, "场地冲突")
    assert made.follow(S.CANCELLED, HELD_AT, None, 1) is False  # late
    assert made.follow(S.CANCELLED, LATER, "主讲人因公出差", 3) is True
    assert (made.state, made.reason, made.followed) == (S.CANCELLED, "主讲人因公出差", 3)


@pytest.mark.parametrize("state", [S.OPEN, S.FINISHED, S.CERTIFIED, S.CANCELLED])
def test_news_of_a_meeting_change_nothing_before_it_is_planned_or_after_it_is_over(
    state: ClassState,
) -> None:
    made = rotation_class(state=state)
    assert made.follow(S.CANCELLED, LATER, "取消", 9) is False
    assert (made.state, made.held_at) == (state, HELD_AT)


# Completion


def running(*people: str, **changes: Any) -> RotationClass:
    made = enrolled(*((id, f"SECTOR:{id}") for id in people), **changes)
    made.close_enrolment()
    made.state = S.RUNNING
    made.events.clear()
    return made


def test_four_of_five_half_days_complete_the_class() -> None:
    made = running(LU, SHEN, QIAN)
    assert made.take_presence("confirmed:5", confirmed(LU=4, SHEN=3, QIAN=0), False) is True
    assert states(made) == [(LU, "COMPLETED"), (SHEN, "INCOMPLETE"), (QIAN, "INCOMPLETE")]
    assert made.state is S.FINISHED
    assert made.events == [
        (
            names.STUDY_CLASS_COMPLETED,
            {"class_id": "class-1", "member_id": LU, "occurrence_no": 1},
        ),
        (
            names.STUDY_CLASS_FINISHED,
            {
                "class_id": "class-1",
                "title": "委员学习轮训班（第一期）",
                "required": 3,
                "completed": 1,
            },
        ),
        (
            names.STUDY_CLASS_MISSED,
            {
                "class_id": "class-1",
                "title": "委员学习轮训班（第一期）",
                "members": [SHEN, QIAN],
            },
        ),
    ]


@pytest.mark.parametrize(
    ("present", "exempt", "percent", "completes"),
    [
        (4, 0, 80, True),
        (3, 0, 80, False),
        (3, 2, 80, True),  # three of the three that count
        (2, 2, 80, False),
        (0, 5, 80, False),  # nothing counts: nothing is completed
        (5, 0, 100, True),
        (4, 1, 100, True),
        (1, 0, 1, True),
    ],
)
def test_half_days_that_do_not_count_leave_the_sum(
    present: int, exempt: int, percent: int, completes: bool
) -> None:
    made = running(LU, pass_percent=percent)
    made.take_presence("confirmed:5", [Told(LU, 1, None, present, exempt)], False)
    assert states(made) == [(LU, "COMPLETED" if completes else "INCOMPLETE")]


def test_who_only_sat_in_completes_nothing() -> None:
    made = running(LU)
    made.take_presence("confirmed:5", confirmed(LU=5, ZHAO=5), False)
    assert states(made) == [(LU, "COMPLETED")]
    assert [row["member_id"] for row in told(made, names.STUDY_CLASS_COMPLETED)] == [LU]


def test_a_record_counts_once_and_a_correction_does_not_end_the_class_again() -> None:
    made = running(LU)
    rows = confirmed(LU=5)
    assert [made.take_presence("confirmed:5", rows, False) for _ in range(2)] == [True, False]
    made.take_presence("corrected:6", corrected(1, LU=4), True)
    assert len(told(made, names.STUDY_CLASS_FINISHED)) == 1
    assert len(told(made, names.STUDY_CLASS_COMPLETED)) == 1  # completed before and after


def test_each_completion_has_a_number_that_its_revocation_names() -> None:
    made = running(LU)
    made.take_presence("confirmed:5", confirmed(LU=5), False)
    made.take_presence("corrected:6", corrected(1, LU=0), True)
    made.take_presence("corrected:7", corrected(2, LU=5), True)
    numbered = [
        (name, data["occurrence_no"])
        for name, data in made.events
        if name != names.STUDY_CLASS_FINISHED
    ]
    assert numbered == [
        (names.STUDY_CLASS_COMPLETED, 1),
        (names.STUDY_COMPLETION_REVOKED, 1),
        (names.STUDY_CLASS_COMPLETED, 2),
    ]
    assert states(made) == [(LU, "COMPLETED")]


def test_a_correction_alone_does_not_finish_a_class() -> None:
    made = running(LU)
    made.take_presence("corrected:6", corrected(1, LU=5), True)
    assert (made.state, states(made)) == (S.RUNNING, [(LU, "COMPLETED")])
