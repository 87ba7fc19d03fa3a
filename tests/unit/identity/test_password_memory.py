"""A process that has hashed passwords is as small as before."""

from __future__ import annotations

import subprocess
import sys

GROWTH = """
from concurrent.futures import ThreadPoolExecutor
import psutil
from services.identity.passwords import Argon2

argon, process = Argon2(), psutil.Process()
before = process.memory_info().rss
with ThreadPoolExecutor(2) as pool:
    list(pool.map(lambda _: argon.hash("Wujiang-2017"), range(12)))
    print((process.memory_info().rss - before) // 2**20)
"""


def test_hashing_in_two_threads_leaves_no_memory_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 10  # one hash takes 19 MiB
