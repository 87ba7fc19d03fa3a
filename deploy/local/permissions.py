"""The role × operation matrix, generated from what stands beside the use cases.

`python -m deploy.local.permissions` writes docs/permissions.md; `--check` exits 1 when the file
differs, so that nobody gets a right without a reviewer seeing the line that grants it.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from types import ModuleType

from deploy.local.options import ROOT
from deploy.local.programs import services
from shared.actor import Role
from shared.kernel import OPERATIONS

KERNEL = "kernel"  # what every service offers
FILE = ROOT / "docs" / "permissions.md"
HEAD = """\
# Who may call what

Generated from the use cases (`make schema`); do not edit. ● = the role may call it; its scope
(own, group, unit) is checked inside, where the record is known. Everybody else is refused with
FORBIDDEN, visitors with UNAUTHENTICATED, and each refusal is audited.
"""


def operations(service: str) -> dict[str, frozenset[Role]]:
    """Use case → roles that may call it, of one service."""
    if service == KERNEL:
        return {
            name: operation.use_case.allowed_roles  # type: ignore[attr-defined]
            for name, operation in sorted(OPERATIONS.items())
        }
    found: dict[str, frozenset[Role]] = {}
    for module in _modules(f"services.{service}"):
        for name, value in vars(module).items():
            roles = getattr(value, "allowed_roles", None)
            if roles is not None and value.__module__ == module.__name__:
                found[name] = roles
    return dict(sorted(found.items()))


def render() -> str:
    """The page: a table for each service, roles as columns."""
    roles = list(Role)
    parts = [HEAD]
    for service in (*services(), KERNEL):
        rows = [f"\n## {service}\n", f"| operation | {' | '.join(role.value for role in roles)} |"]
        rows.append("|---" * (len(roles) + 1) + "|")
        for name, allowed in operations(service).items():
            marks = ["●" if role in allowed else "" for role in roles]
            rows.append(f"| {name} | {' | '.join(marks)} |")
        parts.append("\n".join(rows) + "\n")
    return "".join(parts)


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    for info in pkgutil.walk_packages(root.__path__, f"{package}."):
        # The service module needs a green process; it holds no use case.
        if {"commands", "queries"} & set(info.name.split(".")[2:]):
            yield importlib.import_module(info.name)


def main(arguments: list[str]) -> int:
    text = render()
    if "--check" not in arguments:
        FILE.write_text(text)
        return 0
    if FILE.exists() and FILE.read_text() == text:
        return 0
    print(f"{FILE.name} differs from the use cases: run make schema, and review", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
