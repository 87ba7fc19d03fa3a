"""Plans, sessions and what the office tells of their meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import pytest

from services.study.commands import classes, papers, plans, sessions
from services.study.domain import errors
from services.study.domain.labels import StudyGroupKind as Group
from services.study.domain.papers import Kind
from services.study.queries import library, statistics, study
from shared.errors import Forbidden
from tests.integration.study.desk import (
    CHAIR,
    ECONOMY,
    HELD_AT,
    LU,
    OFFICE,
    QIAN,
    SHEN,
    STAFF,
    TOWN,
    School,
    confirmed,
    corrected,
    member,
    notified,
)

SHARES = {LU: 1, SHEN: 1, QIAN: 0}


def state(school: School, session_id: str) -> str:
    session = school.desk.sessions.get(session_id)
    assert session is not None
    return session.state.value


def test_a_plan_is_written_approved_run_and_summarised(school: School) -> None:
    with pytest.raises(errors.SessionUnfit):
        school.session()  # before there is a plan
    plan_id = school.approved_plan()
    assert study.study_plan(member(LU), school.desk, year=2017) is not None
    with pytest.raises(errors.WrongState):
        school.do(plans.decide_plan, CHAIR, plan_id=plan_id, approved=False, opinion=None)
    with pytest.raises(errors.WrongState):
        school.do(plans.summarise_plan, OFFICE, plan_id=plan_id, summary="总结")
    session_id = school.session()
    school.hear(confirmed(session_id, SHARES))
    plan = school.desk.plans.get(plan_id)
    assert plan is not None and plan.state.value == "RUNNING"
    school.do(plans.summarise_plan, OFFICE, plan_id=plan_id, summary="全年学习四次")
    plan = school.desk.plans.get(plan_id)
    assert plan is not None and (plan.state.value, plan.summary) == ("SUMMARISED", "全年学习四次")


def test_a_plan_that_is_not_approved_goes_back(school: School) -> None:
    themes = [{"code": "T1", "title": "主题", "required": True}]
    plan = {"year": 2017, "title": "计划", "text": "", "themes": themes}
    plan_id = school.do(plans.write_plan, ECONOMY, **plan)
    assert study.study_plan(member(LU), school.desk, year=2017) is None
    school.do(plans.propose_plan, ECONOMY, plan_id=plan_id)
    school.do(plans.decide_plan, CHAIR, plan_id=plan_id, approved=False, opinion="补充专题")
    assert [event["approved"] for event in school.told("study_plan_decided")] == [False]
    school.do(plans.write_plan, OFFICE, **{**plan, "title": "计划（修改）"})
    shown = study.study_plan(OFFICE, school.desk, year=2017)
    assert shown is not None
    assert (shown["title"], shown["opinion"], shown["proposed"]) == (
        "计划（修改）",
        "补充专题",
        False,
    )
    with pytest.raises(errors.PlanUnfit):
        unfit = [{**themes[0], "required": False}]
        school.do(plans.write_plan, OFFICE, **{**plan, "themes": unfit})


def test_a_session_asks_for_a_meeting_and_follows_it(school: School) -> None:
    school.approved_plan()
    session_id = school.session()
    [asked] = school.told("study_session_planned")
    assert (asked["meeting_id"], asked["kind"], asked["organiser"]) == (
        session_id,
        "STUDY",
        "com-economy",
    )
    assert [row["member_id"] for row in asked["invited"]] == [LU, SHEN, QIAN]
    school.hear(notified(session_id))
    assert state(school, session_id) == "NOTIFIED"
    later = (HELD_AT + timedelta(days=7)).isoformat()
    school.hear(notified(session_id, "meeting_rescheduled", held_at=later))
    session = school.desk.sessions.get(session_id)
    assert session is not None and session.held_at == HELD_AT + timedelta(days=7)
    school.hear(confirmed(session_id, SHARES))
    with pytest.raises(Forbidden):
        school.do(sessions.close_session, TOWN, session_id=session_id, summary="小结")
    school.do(sessions.close_session, ECONOMY, session_id=session_id, summary="学习了六中全会精神")
    school.hear(notified(session_id, "meeting_cancelled"))  # late
    assert state(school, session_id) == "CLOSED"
    assert school.told("study_session_closed")[0]["attended"] == 2


def test_news_of_an_earlier_version_move_nothing_back(school: School) -> None:
    """The notice, tried again, comes after the new date."""
    school.approved_plan()
    session_id = school.session()
    class_id = school.open_class()
    school.enrol(class_id, LU)
    school.clock.at = HELD_AT - timedelta(days=1)
    school.do(classes.close_enrolment, OFFICE, class_id=class_id)
    later = HELD_AT + timedelta(days=7)
    for id in (session_id, class_id):
        moved = notified(id, "meeting_rescheduled", held_at=later.isoformat(), version=3)
        school.hear(moved, notified(id, held_at=HELD_AT.isoformat(), version=2))
    session, taught = school.desk.sessions.get(session_id), school.desk.classes.get(class_id)
    assert session is not None and session.held_at == later
    assert taught is not None and taught.held_at == later


def test_a_cancelled_meeting_calls_its_session_off(school: School) -> None:
    school.approved_plan()
    session_id = school.session()
    school.hear(notified(session_id, "meeting_cancelled"), notified(session_id))
    session = school.desk.sessions.get(session_id)
    assert session is not None
    assert (session.state.value, session.reason) == ("CANCELLED", "主讲人因公出差")


def test_presence_becomes_credit_with_the_same_numbers(school: School) -> None:
    school.approved_plan()
    session_id = school.session()
    fact = confirmed(session_id, SHARES)
    school.hear(fact, fact)
    school.hear(corrected(session_id, 1, {LU: 0, QIAN: 1}))
    [told] = school.told("study_attendance_confirmed")
    assert [(r["member_id"], r["occurrence_no"]) for r in told["rows"]] == [(LU, 1), (SHEN, 1)]
    [undone] = school.told("study_attendance_corrected")
    rows = [(r["member_id"], r["occurrence_no"], r["took_part"]) for r in undone["rows"]]
    assert rows == [(LU, 1, False), (QIAN, 1, True)]
    page = study.list_attendance(ECONOMY, school.desk, session_id=session_id, first=10, after=None)
    took = {row["member_id"]: row["took_part"] for row in page["rows"]}
    assert took == {LU: False, SHEN: True, QIAN: True}
    with pytest.raises(Forbidden):
        study.list_attendance(TOWN, school.desk, session_id=session_id, first=10, after=None)


FACTS = ("confirmed", "first correction", "second correction")


@pytest.mark.parametrize("order", list(permutations(FACTS)))
def test_the_last_record_stands_in_whatever_order_it_is_told(
    school: School, order: Sequence[str]
) -> None:
    school.approved_plan()
    session_id = school.session()
    facts = {
        "confirmed": confirmed(session_id, {LU: 1}),
        "first correction": corrected(session_id, 1, {LU: 0}),
        "second correction": corrected(session_id, 2, {LU: 1}, version=7),
    }
    school.hear(*(facts[name] for name in order))
    session = school.desk.sessions.get(session_id)
    assert session is not None and session.attended == (LU,)


def test_meetings_of_others_are_left_alone(school: School) -> None:
    school.approved_plan()
    session_id = school.session()
    foreign = confirmed(session_id, SHARES)
    foreign.data["purpose"] = {"service": "office", "id": session_id}
    school.hear(foreign)
    assert state(school, session_id) == "PLANNED"


def test_hours_come_from_presence_and_papers_alone(school: School) -> None:
    school.approved_plan()
    session_id = school.session()
    school.hear(confirmed(session_id, SHARES))
    paper = {
        "kind": Kind.PAPER,
        "title": "学习体会",
        "text": "正文",
        "coauthors": [SHEN],
        "session_id": session_id,
        "files": [],
    }
    paper_id = school.do(papers.submit_paper, member(LU), **paper)
    school.do(papers.submit_paper, member(LU), **{**paper, "kind": Kind.NOTE, "coauthors": []})

    def hours(id: str) -> float:
        record = statistics.study_record(member(id), school.desk, member_id=id, year=2017)
        return float(record["hours"])

    assert hours(LU) == 3
    school.do(papers.decide_paper, OFFICE, paper_id=paper_id, accepted=True, opinion=None)
    with pytest.raises(errors.PaperDecided):
        school.do(papers.decide_paper, OFFICE, paper_id=paper_id, accepted=False, opinion=None)
    assert (hours(LU), hours(SHEN), hours(QIAN)) == (7, 7, 0)
    assert [(e["authors"], e["occurrence_no"]) for e in school.told("study_paper_accepted")] == [
        ([LU, SHEN], 1)
    ]
    school.do(papers.revoke_paper, OFFICE, paper_id=paper_id, opinion="与他人文章雷同")
    assert hours(LU) == 3
    with pytest.raises(Forbidden):
        statistics.study_record(member(LU), school.desk, member_id=SHEN, year=2017)


def test_papers_are_seen_by_all_once_shared_or_accepted(school: School) -> None:
    paper = {"title": "体会", "text": "正文", "coauthors": [], "session_id": None, "files": ["f-1"]}
    note = school.do(papers.submit_paper, member(LU), kind=Kind.NOTE, **paper)
    waiting = school.do(papers.submit_paper, member(LU), kind=Kind.PAPER, **paper)

    def seen(by):
        page = library.list_papers(by, school.desk, filter={}, first=10, after=None)
        return {row["id"] for row in page["rows"]}

    assert seen(member(LU)) == seen(OFFICE) == {note, waiting}
    assert seen(member(SHEN)) == {note}
    assert not library.may_read_file(member(SHEN), school.desk, file_id="f-1", subject=waiting)
    assert library.may_read_file(member(SHEN), school.desk, file_id="f-1", subject=note)
    assert not library.may_read_file(STAFF, school.desk, file_id="f-1", subject=note)


def test_figures_of_groups_show_attendance_coverage_and_training(school: School) -> None:
    school.approved_plan()
    session_id = school.session()
    school.hear(confirmed(session_id, SHARES))
    [row] = statistics.organisation_statistics(
        ECONOMY, school.desk, kind=Group.COMMITTEE, year=2017
    )
    assert row == {
        "group_id": "com-economy",
        "members": 3,
        "sessions": 1,
        "required": 3,
        "present": 2,
        "attendance_rate": 66.7,
        "coverage_rate": 66.7,
        "trained_rate": 0.0,
        "papers": 0,
    }
    sectors = statistics.organisation_statistics(OFFICE, school.desk, kind=Group.SECTOR, year=2017)
    assert [(r["group_id"], r["attendance_rate"]) for r in sectors] == [("04", 100.0), ("22", 50.0)]
    assert statistics.organisation_statistics(TOWN, school.desk, kind=Group.SECTOR, year=2017) == []
    first, second = statistics.theme_coverage(CHAIR, school.desk, year=2017)
    assert (first["covered"], first["lacking"]) == (2, [QIAN])
    assert (second["covered"], second["required"]) == (0, False)
    assert statistics.training_coverage(OFFICE, school.desk)["trained"] == 0
