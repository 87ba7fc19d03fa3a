"""A proposal that is not filed, and the appeal (AC-05)."""

from __future__ import annotations

import pytest

from tests.e2e.story import Refusal, Story
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF

LU = "陆晓芸"
REFUSED = """
  query ($id: ID!) {
    proposal(id: $id) { state notFiled { reasonLabel dispositionLabel comment appealBy } }
  }
"""


def under_review(story: Story, title: str) -> str:
    proposal = story.draft(LU, kind="INDIVIDUAL", title=title)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.do(STAFF, "startReview", id=proposal)
    return proposal


def b5(story: Story, proposal: str) -> list[float]:
    source = f"proposal/{story.local(proposal)}/not_filed"
    return sorted(r["basePoints"] for r in story.ledger(LU) if r["sourceRef"] == source)


def test_ac_05_a_personal_matter_becomes_a_letter_only_and_a_vague_one_scpo(story: Story) -> None:
    shop = under_review(story, "关于支持个体商铺经营发展的建议")
    own = {"reason": "NF07", "comment": "为本人商铺求助"}
    with pytest.raises(Refusal) as refused:
        story.do(DIRECTOR, "notFileProposal", id=shop, disposition="TO_SCPO", **own)
    assert refused.value.codes == ["NF07_LETTER_ONLY"]
    story.do(DIRECTOR, "notFileProposal", id=shop, disposition="TO_LETTER", **own)

    vague = under_review(story, "关于完善企业诚信体系的建议")
    nf10 = {"reason": "NF10", "disposition": "TO_SCPO", "comment": "没有具体建议"}
    row = story.do(DIRECTOR, "notFileProposal", id=vague, **nf10)
    assert (row["state"], row["stateLabel"]) == ("NOT_FILED", "不予立案")
    log = story.world.stack.db("proposals")["event_log"]
    told = {"subject": story.local(vague), "type": "proposal_not_filed"}
    fact = eventually(lambda: log.find_one(told))
    assert fact is not None
    # What the opinions service takes.
    assert (fact["data"]["reason"], fact["data"]["disposition"]) == ("NF10", "TO_SCPO")

    seen = story.ask(story.member(LU), REFUSED, id=vague)["proposal"]["notFiled"]
    assert (seen["reasonLabel"], seen["dispositionLabel"]) == (
        "内容空泛、没有具体建议",
        "转社情民意信息",
    )
    story.await_message(LU, "《关于完善企业诚信体系的建议》未予立案")
    eventually(lambda: b5(story, vague) == [2])
    assert b5(story, shop) == []


def test_an_appeal_that_two_agree_to_leads_back_to_review_and_to_filing(story: Story) -> None:
    proposal = under_review(story, "关于建立企业诚信档案的建议")
    nf10 = {"reason": "NF10", "disposition": "TO_REFERENCE", "comment": "没有具体建议"}
    story.do(DIRECTOR, "notFileProposal", id=proposal, **nf10)
    eventually(lambda: b5(story, proposal) == [2])
    story.do(story.member(LU), "requestAppeal", id=proposal, reason="第二条是具体的")
    eventually(lambda: story.waits(DIRECTOR, "APPEAL_DECISION", proposal))
    story.do(DIRECTOR, "decideAppeal", id=proposal, agreed=True, reason="建议具体可行")
    with pytest.raises(Refusal) as refused:
        story.do(DIRECTOR, "confirmAppeal", id=proposal, confirmed=True)
    assert refused.value.codes == ["SECOND_PERSON"]
    eventually(lambda: story.waits(STAFF, "APPEAL_CONFIRMATION", proposal))
    back = story.do(STAFF, "confirmAppeal", id=proposal, confirmed=True)
    assert back["state"] == "UNDER_REVIEW"
    story.file_reviewed(proposal)
    eventually(lambda: b5(story, proposal) == [-2, 2])


def test_only_the_director_refuses_and_only_the_author_appeals(story: Story) -> None:
    proposal = under_review(story, "关于发展地方特色旅游的建议")
    nf10 = {"reason": "NF10", "disposition": "TO_REFERENCE", "comment": "没有具体建议"}
    for actor in (STAFF, story.member(LU)):
        with pytest.raises(AssertionError, match="FORBIDDEN"):
            story.do(actor, "notFileProposal", id=proposal, **nf10)
    story.do(DIRECTOR, "notFileProposal", id=proposal, **nf10)
    with pytest.raises(AssertionError, match="NOT_FOUND"):
        story.do(story.member("沈建国"), "requestAppeal", id=proposal, reason="代为申请")
