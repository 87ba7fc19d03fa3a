"""Democratic appraisal of a closed case by a panel of 21 (AC-15), and an inspection of it."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.base import global_id, local_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.ids import new_id
from tests.e2e.conftest import NOW
from tests.e2e.story import OFFICER, SUPERVISING, Refusal, Story
from tests.secrecy import Snapshot, check_secrecy
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF

LU = "陆晓芸"
CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL)
GRADES = ["SATISFIED"] * 17 + ["BASIC"] * 3 + ["DISSATISFIED"]
APPRAISAL = """
  id title stateLabel invited voted myVote items public
  subjects { title units { name } proposal { caseNo }
             result { satisfied basic dissatisfied satisfiedShare scores { item average } } }
  panel { no kindLabel label voted member { name } }
"""
INSPECTION = """
  id stateLabel report proposals { title } units { name } participants { name }
  findings { text photos { name } } attachments { name }
"""


run = Story.run


def act(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    row: Document = run(story, actor, mutation, f"appraisal {{ {APPRAISAL} }}", **given)[
        "appraisal"
    ]
    return row


def visit(story: Story, mutation: str, **given: Any) -> Document:
    row: Document = run(story, STAFF, mutation, f"inspection {{ {INSPECTION} }}", **given)[
        "inspection"
    ]
    return row


def seen(story: Story, actor: Actor, appraisal: str) -> Document | None:
    query = f"query ($id: ID!) {{ appraisal(id: $id) {{ {APPRAISAL} }} }}"
    row: Document | None = story.ask(actor, query, id=appraisal)["appraisal"]
    return row


def member_id(actor: Actor) -> str:
    return global_id("Member", str(actor.member_id))


def ballot(case: str, grade: str, score: int = 90) -> list[Document]:
    return [{"proposalId": case, "grade": grade, "scores": [score, 80, 70]}]


def cast(story: Story, actor: Actor, appraisal: str, lines: list[Document], **more: Any) -> bool:
    return bool(
        run(story, actor, "castBallot", "voted", id=appraisal, lines=lines, **more)["voted"]
    )


def closed(story: Story, doc_no: str) -> str:
    proposal = story.draft(LU, kind="INDIVIDUAL")
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    story.handle(proposal, doc_no)
    story.evaluate(LU, proposal, "SATISFIED")
    return proposal


def people(story: Story) -> list[Actor]:
    """21 members without interest."""
    return [story.world.member(f"评议委员{n}", 300 + n) for n in range(1, 22)]


def work_at(story: Story, actor: Actor, unit: str | None) -> None:
    story.world.stack.call(
        "members",
        "change_profile",
        OFFICE,
        member_id=actor.member_id,
        changes={"work_unit_id": unit},
    )


def account_for(story: Story, scope: dict[str, str]) -> str:
    """An account of identity's that holds a unit's role."""
    account = {
        "login": f"expert.{new_id()[:8]}",
        "password": "Yuanmeng-2017",
        "label": "专家",
        "roles": [{"role": "UNIT_OFFICER", "scope": scope}],
    }
    system = Actor("service:demo", Role.SYSTEM)
    loaded = story.world.stack.call(
        "identity", "load_demo_accounts", system, timeout=20, accounts=[account]
    )
    return global_id("Account", loaded["accounts"][0]["id"])


def settled(story: Story, actor: Actor) -> None:
    """Wait until nothing is on its way to or from the proposals service any more."""
    roster, own = story.world.stack.db("members"), story.world.stack.db("proposals")
    now = roster["members"].find_one({"_id": actor.member_id})
    assert now is not None
    known = {"_id": actor.member_id, "version": now["version"]}
    eventually(lambda: own["members"].find_one(known) is not None)
    waiting = {"pending_events.0": {"$exists": True}}
    kinds = ("appraisals", "proposals", "evaluations", "inspections")
    eventually(lambda: not any(own[kind].find_one(waiting) for kind in kinds))


def planned(story: Story, case: str) -> str:
    row = act(
        story,
        STAFF,
        "planAppraisal",
        title="二次供水提案办理民主评议",
        heldAt=NOW.isoformat(),
        place="一楼会议室",
        cases=[{"proposalId": case}],
    )
    assert (row["stateLabel"], row["subjects"][0]["units"]) == ("已安排", [{"name": "区住建局"}])
    assert row["items"] == ["办理态度", "办理措施", "办理效果"]
    return str(row["id"])


def invited(story: Story, appraisal: str, *more: Document) -> list[Document]:
    """The voting codes, the panel being all members invited."""
    kind = "DISINTERESTED_MEMBER"
    rows = [{"kind": kind, "memberId": member_id(actor)} for actor in people(story)]
    shown = f"votingCodes {{ no label code }} appraisal {{ {APPRAISAL} }}"
    payload = run(story, STAFF, "inviteVoters", shown, id=appraisal, voters=[*rows, *more])
    assert payload["appraisal"]["invited"] == len(rows) + len(more)
    codes: list[Document] = payload["votingCodes"]
    return codes


def test_ac_15_appraisal_by_a_panel_of_21(story: Story) -> None:
    stack = story.world.stack
    case = closed(story, "吴住建提复〔2017〕15号")
    appraisal = planned(story, case)

    # A member who works for 区住建局 is not put on the panel.
    worker = story.world.member("住建局委员", 330, work_unit_id="unit-zjj")
    row = {"kind": "DISINTERESTED_MEMBER", "memberId": member_id(worker)}
    with pytest.raises(Refusal) as refused:
        act(story, STAFF, "inviteVoters", id=appraisal, voters=[row])
    assert refused.value.codes == ["V15_CONFLICT_OF_INTEREST"]

    # Nor is an expert whose account may act for it.
    row = {"kind": "EXPERT", "accountId": account_for(story, {"unit": "unit-zjj"})}
    with pytest.raises(Refusal) as refused:
        act(story, STAFF, "inviteVoters", id=appraisal, voters=[row])
    assert refused.value.codes == ["V15_CONFLICT_OF_INTEREST"]

    resident = {"kind": "RESIDENT", "label": "松陵街道居民代表"}
    [code] = invited(story, appraisal, resident)
    panel, (moved, *_) = people(story)[1:], people(story)
    invitation = "邀请您参加民主评议“二次供水提案办理民主评议”"
    eventually(lambda: story.told("评议委员2", invitation) == 1)
    assert act(story, STAFF, "openVote", id=appraisal)["stateLabel"] == "投票中"
    eventually(lambda: story.waits(panel[0], "APPRAISAL_VOTE", appraisal))

    # One who comes to work there afterwards is blocked from voting.
    work_at(story, moved, "unit-zjj")
    with pytest.raises(Refusal) as refused:
        cast(story, moved, appraisal, ballot(case, "SATISFIED"))
    assert refused.value.codes == ["V15_CONFLICT_OF_INTEREST"]
    work_at(story, moved, None)

    settled(story, moved)
    before = Snapshot(stack.db("proposals"))
    written = {name: len(stack.logged(name)) for name in ("proposals", "gateway", "relay")}
    for actor, grade in zip(panel, GRADES, strict=False):
        assert cast(story, actor, appraisal, ballot(case, grade))
    assert cast(story, PUBLIC_ACTOR, appraisal, ballot(case, GRADES[20]), code=code["code"])
    # In groups, so that no fact says when anybody voted, but soon.
    eventually(lambda: not any(story.waits(a, "APPRAISAL_VOTE", appraisal) for a in panel[:1]))
    assert check_secrecy(before, local_id(appraisal, "Appraisal"), group=5) == 21
    for name, length in written.items():
        lines = stack.logged(name)[length:]
        assert "cast_ballot" not in lines and code["code"] not in lines
        assert not [a for a in panel if a.member_id and a.member_id in lines]

    # Nobody sees a figure yet, and a second vote is refused.
    with pytest.raises(Refusal) as refused:
        cast(story, panel[0], appraisal, ballot(case, "DISSATISFIED"))
    assert refused.value.codes == ["ALREADY_VOTED"]
    counted = act(story, STAFF, "countBallots", id=appraisal)
    assert (counted["stateLabel"], counted["invited"], counted["voted"]) == ("已计票", 22, 21)
    assert counted["subjects"][0]["result"] is None
    assert [row["voted"] for row in counted["panel"]].count(False) == 1
    asked = seen(story, OFFICER, appraisal)  # a unit under appraisal is asked for its report
    assert asked is not None and asked["subjects"][0]["result"] is None is asked["panel"]

    act(story, DIRECTOR, "publishAppraisal", id=appraisal, public=False)
    result = {
        "satisfied": 17,
        "basic": 3,
        "dissatisfied": 1,
        "satisfiedShare": 80.95,
        "scores": [
            {"item": "办理态度", "average": 90.0},
            {"item": "办理措施", "average": 80.0},
            {"item": "办理效果", "average": 70.0},
        ],
    }
    for viewer in (STAFF, OFFICER, CHAIR, SUPERVISING, panel[0], moved):
        shown = seen(story, viewer, appraisal)
        assert shown is not None and shown["subjects"][0]["result"] == result
        assert (shown["panel"] is None) == (viewer is not STAFF)
    for stranger in (worker, PUBLIC_ACTOR, Actor("account-slj", Role.UNIT_OFFICER, {"unit": "x"})):
        assert seen(story, stranger, appraisal) is None
    published = local_id(appraisal, "Appraisal")
    eventually(lambda: story.world.published(published)[-1] == "appraisal_published")


def test_a_vote_sent_twice_counts_once_and_too_few_are_not_counted(story: Story) -> None:
    case = closed(story, "吴住建提复〔2017〕16号")
    appraisal = planned(story, case)
    with pytest.raises(Refusal) as refused:
        planned(story, case)
    assert refused.value.codes == ["APPRAISAL_CASE_LISTED"]
    invited(story, appraisal)
    act(story, STAFF, "openVote", id=appraisal)
    panel = people(story)
    command = new_id()
    for _ in range(2):
        assert cast(story, panel[0], appraisal, ballot(case, "BASIC"), commandId=command)
    for actor in panel[1:4]:
        cast(story, actor, appraisal, ballot(case, "SATISFIED"))
    with pytest.raises(Refusal) as refused:
        act(story, STAFF, "countBallots", id=appraisal)
    assert refused.value.codes == ["TOO_FEW_BALLOTS"]
    shown = seen(story, panel[0], appraisal)
    assert shown is not None and (shown["stateLabel"], shown["myVote"]) == ("投票中", "VOTED")
    late = seen(story, panel[5], appraisal)
    assert late is not None and late["myVote"] == "INVITED"
    cast(story, panel[5], appraisal, ballot(case, "SATISFIED"))
    assert act(story, STAFF, "countBallots", id=appraisal)["voted"] == 5
    with pytest.raises(Refusal) as refused:
        cast(story, panel[6], appraisal, ballot(case, "SATISFIED"))
    assert refused.value.codes == ["VOTE_CLOSED"]
    eventually(lambda: not story.waits(panel[6], "APPRAISAL_VOTE", appraisal))


def test_a_voter_with_a_code_finds_the_appraisal_and_nobody_without(story: Story) -> None:
    case = closed(story, "吴住建提复〔2017〕17号")
    appraisal = planned(story, case)
    [code] = invited(story, appraisal, {"kind": "EXPERT", "label": "给排水专家"})
    act(story, STAFF, "openVote", id=appraisal)
    query = "query ($id: ID!, $code: String!) { appraisal(id: $id, code: $code) { title myVote } }"
    found = story.ask(PUBLIC_ACTOR, query, id=appraisal, code=code["code"])["appraisal"]
    assert found == {"title": "二次供水提案办理民主评议", "myVote": "INVITED"}
    assert story.ask(PUBLIC_ACTOR, query, id=appraisal, code="AAAA-BBBB")["appraisal"] is None
    name = "mutation ($input: CastBallotInput!) { castBallot(input: $input) { voted } }"
    given = {"id": appraisal, "lines": ballot(case, "BASIC")}
    answer = story.world.stack.graphql(name, {"input": given})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]


def test_an_inspection_with_photos_is_for_those_who_took_part(story: Story) -> None:
    case = closed(story, "吴住建提复〔2017〕18号")
    row = visit(
        story,
        "planInspection",
        title="二次供水改造视察",
        heldAt=NOW.isoformat(),
        place="松陵街道",
        proposalIds=[case],
        participants=[member_id(story.member(LU))],
    )
    assert (row["stateLabel"], row["units"]) == ("已安排", [{"name": "区住建局"}])
    story.await_message(LU, "邀请您参加“二次供水改造视察”")
    key = row["id"]
    came = [member_id(story.member(LU)), member_id(story.member("沈建国"))]
    visit(story, "holdInspection", id=key, heldAt=NOW.isoformat(), participants=came)
    photo = story.upload(STAFF, "水箱.pdf")
    findings = [{"proposalId": case, "text": "水箱已更换", "photos": [photo]}]
    visit(story, "saveInspectionFindings", id=key, findings=findings)
    report = story.upload(STAFF, "视察报告.pdf")
    done = visit(story, "reportInspection", id=key, report="办理到位", attachments=[report])
    assert (done["stateLabel"], done["report"]) == ("已报告", "办理到位")
    assert [person["name"] for person in done["participants"]] == [LU, "沈建国"]
    query = f"query ($id: ID!) {{ inspection(id: $id) {{ {INSPECTION} }} }}"
    for viewer in (story.member("沈建国"), OFFICER, CHAIR):
        found = story.ask(viewer, query, id=key)["inspection"]
        [finding] = found["findings"]
        assert (finding["text"], finding["photos"]) == ("水箱已更换", [{"name": "水箱.pdf"}])
    for stranger in (story.member("钱文娟"), PUBLIC_ACTOR):
        assert story.ask(stranger, query, id=key)["inspection"] is None
    files = story.world.stack.db("files")["files"]
    held = {
        "_id": local_id(photo, "File"),
        "holders.key": f"proposals:{local_id(key, 'Inspection')}",
    }
    eventually(lambda: files.find_one(held) is not None)
    node = "query ($id: ID!) { node(id: $id) { ... on File { name } } }"
    assert story.ask(story.member("沈建国"), node, id=photo)["node"] == {"name": "水箱.pdf"}
    assert story.ask(story.member("钱文娟"), node, id=photo)["node"] is None


def test_what_was_closed_with_reservation_is_on_the_next_list(story: Story) -> None:
    """AC-10; how a case comes to be closed so is another story, so it is set here."""
    case = closed(story, "吴住建提复〔2017〕19号")
    listed = "{ appraisalCandidates(first: 100) { totalCount edges { node { id caseNo } } } }"

    def candidates() -> list[str]:
        edges = story.ask(STAFF, listed)["appraisalCandidates"]["edges"]
        return [edge["node"]["id"] for edge in edges]

    assert case not in candidates()
    cases = story.world.stack.db("proposals")["proposals"]
    kind = {"$set": {"close_kind": "WITH_RESERVATION"}}
    cases.update_one({"_id": story.local(case)}, kind)
    assert case in candidates()
    appraisal = planned(story, case)
    assert case not in candidates()
    act(story, STAFF, "cancelAppraisal", id=appraisal, reason="与全体会议冲突")
    assert case in candidates()
    answer = story.world.stack.graphql(listed, {}, story.world.stack.token(OFFICER))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


def test_a_voter_is_taken_off_the_panel_before_the_vote(story: Story) -> None:
    case = closed(story, "吴住建提复〔2017〕20号")
    appraisal = planned(story, case)
    invited(story, appraisal)
    shown = "appraisal { invited panel { no member { name } } }"
    removed = story.only(STAFF, DIRECTOR, "removeVoter", shown, id=appraisal, no=21)["appraisal"]
    assert (removed["invited"], len(removed["panel"])) == (20, 20)
    assert "评议委员21" not in [row["member"]["name"] for row in removed["panel"]]
    query = """query ($case: ID!) {
      appraisals(filter: {proposalId: $case, states: [PLANNED]}) {
        totalCount edges { node { id title } }
      }
    }"""
    assert story.ask(STAFF, query, case=case)["appraisals"] == {
        "totalCount": 1,
        "edges": [{"node": {"id": appraisal, "title": "二次供水提案办理民主评议"}}],
    }
    assert story.ask(OFFICER, query, case=case)["appraisals"]["totalCount"] == 1


def test_an_inspection_is_cancelled_with_a_reason(story: Story) -> None:
    case = closed(story, "吴住建提复〔2017〕21号")
    row = visit(
        story,
        "planInspection",
        title="供水设施视察",
        heldAt=NOW.isoformat(),
        place="盛泽镇",
        proposalIds=[case],
        participants=[member_id(story.member(LU))],
    )
    given = {"id": row["id"], "reason": "天气原因"}
    shown = "inspection { stateLabel reason }"
    cancelled = story.only(STAFF, DIRECTOR, "cancelInspection", shown, **given)["inspection"]
    assert cancelled == {"stateLabel": "已取消", "reason": "天气原因"}
    query = """query ($case: ID!) {
      inspections(filter: {proposalId: $case, states: [CANCELLED]}) {
        totalCount edges { node { id reason } }
      }
    }"""
    listed = {"totalCount": 1, "edges": [{"node": {"id": row["id"], "reason": "天气原因"}}]}
    assert story.ask(story.member(LU), query, case=case)["inspections"] == listed
    assert story.ask(PUBLIC_ACTOR, query, case=case)["inspections"]["totalCount"] == 0
