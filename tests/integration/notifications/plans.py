"""The plans that MongoDB makes for the commands a piece of code really sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo import monitoring
from pymongo.database import Database

Document = dict[str, Any]
EXPLAINED = {"find", "aggregate", "update"}
NOT_EXPLAINED = {"lsid", "$db", "$clusterTime", "txnNumber", "writeConcern", "maxTimeMS", "ordered"}


class Recorder(monitoring.CommandListener):
    """Keeps the commands that a client sends while it records."""

    def __init__(self) -> None:
        self._commands: list[Document] | None = None

    @contextmanager
    def recording(self) -> Iterator[list[Document]]:
        kept: list[Document] = []
        self._commands = kept
        try:
            yield kept
        finally:
            self._commands = None

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if self._commands is not None and event.command_name in EXPLAINED:
            command = {k: v for k, v in event.command.items() if k not in NOT_EXPLAINED}
            self._commands.append(command)

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Not of interest."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Not of interest."""


def stages(database: Database[Document], command: Document) -> set[str]:
    """The stages of the winning plan, `IXSCAN` with the index it uses."""
    answer = database.command("explain", command, verbosity="queryPlanner")
    plan = answer["stages"][0]["$cursor"] if "stages" in answer else answer
    return set(_stages(plan["queryPlanner"]["winningPlan"]))


def _stages(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "stage" in node:
            name = node["stage"]
            yield f"{name} {node['indexName']}" if name in {"IXSCAN", "COUNT_SCAN"} else name
        for key in ("inputStage", "inputStages", "queryPlan", "shards"):
            yield from _stages(node.get(key))
    elif isinstance(node, list):
        for part in node:
            yield from _stages(part)
