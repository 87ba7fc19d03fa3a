"""Links of the Chairpersons' Council with standing members: proposed, moved, lived in, ended."""

from __future__ import annotations

from typing import Any

import pytest

from shared.actor import Actor, Role
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL, {}, "p-chair", "m-chair")
TOWN = Actor("account-qidu", Role.TOWN_STAFF, {"town": "town-qidu"})
GU, LEI, MENG, STRANGER = "顾元亮", "雷景行", "孟若飞", "史无双"
POSTS = {GU: "VICE_CHAIR", LEI: "VICE_CHAIR", MENG: "STANDING_MEMBER"}


@pytest.fixture(scope="module")
def council(world: World) -> Story:
    """Two of the Chairpersons' Council and a standing member, known with their posts."""
    story = Story(world)
    known = world.stack.db("liaison")["members"]
    for number, name in enumerate((GU, LEI, MENG, STRANGER), 791):
        world.member(name, number, "24")
    for name, post in POSTS.items():
        given = {"memberId": story.gid(name), "posts": [{"post": post}]}
        story.run(OFFICE, "changePost", "member { id }", **given)
        held = {"_id": world.members[name].member_id, "posts": post}
        eventually(lambda held=held: known.find_one(held))  # type: ignore[misc]
    return story


@pytest.fixture(autouse=True)
def today(council: Story) -> None:
    council.world.stack.move_clock(council.world.now)


def link_of(story: Story, plan: str, name: str) -> Document:
    """The link of a plan that leads this member."""
    query = """query ($id: ID!) { contactLinkPlan(id: $id) {
      links(first: 100) { edges { node { id state leader { name } member { name } } } }
    } }"""
    edges = story.ask(OFFICE, query, id=plan)["contactLinkPlan"]["links"]["edges"]
    return next(e["node"] for e in edges if e["node"]["member"]["name"] == name)


def test_links_are_proposed_for_all_one_is_given_to_another_and_none_approved(
    council: Story,
) -> None:
    story = council
    asked = {"tier": "STANDING", "by": "SECTOR"}
    shown = "plan { id tierLabel byLabel state size }"
    plan = story.only(OFFICE, CHAIR, "proposeContactLinks", shown, **asked)["plan"]
    assert (plan["tierLabel"], plan["byLabel"], plan["state"]) == (
        "主席会议成员联系常委",
        "界别",
        "PROPOSED",
    )
    link = link_of(story, plan["id"], MENG)
    assert link["state"] == "PROPOSED"
    other = LEI if link["leader"]["name"] == GU else GU
    given = {"linkId": link["id"], "leaderId": story.gid(other)}
    shown = "link { leader { name } member { name } }"
    moved = story.only(OFFICE, CHAIR, "reassignContactLink", shown, **given)["link"]
    assert moved == {"leader": {"name": other}, "member": {"name": MENG}}
    with pytest.raises(Refusal) as refused:  # nobody ordinary leads a standing member
        wrong = {**given, "leaderId": story.gid(STRANGER)}
        story.run(OFFICE, "reassignContactLink", shown, **wrong)
    assert refused.value.codes == ["CONTACT_LINK_UNFIT"]

    query = """query ($state: ContactLinkPlanState!) {
      contactLinkPlans(first: 50, filter: {state: $state}) { edges { node { id opinion } } }
    }"""

    def listed(state: str) -> list[Document]:
        edges = story.ask(CHAIR, query, state=state)["contactLinkPlans"]["edges"]
        return [edge["node"] for edge in edges if edge["node"]["id"] == plan["id"]]

    assert listed("PROPOSED") == [{"id": plan["id"], "opinion": None}]
    no = {"planId": plan["id"], "approved": False, "opinion": "待换届后统一安排"}
    story.only(CHAIR, OFFICE, "decideContactLinks", "plan { state }", **no)
    assert listed("REFUSED") == [{"id": plan["id"], "opinion": "待换届后统一安排"}]
    assert link_of(story, plan["id"], MENG)["state"] == "ENDED"
    answer = story.world.stack.graphql(query, {"state": "REFUSED"}, story.world.stack.token(TOWN))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


def linked(story: Story) -> str:
    pair = {"memberId": story.gid(MENG), "leaderId": story.gid(GU)}
    plan = story.run(OFFICE, "proposeContactLink", "plan { id }", **pair)["plan"]["id"]
    story.run(CHAIR, "decideContactLinks", "plan { state }", planId=plan, approved=True)
    return str(link_of(story, plan, MENG)["id"])


def test_what_was_raised_is_answered_and_a_link_ends_with_its_reason(council: Story) -> None:
    story, member = council, council.member(MENG)
    link = linked(story)
    shown = "contact { id followUp issues { no state answer } }"
    said = {
        "way": "VISIT",
        "on": story.world.now.isoformat(),
        "content": "走访企业，谈及用工。",
        "issues": ["招工难", "员工宿舍不足"],
    }
    contact = story.run(story.member(GU), "recordMemberContact", shown, linkId=link, **said)
    one = {"contactId": contact["contact"]["id"]}

    follow = {**one, "followUp": "已联系区人社局"}
    row = story.only(member, OFFICE, "followContact", shown, **follow)["contact"]
    assert row["followUp"] == "已联系区人社局"
    assert story.turned_away(story.member(STRANGER), "followContact", **follow) == "FORBIDDEN"

    answer = {**one, "issueNo": 1, "answer": "3月举办专场招聘会"}
    row = story.only(story.member(GU), OFFICE, "answerContactIssue", shown, **answer)["contact"]
    assert row["issues"] == [
        {"no": 1, "state": "ANSWERED", "answer": "3月举办专场招聘会"},
        {"no": 2, "state": "OPEN", "answer": None},
    ]
    query = """query ($link: ID!) { memberContacts(first: 5, filter: {linkId: $link, year: 2017}) {
      edges { node { id content way own } }
    } }"""

    def read(actor: Actor) -> list[Document]:
        edges = story.ask(actor, query, link=link)["memberContacts"]["edges"]
        return [edge["node"] for edge in edges]

    row = {"id": one["contactId"], "content": "走访企业，谈及用工。", "way": "VISIT"}
    assert read(member) == read(story.member(GU)) == [{**row, "own": True}]
    assert read(story.member(STRANGER)) == []

    shown = "link { state endReason note }"
    ended = {"linkId": link, "reason": "分工调整"}
    over = story.only(OFFICE, CHAIR, "endContactLink", shown, **ended)["link"]
    assert over == {"state": "ENDED", "endReason": "REASSIGNED", "note": "分工调整"}
    story.await_message(MENG, "您的一项联系关系已经结束")
    unfit: Document = {"linkId": link, "way": "VISIT", "content": "又谈", "on": _later(story)}
    with pytest.raises(Refusal) as refused:
        story.run(story.member(GU), "recordMemberContact", "contact { id }", **unfit)
    assert refused.value.codes == ["CONTACT_UNFIT"]


def _later(story: Story) -> Any:
    """A moment after all that was done so far, today."""
    later = story.world.now.replace(hour=18)
    story.world.stack.move_clock(later.replace(hour=19))
    return later.isoformat()
