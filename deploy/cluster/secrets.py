"""`python -m deploy.cluster.secrets FOLDER`: make the secrets of a deployment that are missing.

Writes files for one Secret after the other, and a kustomization.yaml that makes Secrets of them:
`kubectl apply --kustomize FOLDER --namespace smart-cppcc`. What is there stays as it is, so a new
service gets its own by running it again. Keep FOLDER where backups of secrets are kept.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deploy.cluster.table import ADMIN, BACKUP, CLIENTS, SERVICES
from shared import keys

# Secret → names of its files; a password's characters need no escape in an address.
USERS = [client.name for client in CLIENTS] + [BACKUP]
PASSWORDS = {
    "broker-passwords": USERS,
    "broker-cookie": ["cookie"],
    "database-passwords": [*USERS, ADMIN],
}
KEY_FILE = ("database-keyfile", "keyfile")
KEYS = "keys"


def password() -> str:
    return secrets.token_urlsafe(24)


def data_key() -> str:
    """32 random bytes in base64, as services/members/cipher.py wants them."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def ensure(folder: Path) -> None:
    """Make what is missing below `folder`, and the list of it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found: dict[str, list[str]] = {}
    for secret, names in PASSWORDS.items():
        found[secret] = [_keep(folder, secret, name, password) for name in names]
    found[KEY_FILE[0]] = [_keep(folder, *KEY_FILE, lambda: secrets.token_hex(128))]
    for service in SERVICES:
        if service.secrets:
            found[service.name] = [
                _keep(folder, service.name, variable, data_key) for variable in service.secrets
            ]
    issuers = [client.name for client in CLIENTS]
    keys.ensure(folder / KEYS, issuers)
    found["public-keys"] = [f"{KEYS}/jwks.json"]
    for issuer in issuers:
        found[f"keys-{issuer}"] = [f"{KEYS}/{issuer}.{kind}" for kind in ("pem", "kid")]
    # JSON is YAML.
    (folder / "kustomization.yaml").write_text(json.dumps(_kustomization(found), indent=1) + "\n")


def _keep(folder: Path, secret: str, name: str, make: Callable[[], str]) -> str:
    """The path of a file below `folder`, made if it is not there."""
    path = folder / secret / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
    return str(path.relative_to(folder))


def _kustomization(found: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "generatorOptions": {"disableNameSuffixHash": True},
        "secretGenerator": [
            {"name": secret, "files": files} for secret, files in sorted(found.items())
        ],
    }


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    ensure(Path(arguments[0]))
    print(f"kubectl apply --kustomize {arguments[0]} --namespace smart-cppcc")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
