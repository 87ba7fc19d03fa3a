"""The worked example of section 4: 陆晓芸, 2017, with (a) and (b) of decision 33."""

from __future__ import annotations

from typing import Any

import pytest

from services.performance.domain.ledger import Cancellation, Cause, Entry
from services.performance.domain.scoring import ScoreSheet, score
from services.performance.reactions import post_points
from shared.contracts import base, sample_event
from shared.messaging.events import Event
from tests.unit.performance.facts import BOOK, LU, MEMBER, SHEN, day, entry, filed, undone
from tests.unit.performance.memory import MemoryLedger

INDIVIDUAL = entry("B1")
COSIGNED = entry("B3")
KEY = entry("F1", variant="FIRST")

YEAR = [
    entry("A1", quantity=6, out_of=6),
    *(entry("A3", n) for n in range(1, 5)),
    INDIVIDUAL,
    entry("B2"),
    COSIGNED,
    entry("B5"),
    *(entry("C1", n) for n in range(1, 6)),
    entry("C2"),
    *(entry("D1", n) for n in range(1, 5)),
    *(entry("D2", n, variant="SINGLE") for n in range(1, 3)),
    *(entry("E1", n) for n in range(1, 6)),
    entry("E2"),
    KEY,
    entry("F3", variant="CITY"),
    *(entry("F9", n) for n in range(1, 4)),
    entry("G2", variant="LEAVE"),
]


def undo(original: Entry, event_type: str) -> Entry:
    cause = Cause(f"{event_type}-1", event_type, day(300), {})
    return original.undone_by(Cancellation(original.source_ref, 1, cause))


A = undo(COSIGNED, "proposal_filing_revoked")
PLAGIARISED = "proposal_plagiarism_confirmed"
B = [undo(INDIVIDUAL, PLAGIARISED), undo(KEY, PLAGIARISED), entry("G4")]


def read(entries: list[Entry]) -> ScoreSheet:
    return score(entries, BOOK, 2017, MEMBER)


def figures(sheet: ScoreSheet) -> dict[str, tuple[int, int]]:
    return {c.code: (int(c.raw), int(c.points)) for c in sheet.categories}


def grade(sheet: ScoreSheet) -> str:
    assert sheet.grade is not None
    return sheet.grade.code


def test_the_year_is_102_excellent():
    sheet = read(YEAR)
    assert figures(sheet) == {
        "A": (37, 37),
        "B": (22, 20),
        "C": (13, 13),
        "D": (9, 9),
        "E": (9, 9),
        "F": (15, 15),
        "G": (-1, -1),
    }
    assert (float(sheet.total), grade(sheet)) == (102, "EXCELLENT")


def test_a_the_cosigned_filing_revoked_changes_nothing():
    sheet = read([*YEAR, A])
    assert figures(sheet)["B"] == (20, 20)
    assert sheet.total == 102


def test_b_the_key_proposal_plagiarised_makes_it_78_competent():
    sheet = read([*YEAR, A, *B])
    assert figures(sheet)["B"] == (10, 10)
    assert figures(sheet)["F"] == (11, 11)
    assert figures(sheet)["G"] == (-11, -11)
    assert (float(sheet.total), grade(sheet)) == (78, "COMPETENT")


@pytest.mark.parametrize("turn", range(0, 30, 7))
def test_in_any_order(turn):
    entries = [*YEAR, A, *B]
    turned = entries[turn:] + entries[:turn]
    assert read(turned[::-1]) == read(entries)


# The same year as events tell it, up to the explained score.


def confirmed(number: int, kind: str, status: str = "PRESENT", **more: Any) -> Event:
    half_days = 6 if kind == "PLENARY" else 1
    row = {
        "member_id": LU,
        "status": status,
        "half_days_present": half_days if status == "PRESENT" else 0,
        "role": "PARTICIPANT",
    }
    return sample_event(
        "office",
        "meeting_attendance_confirmed",
        id=f"meeting-{number}",
        meeting_id=f"meeting-{number}",
        kind=kind,
        half_days=half_days,
        rows=[row],
        held_on=day(number).isoformat(),
        **more,
    )


def told(source: str, event_type: str, number: int, id_field: str, **more: Any) -> Event:
    """An event of the contracts' sample, about her, apart by number."""
    id = f"{event_type}-{number}"
    about = {id_field: id, "occurred_on": day(number).isoformat(), **more}
    if "rows" in base.SAMPLES[source, event_type]:
        about |= {"held_on": day(number).isoformat(), "rows": [{"member_id": LU}]}
    return sample_event(source, event_type, id=id, **about)


def her_year() -> list[Event]:
    return [
        confirmed(1, "PLENARY"),
        *(confirmed(n, "COMMITTEE") for n in range(2, 6)),
        confirmed(6, "COMMITTEE", "LEAVE"),
        filed("individual"),
        filed("joint", kind="JOINT", cosigners=(SHEN,)),
        filed("cosigned", kind="JOINT", first=SHEN, cosigners=(LU,)),
        sample_event("proposals", "proposal_not_filed", proposal_id="refused", first_proposer=LU),
        *(
            told("liaison", "activity_participation_confirmed", n, "activity_id")
            for n in range(1, 6)
        ),
        told("consultations", "report_accepted", 1, "report_id", main_authors=[LU]),
        *(told("opinions", "opinion_submitted", n, "opinion_id", authors=[LU]) for n in range(4)),
        *(told("opinions", "opinion_issued", n, "opinion_id", authors=[LU]) for n in range(2)),
        *(told("study", "study_attendance_confirmed", n, "session_id") for n in range(5)),
        told("study", "study_class_completed", 1, "class_id", member_id=LU),
        sample_event(
            "proposals",
            "proposal_key_selected",
            id="key",
            proposal_id="individual",
            first_proposer=LU,
            cosigners=[],
        ),
        told("opinions", "opinion_adopted", 1, "opinion_id", authors=[LU]),
        *(told("liaison", "activity_service_confirmed", n, "activity_id") for n in range(3)),
    ]


REVOKED = undone("proposal_filing_revoked", "cosigned", on=day(200))
PLAGIARISM = [
    sample_event(
        "proposals",
        "proposal_plagiarism_confirmed",
        id="plagiarism",
        proposal_id="individual",
        first_proposer=LU,
        cosigners=[],
    ),
    sample_event(
        "proposals",
        "proposal_key_deselected",
        id="deselected",
        proposal_id="individual",
        first_proposer=LU,
        cosigners=[],
    ),
]


def read_events(events: list[Event]) -> ScoreSheet:
    ledger = MemoryLedger()
    for event in events:
        post_points(event, ledger, BOOK)
    return read(list(ledger.entries.values()))


@pytest.mark.parametrize(
    ("more", "b", "f", "g", "total", "of_grade"),
    [
        ([], (22, 20), 15, -1, 102, "EXCELLENT"),
        ([REVOKED], (20, 20), 15, -1, 102, "EXCELLENT"),
        ([REVOKED, *PLAGIARISM], (10, 10), 11, -11, 78, "COMPETENT"),
    ],
)
def test_the_example_as_events_tell_it(more, b, f, g, total, of_grade):
    for events in ([*her_year(), *more], [*more, *reversed(her_year())]):
        sheet = read_events(events)
        found = figures(sheet)
        assert (found["A"], found["C"], found["D"], found["E"]) == (
            (37, 37),
            (13, 13),
            (9, 9),
            (9, 9),
        )
        assert (found["B"], found["F"], found["G"]) == (b, (f, f), (g, g))
        assert (float(sheet.total), grade(sheet)) == (total, of_grade)
