"""What each service says of its operations, as data for the gateway.

`python -m deploy.local.manifests` writes shared/contracts/api/*.json; `--check` exits 1 when a
file differs, so that no change of an operation goes unseen.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from types import ModuleType

from deploy.local.options import ROOT
from deploy.local.programs import services
from shared.kernel import OPERATIONS
from shared.operations import offered
from shared.operations.manifest import dumps, manifest

FOLDER = ROOT / "shared" / "contracts" / "api"
ROOMS = frozenset({"commands", "queries", "domain"})


def modules(service: str) -> Iterator[ModuleType]:
    """Where a service says its operations, enums and refusals; `service.py` needs a green
    process, and says none."""
    package = f"services.{service}"
    for info in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        if ROOMS & set(info.name.split(".")[2:]):
            yield importlib.import_module(info.name)


def render(service: str) -> str:
    return dumps(manifest(service, offered(modules(service)).values()))


def rendered() -> dict[str, str]:
    """Text of each manifest by its name: the services', and the kernel's enums and refusals."""
    made = {service: render(service) for service in services()}
    return {**made, "kernel": dumps(manifest("kernel", OPERATIONS.values(), package="shared."))}


def main(arguments: list[str]) -> int:
    stale = []
    for name, text in rendered().items():
        file = FOLDER / f"{name}.json"
        if "--check" not in arguments:
            file.write_text(text)
        elif not file.exists() or file.read_text() != text:
            stale.append(file.name)
    if stale:
        print(f"{', '.join(stale)}: not what the services say: make schema", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
