"""Ending a platform by the mark that its processes carry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from deploy.local import processes

# As RabbitMQ does with Erlang's epmd: starts a helper while it is ending.
STARTS_ANOTHER = """
import signal, subprocess, sys, time
def end(*_):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("ready", flush=True)
time.sleep(600)
"""


def test_what_is_started_while_the_platform_is_ending_ends_too(tmp_path: Path) -> None:
    environment = {**os.environ, processes.MARK: str(tmp_path)}
    command = [sys.executable, "-c", STARTS_ANOTHER]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"ready\n"
        assert [process.pid for process in processes.marked(tmp_path)] == [first.pid]
        processes.end_all(tmp_path)
    assert processes.marked(tmp_path) == []
