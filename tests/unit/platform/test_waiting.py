from __future__ import annotations

import pytest

from deploy.local.waiting import until
from tests.waiting import eventually


def test_eventually_returns_the_first_truthy_value() -> None:
    values = iter([0, "", [8]])
    assert eventually(lambda: next(values)) == [8]


def test_eventually_shows_the_last_value() -> None:
    with pytest.raises(AssertionError, match=r"not true within 0\.05 s; last value: 0"):
        eventually(lambda: 0, timeout=0.05)


def test_eventually_waits_for_assertions_too() -> None:
    values = iter([1, 2])

    def probe() -> bool:
        assert next(values) == 2
        return True

    assert eventually(probe) is True


def test_eventually_shows_the_last_failed_assertion() -> None:
    def probe() -> bool:
        raise AssertionError("score is 6")

    with pytest.raises(AssertionError, match="last failure: score is 6"):
        eventually(probe, timeout=0.05)


def test_until_tells_whether_it_came_true() -> None:
    assert until(lambda: True, 0) is True
    assert until(lambda: False, 0.05) is False


def test_until_ends_early_when_the_check_raises() -> None:
    def check() -> None:
        raise RuntimeError("died")

    with pytest.raises(RuntimeError, match="died"):
        until(lambda: False, 60, check)
