"""study (学习培训): plans, sessions, classes, materials. A table of contents, nothing else."""

from __future__ import annotations

from services.study import reactions
from services.study.commands import classes, materials, papers, plans, sessions
from services.study.commands.ports import Desk
from services.study.queries import library, statistics, study
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
from shared.contracts import names
from shared.messaging.service import Platform, Provide, listen, offers
from shared.persistence import Setting
from shared.persistence.roster import Members
from shared.persistence.topics import Topics

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
        topics=Topics(database),
        settings=platform.settings,
        clock=platform.clock,
    )


@offers(plans, sessions, classes, materials, papers, study, library, statistics)
class StudyService:
    name = "study"
    deps = Provide(build)


for _type in names.MEMBER_STATES:
    listen(StudyService, "members", _type, reactions.note_member)
listen(StudyService, "members", names.TOPIC_CHANGED, reactions.note_topic)
for _type in reactions.NEWS:
    listen(StudyService, "office", _type, reactions.follow_meeting)
for _type in reactions.PRESENCE:
    listen(StudyService, "office", _type, reactions.take_presence)
