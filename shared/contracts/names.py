"""Event names, as `<entity>_<past participle>` (decision 1). Standard library only: domains use it.

The exchange is `<owner>.events`; the routing key is the name.
"""

from __future__ import annotations

from typing import Final

# identity
ACCOUNT_CREATED: Final = "account_created"
ACCOUNT_LOCKED: Final = "account_locked"
ACCOUNT_DISABLED: Final = "account_disabled"
ACCOUNT_ENABLED: Final = "account_enabled"
ACCOUNT_ROLE_REQUESTED: Final = "account_role_requested"
ACCOUNT_ROLE_GRANTED: Final = "account_role_granted"
ACCOUNT_ROLE_REFUSED: Final = "account_role_refused"
ACCOUNT_ROLE_REVOKED: Final = "account_role_revoked"
ACCOUNT_SIGNED_OUT_EVERYWHERE: Final = "account_signed_out_everywhere"

# members
MEMBER_NOMINATED: Final = "member_nominated"
MEMBER_REJECTED: Final = "member_rejected"
MEMBER_APPOINTED: Final = "member_appointed"
MEMBER_PROFILE_CHANGED: Final = "member_profile_changed"
MEMBER_POST_CHANGED: Final = "member_post_changed"
MEMBER_SUSPENDED: Final = "member_suspended"
MEMBER_REINSTATED: Final = "member_reinstated"
MEMBER_RESIGNED: Final = "member_resigned"
MEMBER_REVOKED: Final = "member_revoked"
MEMBER_DECEASED: Final = "member_deceased"
MEMBER_TERM_ENDED: Final = "member_term_ended"
ORGANISATION_CHANGED: Final = "organisation_changed"
TERM_OPENED: Final = "term_opened"
SESSION_SCHEDULED: Final = "session_scheduled"

# proposals
PROPOSAL_COSIGN_INVITED: Final = "proposal_cosign_invited"
PROPOSAL_COSIGN_CONFIRMED: Final = "proposal_cosign_confirmed"
PROPOSAL_COSIGN_DECLINED: Final = "proposal_cosign_declined"
PROPOSAL_COSIGN_CANCELLED: Final = "proposal_cosign_cancelled"
PROPOSAL_COSIGN_EXPIRED: Final = "proposal_cosign_expired"
PROPOSAL_COSIGN_WITHDRAWN: Final = "proposal_cosign_withdrawn"
PROPOSAL_COSIGN_RECONFIRM_NEEDED: Final = "proposal_cosign_reconfirm_needed"
PROPOSAL_COSIGN_SHORTFALL_OPENED: Final = "proposal_cosign_shortfall_opened"
PROPOSAL_COSIGN_SHORTFALL_DECIDED: Final = "proposal_cosign_shortfall_decided"
PROPOSAL_ENTRY_CONFIRMATION_REQUESTED: Final = "proposal_entry_confirmation_requested"
PROPOSAL_ENTRY_CONFIRMED: Final = "proposal_entry_confirmed"
PROPOSAL_SEAL_REQUESTED: Final = "proposal_seal_requested"
PROPOSAL_SEALED: Final = "proposal_sealed"
PROPOSAL_DISCARDED: Final = "proposal_discarded"
PROPOSAL_SUBMITTED: Final = "proposal_submitted"
PROPOSAL_REVIEW_STARTED: Final = "proposal_review_started"
PROPOSAL_RETURNED: Final = "proposal_returned"
PROPOSAL_FILED: Final = "proposal_filed"
PROPOSAL_FILING_REVOKED: Final = "proposal_filing_revoked"
PROPOSAL_WITHDRAWAL_REQUESTED: Final = "proposal_withdrawal_requested"
PROPOSAL_WITHDRAWAL_REFUSED: Final = "proposal_withdrawal_refused"
PROPOSAL_WITHDRAWN: Final = "proposal_withdrawn"
PROPOSAL_FILES_CHANGED: Final = "proposal_files_changed"

# performance
PERFORMANCE_ENTRY_POSTED: Final = "performance_entry_posted"
PERFORMANCE_ENTRY_REVERSED: Final = "performance_entry_reversed"

# notifications
NOTIFICATION_CREATED: Final = "notification_created"
TODO_CHANGED: Final = "todo_changed"
