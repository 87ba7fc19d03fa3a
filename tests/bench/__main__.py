"""`make bench`: each figure is a ratio to a limit measured in the same run.

Real RabbitMQ, MongoDB and processes, all ended in the end. Results on stdout, progress on stderr.
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from shared import logging
from tests.bench import (
    capacity,
    echo,
    flood,
    growth,
    growth_consultations,
    growth_opinions,
    growth_supervision,
    idle,
    listing,
    memory,
    outcomes,
    pages,
    points,
    race,
    visible,
)
from tests.bench.platform import Bench
from tests.bench.report import Figure
from tests.stack import Servers

MEASURES: dict[str, Callable[[Bench], list[Figure]]] = {
    "listing": listing.measure,
    "echo": echo.measure,
    "visible": visible.measure,
    "pages": pages.measure,
    "race": race.measure,
    "idle": idle.measure,
    "memory": memory.measure,
    "capacity": capacity.measure,  # after memory: sixteen at once leave more of it behind
    "growth": growth.measure,
    "outcomes": outcomes.measure,
    "growth_opinions": growth_opinions.measure,
    "growth_consultations": growth_consultations.measure,
    "growth_supervision": growth_supervision.measure,
    "points": points.measure,
    "flood": flood.measure,
}


def main() -> int:
    """Exit code: 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[[], *MEASURES], help="some measures only")
    chosen = parser.parse_args().only or list(MEASURES)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    began = time.monotonic()
    missed = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        log_to(Path(folder) / "bench.log")
        servers = Servers(Path(folder))
        try:
            bench = Bench.start(servers, tell)
            for name in chosen:
                tell(f"{name} …")
                for figure in MEASURES[name](bench):
                    print(figure, flush=True)
                    missed += [] if figure.met else [figure.name]
            bench.stack.close()
        finally:
            servers.end()
    tell(f"done in {time.monotonic() - began:.0f} s")
    if missed:
        tell(f"missed: {', '.join(missed)}")
    return 1 if missed else 0


def log_to(path: Path) -> None:
    """Log as the processes do, at the same cost, but to a file: stdout is for results."""
    with contextlib.redirect_stderr(path.open("w")):
        logging.configure("bench")


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("stopped")
