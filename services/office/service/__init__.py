"""office (机关办公): meetings, documents, affairs, plans. RPC, events and timers, nothing else."""

from __future__ import annotations

from services.office.service.affairs import AffairMethods, LibraryMethods, PlanMethods
from services.office.service.attendance import AttendanceMethods
from services.office.service.base import SETTINGS
from services.office.service.documents import DocumentMethods
from services.office.service.facts import Facts
from services.office.service.meetings import MeetingMethods

__all__ = ["SETTINGS", "OfficeService"]


class OfficeService(
    MeetingMethods,
    AttendanceMethods,
    DocumentMethods,
    AffairMethods,
    PlanMethods,
    LibraryMethods,
    Facts,
):
    pass
