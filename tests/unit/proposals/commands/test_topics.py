"""Topics of the taxonomy and themes of the year: on proposals and in the guide (decision 56)."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals import reactions
from services.proposals.commands import drafting, guiding, review
from services.proposals.domain import errors
from services.proposals.queries import lookups
from services.proposals.queries import proposals as queries
from services.proposals.repository.documents import from_document, to_document
from shared.call import Call
from shared.contracts import sample_event
from shared.errors import Refused, TopicUnfit
from tests.unit.proposals.commands.tracking_scenes import TOPICS
from tests.unit.proposals.commands.world import LU, STAFF, START, World, ask

PLAN = {"plan_id": "plan-15-2017", "year": 2017, "themes": ["聚力创新", "聚焦富民"]}


@pytest.fixture(autouse=True)
def _themes(world: World) -> None:
    told = sample_event("office", "plan_state_changed", **PLAN)
    reactions.note_themes(told, world.desk)


def end(world: World, code: str) -> None:
    told = sample_event("members", "topic_changed", code=code, valid_to="2017-01-01")
    reactions.note_topic(told, world.desk)


def save(world: World, key: str, **changes: Any) -> None:
    world.run(drafting.save_draft, LU, proposal_id=key, **changes)


def test_a_proposal_names_topics_by_code_beside_free_words(world: World) -> None:
    key = world.draft(topics=["二次供水"], topic_codes=["WATER", "WATER"], themes=["聚焦富民"])
    details = world.proposal(key).details
    assert (details.topics, details.topic_codes) == (("二次供水",), ("WATER",))
    assert details.themes == ("聚焦富民",)
    world.run(review.submit_proposal, LU, key)
    name, told = world.proposals.events[-1]
    assert (name, told["topic_codes"]) == ("proposal_submitted", ["WATER"])


@pytest.mark.parametrize("code", ["NOISE", "WATER"])
def test_an_unknown_or_ended_topic_is_refused(world: World, code: str) -> None:
    key = world.draft()
    end(world, "WATER")
    with pytest.raises(TopicUnfit) as refused:
        save(world, key, topic_codes=[code])
    assert refused.value.field == "topicCodes"


def test_an_ended_topic_stays_where_it_was(world: World) -> None:
    key = world.draft(topic_codes=["WATER"])
    end(world, "WATER")
    save(world, key, topic_codes=["WATER", "ECOLOGY"])
    assert world.proposal(key).details.topic_codes == ("WATER", "ECOLOGY")
    save(world, key, topic_codes=[])
    with pytest.raises(TopicUnfit):
        save(world, key, topic_codes=["WATER"])


def test_an_old_draft_on_an_ended_topic_is_not_submitted(world: World) -> None:
    key = world.draft(topic_codes=["WATER"])
    end(world, "WATER")
    with pytest.raises(Refused) as refused:
        world.run(review.submit_proposal, LU, key)
    [ended] = refused.value.items
    assert (ended["code"], ended["field"]) == ("TOPIC_UNFIT", "topicCodes")
    save(world, key, topic_codes=["ECOLOGY"])
    world.run(review.submit_proposal, LU, key)
    assert world.proposal(key).serial_no is not None


def test_what_was_submitted_before_its_topic_ended_is_submitted_again(world: World) -> None:
    key = world.draft(topic_codes=["WATER"])
    world.run(review.submit_proposal, LU, key)
    world.run(review.start_review, STAFF, key)
    world.run(review.return_proposal, STAFF, key, comment="请补充数据")
    end(world, "WATER")
    world.run(review.submit_proposal, LU, key)
    assert world.proposal(key).details.topic_codes == ("WATER",)


def test_themes_are_those_of_the_years_plan(world: World) -> None:
    with pytest.raises(errors.ThemeUnfit) as refused:
        world.draft(themes=["聚焦富民", "别的"])
    assert (refused.value.field, refused.value.details) == ("themes", {"themes": ["别的"]})


def test_a_list_by_an_area_holds_its_topics(world: World) -> None:
    water, area = world.draft(topic_codes=["WATER"]), world.draft(topic_codes=["ECOLOGY"])
    world.draft()

    def found(code: str) -> set[str]:
        page = ask(
            world, queries.list_proposals, LU, {"topic_code": code}, "UPDATED", 20, None, None
        )
        return {row["id"] for row in page["rows"]}

    assert found("ECOLOGY") == {water, area}
    assert found("WATER") == {water}
    assert found("HARMONY") == set()


def test_a_proposal_stored_before_has_none(world: World) -> None:
    row = to_document(world.proposal(world.draft(topics=["供水"])), START)
    del row["topic_codes"], row["themes"]
    details = from_document(row).details
    assert (details.topics, details.topic_codes, details.themes) == (("供水",), (), ())


def test_the_guide_names_topics_and_themes(world: World) -> None:
    tagged = {**TOPICS[0], "topic_codes": ["WATER"], "themes": ["聚焦富民"]}
    world.run(guiding.save_guide, STAFF, 2017, [tagged])
    end(world, "WATER")
    world.run(guiding.save_guide, STAFF, 2017, [tagged])
    row = lookups.topic_guide(Call(STAFF, "c"), world.desk, year=2017)
    assert row is not None
    [topic] = row["draft"]
    assert (topic["topic_codes"], topic["themes"]) == (("WATER",), ("聚焦富民",))
    for field, unfit, error in (
        ("topicCodes", {"topic_codes": ["SOIL"]}, TopicUnfit),
        ("themes", {"themes": ["别的"]}, errors.ThemeUnfit),
    ):
        with pytest.raises(error) as refused:
            world.run(guiding.save_guide, STAFF, 2017, [tagged, {**tagged, **unfit}])
        assert refused.value.field == f"topics.1.{field}"
