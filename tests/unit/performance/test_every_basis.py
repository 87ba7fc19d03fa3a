"""Every earning event of section 4 and its reversal, from the contracts' own samples."""

from __future__ import annotations

from typing import Any

import pytest

from services.performance.domain.claims import PRESENCE, Basis
from services.performance.domain.facts import EARNINGS, HEARD, SOURCES, TYPES, UNDOINGS, earned
from services.performance.domain.scoring import score
from services.performance.reactions import post_points
from shared.contracts import CONTRACTS, sample_event
from shared.contracts.office import MEETING_KINDS
from shared.messaging.events import Event
from tests.unit.performance.facts import BOOK, LU, MEMBER, QIAN
from tests.unit.performance.memory import MemoryLedger

MEETING = ("office", "meeting_attendance_confirmed")
CORRECTED = ("office", "meeting_attendance_corrected")


def applied(*events: Event) -> MemoryLedger:
    ledger = MemoryLedger()
    for event in events:
        post_points(event, ledger, BOOK)
    return ledger


def standing(ledger: MemoryLedger) -> set[tuple[str, str, str]]:
    """(rule, member, variant) of what is not undone."""
    undone = {entry.reverses_entry_id for entry in ledger.entries.values()}
    return {
        (e.rule_code, e.member_id, e.variant)
        for e in ledger.entries.values()
        if not e.is_reversal and e.entry_id not in undone
    }


def row(status: str = "PRESENT", present: int = 1, **changes: Any) -> dict[str, Any]:
    base = {"member_id": LU, "status": status, "half_days_present": present, "role": "PARTICIPANT"}
    return {**base, "half_days_exempt": 0, "occurrence_no": 1, **changes}


def meeting(kind: str, *rows: dict[str, Any], mandatory: bool = True, **more: Any) -> Event:
    changes = {"kind": kind, "rows": list(rows), "mandatory": mandatory, "half_days": 2, **more}
    return sample_event(*MEETING, id=f"{kind}-confirmed", **changes)


def test_what_is_heard_has_a_contract_and_every_basis_a_rule_and_an_event():
    sample_event(*MEETING)  # loads all contracts
    assert set(HEARD) <= set(CONTRACTS)
    assert {event_type for _, event_type in HEARD} == TYPES
    assert {source for source, _ in HEARD} == set(SOURCES)
    assert {earning.basis for earning in EARNINGS} == set(Basis)
    rules = BOOK.of_year(2017).rules.values()
    assert sorted(rule.basis for rule in rules) == sorted(Basis)


# (event, its reversal, what the first earns by the contracts' samples)
PAIRS: list[tuple[tuple[str, str], tuple[str, str] | None, set[tuple[str, str, str]]]] = [
    (MEETING, CORRECTED, {("A1", LU, "")}),
    (
        ("office", "meeting_speech_recorded"),
        ("office", "meeting_speech_corrected"),
        {("F5", LU, "ORAL")},
    ),
    (
        ("liaison", "activity_participation_confirmed"),
        ("liaison", "activity_participation_corrected"),
        {("C1", LU, "")},
    ),
    (
        ("liaison", "activity_service_confirmed"),
        ("liaison", "activity_service_corrected"),
        {("F9", LU, "")},
    ),
    (("consultations", "report_accepted"), ("consultations", "report_revoked"), {("C2", LU, "")}),
    (("supervision", "report_accepted"), ("supervision", "report_revoked"), {("C2", LU, "")}),
    (("consultations", "motion_delivered"), None, {("F6", LU, "")}),
    (("opinions", "opinion_submitted"), ("opinions", "opinion_withdrawn"), {("D1", QIAN, "")}),
    (
        ("opinions", "opinion_issued"),
        ("opinions", "opinion_issue_revoked"),
        {("D2", QIAN, "SINGLE")},
    ),
    (
        ("opinions", "opinion_adopted"),
        ("opinions", "opinion_adoption_revoked"),
        {("F3", QIAN, "CITY")},
    ),
    (
        ("opinions", "opinion_instructed"),
        ("opinions", "opinion_instruction_revoked"),
        {("F4", QIAN, "DISTRICT")},
    ),
    (
        ("outcomes", "outcome_instructed"),
        ("outcomes", "outcome_instruction_revoked"),
        {("F4", LU, "DISTRICT")},
    ),
    (
        ("outcomes", "outcome_item_verified"),
        ("outcomes", "outcome_item_reopened"),
        {("F7", LU, "")},
    ),
    (
        ("study", "study_attendance_confirmed"),
        ("study", "study_attendance_corrected"),
        {("E1", LU, "")},
    ),
    (("study", "study_class_completed"), ("study", "study_completion_revoked"), {("E2", LU, "")}),
    (("study", "study_paper_accepted"), ("study", "study_paper_revoked"), {("E3", LU, "")}),
    (("publicity", "history_accepted"), ("publicity", "history_revoked"), {("F8", LU, "HISTORY")}),
    (
        ("publicity", "publicity_model_published"),
        ("publicity", "publicity_model_revoked"),
        {("F8", LU, "MODEL")},
    ),
]


@pytest.mark.parametrize(("event", "reversal", "expected"), PAIRS)
def test_earned_and_undone_in_either_order(event, reversal, expected):
    fact = sample_event(*event)
    assert standing(applied(fact)) == expected
    assert standing(applied(fact, fact)) == expected
    if reversal is None:
        return
    undone = sample_event(*reversal)
    after = standing(applied(fact, undone))
    assert not after & expected
    assert standing(applied(undone, fact)) == standing(applied(undone, fact, undone)) == after


def test_the_pairs_are_all_of_section_4_but_the_proposals():
    listed = {pair[0][1] for pair in PAIRS} | {pair[1][1] for pair in PAIRS if pair[1]}
    others = {e.event_type for e in EARNINGS} | {u.event_type for u in UNDOINGS}
    assert listed == {name for name in others if not name.startswith("proposal_")}


@pytest.mark.parametrize(
    ("kind", "role", "rule"),
    [
        ("PLENARY", "PARTICIPANT", "A1"),
        ("STANDING_COMMITTEE", "PARTICIPANT", "A2"),
        ("COMMITTEE", "PARTICIPANT", "A3"),
        ("SECTOR", "PARTICIPANT", "A3"),
        ("TOWN", "PARTICIPANT", "A3"),
        ("JOINT_CONFERENCE", "PARTICIPANT", "A3"),
        ("CONSULTATION", "PARTICIPANT", "A3"),
        ("CONSULTATION", "SPEAKER", "C1"),
        ("INSPECTION", "PARTICIPANT", "C1"),
        ("RESEARCH", "PARTICIPANT", "C1"),
        ("SUPERVISION", "PARTICIPANT", "C1"),
    ],
)
def test_one_meeting_earns_one_rule(kind, role, rule):
    assert standing(applied(meeting(kind, row(role=role)))) == {(rule, LU, "")}


def test_who_sits_in_earns_nothing():
    sat_in = row(role="OBSERVER")
    assert standing(applied(*(meeting(kind, sat_in) for kind in MEETING_KINDS))) == set()


@pytest.mark.parametrize(("is_standing", "earns"), [(True, {("A2", LU, "")}), (False, set())])
def test_the_standing_committee_counts_for_its_members_alone(is_standing, earns):
    assert standing(applied(meeting("STANDING_COMMITTEE", row(standing=is_standing)))) == earns


def test_study_training_and_the_meetings_of_the_chairs_earn_nothing_from_the_office():
    nothing = {"STUDY", "TRAINING", "CHAIR_COUNCIL", "SECRETARY_GENERAL"}
    assert set(MEETING_KINDS) - set(PRESENCE) == nothing
    assert standing(applied(*(meeting(kind, row()) for kind in nothing))) == set()


def test_a_deduction_belongs_to_the_year_of_the_filing_and_so_does_its_overturning():
    filing, found = "2017-02-08T09:00:00+08:00", "2018-03-01T09:00:00+08:00"
    told = {"filed_on": filing, "occurred_on": found, "proposer_type": "INDIVIDUAL"}
    [deduction] = earned(sample_event("proposals", "proposal_plagiarism_confirmed", **told), BOOK)
    assert (deduction.rule_code, deduction.year) == ("G4", 2017)
    assert (deduction.occurred_on.isoformat(), deduction.posted_at.isoformat()) == (filing, found)
    back = earned(sample_event("proposals", "proposal_plagiarism_overturned", **told), BOOK)
    assert [(entry.rule_code, entry.year) for entry in back] == [("B1", 2017)]
    before = {**told, "filed_on": None}  # told before this was known
    [late] = earned(sample_event("proposals", "proposal_plagiarism_confirmed", **before), BOOK)
    assert late.year == 2018


@pytest.mark.parametrize(
    ("kind", "mandatory", "status", "accepted", "expected"),
    [
        ("PLENARY", True, "ABSENT", None, {("G1", LU, "")}),
        ("PLENARY", True, "LEAVE_REFUSED", None, {("G1", LU, "")}),
        ("PLENARY", True, "LEAVE", None, {("G2", LU, "LEAVE")}),
        ("PLENARY", True, "EXEMPT", None, set()),
        ("STANDING_COMMITTEE", True, "ABSENT", None, {("G2", LU, "STANDING_ABSENT")}),
        ("STANDING_COMMITTEE", True, "LEAVE_REFUSED", None, {("G2", LU, "ABSENT")}),
        ("STANDING_COMMITTEE", True, "LEAVE", None, {("G2", LU, "LEAVE")}),
        ("COMMITTEE", True, "ABSENT", None, {("G2", LU, "ABSENT")}),
        ("COMMITTEE", True, "LEAVE", None, {("G2", LU, "LEAVE")}),
        ("STUDY", True, "ABSENT", None, {("G2", LU, "ABSENT")}),
        ("SECTOR", False, "ABSENT", True, {("G3", LU, "")}),
        ("SECTOR", False, "ABSENT", False, set()),
        ("SECTOR", False, "ABSENT", None, set()),
        ("SECTOR", False, "LEAVE", True, set()),
        ("PLENARY", False, "ABSENT", False, set()),
    ],
)
def test_absence(kind, mandatory, status, accepted, expected):
    absent = row(status, 0, **({} if accepted is None else {"accepted": accepted}))
    assert standing(applied(meeting(kind, absent, mandatory=mandatory))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"mandatory": False}, set()),
        ({"mandatory": False, "accepted": True}, {("G3", LU, "")}),
        ({"role": "OBSERVER"}, set()),
        ({"mandatory": True}, {("G2", LU, "ABSENT")}),
    ],
)
def test_a_guest_misses_a_mandatory_meeting_only_after_accepting(changes, expected):
    assert standing(applied(meeting("TOWN", row("ABSENT", 0, **changes)))) == expected


@pytest.mark.parametrize(
    ("present", "exempt", "points"), [(6, 0, 25.0), (3, 0, 12.5), (1, 0, 4.2), (3, 2, 18.8)]
)
def test_the_plenary_by_half_days_without_those_exempt(present, exempt, points):
    plenary = meeting("PLENARY", row(present, half_days_exempt=exempt), half_days=6)
    plenary.data["rows"] = [row(present=present, half_days_exempt=exempt)]
    [entry] = earned(plenary, BOOK)
    rule = BOOK.rule(1, entry.rule_code)
    assert float(rule.base(entry.variant, entry.quantity, entry.out_of)) == points


def test_presence_by_video_counts_for_members_from_outside_the_mainland():
    entries = applied(meeting("COMMITTEE", row(remote=True))).entries.values()
    home = score(entries, BOOK, 2017, MEMBER)
    [line] = home.categories[0].lines
    assert (float(home.total), line.reason) == (0.0, "线上参会，仅港澳台侨委员计分，不计分")
    abroad = score(entries, BOOK, 2017, type(MEMBER)(LU, overseas=True))
    assert abroad.total == 3


def test_a_correction_replaces_a_members_record_and_later_ones_replace_it():
    first = meeting("COMMITTEE", row("ABSENT", 0), row(member_id=QIAN))
    corrections = [
        sample_event(
            *CORRECTED,
            id=f"corrected-{replaced}",
            kind="COMMITTEE",
            half_days=2,
            rows=[{**state, "occurrence_no": replaced}],
        )
        for replaced, state in ((1, row()), (2, row("LEAVE", 0)))
    ]
    after_one = {("A3", LU, ""), ("A3", QIAN, "")}
    after_two = {("G2", LU, "LEAVE"), ("A3", QIAN, "")}
    assert standing(applied(first, corrections[0])) == after_one
    assert standing(applied(first, *corrections)) == after_two
    assert standing(applied(*reversed(corrections), first)) == after_two


def test_points_count_in_the_year_of_the_meeting_not_of_its_confirmation():
    held, confirmed = "2017-12-28T09:00:00+08:00", "2018-01-04T09:00:00+08:00"
    [entry] = earned(meeting("COMMITTEE", row(), held_on=held, occurred_on=confirmed), BOOK)
    assert (entry.year, entry.occurred_on.isoformat()) == (2017, held)
    assert entry.posted_at.isoformat() == confirmed


def test_an_instruction_known_from_two_services_counts_once():
    changes = {"instruction_id": "i-1", "authors": [LU], "level": "CITY"}
    both = applied(
        sample_event("opinions", "opinion_instructed", **changes),
        sample_event("outcomes", "outcome_instructed", **changes),
    )
    assert [entry.entry_id for entry in both.entries.values()] == [f"F4:instruction/i-1:{LU}:1"]


def test_an_item_that_is_opened_again_undoes_the_verification_that_it_names():
    verified = [
        sample_event("outcomes", "outcome_item_verified", id=f"v-{no}", occurrence_no=no)
        for no in (1, 2)
    ]
    undone = sample_event("outcomes", "outcome_item_reopened", id="r-1", occurrence_no=1)
    unverified = sample_event("outcomes", "outcome_item_reopened", id="r-0", occurrence_no=0)
    for order in ([*verified, undone, unverified], [unverified, undone, *reversed(verified)]):
        assert standing(applied(*order)) == {("F7", LU, "")}
