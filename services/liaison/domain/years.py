"""The year of a sector group or a town committee: plan, topics, summary, norm (2.9, 13.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.liaison.domain import errors
from shared.aggregate import Aggregate


class Norm(StrEnum):
    """What a sector group does each year, one of each (2.9)."""

    STUDY = "STUDY"
    PROPOSAL = "PROPOSAL"
    OPINION = "OPINION"
    INSPECTION = "INSPECTION"
    SPEECH = "SPEECH"
    PLAN = "PLAN"
    SUMMARY = "SUMMARY"


@dataclass
class Workspace(Aggregate):
    """id: "group-22:2017". topics: 区域发展热点、难点, for a town."""

    id: str
    term: int
    year: int
    organisation: str
    plan: str = ""
    topics: tuple[str, ...] = ()
    summary: str = ""

    @property
    def organiser(self) -> str:
        return self.organisation

    def write(self, plan: str, topics: Collection[str], summary: str) -> None:
        """A summary follows a plan."""
        if summary and not plan:
            raise errors.WrongState("请先编写年度计划", field="plan")
        self.plan, self.topics, self.summary = plan, tuple(dict.fromkeys(topics)), summary


def progress(workspace: Workspace | None, facts: Mapping[Norm, int]) -> list[dict[str, Any]]:
    """Each duty of the norm with what was done; plan and summary come from the workspace."""
    written = {
        Norm.PLAN: int(bool(workspace and workspace.plan)),
        Norm.SUMMARY: int(bool(workspace and workspace.summary)),
    }
    done = {**facts, **written}
    return [
        {"duty": norm.value, "target": 1, "done": done.get(norm, 0), "met": done.get(norm, 0) >= 1}
        for norm in Norm
    ]
