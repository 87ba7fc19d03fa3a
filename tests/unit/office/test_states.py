"""The states of a meeting: each move that is allowed, and each that is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from services.office.domain import meeting_errors as errors
from services.office.domain import minutes
from services.office.domain.attendance import AttendanceStatus, Known, confirm
from services.office.domain.half_days import SHANGHAI, Hours, beginnings
from services.office.domain.invitees import AttendanceRole, Invitee
from services.office.domain.meeting_states import ANNOUNCED, MOVES, MeetingKind, MeetingState
from services.office.domain.meetings import Meeting
from services.office.domain.minutes import SpeechForm
from services.office.domain.planning import planned
from shared.contracts.office import FORMS, MEETING_KINDS, ROLES, STATUSES
from shared.contracts.planning import INVITED_ROLES

AT = datetime(2017, 5, 4, 9, tzinfo=SHANGHAI)
HELD_AT = datetime(2017, 5, 25, 9, tzinfo=SHANGHAI)
AFTER = datetime(2017, 5, 26, 9, tzinfo=SHANGHAI)
LEAD = timedelta(hours=1)
S = MeetingState


def meeting(state: MeetingState = S.PLANNED, half_days: int = 2) -> Meeting:
    made = planned(
        id="meeting-1",
        term=15,
        kind="CONSULTATION",
        purpose={"service": "office", "id": "meeting-1"},
        organiser="office-general",
        title="精准开展扶贫工作",
        held_at=HELD_AT,
        place="一楼会议室",
        mandatory=True,
        half_days=half_days,
        ends_at=None,
        answer_by=None,
        created_by="account-1",
        invited=[Invitee("member:m-15-0088")],
        answer_lead=timedelta(days=1),
        hours=Hours(),
        own_groups=(),
    )
    made.state = state
    made.minutes = {"text": "纪要", "files": [], "by": "account-1", "at": AT}
    return made


def moved(m: Meeting) -> None:
    m.reschedule(HELD_AT, None, None, HELD_AT, "冲突", AT, None, None)


STEPS: dict[MeetingState, Callable[[Meeting], object]] = {
    S.NOTIFIED: lambda m: m.notify(AT, None, None),
    S.RESCHEDULED: moved,
    S.CHECK_IN: lambda m: m.open_check_in(1, HELD_AT, LEAD),
    S.HELD: lambda m: m.hold(),
    S.ATTENDANCE_CONFIRMED: lambda m: confirm(m, {}, [], Known(), "account-1", AT),
    S.CLOSED: minutes.close,
    S.CANCELLED: lambda m: m.cancel("取消"),
}
# Steps by another way than the others (decision 47).
OTHERWISE: dict[tuple[MeetingState, MeetingState], Callable[[Meeting], object]] = {
    (S.PLANNED, S.HELD): lambda m: m.record_past("补录", AFTER),
    (S.CHECK_IN, S.NOTIFIED): lambda m: m.close_check_in(),
}

# Held without check-in: who came was entered where the meeting was planned.
TOLD: dict[tuple[MeetingState, MeetingState], Callable[[Meeting], object]] = {
    (state, S.HELD): lambda m: m.hold_as_told(AFTER) for state in (S.NOTIFIED, S.RESCHEDULED)
}


def test_what_was_told_to_be_held_is_held_once() -> None:
    for state in S:
        made = meeting(state)
        assert made.hold_as_told(AFTER) is (state in {S.PLANNED, S.CHECK_IN, *ANNOUNCED})
    early = meeting(S.NOTIFIED)
    early.hold_as_told(AT)
    assert early.held_at == AT


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("to", STEPS)
def test_a_meeting_moves_as_the_table_says(state: MeetingState, to: MeetingState) -> None:
    made = meeting(state)
    step = OTHERWISE.get((state, to), TOLD.get((state, to), STEPS[to]))
    if to in MOVES[state]:
        step(made)
        assert made.state is to
    else:
        with pytest.raises(errors.WrongMeetingState) as refused:
            step(made)
        assert refused.value.details == {"state": state.value}
        assert (made.state, made.events) == (state, [])


@pytest.mark.parametrize(("of", "to"), OTHERWISE)
def test_no_other_state_takes_these_steps(of: MeetingState, to: MeetingState) -> None:
    for state in set(S) - {of}:
        with pytest.raises(errors.WrongMeetingState):
            OTHERWISE[of, to](meeting(state))


def test_only_what_is_over_and_has_people_is_recorded_afterwards() -> None:
    for at, people, field in ((HELD_AT, True, "endsAt"), (AFTER, False, "invited")):
        made = meeting()
        made.invited = made.invited if people else []
        with pytest.raises(errors.MeetingUnfit) as refused:
            made.record_past("会议已按纸质通知召开", at)
        assert refused.value.items[0]["field"] == field
    made = meeting()
    made.record_past("会议已按纸质通知召开", AFTER)
    assert (made.reason, made.events) == ("会议已按纸质通知召开", [])


def test_a_check_in_opened_by_mistake_is_taken_back_and_may_be_called_off() -> None:
    made = meeting(S.NOTIFIED)
    made.open_check_in(2, HELD_AT + timedelta(hours=5), LEAD)
    assert made.close_check_in() == 2
    assert (made.state, made.check_in_half_day) == (S.NOTIFIED, None)
    made.open_check_in(1, HELD_AT, LEAD)
    made.cancel("会场停电")
    assert (made.state, made.check_in_half_day) == (S.CANCELLED, None)
    assert made.events[-1][0] == "meeting_cancelled"


def test_the_kind_of_another_services_meeting_stays() -> None:
    made = meeting()
    made.purpose = {"service": "consultations", "id": "meeting-1"}
    made.change(kind="CONSULTATION", title="另一题目")
    with pytest.raises(errors.MeetingUnfit):
        made.change(kind="COMMITTEE")


def test_minutes_follow_the_confirmed_attendance() -> None:
    made = meeting(S.ATTENDANCE_CONFIRMED)
    minutes.write_minutes(made, "纪要", [], "account-1", AT)
    assert made.state is S.MINUTED
    for state in set(S) - {S.ATTENDANCE_CONFIRMED, S.MINUTED}:
        with pytest.raises(errors.WrongMeetingState):
            minutes.write_minutes(meeting(state), "纪要", [], "account-1", AT)


def test_every_state_but_the_last_two_can_be_left() -> None:
    assert {state for state, moves in MOVES.items() if not moves} == {S.CLOSED, S.CANCELLED}


def test_half_days_are_mornings_and_afternoons() -> None:
    afternoon = datetime(2017, 2, 7, 14, 30, tzinfo=SHANGHAI)
    assert beginnings(afternoon, 3, Hours()) == [
        afternoon,
        datetime(2017, 2, 8, 9, tzinfo=SHANGHAI),
        datetime(2017, 2, 8, 14, tzinfo=SHANGHAI),
    ]
    assert beginnings(afternoon, 3, Hours(8, 15))[1:] == [
        datetime(2017, 2, 8, 8, tzinfo=SHANGHAI),
        datetime(2017, 2, 8, 15, tzinfo=SHANGHAI),
    ]
    assert meeting().ends_at == datetime(2017, 5, 25, 17, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": HELD_AT}, "endsAt"),
        ({"ends_at": HELD_AT + timedelta(hours=2)}, "halfDays"),
        ({"answer_by": HELD_AT + timedelta(minutes=1)}, "answerBy"),
    ],
)
def test_a_plan_that_makes_no_meeting_is_refused(changes: dict[str, datetime], field: str) -> None:
    with pytest.raises(errors.MeetingUnfit) as refused:
        meeting().change(**changes)
    assert refused.value.items[0]["field"] == field


def test_nobody_is_told_of_a_past_meeting_or_of_one_without_people() -> None:
    with pytest.raises(errors.MeetingUnfit):
        meeting().notify(HELD_AT, None, None)
    empty = meeting()
    empty.invited = []
    with pytest.raises(errors.MeetingUnfit):
        empty.notify(AT, None, None)


def test_details_may_change_until_it_was_held() -> None:
    for state in S:
        made = meeting(state)
        if state in {S.PLANNED, S.NOTIFIED, S.RESCHEDULED, S.CHECK_IN}:
            made.set_details({"host": "主持人"}, ["file-1"])
            made.tell_files()
            assert made.events[-1][1]["attached"] == ["file-1"]
        else:
            with pytest.raises(errors.WrongMeetingState):
                made.set_details({"host": "主持人"}, None)


def test_values_are_those_of_the_contract() -> None:
    said = [(MeetingKind, MEETING_KINDS), (AttendanceStatus, STATUSES), (SpeechForm, FORMS)]
    for kind, told in [*said, (AttendanceRole, ROLES), (AttendanceRole, INVITED_ROLES)]:
        assert tuple(kind) == told
