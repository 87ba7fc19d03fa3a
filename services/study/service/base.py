"""What every part of the service stands on: dependencies and settings."""

from __future__ import annotations

from typing import Any

from services.study.commands.ports import Desk
from services.study.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Answers,
    Classes,
    Materials,
    Papers,
    Plans,
    Questions,
    Quizzes,
    Reads,
    Sessions,
)
from shared.messaging.service import Platform, Provide
from shared.persistence import Setting
from shared.persistence.roster import Members

Row = dict[str, Any]

SETTINGS = [
    Setting("completion_percent", 80, "轮训班结业所需出席比例（%）", "2.8", 1, 100),
    Setting("newcomer_months", 12, "新任、增补委员应参加培训的期限（月）", "2.8", 1, 60),
    Setting("paper_hours", 4, "学习文章采用折算学时", "2.8", 0, 40),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    return Desk(
        plans=Plans(database),
        sessions=Sessions(database),
        classes=Classes(database),
        materials=Materials(database),
        questions=Questions(database),
        papers=Papers(database),
        quizzes=Quizzes(database),
        answers=Answers(database),
        reads=Reads(database),
        members=Members(database),
        settings=platform.settings,
        clock=platform.clock,
    )


class Base:
    name = "study"
    deps = Provide(build)
