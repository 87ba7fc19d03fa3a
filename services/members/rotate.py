"""`python -m services.members.rotate`: seal identity numbers and religion with a new key.

With a key of the keys folder it makes the new one itself, and ends when the former opens nothing
any more. With MEMBERS_DATA_KEY="new,former" it seals with the first; the former can be taken out
when it says so. While people work, and again from where it was broken off.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Callable

from services.members.cipher import VARIABLE, DataCipher, key_file, load
from services.members.repository.sealed import left, seal_anew
from shared import settings
from shared.persistence import Database, connect
from shared.sealing import KEY_BYTES, KeyFile

SERVICE = "members"
TRIES = 5
SETTLE_SECONDS = 2.0  # longer than a write that began with the former key takes
Tell = Callable[[str], None]


def rotate(database: Database, cipher: DataCipher, file: KeyFile | None, tell: Tell) -> int:
    """Exit code: 1 while something is still sealed with a former key."""
    if file is not None:
        if len(file()) == 1:
            file.write(secrets.token_bytes(KEY_BYTES), *file())
            tell("a new key seals from now on; the former one still opens")
        else:
            tell("a change that was broken off goes on")
    still = 0
    for _ in range(TRIES):
        while seal_anew(database, cipher, tell):
            time.sleep(SETTLE_SECONDS)
        if not (still := left(database, cipher)):
            break
        time.sleep(SETTLE_SECONDS)  # a write that took longer has come after all
    if still:
        tell(f"{still} persons are not sealed anew: run it again")
        return 1
    if file is not None:
        file.write(file()[0])
        tell("all is sealed with the new key; the former one is gone")
    else:
        tell(f"all is sealed with the first key of {VARIABLE}; a second one can be taken out")
    return 0


def main() -> int:
    process = settings.load()
    cipher = load(os.environ, process)
    file = None if VARIABLE in os.environ else key_file(process)
    with connect(process) as client:
        return rotate(Database(client, SERVICE, process), cipher, file, print)


if __name__ == "__main__":
    sys.exit(main())
