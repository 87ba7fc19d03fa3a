"""Files that facts of other services open and move: exactly once, in any order (2.5, AC-09)."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Any

import pytest

from services.outcomes import reactions
from services.outcomes.commands import files, items
from services.outcomes.domain import errors
from services.outcomes.domain.files import file_id, item_id
from services.outcomes.domain.kinds import Disclosure, Source
from services.outcomes.queries import promises as reads
from shared.contracts import names, sample_event
from shared.persistence.database import replaying
from tests.integration.outcomes.desk import (
    LU,
    OFFICE,
    OTHER_UNIT,
    QIAN,
    VISITOR,
    House,
)

PROMISE = file_id(Source.COMMITMENT, "proposal-1/1")
KEY = file_id(Source.KEY_PROPOSAL, "proposal-1")
SCPO = file_id(Source.SCPO, "opinion-1")
FACTS: list[tuple[str, str, int, dict[str, Any]]] = [
    ("proposals", names.PROPOSAL_FILED, 2, {}),
    ("proposals", names.PROPOSAL_KEY_SELECTED, 3, {}),
    ("proposals", names.COMMITMENT_MADE, 5, {}),
    ("proposals", names.REPLY_OPENNESS_DECIDED, 6, {"unit": "unit-zjj", "openness": "FULL"}),
    ("proposals", names.COMMITMENT_CLAIMED, 7, {}),
    ("proposals", names.COMMITMENT_MET, 8, {}),
    ("opinions", names.OPINION_INSTRUCTED, 4, {"title": "清洗水箱", "authors": [QIAN]}),
    ("opinions", names.OPINION_REFERRED, 5, {}),
    ("opinions", names.OPINION_RESULT_GIVEN, 6, {}),
]


def public(house: House, **said: Any) -> list[dict[str, Any]]:
    filter: Any = said
    page = reads.list_promises(VISITOR, house.desk, filter=filter, first=50, after=None)
    assert reads.count_promises(VISITOR, house.desk, filter=filter) == len(page["rows"])
    return list(page["rows"])


def test_each_source_has_one_file_however_often_its_facts_come(house: House) -> None:
    events = [house.hear(source, event, version, **said) for source, event, version, said in FACTS]
    for event in [*reversed(events), *events]:
        reactions.note_matter(event, house.desk)
    stored = {row["_id"]: row for row in house.desk.files.collection.find()}
    assert stored.keys() == {PROMISE, KEY, SCPO}
    assert len(house.told("outcome_opened")) == 3
    assert len(house.told("outcome_item_verified")) == 1
    assert {row["source"]: row["organiser"] for row in stored.values()} == {
        "COMMITMENT": "com-proposals",
        "KEY_PROPOSAL": "com-proposals",
        "SCPO": "office-general",
    }
    states = {id: house.item(item_id(id, 1))["state"] for id in (PROMISE, KEY, SCPO)}
    assert states == {PROMISE: "VERIFIED", KEY: "SENT", SCPO: "ADOPTED"}


def state(house: House) -> Any:
    """What is known, without what each write adds of its own."""
    apart = {"version", "pending_events", "entries", "commands"}
    rows = [
        *house.desk.files.collection.find().sort("_id", 1),
        *house.desk.items.collection.find().sort("_id", 1),
    ]
    return [{name: value for name, value in row.items() if name not in apart} for row in rows]


def test_any_order_of_arrival_ends_alike(house: House) -> None:
    seen = []
    some = itertools.islice(itertools.permutations(FACTS), 7, 4000, 997)
    for order in [FACTS, FACTS[::-1], *some]:
        for name in ("outcome_files", "outcome_items", "dossier_nodes", "dossier_edges"):
            house.database.collection(name).delete_many({})
        for source, event, version, said in order:
            house.hear(source, event, version, **said)
        seen.append(state(house))
    for one in seen:
        assert one == seen[0]


def test_a_replay_rebuilds_the_same_dossiers_and_moves_no_file(house: House) -> None:
    events = [house.hear(source, event, version, **said) for source, event, version, said in FACTS]
    nodes = list(house.database.collection("dossier_nodes").find().sort("_id", 1))
    edges = list(house.database.collection("dossier_edges").find().sort("_id", 1))
    before = state(house)
    with replaying("replay-1"):
        for event in events:
            reactions.note_matter(event, house.desk)
    fresh = house.database.db["dossier_nodes__replay-1"]
    assert list(fresh.find().sort("_id", 1)) == nodes
    assert list(house.database.db["dossier_edges__replay-1"].find().sort("_id", 1)) == edges
    assert state(house) == before
    fresh.drop()
    house.database.db["dossier_edges__replay-1"].drop()


def test_of_an_answered_opinion_the_rest_is_told_here(house: House) -> None:
    for source, event, version, said in FACTS[6:]:
        house.hear(source, event, version, **said)
    item = item_id(SCPO, 1)
    with pytest.raises(errors.WrongState):
        house.referred(item)
    house.reported(item)
    house.verified(item, by=OFFICE)
    [verified] = house.told("outcome_item_verified")
    assert verified["authors"] == [QIAN]
    assert house.told("outcome_instructed") == []  # the same instruction is opinions' fact
    house.hear("opinions", names.OPINION_INSTRUCTION_REVOKED, 9, authors=[QIAN])
    assert (house.item(item)["state"], house.file(SCPO)["state"]) == ("VERIFIED", "OPEN")


def test_an_instruction_that_is_revoked_voids_a_file_nobody_acted_on(house: House) -> None:
    house.hear("opinions", names.OPINION_INSTRUCTED, 4)
    house.hear("opinions", names.OPINION_INSTRUCTION_REVOKED, 5)
    assert house.file(SCPO)["state"] == "VOID"
    assert house.item(item_id(SCPO, 1))["end"] == "SOURCE_REVOKED"
    house.hear("opinions", names.OPINION_INSTRUCTED, 6, occurrence_no=2)
    assert house.file(SCPO)["state"] == "OPEN"
    assert house.item(item_id(SCPO, 1))["state"] == "INSTRUCTED"


@pytest.mark.parametrize(
    ("source", "event", "kind", "ref"),
    [
        ("consultations", names.CONSULTATION_HELD, Source.CONSULTATION, "consultation-1"),
        ("consultations", names.MOTION_ADOPTED, Source.MOTION, "motion-1"),
        ("consultations", names.REPORT_ACCEPTED, Source.RESEARCH_REPORT, "report-1"),
    ],
)
def test_meetings_open_files_whose_items_the_office_writes(
    house: House, source: str, event: str, kind: Source, ref: str
) -> None:
    for _ in range(2):
        house.hear(source, event)
    outcome = file_id(kind, ref)
    assert house.file(outcome)["items"] == 0
    item = house.added(outcome, by=OFFICE)
    house.hear(source, event)
    assert (house.item(item)["state"], house.file(outcome)["items"]) == ("SENT", 1)


def test_a_file_opened_by_hand_is_not_opened_again_by_its_fact(house: House) -> None:
    outcome = house.opened(source=Source.MOTION, reference="motion-1", title="诚信体系")
    house.hear("consultations", names.MOTION_ADOPTED)
    assert house.file(outcome)["title"] == "诚信体系"
    assert len(house.told("outcome_opened")) == 1


def test_the_public_page_shows_promise_unit_date_and_state(house: House) -> None:
    for source, event, version, said in FACTS[:3]:
        house.hear(source, event, version, **said)
    assert public(house) == []
    house.hear("proposals", names.REPLY_OPENNESS_DECIDED, 6, unit="unit-zjj", openness="SUMMARY")
    [row] = public(house)
    assert (row["text"], row["unit_id"], row["promise"]) == (None, "unit-zjj", "OPEN")
    house.hear("proposals", names.COMMITMENT_MET, 8)
    house.hear("proposals", names.REPLY_OPENNESS_DECIDED, 9, unit="unit-zjj", openness="FULL")
    [row] = public(house, year=2017, unit="unit-zjj", promise="MET")
    assert (row["text"], row["ground"]) == ("完成20个小区改造", "PROPOSER")
    assert public(house, promise="MISSED") == []
    [figures] = reads.promise_figures(VISITOR, house.desk, year=2017)
    assert (figures["total"], figures["kept"], figures["kept_rate"]) == (1, 1, 100.0)
    house.hear("proposals", names.REPLY_OPENNESS_DECIDED, 10, unit="unit-zjj", openness="NOT")
    assert public(house) == []
    assert reads.promise_figures(VISITOR, house.desk, year=2017) == []


def test_a_promise_is_the_proposals_services_word(house: House) -> None:
    for source, event, version, said in FACTS[:3]:
        house.hear(source, event, version, **said)
    item = item_id(PROMISE, 1)
    zjj = partial(house.reported, by=OTHER_UNIT)
    for act in (house.referred, house.answered, zjj):
        with pytest.raises(errors.StatedElsewhere):
            act(item)
    with pytest.raises(errors.StatedElsewhere):
        house.do(files.disclose_outcome, OFFICE, outcome_id=PROMISE, openness=Disclosure.FULL)
    with pytest.raises(errors.StatedElsewhere):
        house.added(PROMISE, by=OFFICE)
    assert house.item(item)["state"] == "IMPLEMENTING"
    assert house.item(item)["authors"] == [LU]


def test_a_renewed_promise_goes_on_as_another(house: House) -> None:
    house.hear("proposals", names.COMMITMENT_MADE, 5)
    house.hear("proposals", names.COMMITMENT_MISSED, 6)
    assert house.item(item_id(PROMISE, 1))["overdue"] is True
    house.hear("proposals", names.COMMITMENT_RENEWED, 7)
    renewed = {"commitment_no": 2, "due_on": "2018-03-31", "replaces": 1}
    house.hear("proposals", names.COMMITMENT_MADE, 7, **renewed)
    assert house.item(item_id(PROMISE, 1))["end"] == "CONTINUED"
    second = file_id(Source.COMMITMENT, "proposal-1/2")
    assert house.item(item_id(second, 1))["promise_year"] == 2018


def test_a_merged_units_items_go_on_with_its_heir(house: House) -> None:
    first, closed = (house.added(house.opened(), text=text) for text in ("台账", "热线"))
    for item in (first, closed):
        house.referred(item)
        house.answered(item)
    house.reported(closed)
    house.verified(closed)
    house.do(items.close_item, OFFICE, item_id=closed)
    said = {"organisation_id": "unit-slj", "is_active": False, "merged_into": "unit-zjj"}
    merged = sample_event("members", "organisation_changed", version=2, **said)
    for _ in range(2):
        reactions.note_organisation(merged, house.desk)
    assert (house.item(first)["unit"], house.item(closed)["unit"]) == ("unit-zjj", "unit-slj")
    [told] = house.told("outcome_item_unit_changed")
    assert (told["former"], told["unit"], told["state"]) == ("unit-slj", "unit-zjj", "ADOPTED")
    house.reported(first, by=OTHER_UNIT)
    assert house.item(first)["state"] == "IMPLEMENTED"
