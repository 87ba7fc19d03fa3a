"""For each use case about key and excellent proposals and plagiarism a state where it succeeds."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.proposals.commands import honouring
from services.proposals.domain.honour_records import Rank
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.scenes import Row, on
from tests.unit.proposals.commands.world import (
    CHAIR,
    DIRECTOR,
    LU,
    OFFICE,
    QIAN,
    SHEN,
    STAFF,
    SUPERVISING,
    World,
)

DECIDED: dict[str, Any] = {"doc_no": "吴政协主席会纪〔2017〕4号", "decided_on": date(2017, 2, 6)}
LEADER: dict[str, Any] = {"name": "周立新", "rank": Rank.CPPCC_LEADER, "member_id": None}
MEETING: dict[str, Any] = {
    "held_on": date(2017, 2, 6),
    "people": "三方",
    "minutes": "商定分期实施。",
    "files": [],
}
COPIED = {"source": "2015年市政协提案", "reason": "三段雷同"}


def filed(world: World) -> str:
    return world.filed(world.joint(SHEN))


def nominated(world: World, key: str | None = None) -> str:
    where = key or filed(world)
    return str(world.run(honouring.nominate_key, QIAN, where, "事关民生"))


def selected(world: World, key: str | None = None) -> str:
    return str(world.run(honouring.select_key, CHAIR, nominated(world, key), **DECIDED))


def met(world: World, key: str | None = None) -> str:
    where = selected(world, key)
    world.run(honouring.name_key_leader, SUPERVISING, where, **LEADER)
    return str(world.run(honouring.record_key_meeting, STAFF, where, **MEETING))


def over(world: World) -> str:
    key = met(world, steps.closed(world))
    return str(world.run(honouring.appraise_key, STAFF, key, "评议满意"))


def awarded(world: World) -> str:
    return str(world.run(honouring.award_excellent, DIRECTOR, filed(world), 2017, **DECIDED))


def reported(world: World) -> str:
    return str(world.run(honouring.report_plagiarism, QIAN, filed(world), **COPIED))


def decided(world: World) -> str:
    key = reported(world)
    return str(world.run(honouring.decide_plagiarism, DIRECTOR, key, True, "经比对"))


HONOURS: dict[str, Row] = {
    "nominate_key": (
        honouring.nominate_key,
        lambda world: on(filed(world), QIAN, reason="事关民生"),
        "FILED",
        ["proposal_key_nominated"],
    ),
    "select_key": (
        honouring.select_key,
        lambda world: on(nominated(world), CHAIR, **DECIDED),
        "FILED",
        ["proposal_key_selected"],
    ),
    "deselect_key": (
        honouring.deselect_key,
        lambda world: on(selected(world), CHAIR, reason="另行决定"),
        "FILED",
        ["proposal_key_deselected"],
    ),
    "name_key_leader": (
        honouring.name_key_leader,
        lambda world: on(selected(world), SUPERVISING, **LEADER),
        "FILED",
        ["proposal_key_led"],
    ),
    "record_key_meeting": (
        honouring.record_key_meeting,
        lambda world: on(met(world), STAFF, **MEETING),
        "FILED",
        ["proposal_key_meeting_held"],
    ),
    "appraise_key": (
        honouring.appraise_key,
        lambda world: on(met(world), STAFF, note="评议满意"),
        "FILED",
        ["proposal_key_appraised"],
    ),
    "finish_key": (
        honouring.finish_key,
        lambda world: on(over(world), STAFF),
        "CLOSED",
        ["proposal_key_done"],
    ),
    "award_excellent": (
        honouring.award_excellent,
        lambda world: on(filed(world), DIRECTOR, year=2017, **DECIDED),
        "FILED",
        ["proposal_excellent_awarded"],
    ),
    "revoke_award": (
        honouring.revoke_award,
        lambda world: on(awarded(world), DIRECTOR, reason="认定有误"),
        "FILED",
        ["proposal_award_revoked"],
    ),
    "report_plagiarism": (
        honouring.report_plagiarism,
        lambda world: on(filed(world), QIAN, **COPIED),
        "FILED",
        ["proposal_plagiarism_reported"],
    ),
    "state_on_plagiarism": (
        honouring.state_on_plagiarism,
        lambda world: on(reported(world), LU, statement="系本人此前稿件"),
        "FILED",
        ["proposal_plagiarism_stated"],
    ),
    "decide_plagiarism": (
        honouring.decide_plagiarism,
        lambda world: on(reported(world), DIRECTOR, upheld=True, reason="经比对"),
        "FILED",
        ["proposal_plagiarism_decision_proposed"],
    ),
    "confirm_plagiarism": (
        honouring.confirm_plagiarism,
        lambda world: on(decided(world), OFFICE, confirmed=True),
        "FILED",
        ["proposal_plagiarism_confirmed"],
    ),
}
