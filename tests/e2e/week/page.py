"""What stands in docs/weekly-tasks.md: each role's tasks, and the requests a good client sends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from shared.roles import Role

PAGE = Path(__file__).parents[3] / "docs" / "weekly-tasks.md"
ROLE = re.compile(r"## ([A-Z_]+) ")
TASK = re.compile(r"\| (?P<what>[^|`]+) \| (?P<count>\d+) \| (?P<sent>`[^|]+`) \|")


@dataclass(frozen=True)
class Task:
    """`sent`: of each request the fields at its root, in the order in which they are sent."""

    what: str
    count: int
    sent: tuple[frozenset[str], ...]


def tasks() -> dict[Role, dict[str, Task]]:
    """The tables of the page, by what the task is."""
    found: dict[Role, dict[str, Task]] = {}
    for line in PAGE.read_text().splitlines():
        if role := ROLE.match(line):
            now = found.setdefault(Role(role[1]), {})
        elif row := TASK.fullmatch(line):
            requests = row["sent"].split(" → ")
            sent = tuple(frozenset(re.findall(r"\w+", request)) for request in requests)
            now[row["what"]] = Task(row["what"], int(row["count"]), sent)
    return found
