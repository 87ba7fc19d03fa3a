"""Records of consultations by their ids."""

from __future__ import annotations

from gateway.loading import by_ids

SERVICE = "consultations"

LOADERS = {
    "consultations": by_ids(SERVICE, "consultations_by_ids"),
    "consultation_plans": by_ids(SERVICE, "plans_by_ids"),
    "public_views": by_ids(SERVICE, "views_by_ids"),
    "motions": by_ids(SERVICE, "motions_by_ids"),
    "research_projects": by_ids(SERVICE, "projects_by_ids"),
}
