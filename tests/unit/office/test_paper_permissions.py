"""Documents, affairs, plans, rules and training let in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.office.commands import affairs, incoming, library, outgoing, plans
from services.office.commands import paper_access as access
from services.office.queries import library as shelf
from services.office.queries import papers as reads
from services.office.queries import work
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated

EVERYONE = set(Role)
SIGNED_IN = EVERYONE - {Role.PUBLIC, Role.SYSTEM}
OFFICE = {Role.OFFICE}
CHAIRS = {Role.CHAIR_COUNCIL}
SECRETARY = {Role.SECRETARY_GENERAL}
COMMITTEES = {
    Role.COMMITTEE_STAFF,
    Role.COMMITTEE_DIRECTOR,
    Role.PROPOSAL_STAFF,
    Role.PROPOSAL_DIRECTOR,
}
OFFICES = COMMITTEES | {Role.OFFICE, Role.INFO_EDITOR}
STAFF = OFFICES | CHAIRS | SECRETARY
DRAFTERS = {Role.OFFICE, Role.COMMITTEE_STAFF, Role.PROPOSAL_STAFF}
RECEIVERS = COMMITTEES | {
    Role.INFO_EDITOR,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
    Role.UNIT_OFFICER,
    Role.UNIT_LEADER,
    Role.SUPERVISING_OFFICE,
}
READERS = RECEIVERS | OFFICE | set(MEMBER_ROLES)

ALLOWED: list[tuple[Any, set[Role]]] = [
    (outgoing.draft_document, DRAFTERS),
    (outgoing.redraft_document, DRAFTERS),
    (outgoing.discard_document, DRAFTERS),
    (outgoing.check_document, OFFICE),
    (outgoing.countersign_document, SECRETARY),
    (outgoing.sign_document, CHAIRS),
    (outgoing.return_document, OFFICE | SECRETARY | CHAIRS),
    (outgoing.number_document, OFFICE),
    (outgoing.issue_document, OFFICE),
    (outgoing.give_receipt, RECEIVERS),
    (outgoing.urge_receipts, OFFICE),
    (outgoing.file_outgoing, OFFICE),
    (incoming.sign_for_document, OFFICE),
    (incoming.register_document, OFFICE),
    (incoming.route_document, SECRETARY),
    (incoming.return_routing, CHAIRS),
    (incoming.instruct_document, CHAIRS),
    (incoming.circulate_document, OFFICE),
    (incoming.read_document, READERS),
    (incoming.hand_document, OFFICE),
    (incoming.urge_document, OFFICE),
    (incoming.note_document, OFFICES),
    (incoming.file_incoming, OFFICE),
    (incoming.remind_of_documents, {Role.SYSTEM}),
    (affairs.raise_affair, SIGNED_IN),
    (affairs.rate_affair, SIGNED_IN),
    *(
        (command, OFFICES)
        for command in (
            affairs.accept_affair,
            affairs.start_affair,
            affairs.reject_affair,
            affairs.hand_over_affair,
            affairs.finish_affair,
        )
    ),
    *(
        (command, OFFICE)
        for command in (
            plans.draft_plan,
            plans.adopt_plan,
            plans.send_plan,
            plans.return_plan,
            plans.forward_plan,
            plans.execute_plan,
            library.publish_rule,
            library.repeal_rule,
            library.record_training,
            library.withdraw_training,
        )
    ),
    (plans.review_plan, CHAIRS | SECRETARY),
    *(
        (query, READERS)
        for query in (
            reads.list_outgoing,
            reads.count_outgoing,
            reads.list_incoming,
            reads.count_incoming,
        )
    ),
    *(
        (query, SIGNED_IN)
        for query in (
            work.list_affairs,
            work.count_affairs,
            work.list_plans,
            work.count_plans,
            work.list_plan_traces,
            work.count_plan_traces,
        )
    ),
    *(
        (query, STAFF)
        for query in (
            shelf.list_internal_rules,
            shelf.count_internal_rules,
            shelf.list_trainings,
            shelf.count_trainings,
            shelf.training_hours,
        )
    ),
    *(
        (query, EVERYONE)
        for query in (
            reads.outgoing_by_ids,
            reads.incoming_by_ids,
            work.affairs_by_ids,
            work.plans_by_ids,
            shelf.internal_rules_by_ids,
            shelf.trainings_by_ids,
        )
    ),
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


def test_every_use_case_is_in_the_matrix() -> None:
    modules = (affairs, incoming, library, outgoing, plans, reads, shelf, work)
    guarded = {
        act
        for module in modules
        for act in vars(module).values()
        if hasattr(act, "allowed_roles") and act.__module__ == module.__name__
    }
    assert guarded == {use_case for use_case, _ in ALLOWED}


@pytest.mark.parametrize(
    ("role", "scope", "office"),
    [
        (Role.OFFICE, {}, "office-general"),
        (Role.INFO_EDITOR, {}, "office-research"),
        (Role.PROPOSAL_DIRECTOR, {}, "com-proposals"),
        (Role.COMMITTEE_STAFF, {"committee": "com-economy"}, "com-economy"),
        (Role.TOWN_HEAD, {"town": "town-lili"}, "town-lili"),
        (Role.ORG_STAFF, {"organisation": "org-minjian"}, "org-minjian"),
        (Role.UNIT_LEADER, {"unit": "unit-slj"}, "unit-slj"),
        (Role.COMMITTEE_STAFF, {}, None),
        (Role.SUPERVISING_OFFICE, {}, None),
        (Role.MEMBER, {"committee": "com-economy"}, None),
        (Role.SUPERVISOR, {"unit": "unit-slj"}, None),
    ],
)
def test_each_works_for_one_organisation(
    role: Role, scope: dict[str, str], office: str | None
) -> None:
    assert access.own_office(Actor("account-1", role, scope)) == office
