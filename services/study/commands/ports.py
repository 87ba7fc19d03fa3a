"""What the use cases are given: storage, time, settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.clock import Now

if TYPE_CHECKING:
    from services.study.repository import (
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
    from shared.persistence import SettingsStore
    from shared.persistence.roster import Members
    from shared.persistence.topics import Topics


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases."""

    plans: Plans
    sessions: Sessions
    classes: Classes
    materials: Materials
    questions: Questions
    papers: Papers
    quizzes: Quizzes
    answers: Answers
    reads: Reads
    members: Members
    topics: Topics
    settings: SettingsStore
    clock: Now

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())
