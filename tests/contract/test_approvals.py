"""What one person's word is needed for, after another's: who may give it, and who may not now."""

from __future__ import annotations

import orjson
import pytest

from deploy.local.manifests import modules
from deploy.local.programs import services
from gateway.manifests import FOLDER
from services.identity.domain.roles import APPROVERS
from shared.operations import offered

SAID = {
    (file.stem, name): operation
    for file in sorted(FOLDER.glob("*.json"))
    for name, operation in orjson.loads(file.read_bytes())["operations"].items()
}
APPROVALS = {key for key, operation in SAID.items() if operation.get("approves")}
# Decisions that wait for nobody else's word, or weigh too little to be held back.
OTHERS = {
    ("consultations", "decide_plan"): "records what the Party committee has decided",
    ("office", "decide_leave"): "leave from a meeting, decided by its organiser",
    ("proposals", "decide_shortfall"): "the proposer's own",
}


def test_these_are_the_approvals() -> None:
    assert sorted(APPROVALS) == [
        ("consultations", "decide_report"),
        ("consultations", "review_motion"),
        ("consultations", "review_plan"),
        ("consultations", "revoke_report"),
        ("identity", "approve_reset"),
        ("identity", "approve_role_grant"),
        ("identity", "refuse_reset"),
        ("identity", "refuse_role_grant"),
        ("kernel", "decide_setting_change"),
        ("liaison", "decide_activity"),
        ("liaison", "decide_links"),
        ("members", "confirm_profile_change"),
        ("members", "decide_removal_review"),
        ("office", "countersign_document"),
        ("office", "sign_document"),
        ("opinions", "decide_good"),
        ("opinions", "return_edition"),
        ("opinions", "sign_opinion"),
        ("outcomes", "decide_reason"),
        ("performance", "decide_appeal"),
        ("performance", "decide_late_change"),
        ("performance", "decide_request"),
        ("performance", "decide_rules"),
        ("proposals", "answer_objection"),
        ("proposals", "answer_swap"),
        ("proposals", "check_reply"),
        ("proposals", "confirm_appeal"),
        ("proposals", "confirm_plagiarism"),
        ("proposals", "confirm_seal"),
        ("proposals", "decide_appeal"),
        ("proposals", "decide_dispute"),
        ("proposals", "decide_extension"),
        ("proposals", "decide_plagiarism"),
        ("proposals", "decide_reply_openness"),
        ("proposals", "decide_return"),
        ("proposals", "decide_withdrawal"),
        ("proposals", "sign_reply"),
        ("publicity", "review_content"),
        ("study", "decide_paper"),
        ("study", "decide_plan"),
        ("study", "review_material"),
        ("supervision", "decide_nomination"),
        ("supervision", "decide_report"),
        ("supervision", "decide_supervision"),
        ("supervision", "report_to_party"),
        ("supervision", "revoke_report"),
        ("supervision", "sign_opinion"),
    ]


def test_a_decision_is_an_approval_unless_a_reason_says_why_not() -> None:
    decisions = {key for key in SAID if key[1].startswith(("decide_", "approve_"))}
    assert decisions - APPROVALS == set(OTHERS)


def test_whoever_approves_is_reset_by_two_persons() -> None:
    """And nobody else, but the administrators, who approve nothing here but keep all accounts."""
    approving = {role for key in APPROVALS for role in SAID[key]["roles"]}
    assert approving == set(APPROVERS) - {"SYSTEM_ADMIN", "AUDIT_ADMIN"}


@pytest.mark.parametrize("service", services())
def test_the_operation_itself_is_guarded(service: str) -> None:
    guarded = {
        (service, name)
        for name, operation in offered(modules(service)).items()
        if operation.use_case.approves  # type: ignore[attr-defined]
    }
    assert guarded == {key for key in APPROVALS if key[0] == service}
