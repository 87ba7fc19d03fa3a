"""Bringing the platform up: servers, services, demo data, in this order, each waited for."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pymongo

from deploy.local import health, plan, ports, processes, programs, servers
from deploy.local.options import ROOT, Options, PlatformError
from deploy.local.plan import Plan
from deploy.local.supervise import Supervisor

STEPS = 6  # bootstrap.sh has made the first two: Debian packages, Python environment
DEMO = "deploy.local.demo"
LISTENS = {"rabbitmq": "rabbitmq", "mongod": "mongo", "gateway": "gateway"}  # program → port


def up(settings: Options) -> int:
    """Start what is not running, wait until healthy, load the demo data once."""
    settings.logs.mkdir(parents=True, exist_ok=True)
    with only_one(settings):
        say(3, graphiql())
        supervisor = Supervisor(settings)
        remembered = recall_ports(settings, supervisor)
        wanted = plan.make(settings, os.environ, remembered)
        say(4, f"Servers: {_servers_line(settings, wanted)}")
        require_free_ports(wanted, remembered, supervisor)
        start_servers(settings, wanted, supervisor)
        names = programs.services()
        say(5, f"Services: {', '.join(names)}, relay, gateway")
        _module("shared.keys", "--dir", str(settings.keys), *programs.issuers(names))
        supervisor.start(wanted.application)
        health.wait_for_services(settings, wanted, supervisor)
        say(6, load_demo(wanted))
    announce(wanted)
    return 0


def recall_ports(settings: Options, supervisor: Supervisor) -> dict[str, int]:
    """The data folder's ports; ends what a killed supervisord left behind on them.

    Erlang's own ports are nobody's business outside: one that is taken now is forgotten.
    """
    remembered = ports.recall(settings.ports)
    if supervisor.alive():
        return remembered
    processes.end_all(settings.data_dir)
    return {
        name: port
        for name, port in remembered.items()
        if name in ports.DEFAULTS or ports.is_free(port)
    }


def require_free_ports(wanted: Plan, before: dict[str, int], supervisor: Supervisor) -> None:
    """Raises PlatformError if a program that has to start finds its port taken."""
    states = supervisor.states() if supervisor.alive() else {}
    running = {name for name, info in states.items() if info["pid"]}
    listening = {program.name for program in wanted.programs} & LISTENS.keys()
    for name in sorted(listening):
        port = getattr(wanted.ports, LISTENS[name])
        if name not in running or before.get(LISTENS[name]) != port:
            ports.require_free(LISTENS[name], port)


def start_servers(settings: Options, wanted: Plan, supervisor: Supervisor) -> None:
    """supervisord with the wanted programs, the servers answering; raises PlatformError."""
    ports.remember(wanted.ports, settings.ports)
    settings.environment.touch(mode=0o600)
    settings.environment.write_text(json.dumps(wanted.environment, indent=1))
    supervisor.converge(wanted.programs)
    supervisor.start(wanted.servers)
    health.wait_for_servers(settings, wanted, supervisor)


def graphiql(root: Path = ROOT) -> str:
    """Install GraphiQL's packages if npm is there; says in one line what came of it."""
    folder = root / "gateway" / "graphiql"
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".lock-digest"
    if not lock.exists():
        return "GraphiQL: not part of this version"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return "GraphiQL: ready"
    if shutil.which("npm") is None:
        return "GraphiQL: off, because npm is not installed (all else works without it)"
    print("      GraphiQL: npm ci …", flush=True)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return f"GraphiQL: off, because npm ci failed ({last})"
    stamp.write_text(digest)
    return "GraphiQL: ready"


def has_demo(wanted: Plan) -> bool:
    """Whether this platform gets the demo data: never in production."""
    return _exists(DEMO) and wanted.environment["ENVIRONMENT"] != "production"


def load_demo(wanted: Plan) -> str:
    """Load the demo data unless this database has it; the mark lies beside the data."""
    environment = wanted.environment
    if not has_demo(wanted):
        return "Demo data: none"
    database = f"{environment['DB_PREFIX']}platform"
    with pymongo.MongoClient[servers.Document](environment["MONGO_URI"]) as client:
        marks = client[database]["loaded"]
        if marks.find_one({"_id": "demo"}):
            return "Demo data: loaded before"
        print("      Demo data: loading …", flush=True)
        try:
            _module(DEMO, environment=environment)
        except PlatformError as error:
            raise PlatformError(f"{error}; make run goes on where it stopped") from None
        marks.update_one({"_id": "demo"}, {"$set": {"loaded": True}}, upsert=True)
    return "Demo data: loaded"


def announce(wanted: Plan) -> None:
    """The address, and the demo accounts or else how to make the first account."""
    print(f"\nSmart CPPCC is running: {wanted.gateway}/graphql\n", flush=True)
    if has_demo(wanted):
        _module(DEMO, "--accounts", environment=wanted.environment)
    else:
        print("No demo accounts: make admin creates an administrator, with a one-time code.")
    print("\nmake status · make logs · make stop")


def say(step: int, text: str) -> None:
    print(f"{step}/{STEPS} {text}", flush=True)


def _module(*arguments: str, environment: dict[str, str] | None = None) -> None:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(environment or {})})
    if done.returncode:
        raise PlatformError(f"python -m {arguments[0]} failed; its own words stand above")


def _servers_line(settings: Options, wanted: Plan) -> str:
    rabbitmq = "of AMQP_URI" if settings.amqp_uri else f"port {wanted.ports.rabbitmq}"
    mongo = "of MONGO_URI" if settings.mongo_uri else f"port {wanted.ports.mongo}"
    return f"RabbitMQ {rabbitmq}, MongoDB {mongo}"


def _exists(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


@contextlib.contextmanager
def only_one(settings: Options) -> Iterator[None]:
    with settings.lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PlatformError(
                f"Another make run is at work in {settings.data_dir}: wait for it"
            ) from None
        yield
