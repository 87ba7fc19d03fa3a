"""The rules of consultations, research and motions (2.3, 2.4, decisions 13, 30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.consultations.domain import (
    errors,
    meeting,
    motions,
    plans,
    reporting,
    research,
    speaking,
    topics,
    views,
)
from services.consultations.domain.limits import Limits
from services.consultations.domain.matters import Feedback, Instruction
from services.consultations.domain.motions import Adoption, Motion
from services.consultations.domain.plans import Plan
from services.consultations.domain.record import Consultation, Dissent, Meeting, OpinionItem
from services.consultations.domain.research import Research
from services.consultations.domain.states import (
    ConsultationForm,
    ConsultationState,
    Limit,
    MotionState,
    PlanState,
    ResearchState,
    SpeechForm,
    ViewChannel,
)
from services.consultations.domain.views import View
from services.consultations.service import SETTINGS
from shared.calendar import WorkCalendar
from shared.clock import SHANGHAI
from shared.presence import Told

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
MAY = datetime(2017, 5, 18, 9, tzinfo=SHANGHAI)
LU, SHEN, QIAN = "m-15-0088", "m-15-0031", "m-15-0140"
DEFAULTS = {setting.key: setting.default for setting in SETTINGS}
LIMITS = Limits(WorkCalendar(), DEFAULTS.__getitem__)
S, M, R, P = ConsultationState, MotionState, ResearchState, PlanState
CAME = [Told(LU, 1, None, 1, 0), Told(QIAN, 1, None, 1, 0)]
ITEM = OpinionItem(1, "建立台账", authors=(LU,))


def consultation(**said: Any) -> Consultation:
    given: dict[str, Any] = {
        "id": "c-1",
        "term": 15,
        "year": 2017,
        "title": "精准开展扶贫工作",
        "created_at": NOW,
        "form": ConsultationForm.THEMATIC,
        "organisers": ("com-economy", "org-minjian"),
        "state": S.IN_PLAN,
    }
    return Consultation(**{**given, **said})


def planned(**said: Any) -> Consultation:
    found = consultation(**said)
    meeting.plan(
        found,
        LIMITS,
        NOW,
        held_at=MAY,
        ends_at=MAY + timedelta(hours=3),
        place="三楼",
        half_days=1,
        members=[LU, QIAN],
    )
    return found


def rows(*members: str) -> list[dict[str, Any]]:
    return [
        {"member_id": id, "organisation": None, "topic": "", "form": SpeechForm.ORAL}
        for id in members
    ]


def events(record: Any, name: str) -> list[dict[str, Any]]:
    return [data for kind, data in record.events if kind == name]


def test_the_meeting_is_asked_for_under_the_consultations_id_with_its_speakers() -> None:
    found = consultation(departments=("unit-zjj",))
    speaking.list_speakers(found, rows(QIAN), NOW)
    meeting.plan(
        found,
        LIMITS,
        NOW,
        held_at=MAY,
        ends_at=MAY + timedelta(hours=3),
        place="三楼",
        half_days=1,
        members=[LU, QIAN],
    )
    [told] = events(found, "consultation_planned")
    assert (told["meeting_id"], told["kind"], told["organiser"]) == (
        "c-1",
        "CONSULTATION",
        "com-economy",
    )
    assert told["invited"] == [
        {"member_id": QIAN, "role": "SPEAKER"},
        {"member_id": LU, "role": "PARTICIPANT"},
    ]
    assert told["units"] == ["unit-zjj", "org-minjian"]
    assert found.state is S.PREPARING
    # 15 and 10 working days before 18 May 2017: the Labour Day holiday lies between.
    assert [(c.about, c.due_at.date().isoformat()) for c in found.clocks] == [
        (Limit.NOTICE, "2017-04-26"),
        (Limit.PAPERS, "2017-05-04"),
    ]
    with pytest.raises(errors.WrongState):
        planned_again(found)


def planned_again(found: Consultation) -> None:
    meeting.plan(
        found,
        LIMITS,
        NOW,
        held_at=MAY,
        ends_at=MAY + timedelta(hours=1),
        place="三楼",
        half_days=1,
        members=[],
    )


@pytest.mark.parametrize(
    ("held_at", "ends_at"),
    [(NOW - timedelta(days=1), MAY), (MAY, MAY), (MAY, MAY - timedelta(hours=1))],
)
def test_times_that_are_past_or_turned_round_are_refused(
    held_at: datetime, ends_at: datetime
) -> None:
    with pytest.raises(errors.Unfit):
        meeting.plan(
            consultation(),
            LIMITS,
            NOW,
            held_at=held_at,
            ends_at=ends_at,
            place="三楼",
            half_days=1,
            members=[],
        )


def test_a_move_counts_once_and_an_older_one_never() -> None:
    found = planned()
    later = MAY + timedelta(days=7)
    told = Meeting("c-1", later, later + timedelta(hours=3), "三楼")
    assert meeting.moved(found, told, "冲突", 4, LIMITS, NOW)
    assert not meeting.moved(found, told, "冲突", 4, LIMITS, NOW)
    assert not meeting.moved(found, replace(told, held_at=MAY), "旧", 3, LIMITS, NOW)
    assert found.meeting is not None
    assert found.meeting.held_at == later
    assert found.state is S.NOTIFIED
    assert len(found.moves) == 1
    due = found.due(Limit.PAPERS)
    assert due is not None
    assert due.date().isoformat() == "2017-05-11"
    assert not meeting.announced(found, told, NOW)


def test_it_is_held_when_presence_is_confirmed_however_often_it_is_told() -> None:
    found = planned()
    came = [Told(LU, 1, None, 1, 0), Told(QIAN, 1, None, 0, 0)]
    assert meeting.attended(found, "c-1", came, MAY, LIMITS, MAY)
    assert not meeting.attended(found, "c-1", came, MAY, LIMITS, MAY)
    assert meeting.attended(found, "c-1", [Told(QIAN, 2, 1, 1, 0)], None, LIMITS, MAY)
    assert not meeting.attended(found, "c-1", came, MAY, LIMITS, MAY)
    assert not meeting.attended(found, "other", came, MAY, LIMITS, MAY)
    assert (found.state, found.present) == (S.HELD, (LU, QIAN))
    assert len(events(found, "consultation_held")) == 1
    due = found.due(Limit.REPORT)
    assert due is not None
    assert due.date().isoformat() == "2017-05-27"  # a make-up Saturday of the Dragon Boat Festival


@pytest.mark.parametrize("came", [[], [Told(LU, 1, None, 0, 0)]])
def test_a_meeting_that_nobody_came_to_is_not_held_until_that_is_put_right(
    came: list[Told],
) -> None:
    found = planned()
    meeting.attended(found, "c-1", came, MAY, LIMITS, MAY)
    assert (found.state, events(found, "consultation_held")) == (S.PREPARING, [])
    assert meeting.attended(found, "c-1", [Told(LU, 2, 1, 1, 0)], None, LIMITS, MAY)
    assert (found.state, found.present, found.held_on) == (S.HELD, (LU,), MAY)
    assert not meeting.attended(found, "c-1", came, MAY, LIMITS, MAY)
    assert len(events(found, "consultation_held")) == 1


def test_a_correction_that_comes_before_its_confirmation_drops_nobody() -> None:
    found = planned()
    assert meeting.attended(found, "c-1", [Told(QIAN, 2, 1, 0, 0)], None, LIMITS, MAY)
    assert (found.state, events(found, "consultation_held")) == (S.PREPARING, [])
    came = [Told(id, 1, None, 1, 0) for id in (LU, QIAN, SHEN)]
    assert meeting.attended(found, "c-1", came, MAY, LIMITS, MAY)
    assert (found.state, found.present) == (S.HELD, (SHEN, LU))


def test_the_next_sitting_is_moved_whatever_versions_the_first_one_had() -> None:
    found = planned()
    later = MAY + timedelta(days=7)
    told = Meeting("c-1", later, later + timedelta(hours=3), "三楼")
    assert meeting.moved(found, told, "冲突", 4, LIMITS, NOW)
    assert meeting.called_off(found, "c-1", "主讲人出差", NOW)
    planned_again(found)
    assert not meeting.moved(found, replace(told, held_at=MAY), "旧", 5, LIMITS, NOW)
    assert meeting.moved(found, replace(told, id="c-1-2"), "再改", 4, LIMITS, NOW)
    assert found.meeting is not None
    assert found.meeting.held_at == later
    assert len(found.moves) == 2


def test_a_meeting_that_is_called_off_leaves_the_topic_and_the_next_has_a_number() -> None:
    found = planned()
    assert meeting.called_off(found, "c-1", "主讲人出差", NOW)
    assert not meeting.called_off(found, "c-1", "主讲人出差", NOW)
    assert (found.state, found.meeting, found.due(Limit.PAPERS)) == (S.POSTPONED, None, None)
    planned_again(found)
    assert found.meeting is not None
    assert found.meeting.id == "c-1-2"


def remote() -> Consultation:
    found = consultation(form=ConsultationForm.REMOTE)
    speaking.list_speakers(found, rows(QIAN, SHEN), NOW)
    meeting.open_written(found, LIMITS, NOW, closes_at=NOW + timedelta(days=3), members=[LU])
    return found


def test_those_on_the_list_speak_in_turn_and_others_at_any_time() -> None:
    found = remote()
    with pytest.raises(errors.NotYourTurn):
        speaking.state(found, SHEN, None, "我先说", (), NOW)
    speaking.state(found, LU, None, "补充", (), NOW)
    speaking.state(found, QIAN, None, "同意", (), NOW)
    turn = speaking.turn_of(found)
    assert turn is not None
    assert turn.member_id == SHEN
    speaking.pass_turn(found, "联系不上", NOW)
    assert speaking.turn_of(found) is None
    speaking.state(found, SHEN, None, "晚到的意见", (), NOW)
    speaking.state(found, SHEN, None, "改正", (), NOW)
    assert [(one.no, one.text) for one in found.statements] == [
        (1, "补充"),
        (2, "同意"),
        (3, "改正"),
    ]
    closed = NOW + timedelta(days=3)
    with pytest.raises(errors.Closed):
        speaking.state(found, LU, None, "太迟了", (), closed)
    meeting.close_written(found, LIMITS, closed)
    assert (found.state, found.present) == (S.HELD, (LU, QIAN, SHEN))
    [told] = events(found, "activity_participation_confirmed")
    assert [row["member_id"] for row in told["rows"]] == [LU, QIAN, SHEN]


def test_nobody_closes_a_written_consultation_in_which_nobody_has_spoken() -> None:
    with pytest.raises(errors.Incomplete):
        meeting.close_written(remote(), LIMITS, NOW + timedelta(days=3))


def test_a_speaker_is_a_member_or_an_organisation_and_stands_there_once() -> None:
    for wrong in (
        [{"member_id": None, "organisation": None, "topic": "", "form": SpeechForm.ORAL}],
        [{"member_id": LU, "organisation": "org-1", "topic": "", "form": SpeechForm.ORAL}],
        rows(LU, LU),
    ):
        with pytest.raises(errors.Unfit):
            speaking.list_speakers(consultation(), wrong, NOW)


def held() -> Consultation:
    found = planned()
    meeting.attended(found, "c-1", CAME, MAY, LIMITS, MAY)
    return found


def test_dissent_stands_in_the_minutes_as_it_was_said() -> None:
    found = held()
    said = Dissent(QIAN, None, "我不同意只看一项指标。")
    reporting.write_minutes(found, "纪要", [said], (), "account-1", MAY)
    for changed in ([], [replace(said, text="我同意。")]):
        with pytest.raises(errors.Unfit):
            reporting.write_minutes(found, "纪要", changed, (), "account-1", MAY)
    more = Dissent(LU, None, "我也不同意。")
    reporting.write_minutes(found, "修改后的纪要", [said, more], (), "account-1", MAY)
    assert found.minutes is not None
    assert found.minutes.dissents == (said, more)


def reported() -> Consultation:
    found = held()
    reporting.write_minutes(found, "纪要", [], (), "account-1", MAY)
    reporting.send_report(
        found, 3, LIMITS, MAY, title="专报", text="正文", items=[ITEM], signer="周立新", files=()
    )
    return found


def test_a_report_needs_minutes_and_hands_its_opinions_over() -> None:
    with pytest.raises(errors.Incomplete):
        reporting.require_reportable(held())
    [told] = events(reported(), "consultation_reported")
    assert told["report_no"] == "协商专报 2017年第3期"
    assert told["authors"] == [LU]
    assert told["items"] == [
        {"no": 1, "text": "建立台账", "kind": None, "unit": None, "authors": [LU]}
    ]


def test_feedback_is_told_to_all_who_took_part_and_then_it_is_closed() -> None:
    found = reported()
    reporting.give_feedback(found, Feedback("采纳", "", MAY, "account-1"), MAY)
    [told] = events(found, "consultation_fed_back")
    assert told["participants"] == [LU, QIAN]
    reporting.track(found, MAY)
    reporting.close(found, "办结", MAY)
    assert found.state is S.CLOSED
    assert found.next_alarm_at is None
    with pytest.raises(errors.WrongState):
        reporting.close(found, "再办结", MAY)


def test_what_is_due_rings_once_as_a_reminder_and_once_when_it_is_late() -> None:
    found = held()
    assert not found.ring_alarms(MAY)
    before = found.next_alarm_at
    assert before is not None
    assert found.ring_alarms(before)
    assert not found.ring_alarms(before)
    assert found.ring_alarms(MAY + timedelta(days=30))
    assert not found.ring_alarms(MAY + timedelta(days=31))
    assert [kind for kind, _ in found.events[-2:]] == [
        "consultation_reminder_due",
        "consultation_overdue",
    ]


def test_a_plan_goes_from_its_draft_to_the_public_and_may_be_returned_twice() -> None:
    plan = Plan(id="plan-15-2017", term=15, year=2017, title="计划", created_at=NOW)
    with pytest.raises(errors.Incomplete):
        plans.send(plan, LIMITS.review(NOW), NOW)
    plans.write(plan, "计划", "", ["c-1", "c-2", "c-1"])
    assert plan.topics == ("c-1", "c-2")
    plans.send(plan, LIMITS.review(NOW), NOW)
    with pytest.raises(errors.Incomplete):
        plans.review(plan, False, "", NOW)
    plans.review(plan, False, "请排序", NOW)
    plans.send(plan, LIMITS.review(NOW), NOW)
    plans.review(plan, True, "", NOW)
    plans.send_back(plan, "请增加议题", NOW)
    assert plan.state is P.DRAFT
    plans.send(plan, LIMITS.review(NOW), NOW)
    plans.review(plan, True, "", NOW)
    plans.decide(plan, "吴委办〔2017〕5号", NOW, NOW)
    plans.publish(plan, NOW)
    plans.supplement(plan, ["c-2", "c-3"], "吴委办〔2017〕9号", NOW)
    assert list(plan.topics) == ["c-1", "c-2", "c-3"]
    assert [one.topics for one in plan.decisions] == [("c-1", "c-2"), ("c-3",)]
    with pytest.raises(errors.WrongState):
        plans.write(plan, "计划", "", ["c-1"])


def test_a_topic_without_organisers_is_not_taken_up() -> None:
    with pytest.raises(errors.Incomplete):
        topics.take_up(consultation(state=S.PROPOSED, organisers=()), "plan-1", False, NOW)


def test_what_is_shown_of_a_view_is_agreed_to() -> None:
    given: dict[str, Any] = {
        "id": "v-1",
        "term": 15,
        "consultation_id": "c-1",
        "organisers": (),
        "text": "意见意见",
        "channel": ViewChannel.FORM,
        "received_at": NOW,
    }
    with pytest.raises(errors.Incomplete):
        views.leave(View(**given, named=True))
    view = View(**given)
    with pytest.raises(errors.Incomplete):
        views.moderate(view, False, "", "account-1", NOW)


def motion(**said: Any) -> Motion:
    given: dict[str, Any] = {
        "id": "motion-1",
        "term": 15,
        "year": 2017,
        "title": "关于完善企业诚信体系的建议案",
        "created_at": NOW,
        "organiser": "com-economy",
        "state": M.RESEARCHING,
        "text": "正文",
        "items": (ITEM,),
        "main": ("sup-qwb",),
        "main_authors": (LU,),
    }
    return Motion(**{**given, **said})


def vote(in_favour: int, against: int, abstained: int, entitled: int = 55) -> Adoption:
    return Adoption("meeting-1", NOW, entitled, in_favour, against, abstained)


@pytest.mark.parametrize("missing", ["text", "items", "main", "main_authors"])
def test_a_draft_that_lacks_anything_is_not_sent(missing: str) -> None:
    with pytest.raises(errors.Incomplete):
        motions.send(motion(**{missing: ()}), LIMITS, NOW)


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        ((20, 5, 2), errors.NoQuorum),  # 27 of 55
        ((27, 14, 2), errors.NotCarried),
        ((50, 5, 1), errors.Unfit),  # 56 of 55
    ],
)
def test_more_than_half_of_all_must_vote_and_be_for_it(
    numbers: tuple[int, int, int], refusal: type[Exception]
) -> None:
    found = motion(state=M.REVIEWED)
    with pytest.raises(refusal):
        motions.adopt(found, vote(*numbers), NOW)
    assert found.adoption is None
    motions.adopt(found, vote(28, 0, 0), NOW)
    assert found.state is M.ADOPTED


def test_a_motion_is_handed_in_once_and_its_instruction_may_come_first() -> None:
    found = motion(state=M.REVIEWED)
    motions.adopt(found, vote(41, 0, 2), NOW)
    [told] = events(found, "motion_adopted")
    assert told["vote"] == {"for": 41, "against": 0, "abstain": 2}
    early = Instruction("i-1", "区委书记", "DISTRICT", NOW)
    assert motions.instructed(found, early, NOW)
    assert not motions.instructed(found, early, NOW)
    assert motions.deliver(found, "吴政协建〔2017〕1号", NOW, LIMITS, NOW)
    assert not motions.deliver(found, "吴政协建〔2017〕2号", NOW, LIMITS, NOW)
    assert (found.number, found.state) == ("吴政协建〔2017〕1号", M.INSTRUCTED)
    [handed] = events(found, "motion_delivered")
    assert (handed["main_authors"], handed["occurrence_no"]) == ([LU], 1)
    assert motions.instructed(found, replace(early, revoked=True), NOW)
    assert found.state is M.DELIVERED
    due = found.due(Limit.FEEDBACK)
    assert due == NOW + timedelta(days=60)


def test_nothing_is_changed_while_others_have_a_motion_before_them() -> None:
    found = motion()
    motions.send(found, LIMITS, NOW)
    with pytest.raises(errors.WrongState):
        motions.write(found, main_authors=())
    motions.review(found, True, "", NOW)
    motions.send_back(found, "时机未到", NOW)
    motions.write(found, main_authors=(LU, QIAN))
    with pytest.raises(errors.Unfit):
        motions.write(found, main_authors=(LU, QIAN, SHEN, "m-15-0001"))
    with pytest.raises(errors.WrongState):
        motions.publish(found)


def project() -> Research:
    return Research(
        id="r-1", term=15, year=2017, title="调研", created_at=NOW, organiser="com-economy"
    )


def test_a_correction_of_a_visit_undoes_by_occurrence() -> None:
    found = project()
    said: dict[str, Any] = {"visited_on": NOW, "place": "小区", "units": (), "notes": ""}
    research.visit(found, NOW, members=(LU, QIAN), **said)
    research.correct_visit(found, 1, [LU, SHEN], "更正")
    [told] = events(found, "activity_participation_corrected")
    assert told["rows"] == [
        {"member_id": QIAN, "took_part": False, "occurrence_no": 1},
        {"member_id": SHEN, "took_part": True, "occurrence_no": 1},
    ]
    research.correct_visit(found, 1, [LU, SHEN, QIAN], "再更正")
    assert events(found, "activity_participation_corrected")[-1]["rows"] == [
        {"member_id": QIAN, "took_part": True, "occurrence_no": 2}
    ]
    with pytest.raises(errors.Unfit):
        research.correct_visit(found, 2, [], "")
    with pytest.raises(errors.Unfit):
        research.visit(found, NOW, members=(), **{**said, "visited_on": MAY})


def test_an_accepted_report_is_revoked_and_accepted_again_under_the_next_number() -> None:
    found = project()
    with pytest.raises(errors.Unfit):
        research.send_report(found, "报告", [], (), LIMITS.decision(NOW), NOW)
    for no in (1, 2):
        research.send_report(found, "报告", [LU], (), LIMITS.decision(NOW), NOW)
        research.decide(found, True, "", NOW)
        research.revoke(found, "数据有误", NOW)
        assert events(found, "report_accepted")[-1]["occurrence_no"] == no
        assert events(found, "report_revoked")[-1]["occurrence_no"] == no
    research.drop(found, "终止", NOW)
    assert found.state is R.DROPPED
