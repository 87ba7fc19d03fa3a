"""Figures of the proposals."""

from __future__ import annotations

from typing import Any

from services.proposals import schemas_statistics as schemas
from services.proposals.commands import counting
from services.proposals.queries import statistics
from services.proposals.service.base import SCAN_SECONDS, Base, Row
from shared.call import Call
from shared.messaging.service import every, read


class Statistics(Base):
    @read
    def proposal_statistics(self, call: Call, **payload: Any) -> list[Row]:
        data = schemas.ProposalStatistics.parse(payload)
        return statistics.proposal_statistics(call, self.deps.tallies, **data)

    @every(seconds=SCAN_SECONDS)
    def count_changes(self) -> None:
        counting.count_changes(Call.system(self.name), self.deps.tallies)
