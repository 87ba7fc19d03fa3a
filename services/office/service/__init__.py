"""office (机关办公): meetings and their attendance. RPC, events and timers, nothing else."""

from __future__ import annotations

from services.office.service.attendance import AttendanceMethods
from services.office.service.base import SETTINGS
from services.office.service.facts import Facts
from services.office.service.meetings import MeetingMethods

__all__ = ["SETTINGS", "OfficeService"]


class OfficeService(MeetingMethods, AttendanceMethods, Facts):
    pass
