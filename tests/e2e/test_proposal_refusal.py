"""A proposal that is not filed, and the appeal (AC-05)."""

from __future__ import annotations

import pytest

from shared.actor import Actor, Role
from tests.e2e.story import OFFICER, ZJJ, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF

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
    nf10 = {"reason": "NF10", "disposition": "TO_SCPO", "comment": "没有具体建议"}
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
    nf10 = {"reason": "NF10", "disposition": "TO_SCPO", "comment": "没有具体建议"}
    for actor in (STAFF, story.member(LU)):
        with pytest.raises(AssertionError, match="FORBIDDEN"):
            story.do(actor, "notFileProposal", id=proposal, **nf10)
    story.do(DIRECTOR, "notFileProposal", id=proposal, **nf10)
    with pytest.raises(AssertionError, match="NOT_FOUND"):
        story.do(story.member("沈建国"), "requestAppeal", id=proposal, reason="代为申请")


REFERRAL = """
  query ($id: ID!) {
    proposal(id: $id) {
      title
      referral { dispositionLabel agreed repliedAt units { name }
                 receipts { unit { name } receivedAt } affair { id stateLabel result } }
    }
  }
"""
REVIEWED = """
  query ($id: ID!) {
    proposal(id: $id) {
      fieldCommittees { name } firstReview { verdictLabel opinion units { name } against }
      committeeComments { committee { name } text givenAt }
    }
  }
"""
URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})


def referral(story: Story, actor: Actor, proposal: str) -> Document | None:
    shown: Document | None = story.ask(actor, REFERRAL, id=proposal)["proposal"]
    return shown and shown["referral"]


def test_decision_50_what_is_not_filed_is_read_or_answered_elsewhere(story: Story) -> None:
    """The unit's receipt and the office's answer to a letter both reach the author."""
    author = story.member(LU)
    read = under_review(story, "关于提升农村公厕管理水平的建议")
    eventually(lambda: story.waits(URBAN, "COMMITTEE_COMMENT", read))
    story.do(URBAN, "commentOnProposal", id=read, text="同一事项已列入农村改厕计划")
    proposed = {"verdict": "FILE", "reviewUnits": [ZJJ], "opinion": "建议立案"}
    story.do(STAFF, "proposeVerdict", id=read, **proposed)
    seen = story.ask(DIRECTOR, REVIEWED, id=read)["proposal"]
    assert (seen["firstReview"]["verdictLabel"], len(seen["committeeComments"])) == ("立案", 1)
    nf12 = {"reason": "NF12", "disposition": "TO_REFERENCE", "comment": "同一事项已在办理"}
    story.do(DIRECTOR, "notFileProposal", id=read, referenceUnits=[ZJJ], against="已在办理", **nf12)
    eventually(lambda: story.waits(author, "REFERRAL_CONSENT", read))
    assert referral(story, OFFICER, read) is None
    story.do(author, "answerReferral", id=read, agreed=True, comment="可供参考")
    eventually(lambda: story.waits(OFFICER, "REFERRAL_RECEIPT", read))
    story.do(OFFICER, "confirmReferral", id=read)
    story.await_message(LU, "《关于提升农村公厕管理水平的建议》已由送阅单位确认收到")
    shown = referral(story, author, read)
    assert shown is not None and shown["receipts"][0]["receivedAt"]

    own = under_review(story, "关于解决商铺门前停车问题的建议")
    nf07 = {"reason": "NF07", "disposition": "TO_LETTER", "comment": "属个人事项"}
    story.do(DIRECTOR, "notFileProposal", id=own, **nf07)
    story.do(author, "answerReferral", id=own, agreed=True)

    def affair(actor: Actor) -> Document:
        found = referral(story, actor, own)
        return (found and found["affair"]) or {}

    eventually(lambda: affair(OFFICE).get("stateLabel") == "待受理")
    letter = {"affairId": affair(OFFICE)["id"]}
    story.run(OFFICE, "acceptAffair", "affair { id }", **letter)
    answer = "已商请城管部门增划车位"
    story.run(OFFICE, "finishAffair", "affair { id }", result=answer, **letter)
    assert affair(author)["result"] == answer
    eventually(lambda: (referral(story, author, own) or {})["repliedAt"])
    eventually(lambda: story.waits(author, "AFFAIR_RATING", letter["affairId"]))
    story.run(author, "rateAffair", "affair { stateLabel mine }", stars=5, **letter)
