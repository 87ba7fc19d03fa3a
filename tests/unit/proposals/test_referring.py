"""Decision 50: what is not filed goes to others with its author's consent, and comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.commands import consulting, review, tracking
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.queries.proposals import proposals_by_ids
from shared.contracts import names
from shared.errors import DomainError, NotFound
from tests.unit.proposals.commands import scenes
from tests.unit.proposals.commands.world import (
    COMMITTEE_STAFF,
    DIRECTOR,
    LU,
    OFFICE,
    OFFICER,
    OTHER_OFFICER,
    SECOND_OFFICER,
    STAFF,
    SYSTEM,
    VISITOR,
    World,
    ask,
    row_of,
)

LETTER: dict[str, Any] = {
    "reason": NotFiledReason.NF07,
    "disposition": Disposition.TO_LETTER,
    "reference_units": None,
}


def told(world: World, event: str) -> list[dict[str, Any]]:
    return [data for name, data in world.proposals.events if name == event]


def seen_by(world: World, key: str, *actors: Any) -> list[bool]:
    return [bool(ask(world, proposals_by_ids, actor, [key], None)) for actor in actors]


def test_nothing_goes_anywhere_before_the_author_agrees() -> None:
    world = World()
    key = scenes.asked_to_refer(world)
    [asked] = told(world, names.PROPOSAL_REFERRAL_ASKED)
    assert (asked["disposition"], asked["units"]) == ("TO_REFERENCE", ["unit-1", "unit-2"])
    assert asked["decide_by"] == "2017-02-13T09:00:00+08:00"  # five working days
    assert seen_by(world, key, LU, OFFICER, OFFICE, VISITOR) == [True, False, False, False]
    with pytest.raises(NotFound):
        world.run(consulting.confirm_referral, OFFICER, key)


def test_silence_is_no_consent_and_is_reminded_of_once() -> None:
    world = World()
    key = scenes.asked_to_refer(world)
    world.clock.advance(timedelta(days=30))
    for _ in range(3):
        world.run(tracking.ring_alarms, SYSTEM)
    reminders = told(world, names.PROPOSAL_REMINDER_DUE)
    assert [row["about"] for row in reminders] == ["REFERRAL_CONSENT"]
    assert told(world, names.PROPOSAL_REFERRED) == []
    assert seen_by(world, key, OFFICER) == [False]


def test_each_unit_reads_the_text_and_confirms_for_itself() -> None:
    world = World()
    key = scenes.referred(world)
    assert [row["unit"] for row in told(world, names.PROPOSAL_REFERRED)] == ["unit-1", "unit-2"]
    assert all(row["decide_by"] for row in told(world, names.PROPOSAL_REFERRED))
    viewers = (OFFICER, SECOND_OFFICER, OTHER_OFFICER, OFFICE, COMMITTEE_STAFF, VISITOR)
    assert seen_by(world, key, *viewers) == [True, True, False, False, False, False]
    world.run(consulting.confirm_referral, OFFICER, key)
    row = row_of(world, key, LU)
    received = [receipt["received_at"] is not None for receipt in row["referral"]["receipts"]]
    assert received == [True, False]
    with pytest.raises(DomainError) as caught:
        world.run(consulting.confirm_referral, OFFICER, key)
    assert caught.value.code == "RECEIPT_GIVEN"


def test_a_unit_learns_neither_why_nor_the_authors_phone() -> None:
    world = World()
    key = world.draft(contact_person="陆晓芸", contact_phone="0512-63000000")
    key = world.under_review(key)
    world.run(review.not_file_proposal, DIRECTOR, key, **scenes.REFERENCE)
    world.run(consulting.answer_referral, LU, key, True, "")
    row = row_of(world, key, OFFICER)
    assert row["title"] and row["referral"]["receipts"]
    assert not {"not_filed", "appeal", "contact_phone", "contact_person", "history"} & set(row)


def test_refused_it_goes_nowhere() -> None:
    world = World()
    key = scenes.asked_to_refer(world)
    world.run(consulting.answer_referral, LU, key, False, "不便公开")
    assert told(world, names.PROPOSAL_REFERRED) == []
    assert len(told(world, names.PROPOSAL_REFERRAL_REFUSED)) == 1
    with pytest.raises(DomainError) as caught:
        world.run(consulting.answer_referral, LU, key, True, "")
    assert caught.value.code == "NO_REFERRAL"


def test_a_letter_is_the_offices_to_read_and_no_units() -> None:
    world = World()
    key = scenes.referred(world, **LETTER)
    [sent] = told(world, names.PROPOSAL_REFERRED)
    assert (sent["disposition"], sent["unit"], sent["occurrence_no"]) == ("TO_LETTER", None, 1)
    assert seen_by(world, key, OFFICE, STAFF, OFFICER) == [True, True, False]


@pytest.mark.parametrize(
    "decision",
    [
        {"reference_units": []},
        {"reference_units": None},
        {"disposition": Disposition.TO_SCPO},
        {"disposition": Disposition.TO_LETTER},
    ],
)
def test_units_belong_to_what_is_sent_for_reference(decision: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as caught:
        scenes.asked_to_refer(World(), **decision)
    assert (caught.value.code, caught.value.field) == ("REFERENCE_UNITS", "referenceUnits")


def test_units_must_be_in_being() -> None:
    with pytest.raises(DomainError) as caught:
        scenes.asked_to_refer(World(), reference_units=["gone"])
    assert (caught.value.code, caught.value.field) == ("UNIT_UNKNOWN", "referenceUnits")


def test_after_a_successful_appeal_nobody_has_it_any_more() -> None:
    world = World()
    key = scenes.referred(world)
    world.run(review.request_appeal, LU, key, "建议是具体的")
    world.run(review.decide_appeal, DIRECTOR, key, True, "同意")
    world.run(review.confirm_appeal, STAFF, key, True)
    assert len(told(world, names.PROPOSAL_REFERRAL_ENDED)) == 1
    assert world.proposal(key).referral is None
    assert seen_by(world, key, OFFICER) == [False]
