"""A joint proposal from draft to filed (AC-01, AC-02, AC-03, AC-13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.messaging.events import from_document
from tests.e2e.conftest import NOW, NUMBERS
from tests.e2e.story import LEADER, OFFICER, SUPERVISING, Refusal, Story
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF, World

LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"


@pytest.fixture
def first_of_its_session(world: World) -> Story:
    """The second session, in 2018, which no other story enters: its numbers begin where the
    scenario says, serial 0315 and case 023 (decision 12), whatever was filed before."""
    now = datetime(2018, 1, 8, 9, tzinfo=SHANGHAI)
    opened = World(world.stack, world.term, session=2, now=now, members=world.members)
    opened.open()
    opened.start_numbers(serial=315, case=23)
    return Story(opened)


def test_ac_01_a_joint_proposal_is_cosigned_submitted_filed_and_counted(
    first_of_its_session: Story,
) -> None:
    story = first_of_its_session
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN, QIAN)
    eventually(lambda: story.waits(story.member(SHEN), "COSIGN_ANSWER", proposal))
    story.confirm(proposal, SHEN, QIAN)

    submitted = story.do(story.member(LU), "submitProposal", id=proposal)
    assert (submitted["serialNo"], submitted["state"]) == ("T15-2-0315", "SUBMITTED")
    eventually(lambda: not story.waits(story.member(SHEN), "COSIGN_ANSWER", proposal))

    filed = story.file(proposal)
    assert (filed["caseNo"], filed["caseTitle"]) == ("15-2-023", "十五届二次会议第023号")
    assert (filed["state"], filed["stateLabel"]) == ("FILED", "立案")

    story.await_points(LU, proposal, [("B2", 8)])
    story.await_points(SHEN, proposal, [("B3", 2)])
    story.await_points(QIAN, proposal, [("B3", 2)])
    for name in (LU, SHEN, QIAN):
        story.await_message(name, "提案号15-2-023")

    eventually(
        lambda: (
            story.published(proposal)
            == [
                "proposal_cosign_invited",
                "proposal_cosign_invited",
                "proposal_cosign_confirmed",
                "proposal_cosign_confirmed",
                "proposal_submitted",
                "proposal_review_started",
                "proposal_filed",
            ]
        )
    )
    # Web and mobile clients, and whoever may read it, see the same state.
    readers = [story.member(LU), story.member(SHEN), STAFF, PUBLIC_ACTOR]
    for reader in [*readers, Actor("account-sup", Role.SUPERVISING_OFFICE)]:
        seen = story.seen(reader, proposal)
        assert seen is not None and seen["stateLabel"] == "立案"
        assert seen["firstProposer"]["name"] == LU


def test_ac_01_goes_on_to_the_reply_and_is_closed(story: Story) -> None:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    eventually(lambda: story.waits(STAFF, "ASSIGNMENT_PLAN", proposal))
    answered = story.handle(proposal, "吴住建提复〔2017〕5号")
    assert (answered["state"], answered["stateLabel"]) == ("REPLIED", "已答复")
    eventually(lambda: story.waits(story.member(LU), "EVALUATE", proposal))
    story.await_message(LU, "评价办理态度和办理结果")
    story.await_message(SHEN, "您联名的提案《关于加强老旧住宅小区二次供水的建议》已答复")

    closed = story.evaluate(LU, proposal, "BASIC")
    assert (closed["state"], closed["stateLabel"]) == ("CLOSED", "办结")
    eventually(lambda: not story.waits(story.member(LU), "EVALUATE", proposal))
    eventually(lambda: story.published(proposal)[-2:] == ["proposal_evaluated", "proposal_closed"])

    row = story.handled(OFFICER, proposal)
    assert row["closeKindLabel"] == "正常办结"
    assert (row["resultClass"], row["attitude"], row["result"]) == ("A", "SATISFIED", "BASIC")
    assert row["assignments"] == [
        {"unit": {"name": "区住建局"}, "partLabel": "独办", "stateLabel": "已送达", "deemed": False}
    ]
    (reply,) = row["replies"]
    assert reply["docNo"] == "吴住建提复〔2017〕5号"
    assert reply["title"].startswith("关于区政协十五届一次会议第")
    assert [a["adoptionLabel"] for a in reply["answers"]] == ["采纳", "采纳", "采纳"]
    assert (reply["signOff"], reply["checks"]) == ({"signer": "赵宏伟"}, [{"passed": True}])
    (evaluation,) = row["evaluations"]
    assert evaluation["lines"] == [
        {"unit": {"name": "区住建局"}, "attitudeLabel": "满意", "resultLabel": "基本满意"}
    ]
    # To-dos of the units and the offices are done.
    done = [(OFFICER, "RECEIVE"), (OFFICER, "REPLY"), (OFFICER, "DELIVER")]
    done += [(LEADER, "SIGN_OFF"), (SUPERVISING, "REPLY_CHECK")]
    eventually(lambda: not any(story.waits(*todo, proposal) for todo in done))


def test_ac_02_cosigners_withdraw_and_the_first_proposer_goes_on_alone(story: Story) -> None:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN, QIAN)
    story.confirm(proposal, SHEN, QIAN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.do(STAFF, "startReview", id=proposal)

    one_left = story.do(story.member(QIAN), "withdrawCosignature", id=proposal)
    assert (one_left["proposerType"], one_left["shortfall"]) == ("JOINT", None)
    story.do(story.member(SHEN), "withdrawCosignature", id=proposal)
    eventually(lambda: story.published(proposal).count("proposal_cosign_withdrawn") == 2)
    eventually(lambda: story.waits(story.member(LU), "SHORTFALL_DECISION", proposal))

    unit = {"reviewUnits": [], "oneMatter": True}
    with pytest.raises(Refusal) as refused:
        story.do(DIRECTOR, "fileProposal", id=proposal, **unit)
    assert refused.value.codes == ["SHORTFALL_OPEN"]

    agreed = story.do(story.member(LU), "decideShortfall", id=proposal, asIndividual=True)
    assert (agreed["proposerType"], agreed["state"]) == ("INDIVIDUAL", "UNDER_REVIEW")
    eventually(lambda: not story.waits(story.member(LU), "SHORTFALL_DECISION", proposal))

    units = [global_id("Organisation", "unit-zjj")]
    story.do(DIRECTOR, "fileProposal", id=proposal, reviewUnits=units, oneMatter=True)
    story.await_points(LU, proposal, [("B1", 10)])
    assert story.points(SHEN, proposal) == story.points(QIAN, proposal) == []


def test_ac_02_a_cosignature_cannot_be_withdrawn_after_filing(story: Story) -> None:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    with pytest.raises(Refusal) as refused:
        story.do(story.member(SHEN), "withdrawCosignature", id=proposal)
    assert refused.value.codes == ["COSIGN_LOCKED"]
    assert refused.value.messages == ["立案后不能撤回联名"]


def test_ac_03_a_changed_text_asks_for_consent_again(story: Story) -> None:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    changed = ["三年内完成改造", "移交后由财政补贴", "每季度公布水质"]
    story.do(story.member(LU), "saveDraft", id=proposal, suggestions=changed)

    seen = story.seen(story.member(SHEN), proposal)
    assert seen is not None
    (signature,) = seen["cosignatures"]
    assert signature["state"] == "RECONFIRM_NEEDED"
    assert signature["difference"] == [
        {
            "field": "suggestions.1",
            "before": "移交供水公司统一管理",
            "after": "移交后由财政补贴",
        }
    ]
    eventually(lambda: story.waits(story.member(SHEN), "COSIGN_RECONFIRM", proposal))

    # Not confirmed again, he does not count; she is warned that V6 fails.
    with pytest.raises(Refusal) as refused:
        story.do(story.member(LU), "submitProposal", id=proposal)
    assert refused.value.codes == ["V6_TOO_FEW_COSIGNERS"]

    # With another co-signer it may go, and he is dropped.
    story.invite(LU, proposal, QIAN)
    story.confirm(proposal, QIAN)
    submitted = story.do(story.member(LU), "submitProposal", id=proposal)
    states = {c["member"]["name"]: c["state"] for c in submitted["cosignatures"]}
    assert states == {SHEN: "EXPIRED", QIAN: "CONFIRMED"}
    story.file(proposal)
    story.await_points(LU, proposal, [("B2", 8)])
    eventually(lambda: not story.waits(story.member(SHEN), "COSIGN_RECONFIRM", proposal))
    assert story.points(SHEN, proposal) == []


def test_ac_03_confirmed_again_he_counts(story: Story) -> None:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "saveDraft", id=proposal, situation="情况有了新的变化。")
    story.confirm(proposal, SHEN)
    submitted = story.do(story.member(LU), "submitProposal", id=proposal)
    assert [c["state"] for c in submitted["cosignatures"]] == ["CONFIRMED"]


def test_ac_13_the_same_filing_twice_counts_once_and_tells_once(story: Story) -> None:
    writer, cosigner = "石敏行", "林知远"  # their inboxes and ledgers hold this story alone
    for name in (writer, cosigner):
        story.world.member(name, next(NUMBERS))
    proposal = story.draft(writer)
    story.invite(writer, proposal, cosigner)
    story.confirm(proposal, cosigner)
    story.do(story.member(writer), "submitProposal", id=proposal)
    case = story.file(proposal)["caseNo"]
    told = {writer: 5, cosigner: 4}  # of the proposal and its points; the review to her alone

    def told_once(name: str) -> bool:
        once = (f"已立案，提案号{case}", "您的履职积分增加")
        heard = [text for text in story.messages(name) if "提案《" in text or "积分增加" in text]
        return len(heard) == told[name] and all(story.told(name, what) == 1 for what in once)

    for name in told:
        eventually(partial(told_once, name))

    stack = story.world.stack
    log = stack.db("proposals")["event_log"]
    stored = log.find_one({"subject": story.local(proposal), "type": "proposal_filed"})
    assert stored is not None
    first = from_document(stored)
    again = from_document({**first.to_document(), "id": new_id()})
    for event in (first, again, first):  # E1 again, E1′ after a crash, E1 once more
        stack.publish(event)
    # A later fact of the same queues shows that those three have been handled.
    later = story.draft(LU)
    story.invite(LU, later, QIAN)
    story.confirm(later, QIAN)
    story.do(story.member(LU), "submitProposal", id=later)
    story.file(later)
    story.await_points(QIAN, later, [("B3", 2)])
    eventually(lambda: stack.queue_depth("performance.on_proposals_proposal_filed") == 0)
    eventually(lambda: stack.queue_depth("notifications.on_proposals_proposal_filed") == 0)

    assert story.points(cosigner, proposal) == [("B3", 2)]
    assert story.points(writer, proposal) == [("B2", 8)]
    assert len(story.ledger(cosigner)) == len(story.ledger(writer)) == 1
    assert told_once(writer) and told_once(cosigner)


def test_a_returned_proposal_is_changed_resubmitted_and_keeps_its_number(story: Story) -> None:
    proposal = story.draft(LU, kind="INDIVIDUAL")
    serial = story.do(story.member(LU), "submitProposal", id=proposal)["serialNo"]
    story.do(STAFF, "startReview", id=proposal)
    story.do(STAFF, "returnProposal", id=proposal, comment="请写明责任单位")
    with pytest.raises(Refusal) as refused:  # its time has just begun
        story.do(STAFF, "reopenCosigning", id=proposal)
    assert refused.value.codes == ["COSIGN_WINDOW_OPEN"]
    eventually(lambda: story.waits(story.member(LU), "RESUBMIT", proposal))
    story.do(story.member(LU), "saveDraft", id=proposal, analysis="责任单位是区住建局。")
    again = story.do(story.member(LU), "submitProposal", id=proposal)
    assert (again["serialNo"], again["revision"], again["state"]) == (serial, 2, "SUBMITTED")


def test_a_withdrawn_case_takes_its_points_back(story: Story) -> None:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    story.await_points(SHEN, proposal, [("B3", 2)])
    story.do(story.member(LU), "requestWithdrawal", id=proposal, reason="情况已变化")
    eventually(lambda: story.waits(DIRECTOR, "WITHDRAWAL_DECISION", proposal))
    story.do(DIRECTOR, "decideWithdrawal", id=proposal, agreed=True, reason="")
    story.await_points(SHEN, proposal, [("B3", -2), ("B3", 2)])
    story.await_points(LU, proposal, [("B2", -8), ("B2", 8)])


def test_a_shortfall_nobody_decides_is_returned_by_the_system(story: Story) -> None:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.do(story.member(SHEN), "withdrawCosignature", id=proposal)
    story.world.stack.move_clock(NOW + timedelta(days=4))

    def returned() -> bool:
        seen = story.seen(story.member(LU), proposal)
        return seen is not None and seen["state"] == "RETURNED"

    eventually(returned)
    eventually(lambda: story.published(proposal).count("proposal_returned") == 1)


def test_a_stopped_service_costs_only_its_own_fields(story: Story) -> None:
    stack = story.world.stack
    query = "{ __typename viewer { unreadCount score { total } member { name } } }"
    token = stack.token(story.member(LU))
    stack.stop("performance")
    try:
        answer = stack.graphql(query, token=token)
        assert answer["data"]["viewer"]["member"] == {"name": LU}
        assert answer["data"]["viewer"]["score"] is None
        assert isinstance(answer["data"]["viewer"]["unreadCount"], int)
        (error,) = answer["errors"]
        assert error["path"] == ["viewer", "score"]
        assert error["extensions"]["code"] in {"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"}
        assert error["extensions"]["correlationId"]
    finally:
        stack.start("performance")
    eventually(lambda: "errors" not in stack.graphql(query, token=token))


def test_ac_14_a_list_shows_state_and_score_of_each_member(story: Story) -> None:
    proposal = story.draft(LU, kind="INDIVIDUAL")
    story.do(story.member(LU), "submitProposal", id=proposal)
    query = """
      query ($id: ID!) {
        node(id: $id) {
          ... on Member {
            name
            score { total }
            proposals(first: 100) { edges { node { id state } } }
          }
        }
      }
    """
    member = global_id("Member", str(story.member(LU).member_id))
    found = story.ask(story.member(LU), query, id=member)["node"]
    assert found["name"] == LU
    assert found["score"]["total"] >= 0
    states = {edge["node"]["id"]: edge["node"]["state"] for edge in found["proposals"]["edges"]}
    assert states[proposal] == "SUBMITTED"


def test_lists_of_proposals_are_paged_with_their_total(story: Story) -> None:
    for _ in range(3):
        story.draft(LU, kind="INDIVIDUAL", title="关于分页显示的试验性提案的建议")
    query = """
      query ($after: String) {
        proposals(filter: {mine: true, text: "分页"}, first: 2, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges { node { title firstProposer { name } } }
        }
      }
    """
    first = story.ask(story.member(LU), query)["proposals"]
    assert (first["totalCount"], len(first["edges"])) == (3, 2)
    after = first["pageInfo"]["endCursor"]
    rest = story.ask(story.member(LU), query, after=after)["proposals"]
    assert (len(rest["edges"]), rest["pageInfo"]["hasNextPage"]) == (1, False)
    assert rest["edges"][0]["node"]["firstProposer"] == {"name": LU}
