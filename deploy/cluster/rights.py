"""Who may do what at the broker and in the database, derived from the table of services.

Broker (decision 16): a user may write its own events, its own calls and its own retries, and
nothing else. What RabbitMQ's rights on exchanges leave open, its rights on the routing keys of
topic exchanges close. They keep what is honest in its lane and bound what a thief can disturb; who
said something is proved by signatures alone (shared/messaging/signatures.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from deploy.cluster.table import BACKUP, CLIENTS, GATEWAY, SERVICES, Service, databases
from shared.clock import DATABASE as PLATFORM
from shared.messaging import topology
from shared.settings import read

VHOST = "/"
DEFAULT_EXCHANGE = "amq.default"
NOTHING = "^$"
SUBSCRIPTIONS = r"amq\.gen-.+"  # the exclusive queue of each gateway
Document = dict[str, Any]


def definitions() -> Document:
    """RabbitMQ's definitions without users: exchanges, delay queues and all rights."""
    delays = [topology.delay_queue(delay) for delay in read({}).retry_delays]
    exchanges = [topology.Exchange(topology.RPC_EXCHANGE), *topology.RETRY_EXCHANGES]
    tellers = {service.name for service in SERVICES} | {h for c in CLIENTS for h in c.hears}
    exchanges += [topology.events_exchange(name) for name in sorted(tellers)]
    return {
        # A classic queue would be gone with its node, and with it all calls to a service.
        "vhosts": [{"name": VHOST, "default_queue_type": "quorum"}],
        "permissions": [*map(_rights, CLIENTS), _right(BACKUP, NOTHING, NOTHING, NOTHING)],
        "topic_permissions": [right for client in CLIENTS for right in _key_rights(client)],
        "exchanges": [
            {
                "name": exchange.name,
                "vhost": VHOST,
                "type": exchange.type,
                "durable": True,
                "auto_delete": False,
                "internal": False,
                "arguments": {},
            }
            for exchange in exchanges
        ],
        "queues": [
            {
                "name": queue.name,
                "vhost": VHOST,
                "durable": True,
                "auto_delete": False,
                "arguments": queue.arguments,
            }
            for queue in delays
        ],
    }


def database_users() -> dict[str, list[Document]]:
    """User of the database → its roles: its own database, and a look at the shared clock."""
    everything = [{"role": name, "db": "admin"} for name in ("backup", "readAnyDatabase")]
    return {
        BACKUP: everything,
        **{
            client.name: [
                *({"role": "readWrite", "db": name} for name in databases(client)),
                {"role": "read", "db": PLATFORM},
            ]
            for client in CLIENTS
        },
    }


def _rights(client: Service) -> Document:
    """configure: what it declares. write: what it publishes to, and binds. read: the reverse."""
    name = client.name
    handlers = rf"{name}\.on_[a-z0-9_]+"
    delays = rf"{topology.RETRY_EXCHANGE}\.[0-9]+"
    patterns = [handlers, *([SUBSCRIPTIONS] if client == GATEWAY else [])]
    relay = topology.replay_queue(name).name
    own = [f"{name}.events", topology.dead_queue(name).name, topology.rpc_queue(name).name, relay]
    asked = [topology.replay_queue(heard).name for heard in client.hears]
    heard = [topology.events_exchange(heard).name for heard in client.hears]
    shared = [topology.RETRY_EXCHANGE, topology.RPC_EXCHANGE]
    declared = [*own, *asked, *heard, *shared, topology.DUE_EXCHANGE]
    return _right(
        name,
        configure=_any(declared, delays, *patterns),
        write=_any([*own, *asked, *shared, DEFAULT_EXCHANGE], delays, *patterns),
        read=_any([*own, *heard, *shared, topology.DUE_EXCHANGE], *patterns),
    )


def _key_rights(client: Service) -> list[Document]:
    """Rights on routing keys: published (write) and bound (read)."""
    name = client.name
    queue = rf"{name}\.on_[a-z0-9_]+"
    return [
        _key_right(
            name,
            topology.RETRY_EXCHANGE,
            write=_any(
                [topology.dead_key(name), *map(topology.replay_key, client.hears)],
                rf"[0-9]+\.{queue}",  # its own failures, later
                rf"now\.{queue}",  # its own dead letters, put back
                rf"now\.[a-z]+\.on_{name}_[a-z0-9_]+",  # its past, to whoever asked
            ),
            read=_any(
                [topology.dead_key(name), *map(topology.replay_key, (name, *client.hears))],
                rf"now\.{queue}",
                r"[0-9]+\.#",
            ),
        ),
        _key_right(name, topology.DUE_EXCHANGE, write=NOTHING, read=_any([], rf"\*\.{queue}")),
        _key_right(
            name,
            topology.RPC_EXCHANGE,
            write=_any([], *(rf"{called}\..+" for called in (name, *client.asks))),
            read=_any([f"{name}.*"]),
        ),
    ]


def _any(names: Iterable[str], *patterns: str) -> str:
    return f"^({'|'.join([*sorted(map(re.escape, set(names))), *patterns])})$"


def _right(user: str, configure: str, write: str, read: str) -> Document:
    return {"user": user, "vhost": VHOST, "configure": configure, "write": write, "read": read}


def _key_right(user: str, exchange: str, write: str, read: str) -> Document:
    return {"user": user, "vhost": VHOST, "exchange": exchange, "write": write, "read": read}
