"""What members did, whether or not it earns points, in any order of delivery."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.performance.domain import duties, facts
from services.performance.domain.duties import Duty, records
from services.performance.reactions import note_duties, post_points
from shared.contracts import CONTRACTS, sample_event
from shared.contracts.base import published
from shared.contracts.functions import DUTY_EVENTS
from shared.messaging.events import Event
from tests.unit.performance.facts import BOOK, LU, QIAN, SHEN, day, filed
from tests.unit.performance.histories import delivery, history
from tests.unit.performance.memory import MemoryDuties, MemoryLedger
from tests.unit.performance.test_every_basis import CORRECTED, PAIRS, meeting, row

WITHOUT_DUTY = {  # honours, and what others do with a member's work
    "opinion_adopted",
    "opinion_instructed",
    "outcome_instructed",
    "outcome_item_verified",
    "publicity_model_published",
}


def told(*events: Event) -> MemoryDuties:
    ledger, store = MemoryLedger(), MemoryDuties()
    for event in events:
        post_points(event, ledger, BOOK)
        note_duties(event, ledger, store)
    return store


def standing(store: MemoryDuties) -> set[tuple[str, str, str]]:
    return {(one.duty.value, one.kind, one.member_id) for one in store.standing()}


def test_what_is_heard_has_a_contract():
    sample_event("office", "meeting_attendance_confirmed")  # loads all contracts
    heard = {event_type for _, event_type in (*facts.HEARD, *duties.HEARD)}
    assert set(duties.HEARD) <= set(CONTRACTS)
    assert {telling.event_type for telling in duties.TELLINGS} <= heard
    assert {telling.duty for telling in duties.TELLINGS} == set(Duty)


@pytest.mark.parametrize(("event", "reversal", "_earned"), PAIRS)
def test_a_reversed_fact_is_no_duty_in_either_order(event, reversal, _earned):
    fact = sample_event(*event)
    found = records(fact)
    assert bool(found) == (event[1] not in WITHOUT_DUTY)
    if reversal is None or not found:
        return
    undone = sample_event(*reversal)
    own = {one.id for one in found}
    for order in ((fact, undone), (undone, fact), (fact, undone, fact, undone)):
        assert not own & {one.id for one in told(*order).standing()}


def test_a_proposal_is_a_duty_of_all_who_signed():
    joint = filed("p1", kind="JOINT", cosigners=(SHEN, QIAN))
    assert standing(told(joint)) == {
        ("PROPOSAL", "FIRST", LU),
        ("PROPOSAL", "COSIGNER", SHEN),
        ("PROPOSAL", "COSIGNER", QIAN),
    }


def test_a_meeting_is_told_with_its_half_days():
    found = records(
        meeting(
            "COMMITTEE",
            row(present=1),
            row("LEAVE", 0, member_id=SHEN, half_days_exempt=1),
            row("EXEMPT", 0, member_id=QIAN, half_days_exempt=2),
        )
    )
    assert [(r.member_id, r.status, r.required, r.present, r.done) for r in found] == [
        (LU, "PRESENT", 2, 1, True),
        (SHEN, "LEAVE", 1, 0, False),
        (QIAN, "EXEMPT", 0, 0, False),
    ]


def test_who_was_free_to_stay_away_is_in_no_denominator():
    found = records(
        meeting(
            "SECTOR",
            row("ABSENT", 0),
            row("ABSENT", 0, member_id=SHEN, accepted=True),
            row(present=1, member_id=QIAN, role="OBSERVER"),
            mandatory=False,
        )
    )
    assert [(r.member_id, r.status, r.required, r.present) for r in found] == [
        (SHEN, "ABSENT", 2, 0),
        (QIAN, "PRESENT", 1, 1),
    ]


def test_a_correction_replaces_a_members_record():
    first = meeting("COMMITTEE", row("ABSENT", 0), row(member_id=SHEN))
    corrected = sample_event(*CORRECTED, id="c", kind="COMMITTEE", half_days=2, rows=[row()])
    for order in ((first, corrected), (corrected, first)):
        found = told(*order).standing()
        assert [(r.member_id, r.occurrence_no, r.status) for r in found] == [
            (SHEN, 1, "PRESENT"),
            (LU, 2, "PRESENT"),
        ]


def test_contacts_links_and_receptions():
    started = sample_event("liaison", "contact_link_started")
    ended = sample_event("liaison", "contact_link_ended", occurred_on=day(9).isoformat())
    recorded = sample_event("liaison", "contact_recorded")
    received = sample_event("liaison", "home_reception_recorded")
    store = told(ended, recorded, started, received, recorded)
    assert standing(store) == {
        ("CONTACT", "link-1", LU),
        ("CONTACT", "LEADER", "m-15-0001"),
        ("RECEPTION", "", QIAN),
    }
    [link] = store.links.values()
    assert (link.started_on, link.ended_on) == (day(0), day(9))


def _facts(store: MemoryDuties) -> list[str]:
    return [one.id for one in store.standing()]


@settings(max_examples=1000, deadline=None)
@given(st.data())
def test_any_delivery_tells_the_same(data):
    story, _ = data.draw(history())
    sent: Iterable[Event] = data.draw(delivery(story))
    in_order = told(*story)
    delivered = told(*sent)
    assert _facts(delivered) == _facts(in_order)


def test_every_duty_is_an_event_that_carries_its_function() -> None:
    assert {telling.event_type for telling in duties.TELLINGS} == DUTY_EVENTS
    for source, event_type in published():
        sample = sample_event(source, event_type)
        assert ("function" in sample.data) is (event_type in DUTY_EVENTS)


@pytest.mark.parametrize(
    ("event_type", "kind", "function"),
    [
        ("meeting_attendance_confirmed", "PLENARY", "CONSULTATION"),
        ("meeting_attendance_confirmed", "INSPECTION", "SUPERVISION"),
        ("meeting_attendance_confirmed", "COMMITTEE", "PARTICIPATION"),
        ("activity_participation_confirmed", "CONSULTATION", "CONSULTATION"),
        ("activity_participation_confirmed", "SURVEY", "PARTICIPATION"),
    ],
)
def test_the_function_follows_from_the_kind(event_type: str, kind: str, function: str) -> None:
    source = "office" if event_type.startswith("meeting") else "liaison"
    heard = sample_event(source, event_type, kind=kind)
    assert heard.data["function"] == function
    found = records(heard)
    assert found and {record.function for record in found} == {function}
    del heard.data["function"]  # as it was told before there were functions
    assert {record.function for record in records(heard)} == {function}
    assert {duties.function_of_stored(one.duty, one.kind) for one in found} == {function}


def test_what_supervision_tells_is_supervision() -> None:
    heard = sample_event("supervision", "report_accepted")
    assert heard.data["function"] == "SUPERVISION"
    other = sample_event("consultations", "report_accepted")
    assert other.data["function"] == "PARTICIPATION"
