"""`python -m tests.bench.flooder URL SECONDS`: a visitor who wants to stall everyone.

Sixteen connections send texts that nobody has sent before, as long as they may be, and as many
values as they may; what comes back is counted by status. Without aiohttp or httpx, whose own cost
would slow the attack down.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import orjson

CONNECTIONS = 16
# As dear as the limits let it be: as many fields, and as many lists told apart, as one may ask for.
FIELDS = "id title state caseNo filedAt category submittedAt version"
LIST = f"proposals {{ edges {{ cursor node {{ {FIELDS} }} }} pageInfo {{ endCursor }} totalCount }}"
TEXT = " ".join(f"list{number}: {LIST}" for number in range(26))
TYPED = """mutation($input: ReportConsultationInput!) {
  reportConsultation(input: $input) { errors { code } } }"""
MOST_VALUES = 2_900
_number = itertools.count()


def text() -> str:
    """Valid to the parser and new each time; validation finds what is wrong with its last field."""
    return f"{{ {TEXT} nothing{next(_number)} }}"


def variables() -> dict[str, Any]:
    """As many values as a request may have, each of them wrong, for a text that is known."""
    return {"query": TYPED, "variables": {"input": {"items": [{}] * MOST_VALUES}}}


BODIES = itertools.cycle((lambda: {"query": text()}, variables))


async def _connection(host: str, port: int, until: float, seen: Counter[int]) -> None:
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection(host, port)
        except OSError:
            seen[0] += 1
            continue
        try:
            while time.monotonic() < until:
                body = orjson.dumps(next(BODIES)())
                head = (
                    "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                    f"content-length: {len(body)}\r\n\r\n"
                )
                writer.write(head.encode() + body)
                status = int((await reader.readline()).split()[1])
                length = 0
                while (line := await reader.readline()) != b"\r\n":
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                await reader.readexactly(length)
                seen[status] += 1
        except (OSError, IndexError, asyncio.IncompleteReadError):
            seen[0] += 1
        finally:
            writer.close()


async def flood(url: str, seconds: float) -> Counter[int]:
    """Answers by status; 0 is a connection that was refused or cut."""
    address = urlsplit(url)
    seen: Counter[int] = Counter()
    until = time.monotonic() + seconds
    work = (
        _connection(str(address.hostname), int(address.port or 80), until, seen)
        for _ in range(CONNECTIONS)
    )
    await asyncio.gather(*work)
    return seen


if __name__ == "__main__":
    found = asyncio.run(flood(sys.argv[1], float(sys.argv[2])))
    print(orjson.dumps({str(status): count for status, count in found.items()}).decode())
