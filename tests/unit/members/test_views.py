"""Section 3: who sees what of the roster, and who may call what."""

from __future__ import annotations

from typing import Any

import pytest

from services.members.commands import (
    absences,
    carrying,
    departures,
    imports,
    nominations,
    organisations,
    profiles,
    terms,
)
from services.members.domain.states import State
from services.members.queries import directory, private, reviews, roster
from services.members.queries import imports as reports
from services.members.queries.views import (
    BASIC_FIELDS,
    CONTACT_FIELDS,
    PRIVATE_FIELDS,
    PUBLIC_FIELDS,
    needed,
    view_of,
)
from shared.actor import MEMBER_ROLES, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated

OTHER = {"id": "m-15-0031", "scopes": ["sector:04", "party:04", "organisation:org-minjian"]}
OWN = {"id": "m-15-0088", "scopes": ["sector:22"]}
NONE: frozenset[str] = frozenset()

# role, scope of another's group → (basic, private) fields of a member, and of one in that group
EVERYONE = {**dict.fromkeys(Role, (PUBLIC_FIELDS, NONE))}
EVERYONE |= dict.fromkeys(MEMBER_ROLES, (BASIC_FIELDS, NONE))
EVERYONE |= dict.fromkeys((Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR), (BASIC_FIELDS, NONE))
EVERYONE |= dict.fromkeys(
    (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR), (BASIC_FIELDS, CONTACT_FIELDS)
)
EVERYONE |= dict.fromkeys(
    (Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL, Role.OFFICE, Role.INFO_EDITOR, Role.SYSTEM),
    (BASIC_FIELDS, PRIVATE_FIELDS),
)
IN_GROUP = {
    Role.COMMITTEE_STAFF: ("committee", PRIVATE_FIELDS),
    Role.COMMITTEE_DIRECTOR: ("committee", PRIVATE_FIELDS),
    Role.TOWN_STAFF: ("town", CONTACT_FIELDS),
    Role.TOWN_HEAD: ("town", CONTACT_FIELDS),
    Role.SECTOR_CONVENER: ("sector_group", CONTACT_FIELDS),
    Role.ORG_STAFF: ("party", CONTACT_FIELDS),
    Role.ORG_HEAD: ("organisation", CONTACT_FIELDS),
}


def actor(role: Role, member_id: str | None = None, **scope: str) -> Actor:
    return Actor("account-1", role, scope, member_id=member_id)


@pytest.mark.parametrize("role", list(Role))
def test_of_a_member_outside_the_own_group(role: Role) -> None:
    view = view_of(actor(role, "m-15-0088", unit="unit-slj", sector="22"))
    assert (view.fields_of(OTHER), view.private_fields_of(OTHER)) == EVERYONE[role]


@pytest.mark.parametrize("role", list(IN_GROUP))
def test_of_a_member_of_the_own_group(role: Role) -> None:
    kind, fields = IN_GROUP[role]
    row = {"id": "m-15-0001", "scopes": [f"{kind}:x"]}
    view = view_of(actor(role, **{kind: "x"}))
    assert (view.fields_of(row), view.private_fields_of(row)) == (BASIC_FIELDS, fields)
    elsewhere = {"id": "m-15-0001", "scopes": [f"{kind}:y"]}
    assert view.private_fields_of(elsewhere) == NONE


@pytest.mark.parametrize("role", sorted(MEMBER_ROLES))
def test_of_oneself(role: Role) -> None:
    view = view_of(actor(role, "m-15-0088"))
    assert (view.fields_of(OWN), view.private_fields_of(OWN)) == (BASIC_FIELDS, PRIVATE_FIELDS)


def test_the_own_files_are_those_of_all_terms() -> None:
    again = Actor("account-1", Role.MEMBER, {}, member_id="m-16-0044", earlier=("m-15-0088",))
    for id in again.memberships:
        row = {"id": id, "scopes": ["sector:22"]}
        assert view_of(again).private_fields_of(row) == PRIVATE_FIELDS
    assert view_of(again).private_fields_of(OTHER) == NONE
    assert view_of(actor(Role.MEMBER, "m-16-0045")).private_fields_of(OWN) == NONE


def test_a_former_member_keeps_the_own_file_only() -> None:
    view = view_of(actor(Role.MEMBER, "m-15-0088", former="true"))
    assert (view.fields_of(OWN), view.private_fields_of(OWN)) == (BASIC_FIELDS, PRIVATE_FIELDS)
    assert (view.fields_of(OTHER), view.private_fields_of(OTHER)) == (PUBLIC_FIELDS, NONE)


@pytest.mark.parametrize("role", list(Role))
def test_who_knows_of_nominees(role: Role) -> None:
    known = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL, Role.OFFICE, Role.SYSTEM}
    states = view_of(actor(role)).states
    assert (State.NOMINATED in states, State.REJECTED in states) == (role in known,) * 2
    assert states >= {State.ACTIVE, State.SUSPENDED, State.RESIGNED, State.DECEASED}


def test_the_database_is_asked_for_no_more_than_may_be_shown() -> None:
    asked = {"name", "work_unit"}
    assert needed(asked, view_of(actor(Role.PUBLIC))) == {"name"}
    assert needed(asked, view_of(actor(Role.OFFICE))) == asked
    assert needed(asked, view_of(actor(Role.TOWN_STAFF, town="t"))) == {*asked, "scopes"}


OFFICE_ONLY: list[Any] = [
    nominations.nominate_member,
    nominations.appoint_member,
    nominations.reject_nomination,
    departures.suspend_member,
    departures.reinstate_member,
    departures.resign_member,
    departures.revoke_member,
    departures.record_death,
    profiles.change_post,
    profiles.change_profile,
    profiles.confirm_profile_change,
    profiles.refuse_profile_change,
    organisations.add_organisation,
    organisations.change_organisation,
    organisations.merge_organisation,
    organisations.end_organisation,
    terms.open_term,
    terms.schedule_session,
    terms.close_term,
    imports.check_roster_import,
    imports.apply_roster_import,
    reports.roster_imports_by_ids,
    reports.list_roster_import_rows,
    reports.count_roster_import_rows,
]
MEMBERS_OWN: list[Any] = [profiles.request_profile_change, profiles.withdraw_profile_change]
SYSTEM_ONLY: list[Any] = [
    profiles.record_id_number,
    departures.end_memberships,
    imports.work_on_imports,
    absences.note_presences,
    absences.weigh,
    absences.end_reviews,
]
FOR_ALL: list[Any] = [
    roster.list_members,
    roster.count_members,
    roster.members_by_ids,
    private.private_data_by_ids,
    private.masked_data_by_ids,
    reviews.removal_reviews_by_ids,
    directory.organisations,
    directory.organisations_by_ids,
    directory.sectors,
    directory.sectors_by_codes,
    directory.list_terms,
    directory.current_term,
    directory.current_session,
]
ALLOWED: dict[Any, frozenset[Role]] = {
    **dict.fromkeys(OFFICE_ONLY, frozenset({Role.OFFICE})),
    **dict.fromkeys(MEMBERS_OWN, MEMBER_ROLES),
    **dict.fromkeys(SYSTEM_ONLY, frozenset({Role.SYSTEM})),
    **dict.fromkeys(FOR_ALL, frozenset(Role)),
    carrying.carry_over_members: frozenset({Role.OFFICE}),
    absences.decide_removal_review: frozenset({Role.OFFICE}),
    reviews.list_removal_reviews: frozenset(reviews.SEES),
    reviews.count_removal_reviews: frozenset(reviews.SEES),
    roster.active_members: frozenset(Role) - {Role.PUBLIC},
    roster.employed_by: frozenset({Role.SYSTEM}),
    roster.profile_changes_by_ids: MEMBER_ROLES | {Role.OFFICE},
    private.contacts_by_ids: MEMBER_ROLES
    | {
        Role.OFFICE,
        Role.INFO_EDITOR,
        Role.SYSTEM,
        Role.PROPOSAL_STAFF,
        Role.PROPOSAL_DIRECTOR,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.TOWN_STAFF,
        Role.TOWN_HEAD,
        Role.ORG_STAFF,
        Role.ORG_HEAD,
    },
}


@pytest.mark.parametrize("use_case", ALLOWED, ids=lambda use_case: str(use_case.__name__))
@pytest.mark.parametrize("role", list(Role))
def test_who_may_call_what(use_case: Any, role: Role) -> None:
    assert use_case.allowed_roles == ALLOWED[use_case]
    if role not in ALLOWED[use_case]:
        refusal = Unauthenticated if role is Role.PUBLIC else Forbidden
        with pytest.raises(refusal):
            use_case(Call(actor(role), "correlation-1"), None)
