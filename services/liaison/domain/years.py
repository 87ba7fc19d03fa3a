"""The year of a sector group or a town committee: plan, topics, summary, norm (2.9, 13.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from services.liaison.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class Norm(Labelled, name="NormDuty"):
    """界别活动小组年度任务。A duty of a sector group's year."""

    STUDY = "STUDY", "学习活动", "A study activity"
    PROPOSAL = "PROPOSAL", "集体提案", "A proposal"
    OPINION = "OPINION", "社情民意信息", "An SCPO item"
    INSPECTION = "INSPECTION", "视察", "An inspection"
    SPEECH = "SPEECH", "大会发言", "A plenary speech"
    PLAN = "PLAN", "年度计划", "A plan"
    SUMMARY = "SUMMARY", "年度总结", "A summary"


# How often each is due in a year is a setting; of plan and summary there is one.
COUNTED = (Norm.STUDY, Norm.PROPOSAL, Norm.OPINION, Norm.INSPECTION, Norm.SPEECH)


def norm_setting(norm: Norm) -> str:
    return f"norm_{norm.value.lower()}"


def workspace_id(organisation: str, year: int) -> str:
    return f"{organisation}:{year}"


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
        self.tell(
            names.LIAISON_YEAR_WRITTEN,
            organisation=self.organisation,
            year=self.year,
            planned=bool(plan),
            summarised=bool(summary),
        )


def progress(
    workspace: Workspace | None, facts: Mapping[Norm, int], targets: Mapping[Norm, int]
) -> list[dict[str, Any]]:
    """Each duty of the norm with what was done; plan and summary come from the workspace."""
    written = {
        Norm.PLAN: int(bool(workspace and workspace.plan)),
        Norm.SUMMARY: int(bool(workspace and workspace.summary)),
    }
    done = {**facts, **written}
    wanted = {**targets, Norm.PLAN: 1, Norm.SUMMARY: 1}
    return [
        {
            "duty": norm.value,
            "target": wanted[norm],
            "done": done.get(norm, 0),
            "met": done.get(norm, 0) >= wanted[norm],
        }
        for norm in Norm
    ]
