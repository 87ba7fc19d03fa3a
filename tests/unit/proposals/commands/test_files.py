"""Which files a proposal holds, what it tells of them, and who may read them (decision 20)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.replies import Content, Reply
from services.proposals.queries import proposals as queries
from shared.actor import Actor, Role
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    FORMER,
    LU,
    OFFICE,
    OTHER_STAFF,
    PARTY_HEAD,
    PARTY_STAFF,
    QIAN,
    SHEN,
    STAFF,
    SYSTEM,
    VISITOR,
    World,
    ask,
    id_of,
    staff,
)

UNIT = staff("unit", Role.UNIT_OFFICER, unit="unit-1")


def changes(world: World) -> list[dict[str, Any]]:
    """What the events have told, in order."""
    return [
        {name: data[name] for name in ("attached", "detached")}
        for event, data in world.proposals.events
        if event == "proposal_files_changed"
    ]


def save(world: World, key: str, **data: Any) -> None:
    world.run(drafting.save_draft, LU, **{"proposal_id": key, **data})


def readers(world: World, file_id: str, subject: str, *actors: Actor) -> list[Actor]:
    return [actor for actor in actors if ask(world, queries.may_read_file, actor, file_id, subject)]


def test_each_change_is_told_once() -> None:
    world = World()
    key = world.draft(attachments=["b", "a"])
    save(world, key, attachments=["a", "b"])
    save(world, key, title="关于修改案由的建议")
    save(world, key, attachments=["b", "c"])
    save(world, key, attachments=[])
    assert changes(world) == [
        {"attached": ["a", "b"], "detached": []},
        {"attached": ["c"], "detached": ["a"]},
        {"attached": [], "detached": ["b", "c"]},
    ]


def test_a_draft_without_files_tells_nothing() -> None:
    world = World()
    world.filed(world.joint(SHEN))
    assert changes(world) == []


def test_every_part_that_names_files_holds_them() -> None:
    world = World()
    proposal = world.proposal(world.entered())
    proposal.details = replace(proposal.details, attachments=("annex",))
    for unit, proof in (("unit-1", ("p-1", "annex")), ("unit-2", ("p-2",))):
        content = Content(proof=proof)
        proposal.replies.append(Reply(unit, 1, "答复", content, proposal.created_at))
    assert proposal.files == ("annex", "file-1", "p-1", "p-2")


def test_who_sees_the_proposal_reads_its_attachments() -> None:
    world = World()
    key = world.draft(proposer_type=ProposerType.JOINT, attachments=["a"])
    everyone = (LU, SHEN, QIAN, STAFF, OFFICE, UNIT, FORMER, SYSTEM, VISITOR)
    assert readers(world, "a", key, *everyone) == [LU, FORMER]
    world.run(cosigning.invite_cosigner, LU, key, id_of(SHEN))
    assert readers(world, "a", key, *everyone) == [LU, SHEN, FORMER]
    world.run(cosigning.confirm_cosignature, SHEN, key)
    world.filed(key)
    assert readers(world, "a", key, *everyone) == [LU, SHEN, QIAN, STAFF, OFFICE, FORMER]


def test_only_files_that_it_holds() -> None:
    world = World()
    key, other = world.draft(attachments=["a"]), world.draft(attachments=["b"])
    assert readers(world, "b", key, LU) == []
    assert readers(world, "a", other, LU) == []
    assert readers(world, "a", "absent", LU) == []
    save(world, key, attachments=[])
    assert readers(world, "a", key, LU) == []


def test_the_scan_is_for_the_committee_and_the_member() -> None:
    world = World()
    key = world.entered()
    people = (LU, STAFF, OTHER_STAFF, DIRECTOR, OFFICE, QIAN, VISITOR)
    assert readers(world, "file-1", key, *people) == [LU, STAFF]
    world.run(drafting.confirm_entry, LU, key)
    world.filed(key)
    assert readers(world, "file-1", key, *people) == [LU, STAFF, OTHER_STAFF, DIRECTOR]


def test_a_collectives_draft_is_open_to_its_own_accounts() -> None:
    world = World()
    data = {"proposer_type": ProposerType.PARTY, "attachments": ["a"]}
    key = world.draft(PARTY_STAFF, **data)
    assert readers(world, "a", key, PARTY_STAFF, PARTY_HEAD, LU) == [PARTY_STAFF, PARTY_HEAD]


@pytest.mark.parametrize("ids", [["a", "b", "x"], ["x"], []])
def test_the_gateway_learns_which_files_are_held(ids: list[str]) -> None:
    world = World()
    world.draft(attachments=["a", "b", "c"])
    assert ask(world, queries.held_files, SYSTEM, ids) == sorted({"a", "b", "c"} & set(ids))
