"""Messages, to-dos and proposals as they change, over a WebSocket, for whom they are."""

from __future__ import annotations

from shared.actor import PUBLIC_ACTOR, Actor, TokenSigner
from tests.e2e.story import Story
from tests.follower import Follower, following

LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"
MESSAGES = "subscription { notificationReceived { title text unread } }"
TODOS = "subscription { todoChanged { id kind kindLabel open todo { text link { id } } } }"
CHANGES = """
  subscription ($id: ID!) { proposalChanged(id: $id) { state stateLabel cosignatures { state } } }
"""


def token(story: Story, actor: Actor) -> str | None:
    return story.world.stack.token(actor)


def texts(follower: Follower, wanted: str) -> str:
    """Read on until a message says `wanted`."""
    while True:
        text: str = follower.next()["notificationReceived"]["text"]
        if wanted in text:
            return text


def test_a_message_reaches_its_recipient_while_it_is_looked_at(story: Story) -> None:
    proposal = story.draft(LU, title="关于试行消息订阅功能的建议")
    stack = story.world.stack
    lu, shen = (token(story, story.member(name)) for name in (LU, SHEN))
    with following(stack, lu, MESSAGES) as hers, following(stack, shen, MESSAGES) as his:
        story.invite(LU, proposal, SHEN)
        assert "邀请您联名提案《关于试行消息订阅功能的建议》" in texts(his, "试行消息订阅")
        story.confirm(proposal, SHEN)
        assert "新增一位联名人" in texts(hers, "试行消息订阅")


def test_a_todo_comes_and_is_done(story: Story) -> None:
    proposal = story.draft(LU)
    stack = story.world.stack
    with following(stack, token(story, story.member(SHEN)), TODOS) as follower:
        story.invite(LU, proposal, SHEN)

        came = follower.next()["todoChanged"]
        while came["todo"] is None or came["todo"]["link"]["id"] != proposal:
            came = follower.next()["todoChanged"]
        assert (came["kind"], came["kindLabel"], came["open"]) == (
            "COSIGN_ANSWER",
            "答复联名邀请",
            True,
        )
        story.confirm(proposal, SHEN)
        done = follower.next()["todoChanged"]
        while done["id"] != came["id"] or done["open"]:
            done = follower.next()["todoChanged"]
        assert done["todo"] is None


def test_a_proposal_is_followed_by_those_who_may_see_it_and_by_nobody_else(story: Story) -> None:
    proposal = story.draft(LU, kind="JOINT")
    stack = story.world.stack
    lu, qian = (token(story, story.member(name)) for name in (LU, QIAN))
    with (
        following(stack, lu, CHANGES, id=proposal) as author,
        following(stack, qian, CHANGES, id=proposal) as outsider,
        following(stack, None, CHANGES, id=proposal) as visitor,
    ):
        story.invite(LU, proposal, SHEN)
        assert author.next()["proposalChanged"]["state"] == "COSIGNING"
        story.confirm(proposal, SHEN)
        story.do(story.member(LU), "submitProposal", id=proposal)
        story.file(proposal)
        # The first that they get is what they may see: the filed proposal.
        for follower in (outsider, visitor):
            assert follower.next()["proposalChanged"]["stateLabel"] == "立案"


def test_who_loses_the_right_gets_no_more(story: Story) -> None:
    proposal = story.draft(LU, kind="JOINT")
    story.invite(LU, proposal, SHEN)
    stack = story.world.stack
    lu, shen = (token(story, story.member(name)) for name in (LU, SHEN))
    with (
        following(stack, lu, CHANGES, id=proposal) as author,
        following(stack, shen, CHANGES, id=proposal) as invited,
    ):
        story.confirm(proposal, SHEN)
        while invited.next()["proposalChanged"]["cosignatures"] != [{"state": "CONFIRMED"}]:
            pass
        story.do(story.member(LU), "reopenDraft", id=proposal)
        while author.next()["proposalChanged"]["state"] != "DRAFT":
            pass
        invited.settle()
        # The next that he gets is that he is invited again; of the time before something may
        # come late.
        story.invite(LU, proposal, SHEN)
        come = [invited.next()["proposalChanged"]]
        while come[-1]["cosignatures"] != [{"state": "INVITED"}]:
            come.append(invited.next()["proposalChanged"])
        assert {change["state"] for change in come} == {"COSIGNING"}


def test_a_visitor_has_no_inbox_to_follow(story: Story) -> None:
    for query in (MESSAGES, TODOS):
        with following(story.world.stack, token(story, PUBLIC_ACTOR), query) as follower:
            assert follower.refused() == "UNAUTHENTICATED"


def test_the_end_of_a_token_ends_what_it_follows(story: Story) -> None:
    stack = story.world.stack
    signer = TokenSigner.load(stack.keys, "identity")
    short = signer.sign(story.member(LU).claims(), 2)
    with following(stack, short, MESSAGES) as follower:
        assert follower.refused(timeout=20) == "UNAUTHENTICATED"
