"""Probes and metrics of a service process and of its relay, on real servers."""

from __future__ import annotations

import pytest

from shared.ids import new_id
from shared.messaging.events import Event
from shared.messaging.topology import event_queue
from tests.integration.kernel.conftest import Kernel
from tests.stack import Servers
from tests.waiting import eventually

QUEUE = event_queue("probe", "probe", "thing_made", "on_probe_thing_made").name
READY = {"broker": True, "consumers": True, "database": True}


@pytest.fixture(scope="module", autouse=True)
def the_past_is_sent(kernel: Kernel) -> None:
    """A service that starts for the first time asks for the past, which is counted like news."""
    eventually(lambda: "replay_sent" in kernel.relay.log.read_text(), timeout=20)


def test_a_running_service_is_alive_and_ready(kernel: Kernel) -> None:
    assert kernel.probed.checks("/healthz") == {"reader": True}
    assert kernel.probed.checks("/readyz") == READY
    eventually(lambda: kernel.relay_probed.status("/readyz") == 200)
    assert kernel.relay_probed.checks("/healthz") == {"loops": True}


def test_calls_are_timed_by_method_and_errors_counted_by_code(kernel: Kernel) -> None:
    def calls(method: str) -> float:
        return kernel.probed.value("rpc_seconds_count", service="probe", method=method)

    def errors(method: str, code: str) -> float:
        return kernel.probed.value("rpc_errors_total", service="probe", method=method, code=code)

    before = {name: calls(name) for name in ("actor", "make_thing", "secret_thing")}
    kernel.call("actor")
    kernel.call("actor")
    kernel.call("make_thing", name="counted")
    kernel.call("secret_thing", name="not counted")
    assert calls("actor") == before["actor"] + 2
    assert calls("make_thing") == before["make_thing"] + 1
    assert calls("secret_thing") == before["secret_thing"] == 0

    taken, unknown = errors("make_thing", "NAME_TAKEN"), errors("unknown", "UNKNOWN_METHOD")
    for method in ("make_thing", "no_such_method", "nor_this"):
        try:
            kernel.call(method, name="taken")
        except Exception as error:
            assert str(error)
    assert errors("make_thing", "NAME_TAKEN") == taken + 1
    assert errors("unknown", "UNKNOWN_METHOD") == unknown + 2


def test_events_are_counted_from_the_outbox_to_the_dead_letters(kernel: Kernel) -> None:
    def of_queue(name: str, **labels: str) -> float:
        return kernel.probed.value(name, service="probe", queue=QUEUE, **labels)

    def published() -> float:
        return kernel.relay_probed.value(
            "events_published_total", service="probe", type="thing_made"
        )

    def waiting(queue: str) -> float:
        return kernel.probed.value("queue_messages", service="probe", queue=queue)

    before = (of_queue("events_handled_total"), of_queue("events_retried_total"))
    dead = of_queue("events_dead_total", code="NAME_TAKEN")
    sent = published()
    kernel.call("make_thing", name="fine")
    kernel.call("make_thing", name="twice", plan={"fail": 2})
    kernel.call("make_thing", name="refused", plan={"refuse": True})
    eventually(lambda: published() == sent + 3)
    eventually(lambda: of_queue("events_dead_total", code="NAME_TAKEN") == dead + 1)
    eventually(lambda: of_queue("events_handled_total") == before[0] + 2)
    assert of_queue("events_retried_total") == before[1] + 2
    eventually(lambda: waiting("probe.dead") == kernel.dead() > 0, timeout=15)


def test_the_age_of_the_outbox_is_that_of_its_oldest_event(kernel: Kernel) -> None:
    def age() -> float:
        return kernel.relay_probed.value("outbox_age_seconds", service="probe")

    eventually(lambda: age() == 0)
    old = Event(
        id=new_id(),
        type="thing_made",
        source="probe",
        subject=new_id(),
        data={"name": "old", "plan": {}, "occurred_on": "2017-02-06T09:00:00+08:00"},
        time="2017-02-06T09:00:00+08:00",
        version=1,
        actor={"account": "account-1", "role": "MEMBER"},
        term=15,
        year=2017,
        correlation_id=new_id(),
    )
    thing = {"_id": old.subject, "no": -1, "pending_events": [old.to_document()]}
    kernel.proxy.cut()  # so that it stays pending
    try:
        eventually(lambda: kernel.relay_probed.checks("/readyz")["broker"] is False)
        kernel.db["things"].insert_one(thing)
        assert eventually(age) > 9 * 365 * 86400
    finally:
        kernel.proxy.restore()
    eventually(lambda: age() == 0, timeout=20)
    kernel.db["things"].delete_one({"_id": old.subject})


def test_a_broker_that_is_away_makes_them_unready_not_dead(kernel: Kernel) -> None:
    kernel.proxy.cut()
    try:
        eventually(lambda: kernel.probed.checks("/readyz") == {**READY, "broker": False})
        eventually(lambda: kernel.relay_probed.status("/readyz") == 503)
        assert kernel.probed.value("broker_connected", service="probe") == 0
        assert kernel.probed.status("/healthz") == kernel.relay_probed.status("/healthz") == 200
    finally:
        kernel.proxy.restore()
    eventually(lambda: kernel.probed.status("/readyz") == 200)
    eventually(lambda: kernel.relay_probed.status("/readyz") == 200)
    assert kernel.probed.value("broker_connected", service="probe") == 1


def test_a_broker_that_takes_nothing_more_is_told(kernel: Kernel, servers: Servers) -> None:
    """Short of memory it keeps its connections and leaves publishers waiting."""
    eventually(lambda: kernel.relay_probed.status("/readyz") == 200)
    made = kernel.call("make_thing", name="before the alarm")
    log, subject = kernel.db["event_log"], {"subject": made["id"]}
    event = eventually(lambda: log.find_one(subject, {"_id": 0, "logged_at": 0}))
    servers.rabbitmqctl("set_vm_memory_high_watermark", "0")
    try:
        again = {"$push": {"pending_events": event}}
        kernel.db["things"].update_one({"_id": made["id"]}, again)
        eventually(lambda: kernel.relay_probed.checks("/readyz")["broker"] is False, timeout=30)
        assert kernel.relay_probed.status("/healthz") == 200
    finally:
        servers.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "800MiB")
    eventually(lambda: kernel.relay_probed.status("/readyz") == 200, timeout=30)
