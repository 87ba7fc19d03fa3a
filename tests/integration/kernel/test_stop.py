"""SIGTERM, as an orchestrator sends it: take nothing new, finish, ack, end with 0, in time."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from shared.actor import Actor, Role
from shared.ids import new_id
from shared.messaging.events import Event
from shared.messaging.topology import event_queue
from tests import wire
from tests.integration.kernel.conftest import Kernel
from tests.integration.kernel.test_events import made
from tests.waiting import eventually

QUEUE = event_queue("probe", "probe", "thing_made", "on_probe_thing_made").name


@pytest.fixture(autouse=True)
def running_again(kernel: Kernel) -> Iterator[None]:
    yield
    kernel.db["tries"].update_many({}, {"$set": {"go": True}})
    kernel.service.stop()
    kernel.service.start()
    kernel.relay.start()


def waiting(kernel: Kernel) -> int:
    return wire.queue_depth(kernel.uri, QUEUE)


def consuming(kernel: Kernel) -> bool:
    # The broker counts a cancelled consumer of a quorum queue until its last message is acked.
    return kernel.probed.checks("/readyz")["consumers"]


def handled(kernel: Kernel, event: Event) -> bool:
    return bool(kernel.entries_of(event.subject))


def test_the_handler_at_work_is_finished_and_acked_and_nothing_new_is_taken(
    kernel: Kernel,
) -> None:
    eventually(lambda: waiting(kernel) == 0)
    at_work = made(new_id(), wait=True)
    kernel.publish(at_work)
    eventually(lambda: kernel.db["tries"].find_one({"_id": at_work.id, "n": 1}))

    kernel.service.terminate()
    eventually(lambda: not consuming(kernel))
    later: list[Event] = []

    def one_stays_in_the_queue() -> bool:
        """The broker may have sent one before it heard of the end: that one is finished too."""
        event = made(new_id())
        later.append(event)
        kernel.publish(event)
        return eventually(lambda: waiting(kernel) or handled(kernel, event)) is not True

    eventually(one_stays_in_the_queue)
    assert kernel.service.pid is not None
    assert not handled(kernel, at_work)

    kernel.db["tries"].update_one({"_id": at_work.id}, {"$set": {"go": True}})
    assert kernel.service.exit_code() == 0
    assert handled(kernel, at_work)
    left = [event for event in later if not handled(kernel, event)]
    assert waiting(kernel) == len(left) >= 1  # what was at work has been acked

    kernel.service.start()
    eventually(lambda: all(handled(kernel, event) for event in left))
    for event in (at_work, *later):
        assert (kernel.db["tries"].find_one({"_id": event.id}) or {})["n"] == 1


def test_a_swap_of_projections_is_ended_first(kernel: Kernel) -> None:
    """Left half done it would keep every handler waiting for as long as its lease."""

    def replay() -> str:
        return str((kernel.db["replays"].find_one({"_id": "current"}) or {}).get("state"))

    kernel.call("start_replay", Actor("admin-1", Role.SYSTEM_ADMIN))
    eventually(lambda: replay() == "SWAPPING")
    kernel.service.terminate()
    assert kernel.service.exit_code() == 0
    assert replay() == "DONE"


def test_the_call_at_work_is_answered(kernel: Kernel) -> None:
    name = f"last {new_id()}"
    results: list[object] = []
    caller = threading.Thread(
        target=lambda: results.append(kernel.call("slow_thing", name=name, timeout=20))
    )
    caller.start()
    eventually(lambda: kernel.db["tries"].find_one({"_id": name}))
    kernel.service.terminate()
    eventually(lambda: not consuming(kernel))
    kernel.db["tries"].update_one({"_id": name}, {"$set": {"go": True}})
    caller.join(20)
    thing = kernel.db["things"].find_one({"name": name}) or {}
    assert results == [{"id": thing["_id"]}]
    assert kernel.service.exit_code() == 0


def test_a_relay_ends_with_0(kernel: Kernel) -> None:
    kernel.relay.terminate()
    assert kernel.relay.exit_code() == 0


def test_a_service_without_its_broker_ends_with_0(kernel: Kernel) -> None:
    kernel.proxy.cut()
    try:
        eventually(lambda: not kernel.probed.checks("/readyz")["broker"])
        kernel.service.terminate()
        assert kernel.service.exit_code() == 0
    finally:
        kernel.proxy.restore()
