"""`python -m shared.messaging.runner SERVICE`: one service process.

SERVICE is a folder below `services`, or the dotted name of a module with a service class.
"""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from types import ModuleType
from typing import cast


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m shared.messaging.runner SERVICE", file=sys.stderr)
        return 2
    warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated")
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
    # eventlet's own resolver costs 9 MB. The system's blocks the process for a moment instead, and
    # only while it connects.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    # Imported where found and never used: rich by structlog for colours (5 MB), yaml by kombu (1).
    for unused in ("rich", "yaml"):
        sys.modules.setdefault(unused, cast(ModuleType, None))
    import eventlet

    eventlet.monkey_patch()  # before anything else is imported
    return run(arguments[0])


def run(service: str) -> int:
    """Run until SIGTERM or SIGINT: stop consuming, finish, ack, then end."""
    import gc
    import logging
    import signal

    import eventlet
    from nameko.containers import ServiceContainer

    from shared import settings, tracing
    from shared.logging import configure, get_logger
    from shared.messaging import probes

    module_name = service if "." in service else f"services.{service}.service"
    name = module_name.split(".")[-2]
    configure(name)
    tracing.configure(name)
    logging.getLogger("nameko").setLevel(logging.CRITICAL)  # the kernel logs each failure once
    logging.getLogger("amqp").setLevel(logging.ERROR)
    log = get_logger(__name__)
    found = service_class(module_name)
    if found is None:
        log.error("no_service_class", imported=module_name)
        return 1
    container = ServiceContainer(found, {"AMQP_URI": settings.load().amqp_uri, "max_workers": 100})

    if (port := settings.load().probe_port) is not None:
        probes.serve(container, port)

    def stop(*_: object) -> None:
        eventlet.spawn_n(container.stop)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        container.start()
    except Exception as error:
        log.error("start_failed", exc_info=error)
        return 1
    gc.collect()
    gc.freeze()  # imported code never becomes garbage; keep the collector from walking it
    gc.set_threshold(*settings.COLLECTOR)
    log.info("started")
    try:
        container.wait()
    except Exception as error:
        log.error("died", exc_info=error)
        return 1
    log.info("stopped")
    return 0


def service_class(module_name: str) -> type | None:
    """The class that is the service of a module: named after its folder, and alone."""
    name = module_name.split(".")[-2]
    module = importlib.import_module(module_name)
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and getattr(value, "name", None) == name
    ]
    return found[0] if len(found) == 1 else None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
