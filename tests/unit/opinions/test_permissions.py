"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.opinions.commands import circulating, editing, writing
from services.opinions.queries import opinions as reads
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated

MEMBERS = set(MEMBER_ROLES)
CHAIRS = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
GROUPS = {
    Role.COMMITTEE_STAFF,
    Role.COMMITTEE_DIRECTOR,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
}
REPORTERS = MEMBERS | GROUPS | {Role.SUPERVISOR}
EDITORS = {Role.INFO_EDITOR, Role.OFFICE}
SUPERVISING = {Role.SUPERVISING_OFFICE}
OFFICERS = {Role.UNIT_OFFICER}
VIEWERS = REPORTERS | EDITORS | OFFICERS | {Role.UNIT_LEADER} | SUPERVISING
EVERYONE = set(Role)


def every(roles: set[Role], *use_cases: Any) -> list[tuple[Any, set[Role]]]:
    return [(use_case, roles) for use_case in use_cases]


ALLOWED: list[tuple[Any, set[Role]]] = [
    *every(
        REPORTERS,
        writing.write_opinion,
        writing.submit_opinion,
        writing.discard_opinion,
        writing.withdraw_opinion,
    ),
    *every(
        EDITORS,
        editing.start_editing,
        editing.edit_opinion,
        editing.send_for_signature,
        editing.return_opinion,
        editing.retain_opinion,
        editing.combine_opinions,
        editing.separate_opinion,
        editing.nominate_good,
        circulating.deliver_opinion,
        circulating.send_up,
        circulating.record_adoption,
        circulating.revoke_adoption,
        circulating.close_opinion,
    ),
    *every(
        CHAIRS,
        editing.sign_opinion,
        editing.return_edition,
        editing.revoke_issue,
        editing.decide_good,
    ),
    *every(SUPERVISING, circulating.receive_opinion),
    *every(
        EDITORS | SUPERVISING,
        circulating.record_instruction,
        circulating.revoke_instruction,
        circulating.refer_opinion,
    ),
    *every(OFFICERS, circulating.decline_referral, circulating.give_result),
    *every(VIEWERS, reads.list_opinions, reads.count_opinions),
    *every(EDITORS | CHAIRS | GROUPS | {Role.SECTOR_CONVENER}, reads.opinion_figures),
    *every(EDITORS | MEMBERS, reads.opinion_norms),
    *every(EVERYONE, reads.opinions_by_ids, reads.opinions_of_origins, reads.may_read_file),
    *every({Role.SYSTEM}, reads.held_files),
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
    guarded = {
        use_case
        for module in (writing, editing, circulating, reads)
        for use_case in vars(module).values()
        if hasattr(use_case, "allowed_roles") and use_case.__module__ == module.__name__
    }
    assert guarded == {use_case for use_case, _ in ALLOWED}


@pytest.mark.parametrize("role", sorted(EVERYONE - VIEWERS))
def test_to_who_has_no_part_in_it_nothing_is_there(role: Role) -> None:
    call = Call(Actor("account-1", role, {}), "c1")
    assert reads.opinions_by_ids(call, None, ids=["x"]) == []  # type: ignore[arg-type]
    assert reads.opinions_of_origins(call, None, refs=["x"]) == []  # type: ignore[arg-type]
    assert not reads.may_read_file(call, None, file_id="x", subject="x")  # type: ignore[arg-type]
