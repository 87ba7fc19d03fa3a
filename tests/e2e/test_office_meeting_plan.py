"""A committee's own meeting: written, changed, its people and speeches, and one called off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

MARCH = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)
SIXTH, SEVENTH = "2017-04-06T14:00:00+08:00", "2017-04-07T09:00:00+08:00"
URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})
ECONOMY = Actor("account-economy", Role.COMMITTEE_STAFF, {"committee": "com-economy"})
ZJJ = Actor("account-zjj", Role.UNIT_OFFICER, {"unit": "unit-zjj"})
GU, MENG, LEI = "顾望舒", "孟北辰", "雷时雨"
DETAILS = {
    "agenda": ["听取通报", "座谈讨论"],
    "host": "副主席",
    "leaders": ["分管副主席"],
    "checkInPlace": "一楼大厅",
    "car": "8:30 发车",
    "meals": "无",
    "notes": "请着正装",
}
MEETING = """meeting {
  id version kindLabel stateLabel title heldAt endsAt halfDays place mandatory reason notices
  details { agenda host leaders checkInPlace car meals notes } papers { name }
  invitees(first: 10) { edges { node { member { name } organisation { name } roleLabel } } }
  speeches { id topic formLabel members { name } files { name } }
}"""


@pytest.fixture(scope="module")
def committee(world: World) -> Story:
    for number, name in enumerate((GU, MENG, LEI), 781):
        world.member(name, number, "24")
    known = world.stack.db("office")["members"]
    ids = [world.members[name].member_id for name in (GU, MENG, LEI)]
    eventually(lambda: known.count_documents({"_id": {"$in": ids}}) == len(ids))
    return Story(world)


def act(story: Story, mutation: str, **given: Any) -> Document:
    """By the committee's clerk, after a member was turned away."""
    row: Document = story.only(URBAN, story.member(GU), mutation, MEETING, **given)["meeting"]
    return row


def invited(row: Document) -> list[tuple[str | None, str | None, str | None]]:
    """(member, organisation, role) of each."""
    return [
        (
            (node["member"] or {}).get("name"),
            (node["organisation"] or {}).get("name"),
            node["roleLabel"],
        )
        for edge in row["invitees"]["edges"]
        for node in [edge["node"]]
    ]


def planned(story: Story, title: str, held_at: str = SIXTH) -> Document:
    return act(
        story,
        "planMeeting",
        organiser=global_id("Organisation", "com-urban"),
        kind="COMMITTEE",
        title=title,
        heldAt=held_at,
        place="二楼会议室",
        mandatory=True,
        invited={"members": [{"memberId": story.gid(GU)}]},
        details={"host": "主任"},
    )


def test_a_plan_is_written_again_and_its_people_come_and_go(committee: Story) -> None:
    story = committee
    story.world.stack.move_clock(MARCH)
    row = planned(story, "专委会工作会议")
    assert (row["kindLabel"], row["stateLabel"], row["heldAt"]) == (
        "专委会会议",
        "已安排",
        SIXTH,
    )
    assert (row["details"]["host"], row["details"]["agenda"]) == ("主任", None)
    assert invited(row) == [(GU, None, "参加")]
    given = {"meetingId": row["id"]}

    changed = {
        "title": "专委会调研座谈会",
        "heldAt": SEVENTH,
        "endsAt": "2017-04-07T17:00:00+08:00",
    }
    more = {"halfDays": 2, "place": "吴江宾馆", "mandatory": False, "kind": "RESEARCH"}
    row = act(story, "changeMeeting", **given, **changed, **more)
    assert {key: row[key] for key in changed} == changed
    assert (row["kindLabel"], row["halfDays"], row["place"], row["mandatory"]) == (
        "调研",
        2,
        "吴江宾馆",
        False,
    )
    stale = {**given, "title": "另一个会议", "expectedVersion": row["version"] - 1}
    with pytest.raises(Refusal) as refused:
        story.run(URBAN, "changeMeeting", MEETING, **stale)
    assert refused.value.codes == ["STALE_VERSION"]
    other = {**given, "title": "另一个会议"}
    assert story.turned_away(ECONOMY, "changeMeeting", **other) == "NOT_FOUND"

    people: Document = {
        "members": [
            {"memberId": story.gid(MENG), "role": "OBSERVER"},
            {"memberId": story.gid(LEI), "capacity": "特邀"},
        ],
        "organisations": [global_id("Organisation", "unit-zjj")],
    }
    row = act(story, "inviteToMeeting", **given, invited=people)
    assert invited(row) == [
        (GU, None, "参加"),
        (MENG, None, "列席"),
        (LEI, None, "参加"),
        (None, "区住建局", "参加"),
    ]
    gone = {"members": [story.gid(LEI)], "organisations": people["organisations"]}
    row = act(story, "withdrawInvitation", **given, **gone)
    assert invited(row) == [(GU, None, "参加"), (MENG, None, "列席")]

    paper = story.upload(URBAN, "座谈提纲.pdf")
    detailed: Document = {**given, "details": DETAILS}
    assert story.turned_away(story.member(GU), "setMeetingDetails", **detailed) == "FORBIDDEN"
    row = story.run(URBAN, "setMeetingDetails", MEETING, **detailed, papers=[paper])["meeting"]
    assert row["details"] == DETAILS
    assert row["papers"] == [{"name": "座谈提纲.pdf"}]


def test_a_speech_is_recorded_and_its_record_put_right(committee: Story) -> None:
    story = committee
    story.world.stack.move_clock(MARCH)
    given = {"meetingId": planned(story, "界别协商会")["id"]}
    story.run(URBAN, "notifyMeeting", "meeting { id }", **given, shortNoticeReason="专项安排")
    story.await_message(GU, "界别协商会定于2017年4月6日14:00在二楼会议室")
    story.world.stack.move_clock(datetime(2017, 4, 6, 14, tzinfo=SHANGHAI))
    story.run(URBAN, "openCheckIn", "meeting { id }", **given)
    said = {**given, "topic": "老旧小区改造", "form": "ORAL", "members": [story.gid(GU)]}
    assert story.turned_away(story.member(GU), "recordSpeech", **said) == "FORBIDDEN"
    text = story.upload(URBAN, "发言稿.pdf")
    row = story.run(URBAN, "recordSpeech", MEETING, **said, files=[text])["meeting"]
    [speech] = row["speeches"]
    assert (speech["topic"], speech["formLabel"]) == ("老旧小区改造", "口头发言")
    assert (speech["members"], speech["files"]) == ([{"name": GU}], [{"name": "发言稿.pdf"}])
    put_right = {"speechId": speech["id"], "members": [story.gid(GU)], "form": "WRITTEN"}
    [speech] = act(story, "correctSpeech", **given, **put_right)["speeches"]
    assert speech["formLabel"] == "书面发言"
    none = {"speechId": speech["id"], "members": [story.gid(GU)]}
    [gone] = act(story, "correctSpeech", **given, **none)["speeches"]
    assert (gone["id"], gone["formLabel"]) == (speech["id"], None)  # listed, but no speech


def test_a_meeting_is_called_off_and_found_among_ones_own(committee: Story) -> None:
    story = committee
    story.world.stack.move_clock(MARCH)
    title = "专委会务虚会"
    given = {"meetingId": planned(story, title, SEVENTH)["id"]}
    story.run(URBAN, "notifyMeeting", "meeting { id }", **given, shortNoticeReason="专项安排")
    query = """query ($organiser: ID!, $invited: Boolean, $state: MeetingState) {
      meetings(latestFirst: true, first: 1, filter: {
        organiser: $organiser, invited: $invited, state: $state, kind: COMMITTEE,
        since: "2017-04-07T00:00:00+08:00", until: "2017-04-08T00:00:00+08:00"
      }) { edges { node { id title stateLabel } } }
    }"""
    asked = {"organiser": global_id("Organisation", "com-urban")}

    def listed(actor: Actor, **more: Any) -> list[Document]:
        found = story.ask(actor, query, **asked, **more)["meetings"]
        return [edge["node"] for edge in found["edges"]]

    row = {"id": given["meetingId"], "title": title, "stateLabel": "已通知"}
    assert listed(URBAN) == listed(story.member(GU), invited=True) == [row]
    assert listed(story.member(MENG)) == listed(ECONOMY) == listed(ZJJ) == []

    cancelled = act(story, "cancelMeeting", **given, reason="与区委会议冲突")
    assert (cancelled["stateLabel"], cancelled["reason"]) == ("已取消", "与区委会议冲突")
    story.await_message(GU, f"{title}已取消")
    assert listed(OFFICE, state="CANCELLED") == [{**row, "stateLabel": "已取消"}]
    assert listed(OFFICE, state="NOTIFIED") == []


def test_a_meeting_of_the_past_is_recorded_and_a_check_in_by_mistake_taken_back(
    committee: Story,
) -> None:
    story = committee
    story.world.stack.move_clock(MARCH)
    given = {"meetingId": planned(story, "二月专委会会议", "2017-02-20T09:00:00+08:00")["id"]}
    reason = "电话通知召开，事后补录"
    row = act(story, "recordPastMeeting", **given, reason=reason)
    assert (row["stateLabel"], row["reason"], row["notices"]) == ("已召开", reason, 0)
    rows = [{"memberId": story.gid(GU), "status": "PRESENT"}]
    confirmed = story.run(URBAN, "confirmAttendance", MEETING, **given, rows=rows)["meeting"]
    assert confirmed["stateLabel"] == "出席已确认"

    given = {"meetingId": planned(story, "三月专委会会议", "2017-03-01T09:30:00+08:00")["id"]}
    story.run(URBAN, "notifyMeeting", "meeting { id }", **given, shortNoticeReason="专项安排")
    story.run(URBAN, "openCheckIn", "meeting { id }", **given)
    assert act(story, "closeCheckIn", **given)["stateLabel"] == "已通知"


def test_only_the_office_plans_a_plenary_and_a_guest_need_not_come(committee: Story) -> None:
    story = committee
    story.world.stack.move_clock(MARCH)
    plan: Document = {
        "organiser": global_id("Organisation", "com-urban"),
        "kind": "PLENARY",
        "title": "全体会议",
        "heldAt": SIXTH,
        "place": "二楼会议室",
        "mandatory": True,
        "invited": {"members": [{"memberId": story.gid(LEI)}]},
    }
    assert story.turned_away(URBAN, "planMeeting", **plan) == "FORBIDDEN"
    shown = "meeting { mandatory invitees(first: 1) { edges { node { mandatory } } } }"
    for actor, kind, required in ((OFFICE, "PLENARY", True), (URBAN, "COMMITTEE", False)):
        row = story.run(actor, "planMeeting", shown, **{**plan, "kind": kind})["meeting"]
        [edge] = row["invitees"]["edges"]
        assert (row["mandatory"], edge["node"]["mandatory"]) == (True, required)


def test_a_unit_names_who_comes_for_it(committee: Story) -> None:
    story = committee
    story.world.stack.move_clock(MARCH)
    given = {"meetingId": planned(story, "部门协商会")["id"]}
    unit = {"organisations": [global_id("Organisation", "unit-zjj")]}
    act(story, "inviteToMeeting", **given, invited=unit)
    story.run(URBAN, "notifyMeeting", "meeting { id }", **given, shortNoticeReason="专项安排")
    coming = [{"name": "赵建华", "post": "副局长"}, {"name": "吴敏", "post": ""}]
    seen = "meeting { own { stateLabel attendees { name post } } }"
    row = story.only(
        ZJJ, story.member(GU), "nameMeetingAttendees", seen, **given, attendees=coming
    )["meeting"]
    assert row["own"] == {"stateLabel": "参加", "attendees": coming}
    query = """query ($id: ID!) { meeting(id: $id) { invitees(first: 5) {
      edges { node { organisation { name } attendees { name post } } } } } }"""
    people = story.ask(URBAN, query, id=given["meetingId"])["meeting"]["invitees"]["edges"]
    named = [edge["node"] for edge in people if edge["node"]["organisation"]]
    assert named == [{"organisation": {"name": "区住建局"}, "attendees": coming}]
