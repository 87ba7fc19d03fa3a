"""members (委员): the roster, terms and sessions, and organisations of all kinds."""

from __future__ import annotations

from services.members.service.absences import Absence
from services.members.service.base import SETTINGS
from services.members.service.reads import Reads
from services.members.service.register import Register
from services.members.service.writing import Writing

__all__ = ["SETTINGS", "MembersService"]


class MembersService(Writing, Register, Absence, Reads):
    pass
