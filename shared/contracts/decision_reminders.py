"""Of every service where somebody must decide: that a decision is due (decision 41)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.contracts import base, names
from shared.contracts.base import Data, contract
from shared.contracts.deciding import DECISIONS


class DecisionDue(Data):
    """about: as the to-do is called. All else that the event said which asked for it is repeated,
    so that whoever must decide is found the same way."""

    about = fields.Str(required=True)
    decide_by = fields.AwareDateTime(required=True)


def _samples(service: str) -> dict[str, Any]:
    """Fits each of the service's decisions."""
    base.load_others(__name__)
    found: dict[str, Any] = {}
    for decision in reversed(DECISIONS[service]):
        found |= {**base.SAMPLES[service, decision.asked_by], "about": decision.about}
    return found


for _service in DECISIONS:
    contract(_service, names.DECISION_REMINDER_DUE, "待决定事项到期提醒", _samples(_service))(
        DecisionDue
    )
