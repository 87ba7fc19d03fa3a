"""Who is told of study, and which to-dos it opens and ends."""

from __future__ import annotations

import pytest

from services.notifications.domain.rows import MEMBERS
from tests.unit.notifications.test_table import closed, opened, told

LU = "member:m-15-0088"
ALL_MEMBERS = [key for to in MEMBERS for key in to({})]
TITLE = "委员学习轮训班（第一期）"


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        ("study_plan_proposed", []),
        ("study_plan_decided", [*ALL_MEMBERS, "role:OFFICE"]),
        ("study_class_opened", ALL_MEMBERS),
        ("study_class_cancelled", [LU]),
        ("study_place_given", [LU]),
        ("study_certificate_issued", [LU]),
        ("study_certificate_revoked", [LU]),
        ("study_paper_submitted", []),
        ("study_paper_accepted", [LU]),
        ("study_paper_declined", [LU]),
        ("study_paper_revoked", [LU]),
        ("material_sent_for_review", []),
        ("material_returned", ["account:account-1"]),
        ("material_issued", ALL_MEMBERS),
        ("material_recalled", ALL_MEMBERS),
        ("study_question_asked", []),
        ("study_question_answered", [LU]),
    ],
)
def test_who_is_told(event_type: str, expected: list[str]) -> None:
    assert [recipient for recipient, _ in told("study", event_type)] == expected


def test_the_texts_name_what_matters() -> None:
    assert told("study", "study_certificate_issued") == [
        (LU, f"{TITLE}结业证书已颁发，证号吴政协培〔2017〕1号。")
    ]
    assert told("study", "study_class_opened")[0][1] == (
        f"{TITLE}开放报名，请在2017年3月31日18:00前报名。"
    )
    assert told("study", "study_plan_decided", approved=False) == [
        ("role:OFFICE", "提请审定的2017年度学习计划未通过，请修改。")
    ]


@pytest.mark.parametrize(
    ("event_type", "changes", "expected"),
    [
        (
            "study_plan_proposed",
            {},
            [
                "STUDY_PLAN_DECISION:15-2017:role:CHAIR_COUNCIL",
                "STUDY_PLAN_DECISION:15-2017:role:SECRETARY_GENERAL",
            ],
        ),
        ("study_paper_submitted", {}, ["PAPER_DECISION:study-paper-1:role:OFFICE"]),
        ("material_sent_for_review", {}, ["MATERIAL_REVIEW:material-1:role:OFFICE"]),
        (
            "material_sent_for_review",
            {"organiser": "com-economy"},
            ["MATERIAL_REVIEW:material-1:organisation:com-economy"],
        ),
        (
            "study_question_asked",
            {},
            ["DEPARTMENT_ANSWER:question-1:role:UNIT_OFFICER@unit:unit-slj"],
        ),
    ],
)
def test_what_is_to_be_done(event_type: str, changes: dict[str, str], expected: list[str]) -> None:
    assert [id for id, _ in opened("study", event_type, **changes)] == expected


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        ("study_plan_decided", {"STUDY_PLAN_DECISION:15-2017:*"}),
        ("study_paper_accepted", {"PAPER_DECISION:study-paper-1:*"}),
        ("study_paper_declined", {"PAPER_DECISION:study-paper-1:*"}),
        ("material_returned", {"MATERIAL_REVIEW:material-1:*"}),
        ("material_issued", {"MATERIAL_REVIEW:material-1:*"}),
        ("study_question_answered", {"DEPARTMENT_ANSWER:question-1:*"}),
        ("material_recalled", set()),
    ],
)
def test_what_is_done(event_type: str, expected: set[str]) -> None:
    assert closed("study", event_type) == expected


def test_who_did_not_complete_a_class_is_told_and_asked_to_the_next() -> None:
    assert [to for to, _ in told("study", "study_class_missed")] == [LU]
    again = told("study", "study_class_opened", again=["m-15-0088"])
    assert [to for to, _ in again] == [LU, *ALL_MEMBERS]
    assert again[0][1].startswith("您本届尚未完成轮训")
