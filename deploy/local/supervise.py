"""supervisord for one data folder: its configuration from a list of programs, and its control."""

from __future__ import annotations

import configparser
import contextlib
import io
import os
import shlex
import subprocess
import sys
import xmlrpc.client
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from deploy.local import processes
from deploy.local.options import Options, PlatformError
from deploy.local.programs import Program
from deploy.local.servers import SERVERS
from deploy.local.waiting import until

# A program in one of these states is up, or supervisord is already trying.
ACTIVE = {"STARTING", "RUNNING", "BACKOFF"}

# The n-th retry waits n seconds: a minute without a broker costs about ten retries, so a hundred
# outlast any pause that a developer makes, and nothing ends up FATAL meanwhile.
START_RETRIES = 100


# As long as the slowest program may take before supervisord kills it.
STOP_SECONDS = 30


def config_text(options: Options, programs: Iterable[Program]) -> str:
    """The configuration file; programs start only when told to, in the caller's order."""
    sections: dict[str, dict[str, object]] = {
        "supervisord": {
            "logfile": options.logs / "supervisord.log",
            "logfile_maxbytes": "5MB",
            "logfile_backups": 1,
            "pidfile": options.supervisor_pid,
            "childlogdir": options.logs,
            "nodaemon": "false",
            "umask": "077",
        },
        "unix_http_server": {"file": options.socket, "chmod": "0700"},
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": ("supervisor.rpcinterface:make_main_rpcinterface")
        },
        **{
            f"program:{program.name}": _program_section(options, program, priority)
            for priority, program in enumerate(programs, start=1)
        },
    }
    if os.geteuid() == 0:
        sections["supervisord"]["user"] = "root"  # meant, so without supervisord's warning
    parser = configparser.RawConfigParser()
    parser.read_dict(
        {
            name: {key: str(value).replace("%", "%%") for key, value in section.items()}
            for name, section in sections.items()
        }
    )
    text = io.StringIO()
    parser.write(text)
    return text.getvalue()


def _program_section(options: Options, program: Program, priority: int) -> dict[str, object]:
    return {
        "command": shlex.join(program.command),
        "directory": program.directory,
        "environment": _environment(program.environment),
        "priority": priority,
        "autostart": "false",
        "autorestart": "true",
        "startsecs": 3,
        "startretries": START_RETRIES,
        "stopsignal": "TERM",
        "stopwaitsecs": program.stop_seconds,
        "stopasgroup": "false",
        "killasgroup": "true",
        "stdout_logfile": options.logs / f"{program.name}.log",
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": 2,
        "redirect_stderr": "true",
    }


def _environment(values: Mapping[str, str]) -> str:
    for name, value in values.items():
        if '"' in value or "\n" in value:
            raise PlatformError(f"{name} cannot hold a quote or a line break: write it encoded")
    return ",".join(f'{name}="{value}"' for name, value in sorted(values.items()))


class Supervisor:
    """Control of the supervisord of one data folder; it may or may not run."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def alive(self) -> bool:
        try:
            self._ask("getState")
        except (OSError, xmlrpc.client.Error):
            return False
        return True

    def converge(self, programs: Sequence[Program]) -> None:
        """Make supervisord run with exactly these programs: new ones known, gone ones stopped.

        Programs whose command, settings or sources changed are stopped, to be started again.
        """
        self._write(config_text(self._options, programs))
        if not self.alive():
            self._launch()
            return
        [(added, changed, removed)] = self._ask("reloadConfig")
        for name in (*changed, *removed):
            self._ask("stopProcessGroup", name)
            self._ask("removeProcessGroup", name)
        for name in (*added, *changed):
            self._ask("addProcessGroup", name)

    def start(self, programs: Iterable[Program]) -> None:
        """Start those of `programs` that are not up; does not wait for them."""
        states = self.states()
        for program in programs:
            if states[program.name]["statename"] not in ACTIVE:
                self._ask("startProcess", program.name, False)

    def states(self) -> dict[str, dict[str, Any]]:
        """By program: statename, pid, stop time and supervisord's other facts."""
        try:
            return {info["name"]: info for info in self._ask("getAllProcessInfo")}
        except (OSError, xmlrpc.client.Error) as error:
            raise PlatformError(
                f"supervisord has stopped answering ({error}): make stop, then make run"
            ) from error

    def stop(self) -> bool:
        """Tell our processes to end, then the servers, then supervisord; False if it is not there.

        Returns while the last ones may still be ending.
        """
        if not self.alive():
            return False
        known = set(self.states())
        # epmd ends with supervisord, after RabbitMQ, which would start another one.
        for names in (known - set(SERVERS), known & set(SERVERS) - {"epmd"}):
            for name in names:
                with contextlib.suppress(xmlrpc.client.Fault):  # not running at the moment
                    self._ask("stopProcess", name, False)
            until(partial(self._none_runs, names), STOP_SECONDS)
        self._ask("shutdown")
        return True

    def _none_runs(self, names: Iterable[str]) -> bool:
        states = self.states()
        return not any(states[name]["pid"] for name in names)

    def _ask(self, method: str, *arguments: Any) -> Any:
        transport: Any = SupervisorTransport(serverurl=f"unix://{self._options.socket}")
        proxy = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)
        try:
            return getattr(proxy.supervisor, method)(*arguments)
        finally:
            transport.close()

    def _write(self, text: str) -> None:
        path = self._options.supervisor_config
        path.touch(mode=0o600)  # it may hold addresses with passwords
        path.write_text(text)

    def _launch(self) -> None:
        log = self._options.logs / "supervisord.log"
        environment = {**os.environ, processes.MARK: str(self._options.data_dir)}
        command = [sys.executable, "-m", "supervisor.supervisord"]
        started = subprocess.run(
            [*command, "-c", str(self._options.supervisor_config)],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if started.returncode or not until(self.alive, 10):
            reason = started.stderr.strip().splitlines()[-1:] or [f"see {log}"]
            raise PlatformError(f"supervisord does not start: {reason[0]}")
