"""What the operations of consultations are given: annual plans."""

from __future__ import annotations

from typing import Annotated

from shared.operations import about
from shared.schemas import Flag, Id, Many, Text

PlanId = Annotated[str, about(Id("ConsultationPlan"), "编号。Global id of the plan.")]
WrittenPlanId = Annotated[
    str, about(Id("ConsultationPlan"), "编号，不填则新建。Global id; a new one if absent.")
]
PlanNote = Annotated[str, about(Text(0, 5000), "说明。Note.", default="")]
Topics = Annotated[
    list[str],
    about(Many(Id("Consultation"), 1, 50), "议题，按次序。Consultations, in order."),
]
Approved = Annotated[bool, about(Flag(), "党委是否审定。Whether the Party committee approves.")]
