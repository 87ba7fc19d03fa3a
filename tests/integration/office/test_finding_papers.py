"""Documents and affairs are found by number, title words and sender, and stand by due dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import pytest

from services.office.commands import affairs, incoming
from services.office.domain.affairs import AffairKind
from services.office.domain.document_kinds import WorkOrder
from services.office.queries import papers as reads
from services.office.queries import work
from services.office.repository.migrations import MIGRATIONS
from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence.migrations import migrate
from tests.integration.office.desk import CLERK, ECONOMY, LU, Office, Row, member
from tests.integration.office.papers import (
    REGISTER,
    do,
    draft,
    instructed,
    issue,
    know_organisations,
    number_of,
    received,
    sign,
)


@pytest.fixture(autouse=True)
def directory(office: Office) -> None:
    know_organisations(office)


def may(day: int) -> datetime:
    return datetime(2017, 5, day, 18, tzinfo=SHANGHAI)


def outgoing(office: Office, by: Call = CLERK, **asked: Any) -> list[str]:
    filter: Any = asked
    found = reads.list_outgoing(by, office.desk, filter=filter, first=20, after=None)
    assert reads.count_outgoing(by, office.desk, filter=filter) == len(found["rows"])
    return [row["id"] for row in found["rows"]]


def arrived(office: Office, order: WorkOrder = WorkOrder.NEWEST, **asked: Any) -> list[str]:
    filter, same = cast(Any, asked), cast(Any, dict(asked))
    page: Row = {"order_by": order, "first": 20, "after": None}
    found = reads.list_incoming(CLERK, office.desk, filter=filter, **page)
    assert reads.count_incoming(CLERK, office.desk, filter=same) == len(found["rows"])
    assert not {"words", "number_key", "due_order"} & {key for row in found["rows"] for key in row}
    return [row["id"] for row in found["rows"]]


def test_an_outgoing_document_by_its_number_and_the_words_of_its_title(office: Office) -> None:
    issued = issue(office, sign(office, draft(office)))
    draft(office, title="关于召开主席会议的通知")
    number = number_of(office, issued)
    assert number is not None
    assert outgoing(office, number=number) == [issued]
    assert outgoing(office, number=number.replace("〔", "[").replace("〕", "]")) == [issued]
    assert outgoing(office, number="吴政协〔2016〕3号") == []
    assert outgoing(office, title="委员视察") == [issued]
    assert outgoing(office, title="视察 主席") == []
    assert outgoing(office, member(LU), title="视察") == []


def test_an_incoming_document_by_number_title_sender(office: Office) -> None:
    first = received(office)
    other = received(office, title="防汛工作通报", sender=None, sender_name="苏州市政协办公室")
    numbered: Row = {**REGISTER, "number": "吴政办发〔2017〕31号"}
    do(office, incoming.register_document, CLERK, document_id=first, **numbered)
    assert arrived(office, number="吴政办发(2017)31号") == [first]
    assert arrived(office, title="河长制") == [first]
    assert arrived(office, sender="sup-qzfb") == [first]
    assert arrived(office, sender_name="苏州市政协办公室") == [other]


def test_incoming_documents_stand_by_their_due_dates(office: Office) -> None:
    undated, late, soon = instructed(office), *(instructed(office, due_at=may(d)) for d in (20, 8))
    assert arrived(office, WorkOrder.DUE) == [soon, late, undated]
    assert arrived(office, WorkOrder.DUE, due_before=may(9)) == [soon]
    do(office, incoming.hand_document, CLERK, document_id=soon, handler_id="com-economy")
    do(office, incoming.note_document, ECONOMY, document_id=soon, result="已办")
    assert arrived(office, WorkOrder.DUE, open=True) == [late, undated]
    page: Row = {"filter": {}, "order_by": WorkOrder.DUE, "first": 2}
    start = reads.list_incoming(CLERK, office.desk, after=None, **page)
    rest = reads.list_incoming(CLERK, office.desk, after=start["rows"][-1]["cursor"], **page)
    assert [row["id"] for row in rest["rows"]] == [undated]


def raised(office: Office, title: str, **wanted: datetime | None) -> str:
    asked: Row = {"kind": AffairKind.CAR, "title": title, "content": "用车", "place": None}
    times = {"wanted_from": None, "wanted_until": None, **wanted}
    rest = {"people": None, "proposal_id": None, "office_id": None}
    return do(office, affairs.raise_affair, member(LU), **asked, **times, **rest)


def listed(office: Office, **asked: Any) -> list[tuple[str, datetime | None]]:
    filter: Any = asked
    page: Row = {"order_by": WorkOrder.DUE, "first": 20, "after": None}
    found = work.list_affairs(CLERK, office.desk, filter=filter, **page)
    return [(row["id"], row["due_at"]) for row in found["rows"]]


def test_affairs_stand_by_when_they_are_needed(office: Office) -> None:
    some_day = raised(office, "空调维修")
    trip = raised(office, "视察用车", wanted_from=may(9), wanted_until=may(10))
    paper = raised(office, "打印纸", wanted_until=may(8))
    assert listed(office) == [(paper, may(8)), (trip, may(9)), (some_day, None)]
    assert listed(office, due_before=may(9)) == [(paper, may(8))]
    assert listed(office, title="用车") == [(trip, may(9))]
    do(office, affairs.reject_affair, CLERK, affair_id=paper, reason="已发放")
    assert listed(office, open=True) == [(trip, may(9)), (some_day, None)]
    assert office.told("affair_raised")[1]["due_at"] == may(9).isoformat()


def test_what_was_stored_before_is_found_as_well(office: Office) -> None:
    first = instructed(office, due_at=may(8), number="吴政办发〔2017〕33号")
    trip = raised(office, "视察用车", wanted_from=may(9))
    added = {"words": "", "number_key": "", "due_order": ""}
    office.desk.incoming.collection.update_many({}, {"$unset": added})
    office.desk.affairs.collection.update_many({}, {"$unset": {**added, "due_at": ""}})
    office.database.collection("migrations").delete_many({})
    migrate(office.database, MIGRATIONS)
    assert arrived(office, title="河长制", number="吴政办发〔2017〕33号") == [first]
    assert listed(office, title="用车", due_before=may(10)) == [(trip, may(9))]
