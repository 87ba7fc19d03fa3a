"""Two documents, one case: who may merge, what is done for all at once (decisions 8 and 24)."""

from __future__ import annotations

import pytest

from services.proposals.commands import handling, merging, replying, returning, review, tracking
from services.proposals.domain import errors
from services.proposals.domain.assignments import AssignmentState
from services.proposals.queries import proposals as queries
from tests.unit.proposals.commands.handling import (
    FORM,
    GOOD,
    REPLY,
    SOLE,
    assigned,
    delivered,
    evaluate,
    planned,
)
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    OFFICER,
    QIAN,
    SECOND_OFFICER,
    STAFF,
    SUPERVISING,
    VISITOR,
    World,
    ask,
)

A = AssignmentState
REASON = "同为二次供水"


def merge(world: World) -> tuple[str, str]:
    """(lead, follower of another first proposer)."""
    lead = world.filed()
    follower = world.under_review(world.draft(QIAN), QIAN)
    world.run(merging.merge_proposal, DIRECTOR, follower, lead, REASON)
    return lead, follower


def states(world: World, *keys: str) -> list[str]:
    return [world.proposal(key).state.value for key in keys]


def shares(world: World, *keys: str) -> list[AssignmentState]:
    return [world.proposal(key).assignments[-1].state for key in keys]


def test_the_lead_knows_its_follower_and_both_are_written_or_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, follower = merge(world)
    assert world.proposal(lead).followers == (follower,)
    other = world.filed()
    before = (world.proposal(lead), world.proposal(other))
    save = world.proposals.save

    def breaks(call: object, proposal: object, *more: object) -> None:
        if getattr(proposal, "id", "") == lead:
            raise RuntimeError("the database is gone")
        save(call, proposal, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(world.proposals, "save", breaks)
    with pytest.raises(RuntimeError):
        world.run(merging.merge_proposal, DIRECTOR, other, lead, REASON)
    assert world.proposal(lead) == before[0]


def test_assigned_signed_for_and_handed_on_together(world: World) -> None:
    lead, follower = merge(world)
    planned(world, SOLE, lead)
    world.run(handling.assign_proposal, SUPERVISING, lead, None, None)
    assert states(world, lead, follower) == ["ASSIGNED", "ASSIGNED"]
    world.run(returning.request_return, OFFICER, lead, "不属本单位职责")
    assert shares(world, lead, follower) == [A.RETURN_REQUESTED, A.RETURN_REQUESTED]
    decision = (lead, "unit-1", True, "unit-2", "属二局职责")
    world.run(returning.decide_return, SUPERVISING, *decision)
    assert [p.assignments[-1].unit for p in map(world.proposal, (lead, follower))] == [
        "unit-2",
        "unit-2",
    ]
    world.run(handling.receive_assignment, SECOND_OFFICER, lead)
    assert states(world, lead, follower) == ["HANDLING", "HANDLING"]


def test_the_case_is_not_assigned_while_a_followers_withdrawal_is_open(world: World) -> None:
    """Decision 23: assigned, nobody could decide it any more."""
    lead, follower = merge(world)
    planned(world, SOLE, lead)
    world.run(review.request_withdrawal, QIAN, follower, "另行提出")
    with pytest.raises(errors.WithdrawalOpen):
        world.run(handling.assign_proposal, SUPERVISING, lead, None, None)
    assert states(world, lead, follower) == ["FILED", "MERGED"]
    world.run(review.decide_withdrawal, DIRECTOR, follower, False, "办理在即")
    world.run(handling.assign_proposal, SUPERVISING, lead, None, None)
    assert states(world, lead, follower) == ["ASSIGNED", "ASSIGNED"]


def test_a_follower_is_not_acted_on_alone(world: World) -> None:
    lead, follower = merge(world)
    assigned(world, SOLE, lead)
    with pytest.raises(errors.FollowsLead) as caught:
        world.run(handling.receive_assignment, OFFICER, follower)
    assert caught.value.details == {"lead": lead}


def test_each_has_its_own_reply_and_judge_and_the_case_the_least_state(world: World) -> None:
    lead, follower = merge(world)
    assigned(world, SOLE, lead)
    world.run(handling.receive_assignment, OFFICER, lead)
    delivered(world, follower)
    assert states(world, lead, follower) == ["HANDLING", "REPLIED"]
    assert ask(world, queries.case_states, LU, [lead, follower]) == {
        lead: "HANDLING",
        follower: "REPLIED",
    }
    with pytest.raises(errors.NotTheEvaluator):
        evaluate(world, follower, LU)
    evaluate(world, follower, QIAN)
    delivered(world, lead, doc_no="吴水提复〔2017〕6号")
    evaluate(world, lead, LU, GOOD)
    assert states(world, lead, follower) == ["CLOSED", "CLOSED"]
    assert ask(world, queries.case_states, VISITOR, [lead]) == {lead: "CLOSED"}


def test_the_lead_is_archived_when_all_have_ended(world: World) -> None:
    lead, follower = merge(world)
    assigned(world, SOLE, lead)
    world.run(handling.receive_assignment, OFFICER, lead)
    delivered(world, lead)
    evaluate(world, lead)
    with pytest.raises(errors.FollowersOpen):
        world.run(tracking.archive_proposal, STAFF, lead)
    delivered(world, follower, doc_no="吴水提复〔2017〕6号")
    evaluate(world, follower, QIAN)
    world.run(tracking.archive_proposal, STAFF, lead)
    assert states(world, lead) == ["ARCHIVED"]


def test_each_proposer_is_met(world: World) -> None:
    """V16: a contact with one proposer is none with the other."""
    lead, follower = merge(world)
    assigned(world, SOLE, lead)
    world.run(handling.receive_assignment, OFFICER, lead)
    delivered(world, lead)
    world.run(replying.save_reply, OFFICER, follower, **{**REPLY, "doc_no": "吴水提复〔2017〕6号"})
    with pytest.raises(Exception, match="V16_CONTACT_MISSING"):
        world.run(replying.request_sign_off, OFFICER, follower)
    assert FORM["visited"]


def test_a_new_lead_takes_all_followers_over(world: World) -> None:
    lead, follower = merge(world)
    third = world.filed()
    world.run(merging.merge_proposal, DIRECTOR, third, lead, REASON)
    numbers = dict(world.proposals.counters)
    world.run(merging.name_lead, DIRECTOR, lead, follower, "主案拟撤案")
    heir = world.proposal(follower)
    assert (heir.state, set(heir.followers)) == ("FILED", {lead, third})
    assert heir.case_no == "15-1-003"
    assert world.proposals.counters != numbers
    for key in (lead, third):
        merged = world.proposal(key).merged
        assert merged is not None
        assert (merged.lead, merged.case_no) == (follower, "15-1-003")


def test_a_withdrawn_follower_is_no_longer_the_leads(world: World) -> None:
    lead, follower = merge(world)
    world.run(review.request_withdrawal, QIAN, follower, "另行提出")
    world.run(review.decide_withdrawal, DIRECTOR, follower, True, "")
    assert states(world, follower) == ["WITHDRAWN"]
    assert world.proposal(lead).followers == ()
