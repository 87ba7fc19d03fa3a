"""Returns, deadlines, second replies and promises (AC-06, AC-07, AC-09, AC-10, AC-11)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.conftest import NOW
from tests.e2e.story import OFFICER, SUPERVISING, ZJJ, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF

LU, SHEN = "陆晓芸", "沈建国"
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
DAY = timedelta(days=1)
TRACKED = """
  query ($id: ID!) {
    proposal(id: $id) {
      state closeKind attitude result dueAt recognisedClass
      assignments { no unit { name } stateLabel hopCount bound dueAt overdueAt }
      rounds { no trigger resultClass closeKind }
      commitments { no text statusLabel dueOn settledAt note }
      mediations { leader minutes }
    }
  }
"""


def unit(key: str) -> str:
    return global_id("Organisation", f"unit-{key}")


def officer(key: str, role: Role = Role.UNIT_OFFICER) -> Actor:
    return Actor(f"account-{key}-{role}", role, {"unit": f"unit-{key}"})


def filed(story: Story) -> str:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    return proposal


def assigned(story: Story, mode: str = "SOLE", **parts: str) -> str:
    proposal = filed(story)
    units = [
        {"unitId": unit(key), "part": part} for key, part in (parts or {"zjj": "SOLE"}).items()
    ]
    story.do(STAFF, "proposeAssignment", id=proposal, mode=mode, units=units)
    story.do(SUPERVISING, "assignProposal", id=proposal)
    return proposal


def tracked(story: Story, proposal: str, actor: Actor = DIRECTOR) -> Document:
    found: Document = story.ask(actor, TRACKED, id=proposal)["proposal"]
    return found


def state(story: Story, proposal: str) -> str:
    return str(tracked(story, proposal)["state"])


def facts(story: Story, proposal: str, *types: str) -> list[Document]:
    """The data of these events of the proposal, in order."""
    log = story.world.stack.db("proposals")["event_log"]
    query = {"subject": story.local(proposal), "type": {"$in": types}}
    rows = log.find(query).sort([("aggregateversion", 1), ("logged_at", 1)])
    return [{"type": row["type"], **row["data"]} for row in rows]


def await_facts(story: Story, proposal: str, count: int, *types: str) -> list[Document]:
    eventually(lambda: len(facts(story, proposal, *types)) == count)
    return facts(story, proposal, *types)


def reply(story: Story, proposal: str, number: int, day: datetime, **changes: Any) -> Document:
    """One more reply of unit zjj, on `day`, from the contact to the delivery."""
    met = {"way": "MEETING", "heldOn": day.date().isoformat(), "people": "孙燕、陆晓芸"}
    story.do(OFFICER, "recordContact", id=proposal, **met)
    content: dict[str, Any] = {
        "docNo": f"吴住建提复〔2017〕{number}号",
        "resultClass": "A",
        "body": "现答复如下。",
        "answers": [{"suggestion": n, "adoption": "ADOPTED"} for n in (1, 2, 3)],
        "contactPerson": "孙燕",
        "contactPhone": "0512-63000000",
    }
    if changes.get("resultClass", "A") == "A":
        content["proof"] = [story.upload(OFFICER, "竣工照片.pdf")]
    story.do(OFFICER, "saveReply", id=proposal, **{**content, **changes})
    story.do(OFFICER, "requestSignOff", id=proposal)
    leader = officer("zjj", Role.UNIT_LEADER)
    story.do(leader, "signReply", id=proposal, signer="赵宏伟")
    story.do(SUPERVISING, "checkReply", id=proposal, unitId=ZJJ, passed=True)
    return story.do(OFFICER, "deliverReply", id=proposal)


def test_ac_06_the_second_return_opens_a_dispute_and_no_unit_passes_the_case_on(
    story: Story,
) -> None:
    stack = story.world.stack
    proposal = assigned(story, "MAIN_CO", zjj="MAIN", hygs="CO", scjgj="CO")
    due = tracked(story, proposal)["assignments"][0]["dueAt"]

    stack.move_clock(NOW + 6 * DAY)
    story.do(officer("scjgj"), "requestReturn", id=proposal, reason="不属本单位职责")
    eventually(lambda: story.waits(SUPERVISING, "RETURN_DECISION", proposal))
    with pytest.raises(Refusal) as refused:
        story.do(officer("scjgj"), "receiveAssignment", id=proposal)
    assert refused.value.codes == ["ASSIGNMENT_WRONG_STATE"]
    decision = {"accepted": True, "newUnitId": unit("czj"), "reason": "属财政职责"}
    story.do(SUPERVISING, "decideReturn", id=proposal, unitId=unit("scjgj"), **decision)
    eventually(lambda: story.waits(officer("czj"), "RECEIVE", proposal))
    assert story.seen(officer("scjgj"), proposal) is None  # no longer its case

    stack.move_clock(NOW + 9 * DAY)
    story.do(officer("czj"), "requestReturn", id=proposal, reason="也不属本单位职责")
    shares = tracked(story, proposal)["assignments"]
    assert [(s["unit"]["name"], s["stateLabel"], s["hopCount"]) for s in shares[2:]] == [
        ("区市场监管局", "同意退办", 1),
        ("区财政局", "申请退办", 2),
    ]
    assert shares[0]["dueAt"] == due
    [dispute] = await_facts(story, proposal, 1, "assignment_dispute_opened")
    assert (dispute["unit"], dispute["hop_count"]) == ("unit-czj", 2)  # office takes this up
    eventually(lambda: story.waits(officer("czj", Role.UNIT_LEADER), "DISPUTE_STATEMENT", proposal))
    with pytest.raises(Refusal) as refused:
        story.do(SUPERVISING, "decideReturn", id=proposal, unitId=unit("czj"), **decision)
    assert "DISPUTE_OPEN" in refused.value.codes or "PLAN_UNFIT" in refused.value.codes

    stack.move_clock(NOW + 11 * DAY)  # DL3 is over
    with pytest.raises(Refusal) as refused:
        story.do(officer("hygs"), "requestReturn", id=proposal, reason="不属本单位职责")
    assert refused.value.codes[0] in {"RETURN_LATE", "ASSIGNMENT_WRONG_STATE"}  # deemed received

    final = {
        "accepted": False,
        "reason": "由区财政局会办",
        "docNo": "吴政办纪〔2017〕3号",
        "decidedOn": "2017-02-17",
    }
    story.do(SUPERVISING, "decideDispute", id=proposal, unitId=unit("czj"), **final)
    bound = tracked(story, proposal)["assignments"][3]
    assert (bound["stateLabel"], bound["bound"]) == ("已签收", True)
    decided = await_facts(story, proposal, 2, "assignment_return_decided")
    assert [(d["accepted"], d["final"]) for d in decided] == [(True, False), (False, True)]


def test_a_unit_asks_and_others_decide(story: Story) -> None:
    """Someone who may not, for each step of a return and of more time."""
    proposal = assigned(story)
    for mutation, given in (
        ("decideReturn", {"unitId": ZJJ, "accepted": False, "reason": "应办理"}),
        ("decideExtension", {"unitId": ZJJ, "granted": True}),
    ):
        with pytest.raises(AssertionError, match="FORBIDDEN"):
            story.do(OFFICER, mutation, id=proposal, **given)
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.do(SUPERVISING, "requestReturn", id=proposal, reason="代为退办")


OVERDUE = (
    "assignment_co_overdue",
    "proposal_overdue",
    "proposal_supervision_notice_issued",
    "proposal_overdue_escalated",
)


def test_ac_07_overdue_is_warned_of_noticed_and_escalated_once_each(story: Story) -> None:
    stack = story.world.stack
    proposal = assigned(story, "MAIN_CO", zjj="MAIN", hygs="CO")
    for who in (OFFICER, officer("hygs")):
        story.do(who, "receiveAssignment", id=proposal)

    def remind(day: datetime, days_late: int) -> Document:
        stack.move_clock(day)

        def today() -> list[Document]:
            found = facts(story, proposal, "proposal_reminder_due")
            told = [f for f in found if f["occurred_on"].startswith(f"{day:%Y-%m-%d}")]
            return [f for f in told if (f["unit"], f["days_late"]) == ("unit-zjj", days_late)]

        eventually(lambda: len(today()) == 1)
        return today()[0]

    stack.move_clock(datetime(2017, 3, 7, tzinfo=SHANGHAI))  # DL4: 6 March
    [late] = await_facts(story, proposal, 1, "assignment_co_overdue")
    assert (late["unit"], late["main_units"]) == ("unit-hygs", ["unit-zjj"])

    due = datetime(2017, 5, 6, 9, tzinfo=SHANGHAI)  # DL5: three months
    for days in (30, 15, 7, 1):
        assert remind(due - days * DAY, 0)["about"] == "REPLY"
    assert facts(story, proposal, *OVERDUE[1:]) == []

    stack.move_clock(datetime(2017, 5, 7, 0, 1, tzinfo=SHANGHAI))
    await_facts(story, proposal, 1, "proposal_overdue")
    assert remind(datetime(2017, 5, 13, 0, 1, tzinfo=SHANGHAI), 7)["unit"] == "unit-zjj"

    # The service is away when the notice falls due, and comes back later than the escalation.
    stack.stop("proposals")
    stack.move_clock(datetime(2017, 6, 8, tzinfo=SHANGHAI))
    stack.start("proposals")
    found = await_facts(story, proposal, 4, *OVERDUE)
    assert [(f["type"], f.get("days_late")) for f in found] == [
        (OVERDUE[0], None),
        (OVERDUE[1], None),
        (OVERDUE[2], 15),
        (OVERDUE[3], 30),
    ]
    stack.stop("proposals")
    stack.start("proposals")
    story.do(OFFICER, "recordContact", id=proposal, **met_on("2017-06-08"))
    assert len(facts(story, proposal, *OVERDUE)) == 4  # a restart rings nothing twice
    assert tracked(story, proposal)["assignments"][0]["overdueAt"].startswith("2017-05-07")
    assert proposal in listed(story, "ESCALATED")  # the public list
    assert proposal not in listed(story, "NOTICED")
    reply(story, proposal, 7108, datetime(2017, 6, 8, tzinfo=SHANGHAI))
    assert proposal not in listed(story, "ESCALATED")


def listed(story: Story, lateness: str) -> list[str]:
    """What visitors see of overdue cases."""
    query = """
      query ($late: [Lateness!]) {
        proposals(first: 100, filter: {lateness: $late}) { edges { node { id } } }
      }
    """
    edges = story.ask(PUBLIC_ACTOR, query, late=[lateness])["proposals"]["edges"]
    return [edge["node"]["id"] for edge in edges]


def met_on(day: str) -> Document:
    return {"way": "VISIT", "heldOn": day, "people": "孙燕、陆晓芸"}


def test_ac_09_a_promise_is_reported_on_its_day_and_kept(story: Story) -> None:
    stack = story.world.stack
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    promise = {"text": "20个小区改造完成", "dueOn": "2017-10-31"}
    reply(story, proposal, 7101, NOW, resultClass="B", commitments=[promise])
    closed = story.evaluate(LU, proposal, "BASIC")
    assert closed["state"] == "TRACKING"
    eventually(
        lambda: story.published(proposal)[-2:] == ["proposal_closed", "proposal_tracking_started"]
    )

    day = datetime(2017, 10, 31, 9, tzinfo=SHANGHAI)
    stack.move_clock(day)
    [due] = await_facts(story, proposal, 1, "proposal_second_reply_due")
    assert (due["trigger"], due["commitments"]) == ("COMMITMENT_DUE", [1])
    eventually(lambda: story.waits(OFFICER, "REPLY", proposal))
    outcome = {"commitment": 1, "status": "MET", "note": "20个小区全部完成"}
    outcome["proof"] = [story.upload(OFFICER, "小区照片.pdf")]
    again = reply(story, proposal, 7102, day, outcomes=[outcome])
    assert again["stateLabel"] == "已二次答复"
    story.do(DIRECTOR, "recogniseClass", id=proposal, resultClass="A")
    assert story.evaluate(LU, proposal, "SATISFIED")["state"] == "CLOSED"
    [kept] = await_facts(story, proposal, 1, "commitment_met")
    assert (kept["unit"], kept["commitment_no"]) == ("unit-zjj", 1)  # outcomes takes this up
    row = tracked(story, proposal)
    assert (row["recognisedClass"], row["commitments"][0]["statusLabel"]) == ("A", "已兑现")
    assert story.do(STAFF, "archiveProposal", id=proposal)["state"] == "ARCHIVED"
    eventually(lambda: story.published(proposal)[-1] == "proposal_archived")


def test_a_promise_that_only_its_unit_says_is_kept_waits_for_the_committee(story: Story) -> None:
    """Decision 42."""
    stack = story.world.stack
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    promise = {"text": "年内建成", "dueOn": "2017-10-31"}
    reply(story, proposal, 7121, NOW, resultClass="B", commitments=[promise])
    story.evaluate(LU, proposal, "BASIC")
    day = datetime(2017, 10, 31, 9, tzinfo=SHANGHAI)
    stack.move_clock(day)
    await_facts(story, proposal, 1, "proposal_second_reply_due")
    outcome = {"commitment": 1, "status": "MET", "note": "已建成"}
    reply(story, proposal, 7122, day, outcomes=[outcome])
    assert story.evaluate(LU, proposal, "SATISFIED")["state"] == "TRACKING"
    [claim] = await_facts(story, proposal, 1, "commitment_claimed")
    assert claim["decide_by"].startswith("2017-11-07T09:00")
    eventually(lambda: story.waits(STAFF, "COMMITMENT_CLAIM", proposal))
    assert tracked(story, proposal)["commitments"][0]["statusLabel"] == "待核实"
    with pytest.raises(Refusal) as refused:
        story.do(STAFF, "archiveProposal", id=proposal)
    assert refused.value.codes == ["COMMITMENTS_OPEN"]
    word = {"id": proposal, "no": 1, "kept": True, "reason": "现场核实"}
    story.only(STAFF, OFFICER, "recogniseCommitment", "proposal { state }", **word)
    [kept] = await_facts(story, proposal, 1, "commitment_met")
    assert kept["ground"] == "COMMITTEE"
    eventually(lambda: not story.waits(STAFF, "COMMITMENT_CLAIM", proposal))
    assert story.do(STAFF, "archiveProposal", id=proposal)["state"] == "ARCHIVED"


def test_a_promise_that_is_not_kept_needs_a_decision_before_the_archive(story: Story) -> None:
    """Decision 26."""
    stack = story.world.stack
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    promise = {"text": "年内建成", "dueOn": "2017-10-31"}
    reply(story, proposal, 7103, NOW, resultClass="B", commitments=[promise])
    story.evaluate(LU, proposal, "BASIC")
    day = datetime(2017, 10, 31, 9, tzinfo=SHANGHAI)
    stack.move_clock(day)
    await_facts(story, proposal, 1, "proposal_second_reply_due")
    outcome = {"commitment": 1, "status": "MISSED", "note": "资金未到位"}
    reply(story, proposal, 7104, day, outcomes=[outcome])
    assert story.evaluate(LU, proposal, "BASIC")["state"] == "TRACKING"
    eventually(lambda: story.waits(DIRECTOR, "COMMITMENT_DECISION", proposal))
    with pytest.raises(Refusal) as refused:
        story.do(STAFF, "archiveProposal", id=proposal)
    assert refused.value.codes == ["COMMITMENTS_OPEN"]
    story.do(DIRECTOR, "renewCommitment", id=proposal, no=1, dueOn="2018-03-31")
    rows = tracked(story, proposal)["commitments"]
    assert [(r["no"], r["statusLabel"], r["dueOn"]) for r in rows] == [
        (1, "未兑现", "2017-10-31"),
        (2, "待兑现", "2018-03-31"),
    ]
    eventually(lambda: not story.waits(DIRECTOR, "COMMITMENT_DECISION", proposal))


def test_ac_10_a_second_dissatisfaction_is_mediated_and_closed_with_reservation(
    story: Story,
) -> None:
    stack = story.world.stack
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    reply(story, proposal, 7105, NOW)
    first = story.evaluate(LU, proposal, "DISSATISFIED", reason="没有资金安排")
    assert first["state"] == "REHANDLING"
    day = NOW + 28 * DAY
    stack.move_clock(day)
    reply(story, proposal, 7106, day)
    second = story.evaluate(LU, proposal, "DISSATISFIED", reason="仍没有资金安排")
    assert (second["state"], second["stateLabel"]) == ("ESCALATED", "提请督办")
    await_facts(
        story,
        proposal,
        3,
        "proposal_rehandling_requested",
        "proposal_second_replied",
        "proposal_escalated",
    )
    for verb, actor in (("carryOver", STAFF), ("reopenProposal", DIRECTOR)):
        with pytest.raises(Refusal) as refused:  # no third reply
            story.do(actor, verb, id=proposal, reason="再次办理")
        assert refused.value.codes == ["PROPOSAL_WRONG_STATE"]
    assert tracked(story, proposal, OFFICER)["result"] is None  # sealed until closing

    eventually(lambda: story.waits(CHAIR, "MEDIATION", proposal))
    reserved = {"id": proposal, "kind": "WITH_RESERVATION"}
    with pytest.raises(Refusal) as refused:
        story.do(CHAIR, "closeEscalated", **reserved)
    assert refused.value.codes == ["MEDIATION_MISSING"]
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.do(DIRECTOR, "closeEscalated", **reserved)
    meeting = {"heldOn": f"{day:%Y-%m-%d}", "leader": "周立新", "people": "三方"}
    story.do(CHAIR, "recordMediation", id=proposal, minutes="各持己见，保留意见。", **meeting)
    story.do(CHAIR, "closeEscalated", **reserved)
    row = tracked(story, proposal, OFFICER)
    assert (row["closeKind"], row["result"]) == ("WITH_RESERVATION", "DISSATISFIED")
    assert row["mediations"] == [{"leader": "周立新", "minutes": "各持己见，保留意见。"}]
    [closed] = await_facts(story, proposal, 1, "proposal_closed")
    assert (closed["close_kind"], closed["result"]) == ("WITH_RESERVATION", "DISSATISFIED")


def test_ac_11_silence_is_reminded_of_and_never_counted_as_consent(story: Story) -> None:
    stack = story.world.stack
    begun = datetime(2017, 6, 1, 9, tzinfo=SHANGHAI)
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    stack.move_clock(begun)
    reply(story, proposal, 7107, begun)
    judge = story.member(LU).member_id

    def has_reminded(times: int) -> bool:
        found = facts(story, proposal, "proposal_reminder_due")
        return sum((f["about"], f["evaluator"]) == ("EVALUATION", judge) for f in found) == times

    for number, days in enumerate((7, 14, 25), 1):
        stack.move_clock(begun + days * DAY + timedelta(hours=1))
        eventually(partial(has_reminded, number))
    stack.move_clock(begun + 31 * DAY)
    eventually(lambda: state(story, proposal) == "CLOSED")
    row = tracked(story, proposal)
    assert (row["closeKind"], row["attitude"], row["result"]) == ("NOT_EVALUATED", None, None)
    [closed] = await_facts(story, proposal, 1, "proposal_closed")
    assert (closed["close_kind"], closed["result"]) == ("NOT_EVALUATED", None)

    # Decision 63: a late word is refused, and kept for the committee.
    with pytest.raises(Refusal) as refused:
        story.evaluate(LU, proposal, "SATISFIED", comment="管网权属仍未明确")
    assert refused.value.codes == ["DL7_EVALUATION_LATE"]
    eventually(lambda: story.waits(STAFF, "SUPPLEMENT", proposal))
    query = "query ($id: ID!) { proposal(id: $id) { supplements { no outcome } } }"
    assert story.ask(STAFF, query, id=proposal)["proposal"]["supplements"] == [
        {"no": 1, "outcome": None}
    ]
    word = {"id": proposal, "no": 1, "reason": "已列入明年计划"}
    story.only(STAFF, story.member(LU), "settleSupplement", "proposal { state }", **word)
    eventually(lambda: not story.waits(STAFF, "SUPPLEMENT", proposal))
