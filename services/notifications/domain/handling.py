"""The table's rows for the handling of proposals, from the plan to closing."""

from __future__ import annotations

from services.notifications.domain.recipients import (
    answering_officers,
    assigned_officers,
    cosigners,
    evaluator,
    former_evaluator,
    main_officers,
    next_evaluator,
    proposers,
    that_leader,
    that_officer,
)
from services.notifications.domain.rows import (
    STAFF,
    SUPERVISING,
    Close,
    Open,
    Reaction,
    Tell,
    by_unit,
    closed,
    co_handling,
    deemed,
    follows_none,
    leads_others,
    one_of_several,
    only,
    plan_changed,
    replying,
    to_be_decided,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names

ASSIGNMENT_TODOS = (TodoKind.ASSIGNMENT_PLAN, TodoKind.ASSIGNMENT_DECISION)

HANDLING: dict[str, Reaction] = {
    names.PROPOSAL_ASSIGNMENT_PROPOSED: Reaction(
        opens=(Open(TodoKind.ASSIGNMENT_DECISION, SUPERVISING, "decide_by"),),
        closes=closed(TodoKind.ASSIGNMENT_PLAN),
    ),
    names.PROPOSAL_ASSIGNMENT_REFUSED: Reaction(
        (Tell("ASSIGNMENT_REFUSED", STAFF),),
        opens=(Open(TodoKind.ASSIGNMENT_PLAN, STAFF),),
        closes=closed(TodoKind.ASSIGNMENT_DECISION),
    ),
    names.PROPOSAL_ASSIGNED: Reaction(
        (
            Tell("PROPOSAL_ASSIGNED", proposers),
            Tell("COSIGNED_ASSIGNED", cosigners),
            Tell("CASES_ASSIGNED", only(assigned_officers, leads_others)),
            Tell("CASE_ASSIGNED", only(assigned_officers, follows_none)),
            Tell("ASSIGNMENT_CHANGED", STAFF, plan_changed),
        ),
        opens=(Open(TodoKind.RECEIVE, only(assigned_officers, follows_none), "sign_due_at"),),
        closes=closed(*ASSIGNMENT_TODOS),
    ),
    names.ASSIGNMENT_ADDED: Reaction(
        (
            Tell("CASE_ADDED", only(that_officer, follows_none)),
            Tell("UNIT_ADDED", proposers),
        ),
        opens=(Open(TodoKind.RECEIVE, only(that_officer, follows_none), "sign_due_at"),),
        part="unit",
    ),
    names.ASSIGNMENT_RECEIVED: Reaction(
        (Tell("ASSIGNMENT_DEEMED", only(that_officer, follows_none), deemed),),
        opens=(
            Open(TodoKind.CO_OPINION, only(that_officer, co_handling, follows_none), "due_at"),
            Open(TodoKind.REPLY, only(that_officer, replying), "due_at"),
        ),
        closes=(Close(TodoKind.RECEIVE, that_officer),),
        part="unit",
    ),
    names.ASSIGNMENT_URGED: Reaction(
        (Tell("UNIT_URGED", that_officer), Tell("UNIT_URGED", that_leader)), part="unit"
    ),
    names.PROPOSAL_HANDLING_STARTED: Reaction((Tell("HANDLING_STARTED", proposers),)),
    names.ASSIGNMENT_CO_OPINION_GIVEN: Reaction(
        (Tell("CO_OPINION_GIVEN", main_officers),),
        closes=(Close(TodoKind.CO_OPINION, that_officer),),
        part="unit",
    ),
    names.PROPOSAL_CONTACT_RECORDED: Reaction(
        (Tell("CONTACT_RECORDED", proposers, by_unit),), part="contact_no"
    ),
    names.PROPOSAL_CONTACT_DISPUTED: Reaction(
        (Tell("CONTACT_DISPUTED", that_officer),), part="contact_no"
    ),
    names.ASSIGNMENT_SIGN_OFF_REQUESTED: Reaction(
        opens=(Open(TodoKind.SIGN_OFF, that_leader, "decide_by"),), part="unit"
    ),
    names.ASSIGNMENT_SIGN_OFF_REFUSED: Reaction(
        (Tell("SIGN_OFF_REFUSED", that_officer),),
        closes=(Close(TodoKind.SIGN_OFF, that_leader),),
        part="unit",
    ),
    names.ASSIGNMENT_REPLY_SIGNED: Reaction(
        opens=(Open(TodoKind.REPLY_CHECK, SUPERVISING, "decide_by"),),
        closes=(Close(TodoKind.SIGN_OFF, that_leader),),
        part="unit",
    ),
    names.ASSIGNMENT_REPLY_REJECTED: Reaction(
        (Tell("REPLY_REJECTED", that_officer),),
        closes=(*closed(TodoKind.REPLY_CHECK), Close(TodoKind.DELIVER, that_officer)),
        part="unit",
    ),
    names.ASSIGNMENT_REPLY_CHECKED: Reaction(
        (Tell("REPLY_CHECKED", that_officer),),
        opens=(Open(TodoKind.DELIVER, that_officer),),
        closes=closed(TodoKind.REPLY_CHECK),
        part="unit",
    ),
    names.ASSIGNMENT_DELIVERED: Reaction(
        (Tell("REPLY_DELIVERED", proposers, one_of_several),),
        opens=(Open(TodoKind.OPENNESS_DECISION, only(STAFF, to_be_decided), "decide_by"),),
        closes=(
            Close(TodoKind.DELIVER, that_officer),
            Close(TodoKind.REPLY, that_officer),
            Close(TodoKind.EXTENSION_DECISION),
        ),
        part="unit",
    ),
    names.REPLY_OPENNESS_DECIDED: Reaction(
        (Tell("REPLY_OPENNESS", that_officer),),
        closes=closed(TodoKind.OPENNESS_DECISION),
        part="reply_no",
    ),
    names.PROPOSAL_REPLIED: Reaction(
        (Tell("PROPOSAL_REPLIED", evaluator), Tell("COSIGNED_REPLIED", cosigners)),
        opens=(Open(TodoKind.EVALUATE, evaluator, "evaluate_by"),),
    ),
    names.PROPOSAL_EVALUATED: Reaction(closes=closed(TodoKind.EVALUATE)),
    names.PROPOSAL_EVALUATOR_CHANGED: Reaction(
        (Tell("EVALUATION_ASKED", next_evaluator),),
        opens=(Open(TodoKind.EVALUATE, next_evaluator, "evaluate_by"),),
        closes=(Close(TodoKind.EVALUATE, former_evaluator),),
    ),
    names.PROPOSAL_REHANDLING_REQUESTED: Reaction(
        (Tell("PROPOSAL_REHANDLED", proposers), Tell("CASE_REHANDLED", answering_officers)),
        opens=(Open(TodoKind.REPLY, answering_officers, "due_at"),),
    ),
    names.PROPOSAL_CLOSED: Reaction(
        (
            Tell("PROPOSAL_CLOSED", proposers),
            Tell("COSIGNED_CLOSED", cosigners),
            Tell("CASE_CLOSED", answering_officers),
        ),
        closes=closed(TodoKind.EVALUATE, TodoKind.MEDIATION),
    ),
}
