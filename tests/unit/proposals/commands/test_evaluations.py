"""Evaluations: sealed until closing, final when sent, official for one (V20, decisions 17, 21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.commands import cosigning, judging, review, tracking
from services.proposals.commands.ports import Desk
from services.proposals.domain import errors
from services.proposals.domain.evaluation import Grade
from services.proposals.domain.kinds import ProposerType
from services.proposals.queries import proposals as queries
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Conflict, Refused
from tests.unit.proposals.commands.handling import (
    BAD,
    FAIR,
    FORM,
    GOOD,
    SEPARATE,
    SOLE,
    delivered,
    evaluate,
    form,
    received,
    replied,
)
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    FORMER,
    LEADER,
    LU,
    OFFICE,
    OFFICER,
    OTHER_OFFICER,
    PARTY_HEAD,
    PARTY_STAFF,
    QIAN,
    SHEN,
    STAFF,
    SUPERVISING,
    SYSTEM,
    VISITOR,
    World,
    every,
    id_of,
    member,
    staff,
)

VIEWERS: dict[str, Actor] = {
    "first proposer": LU,
    "co-signer": SHEN,
    "unit": OFFICER,
    "leader": LEADER,
    "another unit": OTHER_OFFICER,
    "staff": STAFF,
    "director": DIRECTOR,
    "supervising office": SUPERVISING,
    "office": OFFICE,
    "chair": staff("chair", Role.CHAIR_COUNCIL),
    "another member": QIAN,
    "administrator": staff("admin", Role.SYSTEM_ADMIN),
    "visitor": VISITOR,
}
Shown = dict[str, list[tuple[str, bool]]]
LUS, SHENS = id_of(LU), id_of(SHEN)


def asked(world: World, key: str, actor: Actor) -> list[dict[str, Any]]:
    desk: Desk = world.desk
    found = queries.evaluations_by_proposals(Call(actor, "correlation-1"), desk, proposal_ids=[key])
    assert list(found) == [key]
    return found[key]


def shown(world: World, key: str) -> Shown:
    """Viewer → (evaluator, sent) of what it sees; viewers that see nothing are left out."""
    rows = {name: asked(world, key, actor) for name, actor in VIEWERS.items()}
    return {
        name: [(row["evaluator"], row["sent_at"] is not None) for row in found]
        for name, found in rows.items()
        if found
    }


# -- who sees which ------------------------------------------------------------------------


def test_a_draft_is_its_authors_alone(world: World) -> None:
    key = replied(world)
    world.run(judging.save_evaluation, LU, key, **form(BAD))
    assert shown(world, key) == {"first proposer": [(LUS, False)]}


def test_what_is_sent_goes_to_the_committee_and_stays_sealed(world: World) -> None:
    key = replied(world)
    evaluate(world, key, SHEN)
    committee = every({"staff", "director"}, [(SHENS, True)])
    assert shown(world, key) == {"co-signer": [(SHENS, True)], **committee}
    evaluate(world, key, LU, BAD)  # T15: the case is not closed
    both = [(SHENS, True), (LUS, True)]
    assert shown(world, key) == {
        "first proposer": [(LUS, True)],
        "co-signer": [(SHENS, True)],
        **every({"staff", "director"}, both),
    }


def test_after_closing_those_who_took_part_see_the_official_one(world: World) -> None:
    key = replied(world)
    evaluate(world, key, SHEN, FAIR)
    evaluate(world, key, LU)
    both, official = [(SHENS, True), (LUS, True)], [(LUS, True)]
    assert shown(world, key) == {
        "co-signer": both,
        **every({"staff", "director"}, both),
        **every({"first proposer", "unit", "leader", "supervising office"}, official),
    }


def test_a_cosigners_draft_stays_closed_in_a_closed_case(world: World) -> None:
    key = replied(world)
    world.run(judging.save_evaluation, SHEN, key, **form(BAD))
    evaluate(world, key, LU)
    seen = shown(world, key)
    assert seen.pop("co-signer") == [(SHENS, False), (LUS, True)]
    assert {sent for found in seen.values() for sent in found} == {(LUS, True)}


def test_a_former_member_still_sees_the_own_one(world: World) -> None:
    key = replied(world)
    evaluate(world, key, LU)
    assert [row["evaluator"] for row in asked(world, key, FORMER)] == [LUS]


def test_a_row_is_flat_and_whole(world: World) -> None:
    key = replied(world)
    evaluate(world, key, LU, FAIR)
    [row] = asked(world, key, OFFICER)
    assert row["lines"] == [{"unit": "unit-1", "attitude": "SATISFIED", "result": "BASIC"}]
    assert (row["id"], row["round"], row["binding"]) == (f"{key}:1:{LUS}", 1, True)
    assert (row["heard_by"], row["visited"], row["pertinence"]) == ("VISIT", True, "YES")
    assert not {"form", "commands", "disagrees"} & row.keys()


@pytest.mark.parametrize(
    ("first", "co", "disagrees"),
    [(GOOD, GOOD, False), (GOOD, FAIR, True), (GOOD, BAD, True), (BAD, GOOD, True)],
)
def test_the_committee_is_told_where_a_cosigner_disagrees(
    world: World, first: Grade, co: Grade, disagrees: bool
) -> None:
    key = replied(world)
    evaluate(world, key, SHEN, co)
    assert [row["disagrees"] for row in asked(world, key, STAFF)] == [False]  # nothing official yet
    evaluate(world, key, LU, first)
    flags = {row["evaluator"]: row["disagrees"] for row in asked(world, key, STAFF)}
    assert flags == {SHENS: disagrees, LUS: False}


def test_of_two_cases_each_has_its_own_and_an_unseen_one_has_none(world: World) -> None:
    first = replied(world)
    evaluate(world, first)
    draft = world.draft(QIAN)
    call = Call(STAFF, "correlation-1")
    found = queries.evaluations_by_proposals(
        call, world.desk, proposal_ids=[first, draft, "absent"]
    )
    assert {key: len(rows) for key, rows in found.items()} == {first: 1, draft: 0, "absent": 0}


# -- judging -------------------------------------------------------------------------------


def test_a_draft_is_kept_and_then_sent(world: World) -> None:
    key = replied(world)
    for comment in ("先记下", "再改一改"):
        world.run(judging.save_evaluation, LU, key, **{**FORM, "lines": [], "comment": comment})
    assert [row["comment"] for row in asked(world, key, LU)] == ["再改一改"]
    assert world.proposal(key).state == "REPLIED"
    evaluate(world, key)
    assert [row["version"] for row in asked(world, key, LU)] == [3]


@pytest.mark.parametrize("use_case", [judging.save_evaluation, judging.evaluate_reply])
def test_sent_is_final(world: World, use_case: Any) -> None:
    key = replied(world)
    evaluate(world, key, SHEN)
    with pytest.raises(errors.EvaluationSent):
        world.run(use_case, SHEN, key, **form(BAD))
    [row] = asked(world, key, SHEN)
    assert row["lines"][0]["result"] == "SATISFIED"


def test_what_is_missing_keeps_even_the_draft_as_it_was(world: World) -> None:
    key = replied(world)
    with pytest.raises(Refused):
        world.run(judging.evaluate_reply, LU, key, **{**FORM, "lines": []})
    assert world.proposals.evaluations.documents == {}
    assert world.proposal(key).state == "REPLIED"


def test_a_case_that_is_lost_in_a_race_is_judged_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Evaluation and case are one transaction: the second run finds neither."""
    key = replied(world)
    save, lost = world.proposals.save, [Conflict()]

    def once(*given: Any) -> None:
        if lost:
            raise lost.pop()
        save(*given)

    monkeypatch.setattr(world.proposals, "save", once)
    evaluate(world, key)
    assert world.proposal(key).state == "CLOSED"
    assert [row["version"] for row in asked(world, key, LU)] == [1]


def test_a_cosigner_moves_nothing(world: World) -> None:
    key = replied(world)
    before = world.proposal(key)
    evaluate(world, key, SHEN, BAD)
    assert world.proposal(key) == before
    assert [row["binding"] for row in asked(world, key, SHEN)] == [False]


def test_the_time_for_it_ends_with_the_case_for_all_others(world: World) -> None:
    """DL7."""
    key = replied(world)
    evaluate(world, key)
    world.clock.advance(timedelta(days=30))
    evaluate(world, key, SHEN)
    other = replied(world, doc_no="吴水提复〔2017〕6号")
    evaluate(world, other)
    world.clock.advance(timedelta(days=31))
    with pytest.raises(errors.EvaluationLate):
        evaluate(world, other, SHEN)


def late(world: World, key: str, **changes: Any) -> str:
    """What is said to who comes after DL7, where the timer has not looked."""
    said = form(**{"comment": "管网权属仍未明确", **changes})
    with pytest.raises(errors.EvaluationLate) as caught:
        world.run(judging.evaluate_reply, LU, key, **said, command="late-1")
    return caught.value.message


def test_a_late_word_is_refused_by_the_clock_and_kept_for_the_staff(world: World) -> None:
    """Decision 63."""
    key = replied(world)
    world.clock.advance(timedelta(days=31))
    assert "补充意见" in late(world, key)
    assert "补充意见" in late(world, key)  # a refusal keeps no command
    [supplement] = world.proposal(key).supplements
    assert (supplement.no, supplement.evaluator, supplement.open) == (1, id_of(LU), True)
    assert world.events().count("proposal_supplement_received") == 1
    assert world.proposal(key).state == "REPLIED"
    with pytest.raises(errors.EvaluationLate):
        world.run(judging.save_evaluation, LU, key, **form())

    def seen(actor: Actor) -> list[Any]:
        found = world.run(queries.evaluations_by_proposals, actor, [key])[key]
        return [(row["comment"], row["sent_at"]) for row in found]

    assert seen(LU) == seen(STAFF) == [("管网权属仍未明确", None)]
    for actor in (DIRECTOR, OFFICER, SUPERVISING, SHEN):
        assert seen(actor) == []
    world.run(tracking.ring_alarms, SYSTEM)
    assert world.proposal(key).close_kind == "NOT_EVALUATED"
    world.run(tracking.reopen_proposal, STAFF, key, "补充办理")
    assert world.events()[-2:] == ["proposal_reopened", "proposal_supplement_settled"]


def test_a_late_form_without_a_word_leaves_nothing(world: World) -> None:
    key = replied(world)
    world.clock.advance(timedelta(days=31))
    assert late(world, key, comment="", reason="") == "评价期限已过"
    assert world.proposal(key).supplements == []


def test_an_organisation_has_one_judgement_whoever_writes_it(world: World) -> None:
    key = replied(world, world.filed(world.collective(ProposerType.PARTY), PARTY_HEAD))
    world.run(judging.save_evaluation, PARTY_STAFF, key, **form(BAD))
    evaluate(world, key, PARTY_HEAD)
    assert world.proposal(key).state == "CLOSED"
    for actor in (PARTY_STAFF, PARTY_HEAD):
        assert [row["evaluator"] for row in asked(world, key, actor)] == [
            "organisation:org-minjian"
        ]


@pytest.mark.parametrize(
    "actor",
    [
        QIAN,
        member(200, Role.STANDING_MEMBER),
        staff("party-2", Role.ORG_HEAD, organisation="org-minjin"),
        staff("federation-2", Role.ORG_HEAD, organisation="04"),
        staff("committee", Role.COMMITTEE_DIRECTOR, committee="04"),
        Actor("nobody", Role.MEMBER),
    ],
)
def test_nobody_else_judges(world: World, actor: Actor) -> None:
    for key in (
        replied(world),
        replied(
            world,
            world.filed(world.collective(ProposerType.PARTY), PARTY_HEAD),
            doc_no="吴水提复〔2017〕6号",
        ),
    ):
        with pytest.raises(errors.NotTheEvaluator):
            evaluate(world, key, actor)


def test_with_separate_handling_the_worst_line_counts(world: World) -> None:
    """Decision 21."""
    key = received(world, SEPARATE)
    delivered(world, key)
    delivered(world, key, "unit-2")
    lines = [
        {"unit_id": "unit-1", "attitude": GOOD, "result": GOOD},
        {"unit_id": "unit-2", "attitude": GOOD, "result": BAD},
    ]
    world.run(judging.evaluate_reply, LU, key, **form(lines=lines))
    proposal = world.proposal(key)
    assert (proposal.state, proposal.rehandling_units) == ("REHANDLING", ("unit-2",))


def test_silence_closes_each_case_once(world: World) -> None:
    """T16."""
    key = replied(world)
    assert world.run(tracking.ring_alarms, SYSTEM) == []
    world.clock.advance(timedelta(days=31))
    assert world.run(tracking.ring_alarms, SYSTEM) == [key]
    assert world.run(tracking.ring_alarms, SYSTEM) == []
    assert world.proposal(key).close_kind == "NOT_EVALUATED"
    assert world.events()[-1] == "proposal_closed"


def test_a_withdrawn_cosigner_is_no_judge(world: World) -> None:
    key = world.submitted(world.joint(SHEN, QIAN))
    world.run(cosigning.withdraw_cosignature, SHEN, key)
    world.run(review.start_review, STAFF, key)
    world.run(review.file_proposal, DIRECTOR, key, ["unit-1"], None, True)
    delivered(world, received(world, SOLE, key))
    with pytest.raises(errors.NotTheEvaluator):
        evaluate(world, key, SHEN)
    evaluate(world, key, QIAN)
