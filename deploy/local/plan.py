"""What should run for one data folder: ports, servers, our processes and their environment."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.local import ports, programs, servers
from deploy.local.options import Options
from deploy.local.ports import Ports
from deploy.local.programs import Program
from shared.settings import PROVIDERS

# Settings of our processes that a developer may give to `make run`, and their local defaults.
SETTINGS = {
    "ENVIRONMENT": "development",
    "LOG_LEVEL": "INFO",
    "DB_PREFIX": "",
    "GATEWAY_HOST": "127.0.0.1",
    "RETRY_DELAYS": "1,5,30,120,600",
    "LARGEST_FILE": str(20 * 1024 * 1024),
    "LARGEST_EXPORT": "500",
    "CLAMD_URI": "",
    "PROXIES": "0",
    "CLIENT_SHARE": "0.25",
    **dict.fromkeys(PROVIDERS, ""),
}


@dataclass(frozen=True)
class Plan:
    ports: Ports
    servers: list[Program]
    application: list[Program]
    environment: dict[str, str]

    @property
    def programs(self) -> list[Program]:
        return [*self.servers, *self.application]

    @property
    def gateway(self) -> str:
        return gateway_url(self.environment)


def gateway_url(environment: Mapping[str, str]) -> str:
    """The address that a browser on this machine reaches."""
    host = environment["GATEWAY_HOST"]
    shown = "127.0.0.1" if host == "0.0.0.0" else host
    return f"http://{shown}:{environment['GATEWAY_PORT']}"


def make(options: Options, environ: Mapping[str, str], remembered: Mapping[str, int]) -> Plan:
    """The plan for the wishes in `environ` and the ports that the data folder remembers."""
    chosen = ports.choose(environ, remembered)
    wanted = [
        *([] if options.amqp_uri else servers.rabbitmq(options.data_dir / "rabbitmq", chosen)),
        *([] if options.mongo_uri else [servers.mongod(options.data_dir / "mongo", chosen.mongo)]),
    ]
    environment = {
        **{name: environ.get(name) or default for name, default in SETTINGS.items()},
        "AMQP_URI": options.amqp_uri or servers.amqp_uri(chosen.rabbitmq),
        "MONGO_URI": options.mongo_uri or servers.mongo_uri(chosen.mongo),
        "KEYS_DIR": str(options.keys),
        "GATEWAY_PORT": str(chosen.gateway),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # glibc's default of many arenas costs tens of MB a process
    }
    names = programs.services()
    application = programs.application(sys.executable, environment, names)
    return Plan(chosen, wanted, application, environment)
