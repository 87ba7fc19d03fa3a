"""What the operations of proposals are given: cosigning."""

from __future__ import annotations

from typing import Annotated

from shared.operations import about
from shared.schemas import Flag

AsIndividual = Annotated[
    bool, about(Flag(), "是否改为个人提案；否则退回。Go on alone, else returned.")
]
