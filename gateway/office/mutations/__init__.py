"""What the office does: one mutation for each transition."""

from __future__ import annotations

from gateway.office.mutations.affairs import AFFAIRS
from gateway.office.mutations.documents import DOCUMENTS
from gateway.office.mutations.meetings import MEETINGS

MUTATIONS = [*MEETINGS, *DOCUMENTS, *AFFAIRS]
