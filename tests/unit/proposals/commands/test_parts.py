"""Who sees which part of a handled proposal: viewer × part (section 3; separation of duties 2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.proposals.commands import handling, judging, replying, tracking
from services.proposals.domain.kinds import ProposerType
from services.proposals.queries import proposals as queries
from services.proposals.queries.parts import PROCESS, Viewer, viewer_of
from shared.actor import Actor, Role
from tests.unit.proposals.commands import handling as steps
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
    SECOND_OFFICER,
    SHEN,
    STAFF,
    SUPERVISING,
    VISITOR,
    World,
    ask,
    every,
    id_of,
    member,
    row_of,
    staff,
)

VIEWERS: dict[str, Actor] = {
    "first proposer": LU,
    "first proposer as chair": member(88, Role.CHAIR_COUNCIL),
    "former first proposer": FORMER,
    "co-signer": SHEN,
    "main unit": OFFICER,
    "main unit's leader": LEADER,
    "co unit": SECOND_OFFICER,
    "staff": STAFF,
    "director": DIRECTOR,
    "supervising office": SUPERVISING,
    "office": OFFICE,
    "standing member": member(200, Role.STANDING_MEMBER),
    "another member": QIAN,
    "supervisor": staff("supervisor", Role.SUPERVISOR),
    "visitor": VISITOR,
}
PROPOSERS = {
    "first proposer",
    "first proposer as chair",
    "former first proposer",
    "co-signer",
}
MAIN, CO = {"main unit", "main unit's leader"}, {"co unit"}
COMMITTEE, SUP = {"staff", "director"}, {"supervising office"}
OFFICES, EVERYBODY = COMMITTEE | SUP, set(VIEWERS)


def seeing(world: World, key: str, part: Callable[[dict[str, Any]], Any]) -> set[str]:
    """The viewers for whom the part is there."""
    return {name for name, actor in VIEWERS.items() if part(row_of(world, key, actor))}


def value(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: row.get(name)


def last(name: str) -> Callable[[dict[str, Any]], Any]:
    """A part of the present round."""
    return lambda row: row["rounds"][-1].get(name)


def opinion(row: dict[str, Any]) -> bool:
    return any(share["opinion"] for share in row["assignments"])


# -- the plan ------------------------------------------------------------------------------


def test_a_plan_is_between_committee_and_supervising_office(world: World) -> None:
    key = steps.planned(world)
    seen = {
        name
        for name, actor in VIEWERS.items()
        if any(row.get("plan") for row in ask(world, queries.proposals_by_ids, actor, [key], None))
    }
    assert seen == OFFICES
    assert ask(world, queries.proposals_by_ids, OFFICER, [key], None) == []


def test_the_units_see_the_case_once_it_is_theirs(world: World) -> None:
    key = steps.assigned(world, steps.MAIN_CO)
    for actor, rows in ((OFFICER, 1), (SECOND_OFFICER, 1), (OTHER_OFFICER, 0)):
        assert len(ask(world, queries.proposals_by_ids, actor, [key], None)) == rows


# -- contacts and opinion ------------------------------------------------------------------


def test_contacts_are_for_those_who_met_and_for_the_two_offices(world: World) -> None:
    """Separation of duties 1 names contact notes; a unit sees its own and the proposers'."""
    key = steps.received(world, steps.MAIN_CO)
    steps.met(world, key)
    steps.met(world, key, "unit-2")
    world.run(handling.record_contact, LU, key, **steps.MET)
    seen = {
        name: [contact["no"] for contact in row["contacts"]]
        for name, actor in VIEWERS.items()
        if "contacts" in (row := row_of(world, key, actor))
    }
    all_of_them = every(PROPOSERS | OFFICES, [1, 2, 3])
    assert seen == {**all_of_them, **every(MAIN, [1, 3]), "co unit": [2, 3]}


def test_an_opinion_is_among_the_units_and_the_two_offices(world: World) -> None:
    key = steps.received(world, steps.MAIN_CO)
    world.run(handling.give_co_opinion, SECOND_OFFICER, key, "可以接管")
    assert seeing(world, key, opinion) == MAIN | CO | OFFICES
    assert [share["unit"] for share in row_of(world, key, VISITOR)["assignments"]] == [
        "unit-1",
        "unit-2",
    ]


# -- replies -------------------------------------------------------------------------------


def drafted(world: World) -> str:
    return steps.drafted(world, steps.received(world, steps.MAIN_CO))


def sent_up(world: World) -> str:
    return steps.sent_up(world, steps.received(world, steps.MAIN_CO))


def signed(world: World) -> str:
    return steps.signed(world, steps.received(world, steps.MAIN_CO))


def refused(world: World) -> str:
    return str(world.run(replying.refuse_sign_off, LEADER, sent_up(world), "请补充"))


def rejected(world: World) -> str:
    return steps.check(world, signed(world), passed=False)


def checked(world: World) -> str:
    return steps.check(world, signed(world))


def delivered(world: World) -> str:
    return steps.delivered(world, steps.received(world, steps.MAIN_CO))


REPLIES: dict[str, tuple[Callable[[World], str], set[str]]] = {
    "drafted": (drafted, MAIN | COMMITTEE),
    "sent up": (sent_up, MAIN | COMMITTEE),
    "sign-off refused": (refused, MAIN | COMMITTEE),
    "signed": (signed, MAIN | OFFICES),
    "rejected": (rejected, MAIN | OFFICES),
    "checked": (checked, MAIN | OFFICES),
    "delivered": (delivered, EVERYBODY - {"visitor"}),
    "delivered and opened": (lambda world: steps.opened(world, delivered(world)), EVERYBODY),
}


@pytest.mark.parametrize("stage", list(REPLIES))
def test_a_reply_is_its_units_until_it_is_delivered(world: World, stage: str) -> None:
    prepare, seen = REPLIES[stage]
    assert seeing(world, prepare(world), value("replies")) == seen


def test_how_a_delivered_reply_came_about_stays_inside(world: World) -> None:
    key = steps.opened(world, delivered(world))
    inside = seeing(world, key, lambda row: row["replies"][0].keys() >= PROCESS)
    assert inside == MAIN | OFFICES
    outside = seeing(world, key, lambda row: PROCESS.isdisjoint(row["replies"][0]))
    assert outside == EVERYBODY - inside


def test_a_delivered_reply_is_shown_flat(world: World) -> None:
    [reply] = row_of(world, delivered(world), QIAN)["replies"]
    assert reply["doc_no"] == "吴水提复〔2017〕5号"
    assert (reply["result_class"], reply["commitments"]) == ("A", [])
    assert not {"content", "promises"} & reply.keys()


def test_of_two_separate_replies_a_unit_sees_its_own_and_what_is_delivered(world: World) -> None:
    key = steps.received(world, steps.SEPARATE)
    steps.delivered(world, key)
    steps.drafted(world, key, "unit-2")
    seen = {
        name: [reply["unit"] for reply in row_of(world, key, actor)["replies"]]
        for name, actor in VIEWERS.items()
    }
    both = every(CO | COMMITTEE, ["unit-1", "unit-2"])
    assert seen == {**every(VIEWERS, ["unit-1"]), **both, "visitor": []}


def test_the_proof_of_a_draft_is_no_file_to_others(world: World) -> None:
    key = drafted(world)
    reading = {
        name
        for name, actor in VIEWERS.items()
        if ask(world, queries.may_read_file, actor, "file-proof", key)
    }
    assert reading == MAIN | COMMITTEE


# -- grades --------------------------------------------------------------------------------

ATTITUDE_RESULT = {"attitude", "result"}
GRADE_FIELDS = {"attitude", "result", "rehandling_units"}


def test_grades_of_a_closed_case_are_among_those_who_took_part(world: World) -> None:
    key = delivered(world)
    steps.evaluate(world, key, result=steps.FAIR)
    for name in ("attitude", "result"):
        assert seeing(world, key, value(name)) == PROPOSERS | MAIN | CO | OFFICES
    assert row_of(world, key, OFFICER)["result"] == "BASIC"
    hidden = seeing(world, key, lambda row: GRADE_FIELDS.isdisjoint(row))
    assert hidden == EVERYBODY - (PROPOSERS | MAIN | CO | OFFICES)


def test_before_closing_there_is_no_grade_for_anybody(world: World) -> None:
    """V20; at T15 the units learn that they handle it again, and nothing else."""
    key = delivered(world)
    steps.evaluate(world, key, result=steps.BAD)
    assert world.proposal(key).state == "REHANDLING"
    assert seeing(world, key, lambda row: row.get("attitude") or row.get("result")) == set()
    assert seeing(world, key, value("rehandling_units")) == PROPOSERS | MAIN | CO | OFFICES
    assert seeing(world, key, lambda row: "DISSATISFIED" in str(row)) == COMMITTEE


def test_why_a_further_round_began_is_hidden_with_the_grade_that_began_it(world: World) -> None:
    """Until the closing after it, and from outsiders for good; so it is for every trigger, for
    what is missing for one of them only would tell the grade, too."""
    key = delivered(world)
    steps.evaluate(world, key, result=steps.BAD)
    assert seeing(world, key, last("trigger")) == COMMITTEE
    assert seeing(world, key, last("units")) == PROPOSERS | MAIN | CO | OFFICES
    steps.delivered(world, key, doc_no="吴水提复〔2017〕6号")
    steps.evaluate(world, key, result=steps.FAIR)
    assert world.proposal(key).state == "CLOSED"
    assert seeing(world, key, last("trigger")) == PROPOSERS | MAIN | CO | OFFICES
    world.run(tracking.reopen_proposal, DIRECTOR, key, "漏办一条建议")
    for part in ("trigger", "reason", "units"):
        assert seeing(world, key, last(part)) == PROPOSERS | MAIN | CO | OFFICES, part


def test_outsiders_cannot_tell_a_case_taken_up_after_closing_from_one_judged_bad() -> None:
    """Not by any field but the version, which counts writes of any kind, and the office's own
    record of the steps."""
    outside = EVERYBODY - (PROPOSERS | MAIN | CO | OFFICES)
    seen = []
    for grade in (steps.BAD, steps.GOOD):
        world = World()
        key = delivered(world)
        steps.evaluate(world, key, result=grade)
        if grade is steps.GOOD:
            world.run(tracking.reopen_proposal, DIRECTOR, key, "漏办一条建议")
        assert world.proposal(key).state == "REHANDLING"
        rows = {name: row_of(world, key, VIEWERS[name]) for name in outside}
        seen.append({n: {k: row[k] for k in row.keys() - BESIDES} for n, row in rows.items()})
    assert seen[0] == seen[1]


BESIDES = {"id", "version", "history"}


def test_who_is_absent_is_for_the_committee(world: World) -> None:
    key = delivered(world)
    world.proposals.documents[key]["absent"] = [id_of(LU)]
    assert seeing(world, key, value("absent")) == COMMITTEE


def test_asked_for_single_fields_the_same_is_hidden(world: World) -> None:
    """The rule looks at fields that were not asked for; a short list shows no more."""
    key = delivered(world)
    steps.evaluate(world, key)
    for name, actor in VIEWERS.items():
        row = row_of(world, key, actor, ["attitude", "result", "contacts"])
        whole = row_of(world, key, actor)
        kept = {k: v for k, v in whole.items() if k in row}
        assert row == kept, name
        assert ATTITUDE_RESULT & row.keys() == ATTITUDE_RESULT & whole.keys()


# -- what a viewer is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "viewer"),
    [
        (PARTY_STAFF, Viewer.PROPOSER),
        (PARTY_HEAD, Viewer.PROPOSER),
        (staff("party-2", Role.ORG_STAFF, organisation="org-minjin"), Viewer.READER),
        (staff("federation", Role.ORG_STAFF, organisation="04"), Viewer.READER),
        (LU, Viewer.READER),
        (STAFF, Viewer.COMMITTEE),
        (SUPERVISING, Viewer.SUPERVISING),
        (OFFICER, Viewer.UNIT),
        (VISITOR, Viewer.VISITOR),
    ],
)
def test_what_an_account_is_to_a_partys_proposal(
    world: World, actor: Actor, viewer: Viewer
) -> None:
    key = world.filed(world.collective(ProposerType.PARTY), PARTY_HEAD)
    assert viewer_of(actor, world.proposals.documents[key]) is viewer


@pytest.mark.parametrize(
    ("state", "viewer"),
    [
        ("CONFIRMED", Viewer.PROPOSER),
        ("RECONFIRM_NEEDED", Viewer.PROPOSER),
        ("INVITED", Viewer.READER),
        ("DECLINED", Viewer.READER),
        ("WITHDRAWN", Viewer.READER),
        ("EXPIRED", Viewer.READER),
    ],
)
def test_who_signed_is_a_proposer(state: str, viewer: Viewer) -> None:
    signature = {"member_id": id_of(SHEN), "state": state}
    row = {"first_proposer": id_of(LU), "organisation": None, "cosignatures": [signature]}
    assert viewer_of(SHEN, row) is viewer


def test_a_draft_evaluation_leaves_no_trace_in_the_row(world: World) -> None:
    key = delivered(world)
    before = {name: row_of(world, key, actor) for name, actor in VIEWERS.items()}
    world.run(judging.save_evaluation, LU, key, **steps.form(steps.BAD))
    world.run(judging.evaluate_reply, SHEN, key, **steps.form(steps.BAD))
    assert {name: row_of(world, key, actor) for name, actor in VIEWERS.items()} == before
