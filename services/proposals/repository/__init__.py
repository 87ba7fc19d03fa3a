"""Storage of the proposals service: its own database and nothing else."""

from __future__ import annotations

from services.proposals.repository.appraisals import Appraisals, create_ballot_box
from services.proposals.repository.directory import Directory
from services.proposals.repository.documents import from_document, to_document
from services.proposals.repository.evaluations import Evaluations
from services.proposals.repository.figures import Figures
from services.proposals.repository.guides import Guides
from services.proposals.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.proposals.repository.inspections import Inspections
from services.proposals.repository.migrations import MIGRATIONS
from services.proposals.repository.proposals import ORDERS, Proposals
from services.proposals.repository.worklists import Worklists

__all__ = [
    "INDEXES",
    "MIGRATIONS",
    "ORDERS",
    "OUTBOX",
    "PROJECTIONS",
    "Appraisals",
    "Directory",
    "Evaluations",
    "Figures",
    "Guides",
    "Inspections",
    "Proposals",
    "Worklists",
    "create_ballot_box",
    "from_document",
    "to_document",
]
