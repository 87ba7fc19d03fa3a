"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.publicity.commands import contents, interviews, publishing
from services.publicity.queries import publicity
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated
from shared.operations import operations

MEMBERS = set(MEMBER_ROLES)
CHAIRS = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
EDITORS = {Role.OFFICE, Role.INFO_EDITOR}
COMMITTEES = {Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR}
PROPOSALS = {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR}
TOWNS = {Role.TOWN_STAFF, Role.TOWN_HEAD}
ORGS = {Role.ORG_STAFF, Role.ORG_HEAD}
WRITERS = (MEMBERS - CHAIRS) | COMMITTEES | PROPOSALS | EDITORS | TOWNS | ORGS

ALLOWED: list[tuple[Any, set[Role]]] = [
    (contents.write_content, WRITERS),
    (contents.submit_content, WRITERS),
    (contents.review_content, COMMITTEES | EDITORS | CHAIRS),
    (contents.answer_consent, MEMBERS),
    (publishing.plan_publication, EDITORS),
    (publishing.confirm_printed, EDITORS),
    (publishing.retry_publication, EDITORS),
    (publishing.correct_publication, EDITORS),
    (publishing.take_down_publication, EDITORS | CHAIRS),
    (interviews.plan_interview, EDITORS | PROPOSALS),
    (interviews.record_interview, EDITORS | PROPOSALS),
    (interviews.air_interview, EDITORS | PROPOSALS),
    (publicity.list_contents, set(Role)),
    (publicity.count_contents, set(Role)),
    (publicity.contents_by_ids, set(Role)),
    (publicity.list_interviews, set(Role)),
    (publicity.count_interviews, set(Role)),
    (publicity.interviews_by_ids, set(Role)),
]


def test_every_operation_is_listed() -> None:
    offered = {
        operation.use_case
        for module in (contents, publishing, interviews, publicity)
        for operation in operations(module)
    }
    assert offered == {use_case for use_case, _ in ALLOWED}


@pytest.mark.parametrize(
    ("use_case", "roles"), ALLOWED, ids=lambda one: getattr(one, "__name__", "")
)
def test_roles(use_case: Any, roles: set[Role]) -> None:
    assert set(use_case.allowed_roles) == roles


@pytest.mark.parametrize("role", sorted(set(Role) - COMMITTEES - EDITORS - CHAIRS))
def test_who_may_not_review_is_turned_away(role: Role) -> None:
    actor = PUBLIC_ACTOR if role is Role.PUBLIC else Actor("account-1", role)
    with pytest.raises((Forbidden, Unauthenticated)):
        contents.review_content(Call(actor, "c"), None, content_id="x")  # type: ignore[call-arg, arg-type]


@pytest.mark.parametrize(
    ("step", "roles"),
    [
        ("REVIEW_1", COMMITTEES | EDITORS),
        ("REVIEW_2", EDITORS),
        ("REVIEW_3", CHAIRS),
    ],
)
def test_each_review_has_its_roles(step: str, roles: set[Role]) -> None:
    assert set(contents.REVIEWS[contents.S(step)]) == roles
