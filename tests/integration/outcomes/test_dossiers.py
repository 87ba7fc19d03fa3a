"""Topic dossiers: one matter back and forth, each node as far as its viewer may see it (AC-24)."""

from __future__ import annotations

from typing import Any

import pytest

from services.outcomes.commands import dossiers
from services.outcomes.domain import errors
from services.outcomes.domain.files import file_id
from services.outcomes.domain.kinds import Source
from services.outcomes.queries import graph
from services.outcomes.reactions import note_link
from shared.contracts import names, sample_event
from shared.ids import new_id
from tests.integration.outcomes.desk import (
    LEADER,
    LU,
    OFFICE,
    PARTY,
    QIAN,
    SOCIAL,
    TOWN,
    UNIT,
    VISITOR,
    XU,
    House,
    member,
)

TOPIC, LEAD = "TOPIC:二次供水", "LEAD:lead-1"
PROPOSAL, OPINION = "PROPOSAL:proposal-1", "OPINION:opinion-1"
KEY = f"OUTCOME:{file_id(Source.KEY_PROPOSAL, 'proposal-1')}"
SCPO = f"OUTCOME:{file_id(Source.SCPO, 'opinion-1')}"
ORIGIN = {"kind": "LEAD", "ref": "lead-1"}


@pytest.fixture
def water(house: House) -> House:
    """A visitor's lead becomes an opinion that is instructed, and a proposal that is a key one."""
    house.hear("liaison", names.HOME_LEAD_CONVERTED)
    submitted = {"origin": ORIGIN, "authors": [QIAN]}
    house.hear("opinions", names.OPINION_SUBMITTED, 1, **submitted)
    house.hear("opinions", names.OPINION_INSTRUCTED, 2, title="清洗水箱", authors=[QIAN])
    house.hear("proposals", names.PROPOSAL_FILED, 2, origin=ORIGIN)
    house.hear("proposals", names.PROPOSAL_KEY_SELECTED, 3)
    return house


def seen(house: House, by: Any, start: str = PROPOSAL) -> set[str] | None:
    found = graph.dossier(by, house.desk, node=start)
    if found is None:
        return None
    shown = {row["id"] for row in found["nodes"]}
    assert all({edge["from_id"], edge["to_id"]} <= shown for edge in found["edges"])
    return shown


def test_from_any_of_its_matters_the_whole_dossier_is_found(water: House) -> None:
    whole = {TOPIC, LEAD, "LEAD:reception-1", PROPOSAL, OPINION, KEY, SCPO} - {"LEAD:reception-1"}
    for start in (TOPIC, LEAD, PROPOSAL, OPINION, KEY, SCPO):
        assert seen(water, OFFICE, start) == whole
    found = graph.dossier(OFFICE, water.desk, node=TOPIC)
    assert found is not None
    edges = {(edge["from_id"], edge["to_id"]) for edge in found["edges"]}
    assert edges == {
        (TOPIC, LEAD),
        (LEAD, OPINION),
        (LEAD, PROPOSAL),
        (PROPOSAL, KEY),
        (OPINION, SCPO),
    }
    [proposal] = [row for row in found["nodes"] if row["id"] == PROPOSAL]
    assert [stage["label"] for stage in proposal["stages"]] == ["立案", "确定为重点提案"]
    assert (proposal["number"], proposal["key"], proposal["term"]) == ("15-1-023", True, 15)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (OFFICE, {TOPIC, LEAD, PROPOSAL, OPINION, KEY, SCPO}),
        (LEADER, {TOPIC, LEAD, PROPOSAL, OPINION, KEY, SCPO}),
        (SOCIAL, {TOPIC, LEAD, PROPOSAL, KEY}),
        (TOWN, {TOPIC, LEAD, PROPOSAL}),
        (member(LU), {TOPIC, PROPOSAL, KEY}),
        (member(QIAN), {TOPIC, LEAD, PROPOSAL, OPINION, SCPO}),
        (member(XU), {TOPIC, PROPOSAL}),
        (PARTY, {TOPIC, PROPOSAL, OPINION, KEY, SCPO}),
        (UNIT, {TOPIC, PROPOSAL}),
        (VISITOR, {PROPOSAL}),
    ],
)
def test_each_sees_what_is_for_these_eyes(water: House, by: Any, expected: set[str]) -> None:
    assert seen(water, by) == expected


def test_the_public_sees_nothing_of_opinions_and_of_closed_proposals(water: House) -> None:
    for start in (OPINION, SCPO, LEAD, TOPIC, KEY, "PROPOSAL:nobody"):
        assert seen(water, VISITOR, start) is None
    water.hear("proposals", names.PROPOSAL_FILED, 4, openness="CLOSED", occurrence_no=2)
    assert seen(water, VISITOR) is None
    assert seen(water, member(XU)) is None
    assert seen(water, member(LU)) == {TOPIC, PROPOSAL, KEY}


def named(house: House, **said: Any) -> dict[str, int]:
    filter: Any = said
    page = graph.list_dossiers(OFFICE, house.desk, filter=filter, first=50, after=None)
    assert graph.count_dossiers(OFFICE, house.desk, filter=filter) == len(page["rows"])
    return {row["title"]: row["matters"] for row in page["rows"]}


def test_dossiers_are_listed_by_topic(water: House) -> None:
    water.hear("liaison", names.HOME_LEAD_CONVERTED, lead_id="lead-2", topic="扶贫")
    assert named(water) == {"二次供水": 1, "扶贫": 1}
    assert named(water, text="供水") == {"二次供水": 1}


def test_links_by_hand_have_a_reason_and_are_undone_with_one(water: House) -> None:
    water.hear("consultations", names.CONSULTATION_HELD)
    consultation = "CONSULTATION:consultation-1"
    said: dict[str, Any] = {"reason": "同一事项", "to": None, "topic": None}
    link = water.do(
        dossiers.link_dossier, SOCIAL, node=consultation, **{**said, "topic": "二次供水"}
    )
    told = water.told("dossier_linked")
    for _ in range(2):
        note_link(sample_event("outcomes", "dossier_linked", id=new_id(), **told[0]), water.desk)
    whole = seen(water, OFFICE)
    assert whole is not None
    assert consultation in whole
    assert named(water) == {"二次供水": 2}
    found = graph.dossier(OFFICE, water.desk, node=consultation)
    assert found is not None
    [by_hand] = [edge for edge in found["edges"] if edge["ground"] == "HAND"]
    assert (by_hand["reason"], by_hand["link_id"]) == ("同一事项", link)
    with pytest.raises(errors.DossierLinkUnfit):
        water.do(dossiers.link_dossier, SOCIAL, node=consultation, **{**said, "topic": "二次供水"})
    with pytest.raises(errors.DossierLinkUnfit):
        water.do(dossiers.link_dossier, SOCIAL, node=consultation, **said)
    with pytest.raises(errors.OutcomeNotFound):  # a committee does not see opinions
        water.do(dossiers.link_dossier, SOCIAL, node=OPINION, **{**said, "to": consultation})
    water.do(dossiers.unlink_dossier, OFFICE, link_id=link, reason="登记有误")
    with pytest.raises(errors.DossierLinkUnfit):
        water.do(dossiers.unlink_dossier, OFFICE, link_id=link, reason="登记有误")
    assert seen(water, OFFICE, consultation) == {
        consultation,
        f"OUTCOME:{file_id(Source.CONSULTATION, 'consultation-1')}",
    }
    [row] = graph.dossier_links_by_ids(OFFICE, water.desk, ids=[link])
    assert (row["stands"], row["undo_reason"]) == (False, "登记有误")
    assert graph.dossier_links_by_ids(VISITOR, water.desk, ids=[link]) == []
