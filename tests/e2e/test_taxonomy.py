"""Topics by code, duties by function, the directory by its uses (decisions 56, 57)."""

from __future__ import annotations

import pytest

from gateway.base import global_id
from tests.e2e.story import SUPERVISING, ZJJ, Refusal, Story
from tests.waiting import eventually
from tests.world import OFFICE, STAFF

TOPICS = """query ($parent: String) {
  topics(parent: $parent) { code name parent { name } } }"""
BY_TOPIC = """query ($code: String!) { proposals(filter: {mine: true, topicCode: $code}) {
  totalCount edges { node { title topics codedTopics { code name } } } } }"""
BY_FUNCTION = """{ dutyStatistics(by: FUNCTION) { key label duties
  functions { functionLabel duties } } }"""
DIRECTORY = """query ($filter: OrganisationFilter) {
  organisations(filter: $filter) { id name mayHandle } }"""


def known(story: Story, code: str, **said: object) -> bool:
    found = story.world.stack.db("proposals")["topics"].find_one({"_id": code, **said})
    return found is not None


def test_a_topic_from_its_creation_to_its_end(story: Story) -> None:
    author = story.member("陆晓芸")
    new = {"code": "NOISE_STORY", "name": "城市噪声", "parent": "ECOLOGY"}
    assert story.turned_away(author, "createTopic", **new) == "FORBIDDEN"
    story.run(OFFICE, "createTopic", "topic { code }", **new)
    below = story.ask(author, TOPICS, parent="ECOLOGY")["topics"]
    assert {"code": "WATER", "name": "水质", "parent": {"name": "加强生态环境建设"}} in below
    assert "NOISE_STORY" in [row["code"] for row in below]
    eventually(lambda: known(story, "NOISE_STORY") and known(story, "WATER"))

    title = "关于治理城市道路噪声的建议"
    draft = story.draft(
        "陆晓芸", "INDIVIDUAL", title=title, topics=["道路噪声"], topicCodes=["NOISE_STORY"]
    )
    for code in ("NOISE_STORY", "ECOLOGY"):  # an area holds its topics
        found = story.ask(author, BY_TOPIC, code=code)["proposals"]
        assert [edge["node"] for edge in found["edges"]] == [
            {
                "title": title,
                "topics": ["道路噪声"],
                "codedTopics": [{"code": "NOISE_STORY", "name": "城市噪声"}],
            }
        ]
    assert story.ask(author, BY_TOPIC, code="WATER")["proposals"]["totalCount"] == 0

    story.run(OFFICE, "renameTopic", "topic { name }", code="NOISE_STORY", name="噪声治理")
    story.run(OFFICE, "endTopic", "topic { validTo }", code="NOISE_STORY")
    eventually(lambda: known(story, "NOISE_STORY", valid_to={"$ne": None}))
    with pytest.raises(Refusal) as refused:
        story.draft("陆晓芸", "INDIVIDUAL", topicCodes=["NOISE_STORY"])
    assert refused.value.codes == ["TOPIC_UNFIT"]
    story.do(author, "saveDraft", id=draft, topicCodes=["NOISE_STORY", "WATER"])  # it had it
    [edge] = story.ask(author, BY_TOPIC, code="WATER")["proposals"]["edges"]
    shown = [topic["name"] for topic in edge["node"]["codedTopics"]]
    assert shown == ["噪声治理", "水质"]


def test_a_filed_proposal_is_a_duty_of_participation(story: Story) -> None:
    def duties() -> dict[str, int]:
        rows = story.ask(OFFICE, BY_FUNCTION)["dutyStatistics"]
        assert [row["label"] for row in rows] == ["政治协商", "民主监督", "参政议政"]
        return {row["key"]: row["duties"] for row in rows}

    before = duties()
    case = story.draft("沈建国", "INDIVIDUAL")
    story.do(story.member("沈建国"), "submitProposal", id=case)
    story.file(case)
    wanted = {**before, "PARTICIPATION": before["PARTICIPATION"] + 1}
    eventually(lambda: duties() == wanted)
    log = story.world.stack.db("proposals")["event_log"]
    filed = log.find_one({"subject": story.local(case), "type": "proposal_filed"})
    assert filed is not None and filed["data"]["function"] == "PARTICIPATION"


def test_an_organisation_is_used_for_what_it_may(story: Story) -> None:
    school = global_id("Organisation", "sch-wjzx")
    below = {"parent": global_id("Organisation", "unit-jyj"), "mayBeSupervised": True}
    rows = story.ask(story.member("陆晓芸"), DIRECTORY, filter=below)["organisations"]
    assert {"id": school, "name": "吴江中学", "mayHandle": False} in rows

    case = story.draft("钱文娟", "INDIVIDUAL")
    story.do(story.member("钱文娟"), "submitProposal", id=case)
    story.file(case)
    unfit = {"mode": "SOLE", "units": [{"unitId": school, "part": "SOLE"}]}
    with pytest.raises(Refusal) as refused:
        story.do(STAFF, "proposeAssignment", id=case, **unfit)
    assert refused.value.codes == ["UNIT_MAY_NOT_HANDLE"]
    fit = {"mode": "SOLE", "units": [{"unitId": ZJJ, "part": "SOLE"}]}
    story.do(STAFF, "proposeAssignment", id=case, **fit)
    with pytest.raises(Refusal) as refused:
        story.do(SUPERVISING, "assignProposal", id=case, **unfit)
    assert refused.value.codes == ["UNIT_MAY_NOT_HANDLE"]

    paper = {
        "kind": "LETTER",
        "retention": "TEN_YEARS",
        "title": "关于征求意见的函",
        "text": "请提出意见。",
        "main": [global_id("Organisation", "group-22")],
        "urgency": "NORMAL",
        "classification": "NONE",
    }
    with pytest.raises(Refusal) as refused:
        story.run(OFFICE, "draftDocument", "document { id }", **paper)
    assert refused.value.codes == ["RECIPIENTS_UNFIT"]
    paper["main"] = [global_id("Organisation", "dw-lili"), global_id("Organisation", "body-jw")]
    story.run(OFFICE, "draftDocument", "document { id }", **paper)
