"""Visits with restricted notes, representatives, topic groups (12.1–12.3, 13.2, 13.5–13.7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.liaison.commands import circles, exchange
from services.liaison.domain import errors
from services.liaison.domain.circles import CircleKind
from services.liaison.domain.exchange import ExchangeKind, Level
from services.liaison.domain.representatives import Category
from services.liaison.queries import exchange as reads
from services.liaison.queries import files
from shared.actor import Role
from shared.errors import Forbidden
from tests.integration.liaison.desk import (
    ECONOMY,
    LEADER,
    LU,
    NOW,
    OFFICE,
    QIAN,
    SHEN,
    SYSTEM,
    House,
    call,
    member,
)

CLERK = call(Role.OFFICE, "account-office-2")


def written(house: House, by: Any = OFFICE, **changes: Any) -> str:
    said: dict[str, Any] = {
        "exchange_id": None,
        "kind": ExchangeKind.CONDOLENCE,
        "title": "春节走访",
        "on": NOW,
        "place": "某寺",
        "counterpart": "",
        "level": None,
        "organiser": "office-general",
        "leader": SHEN,
        "participants": (SHEN, LU),
        "summary": "",
        "visited": "某法师",
        "notes": "谈及修缮经费。",
        "named": (QIAN,),
        "reply_to": None,
        "due_at": None,
        "files": ("file-1",),
        **changes,
    }
    return str(house.do(exchange.write_exchange, by, **said))


def test_restricted_notes_are_for_the_writer_those_named_and_the_leaders(house: House) -> None:
    id = written(house)
    for reader in (OFFICE, member(QIAN), LEADER):
        notes = reads.exchange_notes(reader, house.desk, exchange_id=id)
        assert notes == {"visited": "某法师", "notes": "谈及修缮经费。"}
    assert house.audited("look_at_exchange_notes") == [id, id, id]
    for other in (CLERK, member(LU), ECONOMY):
        with pytest.raises(Forbidden):
            reads.exchange_notes(other, house.desk, exchange_id=id)
    for viewer in (OFFICE, CLERK, member(LU), member(QIAN)):
        page = reads.list_exchanges(viewer, house.desk, filter={}, first=20, after=None)
        assert "某法师" not in str(page) and "修缮" not in str(page)
    assert "某法师" not in str(house.told("exchange_recorded"))
    for viewer, allowed in ((OFFICE, True), (member(QIAN), True), (CLERK, False)):
        assert files.may_read_file(viewer, house.desk, file_id="file-1", subject=id) is allowed
    assert files.held_files(SYSTEM, house.desk, ids=["file-1", "file-2"]) == ["file-1"]


def test_what_a_condolence_says_goes_into_its_notes_alone(house: House) -> None:
    with pytest.raises(errors.ExchangeUnfit):
        written(house, summary="谈及修缮经费")
    with pytest.raises(errors.ExchangeUnfit):
        written(house, on=NOW + timedelta(days=1))


def test_only_its_writer_changes_a_record(house: House) -> None:
    id = written(house)
    written(house, exchange_id=id, title="春节走访慰问")
    assert house.desk.exchanges.row(id)["title"] == "春节走访慰问"
    with pytest.raises(Forbidden):
        written(house, CLERK, exchange_id=id)
    with pytest.raises(Forbidden):
        written(house, ECONOMY)  # in the office's name
    assert len(house.told("exchange_recorded")) == 1


def test_an_instruction_is_answered_by_a_report(house: House) -> None:
    plain: dict[str, Any] = {"visited": "", "notes": "", "named": (), "files": ()}
    above = {**plain, "kind": ExchangeKind.INSTRUCTION, "level": Level.CITY, "summary": "指导"}
    with pytest.raises(errors.ExchangeUnfit):
        written(house, **{**above, "level": None})
    with pytest.raises(errors.ExchangeUnfit):
        written(house, level=Level.CITY)
    instruction = written(house, **above)
    report = {**plain, "kind": ExchangeKind.REPORT, "level": Level.CITY, "summary": "汇报"}
    delegation = written(house, **{**plain, "kind": ExchangeKind.DELEGATION_IN, "summary": "来访"})
    with pytest.raises(errors.ExchangeUnfit):
        written(house, **report, reply_to=delegation)
    written(house, **report, reply_to=instruction)
    assert house.desk.exchanges.row(instruction)["answered"] is True
    seen = reads.list_exchanges(member(LU), house.desk, filter={}, first=20, after=None)
    assert len(seen["rows"]) == 3  # those that the member took part in


def listed(house: House, **changes: Any) -> str:
    said: dict[str, Any] = {
        "representative_id": None,
        "category": Category.NEW_ECONOMIC,
        "organisation": "某电商公司",
        "field_of_work": "电子商务",
        "town": "town-lili",
        "keeper": LU,
        "name": "王某",
        "phone": "13900000000",
        "notes": "",
        "consent": True,
        **changes,
    }
    return str(house.do(exchange.write_representative, OFFICE, **said))


def test_a_representative_is_listed_with_consent_and_kept_by_a_member(house: House) -> None:
    with pytest.raises(errors.RepresentativeUnfit):
        listed(house, consent=False)
    with pytest.raises(errors.RepresentativeUnfit):
        listed(house, keeper="m-15-9999")
    id = listed(house)
    assert [row["member_id"] for row in house.told("representative_entrusted")] == [LU]
    met: dict[str, Any] = {"representative_id": id, "on": NOW, "text": "了解企业用工情况"}
    house.do(exchange.meet_representative, member(LU), **met)
    with pytest.raises(Forbidden):
        house.do(exchange.meet_representative, member(SHEN), **met)
    for reader in (OFFICE, member(LU)):
        details = reads.representative_details(reader, house.desk, representative_id=id)
        assert (details["name"], details["phone"]) == ("王某", "13900000000")
    assert house.audited("look_at_representative") == [id, id]
    with pytest.raises(Forbidden):
        reads.representative_details(member(SHEN), house.desk, representative_id=id)
    asked: dict[str, Any] = {"filter": {}, "first": 20, "after": None}
    [row] = reads.list_representatives(OFFICE, house.desk, **asked)["rows"]
    assert "王某" not in str(row) and row["meetings_count"] == 1
    assert reads.count_representatives(member(SHEN), house.desk, filter={}) == 0


def test_a_new_keeper_is_told_and_removal_leaves_no_person(house: House) -> None:
    id = listed(house)
    listed(house, representative_id=id, keeper=SHEN)
    assert [r["member_id"] for r in house.told("representative_entrusted")] == [LU, SHEN]
    house.do(exchange.remove_representative, OFFICE, representative_id=id)
    row = house.desk.representatives.row(id)
    assert row["private"] == {"name": "", "phone": "", "notes": ""} and row["keeper"] is None
    with pytest.raises(errors.WrongState):
        listed(house, representative_id=id)


def circle(house: House, by: Any = ECONOMY, **changes: Any) -> str:
    said: dict[str, Any] = {
        "kind": CircleKind.TOPIC,
        "name": "二次供水议题小组",
        "about": "",
        "topic": "二次供水",
        "topic_codes": [],
        "organiser": "com-economy",
        "members": [LU],
        **changes,
    }
    return str(house.do(circles.open_circle, by, **said))


def test_a_topic_group_talks_among_its_members(house: House) -> None:
    id = circle(house)
    say: dict[str, Any] = {"circle_id": id, "reply_to": None, "text": "建议先做调查。"}
    with pytest.raises(Forbidden):
        house.do(circles.write_post, member(SHEN), **say)
    house.do(circles.join_circle, member(SHEN), circle_id=id)
    with pytest.raises(errors.CircleUnfit):
        house.do(circles.join_circle, member(SHEN), circle_id=id)
    first = house.do(circles.write_post, member(SHEN), **say)
    house.do(circles.write_post, member(LU), **{**say, "reply_to": first})
    asked: dict[str, Any] = {"circle_id": id, "first": 20, "after": None}
    for reader in (member(LU), ECONOMY, OFFICE):
        assert len(reads.list_posts(reader, house.desk, **asked)["rows"]) == 2
    with pytest.raises(Forbidden):
        reads.list_posts(member(QIAN), house.desk, **asked)
    with pytest.raises(Forbidden):
        house.do(circles.remove_post, member(LU), post_id=first, reason=None)
    house.do(circles.remove_post, ECONOMY, post_id=first, reason="偏离主题")
    texts = [row["text"] for row in reads.list_posts(OFFICE, house.desk, **asked)["rows"]]
    assert sorted(texts) == ["", "建议先做调查。"]
    house.do(circles.leave_circle, member(SHEN), circle_id=id)
    house.do(circles.close_circle, ECONOMY, circle_id=id)
    with pytest.raises(errors.WrongState):
        house.do(circles.write_post, member(LU), **say)


def test_a_post_answers_one_of_its_own_board(house: House) -> None:
    one, two = circle(house), circle(house)
    say: dict[str, Any] = {"reply_to": None, "text": "好"}
    post = house.do(circles.write_post, member(LU), circle_id=one, **say)
    with pytest.raises(errors.CircleUnfit):
        house.do(circles.write_post, member(LU), circle_id=two, **{**say, "reply_to": post})


def test_an_association_takes_its_members_in_by_its_organiser(house: House) -> None:
    id = circle(house, OFFICE, kind=CircleKind.ASSOCIATION, organiser="office-general", members=[])
    with pytest.raises(errors.CircleUnfit):
        house.do(circles.join_circle, member(LU), circle_id=id)
    house.do(circles.set_circle_members, OFFICE, circle_id=id, members=[LU, QIAN])
    with pytest.raises(Forbidden):
        house.do(circles.set_circle_members, ECONOMY, circle_id=id, members=[])
    with pytest.raises(errors.CircleUnfit):
        house.do(circles.set_circle_members, OFFICE, circle_id=id, members=["m-15-9999"])
    [row] = reads.circles_by_ids(member(LU), house.desk, ids=[id])
    assert (row["members_count"], row["joined"]) == (2, True)


def test_an_instruction_waits_with_a_date_and_one_reminder(house: House) -> None:
    plain: dict[str, Any] = {"visited": "", "notes": "", "named": (), "files": ()}
    above = {**plain, "kind": ExchangeKind.INSTRUCTION, "level": Level.CITY, "summary": "指导"}
    due = NOW + timedelta(days=10)
    instruction = written(house, **above, due_at=due)
    by_setting = written(house, **above)
    dates = {row["exchange_id"]: row["due_at"] for row in house.told("instruction_received")}
    assert dates == {
        instruction: due.isoformat(),
        by_setting: (NOW + timedelta(days=30)).isoformat(),
    }
    with pytest.raises(errors.ExchangeUnfit):
        written(house, **{**above, "kind": ExchangeKind.REPORT}, due_at=due)
    with pytest.raises(errors.ExchangeUnfit):
        written(house, **{**above, "kind": ExchangeKind.REPORT}, exchange_id=instruction)
    house.clock.at = due - timedelta(days=5)
    for _ in range(2):
        exchange.remind_of_instructions(SYSTEM, house.desk)
    assert [row["exchange_id"] for row in house.told("instruction_reminder_due")] == [instruction]
    report = {**plain, "kind": ExchangeKind.REPORT, "level": Level.CITY, "summary": "汇报"}
    written(house, **report, reply_to=instruction)
    assert [row["exchange_id"] for row in house.told("instruction_reported")] == [instruction]
