"""Members' Homes: wall, rota, confirmed days, visitors and their codes (13.4, AC-24)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.liaison import reactions
from services.liaison.commands import homes, leads, receptions
from services.liaison.domain import errors
from services.liaison.domain.leads import Target
from services.liaison.queries import homes as reads
from services.liaison.queries import statistics
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.errors import Forbidden
from shared.ids import new_id
from shared.messaging.events import from_document
from tests.integration.liaison.desk import (
    ADMIN,
    CONVENER,
    ECONOMY,
    EDITOR,
    LEADER,
    LILI,
    LU,
    NOW,
    OFFICE,
    QIAN,
    SHEN,
    SHENGZE,
    VISITOR,
    WEDNESDAY,
    House,
    member,
)

ON_DUTY = datetime(2017, 3, 15, 9, 30, tzinfo=SHANGHAI)
BOOK: dict[str, Any] = {
    "on": WEDNESDAY,
    "matter": "反映用水问题",
    "name": "",
    "phone": "",
    "consent": False,
    "client": "client-1",
}
LEAVE: dict[str, Any] = {
    "matter": "小区楼顶水箱多年没有清洗",
    "topic": "二次供水",
    "name": "",
    "phone": "",
    "consent": False,
    "client": "client-1",
}
FORWARD: dict[str, Any] = {"topic": "", "title": "楼顶水箱", "text": "多年未清洗。"}


def looked(house: House, code: str, client: str = "client-9") -> str | None:
    row = reads.visitor_matter(VISITOR, house.desk, code=code, client=client)
    return None if row is None else str(row["state"])


def code_of(house: House, reception_id: str) -> str:
    found = house.desk.receptions.get(reception_id)
    assert found is not None
    return found.code


def book(house: House, home: str, client: str = "client-1", **changes: Any) -> str:
    """The booking's id."""
    actor = changes.pop("actor", VISITOR)
    said = {**BOOK, "client": client, **changes}
    answer = house.do(receptions.book_visit, actor, home_id=home, **said)
    [kept] = house.desk.bookings.find({"code": receptions.normal(answer["code"])}, [("_id", 1)])
    assert kept.starts_at == answer["starts_at"]
    return kept.id


def test_a_home_opens_when_its_wall_is_complete_and_is_its_towns(house: House) -> None:
    with pytest.raises(errors.HomeUnfit) as incomplete:
        house.home(rules="")
    assert incomplete.value.field == "rules"
    with pytest.raises(errors.HomeUnfit):
        house.home(hours=[{"weekday": 3, "opens": "11:00", "closes": "09:00"}])
    home = house.home()
    for other in (SHENGZE,):
        with pytest.raises(Forbidden):
            house.do(homes.suspend_home, other, home_id=home, reason="装修")
    house.do(homes.suspend_home, LILI, home_id=home, reason="装修")
    house.do(homes.open_home, LILI, home_id=home)
    house.do(homes.close_home, LILI, home_id=home, reason="撤并")
    with pytest.raises(errors.WrongState):
        house.do(homes.open_home, LILI, home_id=home)
    states = [row["state"] for row in house.told("home_state_changed")]
    assert states == ["OPEN", "SUSPENDED", "OPEN", "CLOSED"]


def test_everybody_reads_the_wall_of_an_open_home_alone(house: House) -> None:
    home = house.home()
    [seen] = reads.homes_by_ids(VISITOR, house.desk, ids=[home])
    assert (seen["name"], seen["town_id"]) == ("黎里镇委员之家", "town-lili")
    [town] = statistics.liaison_map(VISITOR, house.desk)
    assert town["homes"] == [seen]  # the same fields, wherever a home is shown
    assert seen["may_run"] is False
    house.do(homes.close_home, LILI, home_id=home, reason="撤并")
    assert reads.homes_by_ids(VISITOR, house.desk, ids=[home]) == []
    assert len(reads.homes_by_ids(LILI, house.desk, ids=[home])) == 1
    assert statistics.liaison_map(VISITOR, house.desk) == []


def test_the_rota_names_one_member_a_day_and_tells_each_change(house: House) -> None:
    home = house.home()
    house.rota(home)
    house.rota(home)  # the same again is no news
    house.rota(home, LU)
    house.rota(home, None)
    assert [row["member_id"] for row in house.told("home_duty_set")] == [QIAN, LU]
    assert [row["member_id"] for row in house.told("home_duty_cancelled")] == [QIAN, LU]
    with pytest.raises(errors.DutyUnfit):
        house.rota(home, QIAN, date(2017, 2, 1))
    with pytest.raises(errors.HomeUnfit):
        house.rota(home, "m-15-9999")
    house.rota(home)
    house.clock.at = ON_DUTY + timedelta(days=1)
    with pytest.raises(errors.DutyUnfit):
        house.rota(home, LU)  # the day is over: it is confirmed or missed, not given away
    house.clock.at = NOW
    twice = [{"on": WEDNESDAY, "member_id": id} for id in (QIAN, LU)]
    with pytest.raises(errors.DutyUnfit):
        house.do(homes.set_rota, LILI, home_id=home, rows=twice)
    with pytest.raises(Forbidden):
        house.do(homes.set_rota, SHENGZE, home_id=home, rows=twice[:1])


def test_a_member_is_reminded_once_the_day_before(house: House) -> None:
    house.rota(house.home())
    homes.remind_of_duties(LILI, house.desk)
    assert house.told("home_duty_reminder_due") == []
    house.clock.at = ON_DUTY - timedelta(hours=20)
    for _ in range(2):
        homes.remind_of_duties(LILI, house.desk)
    assert [row["member_id"] for row in house.told("home_duty_reminder_due")] == [QIAN]


def test_a_day_on_duty_earns_one_participation_and_is_corrected(house: House) -> None:
    duty = house.rota(house.home())
    confirm = {"duty_id": duty, "took_part": True}
    with pytest.raises(errors.DutyUnfit):
        house.do(homes.confirm_duty, LILI, **confirm)
    house.clock.at = ON_DUTY
    with pytest.raises(Forbidden):
        house.do(homes.confirm_duty, SHENGZE, **confirm)
    house.do(homes.confirm_duty, LILI, **confirm)
    with pytest.raises(errors.WrongState):
        house.do(homes.confirm_duty, LILI, **confirm)
    [told] = house.told("activity_participation_confirmed")
    assert (told["activity_id"], told["kind"]) == (duty, "HOME_DUTY")
    assert told["rows"] == [{"member_id": QIAN, "took_part": True, "occurrence_no": 1}]
    wrong = {"duty_id": duty, "took_part": False, "reason": "由他人代班"}
    house.do(homes.correct_duty, LILI, **wrong)
    [corrected] = house.told("activity_participation_corrected")
    assert corrected["rows"] == [{"member_id": QIAN, "took_part": False, "occurrence_no": 1}]
    with pytest.raises(errors.ParticipationUnfit):
        house.do(homes.correct_duty, LILI, **wrong)


def test_a_missed_day_tells_nothing_until_it_is_corrected(house: House) -> None:
    duty = house.rota(house.home())
    house.clock.at = ON_DUTY
    house.do(homes.confirm_duty, LILI, duty_id=duty, took_part=False)
    assert house.told("activity_participation_confirmed") == []
    said = {"duty_id": duty, "took_part": True, "reason": "实际到岗"}
    house.do(homes.correct_duty, LILI, **said)
    [told] = house.told("activity_participation_corrected")
    assert told["rows"] == [{"member_id": QIAN, "took_part": True, "occurrence_no": 1}]


def test_who_is_on_duty_receives_and_nobody_else(house: House) -> None:
    home = house.home()
    house.rota(home)
    house.clock.at = ON_DUTY
    with pytest.raises(errors.NotOnDuty):
        house.reception(home, member(SHEN))
    with pytest.raises(errors.NotOnDuty):
        house.reception(home, SHENGZE)
    house.reception(home, member(QIAN))
    house.reception(home, LILI)
    house.reception(home, CONVENER)
    on_duty = [row["on_duty"] for row in house.told("home_reception_recorded")]
    assert on_duty == [[QIAN], [QIAN], [LU]]
    with pytest.raises(errors.BookingUnfit):
        house.reception(home, member(QIAN), at=ON_DUTY + timedelta(hours=1))
    house.do(homes.suspend_home, LILI, home_id=home, reason="装修")
    with pytest.raises(errors.WrongState):
        house.reception(home, member(QIAN))


def test_a_visitors_data_need_consent_and_are_for_the_hosts(house: House) -> None:
    home = house.home()
    house.rota(home)
    house.clock.at = ON_DUTY
    with pytest.raises(errors.ConsentMissing):
        house.reception(home, member(QIAN), name="张三")
    kept = house.reception(home, member(QIAN), name="张三", phone="13800000000", consent=True)
    for host in (member(QIAN), LILI):
        [row] = reads.receptions_by_ids(host, house.desk, ids=[kept])
        assert (row["visitor_name"], row["visitor_phone"]) == ("张三", "13800000000")
    for reader in (OFFICE, LEADER, EDITOR, ECONOMY):
        [row] = reads.receptions_by_ids(reader, house.desk, ids=[kept])
        assert (row["visitor_name"], row["visitor_phone"], row["code"]) == (None, None, None)
        assert "13800000000" not in str(row)
    for stranger in (member(SHEN), SHENGZE, ADMIN, VISITOR):
        assert reads.receptions_by_ids(stranger, house.desk, ids=[kept]) == []
    assert "张三" not in str(house.told("home_reception_recorded"))


def test_a_reception_is_forwarded_each_way_once_and_answered(house: House) -> None:
    home = house.home()
    house.rota(home)
    house.clock.at = ON_DUTY
    qian = member(QIAN)
    id = house.reception(home, qian)
    code = code_of(house, id)
    assert looked(house, code) == "RECEIVED"
    for to in (Target.OPINION, Target.PROPOSAL_LEAD):
        house.do(receptions.forward_reception, qian, reception_id=id, to=to, **FORWARD)
    with pytest.raises(errors.LeadForwarded):
        said = {"reception_id": id, "to": Target.OPINION, **FORWARD}
        house.do(receptions.forward_reception, qian, **said)
    with pytest.raises(Forbidden):
        house.do(receptions.answer_reception, member(SHEN), reception_id=id, answer="好")
    opinion, lead = house.told("home_lead_converted")
    assert (opinion["origin"], opinion["to"], lead["to"]) == (
        "RECEPTION",
        "OPINION",
        "PROPOSAL_LEAD",
    )
    assert lead["topic"] == "二次供水"  # the reception's own, unless another is named
    assert looked(house, code.lower()[:6] + "-" + code[6:]) == "FORWARDED"
    for told, answer in ((opinion, "已编报。"), (lead, "已列入提案选题。")):
        said = {"lead_id": told["lead_id"], "answer": answer, "reference": None}
        house.do(leads.answer_lead, OFFICE, **said)
    [row] = reads.receptions_by_ids(qian, house.desk, ids=[id])
    assert (row["state"], row["answer"]) == ("ANSWERED", "已编报。\n已列入提案选题。")
    house.do(receptions.close_reception, qian, reception_id=id)
    assert looked(house, code) == "ANSWERED"


def test_a_code_tells_one_word_and_a_wrong_one_nothing(house: House) -> None:
    home = house.home()
    left = house.do(receptions.leave_lead, VISITOR, home_id=home, **LEAVE)
    row = reads.visitor_matter(VISITOR, house.desk, code=left, client="c")
    assert row == {"state": "RECEIVED"}
    assert looked(house, "ABCD-EFGH-JKLM") is None
    assert len(receptions.normal(left)) == 12


def test_codes_cannot_be_tried_out(house: House) -> None:
    for _ in range(60):
        looked(house, "ABCD", "client-1")
    with pytest.raises(errors.TooMany):
        looked(house, "ABCD", "client-1")
    assert looked(house, "ABCD", "client-2") is None
    house.clock.at += timedelta(days=1)
    assert looked(house, "ABCD", "client-1") is None


def test_the_public_leaves_leads_within_limits(house: House) -> None:
    home = house.home()
    with pytest.raises(errors.ConsentMissing):
        house.do(receptions.leave_lead, VISITOR, home_id=home, **{**LEAVE, "name": "张三"})
    for _ in range(4):  # the refused one was counted too
        house.do(receptions.leave_lead, VISITOR, home_id=home, **LEAVE)
    with pytest.raises(errors.TooMany):
        house.do(receptions.leave_lead, VISITOR, home_id=home, **LEAVE)
    house.do(receptions.leave_lead, VISITOR, home_id=home, **{**LEAVE, "client": "client-2"})
    assert {row["town"] for row in house.told("home_lead_left")} == {"town-lili"}
    assert house.told("home_reception_recorded") == []
    house.do(homes.suspend_home, LILI, home_id=home, reason="装修")
    with pytest.raises(errors.BookingUnfit):
        house.do(receptions.leave_lead, VISITOR, home_id=home, **{**LEAVE, "client": "client-3"})


def test_a_visit_is_booked_for_a_day_with_hours_received_or_called_off(house: House) -> None:
    home = house.home()
    for on in (date(2017, 3, 14), date(2017, 2, 22), date(2017, 7, 5)):  # Tuesday, past, too far
        with pytest.raises(errors.BookingUnfit):
            house.do(receptions.book_visit, VISITOR, home_id=home, **{**BOOK, "on": on})
    booked, other = (book(house, home, f"client-{number}") for number in (2, 3))
    [first, second] = (house.desk.bookings.row(id) for id in (booked, other))
    assert first["starts_at"] == datetime(2017, 3, 15, 9, tzinfo=SHANGHAI)
    house.rota(home)
    page = reads.list_bookings(member(QIAN), house.desk, filter={}, first=20, after=None)
    assert len(page["rows"]) == 2
    assert reads.count_bookings(member(SHEN), house.desk, filter={}) == 0
    assert reads.count_bookings(LILI, house.desk, filter={}) == 2
    house.clock.at = ON_DUTY
    reception = house.reception(home, member(QIAN), booking_id=booked)
    assert code_of(house, reception) == first["code"]
    assert looked(house, first["code"]) == "RECEIVED"
    cancel = {"code": second["code"], "client": "client-1"}
    house.do(receptions.cancel_booking, VISITOR, **cancel)
    assert looked(house, second["code"]) == "CANCELLED"
    with pytest.raises(errors.WrongState):
        house.do(receptions.cancel_booking, VISITOR, **cancel)
    with pytest.raises(errors.WrongState):
        house.reception(home, member(QIAN), booking_id=other)


def test_a_visitor_who_did_not_come_is_noted_by_who_was_there(house: House) -> None:
    home = house.home()
    house.rota(home)
    booked = [book(house, home, f"client-{number}") for number in range(3)]
    missed = {"booking_id": booked[0]}
    with pytest.raises(errors.BookingUnfit):
        house.do(receptions.miss_booking, LILI, **missed)
    house.clock.at = ON_DUTY
    for other in (SHENGZE, member(SHEN)):
        with pytest.raises(errors.NotOnDuty):
            house.do(receptions.miss_booking, other, **missed)
    house.do(receptions.miss_booking, member(QIAN), **missed)
    with pytest.raises(errors.WrongState):
        house.do(receptions.miss_booking, LILI, **missed)
    house.reception(home, member(QIAN), booking_id=booked[1])
    house.do(homes.close_home, LILI, home_id=home, reason="撤并")
    ends = {row["booking_id"]: row["state"] for row in house.told("home_booking_ended")}
    assert ends == dict(zip(booked, ("MISSED", "RECEIVED", "CANCELLED"), strict=True))
    gone = house.desk.bookings.get(booked[2])
    assert gone is not None and looked(house, gone.code) == "CANCELLED"


def test_a_day_takes_so_many_bookings_and_keeps_some_for_who_calls(house: House) -> None:
    """Six for whoever comes over the net; the town gives the other four, as often as asked."""
    home = house.home()
    for number in range(6):
        book(house, home, f"client-{number}")
    with pytest.raises(errors.BookingUnfit):
        book(house, home, "another")
    for _ in range(4):
        book(house, home, "the town's", actor=LILI)
    with pytest.raises(errors.BookingUnfit):
        book(house, home, "the town's", actor=LILI)
    assert (
        looked(house, str(house.desk.bookings.row(book(house, home, **NEXT))["code"])) == "BOOKED"
    )


NEXT: dict[str, Any] = {"on": date(2017, 3, 22), "client": "another"}


def test_two_clients_cannot_fill_a_home(house: House) -> None:
    """One place of a day for each, under whatever name, also when it was called off."""
    home = house.home()
    id = book(house, home, "client-1")
    for name in ("", "张三"):
        with pytest.raises(errors.TooMany):
            book(house, home, "client-1", name=name, consent=bool(name))
    code = house.desk.bookings.row(id)["code"]
    house.do(receptions.cancel_booking, VISITOR, code=code, client="client-1")
    with pytest.raises(errors.TooMany):
        book(house, home, "client-1")
    book(house, home, "client-2")
    book(house, home, "client-1", on=NEXT["on"])
    assert house.desk.bookings.count({"home_id": home, "state": "BOOKED"}) == 2


def test_a_phone_counts_like_a_client(house: House) -> None:
    home = house.home()
    own = {"name": "张三", "phone": "13800000009", "consent": True}
    book(house, home, "client-1", **own)
    with pytest.raises(errors.TooMany):
        book(house, home, "client-2", **own)
    with pytest.raises(errors.ConsentMissing):
        book(house, home, "client-3", **{**own, "consent": False})
    book(house, home, "client-3", on=NEXT["on"], **own)


def test_an_account_has_one_place_too_and_no_more_of_the_day_for_itself(house: House) -> None:
    """Another town's staff are no hosts; one's client counts for nothing when one is signed in."""
    home = house.home()
    book(house, home, "client-1", actor=SHENGZE)
    with pytest.raises(errors.TooMany):
        book(house, home, "client-2", actor=SHENGZE)
    book(house, home, "client-1")


def test_what_is_counted_names_no_client_and_no_home(house: House) -> None:
    home = house.home()
    book(house, home, "client-1", name="张三", phone="13800000009", consent=True)
    kept = [row for row in house.database.collection("visits").find() if "place" in row["_id"]]
    assert len(kept) == 2
    assert not any(word in str(kept) for word in (home, "client-1", "13800000009"))
    day = datetime(2017, 3, 15, 9, tzinfo=SHANGHAI)
    assert all(row["expires_at"] > house.clock.real() + (day - house.clock.now()) for row in kept)


def test_a_town_counts_its_year_and_sees_its_own_alone(house: House) -> None:
    home = house.home()
    duty = house.rota(home)
    house.clock.at = ON_DUTY
    id = house.reception(home, member(QIAN))
    said = {"reception_id": id, "to": Target.OPINION, **FORWARD}
    house.do(receptions.forward_reception, member(QIAN), **said)
    house.do(homes.confirm_duty, LILI, duty_id=duty, took_part=True)
    [row] = statistics.town_statistics(OFFICE, house.desk, year=2017)
    figures = ("homes_open", "duties_done", "receptions", "receptions_forwarded", "activities")
    assert [row[name] for name in figures] == [1, 1, 1, 1, 0]
    assert row["weeks_without_duty"] == 11  # of twelve begun since the first of January
    assert statistics.town_statistics(SHENGZE, house.desk, year=2017) == []


def test_what_a_unit_has_done_is_added_to_the_visitors_answer_once(house: House) -> None:
    """Issued first, or the unit's result first: each is heard once, the result is never lost."""
    for first in ("opinion_issued", "opinion_result_given"):
        home = house.home()
        house.rota(home)
        house.clock.at = ON_DUTY
        id = house.reception(home, member(QIAN))
        said = {"reception_id": id, "to": Target.OPINION, **FORWARD}
        house.do(receptions.forward_reception, member(QIAN), **said)
        [lead] = house.desk.leads.find({"source_id": id}, [("_id", 1)])
        origin = {"kind": "RECEPTION", "ref": lead.id}
        result = {"result": "已纳入明年改造计划", "occurrence_no": 1}
        issued = sample_event("opinions", "opinion_issued", id=new_id(), origin=origin)
        given = sample_event(
            "opinions", "opinion_result_given", id=new_id(), origin=origin, **result
        )
        order = (issued, given) if first == "opinion_issued" else (given, issued)
        for event in (*order, given, issued):
            reactions.note_opinion(from_document(event.to_document()), house.desk)
        answered = house.desk.receptions.row(id)
        assert answered["state"] == "ANSWERED"
        assert answered["answer"].count("有关部门反馈：已纳入明年改造计划") == 1
        known = "已编入社情民意信息报送。" in answered["answer"]
        assert known == (first == "opinion_issued")
