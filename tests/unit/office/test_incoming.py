"""Incoming documents: every state, three dates, circulation, urging, reminders (2.10, 0.8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.office.domain import document_errors as errors
from services.office.domain.document_kinds import Kind, Retention, Urgency, refuse_classified
from services.office.domain.incoming import (
    MOVES,
    Dates,
    Incoming,
    IncomingState,
    ReminderPlan,
    next_reminder,
)
from shared.contracts import names
from tests.unit.office.documents import AT, CHAIR, CLERK, SECRETARY, incoming

PLAN = ReminderPlan(before=(3, 1), every=3)
DUE = AT + timedelta(days=10)
TWO = "member:m-15-0002"
SEVEN = "member:m-15-0007"


def registered(**changes: Any) -> Incoming:
    document = incoming()
    given: dict[str, Any] = {
        "kind": Kind.NOTICE,
        "number": None,
        "urgency": Urgency.NORMAL,
        "retention": Retention.PERMANENT,
        "dates": Dates(date(2017, 1, 6), date(2017, 1, 25), date(2017, 1, 26)),
        "addressed_to": "各镇党委",
        "copied_to": "区政协党组",
        "due_at": DUE,
        "attachments": (),
        "by": CLERK,
        "at": AT,
    }
    document.register(**{**given, **changes})
    return document


def instructed(**changes: Any) -> Incoming:
    document = registered(**changes)
    document.route("建议送主席会议成员传阅", SECRETARY, AT)
    document.instruct("同意，请传阅", CHAIR, AT)
    return document


def test_a_document_is_circulated_urged_noted_and_filed() -> None:
    document = instructed()
    document.circulate([TWO, SEVEN, TWO], CLERK, AT, PLAN)
    document.read([SEVEN], AT, "已阅")
    document.urge(CLERK, AT)
    document.urge(CLERK, AT)
    document.note_result("已传达", CLERK, AT)
    document.read([TWO], AT, None)
    document.file("2017-来文-1", CLERK, AT)
    assert document.state is IncomingState.FILED
    assert [step.state for step in document.trail] == [
        "REGISTERED",
        "ROUTED",
        "INSTRUCTED",
        "CIRCULATING",
        "URGED",
        "URGED",
        "NOTED",
        "FILED",
    ]
    assert [(r.key, r.read_at is not None, r.urged) for r in document.readers] == [
        (TWO, True, 2),
        (SEVEN, True, 0),
    ]
    assert document.urged == 2


def test_a_document_is_handled_by_a_committee() -> None:
    document = instructed()
    document.hand("com-economy", "COMMITTEE", "经济委", CLERK, AT, PLAN)
    document.urge(CLERK, AT)
    told = document.events[-1][1]
    assert (told["handler"], told["readers"], told["count"]) == ("com-economy", [], 1)
    document.note_result("已办结并反馈", CLERK, AT)
    assert document.next_reminder_at is None


def test_three_dates_are_kept_apart() -> None:
    document = registered()
    assert (document.adopted_on, document.dated_on, document.printed_on) == (
        date(2017, 1, 6),
        date(2017, 1, 25),
        date(2017, 1, 26),
    )
    assert document.received_on == date(2017, 2, 6)


@pytest.mark.parametrize(
    "dates",
    [
        Dates(date(2017, 1, 26), date(2017, 1, 25)),
        Dates(None, date(2017, 1, 27), date(2017, 1, 26)),
        Dates(None, None, date(2017, 2, 7)),
    ],
)
def test_dates_in_the_wrong_order_are_refused(dates: Dates) -> None:
    with pytest.raises(errors.DatesUnfit):
        registered(dates=dates)


def test_a_register_entry_is_corrected_until_it_is_routed() -> None:
    document = registered()
    again = {"urgency": Urgency.FLASH, "number": "吴委办发〔2017〕9号"}
    given = {
        "kind": Kind.NOTICE,
        "retention": Retention.PERMANENT,
        "dates": Dates(),
        "addressed_to": "",
        "copied_to": "",
        "due_at": None,
        "attachments": (),
        "by": CLERK,
        "at": AT,
    }
    document.register(**{**given, **again})  # type: ignore[arg-type]
    assert (document.urgency, document.number) == (Urgency.FLASH, "吴委办发〔2017〕9号")
    assert [event for event, _ in document.events] == [
        names.DOCUMENT_SIGNED_FOR,
        names.DOCUMENT_REGISTERED,
    ]
    document.route("请办公室办理", SECRETARY, AT)
    with pytest.raises(errors.WrongDocumentState):
        document.register(**{**given, **again})  # type: ignore[arg-type]


def test_a_proposed_handling_may_be_returned() -> None:
    document = registered()
    document.route("请阅", SECRETARY, AT)
    document.return_routing("请提出具体意见", CHAIR, AT)
    document.route("请经济科技委研究", SECRETARY, AT)
    assert document.proposed_handling == "请经济科技委研究"


def test_nobody_instructs_what_is_not_routed() -> None:
    with pytest.raises(errors.WrongDocumentState):
        registered().instruct("同意", CHAIR, AT)
    with pytest.raises(errors.WrongDocumentState):
        registered().circulate([TWO], CLERK, AT, PLAN)


def test_the_first_read_receipt_stands_and_strangers_give_none() -> None:
    document = instructed()
    document.circulate([TWO], CLERK, AT, PLAN)
    document.read([TWO], AT, "已阅")
    document.read([TWO], AT + timedelta(days=1), "再阅")
    assert [(r.read_at, r.note) for r in document.readers] == [(AT, "已阅")]
    with pytest.raises(errors.NotReader):
        document.read([SEVEN], AT, None)


def test_people_are_added_to_the_list_later() -> None:
    document = instructed()
    document.circulate([TWO], CLERK, AT, PLAN)
    document.urge(CLERK, AT)
    document.circulate([TWO, SEVEN], CLERK, AT, PLAN)
    assert document.events[-1][1]["readers"] == [SEVEN]
    assert document.state is IncomingState.URGED
    with pytest.raises(errors.NotReader):
        document.circulate([TWO], CLERK, AT, PLAN)


def test_what_everybody_has_read_is_not_urged() -> None:
    document = instructed()
    document.circulate([TWO], CLERK, AT, PLAN)
    document.read([TWO], AT, None)
    with pytest.raises(errors.NothingToUrge):
        document.urge(CLERK, AT)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (AT, DUE - timedelta(days=3)),
        (DUE - timedelta(days=3), DUE - timedelta(days=1)),
        (DUE - timedelta(days=1), DUE + timedelta(days=3)),
        (DUE + timedelta(days=3), DUE + timedelta(days=6)),
        (DUE + timedelta(days=100), DUE + timedelta(days=102)),
    ],
)
def test_reminders_come_before_and_after_the_due_date(at: datetime, then: datetime) -> None:
    assert next_reminder(DUE, at, PLAN) == then


def test_no_due_date_no_reminder() -> None:
    assert next_reminder(None, AT, PLAN) is None


def test_after_an_outage_only_the_latest_reminder_comes() -> None:
    document = instructed()
    document.hand("com-economy", "COMMITTEE", "经济委", CLERK, AT, PLAN)
    assert not document.remind(AT, PLAN)
    late = DUE + timedelta(days=4)
    assert document.remind(late, PLAN)
    assert not document.remind(late, PLAN)
    told = [data for event, data in document.events if event == names.DOCUMENT_REMINDER_DUE]
    assert [(data["days_late"], data["handler"]) for data in told] == [(4, "com-economy")]
    assert document.next_reminder_at == DUE + timedelta(days=6)


def test_who_has_read_is_not_reminded() -> None:
    document = instructed()
    document.circulate([TWO], CLERK, AT, PLAN)
    document.read([TWO], AT, None)
    assert document.remind(DUE, PLAN)
    assert names.DOCUMENT_REMINDER_DUE not in [event for event, _ in document.events]


def test_classified_documents_do_not_enter() -> None:
    with pytest.raises(errors.Classified):
        incoming(title="机密★关于某项工作的通知")
    with pytest.raises(errors.Classified):
        refuse_classified("SECRET", "关于某项工作的通知")


def test_only_the_filed_has_no_way_on() -> None:
    assert {state for state, after in MOVES.items() if not after} == {IncomingState.FILED}


def test_what_was_urged_is_handed_to_another_office() -> None:
    document = instructed()
    document.hand("com-economy", "COMMITTEE", "经济委", CLERK, AT, PLAN)
    document.urge(CLERK, AT)
    with pytest.raises(errors.RecipientsUnfit):
        document.hand("com-economy", "COMMITTEE", "经济委", CLERK, AT, PLAN)
    document.hand("com-urban", "COMMITTEE", "城乡委", CLERK, AT, PLAN)
    told = document.events[-1][1]
    assert (told["handler"], told["former"], told["former_kind"]) == (
        "com-urban",
        "com-economy",
        "COMMITTEE",
    )
    assert (document.state, document.trail[-1].note) == (IncomingState.HANDLING, "城乡委")


def test_what_is_only_to_be_read_is_circulated_at_once() -> None:
    document = registered(due_at=None)
    document.circulate([TWO], CLERK, AT, PLAN)
    assert document.state is IncomingState.CIRCULATING
    dated = registered()
    with pytest.raises(errors.WrongDocumentState, match="办结时限"):
        dated.circulate([TWO], CLERK, AT, PLAN)
    assert dated.state is IncomingState.REGISTERED
