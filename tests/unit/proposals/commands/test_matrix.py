"""Who may do what: each role against each use case (domain specification, section 3)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.proposals.commands import (
    appraising,
    consulting,
    cosigning,
    drafting,
    guiding,
    handling,
    honouring,
    inspecting,
    judging,
    merging,
    panel,
    replying,
    reporting,
    returning,
    review,
    tracking,
)
from services.proposals.domain.assignments import Mode, ObjectionAbout, UrgingWay
from services.proposals.domain.evaluation import CloseKind
from services.proposals.domain.honour_records import Rank
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.domain.replies import ReplyClass, ReplyOpenness
from services.proposals.domain.rounds import ContactWay
from services.proposals.domain.verdicts import Verdict
from shared.actor import MEMBER_ROLES, Actor, Role
from shared.errors import AppError
from tests.unit.proposals.commands.world import FORMER, LU, SHEN, START, TEXT, World, id_of

MODULES = (
    drafting,
    cosigning,
    review,
    consulting,
    merging,
    handling,
    returning,
    replying,
    judging,
    tracking,
    guiding,
    honouring,
    appraising,
    reporting,
    panel,
    inspecting,
)
# Parts of use cases and of queries; they act for nobody.
HELPERS = {
    "problems_of",
    "in_unit",
    "in_case",
    "refuse_proposer",
    "unit_of",
    "author_query",
    "content_of",
    "form_of",
    "evaluator_keys",
    "voter_keys",
}

MEM, STD, CON = {Role.MEMBER}, {Role.STANDING_MEMBER}, {Role.SECTOR_CONVENER}
CHR = {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
COM = {Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR}
TWN = {Role.TOWN_STAFF, Role.TOWN_HEAD}
ORG = {Role.ORG_STAFF, Role.ORG_HEAD}
OFFICER, LEADER = {Role.UNIT_OFFICER}, {Role.UNIT_LEADER}
UNT, SUP = OFFICER | LEADER, {Role.SUPERVISING_OFFICE}
STAFF, DIRECTOR = {Role.PROPOSAL_STAFF}, {Role.PROPOSAL_DIRECTOR}

DRAFTS = MEM | STD | CHR | COM | TWN | CON | ORG  # row "Proposal draft"
SIGNS = MEM | STD | CHR | CON  # row "Co-sign, withdraw co-signature"
HEADS = {Role.ORG_HEAD, Role.COMMITTEE_DIRECTOR, Role.TOWN_HEAD, Role.SECTOR_CONVENER}  # V7, V8

MAY: dict[str, set[Role]] = {
    "save_draft": DRAFTS | STAFF,  # staff: what they entered (decision 18)
    "enter_on_behalf": STAFF,
    "confirm_entry": SIGNS,
    "answer_authorship": SIGNS,
    "discard_draft": DRAFTS | STAFF,
    "request_seal": DRAFTS | STAFF,
    "confirm_seal": HEADS,
    "invite_cosigner": SIGNS,
    "cancel_invitation": SIGNS,
    "reopen_draft": SIGNS,
    "confirm_cosignature": SIGNS,
    "decline_cosignature": SIGNS,
    "withdraw_cosignature": SIGNS,
    "decide_shortfall": SIGNS,
    "reopen_cosigning": STAFF | DIRECTOR,
    "submit_proposal": DRAFTS,
    "start_review": STAFF,
    "propose_verdict": STAFF,  # decision 53
    "comment_on_proposal": COM,
    "return_proposal": STAFF,
    "file_proposal": DIRECTOR,
    "not_file_proposal": DIRECTOR,
    "answer_referral": DRAFTS,
    "confirm_referral": UNT,
    "request_appeal": DRAFTS,
    "decide_appeal": DIRECTOR,
    "confirm_appeal": STAFF | DIRECTOR | {Role.OFFICE},  # the second person (decision 28)
    "revoke_filing": DIRECTOR,
    "withdraw_proposal": DRAFTS,
    "request_withdrawal": DRAFTS,
    "decide_withdrawal": DIRECTOR,
    "set_counter_start": {Role.OFFICE} | DIRECTOR,  # decision 12
    # rows "Assign units, mode", "Sign for, ask to return, co-opinion, reply", "… check reply"
    "propose_assignment": STAFF,
    "refuse_assignment": SUP,
    "assign_proposal": SUP,
    "add_unit": SUP,
    "urge_unit": SUP | STAFF,
    "replace_dissolved_unit": SUP | STAFF,
    # decision 54
    "propose_swap": SUP,
    "answer_swap": LEADER,
    "object_to_decision": STAFF,  # "R, object"
    "answer_objection": SUP,
    "receive_assignment": UNT,
    "give_co_opinion": OFFICER,
    "save_reply": OFFICER,
    "request_sign_off": OFFICER,
    "refuse_sign_off": LEADER,  # "leader signs"
    "sign_reply": LEADER,
    "check_reply": SUP,
    "deliver_reply": UNT,
    "decide_reply_openness": STAFF,  # decision 52
    # row "Contact record"
    "record_contact": SIGNS | ORG | UNT,
    "confirm_contact": SIGNS | ORG,
    "dispute_contact": SIGNS | ORG,
    # row "Evaluate reply"; separation of duties 5
    "save_evaluation": MEM | STD | CON | COM | TWN | ORG,
    "evaluate_reply": MEM | STD | CON | COM | TWN | ORG,
    # row "Select key proposals, lead/supervise"
    "nominate_key": MEM | STD | CON | COM | TWN | ORG | STAFF | DIRECTOR,
    "select_key": CHR | {Role.OFFICE},
    "deselect_key": CHR,
    "name_key_leader": CHR | STAFF | SUP,
    "record_key_meeting": CHR | STAFF,
    "appraise_key": STAFF,
    "finish_key": STAFF,
    "award_excellent": DIRECTOR,
    "revoke_award": DIRECTOR,
    "report_plagiarism": set(Role) - {Role.PUBLIC, Role.SYSTEM},
    "state_on_plagiarism": DRAFTS,
    "decide_plagiarism": DIRECTOR,
    "confirm_plagiarism": STAFF | DIRECTOR | {Role.OFFICE},
    "save_guide": STAFF | DIRECTOR,
    "publish_guide": DIRECTOR,
    "merge_proposal": DIRECTOR,
    "name_lead": DIRECTOR,
    "request_return": UNT,
    "state_dispute": LEADER,
    "decide_return": SUP,
    "decide_dispute": SUP,
    "request_extension": UNT,
    "decide_extension": SUP,
    "recognise_class": DIRECTOR,
    "carry_over": STAFF,
    "reopen_proposal": STAFF | DIRECTOR,  # staff: for a late word (decision 63)
    "settle_supplement": STAFF,
    "archive_proposal": STAFF,
    "renew_commitment": DIRECTOR,
    "release_commitment": DIRECTOR,
    "recognise_commitment": STAFF | DIRECTOR,  # decision 42
    "record_mediation": CHR,
    "close_escalated": CHR,
    "ring_alarms": {Role.SYSTEM},
    # row "Appraisal: vote"; a visitor votes by a code
    "plan_appraisal": STAFF,
    "cancel_appraisal": STAFF,
    "invite_voters": STAFF,
    "remove_voter": STAFF,
    "open_vote": STAFF,
    "cast_ballot": MEM | STD | CHR | CON | ORG | {Role.SUPERVISOR, Role.PUBLIC},
    "count_ballots": STAFF,
    "publish_appraisal": STAFF | DIRECTOR,
    "note_votes": {Role.SYSTEM},
    "hand_in_report": UNT,
    "remind_of_reports": {Role.SYSTEM},
    "plan_inspection": STAFF,
    "hold_inspection": STAFF,
    "save_findings": STAFF,
    "report_inspection": STAFF,
    "cancel_inspection": STAFF,
}

# What each is called with; no proposal stands under the id, so who may act finds nothing.
ABSENT = {"proposal_id": "absent"}
DECIDED = {**ABSENT, "doc_no": "吴政协主席会纪〔2017〕4号", "decided_on": date(2017, 2, 6)}
LEADING = {**ABSENT, "lead_id": "absent", "reason": "同为二次供水"}
RETURN = {**ABSENT, "unit_id": "unit-1", "accepted": False, "new_unit_id": None, "reason": "应办理"}
OBJECTION = {**ABSENT, "about": ObjectionAbout.REPLY, "unit_id": "unit-1"}
NO_APPRAISAL = {"appraisal_id": "absent"}
NO_INSPECTION = {"inspection_id": "absent"}
MEETING = {"title": "民主评议", "held_at": START, "place": "一楼会议室"}
ARGUMENTS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(MAY, ABSENT),
    "save_draft": ABSENT,
    "enter_on_behalf": {**TEXT, "member_id": id_of(LU), "scan": "file-1"},
    "invite_cosigner": {**ABSENT, "member_id": id_of(SHEN)},
    "cancel_invitation": {**ABSENT, "member_id": id_of(SHEN)},
    "decide_shortfall": {**ABSENT, "as_individual": True},
    "return_proposal": {**ABSENT, "comment": "请补充"},
    "file_proposal": {**ABSENT, "review_units": ["u"], "review_opinion": None, "one_matter": True},
    "not_file_proposal": {
        **ABSENT,
        "reason": NotFiledReason.NF10,
        "disposition": Disposition.TO_SCPO,
        "comment": "没有具体建议",
    },
    "answer_referral": {**ABSENT, "agreed": True, "comment": ""},
    "propose_verdict": {
        **ABSENT,
        "verdict": Verdict.FILE,
        "category": None,
        "review_units": ["unit-1"],
        "opinion": "",
    },
    "comment_on_proposal": {**ABSENT, "text": "建议立案"},
    "request_appeal": {**ABSENT, "reason": "建议是具体的"},
    "decide_appeal": {**ABSENT, "agreed": True, "reason": "同意"},
    "confirm_appeal": {**ABSENT, "confirmed": True},
    "revoke_filing": {**ABSENT, "reason": "重复立案"},
    "withdraw_proposal": {**ABSENT, "reason": "另行提出"},
    "request_withdrawal": {**ABSENT, "reason": "另行提出"},
    "decide_withdrawal": {**ABSENT, "agreed": True, "reason": ""},
    "propose_assignment": {**ABSENT, "mode": Mode.SOLE, "units": [], "note": ""},
    "refuse_assignment": {**ABSENT, "reason": "应由他局主办"},
    "assign_proposal": {**ABSENT, "mode": None, "units": None},
    "add_unit": {**ABSENT, "unit_id": "unit-2", "reason": "涉及管网"},
    "urge_unit": {**ABSENT, "unit_id": "unit-1", "way": UrgingWay.PHONE, "text": "请抓紧"},
    "propose_swap": {**ABSENT, "unit_id": "unit-2", "reason": "以管网为主"},
    "answer_swap": {**ABSENT, "agreed": True, "reason": ""},
    "object_to_decision": {**OBJECTION, "reason": "第二条未答复"},
    "answer_objection": {**OBJECTION, "upheld": False, "new_unit_id": None, "reason": "已答复"},
    "answer_authorship": {**ABSENT, "agreed": True},
    "replace_dissolved_unit": {**ABSENT, "unit_id": "unit-9", "new_unit_id": "unit-2"},
    "give_co_opinion": {**ABSENT, "text": "同意"},
    "save_reply": {
        **ABSENT,
        "doc_no": "",
        "answers": [],
        "commitments": [],
        "proof": [],
        "outcomes": [],
    },
    "refuse_sign_off": {**ABSENT, "comment": "请补充"},
    "sign_reply": {**ABSENT, "signer": "赵宏伟", "in_charge": True},
    "check_reply": {**ABSENT, "unit_id": "u", "passed": True, "comment": "", "consent": False},
    "decide_reply_openness": {
        **ABSENT,
        "unit_id": "unit-1",
        "round": 1,
        "openness": ReplyOpenness.FULL,
        "summary": "",
        "reason": "",
    },
    "record_contact": {
        **ABSENT,
        "held_on": date(2017, 2, 6),
        "way": ContactWay.VISIT,
        "reached": True,
        "people": "孙燕",
        "content": "",
    },
    "confirm_contact": {**ABSENT, "no": 1},
    "dispute_contact": {**ABSENT, "no": 1, "reason": "没有见面"},
    "save_evaluation": {**ABSENT, "lines": []},
    "evaluate_reply": {**ABSENT, "lines": []},
    "nominate_key": {**ABSENT, "reason": "事关民生"},
    "select_key": DECIDED,
    "deselect_key": {**ABSENT, "reason": "另行决定"},
    "name_key_leader": {**ABSENT, "name": "周立新", "rank": Rank.HEAD, "member_id": None},
    "record_key_meeting": {
        **ABSENT,
        "held_on": date(2017, 2, 6),
        "people": "三方",
        "minutes": "纪要",
        "files": [],
    },
    "appraise_key": {**ABSENT, "note": "评议满意"},
    "award_excellent": {**DECIDED, "year": 2017},
    "revoke_award": {**ABSENT, "reason": "有误"},
    "report_plagiarism": {**ABSENT, "source": "旧稿", "reason": "雷同"},
    "state_on_plagiarism": {**ABSENT, "statement": "系本人稿件"},
    "decide_plagiarism": {**ABSENT, "upheld": True, "reason": "经比对"},
    "confirm_plagiarism": {**ABSENT, "confirmed": True},
    "save_guide": {"year": 2017, "topics": []},
    "publish_guide": {"year": 2016},
    "merge_proposal": LEADING,
    "name_lead": LEADING,
    "request_return": {**ABSENT, "reason": "不属本单位职责"},
    "state_dispute": {**ABSENT, "statement": "职责分工", "signer": "赵宏伟"},
    "decide_return": RETURN,
    "decide_dispute": {**RETURN, "doc_no": "吴政办纪〔2017〕3号", "decided_on": date(2017, 2, 6)},
    "request_extension": {**ABSENT, "until": date(2017, 6, 6), "reason": "需会商"},
    "decide_extension": {**ABSENT, "unit_id": "unit-1", "granted": True, "reason": ""},
    "recognise_class": {**ABSENT, "result_class": ReplyClass.A, "reason": ""},
    "carry_over": {**ABSENT, "reason": "继续推进"},
    "reopen_proposal": {**ABSENT, "reason": "补充意见"},
    "settle_supplement": {**ABSENT, "no": 1, "reason": "已列入明年计划"},
    "archive_proposal": ABSENT,
    "renew_commitment": {**ABSENT, "no": 1, "due_on": date(2018, 3, 31)},
    "release_commitment": {**ABSENT, "no": 1, "reason": "规划调整"},
    "recognise_commitment": {**ABSENT, "no": 1, "kept": True, "reason": "现场核实"},
    "record_mediation": {
        **ABSENT,
        "held_on": date(2017, 2, 6),
        "leader": "周立新",
        "people": "三方",
        "minutes": "纪要",
        "files": [],
    },
    "close_escalated": {**ABSENT, "kind": CloseKind.WITH_RESERVATION},
    "ring_alarms": {},
    "set_counter_start": {"kind": "SERIAL", "term": 15, "session": 1, "first": 315},
    "plan_appraisal": {**MEETING, "cases": [{**ABSENT, "unit_ids": []}]},
    "cancel_appraisal": {**NO_APPRAISAL, "reason": "改期"},
    "invite_voters": {**NO_APPRAISAL, "voters": []},
    "remove_voter": {**NO_APPRAISAL, "no": 1},
    "open_vote": NO_APPRAISAL,
    "cast_ballot": {**NO_APPRAISAL, "lines": [], "code": "K7QF"},
    "count_ballots": NO_APPRAISAL,
    "publish_appraisal": {**NO_APPRAISAL, "public": False},
    "note_votes": {},
    "hand_in_report": {**NO_APPRAISAL, "text": "汇报", "files": []},
    "remind_of_reports": {},
    "plan_inspection": {**MEETING, "proposal_ids": ["absent"], "participants": []},
    "hold_inspection": {**NO_INSPECTION, "held_at": START, "participants": []},
    "save_findings": {**NO_INSPECTION, "findings": []},
    "report_inspection": {**NO_INSPECTION, "report": "办理到位", "attachments": []},
    "cancel_inspection": {**NO_INSPECTION, "reason": "改期"},
}
DONE_AT_ONCE = {
    "enter_on_behalf",
    "ring_alarms",
    "save_guide",
    "set_counter_start",
    "note_votes",
    "remind_of_reports",
}
EVERY_SCOPE = {
    "sector": "22",
    "sector_group": "group-22",
    "committee": "com-economy",
    "town": "town-lili",
    "side": "PARTY",
    "organisation": "org-gsl",
    "unit": "unit-1",
}


def public_functions() -> dict[str, Callable[..., Any]]:
    return {
        name: function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def answer(name: str, actor: Actor) -> str:
    """The code of the refusal, or DONE."""
    try:
        World().run(public_functions()[name], actor, **ARGUMENTS[name])
    except AppError as error:
        return error.code
    return "DONE"


def test_every_use_case_has_a_row_and_stands_behind_its_roles() -> None:
    functions = public_functions()
    guarded = {name for name, function in functions.items() if hasattr(function, "allowed_roles")}
    assert guarded == set(MAY)
    assert set(functions) - guarded == HELPERS


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(MAY))
def test_role_and_use_case(name: str, role: Role) -> None:
    """The actor has a membership and every scope: what refuses is the role alone."""
    actor = Actor("account-1", role, EVERY_SCOPE, "p-15-0088", id_of(LU))
    allowed = "DONE" if name in DONE_AT_ONCE else "NOT_FOUND"
    refused = "UNAUTHENTICATED" if role is Role.PUBLIC else "FORBIDDEN"
    assert answer(name, actor) == (allowed if role in MAY[name] else refused)


OWN_PAST_CASES = {
    "record_contact",
    "confirm_contact",
    "dispute_contact",
    "save_evaluation",
    "evaluate_reply",
    "state_on_plagiarism",
    "request_appeal",
}


@pytest.mark.parametrize("name", sorted(MAY))
def test_a_former_member_does_nothing_any_more_but_see_own_cases_through(name: str) -> None:
    """Decision 17: a former member keeps access to own past cases."""
    assert answer(name, FORMER) == ("NOT_FOUND" if name in OWN_PAST_CASES else "FORBIDDEN")


@pytest.mark.parametrize("role", sorted(MEMBER_ROLES))
@pytest.mark.parametrize("name", sorted(name for name, roles in MAY.items() if roles == SIGNS))
def test_a_members_role_without_a_membership_signs_nothing(name: str, role: Role) -> None:
    assert answer(name, Actor("account-1", role)) == "FORBIDDEN"


@pytest.mark.parametrize("role", sorted(DRAFTS))
def test_a_writer_without_membership_and_scope_writes_nothing(role: Role) -> None:
    nobody = Actor("account-1", role)
    assert answer("submit_proposal", nobody) == "NOT_FOUND"
    assert answer("discard_draft", nobody) == "NOT_FOUND"
