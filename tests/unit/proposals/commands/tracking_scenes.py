"""For each use case of returns, second replies and promises a state in which it succeeds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.proposals.commands import guiding, merging, returning, tracking
from services.proposals.domain.evaluation import CloseKind
from services.proposals.domain.replies import ReplyClass
from services.proposals.domain.states import Category
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.scenes import Row, Scene, on
from tests.unit.proposals.commands.world import (
    CHAIR,
    DIRECTOR,
    OFFICER,
    SECOND_LEADER,
    STAFF,
    SUPERVISING,
    SYSTEM,
    World,
)

MEETING: dict[str, Any] = {
    "held_on": date(2017, 2, 6),
    "leader": "周立新",
    "people": "陆晓芸、孙燕",
    "minutes": "三方商定分期实施。",
    "files": [],
}
TO_SECOND: dict[str, Any] = {"unit_id": "unit-1", "accepted": True, "new_unit_id": "unit-2"}


def asked_back(world: World) -> str:
    key = steps.assigned(world)
    return str(world.run(returning.request_return, OFFICER, key, "不属本单位职责"))


def asked_for_time(world: World) -> str:
    key = steps.received(world)
    return str(
        world.run(returning.request_extension, OFFICER, key, date(2017, 6, 6), "需与省厅会商")
    )


def mediated(world: World) -> str:
    return str(world.run(tracking.record_mediation, CHAIR, steps.escalated(world), **MEETING))


def late(world: World) -> Scene:
    steps.received(world)
    world.clock.advance(timedelta(days=90))
    return SYSTEM, {}


def merge(world: World) -> Scene:
    lead = world.filed()
    return on(world.filed(), DIRECTOR, lead_id=lead, reason="同为二次供水")


def hand_on(world: World) -> Scene:
    lead, follower = world.filed(), world.under_review()
    world.run(merging.merge_proposal, DIRECTOR, follower, lead, "同为二次供水")
    return on(lead, DIRECTOR, lead_id=follower, reason="主案拟撤案")


UNTAGGED: dict[str, Any] = {"topic_codes": [], "themes": []}
TOPICS: list[dict[str, Any]] = [
    {
        **UNTAGGED,
        "category": Category.URBAN_RURAL,
        "title": "老旧住宅小区二次供水",
        "note": "设施改造与管理",
    },
    {**UNTAGGED, "category": Category.ECONOMIC, "title": "企业诚信体系", "note": ""},
]


def written(world: World) -> Scene:
    world.run(guiding.save_guide, STAFF, 2017, TOPICS)
    return DIRECTOR, {"year": 2017}


FOLLOWING: dict[str, Row] = {
    "save_guide": (
        guiding.save_guide,
        lambda world: (STAFF, {"year": 2017, "topics": TOPICS}),
        None,
        [],
    ),
    "publish_guide": (guiding.publish_guide, written, None, ["topic_guide_published"]),
    "merge_proposal": (merging.merge_proposal, merge, None, ["proposal_merged"]),
    "name_lead": (merging.name_lead, hand_on, None, ["proposal_lead_named"]),
    "request_return": (
        returning.request_return,
        lambda world: on(steps.assigned(world), OFFICER, reason="不属本单位职责"),
        "ASSIGNED",
        ["assignment_return_requested"],
    ),
    "state_dispute": (
        returning.state_dispute,
        lambda world: on(
            steps.disputed(world), SECOND_LEADER, statement="职责分工见三定方案", signer="赵宏伟"
        ),
        "ASSIGNED",
        ["assignment_dispute_stated"],
    ),
    "decide_return": (
        returning.decide_return,
        lambda world: on(asked_back(world), SUPERVISING, **TO_SECOND, reason="改由二局办理"),
        "ASSIGNED",
        ["assignment_return_decided"],
    ),
    "decide_dispute": (
        returning.decide_dispute,
        lambda world: on(
            steps.disputed(world),
            SUPERVISING,
            unit_id="unit-2",
            accepted=False,
            new_unit_id=None,
            reason="由二局主办",
            doc_no="吴政办纪〔2017〕3号",
            decided_on=date(2017, 2, 6),
        ),
        "HANDLING",
        ["assignment_return_decided", "assignment_received", "proposal_handling_started"],
    ),
    "request_extension": (
        returning.request_extension,
        lambda world: on(
            steps.received(world), OFFICER, until=date(2017, 6, 6), reason="需与省厅会商"
        ),
        "HANDLING",
        ["assignment_extension_requested"],
    ),
    "decide_extension": (
        returning.decide_extension,
        lambda world: on(
            asked_for_time(world), SUPERVISING, unit_id="unit-1", granted=True, reason=""
        ),
        "HANDLING",
        ["assignment_extended"],
    ),
    "recognise_class": (
        tracking.recognise_class,
        lambda world: on(steps.replied(world), DIRECTOR, result_class=ReplyClass.A, reason=""),
        "REPLIED",
        ["proposal_class_recognised"],
    ),
    "carry_over": (
        tracking.carry_over,
        lambda world: on(steps.closed(world), STAFF, reason="下年度继续推进"),
        "REHANDLING",
        ["proposal_second_reply_due"],
    ),
    "reopen_proposal": (
        tracking.reopen_proposal,
        lambda world: on(steps.tracked(world), DIRECTOR, reason="需补充管网权属意见"),
        "REHANDLING",
        ["proposal_reopened"],
    ),
    "settle_supplement": (
        tracking.settle_supplement,
        lambda world: on(steps.said_late(world), STAFF, no=1, reason="已列入明年计划"),
        "REPLIED",
        ["proposal_supplement_settled"],
    ),
    "archive_proposal": (
        tracking.archive_proposal,
        lambda world: on(steps.closed(world), STAFF),
        "ARCHIVED",
        ["proposal_archived"],
    ),
    "renew_commitment": (
        tracking.renew_commitment,
        lambda world: on(steps.unkept(world), DIRECTOR, no=1, due_on=date(2018, 3, 31)),
        "TRACKING",
        ["commitment_renewed", "commitment_made"],
    ),
    "release_commitment": (
        tracking.release_commitment,
        lambda world: on(steps.unkept(world), DIRECTOR, no=1, reason="规划调整，列C类"),
        "TRACKING",
        ["commitment_released"],
    ),
    "recognise_commitment": (
        tracking.recognise_commitment,
        lambda world: on(steps.claimed(world), STAFF, no=1, kept=True, reason="现场核实"),
        "TRACKING",
        ["commitment_met"],
    ),
    "record_mediation": (
        tracking.record_mediation,
        lambda world: on(steps.escalated(world), CHAIR, **MEETING),
        "ESCALATED",
        ["proposal_mediation_held"],
    ),
    "close_escalated": (
        tracking.close_escalated,
        lambda world: on(mediated(world), CHAIR, kind=CloseKind.WITH_RESERVATION),
        "CLOSED",
        ["proposal_closed"],
    ),
    "ring_alarms": (
        tracking.ring_alarms,
        late,
        "HANDLING",
        ["proposal_reminder_due", "proposal_overdue"],
    ),
}
