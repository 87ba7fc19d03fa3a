"""Dead letters: `python -m shared.messaging.dead_letters list|put-back SERVICE`.

`list` shows them and leaves them there. `put-back` gives each to its own queue again as a fresh
message (no tries used); it is removed from the dead letters only after the broker's confirm.
"""

from __future__ import annotations

import sys
from typing import Any

import orjson
import pika

from shared.errors import AppError
from shared.messaging import signatures, topology
from shared.messaging.operator import Operator


def describe(body: bytes, headers: dict[str, Any]) -> str:
    """One line: queue, error code, the event's type, subject and id, and the reason."""
    try:
        event = orjson.loads(body)
        what = f"{event['type']} {event['subject']} {event['id']}"
    except (orjson.JSONDecodeError, KeyError, TypeError):
        what = f"not an event: {body[:60]!r}"
    queue = headers.get(topology.QUEUE) or _first_queue(headers)
    code, reason = headers.get(topology.CODE, "DELIVERY_LIMIT"), headers.get(topology.REASON, "")
    return f"{queue}  {code}  {what}  {reason}"


def walk(channel: Any, service: str, *, put_back: bool) -> list[str]:
    """Describe every dead letter of `service`; with `put_back` send each to its queue again."""
    queue = topology.dead_queue(service)
    topology.declare_with_pika(channel, topology.RETRY_EXCHANGES, [queue])
    channel.confirm_delivery()
    lines: list[str] = []
    tags: list[int] = []
    while True:
        method, properties, body = channel.basic_get(queue.name)
        if method is None:
            break
        headers = dict(properties.headers or {})
        lines.append(describe(body, headers))
        target = headers.get(topology.QUEUE) or _first_queue(headers)
        if put_back and target:
            kept = {signatures.HEADER} & headers.keys()
            channel.basic_publish(
                topology.RETRY_EXCHANGE,
                topology.now_key(target),
                body,
                pika.BasicProperties(
                    content_type=properties.content_type,
                    delivery_mode=2,
                    headers={key: headers[key] for key in kept},
                ),
                mandatory=True,
            )
            channel.basic_ack(method.delivery_tag)
        else:
            tags.append(method.delivery_tag)
    for tag in tags:
        channel.basic_nack(tag, requeue=True)
    return lines


def _first_queue(headers: dict[str, Any]) -> str:
    """The queue that the broker itself buried it from (delivery limit)."""
    deaths = headers.get("x-death") or []
    return str(deaths[0]["queue"]) if deaths else ""


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[0] not in {"list", "put-back"}:
        print(
            "usage: python -m shared.messaging.dead_letters list|put-back SERVICE", file=sys.stderr
        )
        return 2
    command, service = arguments
    try:
        with Operator(service) as operator:
            lines = walk(operator.channel, service, put_back=command == "put-back")
    except AppError as error:
        print(f"dead letters of {service}: {error}", file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    verb = "put back" if command == "put-back" else "found"
    print(f"{len(lines)} dead letters {verb} for {service}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
