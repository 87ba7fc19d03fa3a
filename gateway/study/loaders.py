"""Records of study by their ids, one call for all of a request's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import BatchFn, Context

SERVICE = "study"
Row = dict[str, Any]


def _batch(method: str) -> BatchFn:
    """Rows aligned with the ids; None for one that the viewer may not see."""

    async def load(context: Context, ids: Sequence[str]) -> list[Row | None]:
        rows = await context.call(SERVICE, method, ids=list(ids))
        found = {row["id"]: row for row in rows}
        return [found.get(id) for id in ids]

    return load


LOADERS = {
    "study_plans": _batch("plans_by_ids"),
    "study_sessions": _batch("sessions_by_ids"),
    "rotation_classes": _batch("classes_by_ids"),
    "study_materials": _batch("materials_by_ids"),
    "study_questions": _batch("questions_by_ids"),
    "study_papers": _batch("papers_by_ids"),
    "quizzes": _batch("quizzes_by_ids"),
}
