"""The table of services says what the code says, and what is generated from it is current."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from deploy.cluster import generate, rights
from deploy.cluster.table import CLIENTS, GATEWAY, SERVICES, Service
from deploy.local import programs
from deploy.local.manifests import modules
from deploy.local.options import ROOT
from gateway.files.attachments import OWNERS
from gateway.live import FOLLOWED
from shared.messaging import runner
from shared.messaging.consumer import EventHandler
from shared.operations import offered

HELD_FILES = "held_files"  # the same question of the gateway to each service that keeps files
CALLERS = {
    ("identity", "accounts_by_ids"): ("proposals", "demo"),
    ("identity", "bind_wechat_by_code"): ("notifications",),
    ("identity", "ended_sessions"): ("gateway",),
    ("identity", "load_demo_accounts"): ("demo",),
    ("identity", "ways_to_reach"): ("notifications",),
    ("liaison", "member_calendar"): ("gateway",),
    ("members", "active_members"): ("proposals",),
    ("members", "contacts_by_ids"): ("identity", "notifications"),
    ("members", "employed_by"): ("proposals", "supervision"),
    ("notifications", "take_sms_callback"): ("gateway",),
    ("notifications", "take_wechat_callback"): ("gateway",),
    ("office", "feed_owners"): ("gateway",),
}
CALL = re.compile(r"rpc\.call\(\s*\"(\w+)\",")
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


def test_every_service_folder_is_in_the_table() -> None:
    assert sorted(service.name for service in SERVICES) == programs.services()


@each_service
def test_a_service_hears_what_it_has_handlers_for(service: Service) -> None:
    found = runner.service_class(f"services.{service.name}.service")
    entrypoints = {
        entrypoint
        for _, method in inspect.getmembers(found)
        for entrypoint in getattr(method, "nameko_entrypoints", ())
    }
    sources = {each.source for each in entrypoints if isinstance(each, EventHandler)}
    assert set(service.hears) == sources


@each_service
def test_a_service_asks_whom_its_code_calls(service: Service) -> None:
    sources = (ROOT / "services" / service.name).rglob("*.py")
    called = {name for path in sources for name in CALL.findall(path.read_text())}
    assert set(service.asks) == called


def test_who_may_call_for_itself_is_who_asks() -> None:
    """Each caller that an operation names is in the table as one that asks its service."""
    asks = {client.name: set(client.asks) for client in CLIENTS}
    named = {
        (caller, service.name)
        for service in SERVICES
        for operation in offered(modules(service.name)).values()
        for caller in operation.said.callers
        if caller != programs.DEMO_ISSUER
    }
    assert {(caller, service) for caller, service in named if service not in asks[caller]} == set()
    assert {(s.name, asked) for s in SERVICES for asked in s.asks} - named == set()


def test_these_operations_answer_another_service_for_itself() -> None:
    """Private data: phones for the accounts of members to identity, and to nobody else."""
    named = {
        (service.name, name): operation.said.callers
        for service in SERVICES
        for name, operation in offered(modules(service.name)).items()
        if operation.said.callers and name != HELD_FILES
    }
    assert named == CALLERS


def test_the_gateway_hears_what_is_followed_and_who_owns_files() -> None:
    assert set(GATEWAY.hears) == {*FOLLOWED, *OWNERS}


def test_what_is_generated_is_current() -> None:
    assert generate.differing(ROOT) == []


def test_a_file_that_nobody_generates_any_more_is_noticed(tmp_path: Path) -> None:
    for path, content in generate.files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    left = generate.SERVICES_FOLDER / "former.yaml"
    (tmp_path / left).touch()
    changed = generate.SERVICES_FOLDER / "identity.yaml"
    (tmp_path / changed).write_text("{}")
    assert generate.differing(tmp_path) == [left, changed]


@pytest.mark.parametrize(
    ("factor", "quantity", "expected"),
    [(10, "100m", "1000m"), (3, "128Mi", "384Mi"), (2, "1", "2")],
)
def test_quantities(factor: int, quantity: str, expected: str) -> None:
    assert generate.times(factor, quantity) == expected


def test_a_client_may_write_only_its_own_exchange_and_the_shared_ones() -> None:
    """Decision 16; amq.default carries the answers to calls."""
    found = rights.definitions()
    exchanges = [exchange["name"] for exchange in found["exchanges"]] + ["amq.default", "amq.topic"]
    written = {
        right["user"]: {name for name in exchanges if re.search(right["write"], name)}
        for right in found["permissions"]
    }
    shared = {"retry", "nameko-rpc", "amq.default"}
    assert written == {
        "backup": set(),
        "gateway": shared,
        **{service.name: shared | {f"{service.name}.events"} for service in SERVICES},
    }
    limited = {(right["user"], right["exchange"]) for right in found["topic_permissions"]}
    topics = ("retry", "retry.due", "nameko-rpc")
    assert limited == {(client.name, topic) for client in CLIENTS for topic in topics}
