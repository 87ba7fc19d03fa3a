"""`python -m deploy.entry broker-definitions PASSWORDS FILE`: what a broker loads at its start.

PASSWORDS is a folder with a file for each user, as a Secret is mounted; FILE becomes RabbitMQ's
definitions: users with salted hashes, and their rights (deploy/cluster/rights.py). The rights
alone, without users, are committed as deploy/k8s/components/rabbitmq/definitions.json.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from deploy.cluster.rights import definitions
from deploy.cluster.table import BACKUP, CLIENTS

ALGORITHM = "rabbit_password_hashing_sha256"
# Only an administrator may export definitions.
TAGS = {BACKUP: ["administrator"]}


def user(name: str, password: str) -> dict[str, Any]:
    """The broker's record of a user: base64 of salt and SHA-256 of salt and password."""
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return {
        "name": name,
        "password_hash": base64.b64encode(salt + digest).decode(),
        "hashing_algorithm": ALGORITHM,
        "tags": TAGS.get(name, []),
    }


def with_users(passwords: Path) -> dict[str, Any]:
    """The definitions with a user for each client; raises OSError if a password is missing."""
    names = [*(client.name for client in CLIENTS), BACKUP]
    users = [user(name, (passwords / name).read_text().strip()) for name in names]
    return {"users": users, **definitions()}


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    passwords, file = map(Path, arguments)
    try:
        content = json.dumps(with_users(passwords), indent=1)
    except OSError as error:
        print(f"a password is missing: {error}", file=sys.stderr)
        return 1
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
