"""The table's rows for democratic appraisals and inspections."""

from __future__ import annotations

from services.notifications.domain.recipients import (
    answering_officers,
    appraised_officers,
    participants,
    that_officer,
    voters,
)
from services.notifications.domain.rows import (
    LEADERS,
    STAFF,
    SUPERVISING,
    Close,
    Open,
    Reaction,
    Tell,
    closed,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names

APPRAISAL: dict[str, Reaction] = {
    names.APPRAISAL_PLANNED: Reaction(
        (Tell("APPRAISAL_PLANNED", answering_officers), Tell("APPRAISAL_SET", SUPERVISING)),
        opens=(Open(TodoKind.APPRAISAL_REPORT, appraised_officers, "report_due_at"),),
    ),
    names.APPRAISAL_REPORT_HANDED_IN: Reaction(
        (Tell("APPRAISAL_REPORTED", STAFF),),
        closes=(Close(TodoKind.APPRAISAL_REPORT, that_officer),),
    ),
    names.APPRAISAL_REPORT_REMINDER_DUE: Reaction(
        (Tell("APPRAISAL_REPORT_DUE", answering_officers),)
    ),
    names.APPRAISAL_VOTERS_INVITED: Reaction((Tell("APPRAISAL_INVITED", voters),)),
    names.APPRAISAL_OPENED: Reaction(
        (Tell("APPRAISAL_OPENED", voters),),
        opens=(Open(TodoKind.APPRAISAL_VOTE, voters),),
        closes=closed(TodoKind.APPRAISAL_REPORT),
    ),
    names.APPRAISAL_VOTES_NOTED: Reaction(closes=(Close(TodoKind.APPRAISAL_VOTE, voters),)),
    names.APPRAISAL_COUNTED: Reaction(
        opens=(Open(TodoKind.APPRAISAL_PUBLICATION, STAFF),),
        closes=closed(TodoKind.APPRAISAL_VOTE),
    ),
    names.APPRAISAL_PUBLISHED: Reaction(
        (
            Tell("APPRAISAL_PUBLISHED", voters),
            Tell("APPRAISAL_PUBLISHED", answering_officers),
            Tell("APPRAISAL_PUBLISHED", LEADERS),
            Tell("APPRAISAL_PUBLISHED", SUPERVISING),
        ),
        closes=closed(TodoKind.APPRAISAL_PUBLICATION),
    ),
    names.APPRAISAL_CANCELLED: Reaction(
        (
            Tell("APPRAISAL_CANCELLED", voters),
            Tell("APPRAISAL_CANCELLED", answering_officers),
            Tell("APPRAISAL_CANCELLED", SUPERVISING),
        ),
        closes=closed(TodoKind.APPRAISAL_REPORT),
    ),
    names.INSPECTION_PLANNED: Reaction(
        (Tell("INSPECTION_INVITED", participants), Tell("INSPECTION_PLANNED", answering_officers))
    ),
    names.INSPECTION_REPORTED: Reaction(
        (
            Tell("INSPECTION_REPORTED", participants),
            Tell("INSPECTION_REPORTED", answering_officers),
            Tell("INSPECTION_REPORTED", SUPERVISING),
        )
    ),
    names.INSPECTION_CANCELLED: Reaction(
        (
            Tell("INSPECTION_CANCELLED", participants),
            Tell("INSPECTION_CANCELLED", answering_officers),
        )
    ),
}
