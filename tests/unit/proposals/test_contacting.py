"""V16: contacts before the assignment, after the reply, and two where a meeting is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.proposals.commands import handling, replying
from services.proposals.domain import tallying
from shared.errors import DomainError, NotFound
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.world import (
    LU,
    OFFICER,
    SUPERVISING,
    World,
    row_of,
)


def written(world: World, key: str) -> list[tuple[str | None, int, bool]]:
    return [(c.unit, c.round, c.after_reply) for c in world.proposal(key).contacts]


def test_a_proposer_records_before_the_assignment_and_the_unit_cannot() -> None:
    world = World()
    key = world.filed()
    world.run(handling.record_contact, LU, key, **steps.MET)
    assert written(world, key) == [(None, 0, False)]
    with pytest.raises(NotFound):
        world.run(handling.record_contact, OFFICER, key, **steps.MET)


def test_before_filing_there_is_nobody_to_meet() -> None:
    world = World()
    with pytest.raises(DomainError) as caught:
        world.run(handling.record_contact, LU, world.submitted(), **steps.MET)
    assert caught.value.code == "PROPOSAL_WRONG_STATE"


def test_after_the_reply_both_record_and_it_counts_for_no_reply() -> None:
    world = World()
    key = steps.replied(world)
    world.run(handling.record_contact, LU, key, **steps.MET)
    steps.met(world, key)
    steps.evaluate(world, key)
    steps.met(world, key)
    assert written(world, key)[1:] == [
        (None, 1, True),
        ("unit-1", 1, True),
        ("unit-1", 1, True),
    ]
    assert [row["after_reply"] for row in row_of(world, key, OFFICER)["contacts"]][-1] is True


def test_a_contact_after_the_reply_changes_no_figure() -> None:
    world = World()
    key = steps.received(world)
    steps.drafted(world, key)
    world.proposals.documents[key]["contacts"] = []
    for day in (5, 6):
        steps.met(world, key, reached=False, held_on=date(2017, 2, day))
    world.run(replying.request_sign_off, OFFICER, key)
    steps.sign(world, key)
    world.run(replying.check_reply, SUPERVISING, key, "unit-1", True, "同意", True)
    world.run(replying.deliver_reply, OFFICER, key)
    before = tallying.contribution(world.proposal(key))
    steps.met(world, key)
    assert tallying.contribution(world.proposal(key)) == before


def consulted(world: World, *reached: bool) -> str:
    """A meeting is asked for; the signed reply stands before the check."""
    key = steps.received(world, steps.SOLE, world.filed(world.draft(needs_consult=True)))
    steps.drafted(world, key)  # one contact is made
    for made in reached:
        steps.met(world, key, reached=made)
    world.run(replying.request_sign_off, OFFICER, key)
    return steps.sign(world, key)


def check(world: World, key: str, consent: bool = False) -> None:
    world.run(replying.check_reply, SUPERVISING, key, "unit-1", True, "", consent)


def test_where_a_meeting_is_asked_for_two_contacts_are_wanted() -> None:
    world = World()
    key = consulted(world, False)
    with pytest.raises(DomainError) as caught:
        check(world, key)
    assert (caught.value.code, caught.value.field) == ("V16_CONTACT_MISSING", "consent")
    assert caught.value.details == {"wanted": 2, "made": 1}
    assert caught.value.message == "提案人要求面商，应联系2次，现有1次；不足的须督查部门同意"
    check(world, key, consent=True)


def test_two_are_enough_and_how_many_is_a_setting() -> None:
    world = World()
    check(world, consulted(world, True))
    world = World()
    world.settings.changed["consult_contacts"] = 1
    check(world, consulted(world))


def test_how_many_attempts_stand_for_a_contact_is_a_setting() -> None:
    world = World()
    world.settings.changed["contact_attempts"] = 3
    key = steps.received(world)
    content: dict[str, Any] = dict(steps.REPLY)
    world.run(replying.save_reply, OFFICER, key, **content)
    for day in (4, 5):
        steps.met(world, key, reached=False, held_on=date(2017, 2, day))
    with pytest.raises(DomainError) as caught:
        world.run(replying.request_sign_off, OFFICER, key)
    assert caught.value.message == "须有与提案人的联系记录，或在3个不同日期联系未果"
    steps.met(world, key, reached=False, held_on=date(2017, 2, 6))
    world.run(replying.request_sign_off, OFFICER, key)
