"""What the operations of outcomes are given: summaries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.outcomes.domain import kinds
from shared.operations import Answer, about
from shared.schemas import Choice, Text, When

SUMMARY = Answer("summary", "OutcomeSummary", "年度综述。The year's summary afterwards.")

To = Annotated[
    kinds.SummaryReader, about(Choice(kinds.SummaryReader), "报送对象。To whom it was sent.")
]
SentOn = Annotated[datetime, about(When(), "报送日期。When it was sent.")]
DocumentNo = Annotated[
    str, about(Text(0, 60), "文号，提交大会的可不填。Number, if it has one.", default="")
]
