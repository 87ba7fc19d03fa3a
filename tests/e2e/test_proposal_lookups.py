"""What helps while drafting, and one handling for merged proposals, through GraphQL."""

from __future__ import annotations

import pytest

from shared.actor import PUBLIC_ACTOR
from tests.e2e.story import OFFICER, SUPERVISING, ZJJ, Refusal, Story
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF

LU, QIAN = "陆晓芸", "钱文娟"
GUIDE = "{ topicGuide(year: 2017) { edition topics { categoryLabel title } draft { title } } }"
HINTS = """
  query ($text: DraftTextInput!) { draftingHints(text: $text) { code field message } }
"""
SAVE = """
  mutation ($input: SaveTopicGuideInput!) {
    saveTopicGuide(input: $input) { guide { edition } errors { reason } }
  }
"""
PUBLISH = """
  mutation ($input: PublishTopicGuideInput!) {
    publishTopicGuide(input: $input) { guide { edition } errors { reason } }
  }
"""
MERGED = """
  query ($id: ID!) {
    proposal(id: $id) {
      stateLabel caseState serialNo
      merged { caseNo lead { id } }
      followers { id firstProposer { name } }
    }
  }
"""


def test_a_guide_is_published_and_hints_point_at_what_is_weak(story: Story) -> None:
    topics = [{"category": "URBAN_RURAL", "title": "老旧住宅小区二次供水"}]
    story.ask(STAFF, SAVE, input={"year": 2017, "topics": topics})
    assert story.ask(story.member(LU), GUIDE)["topicGuide"] is None
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.ask(STAFF, PUBLISH, input={"year": 2017})
    done = story.ask(DIRECTOR, PUBLISH, input={"year": 2017})["publishTopicGuide"]
    assert done == {"guide": {"edition": 1}, "errors": []}
    assert story.ask(PUBLIC_ACTOR, GUIDE)["topicGuide"] == {
        "edition": 1,
        "topics": [{"categoryLabel": "城乡建设", "title": "老旧住宅小区二次供水"}],
        "draft": None,
    }
    story.await_message(LU, "2017年度提案选题指南已发布")
    text = {"title": "二次供水", "suggestions": ["高度重视二次供水改造管理工作"]}
    found = story.ask(story.member(LU), HINTS, text=text)["draftingHints"]
    assert {(row["code"], row["field"]) for row in found} >= {
        ("TITLE_FORM", "title"),
        ("SUGGESTION_VAGUE", "suggestions.0"),
        ("UNITS", "advisedUnits"),
    }
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.ask(OFFICER, HINTS, text=text)


def test_merged_proposals_have_one_handling_and_a_reply_for_each(story: Story) -> None:
    """T7, decision 24; the follower's proposer has points as if filed."""
    lead = story.draft(LU, kind="INDIVIDUAL", title="关于推进二次供水设施改造的建议")
    story.do(story.member(LU), "submitProposal", id=lead)
    story.file(lead)
    follower = story.draft(QIAN, kind="INDIVIDUAL", title="关于解决高层住宅供水难题的建议")
    story.do(story.member(QIAN), "submitProposal", id=follower)
    story.do(STAFF, "startReview", id=follower)
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.do(STAFF, "mergeProposal", id=follower, leadId=lead, reason="同为二次供水")
    row = story.do(DIRECTOR, "mergeProposal", id=follower, leadId=lead, reason="同为二次供水")
    assert (row["state"], row["stateLabel"]) == ("MERGED", "并案")
    story.await_points(QIAN, follower, [("B1", 10.0)])
    case_no = story.seen(story.member(LU), lead)
    assert case_no is not None
    shown = story.ask(story.member(QIAN), MERGED, id=follower)["proposal"]
    assert shown["merged"] == {"caseNo": case_no["caseNo"], "lead": {"id": lead}}
    led = story.ask(story.member(LU), MERGED, id=lead)["proposal"]
    assert led["followers"] == [{"id": follower, "firstProposer": {"name": QIAN}}]
    with pytest.raises(Refusal) as refused:
        story.do(story.member(LU), "requestWithdrawal", id=lead, reason="另行提出")
    assert refused.value.codes == ["LEADS_OTHERS"]

    units = [{"unitId": ZJJ, "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=lead, mode="SOLE", units=units)
    story.do(SUPERVISING, "assignProposal", id=lead)
    with pytest.raises(Refusal) as refused:
        story.do(OFFICER, "receiveAssignment", id=follower)
    assert refused.value.codes == ["FOLLOWS_LEAD"]
    eventually(lambda: story.waits(OFFICER, "RECEIVE", lead))
    assert not story.waits(OFFICER, "RECEIVE", follower)  # one to-do for all that was merged
    story.do(OFFICER, "receiveAssignment", id=lead)
    shown = story.ask(story.member(QIAN), MERGED, id=follower)["proposal"]
    assert (shown["stateLabel"], shown["caseState"]) == ("办理中", "HANDLING")
    eventually(lambda: not story.waits(OFFICER, "RECEIVE", lead))
