"""One person through all terms: old cases under the present membership (decision 40)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting, judging, panel, review
from services.proposals.commands.visibility import own, written_by
from services.proposals.domain import errors
from services.proposals.domain.states import SignState, State
from services.proposals.queries import proposals as queries
from shared.actor import Actor
from shared.call import Call
from shared.errors import Forbidden, Refused
from tests.unit.proposals.commands.handling import form, replied
from tests.unit.proposals.commands.matching import matches
from tests.unit.proposals.commands.scenes import NF10
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    FORMER,
    LU,
    QIAN,
    SHEN,
    STAFF,
    TEXT,
    World,
    ask,
    id_of,
    in_the_next_term,
    row_of,
)

LUS, SHENS = id_of(LU), id_of(SHEN)


def ids(world: World, actor: Actor, **filter: Any) -> list[str]:
    found = ask(world, queries.list_proposals, actor, filter, "UPDATED", 10, None, None)
    return [row["id"] for row in found["rows"]]


def test_own_lists_hold_the_cases_of_all_terms(world: World) -> None:
    joint, single = world.filed(world.joint(SHEN)), world.filed()
    asked = world.invited(SHEN)
    lu, shen = in_the_next_term(world, LU), in_the_next_term(world, SHEN)
    new = world.draft(lu)
    assert set(ids(world, lu, mine=True)) == {joint, single, asked, new}
    assert (ids(world, shen, cosigned=True), ids(world, shen, invited=True)) == ([joint], [asked])
    assert ids(world, in_the_next_term(world, QIAN), mine=True) == []
    assert world.proposal(new).first_proposer == id_of(lu)


def test_the_detail_shows_what_is_the_proposers(world: World) -> None:
    key = world.filed(world.joint(SHEN))
    lu, shen = in_the_next_term(world, LU), in_the_next_term(world, SHEN)
    former, present = row_of(world, key, LU), row_of(world, key, lu)
    assert present == former and "contact_person" in present
    assert row_of(world, key, shen) == row_of(world, key, SHEN)
    for actor in (lu, shen):
        found = ask(world, queries.text_versions, actor, key)
        assert {who for text in found for who in text["signers"]} == {SHENS}


def test_a_difference_is_shown_to_the_same_two_persons(world: World) -> None:
    key = world.joint(SHEN)
    world.run(drafting.save_draft, LU, **{**TEXT, "proposal_id": key, "analysis": "另有原因。"})
    lu, shen = in_the_next_term(world, LU), in_the_next_term(world, SHEN)
    for actor, asked in ((lu, SHENS), (shen, SHENS), (shen, None)):
        [change] = ask(world, queries.signature_difference, actor, key, asked)
        assert change["field"] == "analysis"
    world.run(cosigning.invite_cosigner, LU, key, id_of(QIAN))
    with pytest.raises(Forbidden):
        ask(world, queries.signature_difference, QIAN, key, SHENS)


@pytest.mark.parametrize("evaluator", [LU, SHEN])
def test_the_reply_is_judged_as_the_one_who_signed(world: World, evaluator: Actor) -> None:
    key = replied(world)
    again = in_the_next_term(world, evaluator)
    world.run(judging.evaluate_reply, again, key, **form())
    [sent] = world.evaluations.documents.values()
    assert sent["evaluator"] == id_of(evaluator)
    assert sent["binding"] is (evaluator is LU)
    assert world.proposal(key).state is (State.CLOSED if evaluator is LU else State.REPLIED)
    with pytest.raises(errors.EvaluationSent if evaluator is SHEN else errors.WrongState):
        world.run(judging.evaluate_reply, evaluator, key, **form())  # one person, one judgement


@pytest.mark.parametrize("suspended", [False, True])
def test_who_is_out_of_office_judges_own_past_cases(world: World, suspended: bool) -> None:
    """Decision 17; identity gives a suspended member the same right as a former one."""
    key = replied(world)
    actor = replace(FORMER, earlier=()) if suspended else in_the_next_term(world, FORMER)
    world.run(judging.evaluate_reply, actor, key, **form())
    assert world.proposal(key).state is State.CLOSED


def test_who_is_not_re_elected_appeals_for_a_past_case(world: World) -> None:
    key = world.under_review()
    world.run(review.not_file_proposal, DIRECTOR, key, **NF10)
    world.run(review.request_appeal, FORMER, key, "建议是具体的")
    appeal = world.proposal(key).appeal
    assert appeal is not None and not appeal.settled


def test_a_draft_that_waited_is_submitted_under_the_present_membership(world: World) -> None:
    key = world.draft()
    world.directory.note_member("m-16-0088", 1, {"groups": {"sector": "9"}, "person_id": "p"})
    lu = in_the_next_term(world, LU)
    assert world.run(queries.submission_problems, lu, key) == []
    world.submitted(key, lu)
    proposal = world.proposal(key)
    assert (proposal.first_proposer, proposal.groups) == ("m-16-0088", {"sector": "9"})


def test_a_returned_case_is_submitted_again_as_what_it_was(world: World) -> None:
    key = world.under_review()
    world.run(review.return_proposal, STAFF, key, "请补充")
    lu = in_the_next_term(world, LU)
    world.submitted(key, lu)
    assert (world.proposal(key).first_proposer, world.proposal(key).term) == (LUS, 15)
    assert world.asked[-1] == [id_of(lu), LUS]  # V5: the person serves on


def test_who_is_not_re_elected_submits_nothing(world: World) -> None:
    key = world.under_review()
    world.run(review.return_proposal, STAFF, key, "请补充")
    with pytest.raises(Forbidden):
        world.submitted(key, FORMER)
    lu = in_the_next_term(world, LU)
    world.active.remove(id_of(lu))
    with pytest.raises(Refused):
        world.submitted(key, lu)


def test_nobody_co_signs_the_own_case_under_another_membership(world: World) -> None:
    key = world.under_review(world.joint(SHEN))
    world.run(review.return_proposal, STAFF, key, "请补充")
    lu = in_the_next_term(world, LU)
    for member_id in (LUS, id_of(lu)):
        with pytest.raises(errors.CannotInvite):
            world.active.add(member_id)
            world.run(cosigning.invite_cosigner, lu, key, member_id)


def test_an_invitation_of_the_former_term_is_declined_by_the_same_person(world: World) -> None:
    key = world.invited(SHEN)
    shen = in_the_next_term(world, SHEN)
    world.run(cosigning.decline_cosignature, shen, key)
    [signature] = world.proposal(key).cosignatures
    assert (signature.member_id, signature.state) == (SHENS, SignState.DECLINED)
    with pytest.raises(errors.NotActive):
        world.run(cosigning.confirm_cosignature, shen, key)


def test_who_is_appointed_for_the_next_term_serves_in_this_one_to_its_end(world: World) -> None:
    key, asked = world.draft(), world.invited(SHEN)
    lu, shen = in_the_next_term(world, LU), in_the_next_term(world, SHEN)
    world.active = {LUS, SHENS}  # the new term has not begun
    world.submitted(key, lu)
    world.run(cosigning.confirm_cosignature, shen, asked)
    assert world.proposal(asked).confirmed == [SHENS]


def test_a_person_votes_by_the_key_of_any_term() -> None:
    again = in_the_next_term(World(), LU)
    assert panel.voter_keys(Call(again, "correlation-1"), None) == [
        "account:account-m-15-0088",
        "member:m-16-0088",
        "member:m-15-0088",
    ]


@pytest.mark.parametrize("query", [own, written_by])
def test_a_stranger_with_memberships_of_its_own_reaches_nothing(world: World, query: Any) -> None:
    key = world.filed(world.joint(SHEN))
    document = world.proposals.documents[key]
    assert matches(query(in_the_next_term(world, LU)), document)
    assert not matches(query(in_the_next_term(world, QIAN)), document)
