"""Reads: who may ask, and what of a row is shown to whom."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.commands import drafting, honouring
from services.proposals.domain.kinds import ProposerType
from services.proposals.queries import proposals as queries
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Forbidden, NotFound, Unauthenticated
from tests.unit.proposals.commands.test_matrix import DIRECTOR as DIRECTORS
from tests.unit.proposals.commands.test_matrix import DRAFTS, SIGNS
from tests.unit.proposals.commands.test_matrix import STAFF as STAFFS
from tests.unit.proposals.commands.test_visibility import FOR_VISITORS, INSIDE, PRIVATE
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    FORMER,
    LU,
    OFFICE,
    OTHER_PARTY_HEAD,
    PARTY_HEAD,
    PARTY_STAFF,
    QIAN,
    SHEN,
    STAFF,
    VISITOR,
    World,
    ask,
    handed,
    id_of,
    member,
    row_of,
    staff,
)

# Parts of the handling are shown by rules of their own.
HANDLING = {
    "plan",
    "contacts",
    "attitude",
    "result",
    "absent",
    "rehandling_units",
    "mediations",
    "plagiarism",
    "supplements",
    "objections",
    "swap",
    "first_review",
    "committee_comments",
    "field_committees",
}
CONTACT: dict[str, Any] = {"contact_person": "陆晓芸", "contact_phone": "13800000088"}


# -- who may ask ---------------------------------------------------------------------------

MAY: dict[str, set[Role]] = {
    "proposals_by_ids": set(Role),
    "list_proposals": set(Role),
    "count_proposals": set(Role),
    "text_versions": set(Role),
    "evaluations_by_proposals": set(Role),
    "may_read_file": set(Role),
    "held_files": {Role.SYSTEM},
    "case_states": set(Role),
    "similar_proposals": DRAFTS | STAFFS | DIRECTORS,
    "submission_problems": DRAFTS | STAFFS | DIRECTORS,
    "signature_difference": SIGNS,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "proposals_by_ids": {"ids": ["absent"], "fields": None},
    "list_proposals": {
        "filter": {},
        "order_by": "UPDATED",
        "first": 20,
        "after": None,
        "fields": None,
    },
    "count_proposals": {"filter": {}},
    "text_versions": {"proposal_id": "absent"},
    "evaluations_by_proposals": {"proposal_ids": []},
    "may_read_file": {"file_id": "file-1", "subject": "absent"},
    "held_files": {"ids": ["file-1"]},
    "case_states": {"ids": ["absent"]},
    "similar_proposals": {"text": "二次供水", "besides": None, "first": 5},
    "submission_problems": {"proposal_id": "absent"},
    "signature_difference": {"proposal_id": "absent", "member_id": None},
}


def test_every_read_has_a_row() -> None:
    guarded = {name for name, read in vars(queries).items() if hasattr(read, "allowed_roles")}
    assert guarded == set(MAY)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(MAY))
def test_role_and_read(world: World, name: str, role: Role) -> None:
    refused = Unauthenticated if role is Role.PUBLIC else Forbidden
    actor = Actor("account-1", role, member_id=id_of(LU))
    read = getattr(queries, name)
    call = Call(actor, "correlation-1")
    try:
        answer = read(call, *handed(world, read), **ARGUMENTS[name])
    except NotFound:
        assert role in MAY[name]
    except refused:
        assert role not in MAY[name]
    else:
        assert role in MAY[name]
        assert answer in ([], False, 0, {}, {"rows": [], "has_next": False})


SEE_SIDES = {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR, Role.SUPERVISING_OFFICE}


# -- what of a row is shown ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "hidden"),
    [
        (LU, set()),
        (member(88, Role.CHAIR_COUNCIL), set()),
        (FORMER, set()),
        (STAFF, set()),
        (DIRECTOR, set()),
        (OFFICE, set()),
        (SHEN, PRIVATE | INSIDE),
        (QIAN, PRIVATE | INSIDE),
        (PARTY_HEAD, PRIVATE | INSIDE),
        (staff("chair", Role.CHAIR_COUNCIL), PRIVATE | INSIDE),
        (staff("dcs", Role.SUPERVISING_OFFICE), PRIVATE | INSIDE),
        (staff("supervisor", Role.SUPERVISOR), PRIVATE | INSIDE),
        (VISITOR, PRIVATE | INSIDE | FOR_VISITORS),
    ],
)
def test_what_is_left_out_of_a_filed_and_open_proposal(
    world: World, actor: Actor, hidden: set[str]
) -> None:
    key = world.filed(world.joint(SHEN))
    shown = row_of(world, key, actor)
    assert queries.ROW_FIELDS - shown.keys() - HANDLING == hidden | (
        set() if actor.role in SEE_SIDES else {"side"}
    )
    asked = sorted(queries.ROW_FIELDS)
    page = ask(world, queries.list_proposals, actor, {}, "FILED", 20, None, asked)
    assert page["rows"] == [shown]


def test_a_collectives_row_is_whole_for_its_own_accounts_only(world: World) -> None:
    key = world.collective(ProposerType.PARTY)
    world.run(drafting.save_draft, PARTY_STAFF, **{"proposal_id": key, **CONTACT})
    world.filed(key, PARTY_HEAD)
    for actor in (PARTY_STAFF, PARTY_HEAD):
        assert row_of(world, key, actor)["contact_phone"] == "13800000088"
    for actor in (OTHER_PARTY_HEAD, LU, VISITOR):
        assert "contact_phone" not in row_of(world, key, actor)


def test_only_known_fields_are_read_and_hidden_ones_stay_hidden(world: World) -> None:
    key = world.filed(world.draft(**CONTACT))
    asked = ["title", "contact_phone", "commands", "words", "pending_events", "$where", "unknown"]
    base = {"id": key, "first_proposer": id_of(LU), "organisation": None, "state": "FILED"}
    title = {"title": "关于加强老旧住宅小区二次供水的建议"}
    assert row_of(world, key, VISITOR, asked) == {**base, **title}
    assert row_of(world, key, LU, asked) == {**base, **title, "contact_phone": "13800000088"}
    assert row_of(world, key, VISITOR, []) == base


def test_rows_that_may_not_be_seen_are_absent(world: World) -> None:
    draft, filed = world.draft(), world.filed()
    rows = ask(world, queries.proposals_by_ids, VISITOR, [draft, filed, "absent"], None)
    assert [row["id"] for row in rows] == [filed]


def test_whoever_recommends_a_key_proposal_sees_the_own_recommendation(world: World) -> None:
    """Candidates are for those who decide; of others each sees what it said itself."""
    key = world.filed()
    for actor, reason in ((QIAN, "事关民生"), (SHEN, "群众关心")):
        world.run(honouring.nominate_key, actor, key, reason)

    def reasons(actor: Actor) -> list[str] | None:
        shown = row_of(world, key, actor)["key"]
        return shown and [said["reason"] for said in shown["nominations"]]

    assert reasons(QIAN) == ["事关民生"]
    assert reasons(SHEN) == ["群众关心"]
    assert reasons(LU) is None
    assert reasons(STAFF) == ["事关民生", "群众关心"]
