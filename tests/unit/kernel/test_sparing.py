"""What says the same is logged once a second, and what is an error always."""

from __future__ import annotations

import logging

import pytest
import structlog

from shared.sparing import Sparing


class Watch:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def said(
    sparing: Sparing, method: str, event: str, module: str = "link", **more: str
) -> int | None:
    """How many were spared before it; None if it is spared."""
    try:
        told = sparing(None, method, {"module": module, "event": event, **more})
    except structlog.DropEvent:
        return None
    return int(told.get("repeated", 0))


def test_one_warning_a_second_for_each_of_what_it_is_about() -> None:
    watch = Watch()
    sparing = Sparing(watch)
    lines = [said(sparing, "warning", "event_requeued", queue=f"queue-{n}") for n in range(500)]
    assert [line for line in lines if line is not None] == [0]
    assert said(sparing, "warning", "broker_lost") == 0
    assert said(sparing, "warning", "event_requeued", module="relay") == 0
    watch.at = 1.0
    assert said(sparing, "warning", "event_requeued") == 499
    assert said(sparing, "warning", "event_requeued") is None


@pytest.mark.parametrize("method", ["info", "error"])
def test_facts_of_their_own_always_stand(method: str) -> None:
    sparing = Sparing(Watch())
    assert [said(sparing, method, "event_dead") for _ in range(3)] == [0, 0, 0]


def test_lines_of_libraries_are_spared_by_their_text_before_it_is_filled_in() -> None:
    watch = Watch()
    sparing = Sparing(watch)

    def line(text: str, *values: object) -> bool:
        record = logging.LogRecord("pika", logging.ERROR, "", 0, text, values, None)
        return sparing.filter(record)

    assert [line("lost %s", n) for n in range(3)] == [True, False, False]
    assert line("no answer from %s", 1)
    watch.at = 1.5
    assert line("lost %s", 4)
