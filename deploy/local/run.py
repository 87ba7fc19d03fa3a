"""`python -m deploy.local.run COMMAND`: the commands of the local platform, as COMMANDS lists them.

`up` brings the processes to what the sources and the environment ask for, whatever state they
are in; running it again changes only what differs.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Callable

from deploy.local import backups, options, processes, status, up
from deploy.local.options import ROOT, Options, PlatformError
from deploy.local.supervise import Supervisor
from deploy.local.waiting import until

STOP_SECONDS = 60


def down(settings: Options) -> int:
    """Stop everything of this data folder and nothing else."""
    if not processes.marked(settings.data_dir):
        print("Nothing is running.")
        return 0
    if Supervisor(settings).stop():
        until(lambda: not processes.marked(settings.data_dir), STOP_SECONDS)
    processes.end_all(settings.data_dir)
    print("Stopped.")
    return 0


def logs(settings: Options, *names: str) -> int:
    """Follow the logs of `names`, or of all; ends with Ctrl-C."""
    files = [settings.logs / f"{name}.log" for name in names] or sorted(settings.logs.glob("*.log"))
    missing = [file.stem for file in files if not file.exists()]
    if missing or not files:
        known = ", ".join(sorted(file.stem for file in settings.logs.glob("*.log")))
        raise PlatformError(f"No log of {', '.join(missing) or 'anything'}; there are: {known}")
    os.execvp("tail", ["tail", "-n", "20", "-F", *map(str, files)])


def execute(settings: Options, *command: str) -> int:
    """Run a module in the running platform's environment: `exec services.identity.admin …`."""
    if not Supervisor(settings).alive():
        raise PlatformError("The platform is not running: make run")
    environment = json.loads(settings.environment.read_text())
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "-m", *command], {**os.environ, **environment})


def clean(settings: Options) -> int:
    """Remove what the platform keeps in its data folder; refused while it runs."""
    if processes.marked(settings.data_dir):
        raise PlatformError("The platform is running: make stop, then make clean")
    for name in ("logs", "keys", "rabbitmq", "mongo"):
        shutil.rmtree(settings.data_dir / name, ignore_errors=True)
    for file in (
        settings.ports,
        settings.environment,
        settings.supervisor_config,
        settings.supervisor_pid,
        settings.socket,
        settings.lock,
    ):
        file.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # someone else's files keep the folder
        settings.data_dir.rmdir()
    return 0


COMMANDS: dict[str, Callable[..., int]] = {
    "up": up.up,
    "down": down,
    "status": status.show,
    "logs": logs,
    "exec": execute,
    "clean": clean,
    "backup": backups.backup,
    "restore": backups.restore,
}


def main(arguments: list[str]) -> int:
    command, *rest = arguments or ["help"]
    if command not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return COMMANDS[command](options.read(os.environ), *rest)
    except PlatformError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # `make status | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
