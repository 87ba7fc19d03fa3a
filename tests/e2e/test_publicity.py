"""Three media and the interview, to the end of AC-15; consent, corrections, who may what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gateway.base import local_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from tests.e2e.conftest import NOW
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, STAFF

LU, SHEN = "陆晓芸", "沈建国"
URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})
EDITOR = Actor("account-editor", Role.INFO_EDITOR)
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
SLJ = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
SHOWN = """content {
  id state stateLabel title online version reviews { stepLabel passed words }
  publications { channel state issue attempts error trace { stateLabel reason } }
}"""
TALK = "interview { id state stateLabel proposal { id } guests { name } airedAt url }"
TITLE = "让老小区喝上放心水"
READ = """query ($id: ID!) { publicityContent(id: $id) {
  title body siteTitle siteBody publications { channel } reviews { words } members { name } } }"""


@pytest.fixture
def known(story: Story) -> Story:
    """Publicity has heard of the members."""
    stack = story.world.stack
    ids = [actor.member_id for actor in story.world.members.values()]
    members = stack.db("publicity")["members"]
    eventually(lambda: members.count_documents({"_id": {"$in": ids}}) == len(ids))
    return story


def step(story: Story, actor: Actor, mutation: str, id: str, **given: object) -> Document:
    row: Document = story.run(actor, mutation, SHOWN, contentId=id, **given)["content"]
    return row


def written(story: Story, **changes: object) -> str:
    given = {"title": TITLE, "column": "委员风采", "body": "第一段。\n\n第二段。", **changes}
    made = story.only(story.member(LU), SLJ, "writePublicityContent", SHOWN, **given)["content"]
    return str(made["id"])


def review(story: Story, actor: Actor, id: str, which: str, **changes: object) -> Document:
    said = {"step": which, "passed": True, "words": "同意", **changes}
    return step(story, actor, "reviewPublicityContent", id, **said)


def approved(story: Story, **changes: object) -> str:
    id = written(story, **changes)
    step(story, story.member(LU), "submitPublicityContent", id)
    for actor, which in ((URBAN, "REVIEW_1"), (EDITOR, "REVIEW_2"), (CHAIR, "REVIEW_3")):
        made = review(story, actor, id, which)
    assert made["state"] == "APPROVED"
    return id


def place(story: Story, id: str, channel: str, **changes: object) -> Document:
    given = {"channel": channel, "plannedAt": NOW.isoformat(), **changes}
    return step(story, EDITOR, "planPublication", id, **given)


def states(story: Story, id: str) -> dict[str, str]:
    asked = "query ($id: ID!) { publicityContent(id: $id) { publications { channel state } } }"
    rows = story.ask(EDITOR, asked, id=id)["publicityContent"]["publications"]
    return {row["channel"]: row["state"] for row in rows}


def told(story: Story, id: str, event: str) -> list[Document]:
    log = story.world.stack.db("publicity")["event_log"]
    asked = {"type": event, "subject": local_id(id, "PublicityContent")}
    return [row["data"] for row in log.find(asked).sort("version", 1)]


def test_ac_15_the_interview_airs_and_the_article_goes_to_three_media(known: Story) -> None:
    story = known
    proposal = story.draft(LU)
    given = {
        "proposalId": proposal,
        "title": "二次供水怎么改",
        "medium": "RADIO",
        "station": "区广播电台“民生热线”",
        "plannedAt": NOW.isoformat(),
        "guests": [story.gid(LU)],
    }
    talk = story.only(STAFF, SLJ, "planProposalInterview", TALK, **given)["interview"]
    assert (talk["stateLabel"], [g["name"] for g in talk["guests"]]) == ("已策划", [LU])
    story.await_message(LU, "请您参加“二次供水怎么改”访谈")
    asked = "{ proposalInterviews(filter: {}, first: 50) { totalCount edges { node { id } } } }"

    def public() -> list[str]:
        rows = story.ask(PUBLIC_ACTOR, asked)["proposalInterviews"]["edges"]
        return [row["node"]["id"] for row in rows]

    assert talk["id"] not in public()
    one = {"interviewId": talk["id"]}
    early = {"airedAt": NOW.isoformat()}
    with pytest.raises(Refusal) as unrecorded:
        story.run(STAFF, "airProposalInterview", TALK, **one, **early)
    assert unrecorded.value.codes == ["PUBLICITY_WRONG_STATE"]
    recorded = {**one, "recordedAt": NOW.isoformat(), "notes": "录音三十分钟"}
    story.only(STAFF, SLJ, "recordProposalInterview", TALK, **recorded)
    aired = {**one, **early, "url": "http://radio.example/1"}
    row = story.only(STAFF, SLJ, "airProposalInterview", TALK, **aired)["interview"]
    assert (row["state"], row["url"]) == ("AIRED", "http://radio.example/1")
    assert talk["id"] in public()
    story.await_message(LU, "您参加的“二次供水怎么改”访谈已由")
    shown = "query ($id: ID!) { proposalInterview(id: $id) { stateLabel mediumLabel } }"
    aired_row = story.ask(PUBLIC_ACTOR, shown, id=talk["id"])["proposalInterview"]
    assert aired_row == {"stateLabel": "已播出", "mediumLabel": "广播电台"}

    id = approved(story)
    eventually(lambda: story.waits(EDITOR, "CONTENT_PLACING", id))
    issue = "2017年第1期"
    place(story, id, "WEBSITE")
    place(story, id, "MAGAZINE", issue=issue)
    place(story, id, "WECHAT", title="微信版标题")
    eventually(lambda: states(story, id)["WEBSITE"] == "PUBLISHED")
    eventually(lambda: states(story, id)["WECHAT"] == "FAILED")
    assert states(story, id)["MAGAZINE"] == "QUEUED"
    eventually(lambda: told(story, id, "content_published") != [])
    assert [data["channel"] for data in told(story, id, "content_published")] == ["WEBSITE"]
    [failed] = told(story, id, "content_publish_failed")
    assert (failed["channel"], failed["reason"], failed["attempt"], failed["final"]) == (
        "WECHAT",
        "公众号尚未配置",
        1,
        False,
    )
    # Alone, later and later, in the end a person's to-do.
    for attempt, minutes in ((2, 2), (3, 6), (4, 12), (5, 30)):
        story.world.stack.move_clock(NOW + timedelta(minutes=minutes))
        eventually(lambda n=attempt: len(told(story, id, "content_publish_failed")) == n)  # type: ignore[misc]
    assert told(story, id, "content_publish_failed")[-1]["final"]
    assert states(story, id) == {"MAGAZINE": "QUEUED", "WECHAT": "FAILED", "WEBSITE": "PUBLISHED"}
    eventually(lambda: story.waits(EDITOR, "CONTENT_FAILURE", id))
    again = {"contentId": id, "channel": "WECHAT"}
    story.only(EDITOR, SLJ, "retryPublication", SHOWN, **again)
    eventually(lambda: len(told(story, id, "content_publish_failed")) == 6)
    assert len(told(story, id, "content_published")) == 1
    printed = story.only(OFFICE, SLJ, "confirmPrinted", SHOWN, contentId=id)["content"]
    assert [p["state"] for p in printed["publications"]] == ["PUBLISHED", "PUBLISHED", "FAILED"]
    assert printed["publications"][0]["issue"] == issue


def test_three_people_review_and_what_is_sent_back_says_why(known: Story) -> None:
    story = known
    id = written(story, title="河湖保护见闻")
    own = {"contentId": id}
    story.only(story.member(LU), SLJ, "submitPublicityContent", SHOWN, **own)
    eventually(lambda: story.waits(EDITOR, "CONTENT_FIRST_REVIEW", id))
    said = {"contentId": id, "step": "REVIEW_1", "passed": True, "words": "同意"}
    story.only(EDITOR, story.member(LU), "reviewPublicityContent", SHOWN, **said)
    with pytest.raises(Refusal) as same:
        review(story, EDITOR, id, "REVIEW_2")
    assert same.value.codes == ["PUBLICITY_SAME_PERSON"]
    assert story.turned_away(URBAN, "reviewPublicityContent", **{**said, "step": "REVIEW_3"}) == (
        "FORBIDDEN"
    )
    review(story, OFFICE, id, "REVIEW_2")
    eventually(lambda: story.waits(CHAIR, "CONTENT_FINAL_REVIEW", id))
    back = review(story, CHAIR, id, "REVIEW_3", passed=False, words="请核对数据")
    assert (back["stateLabel"], [r["words"] for r in back["reviews"]]) == (
        "草稿",
        ["同意", "同意", "请核对数据"],
    )
    story.await_message(LU, "《河湖保护见闻》退回修改：请核对数据")
    again = {"title": "河湖保护见闻", "column": "委员风采", "body": "已核对。"}
    given = {"contentId": id, "expectedVersion": back["version"], **again}
    story.run(story.member(LU), "writePublicityContent", SHOWN, **given)
    with pytest.raises(Refusal) as stale:
        story.run(story.member(LU), "writePublicityContent", SHOWN, **given)
    assert stale.value.codes == ["STALE_VERSION"]
    other = {"contentId": id, "title": "河湖", "column": "委员风采", "body": "别人改。"}
    assert story.turned_away(story.member(SHEN), "writePublicityContent", **other) == "NOT_FOUND"


def test_a_model_needs_consent_earns_points_and_loses_them_when_taken_down(known: Story) -> None:
    story = known
    id = approved(story, title="履职典型", members=[story.gid(SHEN)], isModel=True)
    eventually(lambda: story.waits(story.member(SHEN), "CONTENT_CONSENT", id))
    with pytest.raises(Refusal) as missing:
        place(story, id, "WEBSITE")
    assert missing.value.codes == ["PUBLICITY_CONSENT_MISSING"]
    agreed = {"contentId": id, "agreed": True}
    story.only(story.member(SHEN), SLJ, "decidePublicityConsent", SHOWN, **agreed)
    planned = {"contentId": id, "channel": "WEBSITE", "plannedAt": NOW.isoformat()}
    assert story.turned_away(SLJ, "planPublication", **planned) == "FORBIDDEN"
    assert story.ask(PUBLIC_ACTOR, READ, id=id)["publicityContent"] is None
    place(story, id, "WEBSITE", title="网站标题")
    eventually(lambda: story.earned(SHEN, local_id(id, "PublicityContent")) == [("F8", 2)])
    row = story.ask(PUBLIC_ACTOR, READ, id=id)["publicityContent"]
    assert (row["title"], row["siteTitle"], row["members"]) == (
        "网站标题",
        "网站标题",
        [{"name": SHEN}],
    )
    assert (row["reviews"], row["publications"]) == ([], [])
    asked = """{ publicityContents(filter: {column: "委员风采"}, first: 50) {
      totalCount edges { node { id } } } }"""
    rows = story.ask(PUBLIC_ACTOR, asked)["publicityContents"]["edges"]
    assert id in [edge["node"]["id"] for edge in rows]
    fixed = {"contentId": id, "channel": "WEBSITE", "body": "更正后的正文。", "reason": "数据有误"}
    story.only(EDITOR, SLJ, "correctPublication", SHOWN, **fixed)
    assert story.ask(PUBLIC_ACTOR, READ, id=id)["publicityContent"]["siteBody"] == "更正后的正文。"
    down = {"contentId": id, "channel": "WEBSITE", "reason": "内容失实"}
    gone = story.only(EDITOR, SLJ, "takeDownPublication", SHOWN, **down)["content"]
    assert [t["stateLabel"] for t in gone["publications"][0]["trace"]] == [
        "待发布",
        "已发布",
        "已更正",
        "已撤下",
    ]
    assert story.ask(PUBLIC_ACTOR, READ, id=id)["publicityContent"] is None
    eventually(lambda: sum(p for _, p in story.earned(SHEN, local_id(id, "PublicityContent"))) == 0)
