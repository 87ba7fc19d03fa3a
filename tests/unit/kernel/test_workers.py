"""Greenlets that are used again (shared/messaging/workers.py)."""

from __future__ import annotations

from contextvars import ContextVar

import eventlet
import pytest
from eventlet.event import Event as Signal

from shared.messaging.workers import MOST_IDLE, Workers

seen: ContextVar[str] = ContextVar("seen", default="nothing")


def test_jobs_run_side_by_side_and_their_greenlets_again() -> None:
    workers, go, used = Workers(), Signal(), set()

    def job(number: int) -> None:
        go.wait()
        used.add(eventlet.getcurrent())

    for number in range(3):
        workers.run(job, number)
    eventlet.sleep(0)
    assert not used
    go.send(None)
    workers.waitall()
    assert len(used) == 3
    workers.run(job, 4)
    workers.waitall()
    assert len(used) == 3


def test_everybody_who_waits_for_the_end_hears_of_it() -> None:
    """As each entry point of a service does when it is told to stop."""
    workers, go = Workers(), Signal()
    workers.run(go.wait)
    waiting = [eventlet.spawn(workers.waitall) for _ in range(3)]
    eventlet.sleep(0)
    go.send(None)
    with eventlet.Timeout(5):
        for one in waiting:
            one.wait()


def test_no_job_sees_the_context_of_the_one_before() -> None:
    workers, found = Workers(), []

    def job() -> None:
        found.append(seen.get())
        seen.set("something")

    for _ in range(2):
        workers.run(job)
        workers.waitall()
    assert found == ["nothing", "nothing"]


def test_a_job_that_fails_or_is_killed_harms_no_other() -> None:
    workers, done = Workers(), []

    def fail() -> None:
        raise ValueError

    def end() -> None:
        raise eventlet.greenlet.GreenletExit

    for job in (fail, end, lambda: done.append(1)):
        workers.run(job)
    with eventlet.Timeout(5):
        workers.waitall()
    assert done == [1]


@pytest.mark.parametrize("jobs", [MOST_IDLE, 3 * MOST_IDLE])
def test_no_more_are_kept_than_the_next_jobs_need(jobs: int) -> None:
    workers = Workers()
    for _ in range(jobs):
        workers.run(eventlet.sleep, 0)
    workers.waitall()
    eventlet.sleep(0)
    assert len(workers._idle) == MOST_IDLE
