"""When a handler looks whether a replay runs (the replay itself: tests/integration/kernel)."""

from __future__ import annotations

from typing import Any

import pytest

from shared.messaging import replays
from shared.messaging.replays import HEARD_SECONDS, IDLE_SECONDS, INITIAL, KNOWN_SECONDS, Replays


class States:
    """The stored state, and how often it was looked up; a look takes `seconds`."""

    def __init__(self, time: Time) -> None:
        self.row: dict[str, Any] | None = None
        self.looks = 0
        self.seconds = 0.0
        self._time = time

    def find_one(self, _query: object) -> dict[str, Any] | None:
        self.looks += 1
        self._time.now += self.seconds
        return self.row


class Time:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(replays, "time", made)
    return made


@pytest.fixture
def states(time: Time, monkeypatch: pytest.MonkeyPatch) -> States:
    made = States(time)
    monkeypatch.setattr(Replays, "_states", lambda _self: made)
    return made


RUNNING = {"replay_id": "r1", "state": "RUNNING"}
DONE = {"replay_id": "r1", "state": "DONE"}


@pytest.mark.parametrize("row", [None, DONE])
def test_that_none_runs_is_known_for_a_while(
    time: Time, states: States, row: dict[str, Any] | None
) -> None:
    found, states.row = Replays(), row
    assert [found.targets(None), found.targets(None)] == [[None], [None]]
    assert states.looks == 1
    states.row = RUNNING
    time.now += KNOWN_SECONDS - 0.01
    assert found.targets(None) == [None]
    time.now += 0.01
    assert found.targets(None) == ["r1", None]
    assert states.looks == 2


def test_what_is_known_is_as_old_as_the_question(time: Time, states: States) -> None:
    found, states.seconds = Replays(), 1.0
    found.targets(None)
    states.row, states.seconds = RUNNING, 0.0
    time.now += KNOWN_SECONDS - 1.0
    assert found.targets(None) == ["r1", None]


def test_that_one_runs_is_looked_up_each_time(states: States) -> None:
    found, states.row = Replays(), RUNNING
    assert [found.targets(None), found.targets(None)] == [["r1", None]] * 2
    states.row = DONE
    assert found.targets(None) == [None]
    assert states.looks == 3


def test_a_replayed_event_is_always_looked_up(states: States) -> None:
    found = Replays()
    assert found.targets(None) == [None]
    states.row = RUNNING
    assert found.targets("r1") == ["r1"]
    assert found.targets("r0") == []
    assert found.targets(INITIAL) == [None]
    assert states.looks == 3


def test_the_log_is_asked_for_when_no_replica_can_believe_any_more_that_none_runs() -> None:
    assert IDLE_SECONDS < KNOWN_SECONDS < HEARD_SECONDS
