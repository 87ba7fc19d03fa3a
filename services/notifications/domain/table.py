"""The one table of decision 19: which event tells whom, and opens or closes which to-do.

A row's tells are in order of importance: of several for one recipient the first is delivered.
"""

from __future__ import annotations

from services.notifications.domain.appraisal import APPRAISAL
from services.notifications.domain.changes import CHANGES
from services.notifications.domain.consultations import CONSULTATIONS, SILENT_CONSULTATIONS
from services.notifications.domain.deciding import reminders
from services.notifications.domain.documents import DOCUMENTS, SILENT_DOCUMENTS
from services.notifications.domain.handling import ASSIGNMENT_TODOS, HANDLING
from services.notifications.domain.honours import HONOURS
from services.notifications.domain.liaison import LIAISON, SILENT_LIAISON
from services.notifications.domain.meetings import MEETINGS
from services.notifications.domain.opinions import OPINIONS, SILENT_OPINIONS
from services.notifications.domain.outcomes import OUTCOMES, SILENT_OUTCOMES
from services.notifications.domain.performance import PERFORMANCE
from services.notifications.domain.publicity import PUBLICITY, SILENT_PUBLICITY
from services.notifications.domain.recipients import (
    authors,
    cosigners,
    field_committees,
    named_members,
    proposers,
    that_account,
    that_committee,
    that_member,
    that_role,
    those_who_approve,
)
from services.notifications.domain.referral import REFERRAL
from services.notifications.domain.rows import (
    DIRECTOR,
    OFFICE,
    SECURITY_ADMIN,
    STAFF,
    SYSTEM_ADMIN,
    WRITERS,
    Close,
    Open,
    Reaction,
    Tell,
    agreed,
    approved,
    by_system,
    closed,
    disagreed,
    ended_as,
    no_cosigner_left,
    only,
)
from services.notifications.domain.study import STUDY
from services.notifications.domain.supervision import SILENT_SUPERVISION, SUPERVISION
from services.notifications.domain.todos import TodoKind
from services.notifications.domain.tracking import TRACKING
from shared.contracts import names

ANSWERED = (
    Close(TodoKind.COSIGN_ANSWER, that_member),
    Close(TodoKind.COSIGN_RECONFIRM, that_member),
)
AUTHOR_ANSWERED = (Close(TodoKind.AUTHOR_ANSWER, that_member),)
DRAFT_TODOS = (
    TodoKind.COSIGN_ANSWER,
    TodoKind.COSIGN_RECONFIRM,
    TodoKind.CONFIRM_ENTRY,
    TodoKind.SEAL,
    TodoKind.RESUBMIT,
)
REVIEW_TODOS = (
    TodoKind.REVIEW,
    TodoKind.FIRST_REVIEW,
    TodoKind.COMMITTEE_COMMENT,
    TodoKind.FILING_DECISION,
    TodoKind.SHORTFALL_DECISION,
)
DECIDED_TODOS = (*REVIEW_TODOS, TodoKind.AUTHOR_ANSWER)

PROPOSALS: dict[str, Reaction] = {
    names.PROPOSAL_COSIGN_INVITED: Reaction(
        (Tell("COSIGN_INVITED", that_member),),
        opens=(Open(TodoKind.COSIGN_ANSWER, that_member),),
        part="member_id",
    ),
    names.PROPOSAL_COSIGN_CONFIRMED: Reaction(
        (Tell("COSIGN_CONFIRMED", proposers),), closes=ANSWERED, part="member_id"
    ),
    names.PROPOSAL_COSIGN_DECLINED: Reaction(
        (Tell("COSIGN_DECLINED", proposers),), closes=ANSWERED, part="member_id"
    ),
    names.PROPOSAL_COSIGN_CANCELLED: Reaction(
        (Tell("COSIGN_CANCELLED", that_member),), closes=ANSWERED, part="member_id"
    ),
    names.PROPOSAL_COSIGN_EXPIRED: Reaction(
        (
            Tell("COSIGN_EXPIRED", that_member),
            Tell("COSIGN_NONE_LEFT", proposers, no_cosigner_left),
        ),
        closes=ANSWERED,
        part="member_id",
    ),
    names.PROPOSAL_COSIGN_WITHDRAWN: Reaction(
        (Tell("COSIGN_WITHDRAWN", proposers),), closes=ANSWERED, part="member_id"
    ),
    names.PROPOSAL_COSIGN_RECONFIRM_NEEDED: Reaction(
        (Tell("COSIGN_RECONFIRM_NEEDED", that_member),),
        opens=(Open(TodoKind.COSIGN_RECONFIRM, that_member),),
        part="member_id",
    ),
    names.PROPOSAL_COSIGN_WINDOW_REOPENED: Reaction(
        (
            Tell("COSIGN_WINDOW", proposers),
            Tell("COSIGN_WINDOW_RECONFIRM", named_members),
        ),
    ),
    names.PROPOSAL_COSIGN_SHORTFALL_OPENED: Reaction(
        (Tell("SHORTFALL_OPENED", proposers),),
        opens=(Open(TodoKind.SHORTFALL_DECISION, proposers, "decide_by"),),
    ),
    names.PROPOSAL_COSIGN_SHORTFALL_DECIDED: Reaction(closes=closed(TodoKind.SHORTFALL_DECISION)),
    names.PROPOSAL_ENTRY_CONFIRMATION_REQUESTED: Reaction(
        (Tell("ENTRY_CONFIRMATION_REQUESTED", that_member),),
        opens=(Open(TodoKind.CONFIRM_ENTRY, that_member),),
    ),
    names.PROPOSAL_ENTRY_CONFIRMED: Reaction(closes=closed(TodoKind.CONFIRM_ENTRY)),
    names.PROPOSAL_SEAL_REQUESTED: Reaction(
        (Tell("SEAL_REQUESTED", that_role),), opens=(Open(TodoKind.SEAL, that_role),)
    ),
    names.PROPOSAL_SEALED: Reaction((Tell("SEALED", proposers),), closes=closed(TodoKind.SEAL)),
    names.PROPOSAL_AUTHOR_NAMED: Reaction(
        (Tell("AUTHOR_NAMED", that_member),),
        opens=(Open(TodoKind.AUTHOR_ANSWER, that_member),),
        part="member_id",
    ),
    names.PROPOSAL_AUTHOR_DROPPED: Reaction(
        (Tell("AUTHOR_DROPPED", that_member),), closes=AUTHOR_ANSWERED, part="member_id"
    ),
    names.PROPOSAL_AUTHOR_ANSWERED: Reaction(
        (
            Tell("AUTHOR_CONFIRMED", proposers, agreed),
            Tell("AUTHOR_DECLINED", proposers, disagreed),
        ),
        closes=AUTHOR_ANSWERED,
        part="member_id",
    ),
    names.PROPOSAL_DISCARDED: Reaction(closes=closed(*DRAFT_TODOS)),
    names.PROPOSAL_SUBMITTED: Reaction(
        (Tell("PROPOSAL_SUBMITTED", proposers), Tell("COSIGNED_SUBMITTED", cosigners)),
        opens=(Open(TodoKind.REVIEW, STAFF, "review_due_at"),),
        closes=closed(*DRAFT_TODOS),
    ),
    names.PROPOSAL_REVIEW_STARTED: Reaction(
        (Tell("PROPOSAL_REVIEW_STARTED", proposers),),
        opens=(
            Open(TodoKind.FIRST_REVIEW, STAFF, "review_due_at"),
            Open(TodoKind.FILING_DECISION, DIRECTOR, "review_due_at"),
            Open(TodoKind.COMMITTEE_COMMENT, field_committees, "review_due_at"),
        ),
        closes=closed(TodoKind.REVIEW),
    ),
    names.PROPOSAL_VERDICT_PROPOSED: Reaction(
        (Tell("VERDICT_PROPOSED", DIRECTOR),), closes=closed(TodoKind.FIRST_REVIEW)
    ),
    names.PROPOSAL_COMMITTEE_COMMENTED: Reaction(
        (Tell("COMMITTEE_COMMENTED", STAFF),),
        closes=(Close(TodoKind.COMMITTEE_COMMENT, that_committee),),
        part="committee",
    ),
    names.PROPOSAL_RETURNED: Reaction(
        (Tell("PROPOSAL_RETURNED", proposers),),
        opens=(Open(TodoKind.RESUBMIT, proposers, "resubmit_by"),),
        closes=closed(*REVIEW_TODOS),
    ),
    names.PROPOSAL_FILED: Reaction(
        (
            Tell("PROPOSAL_FILED", proposers),
            Tell("COSIGNED_FILED", cosigners),
            Tell("AUTHORED_FILED", authors),
        ),
        opens=(Open(TodoKind.ASSIGNMENT_PLAN, STAFF),),
        closes=closed(*DECIDED_TODOS),
    ),
    names.TOPIC_GUIDE_PUBLISHED: Reaction(
        tuple(Tell("TOPIC_GUIDE_PUBLISHED", to) for to in WRITERS), part="edition"
    ),
    names.PROPOSAL_MERGED: Reaction(
        (Tell("PROPOSAL_MERGED", proposers), Tell("COSIGNED_MERGED", cosigners)),
        closes=closed(*DECIDED_TODOS, *ASSIGNMENT_TODOS),
    ),
    names.PROPOSAL_LEAD_NAMED: Reaction(
        (Tell("LEAD_NAMED", proposers),),
        opens=(Open(TodoKind.ASSIGNMENT_PLAN, STAFF),),
        part="former_lead",
    ),
    names.PROPOSAL_NOT_FILED: Reaction(
        (Tell("PROPOSAL_NOT_FILED", proposers), Tell("COSIGNED_NOT_FILED", cosigners)),
        closes=closed(*DECIDED_TODOS),
    ),
    names.PROPOSAL_APPEAL_REQUESTED: Reaction(
        opens=(Open(TodoKind.APPEAL_DECISION, DIRECTOR, "decide_by"),)
    ),
    names.PROPOSAL_APPEAL_DECISION_PROPOSED: Reaction(
        opens=(Open(TodoKind.APPEAL_CONFIRMATION, STAFF, "decide_by"),),
        closes=closed(TodoKind.APPEAL_DECISION),
    ),
    names.PROPOSAL_APPEAL_DECISION_RETURNED: Reaction(
        opens=(Open(TodoKind.APPEAL_DECISION, DIRECTOR, "decide_by"),),
        closes=closed(TodoKind.APPEAL_CONFIRMATION),
    ),
    names.PROPOSAL_APPEAL_DECIDED: Reaction(
        (Tell("APPEAL_DECIDED", proposers),),
        opens=(Open(TodoKind.FILING_DECISION, only(DIRECTOR, agreed), "review_due_at"),),
        closes=closed(TodoKind.APPEAL_CONFIRMATION),
    ),
    names.PROPOSAL_FILING_REVOKED: Reaction(
        (Tell("PROPOSAL_FILING_REVOKED", proposers), Tell("COSIGNED_FILING_REVOKED", cosigners)),
        opens=(Open(TodoKind.FILING_DECISION, DIRECTOR, "review_due_at"),),
        closes=closed(TodoKind.WITHDRAWAL_DECISION, *ASSIGNMENT_TODOS),
    ),
    names.PROPOSAL_WITHDRAWAL_REQUESTED: Reaction(
        opens=(Open(TodoKind.WITHDRAWAL_DECISION, DIRECTOR, "decide_by"),)
    ),
    names.PROPOSAL_WITHDRAWAL_REFUSED: Reaction(
        (Tell("PROPOSAL_WITHDRAWAL_REFUSED", proposers),),
        closes=closed(TodoKind.WITHDRAWAL_DECISION),
    ),
    names.PROPOSAL_WITHDRAWN: Reaction(
        (
            Tell("PROPOSAL_LAPSED", proposers, by_system),
            Tell("PROPOSAL_WITHDRAWN", proposers),
            Tell("COSIGNED_WITHDRAWN", cosigners),
        ),
        closes=closed(
            *DRAFT_TODOS, *DECIDED_TODOS, *ASSIGNMENT_TODOS, TodoKind.WITHDRAWAL_DECISION
        ),
    ),
}

MEMBERS: dict[str, Reaction] = {
    names.MEMBER_APPOINTED: Reaction((Tell("MEMBER_APPOINTED", that_member),)),
    names.MEMBER_POST_CHANGED: Reaction((Tell("MEMBER_POST_CHANGED", that_member),)),
    names.MEMBER_SUSPENDED: Reaction((Tell("MEMBER_SUSPENDED", that_member),)),
    names.MEMBER_REINSTATED: Reaction((Tell("MEMBER_REINSTATED", that_member),)),
    names.MEMBER_CHANGE_REQUESTED: Reaction(
        opens=(Open(TodoKind.PROFILE_CHANGE, OFFICE, "decide_by"),)
    ),
    names.MEMBER_CHANGE_CLOSED: Reaction(
        (
            Tell("PROFILE_CHANGE_CONFIRMED", that_member, ended_as("CONFIRMED")),
            Tell("PROFILE_CHANGE_REFUSED", that_member, ended_as("REFUSED")),
        ),
        closes=closed(TodoKind.PROFILE_CHANGE),
    ),
    names.MEMBER_REMOVAL_REVIEW_OPENED: Reaction(
        opens=(Open(TodoKind.REMOVAL_REVIEW, OFFICE, "decide_by"),)
    ),
    names.MEMBER_REMOVAL_REVIEW_CLOSED: Reaction(closes=closed(TodoKind.REMOVAL_REVIEW)),
    names.MEMBER_RESIGNED: Reaction((Tell("MEMBER_RESIGNED", that_member),)),
    names.MEMBER_REVOKED: Reaction((Tell("MEMBER_REVOKED", that_member),)),
    names.MEMBER_TERM_ENDED: Reaction((Tell("MEMBER_TERM_ENDED", that_member),)),
}

IDENTITY: dict[str, Reaction] = {
    names.ACCOUNT_LOCKED: Reaction((Tell("ACCOUNT_LOCKED", that_account),)),
    names.ACCOUNT_ENABLED: Reaction((Tell("ACCOUNT_ENABLED", that_account),)),
    names.ACCOUNT_SIGNED_OUT_EVERYWHERE: Reaction(
        (Tell("ACCOUNT_SIGNED_OUT_EVERYWHERE", that_account),)
    ),
    names.ACCOUNT_RESET_REQUESTED: Reaction(
        (Tell("ACCOUNT_RESET_REQUESTED", that_account),),
        opens=(Open(TodoKind.RESET_APPROVAL, SECURITY_ADMIN, "decide_by"),),
    ),
    names.ACCOUNT_RESET_REFUSED: Reaction(closes=closed(TodoKind.RESET_APPROVAL)),
    names.ACCOUNT_CODE_ISSUED: Reaction(
        (Tell("ACCOUNT_CODE_ISSUED", that_account),), closes=closed(TodoKind.RESET_APPROVAL)
    ),
    names.ACCOUNT_PASSWORD_RESET: Reaction((Tell("ACCOUNT_PASSWORD_RESET", that_account),)),
    names.ACCOUNT_WECHAT_BOUND: Reaction((Tell("WECHAT_BOUND", that_account),)),
    names.ACCOUNT_WECHAT_UNBOUND: Reaction((Tell("WECHAT_UNBOUND", that_account),)),
    names.ACCOUNT_SECOND_FACTOR_SET: Reaction((Tell("ACCOUNT_SECOND_FACTOR_SET", that_account),)),
    names.ACCOUNT_SECOND_FACTOR_DROPPED: Reaction(
        (Tell("ACCOUNT_SECOND_FACTOR_DROPPED", that_account),)
    ),
    names.ACCOUNT_ROLE_REQUESTED: Reaction(
        opens=(Open(TodoKind.ROLE_APPROVAL, OFFICE, "decide_by"),), part="grant_id"
    ),
    names.ACCOUNT_ROLE_GRANTED: Reaction(
        (Tell("ROLE_GRANTED", that_account),),
        closes=closed(TodoKind.ROLE_APPROVAL),
        part="grant_id",
    ),
    names.ACCOUNT_ROLE_REFUSED: Reaction(
        (Tell("ROLE_REFUSED", SYSTEM_ADMIN),),
        closes=closed(TodoKind.ROLE_APPROVAL),
        part="grant_id",
    ),
    names.ACCOUNT_ROLE_REVOKED: Reaction(
        (Tell("ROLE_REVOKED", that_account),),
        closes=closed(TodoKind.ROLE_APPROVAL),
        part="grant_id",
    ),
}

SETTINGS: dict[str, Reaction] = {
    names.SETTING_CHANGE_PROPOSED: Reaction(
        opens=(Open(TodoKind.SETTING_APPROVAL, those_who_approve, "decide_by"),)
    ),
    names.SETTING_CHANGE_DECIDED: Reaction(
        (
            Tell("SETTING_CHANGE_APPROVED", that_account, approved),
            Tell("SETTING_CHANGE_REFUSED", that_account),
        ),
        closes=closed(TodoKind.SETTING_APPROVAL),
    ),
}

ASKED: dict[tuple[str, str], Reaction] = {
    (source, event_type): reaction
    for source, rows in (
        ("proposals", PROPOSALS),
        ("proposals", HANDLING),
        ("proposals", TRACKING),
        ("proposals", REFERRAL),
        ("proposals", CHANGES),
        ("proposals", APPRAISAL),
        ("proposals", HONOURS),
        ("members", MEMBERS),
        ("identity", IDENTITY),
        ("performance", PERFORMANCE),
        ("office", MEETINGS),
        ("study", STUDY),
        ("liaison", LIAISON),
        ("outcomes", OUTCOMES),
        ("opinions", OPINIONS),
        ("consultations", CONSULTATIONS),
        ("supervision", SUPERVISION),
        ("publicity", PUBLICITY),
        ("office", DOCUMENTS),
        *((service, SETTINGS) for service in names.WITH_SETTINGS),
    )
    for event_type, reaction in rows.items()
}
REACTIONS = {**ASKED, **reminders(ASKED)}

# Events of these producers that concern nobody's inbox, each for a reason.
SILENT: dict[tuple[str, str], str] = {
    (
        "identity",
        names.ACCOUNT_CREATED,
    ): "the welcome comes with the appointment",
    ("identity", names.ACCOUNT_DISABLED): "a disabled account reads nothing",
    ("identity", names.ACCOUNT_SESSION_ENDED): "whoever ended it by force has said so",
    ("proposals", names.PROPOSAL_CONTACT_CONFIRMED): "the record shows it",
    ("proposals", names.PROPOSAL_FILES_CHANGED): "files are seen with their record",
    ("proposals", names.INSPECTION_FILES_CHANGED): "files are seen with their record",
    ("proposals", names.APPRAISAL_FILES_CHANGED): "files are seen with their record",
    ("proposals", names.INSPECTION_HELD): "those who came were there",
    ("proposals", names.COMMITMENT_MADE): "part of the reply that was just delivered",
    ("proposals", names.PROPOSAL_KEY_APPRAISED): "told with the figures, or by who noted it",
    ("proposals", names.PROPOSAL_TRACKING_STARTED): "told with the closing",
    ("members", names.MEMBER_NOMINATED): "a nominee has no account",
    ("members", names.MEMBER_REJECTED): "a nominee has no account",
    ("members", names.MEMBER_PROFILE_CHANGED): "a snapshot for read models",
    ("members", names.MEMBER_DECEASED): "nobody is left to be told",
    ("members", names.ORGANISATION_CHANGED): "a snapshot for read models",
    ("members", names.TOPIC_CHANGED): "a snapshot for read models",
    ("members", names.TERM_OPENED): "master data",
    ("members", names.SESSION_SCHEDULED): "master data",
    ("study", names.STUDY_SESSION_PLANNED): "told with the notice of its meeting",
    ("study", names.STUDY_CLASS_PLANNED): "told with the notice of its meeting",
    ("study", names.STUDY_ATTENDANCE_CONFIRMED): "told with its points",
    ("study", names.STUDY_ATTENDANCE_CORRECTED): "told with its points",
    ("study", names.STUDY_SESSION_CLOSED): "a summary to be read with its session",
    ("study", names.STUDY_CLASS_FINISHED): "figures for the annual plan",
    ("study", names.STUDY_CLASS_COMPLETED): "told with its points and its certificate",
    ("study", names.STUDY_COMPLETION_REVOKED): "told with its points",
    ("study", names.STUDY_FILES_CHANGED): "files are seen with their record",
    ("office", names.MEETING_SPEECH_RECORDED): "told with its points",
    ("office", names.MEETING_SPEECH_CORRECTED): "told with its points",
    ("office", names.MEETING_FILES_CHANGED): "files are seen with their record",
    ("study", names.STUDY_CLASS_PLACES_CHANGED): "the office invites to the meeting, or no more",
    **{("office", event_type): why for event_type, why in SILENT_DOCUMENTS.items()},
    **{("outcomes", event_type): why for event_type, why in SILENT_OUTCOMES.items()},
    **{("liaison", event_type): why for event_type, why in SILENT_LIAISON.items()},
    **{("opinions", event_type): why for event_type, why in SILENT_OPINIONS.items()},
    **{("consultations", event_type): why for event_type, why in SILENT_CONSULTATIONS.items()},
    **{("supervision", event_type): why for event_type, why in SILENT_SUPERVISION.items()},
    **{("publicity", event_type): why for event_type, why in SILENT_PUBLICITY.items()},
}
