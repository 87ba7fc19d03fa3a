"""Dependencies and settings of documents, affairs, plans, rules and training."""

from __future__ import annotations

from collections.abc import Callable

from services.office.commands.paper_ports import Papers
from services.office.domain.numbers import WORDS, word_setting
from services.office.repository.papers import (
    Affairs,
    IncomingDocuments,
    OutgoingDocuments,
    Plans,
    Rules,
    Trainings,
)
from services.office.repository.plan_facts import PlanFacts
from shared.clock import Now
from shared.persistence import Database, Setting, SettingsStore
from shared.persistence.directory import Directory

PAPER_SETTINGS = [
    *(
        Setting(word_setting(series), word, f"发文字号机关代字：{word}", "decision 13")
        for series, word in WORDS.items()
    ),
    Setting("document_reminder_days", [3, 1], "来文办结前第几天提醒", "2.10", 0, 60),
    Setting("document_overdue_every_days", 3, "来文逾期后提醒间隔（天）", "2.10", 1, 60),
]


def build_papers(
    database: Database, settings: SettingsStore, clock: Now, current_term: Callable[[], int]
) -> Papers:
    return Papers(
        outgoing=OutgoingDocuments(database),
        incoming=IncomingDocuments(database),
        affairs=Affairs(database),
        plans=Plans(database),
        facts=PlanFacts(database),
        rules=Rules(database),
        trainings=Trainings(database),
        directory=Directory(database),
        current_term=current_term,
        settings=settings,
        clock=clock,
    )
