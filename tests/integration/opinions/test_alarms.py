"""Time limits in hours and working days, each alarm once (2.7, 10.3)."""

from __future__ import annotations

from datetime import datetime

from services.opinions.commands import editing
from services.opinions.domain.states import Urgency
from shared.clock import SHANGHAI
from shared.persistence.changing import save_unless_lost
from tests.integration.opinions.desk import EDITOR, SYSTEM, UNIT_ID, Bureau


def rung(bureau: Bureau, event_type: str = "opinion_overdue") -> list[tuple[str, str]]:
    return [(e["about"], e["due_at"][:16]) for e in bureau.told(event_type)]


def test_an_urgent_item_has_four_hours_and_the_day(bureau: Bureau) -> None:
    opinion = bureau.submitted(urgency=Urgency.URGENT)
    bureau.at(12, 9)
    bureau.ring()
    assert rung(bureau, "opinion_reminder_due") == []
    bureau.at(12, 10)
    for _ in range(2):
        bureau.ring()
    assert rung(bureau, "opinion_reminder_due") == [("EDIT", "2017-02-06T13:10")]
    bureau.at(13, 10)
    for _ in range(2):
        bureau.ring()
    assert rung(bureau) == [("EDIT", "2017-02-06T13:10")]
    bureau.do(editing.start_editing, EDITOR, opinion)
    bureau.sent(opinion)
    bureau.at(0, 0, 7)
    bureau.ring()
    assert rung(bureau)[1:] == [("SIGN", "2017-02-06T14:10"), ("DELIVER", "2017-02-06T23:59")]
    bureau.deliver(bureau.sign(opinion))
    kept = {c.about.value: c.kept(bureau.clock.at) for c in bureau.record(opinion).clocks}
    assert kept == {"EDIT": False, "DELIVER": False, "INFORM": True, "SIGN": False, "FOLLOW": None}


def test_late_at_night_the_day_is_no_shorter_than_the_editing(bureau: Bureau) -> None:
    bureau.at(22, 30)
    opinion = bureau.submitted(urgency=Urgency.URGENT)
    due = {c.about.value: c.due_at for c in bureau.record(opinion).clocks}
    assert due["EDIT"] == due["DELIVER"] == datetime(2017, 2, 7, 2, 30, tzinfo=SHANGHAI)


def test_a_normal_item_has_working_days(bureau: Bureau) -> None:
    bureau.at(16, 0, 27, 1)  # the Friday before the Spring Festival
    opinion = bureau.submitted()
    due = {c.about.value: c.due_at.date().isoformat() for c in bureau.record(opinion).clocks}
    assert due == {"EDIT": "2017-02-06", "DELIVER": "2017-02-06", "INFORM": "2017-02-08"}
    bureau.at(23, 59, 6)
    bureau.ring()
    assert rung(bureau) == []
    bureau.at(0, 0, 7)
    bureau.ring()
    assert sorted(about for about, _ in rung(bureau)) == ["DELIVER", "EDIT"]
    bureau.at(9, 0, 9)
    bureau.ring()
    assert sorted(about for about, _ in rung(bureau)) == ["DELIVER", "EDIT", "INFORM"]


def test_after_an_outage_only_the_latest_is_said(bureau: Bureau) -> None:
    bureau.submitted(urgency=Urgency.URGENT)
    bureau.at(9, 0, 20)
    bureau.ring()
    assert rung(bureau, "opinion_reminder_due") == []
    assert len(rung(bureau)) == 3


def test_what_was_decided_in_time_rings_no_more(bureau: Bureau) -> None:
    opinion = bureau.retain(bureau.submitted())
    bureau.at(9, 0, 20)
    bureau.ring()
    assert rung(bureau) == []
    assert bureau.record(opinion).next_alarm_at is None


def test_a_unit_and_its_office_are_told_of_a_result_that_is_due(bureau: Bureau) -> None:
    opinion = bureau.delivered()
    bureau.refer(opinion, due_on=datetime(2017, 3, 1, 12, tzinfo=SHANGHAI))
    bureau.at(12, 0, 24)
    bureau.ring()
    [reminder] = bureau.told("opinion_reminder_due")
    assert (reminder["about"], reminder["unit"]) == ("RESULT", UNIT_ID)
    bureau.at(0, 0, 2, 3)
    bureau.ring()
    [late] = bureau.told("opinion_overdue")
    assert (late["about"], late["unit"]) == ("RESULT", UNIT_ID)
    bureau.answer(opinion)
    bureau.at(9, 0, 1, 6)
    bureau.ring()
    assert [about for about, _ in rung(bureau)] == ["RESULT", "FOLLOW"]


def test_what_is_out_is_followed_to_its_end(bureau: Bureau) -> None:
    opinion = bureau.send_up(bureau.issued())
    bureau.at(9, 0, 8, 4)
    bureau.ring()
    assert rung(bureau) == [("FOLLOW", "2017-04-07T09:10")]
    bureau.close(opinion)
    other = bureau.close(bureau.delivered())
    bureau.instruct(other)  # open again, and followed anew
    bureau.at(9, 0, 8, 6)
    bureau.ring()
    assert rung(bureau)[1:] == [("FOLLOW", "2017-06-07T09:00")]


def test_a_returned_item_and_a_good_one_have_their_days(bureau: Bureau) -> None:
    bureau.do(editing.return_opinion, EDITOR, bureau.submitted(), reason="请补充")
    good = bureau.delivered()
    bureau.do(editing.nominate_good, EDITOR, good)
    bureau.at(9, 0, 28)
    bureau.ring()
    assert sorted(about for about, _ in rung(bureau)) == ["GOOD", "RESUBMIT"]


def test_two_replicas_ring_once(bureau: Bureau) -> None:
    bureau.submitted(urgency=Urgency.URGENT)
    bureau.at(13, 10)
    at = bureau.clock.at
    [late] = bureau.desk.opinions.ringing(at, 10)  # as the other replica has found it
    bureau.ring()
    assert late.ring(at)
    save_unless_lost(SYSTEM, bureau.desk.opinions, late, at)
    assert rung(bureau) == [("EDIT", "2017-02-06T13:10")]
