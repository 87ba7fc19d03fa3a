"""`python -m shared.persistence.checking SERVICE…`: what entered before today's rules.

Lists, by service, the fields whose text holds what nobody sees and the times outside the bounds of
decisions 58 and 59. Nothing is changed, and no value is shown: the place tells who has to look.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from shared import settings, text
from shared.clock import SHANGHAI
from shared.persistence.database import Database, connect
from shared.schemas import EARLIEST, latest_day

MOST_SHOWN = 20  # places of a collection; the rest is counted
# What nobody has typed: the kernel's own, and what it keeps of what was said once.
KERNEL = frozenset(
    {"audit", "commands", "event_log", "migrations", "pending_events", "republication"}
)
SINCE_1900 = frozenset({"birth_date"})
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UNSEEN, TIME = "unseen marks or other spellings", "time out of bounds"
Fault = tuple[str, str]  # (place in the document, kind)


def faults(value: Any, place: str = "") -> Iterator[Fault]:
    """What today's rules would refuse or change of a stored value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in KERNEL:
                yield from faults(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for inner in value:
            yield from faults(inner, place)
    elif isinstance(value, datetime):
        if not EARLIEST <= value.astimezone(SHANGHAI).date() <= latest_day():
            yield place, TIME
    elif isinstance(value, str):
        if DAY.fullmatch(value):
            yield from _of_day(value, place)
        elif text.clean(value, lines=True) != value:
            yield place, UNSEEN


def _of_day(value: str, place: str) -> Iterator[Fault]:
    earliest = EARLIEST
    if place.rpartition(".")[2] in SINCE_1900:
        earliest = date(1900, 1, 1)
    try:
        if not earliest <= date.fromisoformat(value) <= latest_day():
            yield place, TIME
    except ValueError:
        yield place, TIME


def check(database: Database) -> Iterator[str]:
    """A line for each place, and one for what was not shown."""
    for name in sorted(database.db.list_collection_names()):
        if name in KERNEL or name.startswith("system."):
            continue
        found: Counter[str] = Counter()
        for document in database.collection(name).find():
            for place, kind in dict.fromkeys(faults(document)):
                found[kind] += 1
                if found[kind] <= MOST_SHOWN:
                    yield f"{database.service}.{name} {document['_id']} {place}: {kind}"
        for kind, count in found.items():
            if count > MOST_SHOWN:
                yield f"{database.service}.{name}: {count - MOST_SHOWN} more of: {kind}"


def main(services: list[str]) -> int:
    if not services:
        print("usage: python -m shared.persistence.checking SERVICE…", file=sys.stderr)
        return 2
    process = settings.load()
    total = 0
    with connect(process) as client:
        for service in services:
            for line in check(Database(client, service, process)):
                print(line, flush=True)
                total += 1
    print(f"{total} places to look at" if total else "nothing that today's rules would refuse")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
