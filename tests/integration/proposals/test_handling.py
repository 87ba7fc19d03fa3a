"""The units' work on a filed proposal, on real servers: T10–T12, V15–V19, decisions 25 and 27."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared import contracts
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import AppError
from shared.ids import new_id
from shared.messaging.events import from_document
from tests.integration.proposals.conftest import NOW
from tests.integration.proposals.handling import (
    HYGS,
    SLJ,
    SUPERVISING,
    ZJJ,
    Handling,
    filed,
    leader,
    officer,
)
from tests.stack import Document
from tests.waiting import eventually
from tests.world import STAFF, World


@pytest.fixture
def case(world: World) -> Handling:
    """Filed for 陆晓芸, co-signed by 沈建国."""
    return filed(world, world.members["陆晓芸"], world.members["沈建国"])


def refused(case: Handling, method: str, actor: Actor, **kwargs: Any) -> AppError:
    with pytest.raises(AppError) as caught:
        case.do(method, actor, **kwargs)
    return caught.value


def test_a_case_goes_from_the_plan_to_the_delivered_reply(case: Handling) -> None:
    plan = case.plan("MAIN_CO", **{ZJJ: "MAIN", HYGS: "CO"})
    assert plan["state"] == "FILED"
    assert plan["plan"]["mode"] == "MAIN_CO"
    row = case.do("assign_proposal", SUPERVISING)
    assert (row["state"], row["plan"]) == ("ASSIGNED", None)
    assert row["due_at"][:10] == "2022-04-11"  # DL5
    shares = [(a["unit"], a["part"], a["state"], a["due_at"][:10]) for a in row["assignments"]]
    assert shares == [
        (ZJJ, "MAIN", "PENDING", "2022-04-11"),
        (HYGS, "CO", "PENDING", "2022-02-11"),  # DL4
    ]
    assert row["assignments"][0]["sign_due_at"][:10] == "2022-01-21"  # DL3

    assert case.do("receive_assignment", officer(HYGS))["state"] == "ASSIGNED"
    assert case.do("receive_assignment", officer(ZJJ))["state"] == "HANDLING"  # T11
    given = case.do("give_co_opinion", officer(HYGS), text="改造后可由我公司接管。")
    assert given["assignments"][1]["state"] == "CO_OPINION_GIVEN"
    case.contact()
    case.do("save_reply", officer(ZJJ), **case.content)
    case.do("request_sign_off", officer(ZJJ))
    signed = case.do("sign_reply", leader(ZJJ), signer="赵宏伟")
    assert signed["assignments"][0]["state"] == "REPLY_IN_CHECK"
    case.do("check_reply", SUPERVISING, unit_id=ZJJ, passed=True)
    delivered = case.do("deliver_reply", officer(ZJJ))
    assert (delivered["state"], delivered["result_class"]) == ("REPLIED", "A")
    assert delivered["evaluate_by"][:10] == "2022-02-10"  # DL7
    (reply,) = delivered["replies"]
    assert reply["title"].startswith("关于区政协十六届一次会议第")
    assert reply["title"].endswith("号提案的答复")
    case.published(
        "proposal_assignment_proposed",
        "proposal_assigned",
        "assignment_received",
        "assignment_received",
        "proposal_handling_started",
        "assignment_co_opinion_given",
        "proposal_contact_recorded",
        "proposal_files_changed",
        "assignment_sign_off_requested",
        "assignment_reply_signed",
        "assignment_reply_checked",
        "assignment_delivered",
        "proposal_replied",
    )
    for document in case.world.stack.db("proposals")["event_log"].find({"subject": case.key}):
        event = from_document(document)
        contracts.validate("proposals", event.type, event.data)


def test_the_supervising_office_may_send_the_plan_back(case: Handling) -> None:
    case.plan(**{ZJJ: "SOLE"})
    row = case.do("refuse_assignment", SUPERVISING, reason="应由区水利局主办")
    assert (row["state"], row["plan"]["refusal"]) == ("FILED", "应由区水利局主办")
    assert refused(case, "assign_proposal", SUPERVISING).code == "NO_ASSIGNMENT_PLAN"
    assert case.assign("SOLE", **{SLJ: "SOLE"})["state"] == "ASSIGNED"


@pytest.mark.parametrize(
    ("mode", "parts"),
    [
        ("SOLE", {ZJJ: "SOLE", SLJ: "SOLE"}),
        ("SOLE", {ZJJ: "MAIN"}),
        ("MAIN_CO", {ZJJ: "MAIN"}),
        ("MAIN_CO", {ZJJ: "MAIN", SLJ: "MAIN", HYGS: "CO"}),
        ("SEPARATE", {ZJJ: "SEPARATE"}),
        ("SEPARATE", {ZJJ: "SEPARATE", SLJ: "CO"}),
    ],
)
def test_units_have_to_fit_the_mode(case: Handling, mode: str, parts: dict[str, str]) -> None:
    units = [{"unit_id": unit, "part": part} for unit, part in parts.items()]
    error = refused(case, "propose_assignment", STAFF, mode=mode, units=units)
    assert (error.code, error.field) == ("PLAN_UNFIT", "units")


def test_only_handling_units_in_being_can_be_assigned(case: Handling) -> None:
    units = [{"unit_id": "com-proposals", "part": "SOLE"}]
    error = refused(case, "propose_assignment", STAFF, mode="SOLE", units=units)
    assert (error.code, error.details) == ("UNIT_MAY_NOT_HANDLE", {"units": ["com-proposals"]})


def test_an_open_withdrawal_keeps_the_case_from_the_units(case: Handling) -> None:
    lu = case.world.members["陆晓芸"]
    case.plan(**{ZJJ: "SOLE"})
    case.do("request_withdrawal", lu, reason="情况已变化")
    assert refused(case, "assign_proposal", SUPERVISING).code == "WITHDRAWAL_OPEN"


def test_only_the_unit_itself_works_on_its_case(case: Handling) -> None:
    assert refused(case, "receive_assignment", officer(ZJJ)).code == "NOT_FOUND"
    case.assign()
    assert refused(case, "receive_assignment", officer(SLJ)).code == "NOT_FOUND"
    assert case.see(officer(SLJ)) is None
    row = case.see(officer(ZJJ))
    assert row is not None and row["state"] == "ASSIGNED"
    unscoped = Actor("account-x", Role.UNIT_OFFICER)
    assert refused(case, "receive_assignment", unscoped).code == "FORBIDDEN"


def test_a_proposer_cannot_act_for_the_unit(case: Handling) -> None:
    case.assign()
    lu = case.world.members["陆晓芸"]
    own_account = Actor("account-y", Role.UNIT_OFFICER, {"unit": ZJJ}, None, lu.member_id)
    assert refused(case, "receive_assignment", own_account).code == "V15_PROPOSER_ACTS"
    # Another account, and another term's membership, but the same person.
    known = case.world.stack.db("proposals")["members"].find_one({"_id": lu.member_id})
    assert known is not None
    person = Actor("account-z", Role.UNIT_LEADER, {"unit": ZJJ}, known["person_id"], "m-17-0001")
    assert refused(case, "receive_assignment", person).code == "V15_PROPOSER_ACTS"
    assert case.do("receive_assignment", officer(ZJJ))["state"] == "HANDLING"


def test_who_does_not_sign_in_time_is_bound_all_the_same(case: Handling) -> None:
    case.assign()
    stack = case.world.stack
    stack.move_clock(NOW + timedelta(days=11))

    def share() -> Document:
        found: Document = case.world.document(case.key)["assignments"][0]
        return found

    eventually(lambda: share()["state"] == "RECEIVED")
    assert share()["deemed"] is True
    case.published("assignment_received", "proposal_handling_started")
    case.contact()
    assert share()["state"] == "WORKING"


def test_everything_that_a_reply_lacks_is_said_at_once(case: Handling) -> None:
    case.assign()
    case.do("receive_assignment", officer(ZJJ))
    assert refused(case, "request_sign_off", officer(ZJJ)).code == "NO_REPLY"
    case.do("save_reply", officer(ZJJ))
    error = refused(case, "request_sign_off", officer(ZJJ))
    assert [(item["code"], item["field"]) for item in error.items] == [
        ("DOC_NO_FORM", "docNo"),
        ("REPLY_INCOMPLETE", "body"),
        ("REPLY_INCOMPLETE", "contactPerson"),
        ("REPLY_INCOMPLETE", "contactPhone"),
        ("ANSWERS_MISSING", "answers"),
        ("REPLY_INCOMPLETE", "resultClass"),
        ("V16_CONTACT_MISSING", None),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"result_class": "A", "proof": []}, "V17_PROOF_MISSING"),
        ({"result_class": "B"}, "V17_COMMITMENT_MISSING"),
        (
            {"result_class": "B", "commitments": [{"text": "完工", "due_on": "2022-01-11"}]},
            "V17_COMMITMENT_MISSING",  # due today
        ),
        ({"result_class": "C"}, "V17_REASON_MISSING"),
        ({"answers": [{"suggestion": 1, "adoption": "ADOPTED"}]}, "ANSWERS_MISSING"),
        ({"answers": [{"suggestion": 9, "adoption": "ADOPTED"}]}, "ANSWERS_UNFIT"),
        ({"answers": [{"suggestion": n, "adoption": "NOT"} for n in (1, 2, 3)]}, "ANSWERS_MISSING"),
    ],
)
def test_a_reply_has_to_bear_out_its_class(
    case: Handling, changes: dict[str, Any], code: str
) -> None:
    case.assign()
    case.ready(**changes)
    error = refused(case, "request_sign_off", officer(ZJJ))
    assert {item["code"] for item in error.items} == {code}


def test_a_reply_number_is_used_once_in_a_units_year(world: World, case: Handling) -> None:
    case.assign()
    case.signed()
    number = {"doc_no": case.content["doc_no"]}
    other = filed(world, world.members["钱文娟"])
    other.assign()
    other.ready(**number)
    other.do("request_sign_off", officer(ZJJ))
    error = refused(other, "sign_reply", leader(ZJJ), signer="赵宏伟")
    assert (error.code, error.field) == ("DOC_NO_TAKEN", "docNo")
    # Redone under another number, the first case gives its number up.
    case.do("check_reply", SUPERVISING, unit_id=ZJJ, passed=False, comment="字号有误")
    case.do("save_reply", officer(ZJJ), **{**case.content, "doc_no": "吴住建提复〔2022〕8900号"})
    case.do("request_sign_off", officer(ZJJ))
    case.do("sign_reply", leader(ZJJ), signer="赵宏伟")
    signed = other.do("sign_reply", leader(ZJJ), signer="赵宏伟")
    assert signed["assignments"][0]["state"] == "REPLY_IN_CHECK"


def test_the_officer_sends_up_and_the_leader_signs(case: Handling) -> None:
    case.assign()
    case.ready()
    assert refused(case, "sign_reply", leader(ZJJ), signer="赵").code == "V19_NOT_SIGNED_OFF"
    case.do("request_sign_off", officer(ZJJ))
    assert refused(case, "sign_reply", officer(ZJJ), signer="赵").code == "FORBIDDEN"
    back = case.do("refuse_sign_off", leader(ZJJ), comment="请补充进度")
    assert back["replies"][0]["sign_off_refusal"] == "请补充进度"
    # A change after it was sent up has to be sent up again.
    case.do("request_sign_off", officer(ZJJ))
    case.do("save_reply", officer(ZJJ), **{**case.content, "body": "补充进度后的答复。"})
    assert refused(case, "sign_reply", leader(ZJJ), signer="赵").code == "V19_NOT_SIGNED_OFF"


def test_nothing_is_delivered_before_it_is_checked(case: Handling) -> None:
    case.assign()
    case.signed()
    assert refused(case, "deliver_reply", officer(ZJJ)).code == "V19_NOT_CHECKED"
    assert (
        refused(case, "save_reply", officer(ZJJ), **case.content).code == "ASSIGNMENT_WRONG_STATE"
    )
    no_reason = {"unit_id": ZJJ, "passed": False}
    assert refused(case, "check_reply", SUPERVISING, **no_reason).code == "REASON_MISSING"
    redo = case.do("check_reply", SUPERVISING, **no_reason, comment="请逐条答复")
    assert redo["assignments"][0]["state"] == "REPLY_REJECTED"
    assert refused(case, "deliver_reply", officer(ZJJ)).code == "V19_NOT_CHECKED"
    again = {"unit_id": ZJJ, "passed": True}
    assert refused(case, "check_reply", SUPERVISING, **again).code == "ASSIGNMENT_WRONG_STATE"
    assert case.see(case.world.members["陆晓芸"])["replies"] == []  # type: ignore[index]


def test_two_attempts_and_consent_stand_for_a_contact(case: Handling) -> None:
    """Decision 27."""
    case.assign()
    case.do("receive_assignment", officer(ZJJ))
    case.do("save_reply", officer(ZJJ), **case.content)
    case.contact(reached=False, held_on="2022-01-10")
    case.contact(reached=False, held_on="2022-01-10")
    problems = refused(case, "request_sign_off", officer(ZJJ)).items
    assert [item["code"] for item in problems] == ["V16_CONTACT_MISSING"]
    case.contact(reached=False, held_on="2022-01-11")
    case.do("request_sign_off", officer(ZJJ))
    case.do("sign_reply", leader(ZJJ), signer="赵宏伟")
    passed = {"unit_id": ZJJ, "passed": True}
    assert refused(case, "check_reply", SUPERVISING, **passed).code == "V16_CONTACT_MISSING"
    case.do("check_reply", SUPERVISING, **passed, consent=True)
    assert case.do("deliver_reply", officer(ZJJ))["state"] == "REPLIED"


def test_a_member_confirms_or_disputes_what_the_unit_recorded(case: Handling) -> None:
    lu, shen = case.world.members["陆晓芸"], case.world.members["沈建国"]
    case.assign()
    case.do("receive_assignment", officer(ZJJ))
    tomorrow = {"held_on": "2022-01-12"}
    met = {"way": "PHONE", "people": "孙燕"}
    assert refused(case, "record_contact", officer(ZJJ), **met, **tomorrow).code == (
        "CONTACT_IN_FUTURE"
    )
    case.contact()
    own = case.do("record_contact", lu, **met, held_on="2022-01-11")
    assert [(c["no"], c["unit"]) for c in own["contacts"]] == [(1, ZJJ), (2, None)]
    assert refused(case, "confirm_contact", lu, no=2).code == "NO_CONTACT_RECORD"
    nothing_said = refused(case, "dispute_contact", shen, no=1, reason=" ")
    assert (nothing_said.code, nothing_said.field) == ("INVALID_INPUT", "reason")
    disputed = case.do("dispute_contact", shen, no=1, reason="没有见过面")
    assert disputed["contacts"][0]["dispute"] == "没有见过面"
    case.do("save_reply", officer(ZJJ), **case.content)
    case.do("request_sign_off", officer(ZJJ))  # it counts all the same (decision 27)
    confirmed = case.do("confirm_contact", lu, no=1)["contacts"][0]
    assert (confirmed["dispute"], confirmed["confirmed_at"][:10]) == (None, "2022-01-11")
    stranger = case.world.members["钱文娟"]
    assert refused(case, "dispute_contact", stranger, no=1, reason="x").code == "NOT_FOUND"


def test_a_co_handling_unit_gives_an_opinion_and_no_reply(case: Handling) -> None:
    case.assign("MAIN_CO", **{ZJJ: "MAIN", HYGS: "CO"})
    pending = refused(case, "give_co_opinion", officer(HYGS), text="意见")
    assert pending.code == "ASSIGNMENT_WRONG_STATE"
    case.do("receive_assignment", officer(HYGS))
    case.do("receive_assignment", officer(ZJJ))
    assert refused(case, "save_reply", officer(HYGS), **case.content).code == "NOT_REPLYING"
    assert refused(case, "give_co_opinion", officer(ZJJ), text="意见").code == "NOT_CO_HANDLING"
    case.do("give_co_opinion", officer(HYGS), text="可以接管")
    again = refused(case, "give_co_opinion", officer(HYGS), text="另一意见")
    assert again.code == "ASSIGNMENT_WRONG_STATE"
    for viewer, text in (
        (officer(ZJJ), "可以接管"),
        (STAFF, "可以接管"),
        (case.world.members["陆晓芸"], None),
        (PUBLIC_ACTOR, None),
    ):
        row = case.see(viewer)
        assert row is not None
        opinion = row["assignments"][1]["opinion"]
        assert (opinion and opinion["text"]) == text


def test_with_separate_handling_the_last_reply_answers_the_proposal(case: Handling) -> None:
    case.assign("SEPARATE", **{ZJJ: "SEPARATE", SLJ: "SEPARATE"})
    one = [{"suggestion": 1, "adoption": "ADOPTED"}]
    others = [{"suggestion": number, "adoption": "ADOPTED"} for number in (2, 3)]
    first = case.delivered(ZJJ, answers=one)
    assert first["state"] == "HANDLING"
    case.ready(SLJ, doc_no="吴水提复〔2022〕1号", answers=one)
    error = refused(case, "request_sign_off", officer(SLJ))  # decision 44
    assert [(item["code"], item["field"]) for item in error.items] == [
        ("ANSWERS_MISSING", "answers")
    ]
    whole = {
        "answers": others,
        "doc_no": "吴水提复〔2022〕1号",
        "result_class": "B",
        "commitments": [{"text": "年底前完成", "due_on": "2022-12-31"}],
    }
    case.do("save_reply", officer(SLJ), **{**case.content, **whole})
    case.do("request_sign_off", officer(SLJ))
    case.do("sign_reply", leader(SLJ), signer="赵宏伟", in_charge=True)
    case.do("check_reply", SUPERVISING, unit_id=SLJ, passed=True)
    second = case.do("deliver_reply", officer(SLJ))
    assert (second["state"], second["result_class"]) == ("REPLIED", "B")
    assert [(c["no"], c["unit"], c["due_on"], c["status"]) for c in second["commitments"]] == [
        (1, SLJ, "2022-12-31", "OPEN")
    ]
    case.published("assignment_delivered", "commitment_made", "proposal_replied")


def test_the_leader_in_charge_signs_the_reply_to_a_collective_proposal(world: World) -> None:
    """V18."""
    scope = {"committee": "com-economy"}
    director = Actor("account-com-head", Role.COMMITTEE_DIRECTOR, scope)
    case = filed(world, director, proposer_type="COMMITTEE")
    case.assign()
    case.ready()
    case.do("request_sign_off", officer(ZJJ))
    error = refused(case, "sign_reply", leader(ZJJ), signer="赵宏伟", in_charge=False)
    assert (error.code, error.field) == ("V18_LEADER_IN_CHARGE", "inCharge")
    case.do("sign_reply", leader(ZJJ), signer="赵宏伟", in_charge=True)


def test_drafts_and_checks_are_for_those_who_work_on_them(case: Handling) -> None:
    lu = case.world.members["陆晓芸"]
    case.assign()
    case.ready()
    assert len((case.see(officer(ZJJ)) or {})["replies"]) == 1
    assert len((case.see(STAFF) or {})["replies"]) == 1
    for other in (SUPERVISING, lu, PUBLIC_ACTOR):
        assert (case.see(other) or {})["replies"] == []
    case.do("request_sign_off", officer(ZJJ))
    case.do("sign_reply", leader(ZJJ), signer="赵宏伟")
    assert len((case.see(SUPERVISING) or {})["replies"]) == 1
    case.do("check_reply", SUPERVISING, unit_id=ZJJ, passed=True, comment="同意")
    case.do("deliver_reply", officer(ZJJ))
    for viewer, told in ((officer(ZJJ), True), (SUPERVISING, True), (lu, False)):
        (reply,) = (case.see(viewer) or {})["replies"]
        assert reply["doc_no"] == case.content["doc_no"]
        assert ("checks" in reply) is told
    assert "contacts" not in (case.see(PUBLIC_ACTOR) or {})


def test_the_unit_sees_whom_to_call(world: World) -> None:
    lu = world.members["陆晓芸"]
    case = filed(world, lu, contact_person="陆晓芸", contact_phone="13800000088")
    case.assign()
    row = case.see(officer(ZJJ))
    assert row is not None
    assert (row["contact_person"], row["contact_phone"]) == ("陆晓芸", "13800000088")
    assert "history" not in row
    public = case.see(PUBLIC_ACTOR)
    assert public is not None and "contact_phone" not in public


def test_the_same_command_twice_is_one_step(case: Handling) -> None:
    command = new_id()
    case.assign()
    case.do("receive_assignment", officer(ZJJ))
    met = {"way": "VISIT", "held_on": "2022-01-11", "people": "孙燕"}
    for _ in range(2):
        row = case.do("record_contact", officer(ZJJ), **met, command_id=command)
    assert len(row["contacts"]) == 1


def test_units_list_their_cases_by_state(case: Handling) -> None:
    case.assign()
    listed = {"filter": {"assignment_states": ["PENDING"]}, "first": 100}

    def keys(actor: Actor, **more: Any) -> set[str]:
        found = case.world.call("list_proposals", actor, **{**listed, **more})
        return {row["id"] for row in found["rows"]}

    assert case.key in keys(officer(ZJJ))
    assert case.key not in keys(officer(SLJ))
    case.do("receive_assignment", officer(ZJJ))
    assert case.key not in keys(officer(ZJJ))
    assert case.key in keys(STAFF, filter={"unit_id": ZJJ, "states": ["HANDLING"]})
