"""What supervision keeps in MongoDB: one document for each record."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from services.supervision.domain.checklists import Checklist
from services.supervision.domain.debriefings import Debriefing
from services.supervision.domain.findings import Finding, unsettled
from services.supervision.domain.inspections import Inspection
from services.supervision.domain.record import Supervision
from services.supervision.domain.sites import Site
from services.supervision.domain.states import IN_OFFICE
from services.supervision.domain.supervisors import Supervisor
from services.supervision.repository import indexes
from shared.persistence.records import Records, WithFiles

COUNTED = dict.fromkeys(
    ("supervision_id", "unit", "site_id", "state", "claims", "checks", "assigned_at", "due_at"), 1
)
SERVING = sorted(state.value for state in IN_OFFICE)


def in_office(at: datetime) -> dict[str, Any]:
    """Who is in office: also when no timer has noticed yet that the time is over."""
    return {"state": {"$in": SERVING}, "ends_on": {"$not": {"$lte": at}}}


class Supervisions(WithFiles[Supervision], name=indexes.SUPERVISIONS):
    pass


class Sites(Records[Site], name=indexes.SITES):
    pass


class Findings(WithFiles[Finding], name=indexes.FINDINGS):
    def unsettled(self, supervision_id: str) -> int:
        """How many of a supervision the team has not verified."""
        return self.count({"supervision_id": supervision_id, "state": {"$in": unsettled()}})

    def latest(self, query: dict[str, Any], most: int) -> list[dict[str, Any]]:
        """Raw rows, the latest recorded first."""
        found = self.collection.find(query, self.hidden).sort(indexes.BY_RECORDING).limit(most)
        return [{**row, "id": row.pop("_id")} for row in found]

    def counted(self, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What figures need of each."""
        yield from self.collection.find(query, COUNTED)


class Inspections(Records[Inspection], name=indexes.INSPECTIONS):
    pass


class Supervisors(Records[Supervisor], name=indexes.SUPERVISORS):
    def next_number(self, session: ClientSession, year: int) -> int:
        """The next certificate of the year, taken in the transaction that writes it."""
        return self._database.next_number(session, f"certificate-{year}")

    def serving(
        self, members: Collection[str], account: str | None, at: datetime
    ) -> list[Supervisor]:
        """In office, of these memberships or of this account."""
        ways = [{"member_id": {"$in": list(members)}}, {"account_id": account}]
        asked = ways if account else ways[:1]
        return self.find({"$or": asked, **in_office(at)}, [("_id", 1)])

    def in_office(self, ids: Collection[str], at: datetime) -> list[Supervisor]:
        """Those of these ids who are in office."""
        return self.find({"_id": {"$in": list(ids)}, **in_office(at)}, [("_id", 1)])

    def at_home(self, codes: Collection[str], at: datetime) -> list[Supervisor]:
        """In office, at home in one of these topics."""
        return self.find({"fields": {"$in": sorted(codes)}, **in_office(at)}, [("_id", 1)])


class Debriefings(WithFiles[Debriefing], name=indexes.DEBRIEFINGS):
    pass


class Checklists(Records[Checklist], name=indexes.CHECKLISTS):
    pass
