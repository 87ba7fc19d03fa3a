"""What the operations of liaison are given: leads."""

from __future__ import annotations

from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import CodeText, Id

LEAD = Answer("lead", "Lead", "转办事项。The lead afterwards.")

LeadId = Annotated[str, about(Id("Lead"), "转办事项编号。Global id of the lead.")]
Reference = Annotated[
    str, about(CodeText(1, 200), "依据，如文号。What it rests on, such as a document number.")
]
