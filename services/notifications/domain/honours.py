"""The table's rows for key and excellent proposals and plagiarism."""

from __future__ import annotations

from services.notifications.domain.recipients import (
    answering_officers,
    cosigners,
    proposers,
)
from services.notifications.domain.rows import (
    DIRECTOR,
    LEADERS,
    OFFICE,
    STAFF,
    SUPERVISING,
    Open,
    Reaction,
    Tell,
    closed,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names

PLAGIARISM_TODOS = closed(TodoKind.PLAGIARISM_DECISION, TodoKind.PLAGIARISM_CONFIRMATION)

HONOURS: dict[str, Reaction] = {
    names.PROPOSAL_KEY_NOMINATED: Reaction(
        opens=(Open(TodoKind.KEY_SELECTION, LEADERS),), part="nominations"
    ),
    names.PROPOSAL_KEY_SELECTED: Reaction(
        (
            Tell("KEY_SELECTED", proposers),
            Tell("COSIGNED_KEY_SELECTED", cosigners),
            Tell("KEY_SELECTED_OFFICE", SUPERVISING),
        ),
        opens=(Open(TodoKind.KEY_LEADER, STAFF),),
        closes=closed(TodoKind.KEY_SELECTION),
    ),
    names.PROPOSAL_KEY_DESELECTED: Reaction(
        (Tell("KEY_DESELECTED", proposers), Tell("COSIGNED_KEY_DESELECTED", cosigners)),
        closes=closed(TodoKind.KEY_LEADER),
    ),
    names.PROPOSAL_KEY_LED: Reaction(
        (Tell("KEY_LED", proposers), Tell("CASE_KEY_LED", answering_officers)),
        closes=closed(TodoKind.KEY_LEADER),
    ),
    names.PROPOSAL_KEY_MEETING_HELD: Reaction(
        (Tell("KEY_MEETING_HELD", proposers), Tell("KEY_MEETING_HELD", answering_officers)),
        part="meeting_no",
    ),
    names.PROPOSAL_KEY_DONE: Reaction((Tell("KEY_DONE", proposers),)),
    names.PROPOSAL_EXCELLENT_AWARDED: Reaction(
        (Tell("EXCELLENT_AWARDED", proposers), Tell("COSIGNED_EXCELLENT", cosigners))
    ),
    names.PROPOSAL_AWARD_REVOKED: Reaction(
        (Tell("AWARD_REVOKED", proposers), Tell("COSIGNED_AWARD_REVOKED", cosigners))
    ),
    names.PROPOSAL_PLAGIARISM_REPORTED: Reaction(
        (Tell("PLAGIARISM_REPORTED", proposers),),
        opens=(Open(TodoKind.PLAGIARISM_DECISION, DIRECTOR, "decide_by"),),
    ),
    names.PROPOSAL_PLAGIARISM_STATED: Reaction(
        opens=(Open(TodoKind.PLAGIARISM_DECISION, DIRECTOR, "decide_by"),)
    ),
    names.PROPOSAL_PLAGIARISM_DECISION_PROPOSED: Reaction(
        opens=(
            Open(TodoKind.PLAGIARISM_CONFIRMATION, STAFF, "decide_by"),
            Open(TodoKind.PLAGIARISM_CONFIRMATION, OFFICE, "decide_by"),
        ),
        closes=closed(TodoKind.PLAGIARISM_DECISION),
    ),
    names.PROPOSAL_PLAGIARISM_DECISION_RETURNED: Reaction(
        opens=(Open(TodoKind.PLAGIARISM_DECISION, DIRECTOR, "decide_by"),),
        closes=closed(TodoKind.PLAGIARISM_CONFIRMATION),
    ),
    names.PROPOSAL_PLAGIARISM_DISMISSED: Reaction(
        (Tell("PLAGIARISM_DISMISSED", proposers),), closes=PLAGIARISM_TODOS
    ),
    names.PROPOSAL_PLAGIARISM_CONFIRMED: Reaction(
        (Tell("PLAGIARISM_CONFIRMED", proposers), Tell("COSIGNED_PLAGIARISM", cosigners)),
        closes=PLAGIARISM_TODOS,
    ),
    names.PROPOSAL_PLAGIARISM_UPHELD: Reaction(
        (Tell("PLAGIARISM_UPHELD", proposers),), closes=PLAGIARISM_TODOS
    ),
    names.PROPOSAL_PLAGIARISM_OVERTURNED: Reaction(
        (Tell("PLAGIARISM_OVERTURNED", proposers), Tell("COSIGNED_OVERTURNED", cosigners)),
        closes=PLAGIARISM_TODOS,
    ),
}
