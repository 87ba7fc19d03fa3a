"""A year's summary is owed to three, and each has it once (2.5)."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.outcomes.domain import errors
from services.outcomes.domain.kinds import SummaryReader
from services.outcomes.domain.summaries import SentSummary, Summary, summary_id
from shared.clock import SHANGHAI
from shared.contracts import names

DUE = datetime(2018, 2, 1, tzinfo=SHANGHAI)
ON = datetime(2018, 1, 15, 9, tzinfo=SHANGHAI)


def summary(*sent: SummaryReader) -> Summary:
    made = Summary(summary_id(2017), 15, 2017)
    for to in sent:
        made.send(SentSummary(to, ON, "吴政协〔2018〕3号", "account-office"))
    return made


def told(made: Summary, name: str) -> list[dict[str, object]]:
    return [data for kind, data in made.events if kind == name]


def test_it_falls_due_once_and_is_reminded_of() -> None:
    made = summary()
    assert made.fall_due(DUE)
    assert not made.fall_due(DUE)
    assert (made.due_at, made.reminded) == (DUE, False)
    made.remind()
    assert made.reminded
    assert len(told(made, names.OUTCOME_SUMMARY_DUE)) == 1
    assert len(told(made, names.OUTCOME_SUMMARY_REMINDER_DUE)) == 1


def test_it_is_complete_when_all_three_have_it() -> None:
    made = summary(*SummaryReader)
    assert made.missing == []
    sent = told(made, names.OUTCOME_SUMMARY_SENT)
    assert [(row["to"], row["complete"]) for row in sent] == [
        ("PARTY", False),
        ("GOVERNMENT", False),
        ("PLENARY", True),
    ]
    assert not made.fall_due(DUE)


def test_what_was_sent_before_the_year_ended_is_not_owed_again() -> None:
    made = summary(SummaryReader.PARTY)
    assert made.fall_due(DUE)
    assert made.missing == [SummaryReader.GOVERNMENT, SummaryReader.PLENARY]


def test_nobody_is_reminded_of_what_is_complete() -> None:
    made = summary()
    made.fall_due(DUE)
    for to in SummaryReader:
        made.send(SentSummary(to, ON, "", "account-office"))
    assert made.reminded


def test_each_has_it_once() -> None:
    with pytest.raises(errors.SummarySent) as refused:
        summary(SummaryReader.PARTY, SummaryReader.PARTY)
    assert refused.value.field == "to"
