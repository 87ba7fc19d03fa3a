"""Effect figures (5.3): what was found, claimed, verified, reopened, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.supervision.domain.states import FindingState
from shared.days import over
from shared.labels import Labelled

Row = Mapping[str, Any]
F = FindingState


class Grouping(Labelled, name="SupervisionGrouping"):
    """监督成效统计的分组。What the figures are grouped by."""

    TOTAL = "TOTAL", "合计", "Total"
    SUPERVISION = "SUPERVISION", "专项监督", "Supervision"
    UNIT = "UNIT", "整改单位", "Unit"
    SITE = "SITE", "点位", "Site"


KEYS = {
    Grouping.TOTAL: lambda row: "TOTAL",
    Grouping.SUPERVISION: lambda row: row["supervision_id"],
    Grouping.UNIT: lambda row: row["unit"],
    Grouping.SITE: lambda row: row["site_id"],
}
ASSIGNED = {F.ASSIGNED.value, F.RECTIFIED.value, F.VERIFIED.value, F.REOPENED.value}


def tallied(rows: Iterable[Row], by: Grouping, at: datetime) -> list[dict[str, Any]]:
    """A row for each group, in the order of their keys; nothing assigned gives no rate."""
    groups: dict[str, list[Row]] = {"TOTAL": []} if by is Grouping.TOTAL else {}
    for row in rows:
        key = KEYS[by](row)
        if key is not None:
            groups.setdefault(key, []).append(row)
    return [_tally(key, groups[key], by, at) for key in sorted(groups)]


def _tally(key: str, rows: list[Row], by: Grouping, at: datetime) -> dict[str, Any]:
    assigned = [row for row in rows if row["state"] in ASSIGNED]
    verified = [row for row in assigned if row["state"] == F.VERIFIED.value]
    claimed = [row for row in assigned if row["claims"]]
    open_rows = [row for row in assigned if row["state"] != F.VERIFIED.value]
    days = [(row["checks"][-1]["at"] - row["assigned_at"]).days for row in verified]
    return {
        "key": key,
        "unit_id": key if by is Grouping.UNIT else None,
        "site_id": key if by is Grouping.SITE else None,
        "supervision_id": key if by is Grouping.SUPERVISION else None,
        "found": sum(row["state"] != F.DROPPED.value for row in rows),
        "assigned": len(assigned),
        "rectified": len(claimed),
        "verified": len(verified),
        "reopened": sum(any(not c["verified"] for c in row["checks"]) for row in assigned),
        "overdue": sum(over(row["due_at"], at) for row in open_rows),
        "rectified_rate": _rate(len(claimed), len(assigned)),
        "verified_rate": _rate(len(verified), len(assigned)),
        "average_days": round(sum(days) / len(days), 1) if days else None,
    }


def _rate(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None
