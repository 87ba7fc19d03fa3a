"""What was decided is taken back: a filing, a lead, a plan, a key proposal, an award."""

from __future__ import annotations

import pytest

from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from tests.e2e.story import SUPERVISING, ZJJ, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF, World

GU, MENG = "顾行简", "孟晚晴"
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
DECIDED = {"docNo": "吴政协主席会纪〔2017〕6号", "decidedOn": "2017-02-06"}
SHOWN = """proposal {
  id state stateLabel caseNo isKey isExcellent
  merged { lead { id } reason } followers { id } assignmentPlan { modeLabel refusal }
  key { stateLabel docNo leader { name } appraisedAt doneAt } excellent { year reason revokedAt }
}"""


@pytest.fixture(scope="module")
def people(world: World) -> None:
    for number, name in enumerate((GU, MENG), 751):
        world.member(name, number, "24")
    known = world.stack.db("performance")["members"]
    ids = [world.members[name].member_id for name in (GU, MENG)]
    eventually(lambda: known.count_documents({"_id": {"$in": ids}}) == len(ids))


@pytest.fixture
def own(people: None, story: Story) -> Story:
    return story


def filed(story: Story, name: str, title: str) -> str:
    proposal = story.draft(name, "INDIVIDUAL", title=title)
    story.do(story.member(name), "submitProposal", id=proposal)
    story.file(proposal)
    return proposal


def only(story: Story, actor: Actor, stranger: Actor, mutation: str, **given: object) -> Document:
    row: Document = story.only(actor, stranger, mutation, SHOWN, **given)["proposal"]
    return row


def points(story: Story, name: str, proposal: str, kind: str) -> list[float]:
    source = f"proposal/{story.local(proposal)}/{kind}"
    return sorted(r["basePoints"] for r in story.ledger(name) if r["sourceRef"] == source)


def test_a_filing_is_revoked_with_its_points_and_keeps_its_number(own: Story) -> None:
    story = own
    proposal = filed(story, GU, "关于整治占道堆放的建议")
    story.await_points(GU, proposal, [("B1", 10.0)])
    case_no = (story.seen(DIRECTOR, proposal) or {})["caseNo"]
    reason = {"reason": "与正在办理的事项重复"}
    row = only(story, DIRECTOR, STAFF, "revokeFiling", id=proposal, **reason)
    assert (row["state"], row["stateLabel"]) == ("UNDER_REVIEW", "审查中")
    story.await_points(GU, proposal, [("B1", -10.0), ("B1", 10.0)])
    again = story.file_reviewed(proposal)
    assert (again["state"], again["caseNo"]) == ("FILED", case_no)
    story.await_points(GU, proposal, [("B1", -10.0), ("B1", 10.0), ("B1", 10.0)])


def test_a_follower_is_named_lead_and_its_former_lead_follows(own: Story) -> None:
    story = own
    lead = filed(story, GU, "关于扩建社区停车场的建议")
    heir = filed(story, MENG, "关于缓解老城区停车难的建议")
    story.do(DIRECTOR, "mergeProposal", id=heir, leadId=lead, reason="同为停车")
    given = {"leadId": heir, "reason": "第二件更完整"}
    leading = only(story, DIRECTOR, STAFF, "nameLead", id=lead, **given)
    assert (leading["id"], leading["state"], leading["merged"]) == (heir, "FILED", None)
    assert leading["followers"] == [{"id": lead}]
    query = "query ($id: ID!) { proposal(id: $id) { state merged { lead { id } reason } } }"
    assert story.ask(DIRECTOR, query, id=lead)["proposal"] == {
        "state": "MERGED",
        "merged": {"lead": {"id": heir}, "reason": "第二件更完整"},
    }


def test_the_supervising_office_sends_a_plan_back(own: Story) -> None:
    story = own
    proposal = filed(story, GU, "关于修缮河道护栏的建议")
    units = [{"unitId": ZJJ, "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=units)
    reason = {"reason": "应由区水利局主办"}
    row = only(story, SUPERVISING, STAFF, "refuseAssignment", id=proposal, **reason)
    assert row["assignmentPlan"] == {"modeLabel": "独办", "refusal": "应由区水利局主办"}
    with pytest.raises(Refusal) as refused:
        story.do(SUPERVISING, "assignProposal", id=proposal)
    assert refused.value.codes == ["NO_ASSIGNMENT_PLAN"]
    water = [{"unitId": global_id("Organisation", "unit-slj"), "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=water)
    assert story.do(SUPERVISING, "assignProposal", id=proposal)["state"] == "ASSIGNED"


def test_a_key_proposal_is_taken_off_the_list_chosen_again_appraised_and_done(own: Story) -> None:
    story = own
    proposal = filed(story, MENG, "关于建设社区长者食堂的建议")
    story.do(story.member(MENG), "nominateKey", id=proposal, reason="事关民生")
    story.do(CHAIR, "selectKey", id=proposal, **DECIDED)
    eventually(lambda: points(story, MENG, proposal, "key") == [4])
    off = only(story, CHAIR, STAFF, "deselectKey", id=proposal, reason="与另案合并督办")
    assert (off["isKey"], off["key"]["stateLabel"], off["key"]["docNo"]) == (False, "推荐", None)
    eventually(lambda: points(story, MENG, proposal, "key") == [-4, 4])

    story.do(CHAIR, "selectKey", id=proposal, **DECIDED)
    leader = {"name": "周立新", "rank": "CPPCC_LEADER"}
    story.do(SUPERVISING, "nameKeyLeader", id=proposal, **leader)
    meeting = {"heldOn": "2017-02-06", "people": "三方", "minutes": "商定分期实施。"}
    story.do(STAFF, "recordKeyMeeting", id=proposal, **meeting)
    story.handle(proposal, "吴住建提复〔2017〕9061号")
    assert story.evaluate(MENG, proposal, "SATISFIED")["state"] == "CLOSED"
    note = {"note": "办理扎实，委员满意"}
    appraised = only(story, STAFF, DIRECTOR, "appraiseKey", id=proposal, **note)
    assert appraised["key"]["appraisedAt"].startswith("2017-02-06T09:")
    done = only(story, STAFF, DIRECTOR, "finishKey", id=proposal)
    key = done["key"]
    assert (done["isKey"], key["stateLabel"], key["docNo"]) == (True, "办结", DECIDED["docNo"])
    assert key["leader"] == {"name": "周立新"}
    assert key["doneAt"].startswith("2017-02-06T09:")


def test_an_award_is_revoked_with_its_points(own: Story) -> None:
    story = own
    proposal = filed(story, GU, "关于推广垃圾分类积分制的建议")
    story.do(DIRECTOR, "awardExcellent", id=proposal, year=2017, **DECIDED)
    eventually(lambda: points(story, GU, proposal, "excellent") == [5])
    row = only(story, DIRECTOR, STAFF, "revokeAward", id=proposal, reason="评选程序有误")
    assert (row["isExcellent"], row["excellent"]["reason"]) == (False, "评选程序有误")
    eventually(lambda: points(story, GU, proposal, "excellent") == [-5, 5])
    public = "query ($id: ID!) { proposal(id: $id) { isExcellent } }"
    assert story.ask(PUBLIC_ACTOR, public, id=proposal)["proposal"] == {"isExcellent": False}
