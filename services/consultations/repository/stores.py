"""What consultations keeps in MongoDB: one document for each matter."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from pymongo.client_session import ClientSession

from services.consultations.domain.motions import Motion
from services.consultations.domain.plans import Plan
from services.consultations.domain.record import Consultation
from services.consultations.domain.research import Research
from services.consultations.domain.views import View
from services.consultations.repository import indexes
from shared.persistence.records import Records, WithFiles

M = TypeVar("M", bound=Any)


class Watched(WithFiles[M]):
    """Matters with time limits."""

    def ringing(self, at: datetime, most: int) -> list[M]:
        """Those with an alarm that is due, the longest due first."""
        due = self.collection.find({"next_alarm_at": {"$lte": at}})
        return [self._record(row) for row in due.sort("next_alarm_at", 1).limit(most)]


class Consultations(Watched[Consultation], name=indexes.CONSULTATIONS):
    def next_number(self, session: ClientSession, year: int) -> int:
        """The next report of the year, taken in the transaction that writes it."""
        return self._database.next_number(session, f"report-{year}")

    def of_meeting(self, meeting_id: str) -> Consultation | None:
        return next(iter(self.find({"meeting.id": meeting_id}, [("_id", 1)])), None)


class Plans(Watched[Plan], name=indexes.PLANS):
    pass


class Projects(Watched[Research], name=indexes.PROJECTS):
    pass


class Motions(Watched[Motion], name=indexes.MOTIONS):
    pass


class Views(Records[View], name=indexes.VIEWS):
    pass
