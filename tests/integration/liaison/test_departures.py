"""Who leaves the committee leaves days on duty, places and contacts to others (2.9, 12.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.liaison.commands import activities, circles, conferences, exchange, homes
from services.liaison.domain.circles import CircleKind
from services.liaison.domain.representatives import Category
from services.liaison.queries import activities as activity_reads
from services.liaison.queries import exchange as reads
from services.liaison.queries import homes as home_reads
from shared.clock import SHANGHAI
from shared.errors import StaleVersion
from tests.integration.liaison.desk import (
    ECONOMY,
    LILI,
    LU,
    MINJIAN,
    NOW,
    OFFICE,
    QIAN,
    House,
    member,
)

NEXT_WEDNESDAY = date(2017, 3, 22)


def busy(house: House) -> dict[str, Any]:
    """QIAN has a day behind her and a day before her, and whatever else a member can have."""
    home = house.home()
    held = {
        "home": home,
        "past": house.rota(home),
        "to come": house.rota(home, on=NEXT_WEDNESDAY),
        "activity": house.activity(capacity=1),
    }
    house.publish(held["activity"])
    house.do(activities.sign_up, member(QIAN), activity_id=held["activity"])
    group: dict[str, Any] = {
        "kind": CircleKind.TOPIC,
        "name": "二次供水议题小组",
        "about": "",
        "topic": "二次供水",
        "topic_codes": [],
        "organiser": "com-economy",
        "members": [QIAN, LU],
    }
    held["circle"] = house.do(circles.open_circle, ECONOMY, **group)
    listed: dict[str, Any] = {
        "representative_id": None,
        "category": Category.NEW_SOCIAL,
        "organisation": "某协会",
        "field_of_work": "",
        "town": None,
        "consent": True,
        "name": "王某",
        "phone": "",
        "notes": "",
        "keeper": QIAN,
    }
    held["representative"] = house.do(exchange.write_representative, OFFICE, **listed)
    house.clock.at = datetime(2017, 3, 16, 9, tzinfo=SHANGHAI)
    return held


def gone(house: House, version: int = 2) -> None:
    house.hear_of(QIAN, event_type="member_resigned", state="RESIGNED", version=version)


def test_a_resignation_leaves_everything_to_others_and_tells_them(house: House) -> None:
    held = busy(house)
    gone(house)
    gone(house)  # delivered twice
    desk = house.desk
    assert desk.duties.row(held["to come"])["state"] == "CANCELLED"
    [vacated] = house.told("home_duty_vacated")
    assert (vacated["duty_id"], vacated["town"]) == (held["to come"], "town-lili")
    assert desk.duties.row(held["past"])["state"] == "PLANNED"  # it may still be confirmed
    assert desk.activities.row(held["activity"])["signed_up"] == []
    house.do(activities.sign_up, member(LU), activity_id=held["activity"])  # the place is free
    assert desk.circles.row(held["circle"])["members"] == [LU]
    assert desk.homes.row(held["home"])["members"] == [LU]
    assert len(house.told("representative_vacated")) == 1
    asked: dict[str, Any] = {"filter": {"without_keeper": True}, "first": 20, "after": None}
    [row] = reads.list_representatives(OFFICE, desk, **asked)["rows"]
    assert row["id"] == held["representative"]
    house.rota(held["home"], LU, NEXT_WEDNESDAY)
    assert house.told("home_duty_set")[-1]["member_id"] == LU


def test_who_is_suspended_or_in_office_again_keeps_all(house: House) -> None:
    held = busy(house)
    house.hear_of(QIAN, event_type="member_suspended", state="SUSPENDED", version=2)
    house.hear_of(QIAN, event_type="member_reinstated", version=4)
    gone(house, version=3)  # told late: she is in office
    assert house.told("home_duty_vacated") == []
    assert house.desk.duties.row(held["to come"])["member_id"] == QIAN
    assert house.desk.representatives.row(held["representative"])["keeper"] == QIAN


def test_a_day_on_duty_that_is_over_waits_for_its_town_once(house: House) -> None:
    held = busy(house)
    house.clock.at = datetime(2017, 3, 15, 23, tzinfo=SHANGHAI)
    homes.ask_confirmations(LILI, house.desk)
    assert house.told("home_duty_confirmation_due") == []  # the day is not over
    house.clock.at = datetime(2017, 3, 16, 0, 1, tzinfo=SHANGHAI)
    for _ in range(2):
        homes.ask_confirmations(LILI, house.desk)
    assert [row["duty_id"] for row in house.told("home_duty_confirmation_due")] == [held["past"]]
    house.do(homes.confirm_duty, LILI, duty_id=held["past"], took_part=False)
    [told] = house.told("home_duty_confirmed")
    assert (told["duty_id"], told["took_part"]) == (held["past"], False)


def test_an_activity_that_is_over_waits_for_its_organisers_once(house: House) -> None:
    """No activity without its organisers' credit: from its end on it is a to-do."""
    start = datetime(2017, 4, 20, 9, tzinfo=SHANGHAI)
    id = house.activity(MINJIAN, held_at=start, ends_at=start + timedelta(hours=3))
    asked = [start - timedelta(minutes=1), start + timedelta(hours=1)]
    for at in asked:
        house.clock.at = at
        activities.ask_completion(LILI, house.desk)
    house.clock.at = NOW
    house.publish(id)
    for at in asked:
        house.clock.at = at
        activities.ask_completion(LILI, house.desk)
    assert house.told("activity_completion_due") == []  # still going on
    house.clock.at = start + timedelta(hours=3)
    for _ in range(2):
        activities.ask_completion(LILI, house.desk)
    assert [row["activity_id"] for row in house.told("activity_completion_due")] == [id]
    house.do(activities.start_activity, MINJIAN, activity_id=id)
    house.do(activities.cancel_activity, MINJIAN, activity_id=id, reason="无人到场")
    assert house.desk.activities.row(id)["state"] == "CANCELLED"


def test_the_closing_of_a_home_cancels_what_was_to_come_there(house: House) -> None:
    held = busy(house)
    other = house.home(name="黎里镇第二委员之家")
    kept = house.rota(other, LU, NEXT_WEDNESDAY)
    house.do(homes.close_home, LILI, home_id=held["home"], reason="撤并")
    states = {key: house.desk.duties.row(held[key])["state"] for key in ("past", "to come")}
    assert states == {"past": "PLANNED", "to come": "CANCELLED"}
    assert house.desk.duties.row(kept)["state"] == "PLANNED"
    assert [row["member_id"] for row in house.told("home_duty_cancelled")] == [QIAN]


def test_of_two_towns_clerks_the_later_sees_the_rota_that_the_first_wrote(house: House) -> None:
    home = house.home()
    [seen] = home_reads.homes_by_ids(LILI, house.desk, ids=[home])
    rows = [{"on": NEXT_WEDNESDAY, "member_id": QIAN}]
    said: dict[str, Any] = {"home_id": home, "rows": rows, "expected_version": seen["version"]}
    house.do(homes.set_rota, LILI, **said)
    with pytest.raises(StaleVersion):
        house.do(homes.set_rota, LILI, **said)


def test_who_has_left_is_expected_at_no_conference_to_come(house: House) -> None:
    plan: dict[str, Any] = {
        "organiser": "office-general",
        "no": 1,
        "title": "第一次联席会议",
        "held_at": datetime(2017, 4, 20, 9, tzinfo=SHANGHAI),
        "ends_at": None,
        "place": "一楼会议室",
        "members": [QIAN, LU],
        "participants": ["org-minjian"],
        "agenda": ["听取意见"],
    }
    conference = house.do(conferences.plan_conference, OFFICE, **plan)
    gone(house)
    assert house.desk.conferences.row(conference)["invited"] == [LU]


def test_what_is_to_come_is_listed_from_today_on_the_next_first(house: House) -> None:
    home = house.home()
    past, to_come = house.rota(home), house.rota(home, on=NEXT_WEDNESDAY)
    later = house.rota(home, on=NEXT_WEDNESDAY + timedelta(days=7))
    held = [datetime(2017, month, 20, 9, tzinfo=SHANGHAI) for month in (4, 5, 6)]
    made = [house.activity(MINJIAN, held_at=at, ends_at=None) for at in held]

    def listed(query: Any, at: datetime, until: datetime | None, latest_first: bool) -> list[str]:
        asked: dict[str, Any] = {"filter": {"since": at, "until": until}, "first": 9, "after": None}
        page = query(MINJIAN, house.desk, **asked, latest_first=latest_first)
        return [row["id"] for row in page["rows"]]

    today = datetime(2017, 3, 16, 9, tzinfo=SHANGHAI)
    assert listed(home_reads.list_duties, today, None, False) == [to_come, later]
    assert listed(home_reads.list_duties, today, None, True) == [later, to_come]
    assert past not in listed(home_reads.list_duties, today, None, True)
    assert listed(activity_reads.list_activities, held[1], None, False) == made[1:]
    assert listed(activity_reads.list_activities, today, held[2], False) == made[:2]
