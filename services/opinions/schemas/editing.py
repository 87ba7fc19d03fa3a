"""What the operations of opinions are given: editing and signing."""

from __future__ import annotations

from typing import Annotated

from services.opinions.domain import states
from shared.operations import about
from shared.schemas import Choice, Id, Many, ProperName

Openness = Annotated[
    states.Openness,
    about(
        Choice(states.Openness), "公开范围，默认不公开。Openness.", default=states.Openness.INTERNAL
    ),
]
Retention = Annotated[
    states.Retention, about(Choice(states.Retention), "留存理由。Why it is not used.")
]
Others = Annotated[
    list[str],
    about(Many(Id("Opinion"), 1, 20), "综合进来的信息。Global ids of the items to be used in it."),
]
Signer = Annotated[str, about(ProperName(2, 50), "签发人姓名。Name of who signs.")]
