"""Activities with several organisers: applied, published, confirmed, corrected (13.1, 14.6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.liaison import reactions
from services.liaison.commands import activities, years
from services.liaison.domain import errors
from services.liaison.domain.activities import ActivityKind
from services.liaison.queries import activities as reads
from services.liaison.queries import statistics
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.errors import Forbidden, TopicUnfit
from shared.ids import new_id
from tests.integration.liaison.desk import (
    CONVENER,
    ECONOMY,
    LEADER,
    LU,
    MINJIAN,
    OFFICE,
    QIAN,
    SHEN,
    ZHIGONG,
    House,
    member,
    sent,
)


def confirm(house: House, id: str, *members: str, by: Any = MINJIAN, proof: Any = ()) -> None:
    said = {"activity_id": id, "members": list(members), "proof": list(proof)}
    house.do(activities.confirm_participation, by, **said)


def test_an_application_is_returned_changed_and_published(house: House) -> None:
    id = house.activity(groups=["SECTOR:04"])
    said: dict[str, Any] = {"activity_id": id, "published": False, "opinion": "请补充方案"}
    house.do(activities.decide_activity, OFFICE, **said)
    assert house.told("activity_returned")[0]["opinion"] == "请补充方案"
    with pytest.raises(errors.WrongState):
        house.publish(id)
    house.activity(activity_id=id, text="方案", groups=["SECTOR:04"])
    house.publish(id)
    [told] = house.told("activity_published")
    assert (told["groups"], told["members"]) == (["SECTOR:04"], ["m-15-0002", "m-15-0011", SHEN])
    assert told["organisers"] == ["org-minjian", "org-zhigong"]
    assert len(house.told("activity_applied")) == 2


def test_who_is_no_organiser_neither_applies_nor_runs(house: House) -> None:
    with pytest.raises(Forbidden):
        house.activity(ECONOMY)
    id = house.activity()
    house.publish(id)
    with pytest.raises(Forbidden):
        house.do(activities.start_activity, ECONOMY, activity_id=id)
    house.do(activities.start_activity, ZHIGONG, activity_id=id)  # any of the organisers


def test_a_plan_that_makes_no_sense_is_refused(house: House) -> None:
    for changes in (
        {"organisers": ["org-minjian", "org-minjian"]},
        {"ends_at": datetime(2017, 4, 20, 8, tzinfo=SHANGHAI)},
        {"sign_up_by": datetime(2017, 4, 21, 8, tzinfo=SHANGHAI)},
    ):
        with pytest.raises(errors.ActivityUnfit):
            house.activity(**changes)
    with pytest.raises(errors.LiaisonNotFound):
        house.activity(home_id="nowhere")


def test_sign_up_is_for_those_asked_until_the_places_or_the_time_are_over(house: House) -> None:
    id = house.activity(groups=["SECTOR:22"], capacity=1)
    house.publish(id)
    for member_id in (SHEN, "m-15-9999"):  # another sector; nobody in office
        with pytest.raises(errors.SignUpUnfit):
            house.do(activities.sign_up, member(member_id), activity_id=id)
    activities.sign_up(sent(member(LU), "one"), house.desk, activity_id=id)
    activities.sign_up(sent(member(LU), "one"), house.desk, activity_id=id)  # twice, once
    with pytest.raises(errors.SignUpUnfit):
        house.do(activities.sign_up, member(QIAN), activity_id=id)  # full
    house.do(activities.withdraw_sign_up, member(LU), activity_id=id)
    house.do(activities.sign_up, member(QIAN), activity_id=id)
    house.clock.at = datetime(2017, 4, 15, 18, 1, tzinfo=SHANGHAI)
    with pytest.raises(errors.SignUpUnfit):
        house.do(activities.sign_up, member(LU), activity_id=id)
    with pytest.raises(errors.SignUpUnfit):
        house.do(activities.withdraw_sign_up, member(QIAN), activity_id=id)


def test_participation_is_confirmed_once_and_corrected_by_occurrence(house: House) -> None:
    id = house.running()
    with pytest.raises(errors.WrongState):
        house.do(activities.close_activity, MINJIAN, activity_id=id, summary="小结")
    confirm(house, id, LU, SHEN)
    with pytest.raises(errors.WrongState):
        confirm(house, id, LU)
    [told] = house.told("activity_participation_confirmed")
    assert told["kind"] == "CONSULTATION"
    assert told["rows"] == [
        {"member_id": LU, "took_part": True, "occurrence_no": 1},
        {"member_id": SHEN, "took_part": True, "occurrence_no": 1},
    ]

    def correct(member_id: str, took_part: bool) -> dict[str, Any]:
        said = {"rows": [{"member_id": member_id, "took_part": took_part}], "reason": "登记有误"}
        house.do(activities.correct_participation, ZHIGONG, activity_id=id, **said)
        row: dict[str, Any] = house.told("activity_participation_corrected")[-1]["rows"][0]
        return row

    assert correct(LU, False) == {"member_id": LU, "took_part": False, "occurrence_no": 1}
    assert correct(LU, True)["occurrence_no"] == 2
    assert correct(QIAN, True)["occurrence_no"] == 1  # stood in no record
    with pytest.raises(errors.ParticipationUnfit):
        correct(QIAN, True)
    with pytest.raises(errors.ParticipationUnfit):
        correct("m-15-9999", True)
    house.do(activities.close_activity, MINJIAN, activity_id=id, summary="小结")
    [closed] = house.told("activity_closed")
    assert closed["took_part"] == 3
    correct(SHEN, False)  # also after it is closed
    assert house.desk.activities.row(id)["took_part"] == [LU, QIAN]


def test_nothing_is_confirmed_before_it_begins_and_nobody_is_no_record(house: House) -> None:
    id = house.running()
    with pytest.raises(errors.ParticipationUnfit):
        confirm(house, id)
    house.clock.at = datetime(2017, 4, 20, 8, tzinfo=SHANGHAI)
    with pytest.raises(errors.ParticipationUnfit):
        confirm(house, id, LU)


def test_social_service_needs_its_proof_and_has_events_of_its_own(house: House) -> None:
    id = house.running(kind=ActivityKind.SOCIAL_SERVICE, title="义诊", files=["plan-1"])
    with pytest.raises(errors.ParticipationUnfit) as refused:
        confirm(house, id, LU)
    assert refused.value.field == "proof"
    confirm(house, id, LU, proof=["file-1"])
    [told] = house.told("activity_service_confirmed")
    assert [row["member_id"] for row in told["rows"]] == [LU] and "kind" not in told
    assert [row["attached"] for row in house.told("liaison_files_changed")] == [
        ["plan-1"],
        ["file-1"],
    ]
    assert house.told("activity_participation_confirmed") == []
    said = {"rows": [{"member_id": LU, "took_part": False}], "reason": "未参加"}
    house.do(activities.correct_participation, MINJIAN, activity_id=id, **said)
    assert len(house.told("activity_service_corrected")) == 1


def test_each_organiser_is_credited_once(house: House) -> None:
    id = house.running()
    confirm(house, id, LU, SHEN)
    rows = statistics.organisation_statistics(OFFICE, house.desk, year=2017)
    figures = ("organisation_id", "activities", "joint", "participations")
    assert [tuple(row[name] for name in figures) for row in rows] == [
        ("org-minjian", 1, 1, 2),
        ("org-zhigong", 1, 1, 2),
    ]
    [own] = statistics.organisation_statistics(ZHIGONG, house.desk, year=2017)
    assert own["organisation_id"] == "org-zhigong"


def test_help_is_asked_a_week_ahead_and_answered_by_that_committee(house: House) -> None:
    id = house.activity()
    ask = {"activity_id": id, "committee": "com-economy", "text": "请协调企业名单"}
    house.do(activities.ask_help, MINJIAN, **ask)
    with pytest.raises(errors.ActivityUnfit):
        house.do(activities.ask_help, MINJIAN, **ask)
    answer = {"activity_id": id, "help_no": 1, "answer": "已联系三家企业。"}
    other = ECONOMY.actor.__class__("a", ECONOMY.actor.role, {"committee": "com-study"})
    with pytest.raises(Forbidden):
        house.do(activities.answer_help, ECONOMY.__class__(other, "c"), **answer)
    house.do(activities.answer_help, ECONOMY, **answer)
    [asked] = house.told("activity_help_asked")
    assert (asked["committee"], asked["help_no"]) == ("com-economy", 1)
    house.clock.at = datetime(2017, 4, 20, 9, tzinfo=SHANGHAI) - timedelta(days=6)
    with pytest.raises(errors.HelpTooLate):
        house.do(activities.ask_help, MINJIAN, **ask)


def test_who_signed_up_hears_of_the_cancellation(house: House) -> None:
    id = house.activity()
    house.publish(id)
    house.do(activities.sign_up, member(LU), activity_id=id)
    house.do(activities.cancel_activity, MINJIAN, activity_id=id, reason="场地检修")
    assert house.told("activity_cancelled")[0]["members"] == [LU]
    [seen] = reads.activities_by_ids(member(LU), house.desk, ids=[id])
    assert seen["state"] == "CANCELLED"
    assert reads.activities_by_ids(member(SHEN), house.desk, ids=[id]) == []


def test_names_are_for_the_organisers_and_an_application_is_not_public(house: House) -> None:
    id = house.activity()
    assert reads.activities_by_ids(member(LU), house.desk, ids=[id]) == []
    assert reads.activities_by_ids(ECONOMY, house.desk, ids=[id]) == []
    house.publish(id)
    house.do(activities.sign_up, member(LU), activity_id=id)
    [own] = reads.activities_by_ids(member(LU), house.desk, ids=[id])
    assert (own["own_signed_up"], own["signed_up"], own["signed_up_count"]) == (True, None, 1)
    [run] = reads.activities_by_ids(ZHIGONG, house.desk, ids=[id])
    assert (run["signed_up"], run["may_run"]) == ([LU], True)


def topic(house: House, code: str, area: str | None, version: int = 1, **changes: Any) -> None:
    said: dict[str, Any] = {"code": code, "parent": area, **changes}
    event = sample_event(
        "members", "topic_changed", id=new_id(), subject=code, version=version, **said
    )
    reactions.note_topic(event, house.desk)


def test_a_topic_that_has_ended_stays_on_what_has_it_and_is_on_nothing_new(house: House) -> None:
    for code, area in (("WATER", "ECOLOGY"), ("ECOLOGY", None), ("SOIL", "ECOLOGY")):
        topic(house, code, area)
    id = house.activity(topic_codes=["WATER"])
    house.publish(id)
    topic(house, "WATER", "ECOLOGY", 3, valid_to="2017-02-01")
    topic(house, "WATER", "ECOLOGY", 2)  # late news
    with pytest.raises(TopicUnfit) as refused:
        house.activity(topic_codes=["SOIL", "WATER"])
    assert (refused.value.field, refused.value.details) == ("topicCodes", {"codes": ["WATER"]})

    def found(code: str) -> list[str]:
        asked: dict[str, Any] = {"filter": {"topic_code": code}, "first": 5, "after": None}
        page = house.do(reads.list_activities, MINJIAN, **asked)
        return [row["id"] for row in page["rows"]]

    assert (found("ECOLOGY"), found("WATER"), found("SOIL")) == ([id], [id], [])


def heard(house: House, source: str, event_type: str, **data: Any) -> None:
    event = sample_event(source, event_type, id=new_id(), **data)
    reactions.note_norm(event, house.desk)


def norm(house: House) -> dict[str, int]:
    row = reads.workspace(member(SHEN), house.desk, organisation="group-22", year=2017)
    return {duty["duty"]: duty["done"] for duty in row["norm"]}


def test_a_sector_groups_year_counts_facts_once_and_forgets_what_is_undone(house: House) -> None:
    filed = {"proposer_type": "GROUP", "organisation": "group-22", "proposal_id": "p-1"}
    for _ in range(2):
        heard(house, "proposals", "proposal_filed", **filed)
        heard(house, "study", "study_session_closed", organiser="group-22")
        heard(house, "opinions", "opinion_submitted", authors=[LU])
        heard(
            house,
            "office",
            "meeting_speech_recorded",
            kind="PLENARY",
            members=[QIAN],
            speech_id="s-1",
            occurrence_no=1,
        )
    # Undone before it is told: the second filing never counts.
    heard(house, "proposals", "proposal_withdrawn", **{**filed, "proposal_id": "p-2"})
    heard(house, "proposals", "proposal_filed", **{**filed, "proposal_id": "p-2"})
    heard(
        house,
        "proposals",
        "proposal_filed",
        **{**filed, "proposal_id": "p-3", "organisation": "group-04"},
    )
    said: dict[str, Any] = {"year": 2017, "plan": "年度计划", "topics": [], "summary": ""}
    house.do(years.write_workspace, CONVENER, **said)
    inspected = house.running(OFFICE, kind=ActivityKind.INSPECTION, organisers=["group-22"])
    confirm(house, inspected, LU, by=OFFICE)
    assert norm(house) == {
        "STUDY": 1,
        "PROPOSAL": 1,
        "OPINION": 1,
        "INSPECTION": 1,
        "SPEECH": 1,
        "PLAN": 1,
        "SUMMARY": 0,
    }
    gone = {"kind": "PLENARY", "members": [QIAN], "speech_id": "s-1", "form": None}
    heard(house, "office", "meeting_speech_corrected", occurrence_no=1, **gone)
    heard(house, "opinions", "opinion_withdrawn", authors=[LU])
    assert (norm(house)["SPEECH"], norm(house)["OPINION"]) == (0, 0)


def test_a_year_is_written_by_its_own_group_alone_summary_after_plan(house: House) -> None:
    said: dict[str, Any] = {"year": 2017, "plan": "", "topics": ["古镇保护"], "summary": "总结"}
    with pytest.raises(errors.WrongState):
        house.do(years.write_workspace, CONVENER, **said)
    house.do(years.write_workspace, CONVENER, **{**said, "plan": "计划"})
    house.do(years.write_workspace, CONVENER, **{**said, "plan": "计划二"})
    told = house.told("liaison_year_written")
    assert [(fact["organisation"], fact["planned"], fact["summarised"]) for fact in told] == [
        ("group-22", True, True)
    ] * 2
    row = reads.workspace(LEADER, house.desk, organisation="group-22", year=2017)
    assert (row["plan"], row["topics"], row["may_write"]) == ("计划二", ["古镇保护"], False)
    assert reads.workspace(CONVENER, house.desk, organisation="group-22", year=2017)["may_write"]
