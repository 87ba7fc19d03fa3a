"""Absence rules: a task is opened once, whatever the order, and goes when its ground goes."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from services.members import reactions
from services.members.commands import departures
from services.members.commands.absences import decide_removal_review
from services.members.domain import errors
from services.members.domain.absences import ReviewState
from services.members.domain.posts import PostKind
from services.members.queries import reviews
from shared.actor import Role
from shared.contracts import sample_event
from shared.errors import Forbidden
from shared.messaging.events import Event
from tests.integration.members.roster_case import TERM_START, Case, call, command, post

LU = "m-15-0088"
HELD = TERM_START + timedelta(days=30)


@pytest.fixture
def people(case: Case) -> Case:
    case.member(88, post(PostKind.STANDING_MEMBER))
    return case


def meeting(number: int, status: str = "ABSENT", *, kind: str = "PLENARY", **row: Any) -> Event:
    """Meeting `number` of its kind, as the organiser confirms it; `replaces` makes a correction."""
    replaced = row.pop("replaces", None)
    facts = {
        "member_id": LU,
        "status": status,
        "half_days_present": int(status == "PRESENT"),
        "role": "PARTICIPANT",
        **({"occurrence_no": replaced} if replaced else {}),
        **row,
    }
    name = "meeting_attendance_corrected" if replaced else "meeting_attendance_confirmed"
    return sample_event(
        "office",
        name,
        id=f"{kind}-{number}-{replaced}",
        meeting_id=f"{kind}-{number}",
        kind=kind,
        held_on=(HELD + timedelta(days=90 * number)).isoformat(),
        rows=[facts],
    )


def hear(people: Case, *events: Event) -> list[tuple[str, str, list[str]]]:
    for event in events:
        reactions.note_attendance(event, people.roster)
    return known(people)


def known(people: Case) -> list[tuple[str, str, list[str]]]:
    found = people.roster.absences.reviews_of(LU)
    return [(review.ground, review.state.value, review.meetings) for review in found]


PLENARIES = [meeting(1), meeting(2)]
OPEN = [("PLENARY", "OPEN", ["PLENARY-1", "PLENARY-2"])]


def test_two_plenaries_missed_open_one_review(people: Case) -> None:
    assert hear(people, PLENARIES[0]) == []
    assert hear(people, PLENARIES[1]) == OPEN
    assert hear(people, *PLENARIES, *PLENARIES) == OPEN
    assert people.types(f"{LU}:PLENARY:1", "removal_reviews") == ["member_removal_review_opened"]


@pytest.mark.parametrize("status", ["LEAVE", "EXEMPT", "PRESENT"])
def test_leave_and_presence_are_no_absence(people: Case, status: str) -> None:
    assert hear(people, meeting(1), meeting(2, status)) == []


def test_leave_that_was_refused_is_absence(people: Case) -> None:
    assert hear(people, meeting(1, "LEAVE_REFUSED"), meeting(2)) == OPEN


def test_four_standing_committee_meetings_in_a_row(people: Case) -> None:
    absent = [meeting(n, kind="STANDING_COMMITTEE") for n in range(1, 5)]
    for order in itertools.islice(itertools.permutations(absent), 0, 24, 7):
        people.database.collection("removal_reviews").delete_many({})
        found = hear(people, *order)
        assert found == [("STANDING", "OPEN", [f"STANDING_COMMITTEE-{n}" for n in range(1, 5)])]


def test_a_meeting_attended_breaks_the_row_and_observers_are_not_asked(people: Case) -> None:
    kind = {"kind": "STANDING_COMMITTEE"}
    came = meeting(3, "PRESENT", **kind)
    assert hear(people, came, *(meeting(n, **kind) for n in (1, 2, 4, 5))) == []
    assert hear(people, *(meeting(n, role="OBSERVER", **kind) for n in range(6, 12))) == []


def test_a_correction_takes_the_ground_away_whenever_it_comes(people: Case) -> None:
    excused = meeting(2, "LEAVE", replaces=1)
    assert hear(people, excused, *PLENARIES) == []
    assert hear(people, meeting(3)) == [("PLENARY", "OPEN", ["PLENARY-1", "PLENARY-3"])]
    void = hear(people, meeting(3, "PRESENT", replaces=1))
    assert void == [("PLENARY", "VOID", ["PLENARY-1", "PLENARY-3"])]
    [_, closed] = people.events(f"{LU}:PLENARY:1", "removal_reviews")
    assert closed["data"]["outcome"] == "VOID"


def decide(people: Case, **changes: Any) -> str:
    given = {
        "review_id": f"{LU}:PLENARY:1",
        "removed": False,
        "reason": "因病住院，已补假",
        "document_no": None,
        **changes,
    }
    return decide_removal_review(call(), people.roster, **given)


def test_kept_is_not_asked_again_until_another_absence(people: Case) -> None:
    hear(people, *PLENARIES)
    decide(people)
    assert hear(people, *PLENARIES) == [("PLENARY", "KEPT", ["PLENARY-1", "PLENARY-2"])]
    assert [state for _, state, _ in hear(people, meeting(3))] == ["KEPT", "OPEN"]
    with pytest.raises(errors.ReviewDecided):
        decide(people)


def test_an_absence_while_the_review_waits_is_decided_with_it(people: Case) -> None:
    three = ["PLENARY-1", "PLENARY-2", "PLENARY-3"]
    assert hear(people, *PLENARIES, meeting(3)) == [("PLENARY", "OPEN", three)]
    decide(people)
    assert hear(people, *PLENARIES, meeting(3)) == [("PLENARY", "KEPT", three)]


def test_a_correction_changes_what_the_review_is_about(people: Case) -> None:
    excused = meeting(1, "LEAVE", replaces=1)
    assert hear(people, *PLENARIES, meeting(3), excused) == [
        ("PLENARY", "OPEN", ["PLENARY-2", "PLENARY-3"])
    ]
    assert people.types(f"{LU}:PLENARY:1", "removal_reviews") == ["member_removal_review_opened"]


def test_removal_needs_the_document_and_revokes_the_membership(people: Case) -> None:
    hear(people, *PLENARIES)
    with pytest.raises(errors.DocumentMissing):
        decide(people, removed=True)
    assert people.doc(LU)["state"] == "ACTIVE"
    decide(people, removed=True, document_no="吴政协〔2018〕3号")
    assert people.doc(LU)["state"] == "REVOKED"
    [(_, state, _)] = known(people)
    assert state == "REMOVED"
    reactions.note_end(_ended("member_revoked"), people.roster)
    assert [state for _, state, _ in known(people)] == ["REMOVED"]


@pytest.mark.parametrize(
    ("event_type", "outcome"), [("member_resigned", "VOID"), ("member_revoked", "REMOVED")]
)
def test_an_end_settles_what_is_open(people: Case, event_type: str, outcome: str) -> None:
    hear(people, *PLENARIES)
    if event_type == "member_resigned":
        departures.resign_member(
            call(), people.roster, member_id=LU, reason="工作调动", document_no=None
        )
    for _ in range(2):
        reactions.note_end(_ended(event_type), people.roster)
    assert [state for _, state, _ in known(people)] == [outcome]
    if event_type == "member_resigned":
        assert [state for _, state, _ in hear(people, meeting(4))] == [outcome]


def _ended(event_type: str) -> Event:
    return sample_event("members", event_type, member_id=LU)


def test_the_limits_are_settings(people: Case) -> None:
    assert (
        people.roster.setting("plenary_absences_to_removal"),
        people.roster.setting("standing_absences_to_removal"),
    ) == (2, 4)


def test_someone_unknown_and_another_kind_of_meeting_open_nothing(people: Case) -> None:
    strangers = [meeting(n, member_id="m-15-9999") for n in (1, 2)]
    assert hear(people, *strangers, *(meeting(n, kind="COMMITTEE") for n in range(1, 6))) == []


def test_the_same_command_twice(people: Case) -> None:
    hear(people, *PLENARIES)
    given: dict[str, Any] = {"review_id": f"{LU}:PLENARY:1", "removed": False, "reason": "已补假"}
    sent = command("c-1", given)
    for _ in range(2):
        decide_removal_review(sent, people.roster, **given, document_no=None)
    assert [state for _, state, _ in known(people)] == ["KEPT"]


def test_who_decides_and_who_sees(people: Case) -> None:
    hear(people, *PLENARIES)
    for role in (Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL):
        by = call(role)
        page = reviews.list_removal_reviews(
            by, people.roster, state=ReviewState.OPEN, first=10, after=None
        )
        assert [row["id"] for row in page["rows"]] == [f"{LU}:PLENARY:1"]
        assert reviews.count_removal_reviews(by, people.roster, state=None) == 1
        assert len(reviews.removal_reviews_by_ids(by, people.roster, ids=[f"{LU}:PLENARY:1"])) == 1
    for role in (Role.MEMBER, Role.STANDING_MEMBER, Role.TOWN_HEAD, Role.PUBLIC):
        by = call(role, LU)
        with pytest.raises(Exception) as refused:
            reviews.list_removal_reviews(by, people.roster, state=None, first=10, after=None)
        assert refused.type.__name__ in ("Forbidden", "Unauthenticated")
        assert reviews.removal_reviews_by_ids(by, people.roster, ids=[f"{LU}:PLENARY:1"]) == []
    with pytest.raises(Forbidden):
        decide_removal_review(
            call(Role.CHAIR_COUNCIL),
            people.roster,
            review_id="r",
            removed=False,
            reason="无",
            document_no=None,
        )
