"""`python -m deploy.entry broker-definitions RIGHTS PASSWORDS FILE`: what a broker loads first.

RIGHTS is deploy/k8s/components/rabbitmq/definitions.json (deploy/cluster/rights.py), as mounted;
PASSWORDS a folder with a file for each user who has rights there. FILE becomes RabbitMQ's
definitions: those rights, and the users with salted hashes.
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

from deploy.cluster.table import BACKUP

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


def with_users(rights: dict[str, Any], passwords: Path) -> dict[str, Any]:
    """`rights` and their users; raises OSError if a password is missing."""
    names = [right["user"] for right in rights["permissions"]]
    users = [user(name, (passwords / name).read_text().strip()) for name in names]
    return {"users": users, **rights}


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    rights, passwords, file = map(Path, arguments)
    try:
        content = json.dumps(with_users(json.loads(rights.read_text()), passwords), indent=1)
    except OSError as error:
        print(f"rights or a password are missing: {error}", file=sys.stderr)
        return 1
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
