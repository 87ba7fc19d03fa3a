"""Time limits as data: what is running, until when, whether it was kept (10.3; standard library).

Due dates are stored and never move (decision 11). Each goes off at most twice: one reminder, one
alarm when it is late; after an outage only the latest of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

C = TypeVar("C", bound="Clock")


@dataclass
class Clock:
    """about: what has to be done; each service has its own enum of that.

    late_at: the moment from which it is late; a due day ends at its midnight (decision 66).

    no: tells several of one kind apart, a referral's number. void: it was given up, so that it
    says nothing about limits kept.
    """

    about: str
    due_at: datetime
    late_at: datetime
    remind_at: datetime
    no: int = 0
    stopped_at: datetime | None = None
    reminded: bool = False
    late: bool = False
    void: bool = False

    @property
    def running(self) -> bool:
        return self.stopped_at is None

    @property
    def next_at(self) -> datetime | None:
        """When it goes off next; never again once it is late."""
        if not self.running or self.late:
            return None
        return self.late_at if self.reminded else min(self.remind_at, self.late_at)

    def kept(self, at: datetime) -> bool | None:
        """Whether the limit was kept; None while there is time, or if it was given up."""
        if self.void:
            return None
        if self.stopped_at is not None:
            return self.stopped_at < self.late_at
        return False if at >= self.late_at else None


def running(clocks: Iterable[C], about: str, no: int = 0) -> Iterator[C]:
    return (c for c in clocks if c.running and c.about == about and c.no == no)


def stop(clocks: Iterable[Clock], about: str, at: datetime, no: int = 0) -> None:
    for clock in running(clocks, about, no):
        clock.stopped_at = at


def give_up(clocks: Iterable[Clock], at: datetime, *about: str) -> None:
    """What is not to be done any more; all that runs if nothing is named."""
    for clock in clocks:
        if clock.running and (not about or clock.about in about):
            clock.stopped_at, clock.void = at, True


def next_alarm(clocks: Iterable[Clock]) -> datetime | None:
    return min((c.next_at for c in clocks if c.next_at is not None), default=None)


def ring(clocks: Iterable[C], at: datetime) -> list[C]:
    """Those that go off now, each once, in their order; their `late` says which way."""
    due = [(c.next_at, c.about, c) for c in clocks if c.next_at is not None and c.next_at <= at]
    gone = [clock for _, _, clock in sorted(due, key=lambda row: row[:2])]
    for clock in gone:
        clock.reminded, clock.late = True, at >= clock.late_at
    return gone
