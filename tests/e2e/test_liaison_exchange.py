"""Visits, representatives, topic groups, years and figures of liaison, as clients ask for them."""

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

CLERK = Actor("account-office-2", Role.OFFICE)
LIAISON = Actor("account-com-liaison", Role.COMMITTEE_STAFF, {"committee": "com-liaison"})
ECONOMY = Actor("account-economy", Role.COMMITTEE_STAFF, {"committee": "com-economy"})
CONVENER = Actor("account-convener", Role.SECTOR_CONVENER, {"sector_group": "group-22"})
TONGLI = Actor("account-tongli", Role.TOWN_STAFF, {"town": "town-tongli"})
EDITOR = Actor("account-editor", Role.INFO_EDITOR)
WEN, BAI = "温如玉", "白砚秋"
MARCH = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def house(world: World) -> Story:
    for number, name in enumerate((WEN, BAI), 721):
        world.member(name, number, "22")
    known = world.stack.db("liaison")["members"]
    ids = [world.members[name].member_id for name in (WEN, BAI)]
    eventually(lambda: known.count_documents({"_id": {"$in": ids}}) == len(ids))
    return Story(world)


def org(id: str) -> str:
    return global_id("Organisation", id)


def seen(story: Story, actor: Actor, field: str, shown: str, id: str) -> Any:
    query = f"query ($id: ID!) {{ {field}(id: $id) {{ {shown} }} }}"
    return story.ask(actor, query, id=id)[field]


def test_restricted_notes_are_shown_to_those_named_alone(house: Story) -> None:
    story = house
    story.world.stack.move_clock(MARCH)
    written = story.run(
        OFFICE,
        "writeExchange",
        "exchange { id restricted { visited notes } organiser { id } ledBy { name } }",
        kind="CONDOLENCE",
        title="走访慰问宗教界代表人士",
        on="2017-02-20T09:00:00+08:00",
        place="某寺",
        organiser=org("office-general"),
        leader=story.gid(WEN),
        participants=[story.gid(WEN)],
        visited="某法师",
        notes="谈及修缮经费。",
        named=[story.gid(BAI)],
        files=[story.upload(OFFICE, "照片.pdf")],
    )["exchange"]
    assert written["restricted"] == {"visited": "某法师", "notes": "谈及修缮经费。"}
    assert (written["organiser"]["id"], written["ledBy"]["name"]) == (org("office-general"), WEN)
    shown = "title hasNotes mayLook restricted { notes } files { name } participantList { name }"
    row = seen(story, story.member(WEN), "exchange", shown, written["id"])
    assert row == {
        "title": "走访慰问宗教界代表人士",
        "hasNotes": True,
        "mayLook": False,
        "restricted": None,
        "files": [],
        "participantList": [{"name": WEN}],
    }
    assert seen(story, CLERK, "exchange", shown, written["id"])["restricted"] is None
    assert seen(story, ECONOMY, "exchange", shown, written["id"]) is None
    query = (
        "{ exchanges(filter: { kind: CONDOLENCE }) { edges { node { restricted { notes } } } } }"
    )
    [edge] = story.ask(story.member(BAI), query)["exchanges"]["edges"]
    assert edge["node"]["restricted"] == {"notes": "谈及修缮经费。"}


def test_a_representative_is_kept_by_a_member(house: Story) -> None:
    story = house
    story.world.stack.move_clock(MARCH)
    given: Document = {
        "category": "NEW_ECONOMIC",
        "organisation": "某电商公司",
        "town": org("town-tongli"),
        "keeper": story.gid(WEN),
        "name": "王某",
        "phone": "13900000000",
    }
    with pytest.raises(Refusal) as refused:
        story.run(LIAISON, "writeRepresentative", "representative { id }", **given, consent=False)
    assert refused.value.codes == ["REPRESENTATIVE_UNFIT"]
    shown = "representative { id workplace town { name } keeper { name } }"
    listed = story.run(LIAISON, "writeRepresentative", shown, **given, consent=True)
    entry = listed["representative"]
    assert (entry["town"]["name"], entry["keeper"]["name"]) == ("同里镇工委", WEN)
    story.await_message(WEN, "请您联系一名代表人士")
    met = {"representativeId": entry["id"], "on": MARCH.isoformat(), "text": "了解用工情况"}
    shown = "representative { meetingsCount }"
    kept = story.run(story.member(WEN), "recordRepresentativeMeeting", shown, **met)
    assert kept["representative"] == {"meetingsCount": 1}
    shown = "details { name phone meetings { text member { name } } }"
    details = seen(story, story.member(WEN), "representative", shown, entry["id"])["details"]
    assert (details["name"], details["meetings"]) == (
        "王某",
        [{"text": "了解用工情况", "member": {"name": WEN}}],
    )
    assert seen(story, story.member(BAI), "representative", "id", entry["id"]) is None
    removed = {"representativeId": entry["id"]}
    story.run(LIAISON, "removeRepresentative", "representative { stateLabel }", **removed)
    assert seen(story, LIAISON, "representative", shown, entry["id"])["details"]["name"] == ""


def test_a_topic_group_exchanges_on_its_board(house: Story) -> None:
    story = house
    story.world.stack.move_clock(MARCH)
    circle = story.run(
        ECONOMY,
        "openCircle",
        "circle { id kindLabel memberList { name } organiser { name } }",
        kind="TOPIC",
        name="民营企业融资小组",
        topic="民营企业融资",
        organiser=org("com-economy"),
        members=[story.gid(WEN)],
    )["circle"]
    assert circle["memberList"] == [{"name": WEN}]
    story.await_message(WEN, "您已加入交流小组“民营企业融资小组”")
    given = {"circleId": circle["id"]}
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.run(story.member(BAI), "writeCirclePost", "id", **given, text="好")
    story.run(story.member(BAI), "joinCircle", "circle { joined }", **given)
    first = story.run(story.member(BAI), "writeCirclePost", "id", **given, text="建议先做调查。")
    answer = {**given, "replyTo": first["id"], "text": "同意。"}
    story.run(story.member(WEN), "writeCirclePost", "id", **answer)
    shown = "posts(first: 10) { edges { node { id text replyTo own writtenBy { name } } } }"
    posts = seen(story, story.member(WEN), "circle", shown, circle["id"])["posts"]["edges"]
    texts = {edge["node"]["text"]: edge["node"] for edge in posts}
    assert texts["同意。"]["replyTo"] == first["id"] == texts["建议先做调查。"]["id"]
    assert texts["建议先做调查。"]["writtenBy"] == {"name": BAI}
    removed = {"postId": first["id"], "reason": "重复"}
    story.run(ECONOMY, "removeCirclePost", "id", **removed)
    query = "{ circles(filter: { joined: true }) { edges { node { membersCount joined } } } }"
    [edge] = story.ask(story.member(BAI), query)["circles"]["edges"]
    assert edge["node"] == {"membersCount": 2, "joined": True}


def test_a_groups_year_and_a_towns_figures(house: Story) -> None:
    story = house
    story.world.stack.move_clock(MARCH)
    plan = {"year": 2017, "plan": "年度计划", "topics": ["古镇保护"]}
    shown = "workspace { organisation { id } plan norm { duty done met } mayWrite }"
    year = story.run(CONVENER, "writeLiaisonYear", shown, **plan)["workspace"]
    assert (year["organisation"]["id"], year["mayWrite"]) == (org("group-22"), True)
    done = {row["duty"]: row["done"] for row in year["norm"]}
    assert (done["PLAN"], done["SUMMARY"]) == (1, 0)
    query = """
      query ($id: ID!) { liaisonYear(organisation: $id, year: 2017) { topics mayWrite } }
    """
    row = story.ask(story.member(WEN), query, id=org("group-22"))["liaisonYear"]
    assert row == {"topics": ["古镇保护"], "mayWrite": False}
    activity = story.run(
        TONGLI,
        "applyActivity",
        "activity { id town { name } location { latitude } }",
        kind="SURVEY",
        title="古镇保护调查",
        organisers=[org("town-tongli")],
        town=org("town-tongli"),
        heldAt="2017-03-10T09:00:00+08:00",
        signUpBy="2017-03-09T18:00:00+08:00",
        place="同里古镇",
        location={"latitude": 31.16, "longitude": 120.72},
    )["activity"]
    assert activity["town"] == {"name": "同里镇工委"}
    given: Document = {"activityId": activity["id"]}
    ask = {**given, "committee": org("com-economy"), "text": "请协助联系专家"}
    story.run(TONGLI, "askCommitteeHelp", "activity { id }", **ask)
    eventually(lambda: story.waits(ECONOMY, "ACTIVITY_HELP", activity["id"]))
    shown = "activity { helps { askedCommittee { id } answer } }"
    helped = {**given, "helpNo": 1, "answer": "已联系两位专家。"}
    story.run(ECONOMY, "answerCommitteeHelp", shown, **helped)
    story.run(OFFICE, "decideActivity", "activity { state }", **given, published=True)
    story.run(TONGLI, "startActivity", "activity { state }", **given)
    story.world.stack.move_clock(MARCH.replace(day=10, hour=18))
    took = {**given, "members": [story.gid(WEN)]}
    shown = "activity { tookPartMembers { name } helps { askedCommittee { id } answer } }"
    confirmed = story.run(TONGLI, "confirmParticipation", shown, **took)["activity"]
    assert confirmed["tookPartMembers"] == [{"name": WEN}]
    assert confirmed["helps"] == [
        {"askedCommittee": {"id": org("com-economy")}, "answer": "已联系两位专家。"}
    ]
    query = "{ townLiaison(year: 2017) { town { id } activities quartersWithStudy } }"
    [own] = story.ask(TONGLI, query)["townLiaison"]
    assert own == {"town": {"id": org("town-tongli")}, "activities": 1, "quartersWithStudy": 1}
    query = "{ liaisonMap { town { id } activities { title location { latitude } } } }"
    shown_to_all = story.world.stack.graphql(query, {}, None)["data"]["liaisonMap"]
    towns = {row["town"]["id"]: row["activities"] for row in shown_to_all}
    assert towns[org("town-tongli")] == [{"title": "古镇保护调查", "location": {"latitude": 31.16}}]
    query = "{ contactHealth { tierLabel links orphans { member { name } } silentLinks { id } } }"
    assert [row["tierLabel"] for row in story.ask(OFFICE, query)["contactHealth"]] == [
        "主席会议成员联系常委",
        "常委联系委员",
    ]


def test_an_instruction_from_above_is_reported_on(house: Story) -> None:
    story = house
    story.world.stack.move_clock(MARCH)
    above = {
        "kind": "INSTRUCTION",
        "level": "CITY",
        "organiser": org("office-general"),
        "on": "2017-02-21T09:00:00+08:00",
        "title": "市政协指导社情民意工作",
        "summary": "要求加强信息报送。",
    }
    asked = story.run(OFFICE, "writeExchange", "exchange { id answered }", **above)["exchange"]
    report = {
        **above,
        "kind": "REPORT",
        "title": "关于社情民意工作的汇报",
        "summary": "已建立工作制度。",
        "replyTo": asked["id"],
    }
    story.run(OFFICE, "writeExchange", "exchange { levelLabel }", **report)
    row = seen(story, EDITOR, "exchange", "answered levelLabel kindLabel", asked["id"])
    assert row == {"answered": True, "levelLabel": "市", "kindLabel": "上级指导"}
