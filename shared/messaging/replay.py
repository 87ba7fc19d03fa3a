"""`python -m shared.messaging.replay SERVICE`: rebuild the projections of a running service.

Starts a replay (`shared/messaging/replays.py`), shows its progress and waits for its end.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from shared.errors import AppError
from shared.messaging.operator import Operator

LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 120.0  # without any progress


def describe(state: dict[str, Any]) -> str:
    """One line of progress; names the producers whose relay has yet to answer."""
    total = "?" if state["expected"] is None else state["expected"]
    waiting = f", waiting for {', '.join(state['silent'])}" if state["silent"] else ""
    return f"{state['done']}/{total} events, {state['state'].lower()}{waiting}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m shared.messaging.replay SERVICE", file=sys.stderr)
        return 2
    service = arguments[0]
    try:
        with Operator(service) as operator:
            replay_id = operator.call("start_replay")["replay_id"]
            shown, moved_at = "", time.monotonic()
            while (state := operator.call("replay_state"))["state"] != "DONE":
                if state["replay_id"] != replay_id:
                    print(f"{service}: another replay took over", file=sys.stderr)
                    return 1
                if (line := describe(state)) != shown:
                    print(f"{service}: {line}", flush=True)
                    shown, moved_at = line, time.monotonic()
                if time.monotonic() - moved_at > PATIENCE_SECONDS:
                    print(f"{service}: no progress; is the relay running?", file=sys.stderr)
                    return 1
                time.sleep(LOOK_SECONDS)
    except AppError as error:
        print(f"replay of {service} failed: {error}; is it running?", file=sys.stderr)
        return 1
    print(f"{service}: projections rebuilt and swapped in")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
