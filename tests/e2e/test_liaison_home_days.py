"""A Members' Home from day to day: its rota, what visitors bring, a pause, its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from gateway.base import global_id, local_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

ZHENZE = Actor("account-zhenze", Role.TOWN_STAFF, {"town": "town-zhenze"})
QIDU = Actor("account-qidu", Role.TOWN_STAFF, {"town": "town-qidu"})
EDITOR = Actor("account-editor", Role.INFO_EDITOR)
UNIT = Actor("account-zjj", Role.UNIT_OFFICER, {"unit": "unit-zjj"})
GU, MENG = "顾南乔", "孟西洲"
MONDAY = datetime(2017, 4, 10, 9, 30, tzinfo=SHANGHAI)
HOME = {
    "name": "震泽镇委员之家",
    "address": "震泽镇文化路8号",
    "hours": [{"weekday": 2, "opens": "09:00", "closes": "11:30"}],
    "sign": "政协委员之家",
    "duties": "联系群众，反映社情民意。",
    "process": "接待、登记、转办、反馈。",
    "rules": "委员轮流值班。",
}


@pytest.fixture(scope="module")
def house(world: World) -> Story:
    for number, name in enumerate((GU, MENG), 801):
        world.member(name, number, "24")
    known = world.stack.db("liaison")["members"]
    ids = [world.members[name].member_id for name in (GU, MENG)]
    eventually(lambda: known.count_documents({"_id": {"$in": ids}}) == len(ids))
    return Story(world)


@pytest.fixture
def home(house: Story) -> str:
    """A home of Zhenze's own, open on Tuesdays."""
    house.world.stack.move_clock(MONDAY)
    members = [house.gid(GU), house.gid(MENG)]
    shown = "home { id }"
    written = house.run(ZHENZE, "writeMembersHome", shown, **HOME, members=members)["home"]
    house.run(ZHENZE, "openMembersHome", shown, homeId=written["id"])
    return str(written["id"])


def nodes(story: Story, actor: Actor, query: str, **variables: Any) -> list[Document]:
    """The nodes of the one list that a query asks for."""
    [found] = story.ask(actor, query, **variables).values()
    return [edge["node"] for edge in found["edges"]]


def denied(story: Story, actor: Actor, query: str, **variables: Any) -> list[str]:
    """Codes of the errors of a query."""
    answer = story.world.stack.graphql(query, variables, story.world.stack.token(actor))
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


def test_a_day_on_duty_is_put_right_with_its_point(house: Story, home: str) -> None:
    story = house
    rows = [{"on": "2017-04-11", "memberId": story.gid(GU)}]
    story.run(ZHENZE, "setHomeRota", "home { id }", homeId=home, rows=rows)
    query = """query ($home: ID!, $state: HomeDutyState) {
      homeDuties(first: 5, filter: {homeId: $home, year: 2017, state: $state}) {
        edges { node { id on stateLabel member { name } home { name } mayConfirm } }
      }
    }"""
    [duty] = nodes(story, ZHENZE, query, home=home, state="PLANNED")
    assert (duty["on"], duty["member"]["name"], duty["home"]["name"]) == (
        "2017-04-11",
        GU,
        "震泽镇委员之家",
    )
    assert denied(story, UNIT, query, home=home) == ["FORBIDDEN"]
    story.world.stack.move_clock(datetime(2017, 4, 12, 9, tzinfo=SHANGHAI))
    given = {"dutyId": duty["id"]}
    story.run(ZHENZE, "confirmHomeDuty", "duty { state }", **given, tookPart=True)
    record = local_id(duty["id"], "HomeDuty")
    eventually(lambda: story.earned(GU, record) == [("C1", 2.0)])
    wrong = {**given, "tookPart": False, "reason": "登记有误"}
    shown = "duty { state }"
    assert story.turned_away(QIDU, "correctHomeDuty", **wrong) == "FORBIDDEN"
    row = story.only(ZHENZE, story.member(GU), "correctHomeDuty", shown, **wrong)["duty"]
    assert row == {"state": "MISSED"}
    eventually(lambda: story.earned(GU, record) == [("C1", -2.0), ("C1", 2.0)])
    assert nodes(story, story.member(MENG), query, home=home, state="DONE") == []


def test_a_matter_is_answered_at_once_and_closed(house: Story, home: str) -> None:
    story = house
    said = {"homeId": home, "matter": "巷口路灯不亮。", "topic": "市政设施"}
    visitor = {"name": "周某", "phone": "13800000001", "consent": True}
    shown = "reception { id code }"
    reception = story.run(ZHENZE, "recordReception", shown, **said, **visitor)["reception"]
    given = {"receptionId": reception["id"]}
    shown = "reception { state answer }"
    answer = {**given, "answer": "已请市政所修复。"}
    row = story.only(ZHENZE, OFFICE, "answerReception", shown, **answer)["reception"]
    assert row == {"state": "ANSWERED", "answer": "已请市政所修复。"}
    assert story.turned_away(QIDU, "answerReception", **answer) == "FORBIDDEN"
    row = story.only(ZHENZE, OFFICE, "closeReception", shown, **given)["reception"]
    assert row["state"] == "CLOSED"

    query = """query ($id: ID!) { reception(id: $id) {
      matter channelLabel visitorName visitorPhone mayRun
    } }"""
    asked = {"id": reception["id"]}
    whole = {"matter": "巷口路灯不亮。", "channelLabel": "来访"}
    named = {"visitorName": "周某", "visitorPhone": "13800000001"}
    seen = story.ask(ZHENZE, query, **asked)["reception"]
    assert seen == {**whole, **named, "mayRun": True}
    assert story.ask(PUBLIC_ACTOR, query, **asked)["reception"] is None
    query = """query ($home: ID!) {
      receptions(first: 5, filter: {homeId: $home, state: CLOSED, channel: VISIT, year: 2017}) {
        edges { node { id visitorName visitorPhone } }
      }
    }"""
    assert nodes(story, ZHENZE, query, home=home) == [{"id": reception["id"], **named}]
    hidden = {"id": reception["id"], "visitorName": None, "visitorPhone": None}
    assert nodes(story, EDITOR, query, home=home) == [hidden]  # figures, never the person
    assert denied(story, UNIT, query, home=home) == ["FORBIDDEN"]


def test_a_home_pauses_and_is_closed_with_its_bookings(house: Story, home: str) -> None:
    story = house
    book = """mutation ($input: BookHomeVisitInput!) {
      bookHomeVisit(input: $input) { code errors { reason } }
    }"""
    given = {"homeId": home, "on": "2017-04-18"}
    booked = story.ask(PUBLIC_ACTOR, book, input=given)["bookHomeVisit"]
    assert booked["errors"] == []
    query = """query ($home: ID!, $state: BookingState!) {
      visitBookings(first: 5, filter: {homeId: $home, state: $state}) {
        edges { node { code on startsAt } }
      }
    }"""
    row = {
        "code": booked["code"],
        "on": "2017-04-18",
        "startsAt": "2017-04-18T09:00:00+08:00",
    }
    of = {"home": home}
    assert nodes(story, ZHENZE, query, **of, state="BOOKED") == [row]
    assert nodes(story, QIDU, query, **of, state="BOOKED") == []
    assert denied(story, EDITOR, query, **of, state="BOOKED") == ["FORBIDDEN"]

    shown = "home { state reason }"
    pause = {"homeId": home, "reason": "房屋维修"}
    assert story.turned_away(QIDU, "suspendMembersHome", **pause) == "FORBIDDEN"
    paused = story.only(ZHENZE, OFFICE, "suspendMembersHome", shown, **pause)["home"]
    assert paused == {"state": "SUSPENDED", "reason": "房屋维修"}
    refused = story.ask(PUBLIC_ACTOR, book, input=given)["bookHomeVisit"]
    assert refused["errors"] == [{"reason": "BOOKING_UNFIT"}]
    over = {"homeId": home, "reason": "迁入新址"}
    closed = story.only(ZHENZE, OFFICE, "closeMembersHome", shown, **over)["home"]
    assert closed == {"state": "CLOSED", "reason": "迁入新址"}
    assert nodes(story, ZHENZE, query, **of, state="CANCELLED") == [row]
    seen = "query ($id: ID!) { membersHome(id: $id) { name stateLabel town { name } } }"
    assert story.ask(PUBLIC_ACTOR, seen, id=home)["membersHome"] is None  # not any more
    assert story.ask(ZHENZE, seen, id=home)["membersHome"] == {
        "name": "震泽镇委员之家",
        "stateLabel": "关闭",
        "town": {"name": "震泽镇工委"},
    }
    with pytest.raises(Refusal) as again:
        story.run(ZHENZE, "openMembersHome", "home { state }", homeId=home)
    assert again.value.codes == ["LIAISON_WRONG_STATE"]
    wrong = global_id("Member", "m-15-0801")
    assert denied(story, ZHENZE, seen, id=wrong) == ["INVALID_INPUT"]
