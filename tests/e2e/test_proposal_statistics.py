"""The figures of the session, as each may see them (points 8.1–8.8)."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from tests.e2e.story import OFFICER, SUPERVISING, Story
from tests.waiting import eventually
from tests.world import STAFF

LU, SHEN = "陆晓芸", "沈建国"
FIGURES = """
  key label organisation { name }
  figures { received filed filedMember filingRate assigned replied onTimeRate contactRate classA
            closed evaluated notEvaluatedRate resultBasic resultContentRate adoptionRate }
"""
QUERY = f"""
  query ($by: StatisticsGrouping, $year: Int, $term: Int, $session: Int) {{
    proposalStatistics(by: $by, year: $year, term: $term, session: $session) {{ {FIGURES} }}
  }}
"""
Rows = dict[str, dict[str, Any]]


def asked(story: Story, actor: Actor, by: str = "TOTAL", **period: int) -> dict[str, Any]:
    stack = story.world.stack
    chosen = period or {"term": story.world.term, "session": story.world.session}
    token = stack.token(actor) if actor is not PUBLIC_ACTOR else None
    answer: dict[str, Any] = stack.graphql(QUERY, {"by": by, **chosen}, token)
    return answer


def rows(story: Story, actor: Actor, by: str = "TOTAL") -> Rows:
    answer = asked(story, actor, by)
    assert "errors" not in answer, answer
    return {row["key"]: row for row in answer["data"]["proposalStatistics"]}


def counted(story: Story) -> Rows:
    """The figures once the service has seen every change."""
    proposals = story.world.stack.db("proposals")["proposals"]
    eventually(lambda: proposals.count_documents({"untallied": True}) == 0)
    eventually(lambda: rows(story, STAFF)["TOTAL"]["figures"]["received"])
    return {**rows(story, STAFF), **rows(story, STAFF, "UNIT"), **rows(story, STAFF, "CATEGORY")}


def more(before: Rows, after: Rows, key: str, name: str) -> int:
    former = before[key]["figures"][name] if key in before else 0
    change: int = after[key]["figures"][name] - former
    return change


def submitted(story: Story) -> str:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    return proposal


def assigned(story: Story, unit: str) -> None:
    """A case in the hands of this unit."""
    proposal = submitted(story)
    story.file(proposal)
    units = [{"unitId": global_id("Organisation", unit), "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=units)
    story.do(SUPERVISING, "assignProposal", id=proposal)


def test_a_case_counts_step_by_step_and_its_grade_with_the_closing(story: Story) -> None:
    proposal = submitted(story)
    before = counted(story)
    story.file(proposal)
    story.handle(proposal, "吴住建提复〔2017〕91号")
    replied = counted(story)
    for name in ("filed", "filedMember", "assigned", "replied", "classA"):
        assert more(before, replied, "TOTAL", name) == 1, name
    assert more(before, replied, "TOTAL", "closed") == 0
    story.evaluate(LU, proposal, "BASIC")
    after = counted(story)
    for key in ("TOTAL", "URBAN_RURAL", "unit-zjj"):
        for name in ("closed", "evaluated", "resultBasic"):
            assert more(before, after, key, name) == 1, (key, name)
    unit = after["unit-zjj"]
    assert (unit["label"], unit["organisation"]["name"]) == ("区住建局", "区住建局")
    assert after["URBAN_RURAL"]["label"] == "城乡建设"
    total = after["TOTAL"]["figures"]
    assert total["filingRate"] == round(100 * total["filed"] / total["received"] + 1e-9, 2)


def test_each_sees_what_section_3_gives(story: Story) -> None:
    for unit in ("unit-zjj", "unit-hygs"):
        assigned(story, unit)
    counted(story)
    assert rows(story, STAFF, "UNIT").keys() >= {"unit-zjj", "unit-hygs"}
    assert rows(story, OFFICER, "UNIT").keys() == {"unit-zjj"}
    assert set(rows(story, SUPERVISING, "KIND")) >= {"JOINT"}
    assert rows(story, story.member(LU), "CATEGORY")["URBAN_RURAL"]["figures"]["received"] > 0
    visitor = rows(story, PUBLIC_ACTOR)["TOTAL"]["figures"]
    assert (visitor["received"], visitor["filingRate"]) == (None, None)
    assert visitor["filed"] > 0


@pytest.mark.parametrize(
    ("who", "by", "code"),
    [
        ("member", "UNIT", "FORBIDDEN"),
        ("officer", "CATEGORY", "FORBIDDEN"),
        ("public", "SECTOR", "FORBIDDEN"),
        ("admin", "TOTAL", "FORBIDDEN"),
    ],
)
def test_others_are_refused(story: Story, who: str, by: str, code: str) -> None:
    actors = {
        "member": story.member(LU),
        "officer": OFFICER,
        "public": PUBLIC_ACTOR,
        "admin": Actor("account-admin", Role.SYSTEM_ADMIN),
    }
    answer = asked(story, actors[who], by)
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


def test_a_year_or_a_session_is_asked_for(story: Story) -> None:
    answer = asked(story, STAFF, year=2017, term=15)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["INVALID_INPUT"]
