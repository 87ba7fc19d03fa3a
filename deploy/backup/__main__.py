"""`python -m deploy.backup [FOLDER]`: take a backup into FOLDER, or that of BACKUP_DIR.

MONGO_URI and DB_PREFIX name the databases, RABBITMQ_API (http://user:password@host:15672) or
RABBITMQCTL (how to call it) the broker. Prints the new folder. Exits 1 and says why if there is
no backup.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from deploy.backup import broker, manifest
from deploy.backup.manifest import BackupError
from deploy.backup.take import take
from shared import settings, traces


def main(arguments: list[str]) -> int:
    parent = arguments[0] if arguments else os.environ.get("BACKUP_DIR", "")
    if len(arguments) > 1 or not parent:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        folder = take(settings.load(), broker.of(os.environ), Path(parent))
        found = manifest.read(folder)
    except BackupError as error:
        print(error, file=sys.stderr)
        return 1
    documents = sum(kept.count for kept in found.collections)
    print(f"{folder}: {documents} documents of {len(found.collections)} collections")
    return 0


if __name__ == "__main__":
    traces.guard()
    raise SystemExit(main(sys.argv[1:]))
