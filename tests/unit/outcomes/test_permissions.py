"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.outcomes.commands import dossiers, files, items, summaries
from services.outcomes.queries import figures, graph, outcomes, promises
from services.outcomes.queries import summaries as summary_queries
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated
from shared.operations import operations

MEMBERS = set(MEMBER_ROLES)
CHAIRS = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
OFFICE = {Role.OFFICE}
COMMITTEES = {Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR}
PROPOSALS = {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR}
UNITS = {Role.UNIT_OFFICER, Role.UNIT_LEADER}
GROUPS = {
    *COMMITTEES,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.SECTOR_CONVENER,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
}
SUPERVISING = {Role.SUPERVISING_OFFICE}
SENDERS = OFFICE | COMMITTEES
VERIFIERS = SENDERS | PROPOSALS
VIEWERS = MEMBERS | GROUPS | VERIFIERS | UNITS | SUPERVISING | {Role.INFO_EDITOR, Role.SUPERVISOR}
READERS = (
    OFFICE
    | CHAIRS
    | COMMITTEES
    | PROPOSALS
    | UNITS
    | SUPERVISING
    | {Role.STANDING_MEMBER, Role.INFO_EDITOR}
)
EVERYONE = set(Role)


def every(roles: set[Role], *use_cases: Any) -> list[tuple[Any, set[Role]]]:
    return [(use_case, roles) for use_case in use_cases]


ALLOWED: list[tuple[Any, set[Role]]] = [
    *every(SENDERS, files.open_outcome, files.add_item, items.mark_item),
    *every(OFFICE | SUPERVISING, files.instruct_outcome, files.revoke_instruction),
    *every(SUPERVISING, items.refer_item, items.answer_item),
    *every({Role.UNIT_OFFICER}, items.report_progress),
    *every(
        VERIFIERS,
        files.convert_outcome,
        files.withdraw_conversion,
        items.decide_reason,
        items.verify_item,
        items.track_item,
        items.close_item,
        items.reopen_item,
        dossiers.link_dossier,
        dossiers.unlink_dossier,
    ),
    *every(OFFICE, files.disclose_outcome, summaries.send_summary),
    *every(READERS, figures.outcome_figures, summary_queries.outcome_summary),
    *every(VIEWERS, graph.list_dossiers, graph.count_dossiers),
    *every(
        EVERYONE,
        summary_queries.summaries_by_ids,
        outcomes.list_outcomes,
        outcomes.count_outcomes,
        outcomes.outcomes_by_ids,
        outcomes.list_items,
        outcomes.count_items,
        outcomes.items_by_ids,
        outcomes.may_read_file,
        promises.list_promises,
        promises.count_promises,
        promises.promise_figures,
        graph.dossier,
        graph.dossier_nodes_by_ids,
        graph.dossier_links_by_ids,
    ),
    *every({Role.SYSTEM}, outcomes.held_files),
]


def test_every_operation_is_in_the_matrix() -> None:
    commands = (files, items, dossiers, summaries)
    modules = (*commands, outcomes, promises, figures, graph, summary_queries)
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
