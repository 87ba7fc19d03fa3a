"""The figures of a group, each from what its definition says."""

from __future__ import annotations

from decimal import Decimal

from services.performance.domain.duties import Duty
from services.performance.domain.figures import (
    FIGURES,
    FunctionFigures,
    MeetingFigures,
    Sum,
    Tally,
    figures,
)
from shared.contracts.functions import DutyFunction

CONSULTATION, SUPERVISION, PARTICIPATION = DutyFunction
A, B, C, D = "m-1", "m-2", "m-3", "m-4"
SUMS = {
    A: [
        Sum(Duty.MEETING, "PLENARY", 1, required=6, present=6, function=CONSULTATION),
        Sum(Duty.MEETING, "COMMITTEE", 2, required=3, present=2, absent=1),
        Sum(Duty.PROPOSAL, "FIRST", 2),
        Sum(Duty.OPINION, "", 3),
        Sum(Duty.SPEECH, "ORAL", 1),
        Sum(Duty.ACTIVITY, "STUDY_TOUR", 1),
    ],
    B: [
        Sum(Duty.MEETING, "PLENARY", 0, required=6, leave=1),
        Sum(Duty.PROPOSAL, "COSIGNER", 1),
        Sum(Duty.ACTIVITY, "INSPECTION", 2, function=SUPERVISION),
        Sum(Duty.SPEECH, "WRITTEN", 1),
        Sum(Duty.SERVICE, "", 2),
    ],
    C: [
        Sum(Duty.MEETING, "PLENARY", 1, required=4, present=3),
        Sum(Duty.MEETING, "INSPECTION", 1, required=1, present=1, function=SUPERVISION),
        Sum(Duty.MEETING, "RESEARCH", 1, required=1, present=1),
        Sum(Duty.PROPOSAL, "AUTHOR", 1),
        Sum(Duty.STUDY, "", 1),
        Sum(Duty.RECEPTION, "", 2),
    ],
    D: [Sum(Duty.MEETING, "PLENARY", 0, required=6, refused=1)],
}
TALLY = Tally(
    [A, B, C, D],
    SUMS,
    links={"l-1": 2, "l-2": 1, "l-3": 5},
    trained=frozenset({A}),
    silent=frozenset({D, "m-9"}),
    planned=frozenset({A, B, C, "m-9"}),
    summarised=frozenset({A, "m-9"}),
    enough=2,
)


def test_every_figure():
    assert figures(TALLY) == {
        "members": 4,
        "duties": 23,
        "duty_participation": Decimal("75.00"),
        "attendance_rate": Decimal("48.15"),  # 13 of 27 half-days
        "leave": 1,
        "leave_refused": 1,
        "absent": 1,
        "proposals": 2,
        "proposal_participation": Decimal("50.00"),
        "opinions": 3,
        "opinion_participation": Decimal("25.00"),
        "plan_participation": Decimal("75.00"),
        "summary_participation": Decimal("25.00"),
        "plenary_participation": Decimal("50.00"),
        "committee_participation": Decimal("25.00"),
        "inspection_participation": Decimal("50.00"),
        "study_tour_participation": Decimal("25.00"),
        "survey_participation": Decimal("25.00"),
        "supervision_participation": Decimal("0.00"),
        "study_participation": Decimal("25.00"),
        "speeches_oral": 1,
        "speeches_written": 1,
        "service": 2,
        "training_coverage": Decimal("25.00"),
        "contact_coverage": Decimal("66.67"),
        "receptions": 2,
        "silent": 1,
        "meetings": [
            MeetingFigures("COMMITTEE", 3, 2, Decimal("66.67"), 0, 0, 1),
            MeetingFigures("INSPECTION", 1, 1, Decimal("100.00"), 0, 0, 0),
            MeetingFigures("PLENARY", 22, 9, Decimal("40.91"), 1, 1, 0),
            MeetingFigures("RESEARCH", 1, 1, Decimal("100.00"), 0, 0, 0),
        ],
        "functions": [
            FunctionFigures(CONSULTATION, 1, 1),
            FunctionFigures(SUPERVISION, 3, 2),
            FunctionFigures(PARTICIPATION, 19, 3),
        ],
    }


def test_what_was_done_of_one_function():
    supervision = figures(TALLY.of_function(SUPERVISION, frozenset({A, D})))
    shown = ("members", "duties", "duty_participation", "proposals", "silent", "contact_coverage")
    assert [supervision[name] for name in shown] == [4, 3, Decimal("50.00"), 0, 2, None]
    assert [one.kind for one in supervision["meetings"]] == ["INSPECTION"]
    rest = figures(TALLY.of_function(PARTICIPATION, frozenset()))
    assert (rest["proposals"], rest["contact_coverage"]) == (2, Decimal("66.67"))
    assert rest["training_coverage"] == Decimal("25.00")


def test_nothing_is_no_rate():
    found = figures(Tally([], {}))
    rates = {name: found[name] for name in FIGURES if name.endswith(("_rate", "participation"))}
    assert set(rates.values()) == {None}
    assert (found["training_coverage"], found["contact_coverage"]) == (None, None)
    assert (found["members"], found["absent"], found["meetings"]) == (0, 0, [])
