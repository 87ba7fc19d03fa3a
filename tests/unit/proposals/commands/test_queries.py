"""Reads: which rows come, versions of the text, likeness, problems."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting, merging, review
from services.proposals.domain.evaluation import CloseKind, Grade
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.labels import ProposalOrder
from services.proposals.domain.states import Category, Mark, Openness, State
from services.proposals.queries import proposals as queries
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Forbidden, InvalidInput, NotFound
from shared.operations import offered
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.world import (
    COLLECTIVE_WRITERS,
    DIRECTOR,
    LU,
    OFFICE,
    OFFICER,
    OTHER_OFFICER,
    PARTY_HEAD,
    QIAN,
    SHEN,
    STAFF,
    START,
    SUPERVISING,
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


ASCENDING = {"UPDATED": "UPDATED_ASC", "FILED": "FILED_ASC", "SUBMITTED": "SUBMITTED_ASC"}


def test_every_order_is_there_both_ways(world: World) -> None:
    for _ in range(3):
        world.filed()
        world.clock.advance(timedelta(days=1))
    for latest, oldest in ASCENDING.items():
        assert listed(world, STAFF, oldest) == listed(world, STAFF, latest)[::-1]
    assert len(ProposalOrder) == 2 * len(ASCENDING)


def test_lists_of_a_town_a_committee_a_party_and_what_each_proposed_itself(world: World) -> None:
    groups = {"sector": "22", "town": "town-lili", "committees": ["com-economy", "com-law"]}
    world.directory.note_member(id_of(LU), 1, {"state": "ACTIVE", "groups": groups})
    known = {"kind": "PARTY", "is_active": True, "merged_into": None, "handles": False}
    minjian = {**known, "party": "04"}
    world.directory.note_unit("org-minjian", 2, minjian)
    party_writer = staff("minjian", Role.ORG_STAFF, organisation="org-minjian")
    first = world.submitted()
    collective = {
        kind: world.submitted(sealed(world, kind), COLLECTIVE_WRITERS[kind][1])
        for kind in (ProposerType.COMMITTEE, ProposerType.TOWN_COMMITTEE)
    }
    party = world.draft(party_writer, proposer_type=ProposerType.PARTY)
    assert set(listed(world, STAFF, town="town-lili")) == {
        first,
        collective[ProposerType.TOWN_COMMITTEE],
    }
    assert set(listed(world, STAFF, committee="com-economy")) == {
        first,
        collective[ProposerType.COMMITTEE],
    }
    assert listed(world, STAFF, committee="com-law", town="town-lili") == [first]
    assert listed(world, STAFF, town="town-other") == []
    assert listed(world, party_writer, party="04") == [party]
    assert listed(world, party_writer, organisation="org-minjian") == [party]
    assert world.directory.active_units(["org-minjian"]) == set()


def sealed(world: World, kind: ProposerType) -> str:
    writer, head = COLLECTIVE_WRITERS[kind]
    key = world.collective(kind)
    world.run(drafting.request_seal, writer, key)
    world.run(drafting.confirm_seal, head, key)
    return key


def test_what_is_due_before_a_day_and_not_done(world: World) -> None:
    due, replied = steps.assigned(world), steps.replied(world)
    assert listed(world, STAFF, due_before=START + timedelta(days=80)) == []
    assert listed(world, STAFF, due_before=START + timedelta(days=100)) == [due]
    assert replied in listed(world, STAFF)


def test_own_or_cosigned_ones_in_one_list(world: World) -> None:
    own, signed, others = world.draft(SHEN), world.joint(SHEN), world.filed()
    world.invited(SHEN)
    assert set(listed(world, SHEN, own=True)) == {own, signed}
    assert others not in listed(world, SHEN, own=True)
    assert listed(world, VISITOR, own=True) == []


@pytest.mark.parametrize("kind", COLLECTIVE_WRITERS)
def test_an_organisations_own_ones_in_one_list(world: World, kind: ProposerType) -> None:
    writer, head = COLLECTIVE_WRITERS[kind]
    key = world.collective(kind)
    world.draft(SHEN)
    assert listed(world, writer, own=True) == listed(world, head, own=True) == [key]
    others = [other for other in COLLECTIVE_WRITERS if other is not kind]
    for other in others:
        assert listed(world, COLLECTIVE_WRITERS[other][0], own=True) == []


def test_what_awaits_my_evaluation(world: World) -> None:
    key = steps.replied(world)
    world.filed()
    for judge in (LU, SHEN):
        assert listed(world, judge, awaiting_evaluation=True) == [key]
    for nobody in (QIAN, STAFF, VISITOR, OFFICER):
        assert listed(world, nobody, awaiting_evaluation=True) == []
    steps.evaluate(world, key, SHEN)
    assert listed(world, SHEN, awaiting_evaluation=True) == []
    assert listed(world, LU, awaiting_evaluation=True) == [key]
    steps.evaluate(world, key, LU)
    assert listed(world, LU, awaiting_evaluation=True) == []


def test_results_are_found_by_those_only_who_may_see_them(world: World) -> None:
    key = steps.replied(world)
    wanted = {"result": Grade.BASIC}
    steps.evaluate(world, key, LU, Grade.BASIC)
    for viewer in (STAFF, DIRECTOR, SUPERVISING, OFFICER, LU, SHEN):
        assert listed(world, viewer, **wanted) == [key]
    for viewer in (QIAN, OFFICE, VISITOR, OTHER_OFFICER):
        assert listed(world, viewer, **wanted) == []
    for viewer in (STAFF, VISITOR):
        assert listed(world, viewer, close_kinds=[CloseKind.NORMAL]) == [key]
        assert listed(world, viewer, close_kinds=[CloseKind.NOT_EVALUATED]) == []


@pytest.mark.parametrize("first", [LU, SHEN])
def test_who_cosigned_and_judges_otherwise_is_shown_to_the_committee(
    world: World, first: Actor
) -> None:
    """Whichever of the two is sent first."""
    differing, agreed = (steps.replied(world, doc_no=f"吴水提复〔2017〕{n}号") for n in (5, 6))
    before = world.proposals.documents[differing]["version"]
    for judge in (first, LU if first is SHEN else SHEN):
        said = Grade.SATISFIED if judge is LU else Grade.DISSATISFIED
        steps.evaluate(world, differing, judge, said)
        steps.evaluate(world, agreed, judge, Grade.BASIC)
    for viewer in (STAFF, DIRECTOR):
        assert listed(world, viewer, disagreeing=True) == [differing]
    for viewer in (LU, OFFICER, VISITOR):
        with pytest.raises(Forbidden):
            listed(world, viewer, disagreeing=True)
    assert world.proposals.documents[differing]["version"] == before + 1  # by the official one


def test_what_is_merged_shows_and_is_found_by_the_leads_number(world: World) -> None:
    lead, filed, never = world.filed(), world.filed(), world.under_review()
    number, own = ("15-1-001", "15-1-002")
    for follower in (filed, never):
        world.run(merging.merge_proposal, DIRECTOR, follower, lead, "同一事项")
    assert set(listed(world, STAFF, case_no=number)) == {lead, filed, never}
    assert listed(world, STAFF, case_no=own) == [filed]  # letters may name it
    for key in (lead, filed, never):
        for fields in (None, ["case_no", "case_title"]):
            row = row_of(world, key, STAFF, fields)
            assert (row["case_no"], row["case_title"]) == (number, "十五届一次会议第001号")
    assert world.proposals.documents[filed]["case_no"] == own


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
