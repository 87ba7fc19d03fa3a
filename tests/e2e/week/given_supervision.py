"""What stands before a supervisor's week begins: an appointment, a team, a claim, a debriefing."""

from __future__ import annotations

from dataclasses import dataclass

from shared.actor import Actor, Role
from tests.e2e.supervising import (
    AFTER,
    BEFORE,
    CHAIR,
    SLJ,
    URBAN,
    approved,
    found,
    site,
    step,
    unit,
)
from tests.e2e.week.conftest import GU, SHEN, Week
from tests.waiting import eventually

VALUE = BEFORE
APPOINTED = "supervisor { id }"


@dataclass(frozen=True)
class Supervised:
    supervisor: Actor
    supervision: str
    claimed: str
    debriefing: str


def supervised(week: Week) -> Supervised:
    """The supervisor GU, of the team that SHEN leads."""
    story = week.story
    acting = week.actor(GU, Role.SUPERVISOR)
    ids = [acting.member_id, week.actor(SHEN).member_id]
    members = story.world.stack.db("supervision")["members"]
    eventually(lambda: members.count_documents({"_id": {"$in": ids}}) == len(ids))
    given = {"memberId": story.gid(GU), "fields": ["WATER"]}
    made = week.run(URBAN, "nominateSupervisor", APPOINTED, **given)["id"]
    decided = {"supervisorId": made, "approved": True, "opinion": "同意聘任"}
    week.run(CHAIR, "decideSupervisorNomination", APPOINTED, **decided)
    week.run(URBAN, "assignSupervisor", APPOINTED, supervisorId=made, units=[unit("unit-slj")])
    place = site(story)
    supervision = approved(story, place)
    team = {"leader": story.gid(SHEN), "supervisors": [made]}
    step(story, URBAN, "formSupervisionTeam", supervision, **team)
    said = {"text": "岸坡堆放建筑垃圾", "severity": "SERIOUS", "values": [BEFORE]}
    finding = found(
        story, acting, "recordFinding", supervisionId=supervision, siteId=place, **said
    )["id"]
    found(story, URBAN, "confirmFinding", findingId=finding, confirmed=True)
    found(story, URBAN, "assignFinding", findingId=finding, unit=unit("unit-slj"))
    claim = {"text": "已清理岸坡垃圾", "values": [AFTER]}
    found(story, SLJ, "claimFinding", findingId=finding, **claim)
    debriefing = week.run(
        URBAN,
        "planDebriefing",
        "debriefing { id }",
        title="述职交流",
        units=[unit("unit-slj")],
        supervisors=[made],
        heldAt="2017-03-20T09:00:00+08:00",
        place="区政协",
    )["id"]
    return Supervised(acting, supervision, finding, debriefing)
