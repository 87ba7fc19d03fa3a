"""What the operations of performance are given: points."""

from __future__ import annotations

from typing import Annotated

from shared.operations import about
from shared.schemas import Flag, Id, Many

EntryIds = Annotated[list[str], about(Many(Id(high=500), high=1000), "编号。Ids.")]
Explained = Annotated[bool, about(Flag(), "含各类明细。With categories and lines.", default=True)]
