"""Co-signing: what the commands decide, and the timer of decision 22."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.proposals.commands import cosigning, drafting, review, tracking
from services.proposals.domain import errors
from shared.clock import SHANGHAI
from shared.days import day_after
from shared.errors import NotFound, Refused
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    QIAN,
    SHEN,
    STAFF,
    START,
    SYSTEM,
    World,
    id_of,
)

DECIDE_BY = datetime(2017, 2, 9, 9, tzinfo=SHANGHAI)  # 3 working days after START, a Monday


def shortfall_ends(world: World, key: str) -> datetime | None:
    shortfall = world.proposal(key).shortfall
    return shortfall.decide_by if shortfall else None


def test_only_active_members_are_invited(world: World) -> None:
    """V5."""
    key = world.invited(SHEN)
    with pytest.raises(errors.CannotInvite) as caught:
        world.run(cosigning.invite_cosigner, LU, key, "m-15-0999")
    assert (caught.value.field, caught.value.message) == ("memberId", "只能邀请本届在任委员联名")
    assert [c.member_id for c in world.proposal(key).cosignatures] == [id_of(SHEN)]


def test_who_is_suspended_after_the_invitation_may_decline_but_not_confirm(world: World) -> None:
    key = world.invited(SHEN)
    world.active.remove(id_of(SHEN))
    with pytest.raises(errors.NotActive):
        world.run(cosigning.confirm_cosignature, SHEN, key)
    assert world.proposal(key).version == 2
    world.run(cosigning.decline_cosignature, SHEN, key)
    assert world.proposal(key).cosignatures[0].state == "DECLINED"


def test_a_cosigner_changes_nothing_but_the_own_signature(world: World) -> None:
    key = world.joint(SHEN)
    for use_case in (cosigning.reopen_draft, drafting.discard_draft, review.submit_proposal):
        with pytest.raises(NotFound):
            world.run(use_case, SHEN, key)
    with pytest.raises(NotFound):
        world.run(cosigning.invite_cosigner, SHEN, key, id_of(QIAN))
    with pytest.raises(NotFound):
        world.run(drafting.save_draft, SHEN, **{"proposal_id": key, "title": "改写"})
    assert world.proposal(key).version == 3


def test_withdrawing_in_review_gives_three_working_days(world: World) -> None:
    assert shortfall_ends(world, world.short()) == DECIDE_BY


def test_withdrawing_before_submission_opens_no_shortfall(world: World) -> None:
    key = world.joint(SHEN)
    world.run(cosigning.withdraw_cosignature, SHEN, key)
    assert shortfall_ends(world, key) is None
    with pytest.raises(Refused) as caught:
        world.submitted(key)
    assert caught.value.code == "V6_TOO_FEW_COSIGNERS"


def test_after_filing_a_signature_stands(world: World) -> None:
    """AC-02."""
    key = world.filed(world.joint(SHEN))
    with pytest.raises(errors.CosignLocked):
        world.run(cosigning.withdraw_cosignature, SHEN, key)


def test_the_first_proposer_may_have_it_returned_to_find_others(world: World) -> None:
    key = world.short()
    world.run(cosigning.decide_shortfall, LU, key, False)
    returned = world.proposal(key)
    assert (returned.state, returned.proposer_type) == ("RETURNED", "JOINT")
    assert returned.window_until == START + timedelta(days=7)
    world.run(cosigning.invite_cosigner, LU, key, id_of(QIAN))
    world.run(cosigning.confirm_cosignature, QIAN, key)
    again = world.proposal(world.submitted(key))
    assert (again.revision, again.serial_no) == (2, "T15-1-0001")


def test_the_timer_returns_what_is_due_each_once(world: World) -> None:
    key = world.short()
    world.clock.advance(DECIDE_BY - START)
    assert world.run(tracking.ring_alarms, SYSTEM) == [key]  # reminded, on the day
    world.clock.advance(day_after(DECIDE_BY) - DECIDE_BY - timedelta(seconds=1))
    assert world.run(tracking.ring_alarms, SYSTEM) == []
    world.clock.advance(timedelta(seconds=1))
    assert world.run(tracking.ring_alarms, SYSTEM) == [key]
    events = world.events()
    assert world.run(tracking.ring_alarms, SYSTEM) == []
    assert world.events() == events
    name, data = world.proposals.events[-1]
    assert (name, data["by_system"]) == ("proposal_returned", True)
    assert world.proposal(key).history[-1]["role"] == "SYSTEM"


def test_the_timer_looks_again_at_what_it_was_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shortfall that closed and opened anew meanwhile has its full time."""
    key = world.short()
    monkeypatch.setattr(world.proposals, "watched", lambda at: [key])
    assert world.run(tracking.ring_alarms, SYSTEM) == []
    assert shortfall_ends(world, key) == DECIDE_BY


def test_filing_waits_for_the_decision(world: World) -> None:
    key = world.short()
    world.run(review.start_review, STAFF, key)
    with pytest.raises(errors.ShortfallOpen):
        world.run(review.file_proposal, DIRECTOR, key, ["unit-1"], None, True)
    assert world.proposals.counters == {"serial:15-1": 1}
    world.run(cosigning.decide_shortfall, LU, key, True)
    world.run(review.file_proposal, DIRECTOR, key, ["unit-1"], None, True)
    assert world.proposal(key).case_no == "15-1-001"
