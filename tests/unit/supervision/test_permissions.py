"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.supervision.commands import (
    debriefings,
    findings,
    rectifying,
    supervisions,
    supervisors,
)
from services.supervision.queries import findings as found
from services.supervision.queries import supervision as read
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
UNITS = {Role.UNIT_OFFICER, Role.UNIT_LEADER}
SUPERVISOR = {Role.SUPERVISOR}
DRAFTERS = COMMITTEES | TOWNS
TEAM = MEMBERS | SUPERVISOR
VIEWERS = (
    MEMBERS
    | SUPERVISOR
    | DRAFTERS
    | ORGS
    | UNITS
    | OFFICE
    | {Role.INFO_EDITOR, Role.SUPERVISING_OFFICE}
)
EVERYONE = set(Role)


def every(roles: set[Role], *use_cases: Any) -> list[tuple[Any, set[Role]]]:
    return [(use_case, roles) for use_case in use_cases]


ALLOWED: list[tuple[Any, set[Role]]] = [
    *every(
        DRAFTERS,
        supervisions.draft_supervision,
        supervisions.submit_supervision,
        supervisions.form_team,
        supervisions.cancel_supervision,
        supervisions.plan_inspection,
        supervisions.send_opinion,
        rectifying.close_supervision,
        findings.write_site,
        findings.write_checklist,
        findings.assign_finding,
        debriefings.plan_debriefing,
        debriefings.settle_debriefing,
        debriefings.close_debriefing,
    ),
    *every(
        CHAIRS,
        supervisions.decide_supervision,
        supervisions.sign_opinion,
        rectifying.report_to_party,
        rectifying.decide_report,
        rectifying.revoke_report,
        supervisors.decide_nomination,
    ),
    *every(
        TEAM | DRAFTERS,
        supervisions.fill_in_checklist,
        supervisions.draft_opinion,
        rectifying.write_report,
        findings.record_finding,
    ),
    *every(MEMBERS | DRAFTERS, findings.confirm_finding),
    *every(TEAM, rectifying.recheck, findings.verify_finding),
    *every(UNITS, rectifying.answer_opinion, rectifying.feed_back, findings.claim_finding),
    *every(COMMITTEES | OFFICE | ORGS, supervisors.nominate_supervisor),
    *every(COMMITTEES | OFFICE, supervisors.assign_supervisor),
    *every(COMMITTEES | OFFICE | SUPERVISOR, supervisors.declare_relations),
    *every(CHAIRS | OFFICE, supervisors.end_supervisor),
    *every(UNITS | SUPERVISOR, debriefings.give_report, debriefings.answer_question),
    *every(MEMBERS, debriefings.ask_question),
    *every(MEMBERS | UNITS, debriefings.rate_debriefing),
    *every(COMMITTEES | OFFICE | TOWNS, read.match_supervisors),
    *every(COMMITTEES | OFFICE | CHAIRS | SUPERVISOR, read.supervisor_certificates),
    *every(
        VIEWERS,
        read.list_supervisions,
        read.count_supervisions,
        read.list_sites,
        read.count_sites,
        read.list_inspections,
        read.count_inspections,
        read.list_supervisors,
        read.count_supervisors,
        read.list_debriefings,
        read.count_debriefings,
        read.list_checklists,
        read.count_checklists,
        found.list_findings,
        found.count_findings,
        found.supervision_map,
        found.supervision_figures,
    ),
    *every(
        EVERYONE,
        read.supervisions_by_ids,
        read.sites_by_ids,
        read.inspections_by_ids,
        read.supervisors_by_ids,
        read.debriefings_by_ids,
        read.checklists_by_ids,
        found.findings_by_ids,
        read.may_read_file,
    ),
    *every({Role.SYSTEM}, read.held_files),
]


def test_every_operation_is_in_the_matrix() -> None:
    modules = (supervisions, rectifying, findings, supervisors, debriefings, read, found)
    offered = {operation.use_case for module in modules for operation in operations(module)}
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
