"""Who reads the guide, the hints and the differences."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting, guiding
from services.proposals.queries import lookups
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Forbidden, NotFound, Unauthenticated
from tests.unit.proposals.commands.test_matrix import DRAFTS
from tests.unit.proposals.commands.test_matrix import STAFF as STAFFS
from tests.unit.proposals.commands.tracking_scenes import TOPICS
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    OFFICER,
    QIAN,
    SHEN,
    STAFF,
    TEXT,
    VISITOR,
    World,
    id_of,
    named,
)

DETAILS: dict[str, Any] = {"topics": [], "topic_codes": [], "advised_units": []}
WRITTEN = {name: TEXT[name] for name in ("title", "situation", "analysis", "suggestions")}


def ask(world: World, query: Any, actor: Actor, *given: Any) -> Any:
    return query(Call(actor, "correlation-1"), world.desk, **named(query, given))


def test_a_guide_is_everyones_once_published_and_its_draft_the_committees(world: World) -> None:
    world.run(guiding.save_guide, STAFF, 2017, TOPICS)
    assert ask(world, lookups.topic_guide, LU, 2017) is None
    assert ask(world, lookups.topic_guide, DIRECTOR, 2017)["topics"] == []
    world.run(guiding.publish_guide, DIRECTOR, 2017)
    world.run(guiding.save_guide, STAFF, 2017, TOPICS[:1])
    for actor in (LU, VISITOR, OFFICER):
        row = ask(world, lookups.topic_guide, actor, 2017)
        assert [topic["title"] for topic in row["topics"]] == [
            "老旧住宅小区二次供水",
            "企业诚信体系",
        ]
        assert "draft" not in row
    assert len(ask(world, lookups.topic_guide, STAFF, 2017)["draft"]) == 1


def test_hints_know_what_the_writer_may_see_and_not_the_draft_itself(world: World) -> None:
    mine = world.draft()
    world.draft(QIAN)  # another's draft is nobody's business

    def codes(besides: str | None) -> set[str]:
        rows = ask(world, lookups.drafting_hints, LU, WRITTEN, DETAILS, besides)
        return {row["code"] for row in rows}

    assert "SIMILAR" in codes(None)
    assert "SIMILAR" not in codes(mine)
    world.filed(world.draft(QIAN), QIAN)
    assert "SIMILAR" in codes(mine)


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_gets_hints(world: World, role: Role) -> None:
    actor = Actor("account-1", role, member_id=id_of(LU))
    if role in DRAFTS | STAFFS:
        assert ask(world, lookups.drafting_hints, actor, WRITTEN, DETAILS, None)
    else:
        refused = Unauthenticated if role is Role.PUBLIC else Forbidden
        with pytest.raises(refused):
            ask(world, lookups.drafting_hints, actor, WRITTEN, DETAILS, None)


def test_versions_are_compared_for_those_who_take_part(world: World) -> None:
    key = world.joint(SHEN)
    changed = {"proposal_id": key, "suggestions": ["两年内完成改造", "设施移交供水公司统一管理"]}
    world.run(drafting.save_draft, LU, **changed)
    world.run(cosigning.confirm_cosignature, SHEN, key)
    world.submitted(key)
    expected = [{"field": "suggestions.0", "before": "三年内完成改造", "after": "两年内完成改造"}]
    for actor in (LU, SHEN, STAFF):
        assert ask(world, lookups.text_difference, actor, key, 1, 2) == expected
    for actor in (QIAN, OFFICER, VISITOR):
        with pytest.raises(NotFound):
            ask(world, lookups.text_difference, actor, key, 1, 2)
    with pytest.raises(NotFound):
        ask(world, lookups.text_difference, LU, key, 1, 9)
