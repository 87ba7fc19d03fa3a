"""Reading findings: lists, a site's history, the map, effect figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.supervision.commands import access
from services.supervision.commands.ports import Desk
from services.supervision.domain import figures, maps
from services.supervision.domain.states import FindingState, Severity
from services.supervision.queries.shaping import finding_row
from services.supervision.schemas import common
from services.supervision.schemas import findings as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.shaping import both, given, shown

Row = dict[str, Any]
BY_RECORDING = [("recorded_at", -1), ("_id", 1)]
MOST_ON_MAP = 1000


@allow(*access.VIEWERS)
@query("supervisionFindings", gives="SupervisionFinding")
def list_findings(
    call: Call, desk: Desk, *, filter: form.FindingFilter, first: First, after: After | None
) -> Row:
    """监督发现的问题，新的在前；按点位筛选即该点位的历史。Findings, the latest first.

    Of a site: its history, over all supervisions that the viewer sees.
    """
    page = desk.findings.page(_asked(call, desk, filter), BY_RECORDING, first, after)
    return shown(page, [finding_row(row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_findings(call: Call, desk: Desk, *, filter: form.FindingFilter) -> int:
    return desk.findings.count(_asked(call, desk, filter))


@allow(*Role)
@query(loads="SupervisionFinding")
def findings_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, access.visible_findings(call.actor, desk))
    return [finding_row(row) for row in desk.findings.rows(query)]


@allow(*access.VIEWERS)
@query("supervisionMap", gives="Json")
def supervision_map(call: Call, desk: Desk, *, filter: form.FindingFilter) -> Row:
    """监督地图：点位和问题，GeoJSON（WGS 84），至多1000个问题。The map's data, as GeoJSON."""
    rows = desk.findings.latest(_asked(call, desk, filter), MOST_ON_MAP)
    sites = {row["id"]: row for row in desk.sites.rows({"_id": {"$in": _sites(rows)}})}
    return maps.collection(
        [
            *(
                maps.feature(
                    f"site:{id}",
                    site["point"],
                    {"type": "site", "name": site["name"], "kind": site["kind"]},
                )
                for id, site in sorted(sites.items())
            ),
            *(
                maps.feature(
                    f"finding:{row['id']}", row["point"], _properties(row, sites[row["site_id"]])
                )
                for row in rows
            ),
        ]
    )


@allow(*access.VIEWERS)
@query("supervisionFigures", gives="[SupervisionFigures!]")
def supervision_figures(
    call: Call,
    desk: Desk,
    *,
    year: common.Year | None,
    supervision: common.SupervisionId | None,
    by: form.By,
) -> list[Row]:
    """监督成效：整改、核实、重新整改、用时。What was found, rectified, verified, and how fast."""
    asked = given({"year": year, "supervision_id": supervision}, "year", "supervision_id")
    query = both(asked, access.visible_findings(call.actor, desk))
    return figures.tallied(desk.findings.counted(query), by, desk.clock.now())


def _asked(call: Call, desk: Desk, filter: Mapping[str, Any]) -> Row:
    named = given(
        filter, "unit", "state", "severity", "year", supervision="supervision_id", site="site_id"
    )
    return both(access.visible_findings(call.actor, desk), named)


def _sites(rows: list[Row]) -> list[str]:
    return sorted({row["site_id"] for row in rows})


def _properties(row: Row, site: Row) -> Row:
    return {
        "type": "finding",
        "site": site["name"],
        "text": row["text"],
        "state": row["state"],
        "stateLabel": FindingState(row["state"]).label,
        "severity": row["severity"],
        "severityLabel": Severity(row["severity"]).label,
        "foundAt": row["found_at"].isoformat(),
        "exceeded": sorted(
            v["indicator"]
            for v in row["values"]
            if v["limit"] is not None and v["value"] > v["limit"]
        ),
    }
