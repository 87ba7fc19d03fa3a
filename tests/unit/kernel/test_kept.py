"""Answers that are kept for a moment (shared/persistence/kept.py)."""

from __future__ import annotations

from shared.persistence.kept import KEPT_SECONDS, MOST, Kept


class Asked:
    def __init__(self) -> None:
        self.time, self.times, self.answer = 0.0, 0, "old"
        self.kept = Kept(lambda: self.time)

    def find(self) -> str:
        self.times += 1
        return self.answer

    def get(self) -> str:
        return self.kept.get("term", self.find)


def test_it_is_found_once_until_its_time_is_over() -> None:
    asked = Asked()
    assert [asked.get(), asked.get(), asked.times] == ["old", "old", 1]
    asked.time, asked.answer = KEPT_SECONDS - 0.1, "new"
    assert asked.get() == "old"
    asked.time = KEPT_SECONDS
    assert [asked.get(), asked.times] == ["new", 2]


def test_a_change_is_seen_at_once() -> None:
    asked = Asked()
    asked.get()
    asked.answer = "new"
    asked.kept.drop()
    assert asked.get() == "new"


def test_what_was_found_before_a_change_is_not_kept() -> None:
    asked = Asked()

    def find() -> str:
        asked.kept.drop()  # while the database is asked
        return "old"

    assert asked.kept.get("term", find) == "old"
    asked.answer = "new"
    assert asked.get() == "new"


def test_nothing_found_is_an_answer_too() -> None:
    times: list[int] = []
    kept = Kept()
    for _ in range(2):
        assert kept.get("name", lambda: times.append(1)) is None
    assert len(times) == 1


def test_it_is_bounded() -> None:
    kept = Kept()
    for number in range(3 * MOST):
        kept.get(number, lambda: None)
    assert len(kept._answers) <= MOST
