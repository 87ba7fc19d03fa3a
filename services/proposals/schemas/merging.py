"""What the operations of proposals are given: merging."""

from __future__ import annotations

from typing import Annotated

from shared.operations import about
from shared.schemas import Id, Text

LeadId = Annotated[str, about(Id("Proposal"), "主案。The lead.")]
Against = Annotated[
    str,
    about(
        Text(0, 1000),
        "与初审意见不一致的理由。Why otherwise than the first review proposes.",
        default="",
    ),
]
