"""Records of supervision by their ids."""

from __future__ import annotations

from gateway.loading import by_ids

SERVICE = "supervision"

LOADERS = {
    "supervisions": by_ids(SERVICE, "supervisions_by_ids"),
    "supervision_sites": by_ids(SERVICE, "sites_by_ids"),
    "supervision_findings": by_ids(SERVICE, "findings_by_ids"),
    "supervision_inspections": by_ids(SERVICE, "inspections_by_ids"),
    "supervision_checklists": by_ids(SERVICE, "checklists_by_ids"),
    "supervisors": by_ids(SERVICE, "supervisors_by_ids"),
    "debriefings": by_ids(SERVICE, "debriefings_by_ids"),
}
