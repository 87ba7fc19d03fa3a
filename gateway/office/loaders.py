"""Records of the office by their ids."""

from __future__ import annotations

from gateway.loading import by_ids

SERVICE = "office"

LOADERS = {
    "meetings": by_ids(SERVICE, "meetings_by_ids"),
    "meeting_records": by_ids(SERVICE, "meeting_records_by_ids"),
    "meeting_tallies": by_ids(SERVICE, "tallies_by_ids"),
    "outgoing_documents": by_ids(SERVICE, "outgoing_by_ids"),
    "incoming_documents": by_ids(SERVICE, "incoming_by_ids"),
    "affairs": by_ids(SERVICE, "affairs_by_ids"),
    "work_plans": by_ids(SERVICE, "plans_by_ids"),
    "internal_rules": by_ids(SERVICE, "internal_rules_by_ids"),
    "trainings": by_ids(SERVICE, "trainings_by_ids"),
}
