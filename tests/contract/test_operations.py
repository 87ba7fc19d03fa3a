"""What a service offers over RabbitMQ is what its manifest says, and the other way round."""

from __future__ import annotations

import importlib
import inspect

import pytest

from deploy.cluster.table import SERVICES
from gateway.manifests import manifests
from shared.messaging.server import RpcMethod


@pytest.mark.parametrize("service", [service.name for service in SERVICES])
def test_every_operation_is_offered_and_no_other(service: str) -> None:
    module = importlib.import_module(f"services.{service}.service")
    [kind] = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and getattr(value, "name", None) == service
    ]
    offered = {
        name: "query" if entry.fast else "command"
        for name, method in inspect.getmembers(kind)
        for entry in getattr(method, "nameko_entrypoints", ())
        if isinstance(entry, RpcMethod)
    }
    said = manifests()[service]["operations"]
    assert offered == {name: operation["kind"] for name, operation in said.items()}
    assert offered


def test_a_list_is_counted_as_it_is_asked() -> None:
    """What goes along to a page goes along to its total; what only a page has would refuse it."""
    for service, made in manifests().items():
        operations = made["operations"]
        for name, said in operations.items():
            counted = operations.get(f"count_{name.removeprefix('list_')}")
            if name.startswith("list_") and counted is not None:
                own = {"first", "after", "order_by", "fields"}
                assert {i["name"] for i in said["inputs"]} - own == {
                    i["name"] for i in counted["inputs"]
                }, f"{service}.{name}"
