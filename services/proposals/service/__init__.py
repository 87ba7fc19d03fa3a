"""proposals (提案): from draft to archive. RPC, events and timers, nothing else."""

from __future__ import annotations

from services.proposals.service.appraisal import AppraisalMethods
from services.proposals.service.facts import Facts
from services.proposals.service.handling import Handling
from services.proposals.service.honours import Honours
from services.proposals.service.lookups import Lookups
from services.proposals.service.reads import Reads
from services.proposals.service.statistics import Statistics
from services.proposals.service.tracking import Tracking
from services.proposals.service.writing import Writing


class ProposalsService(
    Writing, Handling, Tracking, AppraisalMethods, Honours, Lookups, Statistics, Reads, Facts
):
    pass
