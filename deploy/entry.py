"""`python -m deploy.entry WHAT [ARGUMENT…]`: any process of the platform, here and in the image.

WHAT is a service or a name of PROCESSES. The process becomes the named module, so that signals
reach it directly and its exit code is the container's.
"""

from __future__ import annotations

import importlib.util
import os
import sys

PROCESSES = {
    "gateway": "gateway.app",
    "relay": "shared.messaging.relay",
    "migrate": "deploy.migrate",
    "backup": "deploy.backup",
    "restore": "deploy.backup.restore",
    "admin": "services.identity.admin",
    "replay": "shared.messaging.replay",
    "dead-letters": "shared.messaging.dead_letters",
    "broker-definitions": "deploy.cluster.definitions",
    "database-setup": "deploy.cluster.database",
}


def command(arguments: list[str]) -> list[str]:
    """The module and its arguments; raises SystemExit for a name that nothing has."""
    match arguments:
        case [name, *rest] if name in PROCESSES:
            return [PROCESSES[name], *rest]
        case [name] if name.isidentifier() and _is_service(name):
            return ["shared.messaging.runner", name]
    raise SystemExit(f"usage: python -m deploy.entry SERVICE | {' | '.join(PROCESSES)}")


def _is_service(name: str) -> bool:
    return (
        importlib.util.find_spec(f"services.{name}") is not None
        and importlib.util.find_spec(f"services.{name}.service") is not None
    )


if __name__ == "__main__":
    os.execv(sys.executable, [sys.executable, "-m", *command(sys.argv[1:])])
