"""A filed proposal is handled, answered, judged and closed (AC-11 in part)."""

from __future__ import annotations

import pytest

from shared.actor import PUBLIC_ACTOR
from tests.e2e.story import LEADER, OFFICER, SUPERVISING, ZJJ, Refusal, Story
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF

OPENED = """
  query ($id: ID!) {
    proposal(id: $id) { replies { body contactPerson disclosure { opennessLabel summary } } }
  }
"""
LU, SHEN = "陆晓芸", "沈建国"


def filed(story: Story) -> str:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    return proposal


def test_the_evaluation_is_sealed_from_the_unit_until_closing(story: Story) -> None:
    proposal = filed(story)
    story.handle(proposal, "吴住建提复〔2017〕6号")
    sealed = story.evaluate(LU, proposal, "DISSATISFIED", reason="没有资金安排")
    assert (sealed["state"], sealed["stateLabel"]) == ("REHANDLING", "重新办理")
    for blind in (OFFICER, LEADER, SUPERVISING, PUBLIC_ACTOR):
        row = story.handled(blind, proposal)
        assert (row["evaluations"], row["attitude"], row["result"]) == ([], None, None)
    (own,) = story.handled(story.member(LU), proposal)["evaluations"]
    assert own["lines"][0]["resultLabel"] == "不满意"
    (known,) = story.handled(DIRECTOR, proposal)["evaluations"]
    assert (known["member"], known["binding"]) == ({"name": LU}, True)


def test_ac_11_a_unit_cannot_evaluate_for_the_member(story: Story) -> None:
    proposal = filed(story)
    story.handle(proposal, "吴住建提复〔2017〕7号")
    lines = [{"unitId": ZJJ, "attitude": "SATISFIED", "result": "SATISFIED"}]
    query = """
      mutation ($input: EvaluateReplyInput!) { evaluateReply(input: $input) { proposal { id } } }
    """
    stack = story.world.stack
    answer = stack.graphql(query, {"input": {"id": proposal, "lines": lines}}, stack.token(OFFICER))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
    seen = story.seen(OFFICER, proposal)
    assert seen is not None and seen["state"] == "REPLIED"


def test_the_public_sees_the_answer_and_neither_contacts_nor_grades(story: Story) -> None:
    proposal = filed(story)
    story.handle(proposal, "吴住建提复〔2017〕8号")
    story.evaluate(LU, proposal, "SATISFIED")
    row = story.handled(PUBLIC_ACTOR, proposal)
    assert (row["stateLabel"], row["replies"], row["resultClass"]) == ("办结", [], None)
    eventually(lambda: story.waits(STAFF, "OPENNESS_DECISION", proposal))
    reply = {"id": proposal, "unitId": ZJJ, "round": 1}
    story.do(STAFF, "decideReplyOpenness", openness="FULL", **reply)
    row = story.handled(PUBLIC_ACTOR, proposal)
    assert row["replies"][0]["docNo"] == "吴住建提复〔2017〕8号"
    assert (row["replies"][0]["signOff"], row["resultClass"]) == (None, "A")
    assert (row["contacts"], row["attitude"], row["evaluations"]) == (None, None, [])
    summary = {"openness": "SUMMARY", "summary": "两个小区今年改造"}
    story.do(STAFF, "decideReplyOpenness", **summary, **reply)
    shown = story.ask(PUBLIC_ACTOR, OPENED, id=proposal)["proposal"]["replies"]
    decided = {"opennessLabel": "摘要公开", "summary": "两个小区今年改造"}
    assert shown == [{"body": "", "contactPerson": "", "disclosure": decided}]


def test_what_a_reply_lacks_is_shown_in_chinese(story: Story) -> None:
    proposal = filed(story)
    units = [{"unitId": ZJJ, "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=units)
    story.do(SUPERVISING, "assignProposal", id=proposal)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    story.do(OFFICER, "saveReply", id=proposal, resultClass="B", body="正文")
    with pytest.raises(Refusal) as refused:
        story.do(OFFICER, "requestSignOff", id=proposal)
    assert "B类（正在解决或列入计划）须至少有一项写明完成日期的承诺" in refused.value.messages
    assert "V16_CONTACT_MISSING" in refused.value.codes
