"""The processes of the platform, apart from the servers: one per service, the relay, the gateway.

A new service is a new folder under services/; nothing here names one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.options import ROOT

# Signs the tokens of the demo data loader, which acts as the system.
DEMO_ISSUER = "demo"
GENERATED = {"__pycache__", "node_modules"}


@dataclass(frozen=True)
class Program:
    """One process: what to run, with what beside the inherited environment, how long to stop."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: Path = ROOT
    stop_seconds: int = 10


def services(root: Path = ROOT) -> list[str]:
    """The service folders that can be run: those with a service.py (or a package of that name)."""
    return sorted(
        folder.name
        for folder in (root / "services").iterdir()
        if (folder / "service.py").exists() or (folder / "service" / "__init__.py").exists()
    )


def issuers(names: list[str]) -> list[str]:
    """Everyone who signs tokens and therefore needs a key."""
    return [*names, "gateway", DEMO_ISSUER]


def application(
    python: str, environment: Mapping[str, str], names: list[str], root: Path = ROOT
) -> list[Program]:
    """All processes that are ours, in the order of starting."""

    def program(name: str, *arguments: str, sources: tuple[str, ...]) -> Program:
        # The digest makes a running process of older sources differ from the wanted one.
        digest = source_digest(*(root / source for source in sources))
        return Program(
            name,
            (python, "-m", "deploy.entry", *arguments),
            {**environment, "SOURCE_DIGEST": digest},
            directory=root,
        )

    return [
        *(program(name, name, sources=("shared", f"services/{name}")) for name in names),
        program("relay", "relay", *names, sources=("shared",)),
        program("gateway", "gateway", sources=("shared", "gateway")),
    ]


def source_digest(*folders: Path) -> str:
    """A short hash of all source files below `folders`."""
    digest = hashlib.sha256()
    for folder in folders:
        for parent, inner, files in os.walk(folder):
            inner[:] = sorted(set(inner) - GENERATED)
            for name in sorted(files):
                path = Path(parent, name)
                digest.update(f"{path.relative_to(folder)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
