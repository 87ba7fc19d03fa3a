"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.liaison.commands import activities as acts
from services.liaison.commands import (
    briefings,
    circles,
    conferences,
    exchange,
    homes,
    leads,
    links,
    receptions,
    years,
)
from services.liaison.commands import contacts as notes
from services.liaison.queries import activities as activity_reads
from services.liaison.queries import conferences as conference_reads
from services.liaison.queries import contacts as contact_reads
from services.liaison.queries import exchange as exchange_reads
from services.liaison.queries import files, statistics
from services.liaison.queries import homes as home_reads
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated

MEMBERS = set(MEMBER_ROLES)
CHAIRS = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
TOWNS = {Role.TOWN_STAFF, Role.TOWN_HEAD}
COMMITTEES = {Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR}
ORGS = {Role.ORG_STAFF, Role.ORG_HEAD}
UNITS = {Role.UNIT_OFFICER, Role.UNIT_LEADER}
OFFICE = {Role.OFFICE}
ORGANISERS = OFFICE | COMMITTEES | TOWNS | ORGS | {Role.SECTOR_CONVENER}
VIEWERS = MEMBERS | ORGANISERS | {Role.INFO_EDITOR}
SEES_ALL = OFFICE | CHAIRS | {Role.INFO_EDITOR}
KEEPERS = OFFICE | COMMITTEES
PARTNERS = ORGANISERS | UNITS
PROPOSAL_DESK = {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR}
EVERYONE = set(Role)


def every(roles: set[Role], *use_cases: Any) -> list[tuple[Any, set[Role]]]:
    return [(use_case, roles) for use_case in use_cases]


ALLOWED: list[tuple[Any, set[Role]]] = [
    *every(
        OFFICE,
        links.propose_links,
        links.propose_link,
        links.reassign_link,
        links.end_link,
        acts.decide_activity,
        briefings.send_briefing,
        briefings.urge_briefing,
        conferences.plan_conference,
        conferences.set_conference_agenda,
        conferences.close_conference,
        conferences.accept_item,
    ),
    *every(CHAIRS, links.decide_links),
    *every(OFFICE | {Role.INFO_EDITOR}, leads.answer_lead),
    *every(
        MEMBERS,
        notes.record_contact,
        notes.follow_contact,
        notes.convert_issue,
        notes.answer_issue,
        notes.close_issue,
        acts.sign_up,
        acts.withdraw_sign_up,
        circles.join_circle,
        circles.leave_circle,
        circles.write_post,
        exchange.meet_representative,
        contact_reads.list_contacts,
        contact_reads.count_contacts,
    ),
    *every(
        ORGANISERS,
        acts.apply_activity,
        acts.start_activity,
        acts.cancel_activity,
        acts.move_activity,
        acts.confirm_participation,
        acts.correct_participation,
        acts.close_activity,
        acts.ask_help,
        circles.open_circle,
        circles.set_circle_members,
        circles.close_circle,
    ),
    *every(COMMITTEES, acts.answer_help),
    *every(MEMBERS | ORGANISERS, circles.remove_post),
    *every(PARTNERS, briefings.receive_briefing),
    *every(OFFICE | ORGS, conferences.raise_item, conferences.close_item),
    *every(PARTNERS | {Role.SUPERVISING_OFFICE}, conferences.answer_item),
    *every(
        KEEPERS,
        exchange.write_exchange,
        exchange.write_representative,
        exchange.remove_representative,
    ),
    *every(
        TOWNS,
        homes.write_home,
        homes.open_home,
        homes.suspend_home,
        homes.close_home,
        homes.set_rota,
        homes.confirm_duty,
        homes.correct_duty,
    ),
    *every(
        MEMBERS | TOWNS,
        receptions.record_reception,
        receptions.forward_reception,
        receptions.answer_reception,
        receptions.close_reception,
        receptions.miss_booking,
        home_reads.list_bookings,
        home_reads.count_bookings,
    ),
    *every(TOWNS | {Role.SECTOR_CONVENER}, years.write_workspace),
    *every(OFFICE | MEMBERS, contact_reads.list_links, contact_reads.count_links),
    *every(
        OFFICE | CHAIRS,
        contact_reads.list_plans,
        contact_reads.count_plans,
        statistics.contact_health,
    ),
    *every(VIEWERS | PROPOSAL_DESK, contact_reads.list_leads, contact_reads.count_leads),
    *every(
        VIEWERS,
        activity_reads.list_activities,
        activity_reads.count_activities,
        activity_reads.workspace,
        conference_reads.list_conferences,
        conference_reads.count_conferences,
        exchange_reads.list_circles,
        exchange_reads.count_circles,
        exchange_reads.list_posts,
        exchange_reads.count_posts,
        home_reads.list_duties,
        home_reads.count_duties,
        home_reads.list_receptions,
        home_reads.count_receptions,
    ),
    *every(
        VIEWERS | UNITS | {Role.SUPERVISING_OFFICE},
        conference_reads.list_items,
        conference_reads.count_items,
    ),
    *every(
        PARTNERS | CHAIRS | {Role.INFO_EDITOR},
        conference_reads.list_briefings,
        conference_reads.count_briefings,
    ),
    *every(
        KEEPERS | MEMBERS | {Role.INFO_EDITOR},
        exchange_reads.list_exchanges,
        exchange_reads.count_exchanges,
        exchange_reads.exchange_notes,
    ),
    *every(
        KEEPERS | MEMBERS,
        exchange_reads.list_representatives,
        exchange_reads.count_representatives,
        exchange_reads.representative_details,
    ),
    *every(SEES_ALL | ORGANISERS, statistics.organisation_statistics),
    *every(SEES_ALL | COMMITTEES | TOWNS, statistics.town_statistics),
    *every(
        EVERYONE,
        receptions.leave_lead,
        receptions.book_visit,
        receptions.cancel_booking,
        home_reads.list_homes,
        home_reads.count_homes,
        home_reads.visitor_matter,
        statistics.liaison_map,
        activity_reads.activities_by_ids,
        conference_reads.conferences_by_ids,
        conference_reads.items_by_ids,
        conference_reads.briefings_by_ids,
        contact_reads.links_by_ids,
        contact_reads.plans_by_ids,
        contact_reads.contacts_by_ids,
        contact_reads.leads_by_ids,
        exchange_reads.exchanges_by_ids,
        exchange_reads.representatives_by_ids,
        exchange_reads.circles_by_ids,
        home_reads.homes_by_ids,
        home_reads.duties_by_ids,
        home_reads.receptions_by_ids,
        home_reads.bookings_by_ids,
        files.may_read_file,
    ),
    *every({Role.SYSTEM}, files.held_files, activity_reads.member_calendar),
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


def test_every_operation_of_the_service_is_in_the_list() -> None:
    modules = (
        acts,
        briefings,
        circles,
        conferences,
        exchange,
        homes,
        leads,
        links,
        receptions,
        years,
        notes,
        activity_reads,
        conference_reads,
        contact_reads,
        exchange_reads,
        files,
        statistics,
        home_reads,
    )
    guarded = {
        use_case
        for module in modules
        for use_case in vars(module).values()
        if hasattr(use_case, "allowed_roles") and use_case.__module__ == module.__name__
    }
    assert guarded == {use_case for use_case, _ in ALLOWED}


HIDDEN = [
    activity_reads.activities_by_ids,
    conference_reads.conferences_by_ids,
    conference_reads.briefings_by_ids,
    contact_reads.plans_by_ids,
    contact_reads.leads_by_ids,
    exchange_reads.exchanges_by_ids,
    exchange_reads.representatives_by_ids,
    exchange_reads.circles_by_ids,
    home_reads.duties_by_ids,
    home_reads.receptions_by_ids,
    home_reads.bookings_by_ids,
]


@pytest.mark.parametrize("query", HIDDEN, ids=[query.__name__ for query in HIDDEN])
def test_rows_by_ids_are_nothing_to_who_has_no_part_in_it(query: Any) -> None:
    for actor in (PUBLIC_ACTOR, Actor("account-1", Role.SUPERVISOR, {})):
        assert query(Call(actor, "c1"), None, ids=["x"]) == []
