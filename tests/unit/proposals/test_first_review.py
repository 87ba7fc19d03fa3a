"""Decision 53: the staff's first review, the committees' comments, the corrected category."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.commands import consulting, drafting, handling, merging, review
from services.proposals.domain.assignments import Mode
from services.proposals.domain.states import Category
from services.proposals.domain.verdicts import Verdict
from shared.actor import Role
from shared.errors import DomainError, NotFound, StaleVersion
from tests.unit.proposals.commands import scenes
from tests.unit.proposals.commands.handling import SOLE
from tests.unit.proposals.commands.world import (
    COMMITTEE_STAFF,
    DIRECTOR,
    LU,
    QIAN,
    STAFF,
    SUPERVISING,
    World,
    row_of,
    staff,
)

LEGAL = staff("legal", Role.COMMITTEE_STAFF, committee="com-legal")


def proposed(world: World, **changes: Any) -> str:
    key = world.under_review()
    given = {**scenes.PROPOSED, **changes}
    return str(world.run(consulting.propose_verdict, STAFF, key, **given))


def file(world: World, key: str, units: list[str] | None = None, **changes: Any) -> None:
    world.run(review.file_proposal, DIRECTOR, key, units or ["unit-1"], None, True, **changes)


def test_with_the_first_review_the_director_gives_no_reason() -> None:
    world = World()
    key = proposed(world, category=Category.SOCIAL)
    file(world, key, category=Category.SOCIAL)
    found = world.proposal(key).first_review
    assert found is not None and (found.decided, found.against) == (Verdict.FILE, "")


@pytest.mark.parametrize(
    ("given", "decision"),
    [
        ({"verdict": Verdict.NOT_FILE}, {}),
        ({"verdict": Verdict.MERGE}, {}),
        ({}, {"units": ["unit-2"]}),
        ({}, {"category": Category.CULTURAL}),
    ],
)
def test_against_it_the_director_gives_one(given: dict[str, Any], decision: dict[str, Any]) -> None:
    world = World()
    key = proposed(world, **given)
    with pytest.raises(DomainError) as caught:
        file(world, key, **decision)
    assert (caught.value.code, caught.value.field) == ("AGAINST_FIRST_REVIEW", "against")
    assert world.proposal(key).state == "UNDER_REVIEW"
    file(world, key, against="经研究属本区职权", **decision)
    found = world.proposal(key).first_review
    assert found is not None and found.against == "经研究属本区职权"


def test_not_filing_and_merging_are_decisions_too() -> None:
    world = World()
    for decide in (
        lambda key: world.run(review.not_file_proposal, DIRECTOR, key, **scenes.NF10),
        lambda key: world.run(merging.merge_proposal, DIRECTOR, key, world.filed(), "同一事项"),
    ):
        with pytest.raises(DomainError) as caught:
            decide(proposed(world))
        assert caught.value.code == "AGAINST_FIRST_REVIEW"


def test_what_is_reviewed_anew_has_no_first_review() -> None:
    world = World()
    key = proposed(world)
    file(world, key)
    world.run(review.revoke_filing, DIRECTOR, key, "重复立案")
    assert world.proposal(key).first_review is None


def test_both_categories_are_kept_and_the_corrected_one_counts() -> None:
    world = World()
    key = world.under_review()
    file(world, key, category=Category.SOCIAL)
    row = row_of(world, key, LU)
    assert (row["category"], row["own_category"]) == ("SOCIAL", "URBAN_RURAL")
    [filed] = [data for name, data in world.proposals.events if name == "proposal_filed"]
    assert filed["category"] == "SOCIAL"


def test_chosen_anew_after_a_return_the_category_is_the_proposers() -> None:
    world = World()
    key = world.under_review()
    file(world, key, category=Category.SOCIAL)
    world.run(review.revoke_filing, DIRECTOR, key, "重复立案")
    world.run(review.return_proposal, STAFF, key, "请补充")
    world.run(drafting.save_draft, LU, key, category=Category.CULTURAL)
    row = row_of(world, key, LU)
    assert (row["category"], row["own_category"]) == ("CULTURAL", None)


def test_the_later_of_two_desks_sees_what_the_earlier_wrote() -> None:
    """A first verdict, a committee's comment and a plan take the place of those before."""
    world = World()
    key = world.under_review()
    seen = {"expected_version": world.proposal(key).version}
    given = {**scenes.PROPOSED, **seen}
    world.run(consulting.propose_verdict, STAFF, key, **given)
    with pytest.raises(StaleVersion):
        world.run(consulting.propose_verdict, STAFF, key, **given)
    with pytest.raises(StaleVersion):
        world.run(consulting.comment_on_proposal, COMMITTEE_STAFF, key, "宜立案", **seen)
    filed = world.filed()
    seen = {"expected_version": world.proposal(filed).version}
    planned = (filed, Mode.SOLE, SOLE, "按职责")
    world.run(handling.propose_assignment, STAFF, *planned, **seen)
    with pytest.raises(StaleVersion):
        world.run(handling.propose_assignment, STAFF, *planned, **seen)


def test_a_committee_comments_on_its_field_alone() -> None:
    world = World()
    key = world.under_review()
    world.run(consulting.comment_on_proposal, COMMITTEE_STAFF, key, "宜立案")
    world.run(consulting.comment_on_proposal, COMMITTEE_STAFF, key, "宜立案，由水务局主办")
    shown = row_of(world, key, STAFF)["committee_comments"]
    assert [(said["committee"], said["text"]) for said in shown] == [
        ("com-economy", "宜立案，由水务局主办")
    ]
    with pytest.raises(NotFound):
        world.run(consulting.comment_on_proposal, LEGAL, key, "宜立案")
    file(world, key)
    with pytest.raises(DomainError) as caught:
        world.run(consulting.comment_on_proposal, COMMITTEE_STAFF, key, "迟了")
    assert caught.value.code == "PROPOSAL_WRONG_STATE"


def test_a_committees_own_proposal_is_not_its_field_by_that() -> None:
    world = World()
    key = world.submitted(world.draft(category=Category.SOCIAL))
    world.run(review.start_review, STAFF, key)
    world.proposals.documents[key] |= {"organisation": {"kind": "committee", "id": "com-economy"}}
    world.proposals.documents[key] |= {"proposer_type": "COMMITTEE"}
    with pytest.raises(DomainError) as caught:
        world.run(consulting.comment_on_proposal, COMMITTEE_STAFF, key, "宜立案")
    assert caught.value.code == "NOT_ITS_FIELD"


def test_what_stands_before_the_decision_stays_inside() -> None:
    world = World()
    key = proposed(world)
    world.run(consulting.comment_on_proposal, COMMITTEE_STAFF, key, "宜立案")
    file(world, key)
    inside = {"first_review", "committee_comments", "field_committees"}
    for actor, seen in (
        (STAFF, inside),
        (DIRECTOR, inside),
        (COMMITTEE_STAFF, inside - {"first_review"}),
        (LU, set()),
        (QIAN, set()),
        (SUPERVISING, set()),
    ):
        assert inside & row_of(world, key, actor).keys() == seen, actor
