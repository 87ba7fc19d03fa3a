"""What units, leaders and members settle on the way to a judgement, each in its own part."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.conftest import NOW
from tests.e2e.story import LEADER, OFFICER, SUPERVISING, ZJJ, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF, World

GU, MENG = "顾怀瑾", "孟书白"
SHOWN = """proposal {
  id state closeKind dueAt
  assignments {
    unit { id } part state opinion { text } dispute { statement signer } dueAt
    extensions { until reason granted decision }
  }
  contacts { no unit { name } dispute confirmedAt }
  replies { signOffRefusal signOffRequestedAt }
  evaluations { comment sentAt lines { resultLabel } }
  commitments { no statusLabel release settledAt }
}"""


@pytest.fixture(scope="module")
def people(world: World) -> None:
    for number, name in enumerate((GU, MENG), 761):
        world.member(name, number, "24")


@pytest.fixture
def own(people: None, story: Story) -> Story:
    return story


def unit(key: str) -> str:
    return global_id("Organisation", f"unit-{key}")


def of(key: str, role: Role = Role.UNIT_OFFICER) -> Actor:
    return Actor(f"account-{key}-{role}", role, {"unit": f"unit-{key}"})


def only(story: Story, actor: Actor, stranger: Actor, mutation: str, **given: Any) -> Document:
    row: Document = story.only(actor, stranger, mutation, SHOWN, **given)["proposal"]
    return row


def assigned(story: Story, title: str, mode: str = "SOLE", **parts: str) -> str:
    proposal = story.draft(GU, title=title)
    story.invite(GU, proposal, MENG)
    story.confirm(proposal, MENG)
    story.do(story.member(GU), "submitProposal", id=proposal)
    story.file(proposal)
    units = [{"unitId": unit(key), "part": part} for key, part in parts.items()]
    first = [{"unitId": unit("zjj"), "part": "SOLE"}]  # the meeting decides otherwise
    story.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=first)
    story.do(SUPERVISING, "assignProposal", id=proposal, mode=mode, units=units)
    return proposal


def share(row: Document, key: str) -> Document:
    return next(a for a in row["assignments"] if a["unit"]["id"] == unit(key))


def answered(story: Story, proposal: str, day: datetime, **changes: Any) -> None:
    """A reply, of class B unless told, as the officer drafts it after a contact."""
    met = {"way": "PHONE", "heldOn": f"{day:%Y-%m-%d}", "people": "孙燕、顾怀瑾"}
    story.do(OFFICER, "recordContact", id=proposal, **met)
    content: dict[str, Any] = {
        "docNo": f"吴住建提复〔2017〕9{day:%m%d}号",
        "resultClass": "B",
        "body": "现答复如下。",
        "answers": [{"suggestion": n, "adoption": "ADOPTED"} for n in (1, 2, 3)],
        "contactPerson": "孙燕",
        "contactPhone": "0512-63000000",
    }
    story.do(OFFICER, "saveReply", id=proposal, **{**content, **changes})
    story.do(OFFICER, "requestSignOff", id=proposal)


def delivered(story: Story, proposal: str) -> None:
    story.do(LEADER, "signReply", id=proposal, signer="赵宏伟")
    story.do(SUPERVISING, "checkReply", id=proposal, unitId=ZJJ, passed=True)
    story.do(OFFICER, "deliverReply", id=proposal)


def test_a_unit_states_its_dispute_another_gives_its_opinion_a_third_asks_for_time(
    own: Story,
) -> None:
    story = own
    parts = {"zjj": "MAIN", "hygs": "CO", "scjgj": "CO"}
    proposal = assigned(story, "关于规范电动车充电设施的建议", "MAIN_CO", **parts)

    story.do(of("scjgj"), "requestReturn", id=proposal, reason="不属本单位职责")
    passed_on = {"accepted": True, "newUnitId": unit("czj"), "reason": "属财政职责"}
    story.do(SUPERVISING, "decideReturn", id=proposal, unitId=unit("scjgj"), **passed_on)
    story.do(of("czj"), "requestReturn", id=proposal, reason="也不属本单位职责")
    leader = of("czj", Role.UNIT_LEADER)
    stated = {"statement": "职责分工见三定方案", "signer": "钱国强"}
    row = only(story, leader, of("czj"), "stateDispute", id=proposal, **stated)
    assert share(row, "czj")["dispute"] == stated

    story.do(of("hygs"), "receiveAssignment", id=proposal)
    opinion = {"text": "改造后可由我公司接管。"}
    row = only(story, of("hygs"), LEADER, "giveCoOpinion", id=proposal, **opinion)
    given = share(row, "hygs")
    assert (given["state"], given["opinion"]) == ("CO_OPINION_GIVEN", opinion)

    story.do(OFFICER, "receiveAssignment", id=proposal)
    due = share(row, "zjj")["dueAt"]
    asked = {"until": "2017-06-30", "reason": "需与省厅会商"}
    row = only(story, OFFICER, SUPERVISING, "requestExtension", id=proposal, **asked)
    [extension] = share(row, "zjj")["extensions"]
    assert (extension["until"][:10], extension["granted"]) == ("2017-06-30", None)
    assert share(row, "zjj")["dueAt"] == due
    eventually(lambda: story.waits(SUPERVISING, "EXTENSION_DECISION", proposal))
    granted = {"unitId": ZJJ, "granted": True}
    row = only(story, SUPERVISING, STAFF, "decideExtension", id=proposal, **granted)
    assert share(row, "zjj")["dueAt"] == extension["until"]


def test_a_contact_is_disputed_and_confirmed_and_a_reply_goes_back_to_the_officer(
    own: Story,
) -> None:
    story, actor = own, own.member(GU)
    proposal = assigned(story, "关于设置社区晾晒区的建议", zjj="SOLE")
    story.do(OFFICER, "receiveAssignment", id=proposal)
    promise = {"text": "年内建成", "dueOn": "2017-10-31"}
    answered(story, proposal, NOW, commitments=[promise])

    contact = {"id": proposal, "no": 1}
    row = only(story, actor, OFFICER, "disputeContact", **contact, reason="当天没有接到电话")
    assert row["contacts"][0]["dispute"] == "当天没有接到电话"
    row = only(story, actor, OFFICER, "confirmContact", **contact)
    assert row["contacts"][0]["confirmedAt"].startswith("2017-02-06T09:")

    comment = {"comment": "请补充进度安排"}
    only(story, LEADER, OFFICER, "refuseSignOff", id=proposal, **comment)
    query = (
        "query ($id: ID!) { proposal(id: $id) { replies { signOffRefusal signOff { signer } } } }"
    )
    [reply] = story.ask(OFFICER, query, id=proposal)["proposal"]["replies"]
    assert reply == {"signOffRefusal": "请补充进度安排", "signOff": None}
    story.do(OFFICER, "requestSignOff", id=proposal)
    delivered(story, proposal)

    line = {"unitId": ZJJ, "attitude": "SATISFIED", "result": "BASIC"}
    form = {"lines": [line], "heardBy": "PHONE", "comment": "先记下"}
    row = only(story, actor, OFFICER, "saveEvaluation", id=proposal, **form)
    assert (row["state"], row["evaluations"]) == (
        "REPLIED",
        [{"comment": "先记下", "sentAt": None, "lines": [{"resultLabel": "基本满意"}]}],
    )
    query = "query ($id: ID!) { proposal(id: $id) { evaluations { comment } } }"
    assert story.ask(DIRECTOR, query, id=proposal)["proposal"]["evaluations"] == []

    assert story.evaluate(GU, proposal, "BASIC")["state"] == "TRACKING"
    _released(story, proposal)


def _released(story: Story, proposal: str) -> None:
    """What was promised is not kept, and given up for a stated reason."""
    day = datetime(2017, 10, 31, 9, tzinfo=SHANGHAI)
    story.world.stack.move_clock(day)
    eventually(lambda: story.waits(OFFICER, "REPLY", proposal))
    missed = {"commitment": 1, "status": "MISSED", "note": "规划调整"}
    proof = [story.upload(OFFICER, "现场照片.pdf")]
    answered(story, proposal, day, resultClass="A", proof=proof, outcomes=[missed])
    delivered(story, proposal)
    reason = {"no": 1, "reason": "规划调整，列为C类"}
    row = only(story, DIRECTOR, STAFF, "releaseCommitment", id=proposal, **reason)
    [promise] = row["commitments"]
    assert (promise["statusLabel"], promise["release"]) == ("未兑现", "规划调整，列为C类")
    assert promise["settledAt"].startswith("2017-10-31")


def test_a_unit_is_added_to_a_case_that_is_handled(own: Story) -> None:
    """Decision 54."""
    proposal = assigned(own, "关于增加承办单位的建议", zjj="SOLE")
    word = {"id": proposal, "unitId": unit("hygs"), "reason": "涉及管网权属"}
    row = only(own, SUPERVISING, OFFICER, "addUnit", **word)
    assert [a["part"] for a in row["assignments"]] == ["MAIN", "CO"]
    eventually(lambda: own.waits(of("hygs"), "RECEIVE", proposal))
    own.do(of("hygs"), "receiveAssignment", id=proposal)


CHANGES = """
  query ($id: ID!) {
    proposal(id: $id) {
      swap { reason askedAt doneAt consents { unit { id } agreed reason decideBy } }
      objections { no aboutLabel unit { id } reason raisedAt decideBy upheld answer answeredAt }
    }
  }
"""


def test_decision_54_units_change_places_and_the_committee_objects_once(own: Story) -> None:
    story, slj = own, {"unitId": unit("slj")}
    leaders = (LEADER, of("slj", Role.UNIT_LEADER))
    proposal = assigned(story, "关于整治背街小巷积水的建议", "MAIN_CO", zjj="MAIN", slj="CO")
    for officer in (OFFICER, of("slj")):
        story.do(officer, "receiveAssignment", id=proposal)
    asked = {"id": proposal, "reason": "以排水管网为主", **slj}
    only(story, SUPERVISING, STAFF, "proposeSwap", **asked)
    for leader in leaders:
        eventually(partial(story.waits, leader, "SWAP_CONSENT", proposal))
        row = only(story, leader, OFFICER, "answerSwap", id=proposal, agreed=True)
    assert (share(row, "slj")["part"], share(row, "zjj")["part"]) == ("MAIN", "CO")
    eventually(lambda: story.waits(of("slj"), "REPLY", proposal))

    other = assigned(story, "关于规范小区充电桩建设的建议", zjj="SOLE")
    story.do(OFFICER, "requestReturn", id=other, reason="不属本单位职责")
    story.do(SUPERVISING, "decideReturn", id=other, unitId=ZJJ, accepted=False, reason="属住建职责")
    objection = {"id": other, "about": "RETURN", "unitId": ZJJ}
    only(story, STAFF, DIRECTOR, "objectToDecision", reason="应由供电单位办理", **objection)
    eventually(lambda: story.waits(SUPERVISING, "OBJECTION_DECISION", other))
    given = {"upheld": True, "newUnitId": unit("slj"), "reason": "采纳"}
    row = only(story, SUPERVISING, STAFF, "answerObjection", **given, **objection)
    assert share(row, "slj")["state"] == "PENDING"
    eventually(lambda: story.waits(of("slj"), "RECEIVE", other))
    [found] = story.ask(STAFF, CHANGES, id=other)["proposal"]["objections"]
    assert (found["upheld"], found["answer"]) == (True, "采纳")
    assert story.ask(STAFF, CHANGES, id=proposal)["proposal"]["swap"]["doneAt"]
