"""Records of the study year as the tests of its rules need them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Protocol

from services.study.domain.classes import RotationClass
from services.study.domain.materials import Kind as MaterialKind
from services.study.domain.materials import Material, Question
from services.study.domain.papers import Kind as PaperKind
from services.study.domain.papers import Paper
from services.study.domain.plans import Plan, Theme
from services.study.domain.quizzes import Question as Asked
from services.study.domain.quizzes import Quiz
from services.study.domain.sessions import Form, Method, Session
from shared.clock import SHANGHAI
from shared.presence import Told, rows_of

AT = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)
HELD_AT = datetime(2017, 4, 20, 9, tzinfo=SHANGHAI)
LATER = HELD_AT + timedelta(days=7)
LU, SHEN, QIAN, ZHAO = "m-15-0088", "m-15-0031", "m-15-0140", "m-15-0007"
MINJIAN, MASSES = "SECTOR:04", "SECTOR:22"
AUTHOR, REVIEWER = "account-office", "account-office-2"
REQUIRED = Theme("T1", "十八届六中全会精神", True)
CHOSEN = Theme("T2", "协商民主", False)


class Recording(Protocol):
    events: list[tuple[str, dict[str, Any]]]


def told(record: Recording, event: str) -> list[dict[str, Any]]:
    """What the record tells under this name, in order."""
    return [data for name, data in record.events if name == event]


def plan() -> Plan:
    return Plan(
        id="15-2017",
        term=15,
        year=2017,
        title="2017年学习计划",
        text="",
        themes=[REQUIRED, CHOSEN],
        drafted_by=AUTHOR,
    )


def session(**changes: Any) -> Session:
    given: dict[str, Any] = {
        "id": "session-1",
        "term": 15,
        "year": 2017,
        "title": "六中全会精神专题学习",
        "themes": ("T1",),
        "form": Form.COMMITTEE,
        "way": Method.LECTURE,
        "track": None,
        "organiser": "com-economy",
        "speaker": "区委党校讲师",
        "held_at": HELD_AT,
        "ends_at": None,
        "place": "区政协一楼会议室",
        "mandatory": True,
        "hours": 3.0,
        "invited": (LU, SHEN, QIAN),
    }
    return Session(**{**given, **changes})


def rotation_class(**changes: Any) -> RotationClass:
    """Four places, of which one sector takes two at most; five half-days, four complete it."""
    given: dict[str, Any] = {
        "id": "class-1",
        "term": 15,
        "year": 2017,
        "batch": 1,
        "title": "委员学习轮训班（第一期）",
        "organiser": "office-general",
        "held_at": HELD_AT,
        "ends_at": None,
        "place": "区委党校",
        "half_days": 5,
        "hours": 16.0,
        "quota": 4,
        "sector_share": 50,
        "enrol_by": datetime(2017, 4, 10, 18, tzinfo=SHANGHAI),
        "pass_percent": 80,
        "created_by": AUTHOR,
    }
    return RotationClass(**{**given, **changes})


def material(**changes: Any) -> Material:
    given: dict[str, Any] = {
        "id": "material-1",
        "term": 15,
        "kind": MaterialKind.READING,
        "title": "学习读本",
        "text": "正文",
        "organiser": "office-general",
        "author": AUTHOR,
    }
    return Material(**{**given, **changes})


def question() -> Question:
    return Question(
        id="question-1",
        term=15,
        material_id="material-1",
        unit="unit-slj",
        member_id=LU,
        text="二次供水改造进度如何？",
        asked_at=AT,
    )


def paper(kind: PaperKind = PaperKind.PAPER, **changes: Any) -> Paper:
    given: dict[str, Any] = {
        "id": "paper-1",
        "term": 15,
        "year": 2017,
        "kind": kind,
        "title": "协商民主建设学习体会",
        "text": "正文",
        "authors": (LU, SHEN),
        "session_id": None,
        "submitted_at": AT,
    }
    return Paper(**{**given, **changes})


def quiz(**changes: Any) -> Quiz:
    given: dict[str, Any] = {
        "id": "quiz-1",
        "term": 15,
        "title": "协商民主小测验",
        "organiser": "office-general",
        "subject": None,
        "questions": [
            Asked("政协的职能有几项？", ("两项", "三项"), (1,)),
            Asked("哪些是职能？", ("政治协商", "民主监督", "立法"), (0, 1)),
        ],
        "created_by": AUTHOR,
        "created_at": AT,
    }
    return Quiz(**{**given, **changes})


def confirmed(**half_days: int) -> list[Told]:
    """The office's first records; half-days of who was present, 0 for who was not.

    Names of keywords are those of the constants: `confirmed(LU=1)`.
    """
    return rows_of({"rows": [_row(name, count) for name, count in half_days.items()]}, False)


def corrected(no: int, **half_days: int) -> list[Told]:
    """A correction of the records of this number."""
    rows = [{**_row(name, count), "occurrence_no": no} for name, count in half_days.items()]
    return rows_of({"rows": rows}, True)


def _row(name: str, count: int) -> dict[str, Any]:
    status = {"status": "PRESENT"} if count else {"status": "ABSENT"}
    return {"member_id": globals()[name], "half_days_present": count, **status}
