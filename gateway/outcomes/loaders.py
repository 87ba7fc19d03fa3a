"""Records of outcomes by their ids."""

from __future__ import annotations

from gateway.loading import by_ids

SERVICE = "outcomes"

LOADERS = {
    "outcome_files": by_ids(SERVICE, "outcomes_by_ids"),
    "outcome_items": by_ids(SERVICE, "items_by_ids"),
    "outcome_summaries": by_ids(SERVICE, "summaries_by_ids"),
    "dossier_nodes": by_ids(SERVICE, "dossier_nodes_by_ids"),
    "dossier_links": by_ids(SERVICE, "dossier_links_by_ids"),
}
