"""What happens to a proposal that is not yet filed: declined, discarded, sealed, withdrawn."""

from __future__ import annotations

from typing import Any

import pytest

from shared.actor import Actor, Role
from tests.e2e.story import OFFICER, Story
from tests.stack import Document
from tests.world import DIRECTOR, OFFICE, STAFF, World

GU, MENG, LEI = "顾清和", "孟知远", "雷霁云"
PARTY = {"organisation": "org-minjin"}
CLERK = Actor("account-minjin", Role.ORG_STAFF, PARTY)
HEAD = Actor("account-minjin-head", Role.ORG_HEAD, PARTY)
OTHER_HEAD = Actor("account-jiusan-head", Role.ORG_HEAD, {"organisation": "org-jiusan"})


@pytest.fixture(scope="module")
def people(world: World) -> None:
    for number, name in enumerate((GU, MENG, LEI), 741):
        world.member(name, number, "24")


@pytest.fixture
def own(people: None, story: Story) -> Story:
    return story


def only(story: Story, actor: Actor, stranger: Actor, mutation: str, **given: Any) -> Document:
    shown = """proposal {
      id state stateLabel seal { role sealedAt } cosignatures { member { name } stateLabel }
    }"""
    row: Document = story.only(actor, stranger, mutation, shown, **given)["proposal"]
    return row


def test_an_invitation_is_declined_or_cancelled_and_the_draft_given_up(own: Story) -> None:
    story = own
    proposal = story.draft(GU, title="关于建设乡村共享书屋的建议")
    story.invite(GU, proposal, MENG, LEI)
    only(story, story.member(MENG), OFFICER, "declineCosignature", id=proposal)
    lei = {"memberId": story.gid(LEI)}
    row = only(story, story.member(GU), OFFICER, "cancelInvitation", id=proposal, **lei)
    assert row["cosignatures"] == [
        {"member": {"name": MENG}, "stateLabel": "已谢绝"},
        {"member": {"name": LEI}, "stateLabel": "已取消"},
    ]
    given_up = only(story, story.member(GU), OFFICER, "discardDraft", id=proposal)
    assert (given_up["state"], given_up["stateLabel"]) == ("DISCARDED", "已放弃")
    assert story.turned_away(story.member(MENG), "discardDraft", id=proposal) == "NOT_FOUND"


def test_a_partys_proposal_is_sealed_by_its_own_head(own: Story) -> None:
    story = own
    query = "mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { proposal { id } } }"
    text = {
        "proposerType": "PARTY",
        "title": "关于完善青少年心理健康服务的建议",
        "situation": "部分学校没有专职心理教师。",
        "analysis": "编制不足，培训不够。",
        "suggestions": ["三年内每校配备专职心理教师"],
        "category": "SOCIAL",
        "declared": True,
    }
    proposal = story.ask(CLERK, query, input=text)["saveDraft"]["proposal"]["id"]
    asked = only(story, CLERK, OFFICER, "requestSeal", id=proposal)
    assert asked["seal"] == {"role": "ORG_HEAD", "sealedAt": None}
    assert story.turned_away(OTHER_HEAD, "confirmSeal", id=proposal) == "NOT_FOUND"
    sealed = only(story, HEAD, CLERK, "confirmSeal", id=proposal)
    assert sealed["seal"]["sealedAt"].startswith("2017-02-06T09:")


def test_before_filing_a_proposal_is_withdrawn_without_asking(own: Story) -> None:
    story = own
    proposal = story.draft(LEI, "INDIVIDUAL", title="关于增设公园无障碍坡道的建议")
    story.do(story.member(LEI), "submitProposal", id=proposal)
    reason = {"reason": "已由街道解决"}
    row = only(story, story.member(LEI), STAFF, "withdrawProposal", id=proposal, **reason)
    assert (row["state"], row["stateLabel"]) == ("WITHDRAWN", "撤案")


def test_what_is_alike_and_what_has_changed_is_shown(own: Story) -> None:
    story, actor = own, own.member(GU)
    first = story.draft(GU, title="关于开发蚕桑文化研学线路的建议", situation="游客停留不久。")
    story.invite(GU, first, MENG)
    story.confirm(first, MENG)  # who signs a text pins it
    changed = {"title": "关于开发蚕桑文化研学基地的建议"}
    story.do(actor, "saveDraft", id=first, **changed)
    story.confirm(first, MENG)
    query = """query ($text: String!, $besides: ID) {
      similarProposals(text: $text, besides: $besides, first: 1) { likeness proposal { id title } }
    }"""
    [found] = story.ask(actor, query, text="蚕桑文化研学基地的开发")["similarProposals"]
    assert found["proposal"] == {"id": first, **changed}
    assert 0 < found["likeness"] <= 1
    besides = story.ask(actor, query, text="蚕桑文化研学基地的开发", besides=first)
    assert first not in [row["proposal"]["id"] for row in besides["similarProposals"]]

    versions = "query ($id: ID!) { proposal(id: $id) { versions { no } } }"
    numbers = [row["no"] for row in story.ask(actor, versions, id=first)["proposal"]["versions"]]
    query = """query ($id: ID!, $before: Int!, $after: Int!) {
      textDifference(id: $id, before: $before, after: $after) { field before after }
    }"""
    asked = {"id": first, "before": min(numbers), "after": max(numbers)}
    assert story.ask(actor, query, **asked)["textDifference"] == [
        {"field": "title", "before": "关于开发蚕桑文化研学线路的建议", "after": changed["title"]}
    ]
    token = story.world.stack.token(story.member(LEI))
    hidden = story.world.stack.graphql(query, asked, token)
    assert [error["extensions"]["code"] for error in hidden["errors"]] == ["NOT_FOUND"]


def test_a_series_of_numbers_begins_where_the_office_says(own: Story) -> None:
    place = {"term": 15, "session": 9, "kind": "REGULAR", "first": 201}
    started = own.only(OFFICE, STAFF, "setCounterStart", "start { counter first }", **place)
    assert started["start"]["first"] == 201
    again = own.run(DIRECTOR, "setCounterStart", "start { counter first }", **place)
    assert again == {**started, "errors": []}
