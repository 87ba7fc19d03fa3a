"""AC-17: the joint conference, a sector consultation of two parties, a briefing; contacts."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from pymongo.collection import Collection

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

PARTIES = (
    "org-minge",
    "org-minmeng",
    "org-minjian",
    "org-minjin",
    "org-nonggong",
    "org-zhigong",
    "org-jiusan",
    "org-taimeng",
)
PARTICIPANTS = (*PARTIES, "org-gongshanglian", "org-wudangpai")
MINJIAN = Actor("account-minjian", Role.ORG_STAFF, {"organisation": "org-minjian"})
ZHIGONG = Actor("account-zhigong", Role.ORG_STAFF, {"organisation": "org-zhigong"})
CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL, {}, "p-chair", "m-chair")
SU, HAN, XU = "苏问津", "韩知秋", "许明远"
ITEM = "id state stateLabel answer dueAt overdue satisfied raisedBy { id } responsible { id }"
ACTIVITY = "id state organiserList { id } signedUpCount tookPartCount confirmed"


@pytest.fixture(scope="module")
def house(world: World) -> Story:
    """Three members of their own, known to whoever has to know them."""
    for number, (name, sector) in enumerate(((SU, "04"), (HAN, "07"), (XU, "04")), 701):
        world.member(name, number, sector)
    story = Story(world)
    standing = global_id("Member", str(world.members[XU].member_id))
    given = {"memberId": standing, "posts": [{"post": "STANDING_MEMBER"}]}
    member = story.run(OFFICE, "changePost", "member { id }", **given)
    assert member["member"]["id"] == standing
    ids = [world.members[name].member_id for name in (SU, HAN, XU)]
    for service in ("office", "performance", "liaison"):
        eventually(partial(_knows, world.stack.db(service)["members"], ids))
    standing_known = {"_id": world.members[XU].member_id, "posts": "STANDING_MEMBER"}
    eventually(lambda: world.stack.db("liaison")["members"].find_one(standing_known))
    return story


def _knows(members: Collection[Document], ids: list[str | None]) -> bool:
    return members.count_documents({"_id": {"$in": ids}}) == len(ids)


def org(id: str) -> str:
    return global_id("Organisation", id)


def one(story: Story, actor: Actor, field: str, shown: str, id: str) -> Document:
    query = f"query ($id: ID!) {{ {field}(id: $id) {{ {shown} }} }}"
    row: Document = story.ask(actor, query, id=id)[field]
    return row


def test_ac_17_joint_conference_and_sector_consultation(house: Story) -> None:
    story = house
    story.world.stack.move_clock(story.world.now)
    conference = story.run(
        OFFICE,
        "planJointConference",
        "conference { id state meetingId }",
        no=1,
        title="2017年第一季度各党派、工商联、无党派人士代表联席会议",
        organiser=org("office-general"),
        heldAt="2017-03-28T09:00:00+08:00",
        place="区政协三楼会议室",
        participants=[org(id) for id in PARTICIPANTS],
        members=[story.gid(SU)],
        agenda=["通报政协工作", "听取改进意见"],
    )["conference"]
    meetings = story.world.stack.db("office")["meetings"]
    meeting = conference["meetingId"]
    eventually(lambda: meetings.find_one({"_id": local_id(meeting, "Meeting")}))
    story.run(OFFICE, "notifyMeeting", "meeting { state }", meetingId=meeting)

    def announced() -> bool:
        shown = "state participantList { name } ownInvited organiser { id }"
        row = one(story, story.member(SU), "jointConference", shown, conference["id"])
        assert len(row["participantList"]) == 10 and row["ownInvited"]
        assert row["organiser"] == {"id": org("office-general")}
        return bool(row["state"] == "NOTIFIED")

    eventually(announced)

    raised = story.run(
        MINJIAN,
        "raiseConferenceItem",
        f"item {{ {ITEM} }}",
        conferenceId=conference["id"],
        organisation=org("org-minjian"),
        kind="ITEM",
        title="提前送达协商材料",
        text="建议协商材料在会前两周送达各党派。",
    )["item"]
    assert (raised["state"], raised["raisedBy"]["id"]) == ("RAISED", org("org-minjian"))
    item = {"itemId": raised["id"]}
    eventually(lambda: story.waits(OFFICE, "CONFERENCE_ITEM_ACCEPTANCE", raised["id"]))
    due = "2017-06-30T18:00:00+08:00"
    given: Document = {**item, "owner": org("office-general"), "dueAt": due}
    story.run(OFFICE, "acceptConferenceItem", "item { state }", **given)
    eventually(lambda: story.waits(OFFICE, "CONFERENCE_ITEM_ANSWER", raised["id"]))
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.run(ZHIGONG, "answerConferenceItem", "item { state }", **item, answer="同意")
    answer = {**item, "answer": "今后协商材料会前两周送达。"}
    story.run(OFFICE, "answerConferenceItem", "item { state }", **answer)
    seen = one(story, MINJIAN, "conferenceItem", ITEM, raised["id"])
    assert (seen["state"], seen["responsible"]["id"]) == ("ANSWERED", org("office-general"))
    assert (seen["dueAt"], seen["overdue"]) == (due, False)
    eventually(lambda: story.waits(MINJIAN, "CONFERENCE_ITEM_CLOSING", raised["id"]))
    closed = {**item, "satisfied": True}
    story.run(MINJIAN, "closeConferenceItem", "item { state }", **closed)

    consulted(story)
    briefed(story)


def consulted(story: Story) -> None:
    """Two organisers, both credited; who took part has two points, once."""
    applied = story.run(
        MINJIAN,
        "applyActivity",
        f"activity {{ {ACTIVITY} }}",
        kind="CONSULTATION",
        title="界别协商：优化民营企业融资环境",
        organisers=[org("org-minjian"), org("org-zhigong")],
        heldAt="2017-02-07T14:00:00+08:00",
        place="民建会议室",
        signUpBy="2017-02-07T12:00:00+08:00",
    )["activity"]
    assert [row["id"] for row in applied["organiserList"]] == [
        org("org-minjian"),
        org("org-zhigong"),
    ]
    id = applied["id"]
    eventually(lambda: story.waits(OFFICE, "ACTIVITY_DECISION", id))
    given: Document = {"activityId": id}
    story.run(OFFICE, "decideActivity", "activity { state }", **given, published=True)
    story.await_message(SU, "活动“界别协商：优化民营企业融资环境”2017年2月7日14:00举行")
    story.run(story.member(SU), "signUpForActivity", "activity { ownSignedUp }", **given)
    story.run(ZHIGONG, "startActivity", "activity { state }", **given)
    story.world.stack.move_clock(story.world.now.replace(month=2, day=7, hour=16))
    for organiser in (MINJIAN, ZHIGONG):
        eventually(lambda by=organiser: story.waits(by, "ACTIVITY_COMPLETION", id))  # type: ignore[misc]
    command = "5b2d2f3e-8f0a-4f52-9a63-1f1f6f0c9a17"
    members = [story.gid(SU), story.gid(HAN)]
    for _ in range(2):  # sent twice, counted once
        confirmed = story.run(
            MINJIAN,
            "confirmParticipation",
            f"activity {{ {ACTIVITY} }}",
            **given,
            members=members,
            commandId=command,
        )["activity"]
        assert (confirmed["confirmed"], confirmed["tookPartCount"]) == (True, 2)
    record = local_id(id, "Activity")
    for name in (SU, HAN):
        eventually(lambda name=name: story.earned(name, record) == [("C1", 2.0)])  # type: ignore[misc]
    with pytest.raises(Refusal) as again:
        story.run(MINJIAN, "confirmParticipation", "activity { id }", **given, members=members)
    assert again.value.codes == ["LIAISON_WRONG_STATE"]
    wrong = {"rows": [{"memberId": story.gid(HAN), "tookPart": False}], "reason": "登记有误"}
    story.run(ZHIGONG, "correctParticipation", "activity { id }", **given, **wrong)
    eventually(lambda: story.earned(HAN, record) == [("C1", -2.0), ("C1", 2.0)])
    story.run(MINJIAN, "closeActivity", "activity { state }", **given, summary="小结")
    eventually(lambda: not story.waits(ZHIGONG, "ACTIVITY_COMPLETION", id))
    query = "{ organisationLiaison(year: 2017) { organisation { id } activities joint } }"
    rows = story.ask(OFFICE, query)["organisationLiaison"]
    credit = {r["organisation"]["id"]: (r["activities"], r["joint"]) for r in rows}
    assert (credit[org("org-minjian")], credit[org("org-zhigong")]) == ((1, 1), (1, 1))


def briefed(story: Story) -> None:
    """The briefing shows who has received it."""
    sent = story.run(
        OFFICE,
        "sendWorkBriefing",
        "briefing { id recipientsCount }",
        title="2017年第一季度政协工作通报",
        text="一季度工作情况通报如下。",
        recipients=[org(id) for id in PARTICIPANTS],
        files=[story.upload(OFFICE, "通报.pdf")],
    )["briefing"]
    assert sent["recipientsCount"] == 10
    eventually(lambda: story.waits(MINJIAN, "BRIEFING_RECEIPT", sent["id"]))
    got = story.run(
        MINJIAN,
        "confirmWorkBriefing",
        "briefing { receivedAt receipts { organisation { id } } files { name } }",
        briefingId=sent["id"],
    )["briefing"]
    assert [row["organisation"]["id"] for row in got["receipts"]] == [org("org-minjian")]
    assert got["files"] == [{"name": "通报.pdf"}]
    shown = "receivedCount receipts { organisation { id } receivedAt }"
    row = one(story, OFFICE, "workBriefing", shown, sent["id"])
    received = [r["organisation"]["id"] for r in row["receipts"] if r["receivedAt"]]
    assert (row["receivedCount"], received) == (1, [org("org-minjian")])
    eventually(lambda: not story.waits(MINJIAN, "BRIEFING_RECEIPT", sent["id"]))
    assert story.waits(ZHIGONG, "BRIEFING_RECEIPT", sent["id"])


def linked(story: Story) -> str:
    """A link of standing member and member, proposed and approved."""
    given = {"memberId": story.gid(SU), "leaderId": story.gid(XU)}
    plan = story.run(OFFICE, "proposeContactLink", "plan { id size state }", **given)["plan"]
    eventually(lambda: story.waits(CHAIR, "LINKS_DECISION", plan["id"]))
    decided = {"planId": plan["id"], "approved": True}
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.run(OFFICE, "decideContactLinks", "plan { state }", **decided)
    story.run(CHAIR, "decideContactLinks", "plan { state }", **decided)
    shown = "links(first: 5) { edges { node { id state leader { name } member { name } } } }"
    [edge] = one(story, OFFICE, "contactLinkPlan", shown, plan["id"])["links"]["edges"]
    assert edge["node"]["state"] == "ACTIVE"
    assert (edge["node"]["leader"]["name"], edge["node"]["member"]["name"]) == (XU, SU)
    return str(edge["node"]["id"])


def test_a_contact_is_written_turned_into_an_affair_and_answered(house: Story) -> None:
    story = house
    story.world.stack.move_clock(story.world.now)
    link = linked(story)
    story.await_message(SU, "一项联系关系已经建立")
    leader = Actor(
        story.member(XU).account_id,
        Role.STANDING_MEMBER,
        {},
        story.member(XU).person_id,
        story.member(XU).member_id,
    )
    contact = story.run(
        leader,
        "recordMemberContact",
        "contact { id content issues { no state } }",
        linkId=link,
        way="VISIT",
        on=story.world.now.isoformat(),
        content="走访企业，谈及用地困难。",
        issues=["园区道路照明不足"],
    )["contact"]
    story.await_message(SU, "对方记录了一次联系")
    for way in ("TALK", "PHONE", "WECHAT"):
        on = story.world.now.isoformat()
        given = {"linkId": link, "way": way, "on": on, "content": "回访。"}
        shown = "contact { way }"
        assert story.run(leader, "recordMemberContact", shown, **given)["contact"] == {"way": way}
    hidden = one(story, OFFICE, "memberContact", "content", contact["id"])
    assert hidden is None  # the office sees links, never notes
    assert one(story, CHAIR, "memberContact", "content", contact["id"]) is not None
    issue = {"contactId": contact["id"], "issueNo": 1}
    story.run(
        story.member(SU),
        "convertContactIssue",
        "contact { id }",
        **issue,
        to="AFFAIR",
        title="园区道路照明",
        text="请协调补装路灯。",
    )
    affairs = story.world.stack.db("office")["affairs"]
    raised: Any = eventually(lambda: affairs.find_one({"title": "园区道路照明"}))
    affair = {"affairId": global_id("Affair", raised["_id"])}
    story.run(OFFICE, "acceptAffair", "affair { state }", **affair)
    story.run(OFFICE, "finishAffair", "affair { state }", **affair, result="已补装。")

    def answered() -> bool:
        shown = "issues { state answer lead { toLabel } }"
        row = one(story, story.member(SU), "memberContact", shown, contact["id"])
        return bool(row["issues"][0]["state"] == "ANSWERED")

    eventually(answered)
    story.run(leader, "closeContactIssue", "contact { id }", **issue)
    story.await_message(SU, "联系中提出的意见建议已办结")
    query = "{ contactLinks(first: 5) { edges { node { contactsThisYear contactTarget } } } }"
    [edge] = story.ask(story.member(SU), query)["contactLinks"]["edges"]
    assert edge["node"] == {"contactsThisYear": 4, "contactTarget": 2}


def test_a_resignation_leaves_an_orphan_and_a_task(house: Story) -> None:
    """Whoever leads nobody any more leaves the led to the office, which has fifteen days."""
    story = house
    story.world.stack.move_clock(story.world.now)
    links = story.world.stack.db("liaison")["contact_links"]
    mine = {"leader_id": story.member(XU).member_id, "state": "ACTIVE"}
    if links.count_documents(mine) == 0:
        linked(story)
    given = {"memberId": story.gid(XU), "posts": []}
    story.run(OFFICE, "changePost", "member { id }", **given)
    eventually(lambda: links.count_documents(mine) == 0)
    story.await_message(SU, "您的一项联系关系已经结束")
