"""For each use case about appraisals and inspections a state in which it succeeds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.proposals.commands import appraising, inspecting, panel, reporting
from services.proposals.domain.appraisal import VoterKind
from services.proposals.domain.evaluation import Grade
from shared.actor import Actor
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.scenes import Row, Scene
from tests.unit.proposals.commands.world import (
    LU,
    OFFICER,
    STAFF,
    START,
    SYSTEM,
    World,
    id_of,
    member,
)

PANEL = [member(number) for number in range(201, 207)]  # members without interest
SCORES = [90, 80, 70]
HELD_AT = START + timedelta(days=30)
FINDING = {"text": "水箱已更换", "photos": ["photo-1"], "verified": []}


def plan_of(world: World, key: str | None = None) -> dict[str, Any]:
    case = {"proposal_id": key or steps.replied(world), "unit_ids": []}
    return {"title": "二次供水民主评议", "held_at": HELD_AT, "place": "一楼会议室", "cases": [case]}


def planned(world: World, key: str | None = None) -> str:
    return str(world.run(appraising.plan_appraisal, STAFF, **plan_of(world, key)))


def named(*people: Actor) -> list[dict[str, Any]]:
    kind = VoterKind.DISINTERESTED_MEMBER
    return [{"kind": kind, "member_id": id_of(person)} for person in people]


def invite(world: World, key: str, voters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The voting codes."""
    world.active |= {row["member_id"] for row in voters if "member_id" in row}
    codes = world.run(panel.invite_voters, STAFF, key, voters)["voting_codes"]
    return list(codes)


def opened(world: World, *more: dict[str, Any]) -> str:
    key = planned(world)
    invite(world, key, [*named(*PANEL), *more])
    return str(world.run(appraising.open_vote, STAFF, key))


def lines(
    world: World, key: str, grade: Grade = Grade.SATISFIED, scores: list[int] = SCORES
) -> list[dict[str, Any]]:
    subjects = world.appraisals.get(key).subjects
    return [{"proposal_id": s.proposal_id, "grade": grade, "scores": scores} for s in subjects]


def vote(world: World, key: str, *people: Actor, grade: Grade = Grade.SATISFIED) -> None:
    for person in people:
        world.run(appraising.cast_ballot, person, key, lines(world, key, grade), None)


def voted(world: World) -> str:
    key = opened(world)
    vote(world, key, *PANEL[:5])
    return key


def counted(world: World) -> str:
    return str(world.run(appraising.count_ballots, STAFF, voted(world)))


def inspection_of(world: World) -> dict[str, Any]:
    return {
        "title": "二次供水改造视察",
        "held_at": START,
        "place": "松陵街道",
        "proposal_ids": [steps.replied(world)],
        "participants": [id_of(LU)],
    }


def inspection(world: World) -> str:
    return str(world.run(inspecting.plan_inspection, STAFF, **inspection_of(world)))


def held(world: World) -> str:
    key = inspection(world)
    return str(world.run(inspecting.hold_inspection, STAFF, key, START, [id_of(LU)]))


def findings(world: World, key: str) -> list[dict[str, Any]]:
    cases = world.inspections.get(key).proposal_ids
    return [{"proposal_id": case, **FINDING} for case in cases]


def found(world: World) -> str:
    key = held(world)
    return str(world.run(inspecting.save_findings, STAFF, key, findings(world, key)))


def on(key: str, actor: Actor = STAFF, **more: Any) -> Scene:
    return actor, {"appraisal_id": key, **more}


def at_place(key: str, **more: Any) -> Scene:
    return STAFF, {"inspection_id": key, **more}


def to_invite(world: World) -> Scene:
    world.active |= {id_of(person) for person in PANEL}
    return on(planned(world), voters=named(*PANEL))


def to_remove(world: World) -> Scene:
    key = planned(world)
    invite(world, key, named(*PANEL))
    return on(key, no=1)


def to_open(world: World) -> Scene:
    key = planned(world)
    invite(world, key, named(*PANEL))
    return on(key)


def to_cast(world: World) -> Scene:
    key = opened(world)
    return on(key, PANEL[0], lines=lines(world, key), code=None)


def to_note(world: World) -> Scene:
    voted(world)
    return SYSTEM, {}


def to_remind(world: World) -> Scene:
    planned(world)
    world.clock.advance(timedelta(days=29))
    return SYSTEM, {}


def to_save(world: World) -> Scene:
    key = held(world)
    return at_place(key, findings=findings(world, key))


APPRAISAL: dict[str, Row] = {
    "plan_appraisal": (
        appraising.plan_appraisal,
        lambda world: (STAFF, plan_of(world)),
        None,
        ["appraisal_planned"],
    ),
    "cancel_appraisal": (
        appraising.cancel_appraisal,
        lambda world: on(planned(world), reason="与全体会议冲突"),
        None,
        ["appraisal_cancelled"],
    ),
    "invite_voters": (
        panel.invite_voters,
        to_invite,
        None,
        ["appraisal_voters_invited"],
    ),
    "remove_voter": (panel.remove_voter, to_remove, None, []),
    "open_vote": (appraising.open_vote, to_open, None, ["appraisal_opened"]),
    "cast_ballot": (appraising.cast_ballot, to_cast, None, []),
    "count_ballots": (
        appraising.count_ballots,
        lambda world: on(voted(world)),
        None,
        ["appraisal_counted"],
    ),
    "publish_appraisal": (
        appraising.publish_appraisal,
        lambda world: on(counted(world), public=False),
        None,
        ["appraisal_published"],
    ),
    "hand_in_report": (
        reporting.hand_in_report,
        lambda world: on(planned(world), OFFICER, text="办理情况汇报", files=["file-1"]),
        None,
        ["appraisal_report_handed_in", "appraisal_files_changed"],
    ),
    "remind_of_reports": (
        reporting.remind_of_reports,
        to_remind,
        None,
        ["appraisal_report_reminder_due"],
    ),
    "note_votes": (appraising.note_votes, to_note, None, ["appraisal_votes_noted"]),
    "plan_inspection": (
        inspecting.plan_inspection,
        lambda world: (STAFF, inspection_of(world)),
        None,
        ["inspection_planned"],
    ),
    "hold_inspection": (
        inspecting.hold_inspection,
        lambda world: at_place(inspection(world), held_at=START, participants=[id_of(LU)]),
        None,
        ["inspection_held"],
    ),
    "save_findings": (inspecting.save_findings, to_save, None, ["inspection_files_changed"]),
    "report_inspection": (
        inspecting.report_inspection,
        lambda world: at_place(found(world), report="办理到位", attachments=["report-1"]),
        None,
        ["inspection_reported", "inspection_files_changed"],
    ),
    "cancel_inspection": (
        inspecting.cancel_inspection,
        lambda world: at_place(inspection(world), reason="天气原因"),
        None,
        ["inspection_cancelled"],
    ),
}
