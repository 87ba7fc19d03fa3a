"""Rotation classes: places, waiting list, completion, certificates."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest

from services.study import reactions
from services.study.commands import classes, plans
from services.study.domain import errors
from services.study.domain.sessions import Form
from services.study.queries import statistics, study
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.errors import Forbidden, StaleVersion
from tests.integration.study.desk import (
    ECONOMY,
    LU,
    OFFICE,
    QIAN,
    SECOND,
    SHEN,
    VISITOR,
    School,
    confirmed,
    corrected,
    member,
    notified,
    sent,
)


def test_one_sector_takes_its_share_while_others_may_come(school: School) -> None:
    class_id = school.open_class()  # two places, half of them for one sector
    school.enrol(class_id, LU, QIAN, SHEN)
    assert school.states(class_id) == {LU: "ENROLLED", QIAN: "WAITLISTED", SHEN: "ENROLLED"}
    with pytest.raises(errors.EnrolmentUnfit):
        school.enrol(class_id, LU)


def test_who_withdraws_gives_the_place_to_the_first_who_fits(school: School) -> None:
    class_id = school.open_class()
    school.enrol(class_id, LU, QIAN, SHEN)
    school.do(classes.withdraw, member(SHEN), class_id=class_id)
    assert school.states(class_id)[QIAN] == "WAITLISTED"  # of the sector that has its share
    school.do(classes.withdraw, member(LU), class_id=class_id)
    assert school.states(class_id)[QIAN] == "ENROLLED"
    assert [event["member_id"] for event in school.told("study_place_given")] == [QIAN]
    with pytest.raises(errors.EnrolmentUnfit):
        school.do(classes.withdraw, member(LU), class_id=class_id)


def test_free_places_go_to_who_waits_when_enrolment_closes(school: School) -> None:
    class_id = school.open_class()
    school.enrol(class_id, LU, QIAN)
    school.do(classes.close_enrolment, OFFICE, class_id=class_id)
    assert school.states(class_id) == {LU: "ENROLLED", QIAN: "ENROLLED"}
    [asked] = school.told("study_class_planned")
    assert (asked["kind"], asked["half_days"]) == ("TRAINING", 4)
    assert [row["member_id"] for row in asked["invited"]] == [LU, QIAN]
    with pytest.raises(errors.EnrolmentClosed):
        school.enrol(class_id, SHEN)


def test_enrolment_ends_in_time_and_is_for_members_in_office(school: School) -> None:
    class_id = school.open_class()
    with pytest.raises(errors.EnrolmentUnfit):
        school.enrol(class_id, "m-15-9999")
    school.clock.at = datetime(2017, 4, 10, 18, 1, tzinfo=SHANGHAI)
    with pytest.raises(errors.EnrolmentClosed):
        school.enrol(class_id, LU)
    with pytest.raises(errors.EnrolmentUnfit):
        school.do(classes.close_enrolment, OFFICE, class_id=class_id)
    school.do(classes.cancel_class, OFFICE, class_id=class_id, reason="无人报名")
    with pytest.raises(errors.WrongState):
        school.do(classes.cancel_class, OFFICE, class_id=class_id, reason="无人报名")


def test_an_organiser_enrols_for_the_own_class_only(school: School) -> None:
    class_id = school.open_class()
    with pytest.raises(Forbidden):
        school.do(classes.enrol_member, ECONOMY, class_id=class_id, member_id=LU)
    school.do(classes.enrol_member, OFFICE, class_id=class_id, member_id=LU)
    with pytest.raises(Forbidden):
        school.do(classes.close_enrolment, ECONOMY, class_id=class_id)


def test_of_two_at_once_for_the_last_place_one_waits(school: School) -> None:
    class_id = school.open_class(quota=1, sector_share=100)
    barrier = threading.Barrier(2)

    def press(id: str) -> None:
        barrier.wait()
        school.enrol(class_id, id)

    both = [threading.Thread(target=press, args=[id]) for id in (LU, QIAN)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(school.states(class_id).values()) == ["ENROLLED", "WAITLISTED"]


def test_the_same_command_twice_enrols_once(school: School) -> None:
    class_id = school.open_class()
    for _ in range(2):
        classes.enrol(sent(member(LU), "one"), school.desk, class_id=class_id)
    assert school.states(class_id) == {LU: "ENROLLED"}


def taught(school: School, **changes: int) -> str:
    """A class of three that was announced."""
    class_id = school.open_class(quota=3, sector_share=100, **changes)
    school.enrol(class_id, LU, SHEN, QIAN)
    school.do(classes.close_enrolment, OFFICE, class_id=class_id)
    school.hear(notified(class_id))
    return class_id


PRESENT = {LU: 4, SHEN: 3, QIAN: 0}


def test_presence_completes_the_class_at_four_fifths(school: School) -> None:
    class_id = taught(school)
    fact = confirmed(class_id, PRESENT, 4, kind="TRAINING")
    school.hear(fact, fact)
    assert school.states(class_id) == {LU: "COMPLETED", SHEN: "INCOMPLETE", QIAN: "INCOMPLETE"}
    assert [(e["member_id"], e["occurrence_no"]) for e in school.told("study_class_completed")] == [
        (LU, 1)
    ]
    [finished] = school.told("study_class_finished")
    assert (finished["required"], finished["completed"]) == (3, 1)
    record = statistics.study_record(member(LU), school.desk, member_id=LU, year=2017)
    assert [(c["kind"], c["hours"]) for c in record["credits"]] == [("CLASS", 16)]
    coverage = statistics.training_coverage(OFFICE, school.desk)
    assert (coverage["members"], coverage["trained"], coverage["lacking"]) == (3, 1, [SHEN, QIAN])
    assert coverage["late"] == []


def test_newcomers_are_trained_in_their_first_year(school: School) -> None:
    joined: dict[str, Any] = {
        "joined_via": "CO_OPTED",
        "joined_on": "2016-03-31T00:00:00+08:00",
        "version": 2,
    }
    school.appoint(QIAN, **joined)
    school.clock.at = datetime(2017, 3, 30, 9, tzinfo=SHANGHAI)
    assert statistics.training_coverage(OFFICE, school.desk)["late"] == []
    school.clock.at = datetime(2017, 4, 1, 9, tzinfo=SHANGHAI)
    assert statistics.training_coverage(OFFICE, school.desk)["late"] == [QIAN]


def test_a_correction_revokes_completion_and_certificate_and_gives_them_back(
    school: School,
) -> None:
    class_id = taught(school)
    school.hear(confirmed(class_id, PRESENT, 4, kind="TRAINING"))
    school.do(classes.certify_class, OFFICE, class_id=class_id)
    school.hear(corrected(class_id, 1, {LU: 1}, 4, kind="TRAINING"))
    [held] = study.certificates_of(member(LU), school.desk, member_id=LU)
    assert (held["number"], held["valid"]) == ("吴政协培〔2017〕1号", False)
    assert [e["occurrence_no"] for e in school.told("study_completion_revoked")] == [1]
    school.hear(corrected(class_id, 2, {LU: 4}, 4, version=7, kind="TRAINING"))
    assert [e["occurrence_no"] for e in school.told("study_class_completed")] == [1, 2]
    [held] = study.certificates_of(member(LU), school.desk, member_id=LU)
    assert (held["number"], held["valid"]) == ("吴政协培〔2017〕1号", True)


def test_a_correction_may_come_before_its_confirmation(school: School) -> None:
    class_id = taught(school)
    school.hear(corrected(class_id, 1, {LU: 1}, 4, kind="TRAINING"))
    school.hear(confirmed(class_id, PRESENT, 4, kind="TRAINING"))
    assert school.states(class_id)[LU] == "INCOMPLETE"
    assert school.told("study_class_completed") == []


def test_certificates_are_numbered_without_gaps_and_verified_by_their_code(
    school: School,
) -> None:
    class_id = taught(school)
    with pytest.raises(errors.WrongState):
        school.do(classes.certify_class, OFFICE, class_id=class_id)
    everyone = dict.fromkeys(PRESENT, 4)
    school.hear(confirmed(class_id, everyone, 4, kind="TRAINING"))
    barrier = threading.Barrier(2)

    def press(by) -> None:
        barrier.wait()
        school.do(classes.certify_class, by, class_id=class_id)

    clerks = [threading.Thread(target=press, args=[by]) for by in (OFFICE, SECOND)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    found = school.desk.classes.get(class_id)
    assert found is not None
    assert [row.certificate for row in found.enrolments] == [
        "吴政协培〔2017〕1号",
        "吴政协培〔2017〕2号",
        "吴政协培〔2017〕3号",
    ]
    [held] = study.certificates_of(member(LU), school.desk, member_id=LU)
    asked = {"number": held["number"], "code": held["code"]}
    shown = study.certificate(VISITOR, school.desk, **asked)
    assert shown is not None and (shown["title"], shown["valid"]) == (
        "委员学习轮训班（第一期）",
        True,
    )
    assert study.certificate(VISITOR, school.desk, number=held["number"], code="wrong") is None
    with pytest.raises(Forbidden):
        study.certificates_of(member(SHEN), school.desk, member_id=LU)


def test_the_list_is_for_who_organises_and_those_who_see_all(school: School) -> None:
    class_id = school.open_class()
    school.enrol(class_id, LU, SHEN)
    page = study.list_enrolments(
        OFFICE, school.desk, class_id=class_id, filter={}, first=1, after=None
    )
    assert [row["member_id"] for row in page["rows"]] == [LU] and page["has_next"]
    rest = study.list_enrolments(
        OFFICE,
        school.desk,
        class_id=class_id,
        filter={},
        first=1,
        after=page["rows"][0]["cursor"],
    )
    assert [row["member_id"] for row in rest["rows"]] == [SHEN] and not rest["has_next"]
    with pytest.raises(Forbidden):
        study.count_enrolments(member(LU), school.desk, class_id=class_id, filter={})
    [own] = study.classes_by_ids(member(LU), school.desk, ids=[class_id])
    assert (own["own"], own["enrolled_count"], own["waiting_count"]) == ("ENROLLED", 2, 0)


def test_who_resigned_gives_the_place_to_who_waits_and_is_expected_at_no_session(
    school: School,
) -> None:
    class_id = school.open_class(quota=1)
    school.enrol(class_id, LU, SHEN)
    school.approved_plan()
    session_id = school.session()
    resigned = {"member_id": LU, "state": "RESIGNED", "version": 3}
    reactions.note_member(sample_event("members", "member_resigned", **resigned), school.desk)
    assert school.states(class_id) == {LU: "CANCELLED", SHEN: "ENROLLED"}
    assert [event["member_id"] for event in school.told("study_place_given")] == [SHEN]
    session = school.desk.sessions.get(session_id)
    assert session is not None and session.invited == (SHEN, QIAN)


def test_what_has_begun_keeps_who_took_part(school: School) -> None:
    class_id = school.open_class(quota=1)
    school.enrol(class_id, LU)
    school.do(classes.close_enrolment, OFFICE, class_id=class_id)
    school.clock.at = datetime(2017, 4, 21, 9, tzinfo=SHANGHAI)
    resigned = {"member_id": LU, "state": "RESIGNED", "version": 3}
    reactions.note_member(sample_event("members", "member_resigned", **resigned), school.desk)
    assert school.states(class_id) == {LU: "ENROLLED"}


@pytest.mark.parametrize("form", Form)
def test_each_form_of_study_is_planned_by_whose_it_is(school: School, form: Form) -> None:
    school.approved_plan()
    others = {Form.COMMITTEE, Form.DUTY_TRAINING}
    if form in others:
        school.session(form=form)
    else:
        with pytest.raises(Forbidden):
            school.session(form=form)
    school.session(by=OFFICE, form=form)


def test_of_two_who_write_the_years_plan_the_later_sees_what_the_first_wrote(
    school: School,
) -> None:
    themes = [{"code": "T1", "title": "十八届六中全会精神", "required": True}]
    plan: dict[str, Any] = {"year": 2017, "title": "学习计划", "text": "", "themes": themes}
    school.do(plans.write_plan, OFFICE, **plan)
    school.do(plans.write_plan, OFFICE, **plan, expected_version=1)
    with pytest.raises(StaleVersion):
        school.do(plans.write_plan, SECOND, **plan, expected_version=1)


def test_classes_to_come_are_listed_the_next_first(school: School) -> None:
    held = [datetime(2017, month, 20, 9, tzinfo=SHANGHAI) for month in (4, 5, 6)]
    made = [school.open_class(held_at=at) for at in held]
    asked: dict[str, Any] = {"first": 9, "after": None, "latest_first": False}
    to_come = study.list_classes(
        OFFICE, school.desk, filter={"since": held[1], "until": held[2]}, **asked
    )
    assert [row["id"] for row in to_come["rows"]] == [made[1]]
    all_of_them = study.list_classes(OFFICE, school.desk, filter={}, **asked)
    assert [row["id"] for row in all_of_them["rows"]] == made


def test_a_batch_is_opened_once_unless_it_was_called_off(school: School) -> None:
    first = school.open_class(batch=1)
    with pytest.raises(errors.SessionUnfit, match="该批次") as refused:
        school.open_class(batch=1)
    assert refused.value.field == "batch"
    school.open_class(batch=1, organiser="com-economy")
    school.do(classes.cancel_class, OFFICE, class_id=first, reason="报名人数不足")
    school.open_class(batch=1)


def test_who_did_not_complete_a_class_is_asked_to_the_next(school: School) -> None:
    first = school.open_class(quota=4)
    school.enrol(first, LU, SHEN)
    school.do(classes.close_enrolment, OFFICE, class_id=first)
    school.hear(confirmed(first, {LU: 4, SHEN: 1}, 4, kind="TRAINING"))
    assert [row["members"] for row in school.told("study_class_missed")] == [[SHEN]]
    school.open_class()
    assert [row["again"] for row in school.told("study_class_opened")] == [[], [SHEN]]
