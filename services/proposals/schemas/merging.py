"""What the operations of proposals are given: merging."""

from __future__ import annotations

from typing import Annotated

from shared.operations import about
from shared.schemas import Id

LeadId = Annotated[str, about(Id("Proposal"), "主案。The lead.")]
