"""What can be done with a proposal: one mutation for each transition."""

from __future__ import annotations

from gateway.proposals.lookups import GUIDE
from gateway.proposals.mutations.appraisal import APPRAISAL
from gateway.proposals.mutations.filing import FILING
from gateway.proposals.mutations.handling import HANDLING
from gateway.proposals.mutations.honours import HONOURS
from gateway.proposals.mutations.tracking import TRACKING

MUTATIONS = [*FILING, *HANDLING, *TRACKING, *APPRAISAL, *HONOURS, *GUIDE]
