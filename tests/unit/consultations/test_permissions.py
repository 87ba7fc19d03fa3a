"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.consultations.commands import (
    meetings,
    motions,
    plans,
    reporting,
    research,
    topics,
    views,
)
from services.consultations.queries import consultations as reads
from services.consultations.queries import motions as lists
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated
from shared.operations import operations

MEMBERS = set(MEMBER_ROLES)
CHAIRS = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
OFFICE = {Role.OFFICE}
COMMITTEES = {Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR}
TOWNS = {Role.TOWN_STAFF, Role.TOWN_HEAD}
ORGS = {Role.ORG_STAFF, Role.ORG_HEAD}
SUPERVISING = {Role.SUPERVISING_OFFICE}
STAFF = OFFICE | COMMITTEES
ORGANISERS = STAFF | TOWNS | ORGS | {Role.SECTOR_CONVENER}
PROPOSERS = MEMBERS | ORGANISERS
SPEAK = MEMBERS | TOWNS | ORGS | {Role.SUPERVISOR}
EVERYONE = set(Role)


def every(roles: set[Role], *use_cases: Any) -> list[tuple[Any, set[Role]]]:
    return [(use_case, roles) for use_case in use_cases]


ALLOWED: list[tuple[Any, set[Role]]] = [
    *every(
        PROPOSERS,
        topics.propose_consultation,
        topics.shape_consultation,
        topics.cancel_consultation,
        motions.propose_motion,
    ),
    *every(
        ORGANISERS,
        topics.postpone_consultation,
        meetings.plan_meeting,
        meetings.set_speakers,
        meetings.send_papers,
        meetings.open_written,
        meetings.pass_turn,
        meetings.close_written,
        reporting.write_minutes,
        views.ask_for_views,
        views.moderate_view,
    ),
    *every(SPEAK, meetings.state_on_consultation),
    *every(
        STAFF,
        plans.write_plan,
        plans.send_plan,
        reporting.report_consultation,
        reporting.track_consultation,
        reporting.close_consultation,
        research.write_research,
        research.record_visit,
        research.correct_visit,
        research.write_findings,
        research.send_report,
        research.drop_research,
        motions.write_motion,
        motions.send_motion,
        motions.drop_motion,
        motions.track_motion,
        motions.close_motion,
    ),
    *every(CHAIRS, plans.review_plan, motions.review_motion),
    *every(CHAIRS | {Role.COMMITTEE_DIRECTOR}, research.decide_report, research.revoke_report),
    *every(
        OFFICE,
        plans.decide_plan,
        plans.supplement_plan,
        plans.publish_plan,
        motions.return_motion,
        motions.adopt_motion,
        motions.publish_motion,
    ),
    *every(
        OFFICE | SUPERVISING,
        reporting.give_consultation_feedback,
        motions.give_motion_feedback,
    ),
    *every(PROPOSERS | SUPERVISING, reads.consultation_figures),
    *every(
        EVERYONE,
        views.leave_view,
        reads.list_consultations,
        reads.count_consultations,
        reads.consultations_by_ids,
        reads.list_plans,
        reads.count_plans,
        reads.plans_by_ids,
        reads.list_views,
        reads.count_views,
        reads.views_by_ids,
        reads.may_read_file,
        lists.list_motions,
        lists.count_motions,
        lists.motions_by_ids,
        lists.list_projects,
        lists.count_projects,
        lists.projects_by_ids,
    ),
    *every({Role.SYSTEM}, reads.held_files),
]
MODULES = (topics, plans, meetings, views, reporting, research, motions, reads, lists)


def test_every_operation_is_in_the_matrix() -> None:
    offered = {operation.use_case for module in MODULES for operation in operations(module)}
    assert offered == {use_case for use_case, _ in ALLOWED}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("use_case", "roles"), ALLOWED, ids=[use_case.__name__ for use_case, _ in ALLOWED]
)
def test_who_may(use_case: Any, roles: set[Role], role: Role) -> None:
    assert (role in use_case.allowed_roles) == (role in roles)
    if role in roles:
        return
    actor = PUBLIC_ACTOR if role is Role.PUBLIC else Actor("account-1", role)
    with pytest.raises(Unauthenticated if role is Role.PUBLIC else Forbidden):
        use_case(Call(actor, "correlation-1"), None)
