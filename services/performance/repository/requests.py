"""Points by hand and appeals."""

from __future__ import annotations

from services.performance.domain.appeals import Appeal, AppealState
from services.performance.domain.manual import ManualRequest, RequestState
from services.performance.repository.indexes import APPEALS, MANUAL
from shared.persistence.records import Records


class ManualRequests(Records[ManualRequest], name=MANUAL):
    def open_from_appeals(self, year: int) -> bool:
        """Whether a correction that follows from an appeal of `year` is undecided."""
        waiting = {"state": RequestState.REQUESTED.value, "appeal_year": year}
        return self.collection.find_one(waiting, {"_id": 1}) is not None


class Appeals(Records[Appeal], name=APPEALS):
    def open_in(self, year: int) -> bool:
        waiting = {"state": AppealState.SUBMITTED.value, "year": year}
        return self.collection.find_one(waiting, {"_id": 1}) is not None
