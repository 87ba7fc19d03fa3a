"""Reads: which rows come, versions of the text, likeness, problems."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting, review
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.states import Category, Mark, Openness, State
from services.proposals.queries import proposals as queries
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Forbidden, InvalidInput, NotFound
from shared.operations import offered
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    OFFICE,
    OFFICER,
    PARTY_HEAD,
    QIAN,
    SHEN,
    STAFF,
    VISITOR,
    World,
    ask,
    id_of,
    member,
    row_of,
    staff,
)


def listed(world: World, actor: Actor, order_by: str = "UPDATED", **filter: Any) -> list[str]:
    page = ask(world, queries.list_proposals, actor, filter, order_by, 20, None, ["title"])
    assert ask(world, queries.count_proposals, actor, filter) == len(page["rows"])
    return [row["id"] for row in page["rows"]]


# -- filters -------------------------------------------------------------------------------


def test_each_filter_narrows_what_the_viewer_sees(world: World) -> None:
    world.directory.note_member(id_of(LU), 1, {"state": "ACTIVE", "groups": {"sector": "22"}})
    first = world.filed(world.draft(title="关于发展黎里古镇旅游的建议"))
    world.clock.advance(timedelta(days=7))
    other = world.draft(QIAN, category=Category.ECONOMIC, proposer_type=ProposerType.JOINT)
    world.run(cosigning.invite_cosigner, QIAN, other, id_of(SHEN))
    world.run(cosigning.confirm_cosignature, SHEN, other)
    world.submitted(other, QIAN)
    both = [other, first]
    assert listed(world, DIRECTOR) == both
    assert listed(world, DIRECTOR, "FILED") == [first, other]
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"states": [State.FILED]}, [first]),
        ({"states": [State.FILED, State.SUBMITTED]}, both),
        ({"states": []}, both),
        ({"proposer_type": ProposerType.JOINT}, [other]),
        ({"category": Category.URBAN_RURAL}, [first]),
        ({"session_mark": Mark.REGULAR}, [other]),
        ({"term": 15, "session": 1}, both),
        ({"term": 14}, []),
        ({"serial_no": "T15-1-0002"}, [other]),
        ({"case_no": "15-1-001"}, [first]),
        ({"first_proposer": id_of(QIAN)}, [other]),
        ({"sector": "22"}, [first]),
        ({"text": "黎里旅游"}, [first]),
        ({"text": "黎里养老"}, []),
        ({"text": "镇"}, [first]),  # a single character, of a title
        ({"text": "屋"}, []),  # of a text it is no word
    ]
    for filter, wanted in cases:
        assert listed(world, DIRECTOR, **filter) == wanted


def test_a_units_search_finds_its_own_cases_alone(world: World) -> None:
    mine = steps.assigned(world)
    others = steps.assigned(world, [{"unit_id": "unit-2", "part": "SOLE"}])
    assert listed(world, OFFICER, text="二次供水") == [mine]
    assert listed(world, OFFICER, text="养老") == []
    assert listed(world, STAFF, text="二次供水", unit_id="unit-2") == [others]
    assert set(listed(world, STAFF, text="二次供水")) == {mine, others}


def test_own_invited_and_cosigned_ones(world: World) -> None:
    invited, signed = world.invited(SHEN), world.joint(SHEN)
    changed = world.joint(SHEN)
    world.run(drafting.save_draft, LU, **{"proposal_id": changed, "analysis": "修改"})
    own, filed = world.draft(SHEN), world.filed()
    assert set(listed(world, SHEN, invited=True)) == {invited, changed}
    assert set(listed(world, SHEN, cosigned=True)) == {signed, changed}
    assert listed(world, SHEN, mine=True) == [own]
    assert set(listed(world, LU, mine=True)) == {invited, signed, changed, filed}
    assert listed(world, QIAN, mine=True) == []
    assert listed(world, VISITOR, mine=True) == []
    assert listed(world, VISITOR, cosigned=True) == []


def test_a_page_tells_whether_more_follow(world: World) -> None:
    keys = [world.draft(), world.draft()]
    page = ask(world, queries.list_proposals, LU, {}, "UPDATED", 1, None, None)
    assert (len(page["rows"]), page["has_next"]) == (1, True)
    assert page["rows"][0]["id"] in keys


# -- texts, signatures, likeness, problems -------------------------------------------------


def test_versions_of_the_text_with_who_signed_each(world: World) -> None:
    key = world.joint(SHEN, QIAN)
    world.run(drafting.save_draft, LU, **{"proposal_id": key, "analysis": "修改"})
    world.run(cosigning.confirm_cosignature, QIAN, key)
    world.filed(key)
    for actor in (LU, SHEN, QIAN, STAFF, DIRECTOR):
        versions = ask(world, queries.text_versions, actor, key)
        assert [(v["no"], v["signers"]) for v in versions] == [
            (1, [id_of(SHEN)]),
            (2, [id_of(QIAN)]),
        ]
        assert [v["analysis"] for v in versions] == [
            "产权不清，管理责任不明，改造资金没有着落。",
            "修改",
        ]


@pytest.mark.parametrize(
    "actor", [member(200), OFFICE, staff("chair", Role.CHAIR_COUNCIL), PARTY_HEAD, VISITOR]
)
def test_who_takes_no_part_sees_the_text_as_filed_only(world: World, actor: Actor) -> None:
    key = world.filed()
    assert row_of(world, key, actor)["state"] == "FILED"
    with pytest.raises(NotFound):
        ask(world, queries.text_versions, actor, key)


def test_a_cosigner_sees_what_changed_since_they_signed(world: World) -> None:
    """V10."""
    key = world.joint(SHEN, QIAN)
    difference = queries.signature_difference
    assert ask(world, difference, SHEN, key, None) == []
    changes = {"analysis": "新的分析", "suggestions": ["三年内完成改造"]}
    world.run(drafting.save_draft, LU, **{"proposal_id": key, **changes})
    rows = [
        {
            "field": "analysis",
            "before": "产权不清，管理责任不明，改造资金没有着落。",
            "after": "新的分析",
        },
        {"field": "suggestions.1", "before": "设施移交供水公司统一管理", "after": None},
    ]
    assert ask(world, difference, SHEN, key, None) == rows
    assert ask(world, difference, SHEN, key, id_of(SHEN)) == rows
    assert ask(world, difference, LU, key, id_of(SHEN)) == rows
    assert ask(world, difference, LU, key, None) == []  # the first proposer signs nothing
    with pytest.raises(Forbidden):
        ask(world, difference, SHEN, key, id_of(QIAN))
    with pytest.raises(NotFound):
        ask(world, difference, member(200), key, None)
    world.run(cosigning.confirm_cosignature, SHEN, key)
    assert ask(world, difference, SHEN, key, None) == []
    world.run(cosigning.withdraw_cosignature, QIAN, key)
    assert ask(world, difference, QIAN, key, None) == []  # nothing left to confirm


def test_similar_ones_are_those_that_the_writer_may_see(world: World) -> None:
    """V13."""
    draft, filed, foreign = world.draft(), world.filed(), world.draft(QIAN)
    closed = world.draft(QIAN, openness=Openness.CLOSED, openness_reason="涉及商业秘密")
    world.filed(closed, QIAN)
    text = "二次供水"
    similar = queries.similar_proposals
    found = {row["id"] for row in ask(world, similar, LU, text, None, 5)}
    assert found == {draft, filed}
    assert {row["id"] for row in ask(world, similar, LU, text, draft, 5)} == {filed}
    assert {row["id"] for row in ask(world, similar, QIAN, text, foreign, 5)} == {filed, closed}
    assert {row["id"] for row in ask(world, similar, STAFF, text, None, 5)} == {filed, closed}


def test_problems_are_the_authors_to_see(world: World) -> None:
    key = world.draft(title="供水", declared=False)
    call = Call(LU, "correlation-1")
    problems = queries.submission_problems(call, world.desk, proposal_id=key)
    assert [(item["code"], item["field"]) for item in problems] == [
        ("V1_TITLE_FORM", "title"),
        ("V11_NOT_DECLARED", "declared"),
    ]
    joint = world.joint(SHEN)
    with pytest.raises(NotFound):
        queries.submission_problems(Call(SHEN, "correlation-1"), world.desk, proposal_id=joint)
    for stranger in (QIAN, STAFF, DIRECTOR):
        with pytest.raises(NotFound):
            queries.submission_problems(
                Call(stranger, "correlation-1"), world.desk, proposal_id=key
            )
    better = {"title": "关于二次供水的建议", "declared": True}
    world.run(drafting.save_draft, LU, **{"proposal_id": key, **better})
    assert queries.submission_problems(call, world.desk, proposal_id=key) == []
    world.run(review.submit_proposal, LU, key)
    [item] = queries.submission_problems(call, world.desk, proposal_id=key)
    assert item["code"] == "PROPOSAL_WRONG_STATE"


@pytest.mark.parametrize(("given", "first"), [({}, 5), ({"first": 20}, 20)])
def test_a_few_similar_ones_are_shown(given: dict[str, Any], first: int) -> None:
    form = offered([queries])["similar_proposals"].form
    assert form.parse({"text": "二次供水", **given})["first"] == first


@pytest.mark.parametrize("first", [0, 21])
def test_many_similar_ones_are_not_looked_for(first: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        offered([queries])["similar_proposals"].form.parse({"text": "二次供水", "first": first})
    assert refused.value.field == "first"
