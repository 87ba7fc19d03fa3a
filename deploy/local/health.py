"""Waiting until servers and services answer, with one clear line when they do not."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from deploy.local import servers
from deploy.local.options import Options, PlatformError
from deploy.local.plan import Plan
from deploy.local.supervise import Supervisor
from deploy.local.waiting import until

SERVER_SECONDS = 300
SERVICE_SECONDS = 600  # a busy machine takes minutes; a program that ends is told at once
TOLD_SECONDS = 30
OTHERS_SECONDS = 5  # for a server that is not ours and should be up already
STARTS_ALLOWED = 4


def wait_for_servers(options: Options, plan: Plan, supervisor: Supervisor) -> None:
    """Raises PlatformError naming the server that does not answer, and where to look."""
    check = _exit_check(options, supervisor, [program.name for program in plan.servers])
    amqp, mongo = plan.environment["AMQP_URI"], plan.environment["MONGO_URI"]
    if options.mongo_uri:
        if not until(lambda: servers.primary_answers(mongo), OTHERS_SECONDS, check):
            raise PlatformError(_absent("MONGO_URI", mongo, "MongoDB replica set"))
    elif not until(lambda: servers.become_primary(plan.ports.mongo), SERVER_SECONDS, check):
        raise PlatformError(_silent(options, "mongod", SERVER_SECONDS))
    if options.amqp_uri:
        if not until(lambda: servers.broker_answers(amqp), OTHERS_SECONDS, check):
            raise PlatformError(_absent("AMQP_URI", amqp, "RabbitMQ"))
    elif not until(lambda: servers.broker_answers(amqp), SERVER_SECONDS, check):
        raise PlatformError(_silent(options, "rabbitmq", SERVER_SECONDS))


def wait_for_services(options: Options, plan: Plan, supervisor: Supervisor) -> None:
    """Until the gateway reports every service ready; raises PlatformError with what is missing."""
    ends = _exit_check(options, supervisor, [program.name for program in plan.application])
    tell_at = time.monotonic() + TOLD_SECONDS

    def check() -> None:
        nonlocal tell_at
        ends()
        if time.monotonic() >= tell_at:
            tell_at += TOLD_SECONDS
            waiting = "; ".join(not_ready(readiness(plan.gateway)[1]))
            print(f"      still waiting: {waiting}", flush=True)

    if not until(lambda: readiness(plan.gateway)[0], SERVICE_SECONDS, check):
        _, report = readiness(plan.gateway)
        raise PlatformError(
            f"Not ready after {SERVICE_SECONDS} s: {'; '.join(not_ready(report))}: "
            f"see the last lines of the logs in {options.logs}/, and make status"
        )


def not_ready(report: Any) -> list[str]:
    """What the gateway's report does not call ok, as `service: code`, or the report itself."""
    if isinstance(report, dict) and isinstance(report.get("services"), dict):
        return [f"{name}: {state}" for name, state in report["services"].items() if state != "ok"]
    return [str(report)]


def readiness(gateway: str) -> tuple[bool, Any]:
    """Whether all services are ready, and the gateway's report (or why there is none)."""
    try:
        with urllib.request.urlopen(f"{gateway}/services", timeout=5) as response:
            return True, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return False, _json(error.read())
    except (OSError, ValueError) as error:
        return False, f"the gateway does not answer ({error})"


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def _exit_check(options: Options, supervisor: Supervisor, names: list[str]) -> Callable[[], None]:
    """A check that gives up on a program which keeps ending by itself."""
    starts: dict[str, set[int]] = {name: set() for name in names}

    def check() -> None:
        states = supervisor.states()
        for name in names:
            starts[name].add(states[name]["start"])
            if len(starts[name]) > STARTS_ALLOWED:
                raise PlatformError(
                    f"{name} ends again and again by itself: "
                    f"see the last lines of {options.logs / name}.log"
                )

    return check


def _silent(options: Options, name: str, seconds: int) -> str:
    return (
        f"{name} does not answer after {seconds} s: "
        f"see the last lines of {options.logs / name}.log, then make stop and make run"
    )


def _absent(variable: str, uri: str, what: str) -> str:
    shown = re.sub(r"//([^:/@]+):[^@]*@", r"//\1:***@", uri)
    return f"No {what} answers at {variable}={shown}: start it, or unset {variable}"
