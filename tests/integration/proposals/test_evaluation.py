"""Evaluation on real servers: sealed until closing, final, by proposers only (T13–T15, V20)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import AppError
from shared.ids import new_id
from tests.integration.proposals.conftest import NOW
from tests.integration.proposals.handling import (
    FORM,
    SLJ,
    SUPERVISING,
    ZJJ,
    Handling,
    filed,
    leader,
    line,
    officer,
)
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF, World

SECRET = "态度敷衍，避而不谈资金来源"


@pytest.fixture
def lu(world: World) -> Actor:
    return world.members["陆晓芸"]


@pytest.fixture
def shen(world: World) -> Actor:
    return world.members["沈建国"]


@pytest.fixture
def case(world: World, lu: Actor, shen: Actor) -> Handling:
    """Replied by one unit; first proposer 陆晓芸, co-signer 沈建国."""
    replied = filed(world, lu, shen)
    replied.assign()
    replied.delivered()
    return replied


def refused(case: Handling, method: str, actor: Actor, **kwargs: Any) -> AppError:
    with pytest.raises(AppError) as caught:
        case.do(method, actor, **kwargs)
    return caught.value


def form(result: str, unit: str = ZJJ, **changes: Any) -> Document:
    return {**FORM, "lines": [line(unit, result)], **changes}


def test_satisfied_closes_the_case_at_once(case: Handling, lu: Actor) -> None:
    row = case.do("evaluate_reply", lu, **form("BASIC"))
    assert (row["state"], row["close_kind"]) == ("CLOSED", "NORMAL")
    assert (row["attitude"], row["result"]) == ("SATISFIED", "BASIC")
    case.published("proposal_evaluated", "proposal_closed")
    log = case.world.stack.db("proposals")["event_log"]
    evaluated = log.find_one({"subject": case.key, "type": "proposal_evaluated"})
    closed = log.find_one({"subject": case.key, "type": "proposal_closed"})
    assert evaluated is not None and closed is not None
    assert not {"attitude", "result"} & set(evaluated["data"])
    assert (closed["data"]["attitude"], closed["data"]["result"]) == ("SATISFIED", "BASIC")


def test_open_promises_keep_a_closed_case_in_sight(world: World, lu: Actor) -> None:
    """T21."""
    case = filed(world, lu)
    case.assign()
    promise = {"text": "年底前完成20个小区", "due_on": "2022-10-31"}
    case.delivered(result_class="B", commitments=[promise])
    row = case.do("evaluate_reply", lu, **form("SATISFIED"))
    assert (row["state"], row["close_kind"]) == ("TRACKING", "NORMAL")
    case.published("proposal_evaluated", "proposal_closed", "proposal_tracking_started")


def test_the_unit_is_blind_until_closing(case: Handling, lu: Actor, shen: Actor) -> None:
    """V20: in every query, every event and every log line."""
    dissatisfied = form("DISSATISFIED", reason=SECRET, comment=SECRET)
    case.do("save_evaluation", lu, **dissatisfied)
    case.do("evaluate_reply", shen, **dissatisfied)  # a co-signer's own is stored
    blind = [officer(ZJJ), leader(ZJJ), SUPERVISING, OFFICE, PUBLIC_ACTOR]
    for viewer in blind:
        assert case.evaluations(viewer) == []
        assert SECRET not in str(case.see(viewer))
    row = case.do("evaluate_reply", lu, **dissatisfied)
    assert (row["state"], row["rehandling_units"]) == ("REHANDLING", [ZJJ])  # T15
    assert "result" not in row or row["result"] is None
    case.published("proposal_evaluated", "proposal_rehandling_requested")
    for viewer in blind:
        assert case.evaluations(viewer) == []
        assert SECRET not in str(case.see(viewer))
    events = case.world.stack.db("proposals")["event_log"].find({"subject": case.key})
    for document in events:
        assert SECRET not in str(document)
        assert not {"attitude", "result", "reason"} & set(document["data"])
    assert SECRET not in str(case.world.document(case.key))
    logs = [log.read_text() for log in case.world.stack.keys.parent.rglob("proposals*.log")]
    assert "evaluate_reply" in "".join(logs) and SECRET not in "".join(logs)
    # Who may know: the committee, and each proposer what is their own.
    assert [(e["evaluator"], e["binding"]) for e in case.evaluations(DIRECTOR)] == [
        (shen.member_id, False),
        (lu.member_id, True),
    ]
    assert [e["reason"] for e in case.evaluations(lu)] == [SECRET]
    assert [e["evaluator"] for e in case.evaluations(shen)] == [shen.member_id]


def test_after_closing_unit_and_office_see_the_official_one_only(
    case: Handling, lu: Actor, shen: Actor
) -> None:
    case.do("evaluate_reply", shen, **form("DISSATISFIED", reason="我不同意"))
    case.do("evaluate_reply", lu, **form("SATISFIED"))
    for viewer in (officer(ZJJ), SUPERVISING, shen):
        official = [e for e in case.evaluations(viewer) if e["evaluator"] == lu.member_id]
        assert [e["lines"][0]["result"] for e in official] == ["SATISFIED"]
    assert [e["evaluator"] for e in case.evaluations(officer(ZJJ))] == [lu.member_id]
    flags = {e["evaluator"]: e["disagrees"] for e in case.evaluations(STAFF)}
    assert flags == {shen.member_id: True, lu.member_id: False}
    seen = case.see(officer(ZJJ))
    assert seen is not None and seen["result"] == "SATISFIED"
    for viewer in (PUBLIC_ACTOR, OFFICE):
        other = case.see(viewer)
        assert other is not None and "result" not in other
        assert case.evaluations(viewer) == []


def test_a_draft_is_the_evaluators_alone(case: Handling, lu: Actor, shen: Actor) -> None:
    case.do("save_evaluation", lu, comment="先记下")
    case.do("save_evaluation", lu, comment="再改一改")
    assert [(e["comment"], e["sent_at"]) for e in case.evaluations(lu)] == [("再改一改", None)]
    for viewer in (shen, DIRECTOR, officer(ZJJ)):
        assert case.evaluations(viewer) == []


def test_what_is_missing_is_said_at_once(case: Handling, lu: Actor) -> None:
    error = refused(case, "evaluate_reply", lu, lines=[line(ZJJ, "DISSATISFIED")])
    assert [(item["code"], item["field"]) for item in error.items] == [
        ("EVALUATION_INCOMPLETE", "heardBy"),
        ("EVALUATION_INCOMPLETE", "visited"),
        ("EVALUATION_INCOMPLETE", "pertinence"),
        ("EVALUATION_INCOMPLETE", "leaderReplied"),
        ("EVALUATION_REASON_MISSING", "reason"),
    ]
    wrong_unit = refused(case, "evaluate_reply", lu, **form("BASIC", SLJ))
    assert [(item["code"], item["field"]) for item in wrong_unit.items] == [
        ("EVALUATION_INCOMPLETE", "lines")
    ]
    assert case.world.document(case.key)["state"] == "REPLIED"


def test_sent_is_final(case: Handling, lu: Actor, shen: Actor) -> None:
    case.do("evaluate_reply", shen, **form("BASIC"))
    for method in ("save_evaluation", "evaluate_reply"):
        assert refused(case, method, shen, **form("SATISFIED")).code == "V20_EVALUATION_SENT"
    case.do("evaluate_reply", lu, **form("BASIC"))
    assert refused(case, "evaluate_reply", lu, **form("SATISFIED")).code == "PROPOSAL_WRONG_STATE"


def test_sending_twice_with_one_command_id_is_one_evaluation(case: Handling, lu: Actor) -> None:
    command = new_id()
    with ThreadPoolExecutor(2) as pool:
        rows = list(
            pool.map(
                lambda _: case.do("evaluate_reply", lu, **form("BASIC"), command_id=command),
                range(2),
            )
        )
    assert [row["state"] for row in rows] == ["CLOSED", "CLOSED"]
    assert case.world.published(case.key).count("proposal_evaluated") <= 1
    case.published("proposal_evaluated", "proposal_closed")


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (officer(ZJJ), "FORBIDDEN"),  # AC-11: not for the member
        (leader(ZJJ), "FORBIDDEN"),
        (STAFF, "FORBIDDEN"),
        (SUPERVISING, "FORBIDDEN"),
        (PUBLIC_ACTOR, "UNAUTHENTICATED"),
    ],
)
def test_nobody_evaluates_for_a_proposer(case: Handling, actor: Actor, code: str) -> None:
    for method in ("save_evaluation", "evaluate_reply"):
        assert refused(case, method, actor, **form("SATISFIED")).code == code


def test_a_chairperson_does_not_evaluate_for_a_proposer(case: Handling, lu: Actor) -> None:
    """Separation of duties 5."""
    chair = Actor("account-chair", Role.CHAIR_COUNCIL, {}, "p-x", lu.member_id)
    assert refused(case, "evaluate_reply", chair, **form("SATISFIED")).code == "FORBIDDEN"


def test_another_member_is_no_evaluator(case: Handling) -> None:
    qian = case.world.members["钱文娟"]
    error = refused(case, "evaluate_reply", qian, **form("SATISFIED"))
    assert error.code == "V20_NOT_THE_EVALUATOR"


def test_nothing_to_evaluate_before_the_reply(world: World, lu: Actor) -> None:
    case = filed(world, lu)
    case.assign()
    error = refused(case, "save_evaluation", lu, **form("SATISFIED"))
    assert error.code == "V20_NOTHING_TO_EVALUATE"


def test_a_cosigner_may_still_say_so_until_the_time_is_up(
    case: Handling, lu: Actor, shen: Actor
) -> None:
    case.do("evaluate_reply", lu, **form("SATISFIED"))
    case.do("evaluate_reply", shen, **form("BASIC"))
    late = filed(case.world, lu, shen)
    late.assign()
    late.delivered()
    late.do("evaluate_reply", lu, **form("SATISFIED"))
    case.world.stack.move_clock(NOW + timedelta(days=31))
    error = refused(late, "evaluate_reply", shen, **form("BASIC"))
    assert error.code == "DL7_EVALUATION_LATE"


def test_with_separate_handling_the_worst_line_counts(world: World, lu: Actor) -> None:
    """Decision 21: only the units of dissatisfied lines handle it again."""
    case = filed(world, lu)
    case.assign("SEPARATE", **{ZJJ: "SEPARATE", SLJ: "SEPARATE"})
    case.delivered(ZJJ)
    case.delivered(SLJ, doc_no="吴水提复〔2022〕21号")
    lines = [line(ZJJ, "SATISFIED"), line(SLJ, "DISSATISFIED", "BASIC")]
    row = case.do("evaluate_reply", lu, **{**FORM, "lines": lines, "reason": "没有答复要点"})
    assert (row["state"], row["rehandling_units"]) == ("REHANDLING", [SLJ])


def test_an_organisation_evaluates_its_collective_proposal(world: World) -> None:
    scope = {"committee": "com-economy"}
    director = Actor("account-com-head", Role.COMMITTEE_DIRECTOR, scope)
    clerk = Actor("account-com-staff", Role.COMMITTEE_STAFF, scope)
    other = Actor("account-com-other", Role.COMMITTEE_DIRECTOR, {"committee": "com-proposals"})
    case = filed(world, director, proposer_type="COMMITTEE")
    case.assign()
    case.delivered()
    error = refused(case, "evaluate_reply", other, **form("SATISFIED"))
    assert error.code == "V20_NOT_THE_EVALUATOR"
    case.do("save_evaluation", clerk, **form("BASIC"))
    row = case.do("evaluate_reply", director, **form("SATISFIED"))
    assert row["state"] == "CLOSED"
    assert [e["evaluator"] for e in case.evaluations(clerk)] == ["committee:com-economy"]


def test_where_the_first_proposer_died_the_next_cosigner_judges(world: World, shen: Actor) -> None:
    """Decision 17."""
    first = world.member("已故委员", 901)
    case = filed(world, first, shen)
    case.assign()
    case.delivered()
    died: Document = {"member_id": first.member_id, "died_on": world.now.date().isoformat()}
    world.stack.call("members", "record_death", OFFICE, **died)
    eventually(lambda: world.document(case.key)["absent"] == [first.member_id])
    case.published("proposal_replied", "proposal_evaluator_changed")
    row = case.do("evaluate_reply", shen, **form("SATISFIED"))
    assert row["state"] == "CLOSED"
    assert [e["binding"] for e in case.evaluations(DIRECTOR)] == [True]


def test_ac_11_silence_is_not_consent(case: Handling, lu: Actor) -> None:
    case.world.stack.move_clock(NOW + timedelta(days=31))

    def closed() -> bool:
        return bool(case.world.document(case.key)["state"] == "CLOSED")

    eventually(closed)
    row = case.see(DIRECTOR)
    assert row is not None
    assert (row["close_kind"], row["attitude"], row["result"]) == ("NOT_EVALUATED", None, None)
    # How much of the reply is public has waited for its decision, too.
    case.published("proposal_replied", "proposal_reminder_due", "proposal_closed")
    late = refused(case, "evaluate_reply", lu, **form("SATISFIED"))
    assert late.code == "DL7_EVALUATION_LATE"
