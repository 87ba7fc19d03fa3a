"""The written report of a unit under appraisal: when, by whom, who is reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain import appraisal_reports as reports
from services.proposals.domain.appraisal import Appraisal
from services.proposals.domain.appraisal_reports import ReportTimes
from shared.clock import SHANGHAI
from tests.unit.proposals.test_appraisal import AT, appraisal, opened, recorded

TIMES = ReportTimes(due=3, reminder=1)
DUE = datetime(2017, 9, 18, tzinfo=SHANGHAI)  # the midnight that ends the 17th
BEFORE = DUE - timedelta(minutes=1)


def asked() -> Appraisal:
    """Of two cases; unit-1 is under appraisal, unit-2 only shares them."""
    made = appraisal("a", "b")
    made.report_due_at = DUE
    return made


def test_a_report_is_due_at_the_end_of_a_day_before_the_appraisal() -> None:
    assert reports.due_at(AT, TIMES, AT - timedelta(days=30)) == DUE
    assert reports.due_at(AT, TIMES, DUE) == AT  # planned later: until the appraisal itself


def test_a_unit_hands_in_its_report_and_may_do_so_again() -> None:
    made = asked()
    reports.hand_in(made, "unit-1", "汇报", ["file-1", "file-1"], BEFORE)
    reports.hand_in(made, "unit-1", "修改后的汇报", ["file-2"], DUE)
    [report] = made.reports
    assert (report.text, report.files, report.late, report.revision) == (
        "修改后的汇报",
        ("file-2",),
        True,
        2,
    )
    told = [data for name, data in made.events if name == "appraisal_report_handed_in"]
    assert [(data["unit"], data["late"], data["revision"]) for data in told] == [
        ("unit-1", False, 1),
        ("unit-1", True, 2),
    ]
    recorded(made)


@pytest.mark.parametrize("unit", ["unit-2", "unit-9", ""])
def test_who_is_not_under_appraisal_has_nothing_to_report(unit: str) -> None:
    with pytest.raises(errors.ReportNotAsked):
        reports.hand_in(asked(), unit, "汇报", [], BEFORE)


def test_no_report_is_taken_once_the_vote_is_open() -> None:
    with pytest.raises(errors.WrongAppraisalState):
        reports.hand_in(opened(), "unit-1", "汇报", [], BEFORE)


def test_who_has_not_reported_is_reminded_and_nobody_else() -> None:
    made = asked()
    reports.remind(made)
    assert recorded(made)["appraisal_report_reminder_due"]["units"] == ["unit-1"]
    done = asked()
    reports.hand_in(done, "unit-1", "汇报", [], BEFORE)
    reports.remind(done)
    assert "appraisal_report_reminder_due" not in recorded(done)
    assert done.reports_reminded


def test_nobody_is_reminded_twice_or_of_what_is_over() -> None:
    made = asked()
    reports.remind(made)
    reports.remind(made)
    over = opened()
    reports.remind(over)
    told = [name for name, _ in [*made.events, *over.events]]
    assert told.count("appraisal_report_reminder_due") == 1


def test_files_are_told_of_once_and_let_go_with_the_former_report() -> None:
    made = asked()
    reports.hand_in(made, "unit-1", "汇报", ["file-1"], BEFORE)
    reports.tell_files(made)
    reports.tell_files(made)
    reports.hand_in(made, "unit-1", "汇报", ["file-2"], BEFORE)
    reports.tell_files(made)
    told = [data for name, data in made.events if name == "appraisal_files_changed"]
    assert [(data["attached"], data["detached"]) for data in told] == [
        (["file-1"], []),
        (["file-2"], ["file-1"]),
    ]
