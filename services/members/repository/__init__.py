"""Storage of the members service: its own database and nothing else."""

from __future__ import annotations

from services.members.repository import (
    absences,
    imports,
    lists,
    master_data,
    organisations,
    terms,
    topics,
)
from services.members.repository.absences import Absences
from services.members.repository.imports import Imports
from services.members.repository.memberships import Memberships
from services.members.repository.organisations import Organisations
from services.members.repository.sectors import SECTORS, Sectors
from services.members.repository.terms import Terms
from services.members.repository.topics import Topics

INDEXES = {
    **absences.INDEXES,
    **lists.INDEXES,
    **organisations.INDEXES,
    **terms.INDEXES,
    **topics.INDEXES,
    **imports.INDEXES,
    SECTORS: [],
}
OUTBOX = {
    absences.REVIEWS,
    lists.MEMBERS,
    organisations.ORGANISATIONS,
    terms.TERMS,
    topics.TOPICS,
    imports.IMPORTS,
}

__all__ = [
    "INDEXES",
    "OUTBOX",
    "Absences",
    "Imports",
    "Memberships",
    "Organisations",
    "Sectors",
    "Terms",
    "Topics",
    "master_data",
]
