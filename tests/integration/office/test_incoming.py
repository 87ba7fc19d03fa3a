"""Incoming documents on a real database: duplicates, circulation, handling, reminders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from services.office.commands import incoming
from services.office.domain import document_errors as errors
from services.office.domain.incoming import IncomingState
from services.office.queries import papers as reads
from shared.actor import Role
from shared.clock import SHANGHAI
from shared.errors import Forbidden, StaleVersion
from tests.integration.office.desk import (
    CHAIR,
    CHIEF,
    CLERK,
    CLERK_TWO,
    ECONOMY,
    LU,
    SHEN,
    SYSTEM,
    UNIT,
    VISITOR,
    Office,
    Row,
    call,
    member,
    sent,
)
from tests.integration.office.papers import (
    REGISTER,
    at_once,
    do,
    incoming_row,
    instructed,
    know_organisations,
    received,
)

CIRCLE: Row = {"members": [LU, SHEN], "accounts": None}
READERS = [f"member:{LU}", f"member:{SHEN}"]
DUE = datetime(2017, 5, 15, 18, tzinfo=SHANGHAI)
URBAN = call(Role.COMMITTEE_STAFF, "account-urban", committee="com-urban")


@pytest.fixture(autouse=True)
def directory(office: Office) -> None:
    know_organisations(office)


def state_of(office: Office, document_id: str) -> IncomingState:
    document = office.desk.incoming.get(document_id)
    assert document is not None
    return document.state


def test_a_document_is_circulated_and_each_reader_sees_the_own_row(office: Office) -> None:
    document = instructed(office)
    assert incoming_row(office, member(LU), document) is None
    do(office, incoming.circulate_document, CLERK, document_id=document, **CIRCLE)
    row = incoming_row(office, member(LU), document)
    assert row is not None
    assert ([r["member_id"] for r in row["readers"]], row["to_read"]) == ([LU], True)
    assert reads.count_incoming(member(LU), office.desk, filter={"unread": True}) == 1
    do(office, incoming.read_document, member(LU), document_id=document, note="已阅")
    assert reads.count_incoming(member(LU), office.desk, filter={"unread": True}) == 0
    row = incoming_row(office, CLERK, document)
    assert row is not None
    assert [(r["member_id"], r["read_at"] is not None) for r in row["readers"]] == [
        (LU, True),
        (SHEN, False),
    ]
    do(office, incoming.urge_document, CLERK, document_id=document)
    assert office.told("document_urged")[0]["readers"] == [READERS[1]]


def test_two_readers_at_once_both_leave_their_receipt(office: Office) -> None:
    document = instructed(office)
    do(office, incoming.circulate_document, CLERK, document_id=document, **CIRCLE)
    read = partial(incoming.read_document, desk=office.desk, document_id=document, note=None)
    at_once(partial(read, sent(member(LU), "lu")), partial(read, sent(member(SHEN), "shen")))
    told = {row["reader"] for row in office.told("document_read")}
    assert told == set(READERS)


def test_the_same_document_is_registered_once(office: Office) -> None:
    first, second = received(office), received(office)
    numbered: Row = {**REGISTER, "number": "吴政办发〔2017〕31号"}
    do(office, incoming.register_document, CLERK, document_id=first, **numbered)
    with pytest.raises(errors.AlreadyRegistered):
        do(office, incoming.register_document, CLERK, document_id=second, **numbered)
    do(office, incoming.register_document, CLERK, document_id=first, **numbered)
    assert len(office.told("document_registered")) == 1


def test_the_later_clerk_sees_what_the_earlier_registered(office: Office) -> None:
    document = received(office)
    row = incoming_row(office, CLERK, document)
    assert row is not None
    seen = row["version"]
    corrected: Row = {**REGISTER, "document_id": document, "expected_version": seen}
    do(office, incoming.register_document, CLERK, **corrected)
    with pytest.raises(StaleVersion):
        do(office, incoming.register_document, CLERK_TWO, **corrected)


def test_two_clerks_who_register_it_at_once_leave_one(office: Office) -> None:
    first, second = received(office), received(office)
    numbered: Row = {**REGISTER, "number": "吴政办发〔2017〕32号"}

    def register(by: Any, document_id: str) -> str:
        try:
            do(office, incoming.register_document, by, document_id=document_id, **numbered)
        except errors.AlreadyRegistered:
            return "refused"
        return "registered"

    results = at_once(partial(register, CLERK, first), partial(register, CLERK_TWO, second))
    assert sorted(results) == ["refused", "registered"]


def test_a_committee_handles_and_notes_what_it_was_given(office: Office) -> None:
    document = instructed(office)
    with pytest.raises(errors.RecipientsUnfit):
        do(office, incoming.hand_document, CLERK, document_id=document, handler_id="unit-slj")
    do(office, incoming.hand_document, CLERK, document_id=document, handler_id="com-economy")
    assert incoming_row(office, URBAN, document) is None
    row = incoming_row(office, ECONOMY, document)
    assert row is not None
    assert row["handler_id"] == "com-economy"
    with pytest.raises(errors.DocumentNotFound):
        do(office, incoming.note_document, URBAN, document_id=document, result="已办")
    do(office, incoming.note_document, ECONOMY, document_id=document, result="已研究并反馈")
    assert state_of(office, document) is IncomingState.NOTED


def test_reminders_come_before_and_after_and_only_once(office: Office) -> None:
    document = instructed(office, due_at=DUE)
    do(office, incoming.hand_document, CLERK, document_id=document, handler_id="com-economy")
    look = partial(incoming.remind_of_documents, SYSTEM, office.desk)
    look()
    assert office.told("document_reminder_due") == []
    office.clock.at = DUE - timedelta(days=3)
    at_once(look, look, look)
    office.clock.at = DUE + timedelta(days=7)
    look()
    look()
    assert [row["days_late"] for row in office.told("document_reminder_due")] == [0, 7]
    do(office, incoming.note_document, CLERK, document_id=document, result="已办")
    office.clock.at = DUE + timedelta(days=30)
    look()
    assert len(office.told("document_reminder_due")) == 2


def test_a_sender_is_of_the_directory_or_named(office: Office) -> None:
    document = received(office)
    row = incoming_row(office, CLERK, document)
    assert row is not None
    assert (row["sender_id"], row["sender_name"]) == ("sup-qzfb", "单位sup-qzfb")
    outside = received(office, sender=None, sender_name="苏州市政协办公室")
    row = incoming_row(office, CLERK, outside)
    assert row is not None
    assert (row["sender_id"], row["sender_name"]) == (None, "苏州市政协办公室")
    with pytest.raises(errors.RecipientsUnfit):
        received(office, sender="unit-none")
    with pytest.raises(errors.DatesUnfit):
        received(office, received_on=date(2017, 5, 5))


@pytest.mark.parametrize("changes", [{"classification": "TOP"}, {"title": "秘密文件"}])
def test_classified_documents_are_refused(office: Office, changes: Row) -> None:
    with pytest.raises(errors.Classified):
        received(office, **changes)


def test_strangers_see_nothing(office: Office) -> None:
    document = instructed(office)
    do(office, incoming.circulate_document, CLERK, document_id=document, **CIRCLE)
    for stranger in (UNIT, ECONOMY, VISITOR, member("m-15-0140")):
        assert incoming_row(office, stranger, document) is None
    with pytest.raises(errors.DocumentNotFound):
        do(office, incoming.read_document, member("m-15-0140"), document_id=document, note=None)
    with pytest.raises(errors.NotReader):
        do(office, incoming.read_document, CHAIR, document_id=document, note=None)


def test_a_former_member_reads_nothing_more(office: Office) -> None:
    document = instructed(office)
    do(office, incoming.circulate_document, CLERK, document_id=document, **CIRCLE)
    former = call(Role.MEMBER, f"account-{LU}", LU, former="true")
    assert incoming_row(office, former, document) is None
    with pytest.raises(errors.DocumentNotFound):
        do(office, incoming.read_document, former, document_id=document, note=None)


STEPS: list[tuple[Callable[..., str], Row, Role]] = [
    (incoming.register_document, REGISTER, Role.OFFICE),
    (incoming.route_document, {"proposed": "请阅"}, Role.SECRETARY_GENERAL),
    (incoming.instruct_document, {"instruction": "同意"}, Role.CHAIR_COUNCIL),
    (incoming.circulate_document, CIRCLE, Role.OFFICE),
    (incoming.urge_document, {}, Role.OFFICE),
    (incoming.note_document, {"result": "已办"}, Role.OFFICE),
    (incoming.file_incoming, {"volume": "2017-1"}, Role.OFFICE),
]
BY = {Role.OFFICE: CLERK, Role.SECRETARY_GENERAL: CHIEF, Role.CHAIR_COUNCIL: CHAIR}


def test_each_step_is_of_one_role_and_the_same_command_takes_it_once(office: Office) -> None:
    document = received(office)
    for number, (act, given, role) in enumerate(STEPS):
        for other in set(BY) - {role}:
            with pytest.raises(Forbidden):
                act(
                    sent(BY[other], f"wrong-{number}"),
                    office.desk,
                    document_id=document,
                    **given,
                )
        for _ in range(2):
            by = sent(BY[role], f"step-{number}")
            act(by, office.desk, document_id=document, **given)
    assert state_of(office, document) is IncomingState.FILED
    assert len(office.told("document_urged")) == 1
