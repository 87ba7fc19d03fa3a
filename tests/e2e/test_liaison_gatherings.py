"""A conference to its minutes, a briefing that is urged, an activity called off, a group's end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from pymongo.collection import Collection

from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.meetings import hold
from tests.e2e.story import OFFICER, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

MARCH = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)
HELD_AT = datetime(2017, 4, 25, 9, tzinfo=SHANGHAI)
JIUSAN = Actor("account-jiusan", Role.ORG_STAFF, {"organisation": "org-jiusan"})
TAIMENG = Actor("account-taimeng", Role.ORG_STAFF, {"organisation": "org-taimeng"})
URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})
LIAISON = Actor("account-com-liaison", Role.COMMITTEE_STAFF, {"committee": "com-liaison"})
GU, MENG = "顾云起", "孟月明"


@pytest.fixture(scope="module")
def house(world: World) -> Story:
    for number, name in enumerate((GU, MENG), 811):
        world.member(name, number, "24")
    ids = [world.members[name].member_id for name in (GU, MENG)]
    for service in ("office", "liaison"):
        eventually(partial(_knows, world.stack.db(service)["members"], ids))
    return Story(world)


def _knows(members: Collection[Document], ids: list[str | None]) -> bool:
    return members.count_documents({"_id": {"$in": ids}}) == len(ids)


@pytest.fixture(autouse=True)
def spring(house: Story) -> None:
    house.world.stack.move_clock(MARCH)


def org(id: str) -> str:
    return global_id("Organisation", id)


def nodes(story: Story, actor: Actor, query: str, **variables: Any) -> list[Document]:
    """The nodes of the one list that a query asks for."""
    [found] = story.ask(actor, query, **variables).values()
    return [edge["node"] for edge in found["edges"]]


def denied(story: Story, actor: Actor, query: str, **variables: Any) -> list[str]:
    """Codes of the errors of a query."""
    answer = story.world.stack.graphql(query, variables, story.world.stack.token(actor))
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


def test_a_conference_has_its_agenda_and_ends_with_its_minutes(house: Story) -> None:
    story = house
    conference = story.run(
        OFFICE,
        "planJointConference",
        "conference { id meetingId }",
        no=2,
        title="2017年第二季度联席会议",
        organiser=org("office-general"),
        heldAt=HELD_AT.isoformat(),
        place="区政协三楼会议室",
        participants=[org("org-jiusan"), org("org-taimeng")],
        members=[story.gid(GU)],
    )["conference"]
    given = {"conferenceId": conference["id"]}
    agenda = {"agenda": ["通报上半年工作", "听取意见"]}
    shown = "conference { agenda }"
    set_ = story.only(OFFICE, JIUSAN, "setConferenceAgenda", shown, **given, **agenda)
    assert set_["conference"] == agenda

    raised = {"organisation": org("org-jiusan"), "kind": "ITEM", "title": "开放实验室"}
    text = {"text": "建议向中小企业开放共享实验室。"}
    item = story.run(JIUSAN, "raiseConferenceItem", "item { id }", **given, **raised, **text)
    query = """query ($of: ID!, $in: ID!) {
      conferenceItems(first: 5, filter: {
        conferenceId: $in, organisation: $of, kind: ITEM, state: RAISED, year: 2017
      }) { edges { node { id title raisedBy { id } } } }
    }"""
    asked = {"of": org("org-jiusan"), "in": conference["id"]}
    row = {"id": item["item"]["id"], "title": "开放实验室"}
    listed = [{**row, "raisedBy": {"id": org("org-jiusan")}}]
    for reader in (JIUSAN, OFFICE):
        assert nodes(story, reader, query, **asked) == listed

    hold(story, conference["meetingId"], [GU], HELD_AT)
    query = """query ($state: JointConferenceState!) {
      jointConferences(first: 50, filter: {year: 2017, state: $state}) {
        edges { node { id attendedCount invitedCount minutes } }
      }
    }"""
    whole = {"id": conference["id"], "attendedCount": 1, "invitedCount": 1}

    def told(state: str, reader: Actor) -> list[Document]:
        rows = nodes(story, reader, query, state=state)
        return [row for row in rows if row["id"] == conference["id"]]

    eventually(lambda: told("HELD", OFFICE) == [{**whole, "minutes": None}])
    shown, minutes = "conference { state }", {"minutes": "会议听取了两个党派的意见。"}
    closed = story.only(OFFICE, JIUSAN, "closeJointConference", shown, **given, **minutes)
    assert closed["conference"] == {"state": "CLOSED"}
    assert told("CLOSED", TAIMENG) == [{**whole, **minutes}]
    assert denied(story, OFFICER, query, state="CLOSED") == ["FORBIDDEN"]


def test_a_briefing_is_asked_for_again_of_those_who_gave_no_receipt(house: Story) -> None:
    story = house
    given = {"title": "2017年工作通报（二）", "text": "通报如下。"}
    recipients = [org("org-jiusan"), org("org-taimeng")]
    shown = "briefing { id }"
    sent = story.run(OFFICE, "sendWorkBriefing", shown, **given, recipients=recipients)
    one = {"briefingId": sent["briefing"]["id"]}
    story.run(JIUSAN, "confirmWorkBriefing", shown, **one)
    shown = "briefing { urges urgedAt receivedCount recipientsCount }"
    urged = story.only(OFFICE, JIUSAN, "urgeWorkBriefing", shown, **one)["briefing"]
    assert (urged["urges"], urged["receivedCount"], urged["recipientsCount"]) == (1, 1, 2)
    assert urged["urgedAt"].startswith("2017-03-01T09:")
    query = """query ($to: ID!) {
      workBriefings(first: 1, filter: {recipient: $to}) {
        edges { node { id title receivedAt } }
      }
    }"""
    asked = {"to": org("org-taimeng")}
    row = {"id": one["briefingId"], "title": given["title"], "receivedAt": None}
    assert nodes(story, TAIMENG, query, **asked) == [row]
    assert denied(story, story.member(GU), query, **asked) == ["FORBIDDEN"]


def calendar(story: Story, name: str) -> Callable[[], str]:
    """What the member's calendar feed shows now, in whole lines."""
    opened = story.run(story.member(name), "openCalendarFeed", "feed { path }")["feed"]["path"]
    http = story.world.stack.http
    return lambda: http.get(opened).text.replace("\r\n ", "").replace("\r\n", "\n")


def test_who_signed_up_withdraws_and_an_activity_is_called_off(house: Story) -> None:
    story = house
    shown = "activity { id state }"
    applied = story.run(
        URBAN,
        "applyActivity",
        shown,
        kind="RESEARCH",
        title="老旧小区改造调研",
        topic="老旧小区",
        organisers=[org("com-urban")],
        heldAt="2017-03-20T09:00:00+08:00",
        signUpBy="2017-03-19T18:00:00+08:00",
        place="松陵镇",
    )["activity"]
    given = {"activityId": applied["id"]}
    story.run(OFFICE, "decideActivity", shown, **given, published=True)
    for name in (GU, MENG):
        story.run(story.member(name), "signUpForActivity", shown, **given)
    seen = "query ($id: ID!) { activity(id: $id) { signedUpCount ownSignedUp stateLabel } }"
    before = {"signedUpCount": 2, "ownSignedUp": True, "stateLabel": "已发布"}
    assert story.ask(story.member(MENG), seen, id=applied["id"])["activity"] == before
    shown = "activity { signedUpCount ownSignedUp }"
    row = story.only(story.member(MENG), OFFICE, "withdrawFromActivity", shown, **given)
    assert row["activity"] == {"signedUpCount": 1, "ownSignedUp": False}
    with pytest.raises(Refusal) as refused:
        story.run(story.member(MENG), "withdrawFromActivity", shown, **given)
    assert refused.value.codes == ["SIGN_UP_UNFIT"]

    moved = {"heldAt": "2017-03-21T09:00:00+08:00", "place": "震泽镇", "reason": "场地检修"}
    shown = "activity { heldAt place signUpBy signedUpCount }"
    row = story.only(URBAN, story.member(GU), "moveActivity", shown, **given, **moved)
    assert row["activity"] == {
        "heldAt": moved["heldAt"],
        "place": "震泽镇",
        "signUpBy": "2017-03-20T18:00:00+08:00",
        "signedUpCount": 1,
    }
    story.await_message(GU, "由2017年3月20日09:00改至2017年3月21日09:00在震泽镇举行：场地检修。")
    assert story.told(MENG, "震泽镇") == 0
    calendars = {name: calendar(story, name) for name in (GU, MENG)}
    written = (
        "SUMMARY:老旧小区改造调研",
        "LOCATION:震泽镇",
        "SEQUENCE:1",
        "DTSTART:20170321T010000Z",
    )
    eventually(lambda: all(line in calendars[GU]() for line in written))
    assert "老旧小区改造调研" not in calendars[MENG]()

    reason = {"reason": "天气原因"}
    shown = "activity { state reason }"
    assert story.turned_away(LIAISON, "cancelActivity", **given, **reason) == "FORBIDDEN"
    off = story.only(URBAN, story.member(GU), "cancelActivity", shown, **given, **reason)
    assert off["activity"] == {"state": "CANCELLED", "reason": "天气原因"}
    story.await_message(GU, "您报名的活动“老旧小区改造调研”已取消：天气原因。")
    assert "STATUS:CANCELLED" in calendars[GU]()
    query = """query ($of: ID!, $signed: Boolean) {
      activities(first: 5, filter: {
        organiser: $of, kind: RESEARCH, state: CANCELLED, topic: "老旧小区", year: 2017,
        signedUp: $signed
      }) { edges { node { id title } } }
    }"""
    asked = {"of": org("com-urban")}
    listed = [{"id": applied["id"], "title": "老旧小区改造调研"}]
    assert nodes(story, URBAN, query, **asked) == listed
    assert nodes(story, story.member(GU), query, **asked, signed=True) == listed
    assert nodes(story, story.member(MENG), query, **asked, signed=True) == []
    assert denied(story, OFFICER, query, **asked) == ["FORBIDDEN"]


def test_a_groups_members_come_and_go_until_it_is_closed(house: Story) -> None:
    story = house
    about = {"kind": "TOPIC", "name": "老旧小区小组", "topic": "老旧小区"}
    shown = "circle { id memberList { name } state }"
    opened = story.run(URBAN, "openCircle", shown, **about, organiser=org("com-urban"))
    given = {"circleId": opened["circle"]["id"]}
    both = {"members": [story.gid(GU), story.gid(MENG)]}
    assert story.turned_away(LIAISON, "setCircleMembers", **given, **both) == "FORBIDDEN"
    row = story.only(URBAN, story.member(GU), "setCircleMembers", shown, **given, **both)
    assert row["circle"]["memberList"] == [{"name": GU}, {"name": MENG}]
    left = story.only(story.member(GU), URBAN, "leaveCircle", shown, **given)["circle"]
    assert left["memberList"] == [{"name": MENG}]
    closed = story.only(URBAN, story.member(MENG), "closeCircle", shown, **given)["circle"]
    assert closed["state"] == "CLOSED"
    with pytest.raises(Refusal) as refused:
        story.run(story.member(GU), "joinCircle", shown, **given)
    assert refused.value.codes == ["LIAISON_WRONG_STATE"]


def test_representatives_are_listed_by_category_for_those_who_keep_them(house: Story) -> None:
    story = house
    written: Document = {
        "category": "NEW_STRATUM",
        "organisation": "某律师事务所",
        "town": org("town-taoyuan"),
        "keeper": story.gid(GU),
        "name": "李某",
        "consent": True,
    }
    shown = "representative { id }"
    entry = story.run(LIAISON, "writeRepresentative", shown, **written)["representative"]
    query = """query ($town: ID!, $keeper: ID) {
      representatives(first: 5, filter: {
        category: NEW_STRATUM, town: $town, keeper: $keeper, state: LISTED
      }) { edges { node { id workplace keeper { name } details { name } } } }
    }"""
    asked = {"town": org("town-taoyuan")}
    row = {"id": entry["id"], "workplace": "某律师事务所", "keeper": {"name": GU}}
    listed = [{**row, "details": {"name": "李某"}}]
    assert nodes(story, LIAISON, query, **asked) == listed
    assert nodes(story, story.member(GU), query, **asked, keeper=story.gid(GU)) == listed
    assert nodes(story, story.member(MENG), query, **asked) == []
    assert denied(story, PUBLIC_ACTOR, query, **asked) == ["UNAUTHENTICATED"]
