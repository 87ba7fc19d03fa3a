"""Reading whether a year's summary was sent."""

from __future__ import annotations

from typing import Any

from services.outcomes.commands.ports import Desk
from services.outcomes.domain.summaries import Summary, summary_id
from services.outcomes.queries.figures import READERS
from services.outcomes.schemas import common
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import Ids

Row = dict[str, Any]


@allow(*READERS)
@query("outcomeSummary", gives="OutcomeSummary")
def outcome_summary(call: Call, desk: Desk, *, year: common.Year) -> Row | None:
    """年度成果综述的报送情况。To whom a year's summary was sent; null before it is owed."""
    found = desk.summaries.get(summary_id(year))
    return _row(found) if found else None


@allow(*Role)
@query(loads="OutcomeSummary")
def summaries_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in READERS:
        return []
    return [_row(summary) for summary in desk.summaries.find({"_id": {"$in": ids}}, [("_id", 1)])]


def _row(summary: Summary) -> Row:
    return {
        "id": summary.id,
        "title": f"{summary.year}年成果采纳反馈综述",
        "year": summary.year,
        "due_at": summary.due_at,
        "missing": [reader.value for reader in summary.missing],
        "sent": [
            {"to": one.to.value, "sent_on": one.sent_on, "document_no": one.document_no}
            for one in summary.sent
        ],
    }
