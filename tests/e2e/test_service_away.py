"""Out of order, poison, a service away for a while (AC-14)."""

from __future__ import annotations

from gateway.base import global_id
from tests.e2e.story import Story
from tests.waiting import eventually
from tests.world import DIRECTOR

SHEN = "沈建国"
MEMBER = """
  query ($id: ID!) {
    node(id: $id) {
      ... on Member {
        name
        score { total }
        proposals(first: 100) { edges { node { id state } } }
      }
    }
  }
"""


def test_ac_14_a_withdrawal_a_poison_and_a_service_away(story: Story) -> None:
    stack = story.world.stack
    shen = story.member(SHEN)
    proposal = story.draft(SHEN, kind="INDIVIDUAL", title="关于完善公共自行车站点的建议")
    story.do(shen, "submitProposal", id=proposal)
    dead = stack.queue_depth("performance.dead")
    member, token = global_id("Member", str(shen.member_id)), stack.token(shen)
    stack.stop("performance")
    try:
        story.file(proposal)
        story.do(shen, "requestWithdrawal", id=proposal, reason="另行提出")
        story.do(DIRECTOR, "decideWithdrawal", id=proposal, agreed=True, reason="")
        stack.publish_raw("proposals", "proposal_filed", b"no event at all")
        answer = stack.graphql(MEMBER, {"id": member}, token)
        node = answer["data"]["node"]
        assert (node["name"], node["score"]) == (SHEN, None)
        states = {e["node"]["id"]: e["node"]["state"] for e in node["proposals"]["edges"]}
        assert states[proposal] == "WITHDRAWN"
        (error,) = answer["errors"]
        assert error["path"] == ["node", "score"]
    finally:
        stack.start("performance")
    story.await_points(SHEN, proposal, [("B1", -10.0), ("B1", 10.0)])  # nets to 0
    eventually(lambda: stack.queue_depth("performance.dead") == dead + 1)
    total, ledger = story.total(SHEN), story.ledger(SHEN)
    stack.replay("performance")
    assert (story.total(SHEN), story.ledger(SHEN)) == (total, ledger)
