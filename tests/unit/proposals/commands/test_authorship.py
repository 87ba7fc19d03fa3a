"""Named main authors: active, of the organisation, asked, and credited if they confirm (B4)."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.commands import drafting, review
from services.proposals.domain import errors
from services.proposals.domain.kinds import ProposerType
from services.proposals.queries import proposals as queries
from services.proposals.repository.documents import from_document, to_document
from shared.actor import Actor
from shared.errors import NotFound, Refused
from tests.unit.proposals.commands.world import (
    COLLECTIVE_WRITERS,
    DIRECTOR,
    LU,
    PARTY_HEAD,
    QIAN,
    SHEN,
    STAFF,
    START,
    VISITOR,
    World,
    ask,
    id_of,
    row_of,
)

GROUPS: dict[ProposerType, dict[str, Any]] = {
    ProposerType.PARTY: {"organisations": ["org-minjin"]},
    ProposerType.ORGANISATION: {"organisations": []},
    ProposerType.SECTOR: {"sector": "27"},
    ProposerType.GROUP: {"sector_group": "group-27"},
    ProposerType.COMMITTEE: {"committees": []},
    ProposerType.TOWN_COMMITTEE: {"town": None},
}


def sealed(world: World, kind: ProposerType, *authors: Actor) -> str:
    head = COLLECTIVE_WRITERS[kind][1]
    named = [id_of(author) for author in authors]
    return world.draft(head, proposer_type=kind, authors=named)


def named(world: World, *authors: Actor) -> str:
    for author in authors:
        world.belongs(author)
    return world.submitted(sealed(world, ProposerType.PARTY, *authors), PARTY_HEAD)


def answer(world: World, key: str, actor: Actor, agreed: bool) -> None:
    world.run(drafting.answer_authorship, actor, key, agreed)


@pytest.mark.parametrize("kind", list(GROUPS))
def test_an_author_is_of_that_very_organisation(world: World, kind: ProposerType) -> None:
    head = COLLECTIVE_WRITERS[kind][1]
    world.belongs(LU, **GROUPS[kind])
    with pytest.raises(Refused) as refused:
        world.submitted(sealed(world, kind, LU), head)
    assert [(item["code"], item["field"]) for item in refused.value.items] == [
        ("AUTHOR_UNFIT", "authors")
    ]


def test_an_author_is_active(world: World) -> None:
    world.belongs(LU)
    world.active.discard(id_of(LU))
    with pytest.raises(Refused) as refused:
        world.submitted(sealed(world, ProposerType.PARTY, LU), PARTY_HEAD)
    assert [(item["code"], item["field"]) for item in refused.value.items] == [
        ("V5_NOT_ACTIVE", "authors")
    ]


def test_only_who_confirmed_is_credited(world: World) -> None:
    key = named(world, LU, SHEN, QIAN)
    assert world.events()[-3:] == ["proposal_author_named"] * 3
    answer(world, key, LU, True)
    answer(world, key, SHEN, False)
    world.run(review.start_review, STAFF, key)
    world.run(review.file_proposal, DIRECTOR, key, ["unit-1"], None, True)
    assert world.proposals.events[-1][1]["authors"] == [id_of(LU)]
    with pytest.raises(errors.WrongState):
        answer(world, key, QIAN, True)


def test_the_last_answer_counts(world: World) -> None:
    key = named(world, LU)
    answer(world, key, LU, False)
    assert world.proposal(key).credited == []
    with pytest.raises(errors.NamingAnswered):
        answer(world, key, LU, False)
    answer(world, key, LU, True)
    assert world.proposal(key).credited == [id_of(LU)]


def test_nobody_else_answers(world: World) -> None:
    key = named(world, LU)
    with pytest.raises(NotFound):
        answer(world, key, QIAN, True)


def test_who_is_named_no_more_is_told_and_the_new_one_is_asked(world: World) -> None:
    key = named(world, LU)
    world.belongs(SHEN)
    world.run(review.start_review, STAFF, key)
    world.run(review.return_proposal, STAFF, key, "请调整执笔人")
    world.run(drafting.save_draft, PARTY_HEAD, proposal_id=key, authors=[id_of(SHEN)])
    assert world.events()[-1] == "proposal_author_dropped"
    world.submitted(key, PARTY_HEAD)
    assert world.events()[-1] == "proposal_author_named"
    assert [naming.member_id for naming in world.proposal(key).namings] == [id_of(SHEN)]


def test_an_author_sees_what_names_him_and_lists_it(world: World) -> None:
    key = named(world, LU)
    assert row_of(world, key, LU)["authors"] == [id_of(LU)]
    for actor, found in ((LU, [key]), (QIAN, [])):
        page = ask(world, queries.list_proposals, actor, {"named": True}, "UPDATED", 9, None, None)
        assert [row["id"] for row in page["rows"]] == found
    assert ask(world, queries.proposals_by_ids, QIAN, [key], None) == []


def test_others_see_the_authors_who_confirmed(world: World) -> None:
    key = named(world, LU, SHEN)
    answer(world, key, LU, True)
    world.run(review.start_review, STAFF, key)
    world.run(review.file_proposal, DIRECTOR, key, ["unit-1"], None, True)
    assert row_of(world, key, VISITOR, ["authors"])["authors"] == [id_of(LU)]
    assert row_of(world, key, SHEN, ["authors"])["authors"] == [id_of(LU), id_of(SHEN)]
    assert row_of(world, key, PARTY_HEAD)["namings"][0]["answer"] == "CONFIRMED"


def test_authors_from_before_they_were_asked_are_credited(world: World) -> None:
    row = to_document(world.proposal(named(world, LU)), START)
    del row["namings"]
    assert from_document(row).credited == [id_of(LU)]
