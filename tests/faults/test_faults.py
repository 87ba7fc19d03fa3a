"""kill -9, a frozen broker, restarts in turn: accepted = stored = counted, and nothing twice."""

from __future__ import annotations

import pytest

from deploy.local.programs import services
from tests.faults.platform import HEALED_SECONDS, Healed, Platform

OURS = [*services(), "relay", "gateway"]


def healed(what: str, found: Healed) -> set[str]:
    """Who died; prints the figures of docs/faults.md."""
    print(f"{what}: answering after {found.answering:.1f} s, whole after {found.through:.1f} s")
    assert found.through < HEALED_SECONDS
    return found.died


@pytest.mark.parametrize("name", ["proposals", "performance", "relay", "gateway"])
def test_a_process_is_killed_in_the_middle_of_its_work(platform: Platform, name: str) -> None:
    felt = name == "gateway"  # the others are back before a call ends
    found = platform.under(lambda: platform.kill(name), felt=felt)
    assert healed(f"kill -9 {name}", found) == {name}


@pytest.mark.parametrize("name", ["rabbitmq", "mongod"])
def test_a_server_is_killed_and_all_others_heal_without_a_restart(
    platform: Platform, name: str
) -> None:
    found = platform.under(lambda: platform.kill(name), felt=name == "rabbitmq")
    assert healed(f"kill -9 {name}", found) == {name}


def test_the_broker_stands_still_for_twenty_seconds(platform: Platform) -> None:
    found = platform.under(lambda: platform.freeze("rabbitmq", 20), felt=True)
    assert healed("rabbitmq frozen for 20 s", found) == set()


def test_the_disk_of_the_broker_is_full(platform: Platform) -> None:
    found = platform.under(lambda: platform.fill_disk(6), felt=True)
    assert healed("no disk space for rabbitmq for 6 s", found) == set()


def test_the_database_stands_still(platform: Platform) -> None:
    found = platform.under(lambda: platform.freeze("mongod", 12), felt=True)
    assert healed("mongod frozen for 12 s", found) == set()


@pytest.mark.timeout(400)  # each of fourteen, and a story after it
def test_each_process_is_restarted_in_turn(platform: Platform) -> None:
    def in_turn() -> None:
        for name in OURS:
            platform.restart(name)

    found = platform.under(in_turn)
    assert healed("each restarted in turn", found) == set(OURS)
