"""Merging proposals of the same matter (T7, decision 24)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from services.proposals.domain import assigning, errors, merging, rehandling, review, withdrawal
from services.proposals.domain.assignments import Mode, Part, Task
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Shortfall, Withdrawal
from services.proposals.domain.states import State
from shared.contracts import names
from shared.errors import DomainError
from tests.unit.proposals.samples import (
    DECIDE_BY,
    DIRECTOR,
    LATER,
    NOW,
    REVIEW_BY,
    SHEN,
    STAFF,
    file,
    filed,
    submitted,
    taken,
    told,
    under_review,
)
from tests.unit.proposals.test_handling import DUE, SUPERVISOR, ZJJ, assigned, deliver, drafted
from tests.unit.proposals.test_judging import form, judge

REASON = "同为二次供水改造"


def named(key: str, proposal: Proposal) -> Proposal:
    proposal.id = key
    proposal.events.clear()
    return proposal


def lead() -> Proposal:
    return named("p-lead", filed())


def merged(follower: Proposal | None = None) -> tuple[Proposal, Proposal]:
    """(follower, lead)."""
    leading, following = lead(), named("p-2", follower or under_review(SHEN))
    merging.merge(following, leading, REASON, LATER, DIRECTOR)
    return following, leading


def test_what_is_merged_from_review_counts_as_filed_by_it() -> None:
    follower, leading = merged()
    assert (follower.state, follower.filed_at, follower.case_no) == (State.MERGED, LATER, None)
    assert follower.merged is not None
    assert (follower.merged.lead, follower.merged.case_no) == ("p-lead", "15-1-023")
    assert leading.followers == ("p-2",)
    [(event, data)] = taken(follower)
    assert event == names.PROPOSAL_MERGED
    assert (data["was_filed"], data["occurrence_no"], data["cosigners"]) == (False, 1, [SHEN])
    assert (data["lead"], data["case_no"], data["serial_no"]) == (
        "p-lead",
        "15-1-023",
        "T15-1-0315",
    )


def test_what_was_filed_keeps_its_number_and_its_points() -> None:
    follower, _ = merged(filed(SHEN))
    assert (follower.case_no, follower.filed_count) == ("15-1-023", 1)
    [(_, data)] = taken(follower)
    assert (data["was_filed"], data["occurrence_no"]) == (True, 1)


def test_whoever_waits_for_its_origin_hears_of_it_when_it_is_filed_or_merged() -> None:
    origin = {"kind": "LEAD", "ref": "lead-1"}
    proposal = under_review(SHEN)
    proposal.details = replace(proposal.details, origin=origin)
    file(proposal)
    [(_, data)] = taken(proposal)
    assert data["origin"] == origin
    [(_, data)] = taken(merged(proposal)[0])
    assert data["origin"] == origin
    [(_, data)] = taken(merged()[0])
    assert "origin" not in data


def other_term() -> Proposal:
    proposal = lead()
    proposal.term = 14
    return proposal


def assigned_lead() -> Proposal:
    return named("p-lead", assigned())


def leaving_lead() -> Proposal:
    proposal = lead()
    proposal.withdrawal = Withdrawal("另行提出", NOW, 1)
    return proposal


@pytest.mark.parametrize(
    "begin", [under_review, submitted, other_term, assigned_lead, leaving_lead]
)
def test_a_lead_is_filed_unassigned_and_stays(begin: Callable[[], Proposal]) -> None:
    leading, follower = named("p-lead", begin()), named("p-2", filed())
    before = deepcopy((leading, follower))
    with pytest.raises(errors.LeadUnfit) as caught:
        merging.merge(follower, leading, REASON, LATER, DIRECTOR)
    assert caught.value.field == "leadId"
    assert (leading, follower) == before


def test_nothing_follows_itself() -> None:
    proposal = lead()
    with pytest.raises(errors.LeadUnfit):
        merging.merge(proposal, proposal, REASON, LATER, DIRECTOR)


def short() -> Proposal:
    proposal = under_review()
    proposal.shortfall = Shortfall(NOW, DECIDE_BY)
    return proposal


@pytest.mark.parametrize(
    ("begin", "reason", "error"),
    [
        (submitted, REASON, errors.WrongState),
        (assigned, REASON, errors.WrongState),
        (under_review, " ", errors.ReasonMissing),
        (short, REASON, errors.ShortfallOpen),
        (leaving_lead, REASON, errors.WithdrawalOpen),
        (lambda: merged()[1], REASON, errors.LeadsOthers),
        (lambda: merged()[0], REASON, errors.WrongState),
    ],
)
def test_what_cannot_be_merged(
    begin: Callable[[], Proposal], reason: str, error: type[DomainError]
) -> None:
    leading, follower = named("p-first", filed()), named("p-2", begin())
    before = deepcopy((leading, follower))
    with pytest.raises(error):
        merging.merge(follower, leading, reason, LATER, DIRECTOR)
    assert (leading, follower) == before


@pytest.mark.parametrize(
    "verb",
    [
        lambda p: withdrawal.request(p, "另行提出", LATER),
        lambda p: review.revoke_filing(p, "号码有误", REVIEW_BY, LATER, DIRECTOR),
    ],
)
def test_a_lead_goes_only_after_another_is_named(verb: Callable[[Proposal], object]) -> None:
    """Decision 24."""
    follower, leading = merged()
    with pytest.raises(errors.LeadsOthers):
        verb(leading)
    review.give_number(follower, 24)
    merging.hand_lead(leading, follower, "主案拟撤案", LATER, DIRECTOR)
    withdrawal.request(leading, "另行提出", LATER)
    assert leading.withdrawal is not None and leading.withdrawal.open


def test_the_new_lead_has_a_number_and_the_former_one_follows() -> None:
    follower, leading = merged()
    review.give_number(follower, 24)
    follower.events.clear()
    merging.hand_lead(leading, follower, "主案拟撤案", LATER, DIRECTOR)
    assert (follower.state, follower.case_no, follower.merged) == (State.FILED, "15-1-024", None)
    assert follower.followers == ("p-lead",)
    assert leading.merged is not None
    assert (leading.state, leading.followers, leading.merged.case_no) == (
        State.MERGED,
        (),
        "15-1-024",
    )
    [(event, data)] = taken(follower)
    assert (event, data["former_lead"]) == (names.PROPOSAL_LEAD_NAMED, "p-lead")


def test_a_stranger_is_named_by_nobody() -> None:
    _, leading = merged()
    with pytest.raises(errors.LeadUnfit):
        merging.hand_lead(leading, named("p-9", filed()), "改由它主办", LATER, DIRECTOR)


def test_a_follower_may_be_withdrawn_with_consent() -> None:
    """T9."""
    follower, leading = merged()
    withdrawal.request(follower, "另行提出", LATER)
    withdrawal.decide(follower, True, "", LATER, DIRECTOR)
    merging.lose(leading, follower.id)
    assert (follower.state, leading.followers) == (State.WITHDRAWN, ())
    event, data = taken(follower)[-1]
    assert (event, data["was_filed"], data["occurrence_no"]) == (names.PROPOSAL_WITHDRAWN, True, 1)


# -- one handling, a reply and an end for each -----------------------------------------------


def both_assigned() -> tuple[Proposal, Proposal]:
    follower, leading = merged()
    assigning.propose(leading, Mode.SOLE, [Task(ZJJ, Part.SOLE)], "", NOW, STAFF)
    assigning.assign(leading, DUE, NOW, SUPERVISOR)
    assigning.assign_with(follower, leading, NOW, SUPERVISOR)
    return follower, leading


def test_a_follower_is_assigned_with_its_lead() -> None:
    follower, leading = both_assigned()
    assert (follower.state, leading.state) == (State.ASSIGNED, State.ASSIGNED)
    assert follower.assignments == leading.assignments
    assert follower.assignments[0] is not leading.assignments[0]
    assert (follower.due_at, follower.round) == (DUE.reply, 1)
    event, data = taken(follower)[-1]
    assert (event, data["case_no"], data["cosigners"]) == (
        names.PROPOSAL_ASSIGNED,
        "15-1-023",
        [SHEN],
    )


def test_each_proposer_has_a_reply_a_judgement_and_an_end_of_its_own() -> None:
    follower, leading = both_assigned()
    drafted(follower)
    deliver(follower)
    assert (follower.state, leading.state) == (State.REPLIED, State.ASSIGNED)
    assert follower.replies[0].title == "关于区政协十五届一次会议第023号提案的答复"
    judge(follower, form())
    assert follower.state is State.CLOSED
    assert names.PROPOSAL_CLOSED in told(follower)


@pytest.mark.parametrize(
    ("followers", "waits"),
    [
        ([State.CLOSED, State.TRACKING, State.ARCHIVED, State.WITHDRAWN], False),
        ([State.CLOSED, State.REPLIED], True),
        ([State.HANDLING], True),
    ],
)
def test_the_lead_is_archived_last(followers: list[State], waits: bool) -> None:
    _, leading = both_assigned()
    drafted(leading)
    deliver(leading)
    judge(leading, form())
    at = LATER + timedelta(days=1)
    if waits:
        with pytest.raises(errors.FollowersOpen):
            rehandling.archive(leading, at, STAFF, followers)
    else:
        rehandling.archive(leading, at, STAFF, followers)
        assert leading.state is State.ARCHIVED
