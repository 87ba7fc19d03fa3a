"""score(): the one function on reading, with its reasons."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from services.performance.domain.ledger import SHANGHAI, Cancellation, Cause, Entry
from services.performance.domain.members import Member
from services.performance.domain.scoring import ScoreSheet, score
from tests.unit.performance.facts import BOOK, LU, MEMBER, SHEN, day, entry


def sheet(entries: list[Entry], member: Member = MEMBER, year: int = 2017) -> ScoreSheet:
    return score(entries, BOOK, year, member)


def undo(original: Entry, event_type: str = "proposal_withdrawn") -> Entry:
    cause = Cause(f"undo-{original.entry_id}", event_type, day(200), {})
    return original.undone_by(Cancellation(original.source_ref, original.occurrence_no, cause))


def category(found: ScoreSheet, code: str) -> tuple[float, float]:
    """(raw, capped) points."""
    [of_code] = [c for c in found.categories if c.code == code]
    return float(of_code.raw), float(of_code.points)


def reasons(found: ScoreSheet, rule_code: str) -> list[tuple[float, str]]:
    return [
        (float(line.points), line.reason)
        for c in found.categories
        for line in c.lines
        if line.rule_code == rule_code
    ]


def test_without_entries_everything_is_nothing():
    found = sheet([])
    assert found.total == 0
    assert [c.code for c in found.categories] == list("ABCDEFG")
    assert found.grade is not None
    assert found.grade.code == "TO_IMPROVE"
    assert found.rule_version == 1


def test_first_individual_proposal_then_further_ones():
    found = sheet([entry("B1", 2), entry("B1", 1), entry("B1", 3)])
    assert reasons(found, "B1") == [
        (10, "首件10分，后续每件4分；本件为首件，计10分"),
        (4, "首件10分，后续每件4分；本件为第2件，计4分"),
        (4, "首件10分，后续每件4分；本件为第3件，计4分"),
    ]
    assert category(found, "B") == (18, 18)


def test_first_moves_on_when_the_first_is_undone():
    first, second = entry("B1", 1), entry("B1", 2)
    found = sheet([first, second, undo(first)])
    assert reasons(found, "B1") == [
        (0, "因提案撤案已冲销，不计分"),
        (10, "首件10分，后续每件4分；本件为首件，计10分"),
    ]
    assert category(found, "B") == (10, 10)


def test_the_order_of_filing_decides_not_the_order_of_posting():
    late = entry("B1", 1, on=day(30))
    early = entry("B1", 2, on=day(3))
    lines = next(c for c in sheet([late, early]).categories if c.code == "B").lines
    assert [(line.source_ref, float(line.points)) for line in lines] == [
        (early.source_ref, 10),
        (late.source_ref, 4),
    ]


def test_cosigning_counts_three_times_a_year():
    found = sheet([entry("B3", number) for number in (1, 2, 3, 4)])
    assert reasons(found, "B3") == [
        (2, "每件2分，年度3件为限；第1件联名，计2分"),
        (2, "每件2分，年度3件为限；第2件联名，计2分"),
        (2, "每件2分，年度3件为限；第3件联名，计2分"),
        (0, "第4件联名，超过年度3件上限，不计分"),
    ]


def test_a_fourth_cosigning_counts_once_an_earlier_one_is_undone():
    entries = [entry("B3", number) for number in (1, 2, 3, 4)]
    found = sheet([*entries, undo(entries[1], "proposal_filing_revoked")])
    assert reasons(found, "B3") == [
        (2, "每件2分，年度3件为限；第1件联名，计2分"),
        (0, "因撤销立案已冲销，不计分"),
        (2, "每件2分，年度3件为限；第2件联名，计2分"),
        (2, "每件2分，年度3件为限；第3件联名，计2分"),
    ]


def test_joint_first_proposer():
    assert reasons(sheet([entry("B2")]), "B2") == [(8, "每件8分，计8分")]


def test_the_cap_is_applied_over_the_raw_sum():
    proposals = [entry("B1", 1), entry("B2", 2), entry("B2", 3)]
    assert category(sheet(proposals), "B") == (26, 20)
    above = sheet([*proposals, undo(proposals[2])])
    assert category(above, "B") == (18, 18)


def test_undoing_above_the_cap_changes_nothing_visible():
    proposals = [entry("B2", number) for number in (1, 2, 3, 4)]
    assert category(sheet(proposals), "B") == (32, 20)
    assert category(sheet([*proposals, undo(proposals[0])]), "B") == (24, 20)


def test_points_limited_for_a_year():
    services = sheet([entry("F9", number) for number in range(1, 7)])
    assert [points for points, _ in reasons(services, "F9")] == [2, 2, 2, 2, 2, 0]
    assert reasons(services, "F9")[5] == (0, "本项年度上限10分，此前已计10分，计0分")


def test_a_share_of_the_plenary():
    found = sheet([entry("A1", quantity=5, out_of=6)])
    assert reasons(found, "A1") == [(20.8, "25分×5/6，计20.8分")]
    assert found.total == Decimal("20.8")


def test_deductions_have_no_cap_and_the_total_is_never_below_nothing():
    found = sheet([entry("B2"), entry("G1", 1), entry("G4", 2)])
    assert category(found, "G") == (-20, -20)
    assert found.total == 0


def test_a_reversal_counts_in_the_year_of_its_original():
    december = entry("B1", on=datetime(2017, 12, 30, 9, tzinfo=SHANGHAI))
    reversal = undo(december)
    assert reversal.year == 2017
    assert sheet([december, reversal]).total == 0
    assert sheet([december, reversal], year=2018).total == 0


def test_a_case_filed_again_earns_again():
    first = entry("B1", source_ref="proposal/p1/filed", occurrence=1)
    again = entry("B1", 40, source_ref="proposal/p1/filed", occurrence=2)
    found = sheet([first, undo(first), again])
    assert [points for points, _ in reasons(found, "B1")] == [0, 10]
    assert found.total == 10


def test_a_new_year_starts_at_nothing():
    last_year = entry("B1", 1)
    this_year = entry("B1", 2, on=datetime(2018, 1, 1, 0, 0, tzinfo=SHANGHAI))
    assert reasons(sheet([last_year, this_year], year=2018), "B1") == [
        (10, "首件10分，后续每件4分；本件为首件，计10分")
    ]


def test_entries_of_others_do_not_count():
    assert sheet([entry("B2", member_id=SHEN)]).total == 0


def test_a_line_names_its_fact():
    original = entry("B2", 3)
    [line] = next(c for c in sheet([original]).categories if c.code == "B").lines
    assert (line.entry_id, line.rule_label) == (original.entry_id, "联名提案立案（第一提案人）")
    assert (line.event_type, line.source_ref) == ("fact_established", "fact/B2/3")
    assert (line.occurred_on, line.occurrence_no, line.reversed) == (day(3), 1, False)


def total_of(points: int) -> list[Entry]:
    """Entries worth `points` in all, from categories that are not near their caps."""
    capped = [entry("A1"), *(entry("A3", n) for n in range(5))]  # 40
    capped += [entry("B1", n) for n in range(4)]  # 20
    capped += [entry("F3", n, variant="NATION") for n in range(2)]  # 30
    return [*capped, *(entry("G3", n) for n in range(90 - points))]


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        (90, "EXCELLENT"),
        (85, "EXCELLENT"),
        (84, "COMPETENT"),
        (60, "COMPETENT"),
        (59, "TO_IMPROVE"),
    ],
)
def test_grades(points, grade):
    found = sheet(total_of(points))
    assert found.total == points
    assert found.grade is not None
    assert found.grade.code == grade


@pytest.mark.parametrize(
    ("month", "months", "points", "grade"),
    [
        (3, 10, 71, "EXCELLENT"),  # 85 × 10 ÷ 12 = 70.8
        (3, 10, 70, "COMPETENT"),
        (3, 10, 50, "COMPETENT"),  # 60 × 10 ÷ 12 = 50, reached exactly
        (3, 10, 49, "TO_IMPROVE"),
        (12, 1, 8, "EXCELLENT"),  # 85 ÷ 12 = 7.1
        (12, 1, 5, "COMPETENT"),
        (1, 12, 84, "COMPETENT"),
    ],
)
def test_a_co_opted_members_thresholds_are_by_months(month, months, points, grade):
    co_opted = Member(LU, co_opted_on=datetime(2017, month, 28, tzinfo=SHANGHAI))
    found = sheet(total_of(points), co_opted)
    assert found.months == months
    assert found.grade is not None
    assert found.grade.code == grade


def test_a_co_opted_members_next_year_is_whole():
    co_opted = Member(LU, co_opted_on=datetime(2017, 3, 28, tzinfo=SHANGHAI))
    assert sheet([], co_opted, year=2018).months == 12


def test_no_grade_before_the_appointment():
    co_opted = Member(LU, co_opted_on=datetime(2018, 3, 28, tzinfo=SHANGHAI))
    found = sheet([], co_opted)
    assert (found.months, found.grade) == (0, None)


def test_who_is_not_scored_has_points_but_no_grade():
    found = sheet([entry("B2")], Member(LU, not_scored=True))
    assert (float(found.total), found.grade, found.not_scored) == (8, None, True)
