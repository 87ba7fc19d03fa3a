"""What all matters of this service carry: their course, their time limits and their files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.consultations.domain.states import Limit
from shared import clocks
from shared.aggregate import Aggregate
from shared.contracts import names


@dataclass
class Clock(clocks.Clock):
    about: Limit


@dataclass
class Instruction:
    """批示, as the outcomes service tells of it, where it is recorded (docs/adr/0035)."""

    id: str
    leader: str
    level: str
    at: datetime
    revoked: bool = False


@dataclass
class Feedback:
    """反馈, as the supervising office or the office records it."""

    text: str
    document_no: str
    given_on: datetime
    by: str
    files: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Matter(Aggregate):
    """history: {state, at, reason}. counts: how often a fact has happened, for occurrences."""

    id: str
    term: int
    year: int
    title: str
    topic_codes: tuple[str, ...] = ()
    created_at: datetime
    reason: str = ""  # of the latest return, postponement, end
    files: tuple[str, ...] = ()  # all of them
    files_told: tuple[str, ...] = ()
    clocks: list[Clock] = field(default_factory=list)
    next_alarm_at: datetime | None = None
    outcome_id: str | None = None  # of the adoption archive, as the outcomes service tells
    counts: dict[str, int] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)

    def note_state(self, state: str, at: datetime, reason: str = "") -> None:
        self.history.append({"state": state, "at": at, "reason": reason})

    def again(self, fact: str) -> int:
        """How often it has happened, this time included."""
        self.counts = {**self.counts, fact: self.counts.get(fact, 0) + 1}
        return self.counts[fact]

    # -- time ------------------------------------------------------------------------------------

    def watch(self, at: datetime, *begun: Clock) -> None:
        """Begin these limits, in the place of those of their kind that run."""
        if begun:
            clocks.give_up(self.clocks, at, *(clock.about for clock in begun))
        self.clocks += begun
        self._look_again()

    def _look_again(self) -> None:
        self.next_alarm_at = clocks.next_alarm(self.clocks)

    def stop(self, about: Limit, at: datetime) -> None:
        clocks.stop(self.clocks, about, at)
        self._look_again()

    def give_up(self, at: datetime, *about: Limit) -> None:
        clocks.give_up(self.clocks, at, *about)
        self._look_again()

    def due(self, about: Limit) -> datetime | None:
        return next((c.due_at for c in clocks.running(self.clocks, about)), None)

    def ring(self, at: datetime) -> list[Clock]:
        """Let off what is due, each reminder and each alarm once."""
        gone = clocks.ring(self.clocks, at)
        self._look_again()
        return gone

    # -- files -----------------------------------------------------------------------------------

    def held_files(self) -> list[str]:
        return []

    def tell_files(self) -> None:
        """Which files came or went, for the gateway (decision 20)."""
        self.files = tuple(dict.fromkeys(self.held_files()))
        held, known = set(self.files), set(self.files_told)
        if held != known:
            changes = {"attached": sorted(held - known), "detached": sorted(known - held)}
            self.events.append(
                (names.CONSULTATION_FILES_CHANGED, {"record_id": self.id, **changes})
            )
            self.files_told = tuple(sorted(held))
