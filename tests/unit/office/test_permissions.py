"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.local.manifests import modules
from services.office.commands import access, answers, attendance, feeds, meetings
from services.office.queries import meetings as reads
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated
from shared.operations import offered
from tests.unit.office import test_paper_permissions

ORGANISERS = {
    Role.OFFICE,
    Role.PROPOSAL_STAFF,
    Role.PROPOSAL_DIRECTOR,
    Role.COMMITTEE_STAFF,
    Role.COMMITTEE_DIRECTOR,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.SECTOR_CONVENER,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
}
MEMBERS = set(MEMBER_ROLES)
LEADERS = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
GUESTS = {Role.UNIT_OFFICER, Role.UNIT_LEADER, Role.SUPERVISING_OFFICE, Role.SUPERVISOR}
INVITEES = (ORGANISERS | MEMBERS | GUESTS) - {
    Role.OFFICE,
    Role.PROPOSAL_STAFF,
    Role.PROPOSAL_DIRECTOR,
}
VIEWERS = ORGANISERS | LEADERS | INVITEES | {Role.INFO_EDITOR}
EVERYONE = set(Role)

ALLOWED: list[tuple[Any, set[Role]]] = [
    *(
        (command, ORGANISERS)
        for command in (
            meetings.plan_meeting,
            meetings.change_meeting,
            meetings.set_meeting_details,
            meetings.invite,
            meetings.uninvite,
            meetings.notify_meeting,
            meetings.record_past_meeting,
            meetings.reschedule_meeting,
            meetings.cancel_meeting,
            attendance.open_check_in,
            attendance.close_check_in,
            attendance.check_in_code,
            attendance.check_in_members,
            attendance.upload_check_ins,
            attendance.hold_meeting,
            attendance.confirm_attendance,
            attendance.correct_attendance,
            attendance.record_speech,
            attendance.correct_speech,
            attendance.write_minutes,
            attendance.close_meeting,
        )
    ),
    (answers.answer_meeting, INVITEES),
    (answers.name_attendees, INVITEES - MEMBERS),
    (answers.ask_leave, MEMBERS),
    (answers.decide_leave, ORGANISERS | {Role.SECRETARY_GENERAL}),
    (attendance.check_in, MEMBERS),
    (attendance.submit_statement, MEMBERS),
    (feeds.open_feed, MEMBERS),
    (feeds.revoke_feed, MEMBERS),
    (feeds.own_feed, MEMBERS),
    (feeds.calendar, EVERYONE),
    (feeds.feed_owners, {Role.SYSTEM}),
    (reads.list_meetings, VIEWERS),
    (reads.count_meetings, VIEWERS),
    (reads.list_invitees, ORGANISERS | LEADERS),
    (reads.count_invitees, ORGANISERS | LEADERS),
    (reads.meetings_by_ids, EVERYONE),
    (reads.meeting_records_by_ids, EVERYONE),
    (reads.tallies_by_ids, EVERYONE),
    (reads.may_read_file, EVERYONE),
    (reads.held_files, {Role.SYSTEM}),
]
by_name = pytest.mark.parametrize(
    ("use_case", "roles"), ALLOWED, ids=[use_case.__name__ for use_case, _ in ALLOWED]
)


@by_name
def test_who_may(use_case: Any, roles: set[Role]) -> None:
    assert use_case.allowed_roles == roles


@by_name
def test_nobody_else_gets_in(use_case: Any, roles: set[Role]) -> None:
    for role in EVERYONE - roles - {Role.PUBLIC}:
        with pytest.raises(Forbidden):
            use_case(Call(Actor("account-1", role, {}), "c1"), None)
    if Role.PUBLIC not in roles:
        with pytest.raises(Unauthenticated):
            use_case(Call(PUBLIC_ACTOR, "c1"), None)


def test_every_operation_is_in_a_matrix() -> None:
    """In this one, or in that of papers."""
    offered_here = {operation.use_case for operation in offered(modules("office")).values()}
    rows = (*ALLOWED, *test_paper_permissions.ALLOWED)  # timers too, which nobody is offered
    assert offered_here <= {use_case for use_case, *_ in rows}


@pytest.mark.parametrize(
    ("role", "scope", "organisation"),
    [
        (Role.COMMITTEE_STAFF, {"committee": "com-economy"}, "com-economy"),
        (Role.TOWN_HEAD, {"town": "town-lili"}, "town-lili"),
        (Role.SECTOR_CONVENER, {"sector_group": "group-22"}, "group-22"),
        (Role.ORG_STAFF, {"organisation": "org-minjian"}, "org-minjian"),
        (Role.PROPOSAL_STAFF, {}, "com-proposals"),
        (Role.COMMITTEE_STAFF, {}, None),
        (Role.MEMBER, {"committee": "com-economy"}, None),
    ],
)
def test_each_runs_the_meetings_of_one_organisation(
    role: Role, scope: dict[str, str], organisation: str | None
) -> None:
    actor = Actor("account-1", role, scope)
    assert access.own_organisation(actor) == organisation
    assert access.may_run(actor, "com-other") is False
    if organisation:
        assert access.may_run(actor, organisation) is True


def test_the_office_runs_every_meeting() -> None:
    assert access.may_run(Actor("account-1", Role.OFFICE, {}), "town-lili") is True


def test_without_an_organisation_nothing_is_run() -> None:
    actor = Actor("account-1", Role.SECTOR_CONVENER, {})
    assert access.may_run(actor, "group-22") is False
