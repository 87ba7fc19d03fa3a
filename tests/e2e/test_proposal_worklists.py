"""A day at the two offices: batches, lists of work across cases, urging (8.1; decision 55)."""

from __future__ import annotations

from typing import Any

from gateway.base import global_id
from shared.actor import Actor, Role
from shared.ids import new_id
from tests.e2e.story import OFFICER, SUPERVISING, ZJJ, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF

LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"
SLJ = global_id("Organisation", "unit-slj")
SLJ_OFFICER = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
UNKNOWN = global_id("Proposal", "nobody-has-it")
ASSIGNMENTS = """
  query ($filter: AssignmentFilter, $orderBy: WorklistOrder!) {
    assignments(filter: $filter, orderBy: $orderBy, first: 100) {
      totalCount
      edges { node { dueAt open stateLabel unit { name } proposal { id title caseNo }
                     urgings { wayLabel text role } } }
    }
  }
"""
BY_NUMBER = """
  query ($no: String!) { proposals(filter: {caseNo: $no}) { edges { node { id caseNo } } } }
"""
BOARD = """
  { unitBoard { unit { name } open dueSoon overdue returnAsked extensionAsked urged dissatisfied
                promisesDue } }
"""


def batch(story: Story, actor: Actor, name: str, items: list[Document], **more: Any) -> list[str]:
    """Of each item "done", or the code of its refusal."""
    query = f"""
      mutation ($input: {name[0].upper() + name[1:]}Input!) {{
        {name}(input: $input) {{
          results {{ clientMutationId errors {{ code message }} }}
          errors {{ code field }}
        }}
      }}
    """
    payload = story.ask(actor, query, input={"items": items, **more})[name]
    assert payload["errors"] == []
    return [row["errors"][0]["code"] if row["errors"] else "done" for row in payload["results"]]


def assignments(story: Story, actor: Actor, order: str = "DUE", **filter: Any) -> list[Document]:
    found = story.ask(actor, ASSIGNMENTS, filter=filter, orderBy=order)["assignments"]
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"] for edge in found["edges"]]


def ids(cases: list[str]) -> list[Document]:
    return [{"id": case} for case in cases]


def submitted(story: Story) -> str:
    case = story.draft(LU, "INDIVIDUAL")
    story.do(story.member(LU), "submitProposal", id=case)
    return case


def board(story: Story, actor: Actor) -> dict[str, Document]:
    rows = story.ask(actor, BOARD)["unitBoard"]
    return {row.pop("unit")["name"]: row for row in rows}


def test_a_meeting_assigns_many_cases_at_once_and_their_units_are_followed(story: Story) -> None:
    cases = [submitted(story) for _ in range(3)]
    whole = new_id()
    for _ in range(2):  # sent twice, done once
        results = batch(story, STAFF, "startReviews", ids([*cases, UNKNOWN]), commandId=whole)
        assert results == ["done", "done", "done", "NOT_FOUND"]
    assert batch(story, STAFF, "startReviews", ids(cases)) == ["PROPOSAL_WRONG_STATE"] * 3
    for case in cases:
        story.file_reviewed(case)
    lead, follower, other = cases
    story.do(DIRECTOR, "mergeProposal", id=follower, leadId=lead, reason="同一事项")
    plans = [
        {"id": case, "mode": "SOLE", "units": [{"unitId": unit, "part": "SOLE"}]}
        for case, unit in ((lead, ZJJ), (other, SLJ))
    ]
    assert batch(story, STAFF, "proposeAssignments", plans) == ["done"] * 2
    before = {name: row["open"] for name, row in board(story, SUPERVISING).items()}
    assert batch(story, SUPERVISING, "assignProposals", ids(cases)) == [
        "done",
        "FOLLOWS_LEAD",
        "done",
    ]
    after = board(story, SUPERVISING)
    assert after["区住建局"]["open"] == before.get("区住建局", 0) + 2  # each has its own reply
    assert set(board(story, SLJ_OFFICER)) == {"区水利局"}

    number = story.ask(STAFF, "query ($id: ID!) { proposal(id: $id) { caseNo } }", id=lead)
    number = number["proposal"]["caseNo"]
    found = story.ask(STAFF, BY_NUMBER, no=number)["proposals"]["edges"]
    assert {(edge["node"]["id"], edge["node"]["caseNo"]) for edge in found} == {
        (lead, number),
        (follower, number),
    }

    mine = [row for row in assignments(story, OFFICER) if row["proposal"]["id"] in cases]
    assert {row["proposal"]["id"] for row in mine} == {lead, follower}
    eventually(lambda: story.waits(OFFICER, "RECEIVE", lead))
    assert not story.waits(OFFICER, "RECEIVE", follower)
    assert batch(story, OFFICER, "receiveAssignments", ids([lead])) == ["done"]
    waiting = assignments(story, SUPERVISING, states=["PENDING"], unitId=SLJ)
    assert other in [row["proposal"]["id"] for row in waiting]

    urged = {"id": other, "unitId": SLJ, "way": "PHONE", "text": "请尽快签收"}
    done = {"id": other, "unitId": ZJJ, "way": "PHONE", "text": "请尽快签收"}
    assert batch(story, SUPERVISING, "urgeUnits", [urged, done]) == ["done", "NO_ASSIGNMENT"]
    story.do(STAFF, "urgeUnit", id=other, unitId=SLJ, way="VISIT", text="上门了解情况")
    eventually(lambda: story.told(SLJ_OFFICER, "催办：请尽快签收") == 1)
    [row] = [r for r in assignments(story, SLJ_OFFICER) if r["proposal"]["id"] == other]
    assert [(u["wayLabel"], u["text"], u["role"]) for u in row["urgings"]] == [
        ("电话", "请尽快签收", "SUPERVISING_OFFICE"),
        ("上门", "上门了解情况", "PROPOSAL_STAFF"),
    ]
    assert board(story, SLJ_OFFICER)["区水利局"]["urged"] >= 1
    latest = assignments(story, SUPERVISING, "DUE_DESC", late=False)
    assert latest == sorted(latest, key=lambda row: row["dueAt"], reverse=True)


def test_promises_are_listed_and_the_ended_archived(story: Story) -> None:
    case = story.draft(LU)
    story.invite(LU, case, SHEN)
    story.confirm(case, SHEN)
    story.do(story.member(LU), "submitProposal", id=case)
    story.file(case)
    story.handle(case, "吴住建提复〔2017〕181号")
    awaiting = "{ proposals(filter: {awaitingEvaluation: true}) { edges { node { id } } } }"
    found = story.ask(story.member(SHEN), awaiting)["proposals"]["edges"]
    assert case in [edge["node"]["id"] for edge in found]
    story.evaluate(LU, case, "SATISFIED")
    promises = """
      query ($unit: ID!) {
        commitments(filter: {unitId: $unit, claimed: false}, first: 100) {
          totalCount edges { node { dueOn statusLabel proposal { title } } }
        }
      }
    """
    listed = story.ask(SUPERVISING, promises, unit=ZJJ)["commitments"]
    assert listed["totalCount"] == len(listed["edges"])
    open_case = submitted(story)
    results = batch(story, STAFF, "archiveProposals", ids([open_case, case]))
    assert results == ["PROPOSAL_WRONG_STATE", "done"]


def test_organisers_confirm_and_publish_many_at_once(story: Story) -> None:
    """What single ones do is told in the stories of meetings and activities."""
    meeting = {"meetingId": global_id("Meeting", "m"), "rows": []}
    activity = {"activityId": global_id("Activity", "a")}
    confirmed = {**activity, "members": [], "proof": []}
    for name, item in (
        ("confirmAttendances", meeting),
        ("decideActivities", {**activity, "published": True}),
        ("confirmParticipations", confirmed),
    ):
        assert len(set(batch(story, OFFICE, name, [item, item]))) == 1
        assert "done" not in batch(story, OFFICE, name, [item])
