"""Input of the figures."""

from __future__ import annotations

from marshmallow import fields, validate

from services.proposals.domain.tallying import Grouping
from shared.schemas import Choice, InputSchema


def _number(most: int) -> fields.Int:
    return fields.Int(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(1, most)
    )


class ProposalStatistics(InputSchema):
    by = Choice(Grouping, load_default=Grouping.TOTAL)
    year = _number(9999)
    term = _number(999)
    session = _number(99)
