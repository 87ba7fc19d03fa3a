"""What the reads of the master data are given."""

from __future__ import annotations

from typing import Annotated

from services.members.domain.organisation import Kind
from shared.operations import about
from shared.schemas import Choice, Flag, Many, Number

Kinds = Annotated[list[Kind], about(Many(Choice(Kind)), "类别，默认全部。Of these kinds.")]
IncludeEnded = Annotated[bool, about(Flag(), "含已撤销的。Those that ended, too.", default=False)]
TermNo = Annotated[
    int, about(Number(), "届次，默认本届。Of this term; the current one unless told.")
]
