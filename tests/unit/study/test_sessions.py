"""A study session: planned within the year's plan, following its meeting, closed with a summary."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.study.domain import errors
from services.study.domain.sessions import Method, Session, SessionState
from shared.contracts import names
from tests.unit.study.samples import (
    HELD_AT,
    LATER,
    LU,
    QIAN,
    SHEN,
    confirmed,
    corrected,
    session,
    told,
)

S = SessionState
KNOWN = ["T1", "T2"]


def test_planning_asks_the_office_for_a_meeting_under_the_same_id() -> None:
    made = session()
    made.plan(KNOWN)
    assert told(made, names.STUDY_SESSION_PLANNED) == [
        {
            "meeting_id": "session-1",
            "kind": "STUDY",
            "organiser": "com-economy",
            "title": "六中全会精神专题学习",
            "held_at": HELD_AT,
            "place": "区政协一楼会议室",
            "mandatory": True,
            "half_days": 1,
            "invited": [{"member_id": id, "role": "PARTICIPANT"} for id in (LU, SHEN, QIAN)],
        }
    ]


def test_an_end_is_told_if_there_is_one() -> None:
    made = session(ends_at=HELD_AT + timedelta(hours=3), mandatory=False)
    made.plan(KNOWN)
    [asked] = told(made, names.STUDY_SESSION_PLANNED)
    assert (asked["ends_at"], asked["mandatory"]) == (HELD_AT + timedelta(hours=3), False)


@pytest.mark.parametrize(
    ("changes", "known", "field", "message"),
    [
        ({}, None, "themes", "年度学习计划尚未审定"),
        ({"themes": ("T1", "T9")}, KNOWN, "themes", "学习主题不在年度计划内"),
        ({"ends_at": HELD_AT}, KNOWN, "endsAt", "结束时间应晚于开始时间"),
        ({"ends_at": HELD_AT - timedelta(hours=1)}, KNOWN, "endsAt", "结束时间应晚于开始时间"),
    ],
)
def test_what_does_not_fit_the_year_is_refused(
    changes: dict[str, Any], known: list[str] | None, field: str, message: str
) -> None:
    made = session(**changes)
    with pytest.raises(errors.SessionUnfit, match=message) as refused:
        made.plan(known)
    assert (refused.value.code, refused.value.field) == ("STUDY_SESSION_UNFIT", field)
    assert made.events == []


# What the office tells of the meeting: state before, news, whether it changes anything, state after
FOLLOWED: list[tuple[SessionState, SessionState, datetime, bool, SessionState]] = [
    (S.PLANNED, S.NOTIFIED, HELD_AT, True, S.NOTIFIED),
    (S.NOTIFIED, S.NOTIFIED, HELD_AT, False, S.NOTIFIED),
    (S.NOTIFIED, S.NOTIFIED, LATER, True, S.NOTIFIED),
    (S.PLANNED, S.CANCELLED, HELD_AT, True, S.CANCELLED),
    (S.NOTIFIED, S.CANCELLED, HELD_AT, True, S.CANCELLED),
    (S.HELD, S.NOTIFIED, LATER, False, S.HELD),
    (S.CLOSED, S.NOTIFIED, LATER, False, S.CLOSED),
    (S.CLOSED, S.CANCELLED, HELD_AT, False, S.CLOSED),
    (S.CANCELLED, S.NOTIFIED, LATER, False, S.CANCELLED),
]


@pytest.mark.parametrize(("before", "news", "held_at", "changes", "after"), FOLLOWED)
def test_it_follows_its_meeting(
    before: SessionState,
    news: SessionState,
    held_at: datetime,
    changes: bool,
    after: SessionState,
) -> None:
    made = session(state=before)
    assert made.follow(news, held_at, None, 1) is changes
    assert made.state is after
    assert made.held_at == (held_at if changes else HELD_AT)


def test_late_news_change_nothing() -> None:
    made = session()
    assert made.follow(S.NOTIFIED, LATER, None, 3) is True
    assert made.follow(S.NOTIFIED, HELD_AT, None, 2) is False
    assert (made.held_at, made.followed) == (LATER, 3)


def test_the_reason_of_a_cancellation_is_kept() -> None:
    made = session(state=S.NOTIFIED)
    made.follow(S.CANCELLED, HELD_AT, "主讲人因公出差", 2)
    assert (made.state, made.reason) == (S.CANCELLED, "主讲人因公出差")


def test_presence_becomes_credit_of_who_took_part() -> None:
    made = session(state=S.NOTIFIED, way=Method.SALON)
    assert made.take_presence("confirmed:5", confirmed(LU=1, SHEN=1, QIAN=0), False) is True
    assert (made.state, made.attended) == (S.HELD, (SHEN, LU))
    assert told(made, names.STUDY_ATTENDANCE_CONFIRMED) == [
        {
            "session_id": "session-1",
            "form": "SALON",
            "held_on": HELD_AT,
            "rows": [
                {"member_id": LU, "occurrence_no": 1, "took_part": True},
                {"member_id": SHEN, "occurrence_no": 1, "took_part": True},
            ],
        }
    ]


def test_the_same_fact_counts_once() -> None:
    made = session()
    facts = [made.take_presence("confirmed:5", confirmed(LU=1), False) for _ in range(2)]
    assert facts == [True, False]
    assert len(told(made, names.STUDY_ATTENDANCE_CONFIRMED)) == 1


def test_a_session_to_which_nobody_came_tells_of_no_credit() -> None:
    made = session()
    made.take_presence("confirmed:5", confirmed(LU=0, SHEN=0), False)
    assert (made.state, made.attended, made.events) == (S.HELD, (), [])


def test_a_correction_names_the_record_that_it_replaces() -> None:
    made = session()
    made.take_presence("confirmed:5", confirmed(LU=1, QIAN=0), False)
    made.take_presence("corrected:6", corrected(1, LU=0, QIAN=1), True)
    assert made.attended == (QIAN,)
    [undone] = told(made, names.STUDY_ATTENDANCE_CORRECTED)
    assert undone["rows"] == [
        {"member_id": LU, "occurrence_no": 1, "took_part": False},
        {"member_id": QIAN, "occurrence_no": 1, "took_part": True},
    ]


def test_a_correction_that_comes_before_its_confirmation_stands() -> None:
    made = session()
    made.take_presence("corrected:6", corrected(1, LU=0), True)
    made.take_presence("confirmed:5", confirmed(LU=1, SHEN=1), False)
    assert (made.state, made.attended) == (S.HELD, (SHEN,))


def held() -> Session:
    made = session()
    made.take_presence("confirmed:5", confirmed(LU=1, SHEN=1), False)
    return made


def test_the_organiser_closes_it_with_a_summary() -> None:
    made = held()
    made.close("学习了六中全会精神")
    assert (made.state, made.summary) == (S.CLOSED, "学习了六中全会精神")
    assert told(made, names.STUDY_SESSION_CLOSED) == [
        {
            "session_id": "session-1",
            "title": "六中全会精神专题学习",
            "organiser": "com-economy",
            "attended": 2,
        }
    ]


@pytest.mark.parametrize("state", [state for state in S if state is not S.HELD])
def test_only_what_was_held_is_closed(state: SessionState) -> None:
    made = session(state=state)
    with pytest.raises(errors.WrongState) as refused:
        made.close("小结")
    assert refused.value.details == {"state": state.value}
    assert made.summary is None


def test_a_correction_after_the_end_changes_presence_but_not_the_state() -> None:
    made = held()
    made.close("小结")
    made.take_presence("corrected:6", corrected(1, LU=0), True)
    assert (made.state, made.attended) == (S.CLOSED, (SHEN,))


@pytest.mark.parametrize("state", S)
def test_materials_are_set_once_each_while_it_is_not_called_off(state: SessionState) -> None:
    made = session(state=state, materials=("old",))
    if state is S.CANCELLED:
        with pytest.raises(errors.WrongState):
            made.set_materials(["b"])
        assert made.materials == ("old",)
    else:
        made.set_materials(["b", "a", "b"])
        assert made.materials == ("b", "a")
