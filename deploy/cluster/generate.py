"""`python -m deploy.cluster.generate`: what deploy/k8s holds for each line of the table.

Writes base/services/, the alerts, the broker's definitions and the database's users;
`--check` exits 1 when they differ, so that no service and no right changes without a reviewer
seeing it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from string import Template
from typing import Any

import yaml

from deploy.cluster.rights import database_users, definitions
from deploy.cluster.table import SERVICES, Service

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE = TEMPLATES / "service.yaml"
ALERTS = Path("deploy/k8s/base/observability/alerts.yaml")
EACH = re.compile(r'absent\((\w+)\{service="EACH"\}\)')  # stands for a term of each service
SERVICES_FOLDER = Path("deploy/k8s/base/services")
DEFINITIONS = Path("deploy/k8s/components/rabbitmq/definitions.json")
USERS = Path("deploy/k8s/components/mongodb/users.json")
HEAD = "# Generated from deploy/cluster/table.py (make k8s); do not edit.\n"
CPU_LIMIT, MEMORY_LIMIT = 10, 3  # times what is asked for
Document = dict[str, Any]


class _Plain(yaml.SafeDumper):
    """Writes repeated parts out: a reader of an object need not look elsewhere."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def objects(service: Service) -> list[Document]:
    """The Kubernetes objects of a service."""
    text = Template(TEMPLATE.read_text()).substitute(
        name=service.name,
        cpu=service.cpu,
        memory=service.memory,
        cpu_limit=times(CPU_LIMIT, service.cpu),
        memory_limit=times(MEMORY_LIMIT, service.memory),
        most=service.most,
    )
    found: list[Document] = yaml.safe_load(text)
    for each in found:
        if each["kind"] in {"Deployment", "Job"}:
            [container] = each["spec"]["template"]["spec"]["containers"]
            # A copy: the lists that anchors name are shared.
            secrets = [_secret(service.name, name) for name in service.secrets]
            container["env"] = [*container["env"], *secrets]
        if each["kind"] == "Deployment" and service.providers:
            each["spec"]["template"]["metadata"]["labels"]["reaches-providers"] = "yes"
            given = [{"secretRef": {"name": p, "optional": True}} for p in service.providers]
            container["envFrom"] = [*container["envFrom"], *given]
    return found


def alerts() -> str:
    """The alert rules, with a term for each service where the template says EACH."""
    names = sorted(service.name for service in SERVICES)

    def of_each(found: re.Match[str]) -> str:
        terms = [f'absent({found[1]}{{service="{name}"}})' for name in names]
        return "\n          or ".join(terms)

    return HEAD + EACH.sub(of_each, (TEMPLATES / "alerts.yaml").read_text())


def times(factor: int, quantity: str) -> str:
    """A quantity such as 100m or 128Mi, multiplied."""
    number, unit = re.fullmatch(r"(\d+)([A-Za-z]*)", quantity).groups()  # type: ignore[union-attr]
    return f"{int(number) * factor}{unit}"


def files() -> dict[Path, str]:
    """Path below the repository's root → content of each generated file."""
    names = [f"{service.name}.yaml" for service in SERVICES]
    index = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": names,
    }
    return {
        SERVICES_FOLDER / "kustomization.yaml": HEAD + _dump([index]),
        **{
            SERVICES_FOLDER / name: HEAD + _dump(objects(service))
            for name, service in zip(names, SERVICES, strict=True)
        },
        ALERTS: alerts(),
        DEFINITIONS: json.dumps(definitions(), indent=1) + "\n",
        USERS: json.dumps(database_users(), indent=1) + "\n",
    }


def _secret(secret: str, variable: str) -> Document:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": secret, "key": variable}}}


def _dump(documents: list[Document]) -> str:
    return yaml.dump_all(documents, Dumper=_Plain, sort_keys=False, width=100)


def differing(root: Path) -> list[Path]:
    """Generated files that are not what they should be, and files that nobody generates."""
    wanted = files()
    stale = {path.relative_to(root) for path in (root / SERVICES_FOLDER).glob("*")} - wanted.keys()
    return sorted(
        stale
        | {
            path
            for path, content in wanted.items()
            if not (root / path).exists() or (root / path).read_text() != content
        }
    )


def main(arguments: list[str]) -> int:
    different = differing(ROOT)
    if "--check" in arguments:
        for path in different:
            print(f"{path} differs from the table: run make k8s, and review", file=sys.stderr)
        return 1 if different else 0
    wanted = files()
    for path in different:
        target = ROOT / path
        if path in wanted:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(wanted[path])
        else:
            target.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
