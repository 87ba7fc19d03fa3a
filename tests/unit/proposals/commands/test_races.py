"""Two people at the same moment: the second reads again, and no number is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting, tracking
from shared.errors import Conflict
from tests.unit.proposals.commands.world import LU, QIAN, SHEN, SYSTEM, World, id_of


class Busy(World):
    """Someone else writes each time the members service is asked, up to `times`."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def _active_members(self, call: Any, ids: Any, at: Any) -> list[str]:
        if self.times:
            self.times -= 1
            [key] = self.proposals.documents
            data = {"proposal_id": key, "needs_consult": not self.times % 2}
            self.run(drafting.save_draft, LU, **data)
        return super()._active_members(call, ids, at)


def test_a_submission_that_lost_a_race_runs_again_and_takes_one_number() -> None:
    world = Busy(times=4)
    key = world.submitted(world.draft())
    assert world.proposal(key).serial_no == "T15-1-0001"
    assert world.proposal(key).details.needs_consult is True
    assert world.proposals.counters == {"serial:15-1": 1}


def test_after_five_lost_races_the_conflict_is_shown_and_no_number_is_gone() -> None:
    world = Busy(times=5)
    key = world.draft()
    with pytest.raises(Conflict):
        world.submitted(key)
    assert world.proposals.counters == {}
    assert world.proposal(key).state == "DRAFT"


def test_a_cosigners_answer_between_reading_and_saving_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second writer reads again; both answers stand."""
    world = World()
    key = world.invited(SHEN, QIAN)
    read = world.proposals.get
    rivals = [QIAN]

    def overtaken(proposal_id: str, query: Any = None) -> Any:
        found = read(proposal_id, query)
        if rivals:
            world.run(cosigning.confirm_cosignature, rivals.pop(), key)
        return found

    monkeypatch.setattr(world.proposals, "get", overtaken)
    world.run(cosigning.confirm_cosignature, SHEN, key)
    assert world.proposal(key).confirmed == [id_of(SHEN), id_of(QIAN)]


def test_a_shortfall_decided_between_finding_and_loading_stays_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Decision 22: the timer and the first proposer never both take effect."""
    world = World()
    decided, undecided = world.short(), world.short()
    due = [decided, undecided]
    world.run(cosigning.decide_shortfall, LU, decided, True)
    world.clock.advance(timedelta(days=30))
    monkeypatch.setattr(world.proposals, "watched", lambda at: due)
    world.run(tracking.ring_alarms, SYSTEM)
    assert world.proposal(decided).state == "SUBMITTED"
    assert world.proposal(decided).proposer_type == "INDIVIDUAL"
    assert world.proposal(undecided).state == "RETURNED"
