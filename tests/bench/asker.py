"""Clients that ask one after the other, as lean as can be: `python -m tests.bench.asker`.

Reads {"port", "headers", "body", "clients", "seconds"} from stdin; each `@` of the body becomes an
id of its own. Prints {"requests", "seconds", "answer"} of those that were answered with 200; ends
with 1 at the first other answer.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any
from uuid import uuid4

import orjson
import uvloop

END = b"\r\n\r\n"


class Client(asyncio.Protocol):
    _transport: Any  # uvloop's is no asyncio.Transport

    def __init__(self, run: Run) -> None:
        self._run = run
        self._come = b""
        self._wanted = 0  # bytes of the answer; 0 before its head is there
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._transport.write(self._run.request())

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("closed"))

    def data_received(self, data: bytes) -> None:
        self._come += data
        if not self._wanted and END in self._come:
            head, _, _ = self._come.partition(END)
            if b" 200 " not in head.partition(b"\r\n")[0]:
                self.ended.set_exception(ValueError(self._come))
                return
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            self._wanted = len(head) + len(END) + int(length)
        if self._wanted and len(self._come) >= self._wanted:
            self._run.answer = self._come.partition(END)[2]
            self._run.requests += 1
            self._come, self._wanted = b"", 0
            if time.monotonic() < self._run.until:
                self._transport.write(self._run.request())
            else:
                self.ended.set_result(None)


class Run:
    """One run with all its clients."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self._port, self._clients = asked["port"], asked["clients"]
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in asked["headers"].items())
        self._body = asked["body"]
        self.requests, self.answer = 0, b""
        self.until = time.monotonic() + asked["seconds"]

    def request(self) -> bytes:
        body = self._body.replace("@", str(uuid4())).encode()
        head = f"POST /graphql HTTP/1.1\r\nHost: localhost\r\n{self._headers}"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    async def carry_out(self) -> None:
        loop = asyncio.get_running_loop()
        made = [
            await loop.create_connection(lambda: Client(self), "127.0.0.1", self._port)
            for _ in range(self._clients)
        ]
        await asyncio.gather(*(client.ended for _, client in made))


def main() -> None:
    run = Run(orjson.loads(sys.stdin.buffer.read()))
    began = time.monotonic()
    uvloop.run(run.carry_out())
    seconds = time.monotonic() - began
    told = {"requests": run.requests, "seconds": seconds, "answer": run.answer.decode()}
    sys.stdout.buffer.write(orjson.dumps(told))


if __name__ == "__main__":
    main()
