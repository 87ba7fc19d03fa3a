"""`make backup` and `make restore FROM=…`: deploy/backup on the local platform's own servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from deploy.backup.broker import API, CTL
from deploy.local import plan, servers, up
from deploy.local.options import ROOT, Options, PlatformError
from deploy.local.programs import Program
from deploy.local.supervise import Supervisor


def backup(settings: Options, folder: str = "") -> int:
    """Take a backup of the running platform, into `folder` or the data folder's `backups`."""
    if not Supervisor(settings).alive():
        raise PlatformError("The platform is not running: make run")
    environment = json.loads(settings.environment.read_text())
    wanted = plan.make(settings, os.environ, up.recall_ports(settings, Supervisor(settings)))
    target = folder or str(settings.data_dir / "backups")
    done = _run(wanted.servers, environment, "deploy.backup", target)
    if not done:
        print(f"Keys are not in it; without {settings.keys} sealed data cannot be opened again.")
    return done


def restore(settings: Options, folder: str = "") -> int:
    """Start the servers alone, empty as they must be, and put the backup in."""
    if not folder:
        raise PlatformError("Give the backup: make restore FROM=.data/backups/…")
    supervisor = Supervisor(settings)
    if supervisor.alive():
        raise PlatformError("The platform is running: make stop, then make clean")
    settings.logs.mkdir(parents=True, exist_ok=True)
    with up.only_one(settings):
        remembered = up.recall_ports(settings, supervisor)
        wanted = plan.make(settings, os.environ, remembered)
        up.require_free_ports(wanted, remembered, supervisor)
        up.start_servers(settings, wanted, supervisor)
        done = _run(wanted.servers, wanted.environment, "deploy.backup.restore", folder)
    if not done:
        print("make run starts the services.")
    return done


def way(own: list[Program]) -> dict[str, str]:
    """How to reach the definitions of the broker among our own servers, if it is ours."""
    for program in own:
        if program.name == "rabbitmq":
            return {**program.environment, CTL: str(servers.RABBITMQCTL)}
    return {}


def _run(own: list[Program], environment: Mapping[str, str], *module: str) -> int:
    ways = {} if os.environ.get(API) else way(own)
    command = [sys.executable, "-m", *module]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment, **ways}).returncode
