"""The worked example of section 4: 陆晓芸, 2017, with (a) and (b) of decision 33."""

from __future__ import annotations

import pytest

from services.performance.domain.ledger import Cancellation, Cause, Entry
from services.performance.domain.scoring import ScoreSheet, score
from tests.unit.performance.facts import BOOK, MEMBER, day, entry

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
