"""Who may be on a panel, who is refused, what each viewer is shown."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.commands import appraising, inspecting, panel, reporting
from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.appraisal import VoterKind
from services.proposals.domain.evaluation import Grade
from services.proposals.queries import appraisals as reads
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Forbidden, InvalidInput, NotFound, Refused, Unauthenticated
from tests.unit.proposals.commands import appraisal_scenes as scenes
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.test_matrix import CHR, DIRECTOR, EVERY_SCOPE, STAFF
from tests.unit.proposals.commands.world import DIRECTOR as THE_DIRECTOR
from tests.unit.proposals.commands.world import (
    LU,
    OFFICE,
    OFFICER,
    OTHER_OFFICER,
    QIAN,
    SHEN,
    START,
    SUPERVISING,
    VISITOR,
    World,
    id_of,
    member,
    named,
    staff,
)
from tests.unit.proposals.commands.world import STAFF as THE_STAFF

PANEL = scenes.PANEL
CHAIR = staff("chair", Role.CHAIR_COUNCIL)
STANDING = member(5, Role.STANDING_MEMBER)
FORMER = member(201, former="true")
K = VoterKind


def ask(world: World, read: Any, actor: Actor, *args: Any, **kwargs: Any) -> Any:
    return read(Call(actor, "correlation-1"), world.desk, **named(read, args), **kwargs)


def seen(world: World, actor: Actor, key: str) -> dict[str, Any] | None:
    rows = ask(world, reads.appraisals_by_ids, actor, [key])
    return rows[0] if rows else None


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str | None]]:
    return [(item["code"], item["field"]) for item in refused.value.items]


# -- planning ------------------------------------------------------------------------------


def test_only_what_was_replied_to_is_appraised(world: World) -> None:
    key = steps.received(world)
    with pytest.raises(errors.CaseUnfit):
        scenes.planned(world, key)


def test_units_are_those_of_the_case(world: World) -> None:
    key = steps.replied(world)
    plan = scenes.plan_of(world, key)
    plan["cases"][0]["unit_ids"] = ["unit-3"]
    with pytest.raises(errors.CaseUnfit):
        world.run(appraising.plan_appraisal, THE_STAFF, **plan)


def test_a_case_is_listed_once(world: World) -> None:
    key = steps.replied(world)
    plan = scenes.plan_of(world, key)
    with pytest.raises(InvalidInput):
        twice = {**plan, "cases": plan["cases"] * 2}
        world.run(appraising.plan_appraisal, THE_STAFF, **twice)
    appraisal = scenes.planned(world, key)
    with pytest.raises(errors.CaseListed):
        scenes.planned(world, key)
    world.run(appraising.cancel_appraisal, THE_STAFF, appraisal, "改期")
    assert scenes.planned(world, key) != appraisal


# -- the panel -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "actor", "fits"),
    [
        (K.PROPOSER, LU, True),
        (K.PROPOSER, SHEN, True),  # co-signed
        (K.PROPOSER, QIAN, False),
        (K.DISINTERESTED_MEMBER, QIAN, True),
        (K.DISINTERESTED_MEMBER, LU, False),
        (K.STANDING_MEMBER, STANDING, True),
        (K.STANDING_MEMBER, QIAN, False),
        (K.COMMITTEE_MEMBER, STANDING, True),
        (K.COMMITTEE_MEMBER, QIAN, False),
        (K.CITY_MEMBER, QIAN, True),
    ],
)
def test_members_are_of_the_kind_they_are_invited_as(
    world: World, kind: VoterKind, actor: Actor, fits: bool
) -> None:
    groups = {"groups": {"standing": True, "committees": ["com-economy"]}}
    world.directory.note_member(id_of(STANDING), 1, groups)
    key = scenes.planned(world)
    row = {"kind": kind, "member_id": id_of(actor)}
    if fits:
        assert scenes.invite(world, key, [row]) == []
    else:
        with pytest.raises(Refused) as refused:
            scenes.invite(world, key, [row])
        assert codes(refused) == [("VOTER_UNFIT", "voters.0")]


def test_all_that_stands_against_a_panel_is_told_at_once_and_nobody_is_invited(
    world: World,
) -> None:
    key = scenes.planned(world)
    world.employed = {"member:m-15-0201": "unit-1", "account:account-expert": "unit-1"}
    voters = [
        *scenes.named(*PANEL[:2]),
        {"kind": K.EXPERT, "account_id": "account-expert"},
        {"kind": K.RESIDENT, "label": "居民代表", "unit_id": "unit-1"},
        {"kind": K.RESIDENT, "label": "居民代表", "unit_id": "unit-2"},
    ]
    world.active |= {id_of(PANEL[0])}
    with pytest.raises(Refused) as refused:
        world.run(panel.invite_voters, THE_STAFF, key, voters)
    assert codes(refused) == [
        ("V15_CONFLICT_OF_INTEREST", "voters.0"),
        ("V5_NOT_ACTIVE", "voters.1"),
        ("V15_CONFLICT_OF_INTEREST", "voters.2"),
        ("V15_CONFLICT_OF_INTEREST", "voters.3"),
    ]
    assert world.appraisals.get(key).panel == []


def test_a_code_is_shown_once_and_kept_as_a_hash(world: World) -> None:
    key = scenes.planned(world)
    voters = [{"kind": K.RESIDENT, "label": "居民代表"}]
    invite = {"appraisal_id": key, "voters": voters, "command": "c-1"}
    [code] = world.run(panel.invite_voters, THE_STAFF, **invite)["voting_codes"]
    assert (code["no"], code["label"], len(code["code"])) == (1, "居民代表", 19)
    assert world.run(panel.invite_voters, THE_STAFF, **invite) == {
        "appraisal": key,
        "voting_codes": [],
    }
    [voter] = world.appraisals.get(key).panel
    assert voter.key.startswith("code:") and code["code"] not in voter.key


# -- voting --------------------------------------------------------------------------------


def test_who_came_to_work_for_a_unit_is_blocked_at_voting(world: World) -> None:
    key = scenes.opened(world)
    world.employed[f"member:{id_of(PANEL[0])}"] = "unit-1"
    with pytest.raises(errors.ConflictOfInterest):
        scenes.vote(world, key, PANEL[0])
    scenes.vote(world, key, PANEL[1])


def test_a_code_votes_however_it_is_typed(world: World) -> None:
    key = scenes.planned(world)
    resident = {"kind": K.RESIDENT, "label": "居民代表"}
    [code] = scenes.invite(world, key, [*scenes.named(*PANEL), resident])
    world.run(appraising.open_vote, THE_STAFF, key)
    typed = code["code"].replace("-", " ").lower()
    found = ask(world, reads.appraisal_by_code, VISITOR, key, typed)
    assert (found["my_vote"], found["panel"]) == ("INVITED", None)
    world.run(appraising.cast_ballot, VISITOR, key, scenes.lines(world, key), typed)
    assert len(world.appraisals.ballots) == 1
    with pytest.raises(errors.AlreadyVoted):
        world.run(appraising.cast_ballot, VISITOR, key, scenes.lines(world, key), code["code"])


@pytest.mark.parametrize(
    ("actor", "code", "refusal"),
    [
        (QIAN, None, NotFound),
        (VISITOR, "AAAA-BBBB", NotFound),
        (VISITOR, None, Unauthenticated),
        (FORMER, None, Forbidden),
        (THE_STAFF, None, Forbidden),
        (OFFICER, None, Forbidden),
    ],
)
def test_who_is_not_on_the_panel_does_not_vote(
    world: World, actor: Actor, code: str | None, refusal: type[Exception]
) -> None:
    key = scenes.opened(world)
    with pytest.raises(refusal):
        world.run(appraising.cast_ballot, actor, key, scenes.lines(world, key), code)
    assert world.appraisals.ballots == {}


def test_a_ballot_that_is_not_whole_leaves_the_voter_free_to_vote(world: World) -> None:
    key = scenes.opened(world)
    with pytest.raises(errors.BallotIncomplete):
        lines = scenes.lines(world, key, scores=[90])
        world.run(appraising.cast_ballot, PANEL[0], key, lines, None)
    scenes.vote(world, key, PANEL[0])
    assert len(world.appraisals.ballots) == 1


def test_the_roll_keeps_no_id_that_a_client_chose(world: World) -> None:
    """Some UUIDs hold the time at which they were made."""
    key = scenes.opened(world)
    command = "01890a5d-ac96-774b-bcce-b302099a8057"
    cast = {"appraisal_id": key, "lines": scenes.lines(world, key), "code": None}
    world.run(appraising.cast_ballot, PANEL[0], **cast, command=command)
    entry = world.appraisals.entry(key, [f"member:{id_of(PANEL[0])}"])
    assert entry is not None and entry.command is not None and len(entry.command) == 64
    assert command not in repr(world.appraisals.entries)


def test_votes_are_told_of_by_the_five(world: World) -> None:
    key = scenes.opened(world)
    scenes.vote(world, key, *PANEL[:4])
    assert world.run(appraising.note_votes, scenes.SYSTEM) == []
    scenes.vote(world, key, PANEL[4])
    assert world.run(appraising.note_votes, scenes.SYSTEM) == [key]
    assert world.run(appraising.note_votes, scenes.SYSTEM) == []
    told = [data["voters"] for name, data in world.proposals.events if "noted" in name]
    assert told == [[f"member:{id_of(person)}" for person in PANEL[:5]]]


# -- what is shown -------------------------------------------------------------------------


def test_nobody_sees_a_figure_before_publication(world: World) -> None:
    key = scenes.voted(world)
    for _ in range(2):
        for viewer in (THE_STAFF, THE_DIRECTOR, CHAIR, OFFICE, SUPERVISING, PANEL[0]):
            row = seen(world, viewer, key)
            assert row is not None and row["subjects"][0]["result"] is None
            assert not {"results", "noted", "commands"} & set(row)
        if world.appraisals.get(key).state == "OPEN":
            world.run(appraising.count_ballots, THE_STAFF, key)


def test_how_many_have_voted_is_for_the_committee_and_who_only_after_the_count(
    world: World,
) -> None:
    key = scenes.voted(world)
    row, other = seen(world, THE_STAFF, key), seen(world, CHAIR, key)
    assert row is not None and other is not None
    assert (row["voted"], other["voted"], other["panel"]) == (5, None, None)
    assert {voter["voted"] for voter in row["panel"]} == {None}
    world.run(appraising.count_ballots, THE_STAFF, key)
    row = seen(world, THE_STAFF, key)
    assert row is not None
    assert [voter["voted"] for voter in row["panel"]] == [True] * 5 + [False]


VIEWERS = {
    "staff": THE_STAFF,
    "chair": CHAIR,
    "office": OFFICE,
    "supervising": SUPERVISING,
    "panel": PANEL[5],
    "unit": OFFICER,
    "other unit": OTHER_OFFICER,
    "stranger": QIAN,
    "former": FORMER,
    "visitor": VISITOR,
}
OFFICIAL = {"staff", "chair", "office", "supervising"}


def who_sees(world: World, key: str) -> set[str]:
    return {name for name, actor in VIEWERS.items() if seen(world, actor, key) is not None}


def test_who_sees_an_appraisal(world: World) -> None:
    """A unit under appraisal from the start: it is asked for its report."""
    key = scenes.planned(world)
    assert who_sees(world, key) == OFFICIAL | {"unit"}
    scenes.invite(world, key, scenes.named(*PANEL))
    seen_by = OFFICIAL | {"panel", "unit"}
    assert who_sees(world, key) == seen_by
    world.run(appraising.open_vote, THE_STAFF, key)
    assert who_sees(world, key) == seen_by
    scenes.vote(world, key, *PANEL[:5])
    world.run(appraising.count_ballots, THE_STAFF, key)
    assert who_sees(world, key) == seen_by
    row = seen(world, OFFICER, key)
    assert row is not None and row["subjects"][0]["result"] is None and row["panel"] is None
    world.run(appraising.publish_appraisal, THE_STAFF, key, False)
    assert who_sees(world, key) == seen_by


def test_who_reads_a_units_report(world: World) -> None:
    key = scenes.planned(world)
    scenes.invite(world, key, scenes.named(*PANEL))
    missing = seen(world, THE_STAFF, key)
    assert missing is not None and missing["reports_missing"] == ["unit-1"]
    given = {"appraisal_id": key, "text": "办理情况汇报", "files": ["file-1"]}
    world.run(reporting.hand_in_report, OFFICER, **given)
    rows = {name: seen(world, actor, key) for name, actor in VIEWERS.items()}
    readers = {name for name, row in rows.items() if row and row["reports"]}
    assert readers == {"staff", "supervising", "panel", "unit"}
    with_file = {
        name
        for name, actor in VIEWERS.items()
        if ask(world, reads.may_read_report_file, actor, file_id="file-1", subject=key)
    }
    assert with_file == readers
    [report] = rows["panel"]["reports"] if rows["panel"] else []
    assert (report["unit"], report["text"], report["late"]) == ("unit-1", "办理情况汇报", False)
    assert rows["staff"] is not None and rows["staff"]["reports_missing"] == []
    assert world.appraisals.held(["file-1", "file-2"]) == {"file-1"}


def test_a_voter_with_a_code_reads_the_reports(world: World) -> None:
    key = scenes.planned(world)
    resident = {"kind": K.RESIDENT, "label": "居民代表"}
    [code] = scenes.invite(world, key, [*scenes.named(*PANEL), resident])
    given = {"appraisal_id": key, "text": "办理情况汇报", "files": []}
    world.run(reporting.hand_in_report, OFFICER, **given)
    world.run(appraising.open_vote, THE_STAFF, key)
    row = ask(world, reads.appraisal_by_code, VISITOR, key, code["code"])
    assert [report["text"] for report in row["reports"]] == ["办理情况汇报"]


def test_what_is_public_is_for_everyone_without_the_panel(world: World) -> None:
    key = scenes.counted(world)
    world.run(appraising.publish_appraisal, THE_STAFF, key, True)
    assert who_sees(world, key) == set(VIEWERS)
    row = seen(world, VISITOR, key)
    assert row is not None and row["panel"] is None and row["my_vote"] is None
    result = row["subjects"][0]["result"]
    assert (result["satisfied"], result["satisfied_share"]) == (5, 100.0)
    assert result["scores"][0] == {"item": "办理态度", "average": 90.0}


def test_a_unit_sees_the_figures_of_its_own_cases(world: World) -> None:
    own = steps.replied(world)
    units = [{"unit_id": "unit-2", "part": "SOLE"}]
    other = steps.delivered(
        world, steps.received(world, units, world.filed(world.draft())), "unit-2"
    )
    plan = scenes.plan_of(world, own)
    plan["cases"].append({"proposal_id": other, "unit_ids": []})
    key = world.run(appraising.plan_appraisal, THE_STAFF, **plan)
    scenes.invite(world, key, scenes.named(*PANEL))
    world.run(appraising.open_vote, THE_STAFF, key)
    scenes.vote(world, key, *PANEL, grade=Grade.BASIC)
    world.run(appraising.count_ballots, THE_STAFF, key)
    world.run(appraising.publish_appraisal, THE_STAFF, key, False)
    row, whole = seen(world, OFFICER, key), seen(world, CHAIR, key)
    assert row is not None and whole is not None
    assert [subject["proposal_id"] for subject in row["subjects"]] == [own]
    assert [subject["proposal_id"] for subject in whole["subjects"]] == [own, other]


def test_lists_are_filtered_and_newest_first(world: World) -> None:
    key = scenes.planned(world)
    case = world.appraisals.get(key).subjects[0].proposal_id
    for filter, found in (
        ({}, [key]),
        ({"proposal_id": case}, [key]),
        ({"proposal_id": "other"}, []),
        ({"states": [world.appraisals.get(key).state]}, [key]),
    ):
        page = ask(world, reads.list_appraisals, CHAIR, filter, 20, None)
        assert [row["id"] for row in page["rows"]] == found
        assert ask(world, reads.count_appraisals, CHAIR, filter) == len(found)
    assert ask(world, reads.list_appraisals, QIAN, {}, 20, None)["rows"] == []


def test_ac_10_what_was_closed_with_reservation_waits_for_the_next_list(world: World) -> None:
    key = steps.closed(world)

    def candidates() -> list[str]:
        found = ask(world, reads.list_appraisal_candidates, THE_STAFF, {}, 20, None, None)
        assert ask(world, reads.count_appraisal_candidates, THE_STAFF, {}) == len(found["rows"])
        return [row["id"] for row in found["rows"]]

    assert candidates() == []
    world.proposals.documents[key]["close_kind"] = "WITH_RESERVATION"
    assert candidates() == [key]
    scenes.planned(world, key)
    assert candidates() == []


# -- inspections ---------------------------------------------------------------------------


def test_an_inspection_is_of_assigned_cases_by_active_members(world: World) -> None:
    filed = world.filed()
    plan = {"title": "视察", "held_at": START, "place": "松陵街道", "proposal_ids": [filed]}
    with pytest.raises(errors.InspectionUnfit, match="已经交办"):
        world.run(inspecting.plan_inspection, THE_STAFF, **plan, participants=[id_of(LU)])
    with pytest.raises(errors.InspectionUnfit, match="在任委员"):
        world.run(inspecting.plan_inspection, THE_STAFF, **plan, participants=["m-15-0999"])


def test_who_sees_an_inspection_and_its_photos(world: World) -> None:
    key = scenes.found(world)
    standing = member(9, Role.STANDING_MEMBER)
    viewers = {**VIEWERS, "standing": standing, "participant": LU}
    seeing = {n for n, a in viewers.items() if ask(world, reads.inspections_by_ids, a, [key])}
    assert seeing == OFFICIAL | {"standing", "participant", "unit"}
    reading = {
        name
        for name, actor in viewers.items()
        if ask(world, reads.may_read_inspection_file, actor, "photo-1", key)
    }
    assert reading == seeing
    assert not ask(world, reads.may_read_inspection_file, THE_STAFF, "photo-2", key)
    held = ask(world, reads.held_inspection_files, scenes.SYSTEM, ["photo-1", "photo-2"])
    assert held == ["photo-1"]


# -- who may ask ---------------------------------------------------------------------------

PAGE: dict[str, Any] = {"filter": {}, "first": 20, "after": None}
FILE: dict[str, Any] = {"file_id": "file-1", "subject": "absent"}
VOTERS = {*appraising.VOTERS}
READS: dict[str, tuple[set[Role], dict[str, Any]]] = {
    "appraisals_by_ids": (set(Role), {"ids": ["absent"]}),
    "appraisal_by_code": (VOTERS, {"appraisal_id": "absent", "code": "AAAA"}),
    "list_appraisals": (set(Role), PAGE),
    "count_appraisals": (set(Role), {"filter": {}}),
    "list_appraisal_candidates": (STAFF | DIRECTOR | CHR, {**PAGE, "fields": None}),
    "count_appraisal_candidates": (STAFF | DIRECTOR | CHR, {"filter": {}}),
    "inspections_by_ids": (set(Role), {"ids": ["absent"]}),
    "list_inspections": (set(Role), PAGE),
    "count_inspections": (set(Role), {"filter": {}}),
    "may_read_inspection_file": (set(Role), FILE),
    "may_read_report_file": (set(Role), FILE),
    "held_inspection_files": ({Role.SYSTEM}, {"ids": ["file-1"]}),
}


def test_every_read_has_a_row() -> None:
    guarded = {name for name, read in vars(reads).items() if hasattr(read, "allowed_roles")}
    assert guarded == set(READS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", READS)
def test_role_and_read(world: World, name: str, role: Role) -> None:
    allowed, arguments = READS[name]
    actor = Actor("account-1", role, EVERY_SCOPE, member_id=id_of(LU))
    if role in allowed:
        answer = ask(world, getattr(reads, name), actor, **arguments)
        assert answer in ([], None, False, 0, {"rows": [], "has_next": False})
    else:
        with pytest.raises(Unauthenticated if role is Role.PUBLIC else Forbidden):
            ask(world, getattr(reads, name), actor, **arguments)
