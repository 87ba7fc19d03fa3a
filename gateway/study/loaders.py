"""Records of study by their ids."""

from __future__ import annotations

from gateway.loading import by_ids

SERVICE = "study"

LOADERS = {
    "study_plans": by_ids(SERVICE, "plans_by_ids"),
    "study_sessions": by_ids(SERVICE, "sessions_by_ids"),
    "rotation_classes": by_ids(SERVICE, "classes_by_ids"),
    "study_materials": by_ids(SERVICE, "materials_by_ids"),
    "study_questions": by_ids(SERVICE, "questions_by_ids"),
    "study_papers": by_ids(SERVICE, "papers_by_ids"),
    "quizzes": by_ids(SERVICE, "quizzes_by_ids"),
}
