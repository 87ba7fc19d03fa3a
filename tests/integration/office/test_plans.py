"""The annual plan counts facts: once each, in any order, rebuilt by replay, never by hand."""

from __future__ import annotations

import inspect
from datetime import date
from functools import partial
from itertools import permutations
from typing import Any

import pytest

from services.office.commands import plans
from services.office.domain import document_errors as errors
from services.office.queries import work
from shared.contracts import names, sample_event
from shared.errors import Forbidden
from shared.messaging.events import Event
from shared.persistence.database import replaying
from tests.integration.office.desk import (
    CHAIR,
    CLERK,
    ECONOMY,
    LU,
    UNIT,
    VISITOR,
    Office,
    member,
)
from tests.integration.office.papers import (
    at_once,
    do,
    done,
    executing_plan,
    hear,
    item,
    plan_row,
)

MOTIONS = item("MOTIONS", 2, "consultations", names.MOTION_DELIVERED)
KEYS = item("KEYS", 3, "proposals", names.PROPOSAL_KEY_SELECTED)
COUNCILS = item("COUNCILS", 12, "office", names.MEETING_ATTENDANCE_CONFIRMED, kind="CHAIR_COUNCIL")
PLENARY = item("PLENARY", 1, "office", names.MEETING_ATTENDANCE_CONFIRMED, kind="PLENARY")


def motion(number: int, **changes: Any) -> Event:
    given = {"motion_id": f"motion-{number}", "title": f"建议案{number}", "id": f"event-{number}"}
    return sample_event("consultations", "motion_delivered", **{**given, **changes})


def key(event_type: str, proposal: str = "proposal-1", occurrence: int = 1) -> Event:
    given = {"proposal_id": proposal, "occurrence_no": occurrence}
    return sample_event(
        "proposals", event_type, **given, id=f"{event_type}-{proposal}-{occurrence}"
    )


def meeting(kind: str, number: int) -> Event:
    given = {"meeting_id": f"meeting-{number}", "kind": kind, "id": f"meeting-{number}"}
    return sample_event("office", "meeting_attendance_confirmed", **given)


def test_two_motions_count_once_each_and_are_told(office: Office) -> None:
    plan = executing_plan(office, MOTIONS)
    hear(office, motion(1), motion(1), motion(1, id="again"), motion(2))
    assert done(office, plan) == {"MOTIONS": 2}
    told = [(row["done"], row["target"]) for row in office.told("plan_progressed")]
    assert told == [(1, 2), (2, 2)]


def test_each_count_is_traced_to_its_facts(office: Office) -> None:
    plan = executing_plan(office, MOTIONS)
    hear(office, motion(1), motion(2))
    asked = {"plan_id": plan, "item": "MOTIONS"}
    page = work.list_plan_traces(CLERK, office.desk, **asked, first=1, after=None)
    rest = work.list_plan_traces(
        CLERK, office.desk, **asked, first=1, after=page["rows"][0]["cursor"]
    )
    found = [(row["title"], row["event_id"]) for row in page["rows"] + rest["rows"]]
    assert found == [("建议案1", "event-1"), ("建议案2", "event-2")]
    assert work.count_plan_traces(CLERK, office.desk, **asked) == 2
    with pytest.raises(errors.PlanNotFound):
        work.count_plan_traces(CLERK, office.desk, **{**asked, "item": "X"})


def test_a_filter_tells_meetings_apart(office: Office) -> None:
    plan = executing_plan(office, COUNCILS, PLENARY)
    hear(office, meeting("CHAIR_COUNCIL", 1), meeting("CHAIR_COUNCIL", 2), meeting("PLENARY", 3))
    hear(office, meeting("COMMITTEE", 4))
    assert done(office, plan) == {"COUNCILS": 2, "PLENARY": 1}


FACTS = [
    key("proposal_key_selected"),
    key("proposal_key_deselected"),
    key("proposal_key_selected", occurrence=2),
]


@pytest.mark.parametrize("order", list(permutations(FACTS)))
def test_what_is_taken_back_does_not_count_in_any_order(
    office: Office, order: tuple[Event, ...]
) -> None:
    plan = executing_plan(office, KEYS)
    hear(office, *order)
    assert done(office, plan) == {"KEYS": 1}


def test_facts_before_the_plan_count_when_it_is_carried_out(office: Office) -> None:
    hear(office, motion(1))
    plan = executing_plan(office, MOTIONS)
    assert done(office, plan) == {"MOTIONS": 1}
    assert [row["done"] for row in office.told("plan_progressed")] == [1]


def test_other_years_and_terms_count_elsewhere(office: Office) -> None:
    plan = executing_plan(office, MOTIONS)
    hear(office, motion(1, occurred_on="2018-01-02T09:00:00+08:00"), motion(2, term=14))
    assert done(office, plan) == {"MOTIONS": 0}


def test_facts_at_one_moment_are_all_counted_and_told(office: Office) -> None:
    plan = executing_plan(office, MOTIONS)
    at_once(*(partial(hear, office, motion(number)) for number in range(1, 5)))
    assert done(office, plan) == {"MOTIONS": 4}
    assert office.told("plan_progressed")[-1]["done"] == 4


def test_a_replay_rebuilds_the_same_counts_and_tells_nothing(office: Office) -> None:
    plan = executing_plan(office, MOTIONS, KEYS)
    facts = [motion(1), *FACTS, motion(2)]
    hear(office, *facts)
    before, told = done(office, plan), len(office.told("plan_progressed"))
    with replaying("replay-1"):
        hear(office, *reversed(facts))
        assert done(office, plan) == before == {"MOTIONS": 2, "KEYS": 1}
    assert len(office.told("plan_progressed")) == told


def test_no_command_sets_progress(office: Office) -> None:
    commands = [act for _, act in inspect.getmembers(plans) if hasattr(act, "allowed_roles")]
    said = {name for act in commands for name in inspect.signature(act).parameters}
    assert len(commands) == 7
    assert not said & {"done", "progress", "told", "count"}
    plan = executing_plan(office, MOTIONS)
    with pytest.raises(errors.WrongPlanState):
        given = {"year": 2017, "title": "新", "themes": [], "items": [MOTIONS]}
        do(office, plans.draft_plan, CLERK, **given)
    assert done(office, plan) == {"MOTIONS": 0}


def test_a_plan_is_kept_by_the_office_and_reviewed_by_the_chairs(office: Office) -> None:
    plan = executing_plan(office, MOTIONS)
    for stranger in (CLERK, ECONOMY, member(LU)):
        with pytest.raises(Forbidden):
            do(office, plans.review_plan, stranger, plan_id=plan, review="各项任务完成")
    with pytest.raises(Forbidden):
        do(office, plans.adopt_plan, CHAIR, plan_id=plan, meeting="会", on=date(2017, 1, 6))
    do(office, plans.review_plan, CHAIR, plan_id=plan, review="各项任务完成")
    hear(office, motion(1))
    row = plan_row(office, plan, UNIT)
    assert (row["state"], row["review"], row["items"][0]["done"]) == ("REVIEWED", "各项任务完成", 1)


def test_a_draft_is_seen_by_the_staff_alone(office: Office) -> None:
    given = {"year": 2018, "title": "2018年工作要点", "themes": [], "items": [MOTIONS]}
    plan = do(office, plans.draft_plan, CLERK, **given)
    assert plan_row(office, plan, ECONOMY)["state"] == "DRAFT"
    for stranger in (UNIT, member(LU), VISITOR):
        assert work.plans_by_ids(stranger, office.desk, ids=[plan]) == []
