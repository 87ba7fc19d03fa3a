"""The table's rows for returns, more time, second replies, promises and deadlines."""

from __future__ import annotations

from services.notifications.domain.recipients import (
    Recipients,
    answering_officers,
    any_supervising,
    cosigners,
    evaluator,
    former_officer,
    main_officers,
    new_officer,
    proposers,
    that_leader,
    that_officer,
)
from services.notifications.domain.rows import (
    DIRECTOR,
    LEADERS,
    OFFICE,
    STAFF,
    SUPERVISING,
    Close,
    Open,
    Reaction,
    Tell,
    about,
    about_late,
    accepted,
    by_unit,
    closed,
    co_handling,
    final,
    is_in,
    not_reopened,
    only,
    refused,
    replying,
    waits_for,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names

UNIT_TODOS = (TodoKind.RECEIVE, TodoKind.REPLY, TodoKind.CO_OPINION)
REPLYING = ("REPLY", "SECOND_REPLY")
# Who decides what is asked for (decision 41).
DECIDERS: dict[TodoKind, tuple[Recipients, ...]] = {
    TodoKind.SHORTFALL_DECISION: (proposers,),
    TodoKind.FILING_DECISION: (DIRECTOR,),
    TodoKind.WITHDRAWAL_DECISION: (DIRECTOR,),
    TodoKind.APPEAL_DECISION: (DIRECTOR,),
    TodoKind.APPEAL_CONFIRMATION: (STAFF,),
    TodoKind.REFERRAL_CONSENT: (proposers,),
    TodoKind.REFERRAL_RECEIPT: (only(that_officer, by_unit),),
    TodoKind.ASSIGNMENT_DECISION: (SUPERVISING,),
    TodoKind.RETURN_DECISION: (SUPERVISING,),
    TodoKind.EXTENSION_DECISION: (SUPERVISING,),
    TodoKind.SIGN_OFF: (that_leader,),
    TodoKind.REPLY_CHECK: (SUPERVISING,),
    TodoKind.SWAP_CONSENT: (only(that_leader, by_unit),),
    TodoKind.OBJECTION_DECISION: (SUPERVISING,),
    TodoKind.OPENNESS_DECISION: (STAFF,),
    TodoKind.SUPPLEMENT: (STAFF,),
    TodoKind.COMMITMENT_CLAIM: (STAFF,),
    TodoKind.COMMITMENT_DECISION: (DIRECTOR,),
    TodoKind.PLAGIARISM_DECISION: (DIRECTOR,),
    TodoKind.PLAGIARISM_CONFIRMATION: (STAFF, OFFICE),
}
# Once for each decision: that it is due.
DECISIONS_DUE = tuple(
    Tell("DECISION_REMINDER", to, about(kind)) for kind, tos in DECIDERS.items() for to in tos
)
# With every alarm of what waits for it: that it is still open.
UNDECIDED = tuple(
    Tell("UNDECIDED", to, waits_for(kind)) for kind, tos in DECIDERS.items() for to in tos
)

TRACKING: dict[str, Reaction] = {
    names.ASSIGNMENT_RETURN_REQUESTED: Reaction(
        opens=(Open(TodoKind.RETURN_DECISION, SUPERVISING, "decide_by"),),
        closes=tuple(Close(kind, that_officer) for kind in UNIT_TODOS),
        part="unit",
    ),
    names.ASSIGNMENT_DISPUTE_OPENED: Reaction(
        (Tell("DISPUTE_OPENED", SUPERVISING), Tell("DISPUTE_OPENED_STAFF", STAFF)),
        opens=(Open(TodoKind.DISPUTE_STATEMENT, that_leader, "decide_by"),),
        part="unit",
    ),
    names.ASSIGNMENT_DISPUTE_STATED: Reaction(
        (Tell("DISPUTE_STATED", SUPERVISING),),
        closes=(Close(TodoKind.DISPUTE_STATEMENT, that_leader),),
        part="unit",
    ),
    names.ASSIGNMENT_RETURN_DECIDED: Reaction(
        (
            Tell("RETURN_REFUSED", that_officer, refused),
            Tell("RETURN_ACCEPTED", that_officer, accepted),
            Tell("CASE_REASSIGNED", new_officer),
            Tell("DISPUTE_DECIDED", STAFF, final),
        ),
        opens=(Open(TodoKind.RECEIVE, new_officer, "sign_due_at"),),
        closes=(
            *closed(TodoKind.RETURN_DECISION),
            Close(TodoKind.DISPUTE_STATEMENT, that_leader),
            Close(TodoKind.EXTENSION_DECISION, only(any_supervising, accepted)),
        ),
        part="unit",
    ),
    names.ASSIGNMENT_UNIT_DISSOLVED: Reaction(
        (Tell("UNIT_DISSOLVED", STAFF), Tell("UNIT_DISSOLVED", SUPERVISING)),
        opens=(Open(TodoKind.REPLACE_UNIT, STAFF), Open(TodoKind.REPLACE_UNIT, SUPERVISING)),
        part="unit",
    ),
    names.ASSIGNMENT_UNIT_CHANGED: Reaction(
        (Tell("CASE_INHERITED", that_officer),),
        opens=(
            Open(TodoKind.RECEIVE, only(that_officer, is_in("PENDING"))),
            Open(TodoKind.REPLY, only(only(that_officer, replying), is_in("RECEIVED", "WORKING"))),
            Open(
                TodoKind.CO_OPINION,
                only(only(that_officer, co_handling), is_in("RECEIVED", "WORKING")),
            ),
        ),
        closes=(
            *(Close(kind, former_officer) for kind in UNIT_TODOS),
            Close(TodoKind.REPLACE_UNIT),
        ),
        part="former",
    ),
    names.ASSIGNMENT_EXTENSION_REQUESTED: Reaction(
        opens=(Open(TodoKind.EXTENSION_DECISION, SUPERVISING, "decide_by"),), part="unit"
    ),
    names.ASSIGNMENT_EXTENSION_REFUSED: Reaction(
        (Tell("EXTENSION_REFUSED", that_officer),),
        closes=closed(TodoKind.EXTENSION_DECISION),
        part="unit",
    ),
    names.ASSIGNMENT_EXTENDED: Reaction(
        (Tell("EXTENDED", that_officer), Tell("PROPOSAL_EXTENDED", proposers)),
        opens=(Open(TodoKind.REPLY, that_officer, "due_at"),),
        closes=closed(TodoKind.EXTENSION_DECISION),
        part="unit",
    ),
    names.ASSIGNMENT_CO_OVERDUE: Reaction(
        (
            *UNDECIDED,
            Tell("CO_OVERDUE", that_officer),
            Tell("CO_OVERDUE_MAIN", main_officers),
            Tell("CO_OVERDUE_OFFICE", SUPERVISING),
        ),
        part="unit",
    ),
    names.PROPOSAL_REMINDER_DUE: Reaction(
        (
            *UNDECIDED,
            *DECISIONS_DUE,
            Tell("RESUBMISSION_REMINDER", proposers, about("RESUBMISSION")),
            Tell("REVIEW_LATE", STAFF, about("REVIEW")),
            Tell("ASSIGNMENT_LATE", STAFF, about("ASSIGNMENT")),
            Tell("ASSIGNMENT_LATE", SUPERVISING, about("ASSIGNMENT")),
            Tell("CO_OPINION_REMINDER", only(that_officer, about("CO_OPINION"))),
            Tell("REPLY_LATE", only(that_officer, about_late(*REPLYING))),
            Tell("REPLY_REMINDER", only(that_officer, about(*REPLYING))),
            Tell("COMMITMENT_REMINDER", only(that_officer, about("COMMITMENT"))),
            Tell("EVALUATION_REMINDER", only(evaluator, about("EVALUATION"))),
        ),
        part="about",
    ),
    names.PROPOSAL_OVERDUE: Reaction(
        (
            *UNDECIDED,
            Tell("REPLY_OVERDUE", that_officer),
            Tell("REPLY_OVERDUE_OFFICE", SUPERVISING),
            Tell("REPLY_OVERDUE_OFFICE", STAFF),
        ),
        part="unit",
    ),
    names.PROPOSAL_SUPERVISION_NOTICE_ISSUED: Reaction(
        (
            *UNDECIDED,
            Tell("SUPERVISION_NOTICE", that_officer),
            Tell("SUPERVISION_NOTICE", that_leader),
            Tell("SUPERVISION_NOTICE_OFFICE", SUPERVISING),
        ),
        part="unit",
    ),
    names.PROPOSAL_OVERDUE_ESCALATED: Reaction(
        (
            *UNDECIDED,
            Tell("OVERDUE_ESCALATED", that_leader),
            Tell("OVERDUE_ESCALATED_OFFICE", SUPERVISING),
            Tell("OVERDUE_ESCALATED_OFFICE", DIRECTOR),
        ),
        part="unit",
    ),
    names.PROPOSAL_SECOND_REPLY_DUE: Reaction(
        (Tell("SECOND_REPLY_DUE", proposers), Tell("SECOND_REPLY_ASKED", answering_officers)),
        opens=(Open(TodoKind.REPLY, answering_officers, "due_at"),),
    ),
    names.PROPOSAL_REOPENED: Reaction(
        (Tell("PROPOSAL_REOPENED", proposers), Tell("SECOND_REPLY_ASKED", answering_officers)),
        opens=(Open(TodoKind.REPLY, answering_officers, "due_at"),),
    ),
    names.PROPOSAL_SECOND_REPLIED: Reaction(
        (Tell("PROPOSAL_REPLIED", evaluator), Tell("COSIGNED_REPLIED", cosigners)),
        opens=(Open(TodoKind.EVALUATE, evaluator, "evaluate_by"),),
    ),
    names.PROPOSAL_ESCALATED: Reaction(
        (
            Tell("PROPOSAL_ESCALATED", proposers),
            Tell("CASE_ESCALATED", answering_officers),
            Tell("CASE_ESCALATED", SUPERVISING),
        ),
        opens=(Open(TodoKind.MEDIATION, LEADERS),),
        closes=closed(TodoKind.EVALUATE),
    ),
    names.PROPOSAL_MEDIATION_HELD: Reaction(
        (Tell("MEDIATION_HELD", proposers), Tell("MEDIATION_HELD", answering_officers)),
        part="mediation_no",
    ),
    names.COMMITMENT_MISSED: Reaction(
        (Tell("COMMITMENT_MISSED", proposers), Tell("COMMITMENT_MISSED_UNIT", that_officer)),
        opens=(Open(TodoKind.COMMITMENT_DECISION, DIRECTOR, "decide_by"),),
        closes=closed(TodoKind.COMMITMENT_CLAIM),
        part="commitment_no",
    ),
    names.COMMITMENT_CHANGED: Reaction(
        (Tell("COMMITMENT_CHANGED", proposers),),
        opens=(Open(TodoKind.COMMITMENT_DECISION, DIRECTOR, "decide_by"),),
        closes=closed(TodoKind.COMMITMENT_CLAIM),
        part="commitment_no",
    ),
    names.COMMITMENT_CLAIMED: Reaction(
        (Tell("COMMITMENT_CLAIMED", proposers),),
        opens=(Open(TodoKind.COMMITMENT_CLAIM, STAFF, "decide_by"),),
        part="commitment_no",
    ),
    names.COMMITMENT_MET: Reaction(
        (Tell("COMMITMENT_MET", proposers),),
        closes=closed(TodoKind.COMMITMENT_CLAIM),
        part="commitment_no",
    ),
    names.COMMITMENT_RENEWED: Reaction(
        (Tell("COMMITMENT_RENEWED", proposers), Tell("COMMITMENT_RENEWED", that_officer)),
        closes=closed(TodoKind.COMMITMENT_DECISION),
        part="commitment_no",
    ),
    names.COMMITMENT_RELEASED: Reaction(
        (Tell("COMMITMENT_RELEASED", proposers), Tell("COMMITMENT_RELEASED", that_officer)),
        closes=closed(TodoKind.COMMITMENT_DECISION),
        part="commitment_no",
    ),
    names.PROPOSAL_SUPPLEMENT_RECEIVED: Reaction(
        opens=(Open(TodoKind.SUPPLEMENT, STAFF, "decide_by"),), part="supplement_no"
    ),
    names.PROPOSAL_SUPPLEMENT_SETTLED: Reaction(
        (Tell("SUPPLEMENT_SETTLED", evaluator, not_reopened),),
        closes=closed(TodoKind.SUPPLEMENT),
        part="supplement_no",
    ),
    names.PROPOSAL_CLASS_RECOGNISED: Reaction((Tell("CLASS_RECOGNISED", proposers),)),
    names.PROPOSAL_ARCHIVED: Reaction((Tell("PROPOSAL_ARCHIVED", proposers),)),
}
