"""The network policies allow the arrows of the architecture, and no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from deploy.cluster.table import SERVICES
from tests.unit.cluster.conftest import Built, Document, built_once

INSIDE = "inside"
NAMES = [service.name for service in SERVICES]
CLIENTS = [*NAMES, "gateway"]
Arrow = tuple[str, str, int]


@dataclass(frozen=True)
class Pod:
    name: str
    labels: dict[str, str]
    ports: frozenset[int] = frozenset()
    namespace: str = INSIDE


OUTSIDE = [
    Pod("ingress", {}, namespace="ingress-nginx"),
    Pod("monitoring", {}, namespace="monitoring"),
    Pod("names", {"k8s-app": "kube-dns"}, frozenset({53}), "kube-system"),
    Pod("stranger", {}, frozenset({53, 443, 5672, 27017}), "elsewhere"),
]


def pods(built: Built) -> list[Pod]:
    inside = [
        Pod(
            name,
            pod["metadata"]["labels"],
            frozenset(
                port["containerPort"]
                for kind in ("initContainers", "containers")
                for container in pod["spec"].get(kind, ())
                for port in container.get("ports", ())
            ),
        )
        for name, pod in built.pods()
    ]
    return [*inside, *OUTSIDE]


def selects(selector: Document, labels: dict[str, str]) -> bool:
    assert selector.keys() <= {"matchLabels"}
    wanted: dict[str, str] = selector.get("matchLabels", {})
    return wanted.items() <= labels.items()


def is_peer(peer: Document, pod: Pod) -> bool:
    assert peer.keys() <= {"podSelector", "namespaceSelector", "ipBlock"}
    if "ipBlock" in peer:
        return False  # no pod of these has such an address
    if "namespaceSelector" in peer:
        found = {"kubernetes.io/metadata.name": pod.namespace}
        if not selects(peer["namespaceSelector"], found):
            return False
    elif pod.namespace != INSIDE:
        return False
    return selects(peer.get("podSelector", {}), pod.labels)


def allows(policies: list[Document], direction: str, pod: Pod, other: Pod, port: int) -> bool:
    """Whether `pod` may take from, or send to, `other`; what no policy is about is allowed."""
    kind, peers = {"in": ("Ingress", "from"), "out": ("Egress", "to")}[direction]
    about = [
        policy["spec"]
        for policy in policies
        if pod.namespace == INSIDE
        and kind in policy["spec"]["policyTypes"]
        and selects(policy["spec"]["podSelector"], pod.labels)
    ]
    return not about or any(
        any(is_peer(peer, other) for peer in rule[peers])
        and port in {each["port"] for each in rule["ports"]}
        for spec in about
        for rule in spec.get(kind.lower(), ())
    )


def arrows(built: Built) -> set[Arrow]:
    policies = built.kind("NetworkPolicy")
    all_pods = pods(built)
    return {
        (source.name, target.name, port)
        for source in all_pods
        for target in all_pods
        for port in target.ports
        if INSIDE in (source.namespace, target.namespace)
        and allows(policies, "out", source, target, port)
        and allows(policies, "in", target, source, port)
    }


def expected(servers: bool) -> set[Arrow]:
    migrations = [f"migrate-{name}" for name in NAMES]
    keepers = ["backup", "restore"]
    everybody = [*CLIENTS, *migrations, *keepers]
    found: set[Arrow] = {("ingress", "gateway", 8000), ("monitoring", "gateway", 8000)}
    found |= {("monitoring", name, port) for name in NAMES for port in (9100, 9101)}
    if servers:
        found |= {(name, "rabbitmq", 5672) for name in CLIENTS}
        found |= {(name, "mongodb", 27017) for name in (*everybody, "mongodb")}
        found |= {("rabbitmq", "rabbitmq", port) for port in (4369, 25672)}
        found |= {(name, "rabbitmq", 15672) for name in keepers}
        found.add(("monitoring", "rabbitmq", 15692))
        everybody += ["rabbitmq", "mongodb"]
    return found | {(name, "names", 53) for name in everybody}


@pytest.mark.parametrize(
    ("overlay", "servers"), [("production", True), ("development", True), ("external", False)]
)
def test_only_the_arrows_of_the_architecture_are_allowed(overlay: str, servers: bool) -> None:
    assert arrows(built_once(overlay)) == expected(servers)


def test_external_servers_are_reached_by_their_clients_at_their_networks_alone() -> None:
    found: dict[str, Any] = {
        policy["metadata"]["name"]: (
            policy["spec"]["podSelector"]["matchLabels"],
            [
                (peer["ipBlock"]["cidr"], port["port"])
                for rule in policy["spec"]["egress"]
                for peer in rule["to"]
                for port in rule["ports"]
            ],
        )
        for policy in built_once("external").kind("NetworkPolicy")
        if "ipBlock" in str(policy)
    }
    assert found == {
        "clients-to-broker": ({"reaches-broker": "yes"}, [("198.51.100.0/28", 5671)]),
        "backup-to-broker": ({"reaches-broker-api": "yes"}, [("198.51.100.0/28", 15671)]),
        "clients-to-database": ({"reaches-database": "yes"}, [("198.51.100.16/28", 27017)]),
        # Not to private addresses: the policy excepts them.
        "senders-to-providers": ({"reaches-providers": "yes"}, [("0.0.0.0/0", 443)]),
    }


def test_who_sends_reaches_providers_and_nobody_else_does() -> None:
    senders = {
        name
        for name, pod in built_once("production").pods()
        if pod["metadata"]["labels"].get("reaches-providers") == "yes"
    }
    assert senders == {service.name for service in SERVICES if service.providers}
    assert senders == {"identity", "notifications", "publicity"}
