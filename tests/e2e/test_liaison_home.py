"""AC-24: Members' Home of Lili town, and a visitor without a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

LILI = Actor("account-lili", Role.TOWN_STAFF, {"town": "town-lili"})
SHENGZE = Actor("account-shengze", Role.TOWN_STAFF, {"town": "town-shengze"})
QIAN, OTHER = "钱文娟", "施远帆"
WEDNESDAY = datetime(2017, 3, 15, 9, 30, tzinfo=SHANGHAI)
RECEPTION = "id state matter visitorName visitorPhone code leadIds home { name } town { name }"


@pytest.fixture(scope="module")
def house(world: World) -> Story:
    for number, name in enumerate((QIAN, OTHER), 711):
        world.member(name, number, "27")
    known = world.stack.db("liaison")["members"]
    ids = [world.members[name].member_id for name in (QIAN, OTHER)]
    eventually(lambda: known.count_documents({"_id": {"$in": ids}}) == len(ids))
    return Story(world)


def visitor(story: Story, query: str, **variables: Any) -> Document:
    """As somebody who has not signed in."""
    answer: Document = story.world.stack.graphql(query, variables, None)
    assert "errors" not in answer, answer
    data: Document = answer["data"]
    return data


def state(story: Story, code: str) -> Document | None:
    query = "query ($code: String!) { visitorMatter(code: $code) { state stateLabel } }"
    row: Document | None = visitor(story, query, code=code)["visitorMatter"]
    return row


def opened(story: Story) -> str:
    """The home, open on Wednesdays."""
    home = story.run(
        LILI,
        "writeMembersHome",
        "home { id state }",
        name="黎里镇委员之家",
        address="黎里镇人民路1号",
        location={"latitude": 31.03, "longitude": 120.72},
        hours=[{"weekday": 3, "opens": "09:00", "closes": "11:30"}],
        members=[story.gid(QIAN)],
        sign="政协委员之家",
        duties="联系群众，反映社情民意。",
        process="接待、登记、转办、反馈。",
    )["home"]
    given: Document = {"homeId": home["id"]}
    with pytest.raises(Refusal) as incomplete:
        story.run(LILI, "openMembersHome", "home { state }", **given)
    assert incomplete.value.codes == ["HOME_UNFIT"]
    story.run(
        LILI,
        "writeMembersHome",
        "home { id }",
        **given,
        name="黎里镇委员之家",
        address="黎里镇人民路1号",
        location={"latitude": 31.03, "longitude": 120.72},
        hours=[{"weekday": 3, "opens": "09:00", "closes": "11:30"}],
        members=[story.gid(QIAN)],
        sign="政协委员之家",
        duties="联系群众，反映社情民意。",
        process="接待、登记、转办、反馈。",
        rules="委员轮流值班。",
    )
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.run(SHENGZE, "openMembersHome", "home { state }", **given)
    story.run(LILI, "openMembersHome", "home { state }", **given)
    return str(home["id"])


def test_ac_24_members_home_and_a_visitor(house: Story) -> None:
    story = house
    story.world.stack.move_clock(WEDNESDAY.replace(day=13))
    home = opened(story)
    rows = [{"on": "2017-03-15", "memberId": story.gid(QIAN)}]
    story.run(LILI, "setHomeRota", "home { id }", homeId=home, rows=rows)
    story.await_message(QIAN, "安排您于2017年3月15日09:00在黎里镇委员之家值班")
    on_map = visitor(story, "{ liaisonMap { town { name } homes { id location { latitude } } } }")
    assert home in [row["id"] for town in on_map["liaisonMap"] for row in town["homes"]]

    story.world.stack.move_clock(WEDNESDAY)
    said: Document = {"homeId": home, "matter": "多个小区楼顶水箱脏污。", "topic": "二次供水"}
    with pytest.raises(Refusal) as elsewhere:
        story.run(story.member(OTHER), "recordReception", "reception { id }", **said)
    assert elsewhere.value.codes == ["NOT_ON_DUTY"]
    qian = story.member(QIAN)
    reception = story.run(qian, "recordReception", f"reception {{ {RECEPTION} }}", **said)[
        "reception"
    ]
    assert (reception["visitorName"], reception["visitorPhone"]) == (None, None)
    assert (reception["home"]["name"], reception["town"]["name"]) == (
        "黎里镇委员之家",
        "黎里镇工委",
    )
    code = reception["code"]
    assert state(story, code) == {"state": "RECEIVED", "stateLabel": "已接待"}
    eventually(lambda: story.waits(qian, "VISITOR_MATTER", reception["id"]))
    forward: Document = {
        "receptionId": reception["id"],
        "title": "楼顶水箱长期无人清洗",
        "text": "多个小区楼顶水箱多年未清洗，建议纳入二次供水改造。",
    }
    for to in ("OPINION", "PROPOSAL_LEAD"):
        story.run(qian, "forwardReception", "reception { state }", **forward, to=to)
    assert state(story, code) == {"state": "FORWARDED", "stateLabel": "已转办"}

    eventually(lambda: not story.waits(qian, "VISITOR_MATTER", reception["id"]))

    # The fact that the opinions service takes, with its origin and without personal data.
    log = story.world.stack.db("liaison")["event_log"]
    converted = {
        "type": "home_lead_converted",
        "data.source_id": local_id(reception["id"], "Reception"),
    }
    eventually(lambda: log.count_documents(converted) == 2)
    facts = {row["data"]["to"]: row["data"] for row in log.find(converted)}
    assert facts["OPINION"]["origin"] == "RECEPTION"
    assert facts["OPINION"]["by"] == qian.member_id

    # The lead stands in the dossier of the topic, for whoever may write a proposal.
    query = """
      query { leads(first: 100, filter: { topic: "二次供水", to: PROPOSAL_LEAD }) {
        edges { node { title originLabel home { name } town { name } forwardedBy { name } } }
      } }
    """
    leads = [edge["node"] for edge in story.ask(story.member(OTHER), query)["leads"]["edges"]]
    assert {
        "title": "楼顶水箱长期无人清洗",
        "originLabel": "委员之家接待",
        "home": {"name": "黎里镇委员之家"},
        "town": {"name": "黎里镇工委"},
        "forwardedBy": None,
    } in leads

    duty = global_id("HomeDuty", f"{local_id(home, 'MembersHome')}:2017-03-15")
    given = {"dutyId": duty, "tookPart": True}
    story.world.stack.move_clock(WEDNESDAY.replace(day=16))
    eventually(lambda: story.waits(LILI, "HOME_DUTY_CONFIRMATION", duty))
    story.run(LILI, "confirmHomeDuty", "duty { state member { name } }", **given)
    eventually(lambda: not story.waits(LILI, "HOME_DUTY_CONFIRMATION", duty))
    record = local_id(duty, "HomeDuty")
    eventually(lambda: story.earned(QIAN, record) == [("C1", 2.0)])

    opinion = global_id("Lead", facts["OPINION"]["lead_id"])
    story.run(OFFICE, "answerLead", "lead { state }", leadId=opinion, answer="已编报区委。")
    story.await_message(QIAN, "您转办的“楼顶水箱长期无人清洗”已有答复")
    assert state(story, code) == {"state": "ANSWERED", "stateLabel": "已答复"}
    assert state(story, "ABCD-EFGH-JKLM") is None
    lead = global_id("Lead", facts["PROPOSAL_LEAD"]["lead_id"])
    in_its_dossier(story, lead, taken_up(story, lead))


def in_its_dossier(story: Story, lead: str, proposal: str) -> None:
    """The lead, and the proposal that was made of it, hang together under the topic 二次供水."""
    query = "query ($id: ID!) { dossier(id: $id) { nodes { kind title openedId } } }"

    def seen(actor: Actor, id: str) -> set[tuple[str, str | None]]:
        found = story.ask(actor, query, id=id)["dossier"]
        return {(row["title"], row["openedId"]) for row in found["nodes"]} if found else set()

    topic = ("二次供水", None)
    eventually(lambda: {id for _, id in seen(OFFICE, lead)} >= {lead, proposal})
    assert topic in seen(OFFICE, lead)
    assert seen(OFFICE, lead) == seen(OFFICE, proposal)
    assert {topic, ("楼顶水箱长期无人清洗", lead)} <= seen(story.member(QIAN), lead)
    assert lead not in {id for _, id in seen(story.member(OTHER), proposal)}
    public = visitor(story, query, id=proposal)["dossier"]
    assert [row["openedId"] for row in public["nodes"]] == [proposal]
    assert visitor(story, query, id=lead)["dossier"] is None


def taken_up(story: Story, lead: str) -> str:
    """Another member makes a proposal of the lead; when it is filed the lead has its answer."""
    proposal = story.draft(OTHER, "INDIVIDUAL", lead=lead)
    query = "query ($id: ID!) { proposal(id: $id) { origin { kindLabel lead { id title } } } }"
    asked = story.ask(story.member(OTHER), query, id=proposal)
    shown = {"id": lead, "title": "楼顶水箱长期无人清洗"}
    assert asked["proposal"]["origin"] == {"kindLabel": "提案线索", "lead": shown}
    story.do(story.member(OTHER), "submitProposal", id=proposal)
    case_no = story.file(proposal)["caseNo"]
    query = "query ($id: ID!) { lead(id: $id) { state answer restsOn } }"
    answer = {"state": "ANSWERED", "answer": "已形成提案并立案。", "restsOn": case_no}
    eventually(lambda: story.ask(story.member(OTHER), query, id=lead)["lead"] == answer)
    eventually(lambda: story.told(QIAN, "您转办的“楼顶水箱长期无人清洗”已有答复") == 2)
    return proposal


def test_anybody_books_a_visit_and_leaves_a_lead_within_the_days_limits(house: Story) -> None:
    story = house
    story.world.stack.move_clock(WEDNESDAY.replace(day=13))
    query = """
      query { membersHomes(first: 50, filter: { state: OPEN }) {
        edges { node { id name hours { weekday opens } memberList { name } } }
      } }
    """
    homes = [edge["node"] for edge in visitor(story, query)["membersHomes"]["edges"]]
    home = next((row["id"] for row in homes if row["name"] == "黎里镇委员之家"), None)
    home = home or opened(story)
    book = """
      mutation ($input: BookHomeVisitInput!) {
        bookHomeVisit(input: $input) { code startsAt errors { reason field } }
      }
    """
    booked = visitor(story, book, input={"homeId": home, "on": "2017-03-22"})["bookHomeVisit"]
    assert (booked["errors"], booked["startsAt"]) == ([], "2017-03-22T09:00:00+08:00")
    refused = visitor(story, book, input={"homeId": home, "on": "2017-03-22", "name": "张三"})[
        "bookHomeVisit"
    ]
    assert refused["errors"] == [{"reason": "VISITOR_CONSENT_MISSING", "field": "consent"}]
    assert state(story, booked["code"]) == {"state": "BOOKED", "stateLabel": "已预约"}
    waiting = {"home_id": local_id(home, "MembersHome"), "state": "BOOKED"}
    [row] = story.world.stack.db("liaison")["bookings"].find(waiting)
    booking = global_id("VisitBooking", row["_id"])
    eventually(lambda: story.waits(LILI, "HOME_BOOKING", booking))
    with pytest.raises(Refusal) as early:
        story.run(LILI, "noteHomeVisitMissed", "booking { id }", bookingId=booking)
    assert early.value.codes == ["BOOKING_UNFIT"]
    cancel = """
      mutation ($input: CancelHomeVisitInput!) {
        cancelHomeVisit(input: $input) { cancelled errors { reason } }
      }
    """
    done = visitor(story, cancel, input={"code": booked["code"].lower()})["cancelHomeVisit"]
    assert done == {"cancelled": True, "errors": []}
    eventually(lambda: not story.waits(LILI, "HOME_BOOKING", booking))
    leave = """
      mutation ($input: LeaveHomeLeadInput!) {
        leaveHomeLead(input: $input) { code errors { reason } }
      }
    """
    given = {"homeId": home, "matter": "小区楼顶水箱多年没有清洗"}
    answers = [visitor(story, leave, input=given)["leaveHomeLead"] for _ in range(6)]
    assert [len(answer["errors"]) for answer in answers] == [0, 0, 0, 0, 0, 1]
    assert answers[-1]["errors"] == [{"reason": "VISITOR_LIMIT_REACHED"}]
