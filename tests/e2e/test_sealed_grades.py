"""Nobody reads a grade before the case is closed, nor off its shadow (V20, decision 21).

How these tests read the specification (docs/adr/0020): the state of a case is public as the
specification names it, and at T15 the case is handled again. That much its units learn with the
rehandling notice, and whoever sees the case with its state: REHANDLING, the second round, who is at
work and until when. What is not to be read anywhere is the form, and by outsiders not even whether
a further round began for a grade or for another reason. The fields are taken from the schema, so a
new one is looked at, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from tests import everything
from tests.e2e.conftest import NOW
from tests.e2e.story import OFFICER, SUPERVISING, ZJJ, Story
from tests.e2e.test_proposal_to_its_end import LU, SHEN, assigned, reply
from tests.waiting import eventually
from tests.world import DIRECTOR

SCHEMA = everything.schema()
# Of these the id tells whether they are the same; what else they are has its own tests.
APART = ("Member", "Organisation")
PARTS = list(everything.parts(everything.leaves(SCHEMA.type_map["Proposal"], 3, besides=APART)))
# Of each case its own, whatever the judgement: numbers, links, and the count of its writes.
OWN = {"serialNo", "caseNo", "caseTitle", "docNo", "url", "version"}
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T[\d:.]+(\+08:00|Z)")
CASE_NO = re.compile(r"15-1-\d+|第\d+号")
FILE = global_id("File", "")[:6]  # what all their ids begin with
PUBLIC, OTHER = PUBLIC_ACTOR, "钱文娟"
OUTSIDERS: dict[str, Actor | str] = {
    "public": PUBLIC,
    "another member": OTHER,
    "a chairperson": Actor("account-zhou", Role.CHAIR_COUNCIL),
    "a supervisor": Actor("account-supervisor", Role.SUPERVISOR),
    "an editor": Actor("account-editor", Role.INFO_EDITOR),
}
CONCERNED: dict[str, Actor | str] = {
    "the unit": OFFICER,
    "its leader": Actor("account-zjj-leader", Role.UNIT_LEADER, {"unit": "unit-zjj"}),
    "the supervising office": SUPERVISING,
    "a co-signer": SHEN,
}
MILD = {"lines": [{"unitId": ZJJ, "attitude": "SATISFIED", "result": "DISSATISFIED"}]}
HARSH = {
    "lines": [{"unitId": ZJJ, "attitude": "DISSATISFIED", "result": "DISSATISFIED"}],
    "heardBy": "NOT_CONTACTED",
    "visited": False,
    "pertinence": "NO",
    "leaderReplied": False,
    "comment": "机密意见",
}
NUMBERS = iter(range(8100, 8200))


def replied(story: Story) -> str:
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    reply(story, proposal, next(NUMBERS), NOW)
    return proposal


def judged(story: Story, proposal: str, **form: Any) -> str:
    story.evaluate(LU, proposal, "DISSATISFIED", **{"reason": "没有资金安排", **form})
    return proposal


def taken_up(story: Story) -> str:
    """Judged well and closed; then something that was left out is handled."""
    proposal = replied(story)
    story.evaluate(LU, proposal, "SATISFIED")
    story.do(DIRECTOR, "reopenProposal", id=proposal, reason="漏办一条建议")
    return proposal


def seen(story: Story, viewer: Actor | str, proposal: str) -> dict[str, Any]:
    """Everything of the proposal that the viewer may read: where it stands → what it says."""
    actor = story.member(viewer) if isinstance(viewer, str) else viewer
    found: dict[str, Any] = {}
    for part in PARTS:
        query = f"query ($id: ID!) {{ proposal(id: $id) {{ {part} }} }}"
        answer = story.world.stack.graphql(query, {"id": proposal}, story.world.stack.token(actor))
        assert answer["data"]["proposal"] is not None
        for error in answer.get("errors", ()):
            found[".".join(map(str, error["path"][1:]))] = error["extensions"]["code"]
        found |= dict(_flat(answer["data"]["proposal"], proposal))
    return found


def _flat(value: Any, own: str, where: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key in value.keys() - OWN:
            yield from _flat(value[key], own, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        yield where, len(value)
        for number, item in enumerate(value):
            yield from _flat(item, own, f"{where}[{number}]")
    else:
        yield where, _plain(value.replace(own, "")) if isinstance(value, str) else value


def _plain(text: str) -> str:
    """With days in the place of moments, without the number of its case, a file as any file."""
    return "File" if text.startswith(FILE) else CASE_NO.sub("", MOMENT.sub(r"\1", text))


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        where: (one.get(where), other.get(where))
        for where in sorted(one.keys() | other.keys())
        if one.get(where) != other.get(where)
    }


def test_the_query_covers_what_a_grade_could_be_read_off() -> None:
    whole = " ".join(PARTS)
    for field in ("rounds {", "trigger", "history {", "evaluations {", "mediations {", "caseState"):
        assert field in whole, field


def test_a_judgement_begun_or_of_a_co_signer_is_seen_by_nobody_else(story: Story) -> None:
    """Before the official one is sent, satisfied and dissatisfied are the same to everyone."""
    good, bad = replied(story), replied(story)
    line = {"unitId": ZJJ, "attitude": "SATISFIED", "result": "SATISFIED"}
    story.do(story.member(LU), "saveEvaluation", id=good, lines=[line])
    story.do(story.member(LU), "saveEvaluation", id=bad, reason="没有资金安排", **HARSH)
    story.evaluate(SHEN, good, "SATISFIED")
    story.evaluate(SHEN, bad, "DISSATISFIED", reason="没有资金安排")
    for name, viewer in {**OUTSIDERS, **CONCERNED}.items():
        if viewer != SHEN:  # who sees what he himself has sent
            assert differences(seen(story, viewer, good), seen(story, viewer, bad)) == {}, name


def test_the_form_that_sent_a_case_back_is_seen_by_nobody_but_the_committee(story: Story) -> None:
    mild, harsh = (judged(story, replied(story), **form) for form in (MILD, HARSH))
    for name, viewer in {**OUTSIDERS, **CONCERNED}.items():
        shown = seen(story, viewer, mild), seen(story, viewer, harsh)
        assert differences(*shown) == {}, name
        assert "DISSATISFIED" not in str(shown), name
        assert shown[0]["state"] == "REHANDLING"
    assert "DISSATISFIED" in str(seen(story, DIRECTOR, mild))


def test_at_t15_the_unit_learns_that_it_handles_again_and_until_when(story: Story) -> None:
    """All that changes for it, field by field."""
    proposal = replied(story)
    before = seen(story, OFFICER, proposal)
    after = seen(story, OFFICER, judged(story, proposal, **HARSH))
    again = (NOW + timedelta(days=30)).date().isoformat()  # DL8
    changed = differences(before, after)
    assert {where: now for where, (_, now) in changed.items()} == {
        "state": "REHANDLING",
        "stateLabel": "重新办理",
        "caseState": "REHANDLING",
        "assignments[0].state": "WORKING",
        "assignments[0].stateLabel": "办理中",
        "assignments[0].dueAt": again,
        "evaluateBy": None,
        "rounds": 2,
        "rounds[1].no": 2,
        "rounds[1].begunAt": NOW.date().isoformat(),
        "rounds[1].units": 1,
        "rounds[1].units[0].id": ZJJ,
        "rounds[1].reason": "",
        "rounds[1].commitments": 0,
        "rounds[1].recognition": "",
    }


def test_outsiders_cannot_tell_why_a_case_is_handled_again(story: Story) -> None:
    """One was judged well and closed, and then taken up for what was left out."""
    good, bad = taken_up(story), judged(story, replied(story), **HARSH)
    for name, viewer in OUTSIDERS.items():
        assert differences(seen(story, viewer, good), seen(story, viewer, bad)) == {}, name


def test_messages_and_to_dos_of_the_unit_do_not_tell_the_grade(story: Story) -> None:
    mild, harsh = (judged(story, replied(story), **form) for form in (MILD, HARSH))
    for proposal in (mild, harsh):
        eventually(lambda p=proposal: story.waits(OFFICER, "REPLY", p))  # type: ignore[misc]
    for kind in ("notifications", "todos"):
        # Reminders of the new due date come when the timer looks.
        same = lambda k=kind: [] != told(story, k, mild) == told(story, k, harsh)  # noqa: E731
        eventually(same, timeout=30)
        assert not re.search("满意|机密意见|没有资金", str(told(story, kind, harsh)))


def told(story: Story, kind: str, proposal: str) -> list[str]:
    nodes = story.all_of(OFFICER, kind, SAID[kind])
    nodes = [node for node in nodes if node["link"]["id"] == proposal]
    return sorted(_plain(str({**node, "link": None})) for node in nodes)


SAID = {
    "notifications": "categoryLabel title text link { id }",
    "todos": "kindLabel text dueAt link { id }",
}


[FIGURES] = everything.parts(everything.leaves(SCHEMA.type_map["ProposalFigures"], 1))
STATISTICS = f"{{ proposalStatistics(term: 15) {{ figures {{ {FIGURES} }} }} }}"


@pytest.mark.parametrize("viewer", [PUBLIC, OFFICER], ids=["public", "unit"])
def test_no_figure_moves_with_a_judgement_that_is_sealed(story: Story, viewer: Actor) -> None:
    proposal = replied(story)
    before = figures(story, viewer)
    judged(story, proposal, **HARSH)
    assert figures(story, viewer) == before


def figures(story: Story, viewer: Actor) -> Any:
    """When every write has been counted."""
    documents = story.world.stack.db("proposals")["proposals"]
    eventually(lambda: documents.count_documents({"untallied": True}) == 0)
    return story.ask(viewer, STATISTICS)["proposalStatistics"]
