"""A key proposal, an award, and plagiarism that undoes both (AC-15 in part; decision 33)."""

from __future__ import annotations

import pytest

from shared.actor import PUBLIC_ACTOR, Actor, Role
from tests.e2e.story import SUPERVISING, Refusal, Story
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF

LU, SHEN = "陆晓芸", "沈建国"
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
DECIDED = {"docNo": "吴政协主席会纪〔2017〕4号", "decidedOn": "2017-02-06"}
KEY = """
  query ($id: ID!) {
    proposal(id: $id) {
      isKey isExcellent
      key { state stateLabel docNo leader { name rankLabel } nominations { reason } }
      excellent { year }
      plagiarism { stateLabel statement }
    }
  }
"""
LIST = """
  { proposals(first: 100, filter: {keyStates: [SELECTED, LED, MEETING_HELD]}) {
      edges { node { id isKey } } } }
"""


def filed(story: Story, title: str) -> str:
    proposal = story.draft(LU, title=title)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    return proposal


def points(story: Story, name: str, proposal: str, kind: str) -> list[float]:
    source = f"proposal/{story.local(proposal)}/{kind}"
    return sorted(r["basePoints"] for r in story.ledger(name) if r["sourceRef"] == source)


def test_ac_15_a_key_proposal_is_chosen_led_and_counted(story: Story) -> None:
    proposal = filed(story, "关于推进老旧小区供水管网改造的建议")
    story.do(story.member(LU), "nominateKey", id=proposal, reason="事关民生")
    eventually(lambda: story.waits(CHAIR, "KEY_SELECTION", proposal))
    shown = story.ask(PUBLIC_ACTOR, KEY, id=proposal)["proposal"]
    assert (shown["isKey"], shown["key"]) == (False, None)  # a candidate is nobody's news
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.do(story.member(LU), "selectKey", id=proposal, **DECIDED)
    story.do(CHAIR, "selectKey", id=proposal, **DECIDED)
    eventually(lambda: points(story, LU, proposal, "key") == [4])
    eventually(lambda: points(story, SHEN, proposal, "key") == [1])
    story.await_message(SHEN, "您联名的提案《关于推进老旧小区供水管网改造的建议》已列为重点提案")
    leader = {"name": "周立新", "rank": "CPPCC_LEADER"}
    story.do(SUPERVISING, "nameKeyLeader", id=proposal, **leader)
    meeting = {"heldOn": "2017-02-06", "people": "三方", "minutes": "商定分期实施。"}
    story.do(STAFF, "recordKeyMeeting", id=proposal, **meeting)
    shown = story.ask(PUBLIC_ACTOR, KEY, id=proposal)["proposal"]
    assert (shown["isKey"], shown["key"]) == (
        True,
        {
            "state": "MEETING_HELD",
            "stateLabel": "已开督办会",
            "docNo": DECIDED["docNo"],
            "leader": {"name": "周立新", "rankLabel": "政协领导"},
            "nominations": [],
        },
    )
    listed = story.ask(PUBLIC_ACTOR, LIST)["proposals"]["edges"]
    assert {"id": proposal, "isKey": True} in [edge["node"] for edge in listed]


def test_plagiarism_takes_two_people_and_undoes_points_and_honours(story: Story) -> None:
    proposal = filed(story, "关于完善小区二次供水监管机制的建议")
    story.await_points(LU, proposal, [("B2", 8.0)])
    story.do(story.member(LU), "nominateKey", id=proposal, reason="事关民生")
    story.do(OFFICE, "selectKey", id=proposal, **DECIDED)
    story.do(DIRECTOR, "awardExcellent", id=proposal, year=2017, **DECIDED)
    eventually(lambda: points(story, LU, proposal, "excellent") == [5])
    copied = {"source": "2015年市政协提案", "reason": "三段雷同"}
    story.do(story.member(SHEN), "reportPlagiarism", id=proposal, **copied)
    story.do(story.member(LU), "stateOnPlagiarism", id=proposal, statement="系本人此前稿件")
    story.do(DIRECTOR, "decidePlagiarism", id=proposal, upheld=True, reason="经比对")
    with pytest.raises(Refusal) as refused:
        story.do(DIRECTOR, "confirmPlagiarism", id=proposal, confirmed=True)
    assert refused.value.codes == ["SECOND_PERSON"]
    eventually(lambda: story.waits(OFFICE, "PLAGIARISM_CONFIRMATION", proposal))
    story.do(OFFICE, "confirmPlagiarism", id=proposal, confirmed=True)
    story.await_points(LU, proposal, [("B2", -8.0), ("B2", 8.0)])
    story.await_points(SHEN, proposal, [("B3", -2.0), ("B3", 2.0)])
    eventually(lambda: points(story, LU, proposal, "excellent") == [-5, 5])
    eventually(lambda: points(story, LU, proposal, "key") == [-4, 4])
    assert points(story, LU, proposal, "plagiarism") == [-10]
    assert points(story, SHEN, proposal, "plagiarism") == []
    shown = story.ask(DIRECTOR, KEY, id=proposal)["proposal"]
    assert (shown["isKey"], shown["isExcellent"]) == (False, False)
    assert shown["plagiarism"] == {"stateLabel": "已认定", "statement": "系本人此前稿件"}
    assert story.ask(PUBLIC_ACTOR, KEY, id=proposal)["proposal"]["plagiarism"] is None
