"""An opinion item from its sending to its end, with every refusal on its way (2.5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.outcomes.commands import files, items
from services.outcomes.domain import errors
from services.outcomes.domain.kinds import Adoption, Disclosure, Kind, Level, Route, Source
from services.outcomes.queries import outcomes as reads
from shared.actor import Role
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from tests.integration.outcomes.desk import (
    ECONOMY,
    GOVERNMENT,
    LU,
    NOW,
    OFFICE,
    OTHER_UNIT,
    PARTY,
    QIAN,
    SOCIAL,
    STAFF,
    SYSTEM,
    TOWN,
    UNIT,
    VISITOR,
    House,
    call,
    member,
    sent,
)

FEEDBACK = datetime(2017, 5, 1, tzinfo=SHANGHAI)  # the midnight that ends the 60th day


def listed(house: House, by: Any, **said: Any) -> list[str]:
    filter: Any = said
    page = reads.list_items(by, house.desk, filter=filter, first=50, after=None)
    assert reads.count_items(by, house.desk, filter=filter) == len(page["rows"])
    return [row["id"] for row in page["rows"]]


def test_an_item_goes_its_whole_way(house: House) -> None:
    outcome = house.opened()
    item = house.added(outcome)
    assert house.item(item)["due_at"] == FEEDBACK
    house.through(item)
    assert house.item(item)["state"] == "VERIFIED"
    [verified] = house.told("outcome_item_verified")
    assert (verified["authors"], verified["occurrence_no"]) == ([LU], 1)
    house.do(items.close_item, SOCIAL, item_id=item)
    assert (house.item(item)["end"], house.file(outcome)["state"]) == ("VERIFIED", "CLOSED")
    assert [row["occurrence_no"] for row in house.told("outcome_closed")] == [1]
    kinds = [entry["kind"] for entry in house.item(item)["entries"]]
    assert kinds == ["SENT", "REFERRED", "ANSWERED", "IMPLEMENTED", "VERIFIED", "CLOSED"]


def test_a_file_closes_with_its_last_item_and_opens_again_with_one(house: House) -> None:
    outcome = house.opened()
    first, second = house.added(outcome), house.added(outcome, text="完善政策")
    for item in (first, second):
        house.through(item)
    house.do(items.close_item, SOCIAL, item_id=first)
    assert house.file(outcome)["state"] == "OPEN"
    house.do(items.close_item, SOCIAL, item_id=second)
    assert house.file(outcome)["state"] == "CLOSED"
    house.do(items.reopen_item, SOCIAL, item_id=first, reason="回访发现停用", due_at=None)
    assert (house.file(outcome)["state"], house.file(outcome)["open_items"]) == ("OPEN", 1)
    [undone] = house.told("outcome_item_reopened")
    assert undone["occurrence_no"] == 1


def test_a_reason_that_its_source_does_not_accept_is_answered_anew(house: House) -> None:
    item = house.added(house.opened())
    house.referred(item)
    with pytest.raises(errors.ReasonMissing):
        house.answered(item, Adoption.NOT_ADOPTED)
    house.answered(item, Adoption.NOT_ADOPTED, "与上位规划不符")
    said: dict[str, Any] = {"item_id": item, "opinion": "请补充依据"}
    with pytest.raises(Forbidden):
        house.do(items.decide_reason, ECONOMY, accepted=True, **said)
    house.do(items.decide_reason, SOCIAL, accepted=False, **said)
    assert house.item(item)["state"] == "REFERRED"
    house.answered(item, Adoption.NOT_ADOPTED, "规划文件见附件")
    house.do(items.decide_reason, SOCIAL, accepted=True, **said)
    assert (house.item(item)["state"], house.item(item)["end"]) == ("CLOSED", "REASON_ACCEPTED")


def test_a_supervising_office_keeps_to_its_side(house: House) -> None:
    item = house.added(house.opened(), unit="unit-slj")
    with pytest.raises(Forbidden):
        house.referred(item, "party-xcb", PARTY)
    with pytest.raises(errors.UnitUnfit):
        house.referred(item, "party-xcb", GOVERNMENT)
    with pytest.raises(errors.UnitUnfit):
        house.referred(item, "unit-nobody", GOVERNMENT)
    house.referred(item)
    assert listed(house, GOVERNMENT) == [item]
    assert listed(house, PARTY) == []
    said: dict[str, Any] = {"result": "同意", "reason": None, "due_at": None}
    with pytest.raises(Forbidden):
        house.do(items.answer_item, PARTY, item_id=item, adoption=Adoption.ADOPTED, **said)


def test_a_unit_tells_of_its_own_and_never_verifies_it(house: House) -> None:
    item = house.added(house.opened())
    house.referred(item)
    house.answered(item)
    with pytest.raises(Forbidden):
        house.reported(item, by=OTHER_UNIT)
    house.reported(item, done=False, percent=40)
    assert house.item(item)["state"] == "IMPLEMENTING"
    house.reported(item, files=["file-1"])
    with pytest.raises(Forbidden):
        house.verified(item, by=UNIT)
    with pytest.raises(Forbidden):
        house.verified(item, by=ECONOMY)
    assert reads.may_read_file(SOCIAL, house.desk, file_id="file-1", subject=item)
    assert not reads.may_read_file(OTHER_UNIT, house.desk, file_id="file-1", subject=item)
    assert reads.held_files(SYSTEM, house.desk, ids=["file-1", "file-2"]) == ["file-1"]
    house.verified(item, verified=False)
    assert house.item(item)["state"] == "IMPLEMENTING"


def test_whoever_told_of_progress_verifies_nothing_in_another_role(house: House) -> None:
    item = house.added(house.opened())
    house.referred(item)
    house.answered(item)
    house.reported(item)
    same = call(Role.OFFICE, str(UNIT.actor.account_id))
    with pytest.raises(errors.OwnVerification):
        house.verified(item, by=same)


def test_a_leaders_instruction_reaches_all_items_and_credits_each_author_once(
    house: House,
) -> None:
    outcome = house.opened(authors=[])
    first = house.added(outcome, authors=[LU])
    second = house.added(outcome, text="完善政策", authors=[LU, QIAN])
    said: dict[str, Any] = {"level": Level.DISTRICT, "leader": "区委书记", "text": "请研究"}
    with pytest.raises(errors.OutcomeUnfit):
        later = NOW + timedelta(days=1)
        house.do(
            files.instruct_outcome, GOVERNMENT, outcome_id=outcome, instructed_on=later, **said
        )
    house.do(files.instruct_outcome, GOVERNMENT, outcome_id=outcome, instructed_on=NOW, **said)
    [told] = house.told("outcome_instructed")
    assert (told["authors"], told["level"], told["occurrence_no"]) == ([LU, QIAN], "DISTRICT", 1)
    assert {house.item(item)["state"] for item in (first, second)} == {"INSTRUCTED"}
    [instruction] = house.file(outcome)["instructions"]
    undo = {"outcome_id": outcome, "instruction_id": instruction["id"], "reason": "登记有误"}
    house.do(files.revoke_instruction, OFFICE, **undo)
    [revoked] = house.told("outcome_instruction_revoked")
    assert revoked["instruction_id"] == told["instruction_id"]
    assert {house.item(item)["state"] for item in (first, second)} == {"SENT"}
    with pytest.raises(errors.InstructionUnfit):
        house.do(files.revoke_instruction, OFFICE, **undo)


def test_the_four_routes_are_recorded_and_one_by_mistake_is_struck(house: House) -> None:
    outcome = house.opened()
    said: dict[str, Any] = {"outcome_id": outcome, "title": "专报", "on": NOW}
    for no, route in enumerate(Route):
        house.do(files.convert_outcome, SOCIAL, route=route, reference=f"第{no}期", **said)
    assert [row["route"] for row in house.told("outcome_converted")] == [r.value for r in Route]
    house.do(files.withdraw_conversion, SOCIAL, outcome_id=outcome, no=2, reason="登记有误")
    assert house.file(outcome)["conversions"][1]["withdrawn"] == "登记有误"
    with pytest.raises(errors.ConversionUnfit):
        house.do(files.withdraw_conversion, SOCIAL, outcome_id=outcome, no=2, reason="登记有误")
    with pytest.raises(Forbidden):
        house.do(files.convert_outcome, ECONOMY, route=Route.NEWS_REPORT, reference="x", **said)


def test_one_file_for_a_source_whoever_opens_it(house: House) -> None:
    house.opened(reference="协商专报2017年第3期")
    with pytest.raises(errors.OutcomeExists):
        house.opened(by=OFFICE, reference="协商专报2017年第3期")
    for source in (Source.SCPO, Source.COMMITMENT):
        with pytest.raises(errors.StatedElsewhere):
            house.opened(source=source)
    with pytest.raises(errors.OutcomeUnfit):
        house.opened(authors=["m-15-9999"])
    with pytest.raises(Forbidden):
        house.opened(by=STAFF)


def test_a_command_sent_twice_acts_once(house: House) -> None:
    outcome = house.opened()
    said: dict[str, Any] = {
        "outcome_id": outcome,
        "text": "建立帮扶台账",
        "kind": Kind.POLICY,
        "major": True,
        "unit": None,
        "authors": [],
        "due_at": None,
        "files": [],
    }
    twice = sent(SOCIAL, "command-1")
    first = files.add_item(twice, house.desk, **said)
    assert files.add_item(twice, house.desk, **said) == first
    assert house.file(outcome)["items"] == 1
    instruct: dict[str, Any] = {
        "outcome_id": outcome,
        "level": Level.CITY,
        "leader": "市长",
        "text": "请研究",
        "instructed_on": NOW,
    }
    again = sent(GOVERNMENT, "command-2")
    for _ in range(2):
        assert files.instruct_outcome(again, house.desk, **instruct) == outcome
    assert len(house.file(outcome)["instructions"]) == 1


def test_the_archive_is_searched_and_filtered(house: House) -> None:
    poor = house.opened(title="精准开展扶贫工作", authors=[LU])
    tour = house.opened(by=OFFICE, source=Source.MOTION, title="开发地方特色旅游", authors=[QIAN])
    a = house.added(poor, kind=Kind.POLICY, major=True, unit="unit-slj")
    b = house.added(tour, by=OFFICE, kind=Kind.ACTION, text="打造古镇线路")

    def found(by: Any, **said: Any) -> set[str]:
        filter: Any = said
        page = reads.list_outcomes(by, house.desk, filter=filter, first=50, after=None)
        assert reads.count_outcomes(by, house.desk, filter=filter) == len(page["rows"])
        return {row["id"] for row in page["rows"]}

    assert found(OFFICE) == {poor, tour}
    assert found(OFFICE, text="扶贫") == {poor}
    assert found(OFFICE, source=Source.MOTION.value) == {tour}
    assert found(OFFICE, unit="unit-slj") == {poor}
    assert found(OFFICE, organiser="com-social", year=2017, state="OPEN") == {poor}
    assert found(OFFICE, since=NOW, until=NOW + timedelta(days=1)) == {poor, tour}
    assert found(member(LU), mine=True) == {poor} == found(member(LU))
    assert found(UNIT) == {poor}
    assert found(TOWN) == set()
    assert found(VISITOR) == set()
    assert listed(house, OFFICE, text="古镇") == [b]
    assert listed(house, OFFICE, kind="POLICY", major=True) == [a]
    due = {"due_before": FEEDBACK + timedelta(days=1), "state": "SENT"}
    assert set(listed(house, OFFICE, **due)) == {a, b}
    assert listed(house, OFFICE, outcome_id=poor, unit="unit-slj", source="CONSULTATION") == [a]
    house.do(items.mark_item, SOCIAL, item_id=a, kind=Kind.PROJECT, major=False)
    assert listed(house, OFFICE, major=True) == []
    house.do(items.track_item, SOCIAL, item_id=a, text="电话回访", files=[])
    [row] = reads.items_by_ids(SOCIAL, house.desk, ids=[a])
    assert (row["tracked_years"], row["may_keep"], row["may_report"]) == ([2017], True, False)


def test_the_public_sees_what_is_disclosed_and_no_more(house: House) -> None:
    outcome = house.opened()
    item = house.added(outcome)
    house.do(files.disclose_outcome, OFFICE, outcome_id=outcome, openness=Disclosure.SUMMARY)
    [row] = reads.items_by_ids(VISITOR, house.desk, ids=[item])
    assert (row["text"], row["entries"], row["author_ids"]) == (None, [], [])
    house.do(files.disclose_outcome, OFFICE, outcome_id=outcome, openness=Disclosure.FULL)
    [row] = reads.items_by_ids(VISITOR, house.desk, ids=[item])
    assert row["text"] == "建立帮扶台账"
    house.do(files.disclose_outcome, OFFICE, outcome_id=outcome, openness=Disclosure.NOT)
    assert listed(house, VISITOR) == []
