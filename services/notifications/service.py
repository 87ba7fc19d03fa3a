"""消息 notifications: the inbox of each person and the to-dos of each role, fed by events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.notifications import commands, queries, reactions, repository, schemas
from services.notifications.domain.channels import Channel
from shared.call import Call
from shared.clock import Now
from shared.contracts import names
from shared.messaging.service import Event, Platform, Provide, on_event, read, rpc


@dataclass(frozen=True)
class Deps:
    inbox: repository.Inbox
    todos: repository.Todos
    channels: tuple[Channel, ...]
    clock: Now


def build(platform: Platform) -> Deps:
    """WeChat and SMS join `channels` beside the inbox."""
    database = platform.database
    database.prepare(
        repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX
    )
    inbox = repository.Inbox(database)
    return Deps(inbox, repository.Todos(database), (inbox,), platform.clock)


class NotificationsService:
    name = "notifications"

    deps = Provide(build)

    @read
    def list_notifications(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.NotificationList.parse(payload)
        return queries.list_notifications(call, self.deps.inbox, **data)

    @read
    def count_notifications(self, call: Call, **payload: Any) -> int:
        data = schemas.NotificationCount.parse(payload)
        return queries.count_notifications(call, self.deps.inbox, **data)

    @read
    def notifications_by_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        data = schemas.Ids.parse(payload)
        return queries.notifications_by_ids(call, self.deps.inbox, **data)

    @read
    def list_todos(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.TodoList.parse(payload)
        return queries.list_todos(call, self.deps.todos, **data)

    @read
    def todos_by_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        data = schemas.Ids.parse(payload)
        return queries.todos_by_ids(call, self.deps.todos, **data)

    @read
    def count_todos(self, call: Call, **payload: Any) -> int:
        data = schemas.TodoCount.parse(payload)
        return queries.count_todos(call, self.deps.todos, **data)

    @read
    def todo_counts(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        data = schemas.Nothing.parse(payload)
        return queries.todo_counts(call, self.deps.todos, **data)

    @rpc
    def mark_read(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.Ids.parse(payload)
        commands.mark_read(call, self.deps.inbox, self.deps.clock, **data)
        return {"ids": data["ids"]}

    @rpc
    def mark_all_read(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.MarkAllRead.parse(payload)
        commands.mark_all_read(call, self.deps.inbox, self.deps.clock, **data)
        return {"before": data["before"]}

    @on_event("proposals", names.PROPOSAL_COSIGN_INVITED)
    def on_proposals_proposal_cosign_invited(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_CONFIRMED)
    def on_proposals_proposal_cosign_confirmed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_DECLINED)
    def on_proposals_proposal_cosign_declined(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_CANCELLED)
    def on_proposals_proposal_cosign_cancelled(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_EXPIRED)
    def on_proposals_proposal_cosign_expired(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_WITHDRAWN)
    def on_proposals_proposal_cosign_withdrawn(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_RECONFIRM_NEEDED)
    def on_proposals_proposal_cosign_reconfirm_needed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_SHORTFALL_OPENED)
    def on_proposals_proposal_cosign_shortfall_opened(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_COSIGN_SHORTFALL_DECIDED)
    def on_proposals_proposal_cosign_shortfall_decided(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_ENTRY_CONFIRMATION_REQUESTED)
    def on_proposals_proposal_entry_confirmation_requested(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_ENTRY_CONFIRMED)
    def on_proposals_proposal_entry_confirmed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_SEAL_REQUESTED)
    def on_proposals_proposal_seal_requested(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_SEALED)
    def on_proposals_proposal_sealed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_DISCARDED)
    def on_proposals_proposal_discarded(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_SUBMITTED)
    def on_proposals_proposal_submitted(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_REVIEW_STARTED)
    def on_proposals_proposal_review_started(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_RETURNED)
    def on_proposals_proposal_returned(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_FILED)
    def on_proposals_proposal_filed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_FILING_REVOKED)
    def on_proposals_proposal_filing_revoked(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_WITHDRAWAL_REQUESTED)
    def on_proposals_proposal_withdrawal_requested(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_WITHDRAWAL_REFUSED)
    def on_proposals_proposal_withdrawal_refused(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_WITHDRAWN)
    def on_proposals_proposal_withdrawn(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_ASSIGNMENT_PROPOSED)
    def on_proposals_proposal_assignment_proposed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_ASSIGNMENT_REFUSED)
    def on_proposals_proposal_assignment_refused(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_ASSIGNED)
    def on_proposals_proposal_assigned(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_RECEIVED)
    def on_proposals_assignment_received(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_HANDLING_STARTED)
    def on_proposals_proposal_handling_started(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_CO_OPINION_GIVEN)
    def on_proposals_assignment_co_opinion_given(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_CONTACT_RECORDED)
    def on_proposals_proposal_contact_recorded(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_CONTACT_DISPUTED)
    def on_proposals_proposal_contact_disputed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_SIGN_OFF_REQUESTED)
    def on_proposals_assignment_sign_off_requested(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_SIGN_OFF_REFUSED)
    def on_proposals_assignment_sign_off_refused(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_REPLY_SIGNED)
    def on_proposals_assignment_reply_signed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_REPLY_REJECTED)
    def on_proposals_assignment_reply_rejected(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_REPLY_CHECKED)
    def on_proposals_assignment_reply_checked(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.ASSIGNMENT_DELIVERED)
    def on_proposals_assignment_delivered(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_REPLIED)
    def on_proposals_proposal_replied(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_EVALUATED)
    def on_proposals_proposal_evaluated(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_EVALUATOR_CHANGED)
    def on_proposals_proposal_evaluator_changed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_REHANDLING_REQUESTED)
    def on_proposals_proposal_rehandling_requested(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_CLOSED)
    def on_proposals_proposal_closed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_NOT_FILED)
    def on_proposals_proposal_not_filed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_APPEAL_REQUESTED)
    def on_proposals_proposal_appeal_requested(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_APPEAL_DECISION_PROPOSED)
    def on_proposals_proposal_appeal_decision_proposed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_APPEAL_DECISION_RETURNED)
    def on_proposals_proposal_appeal_decision_returned(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.PROPOSAL_APPEAL_DECIDED)
    def on_proposals_proposal_appeal_decided(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.APPRAISAL_PLANNED)
    def on_proposals_appraisal_planned(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.APPRAISAL_VOTERS_INVITED)
    def on_proposals_appraisal_voters_invited(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.APPRAISAL_OPENED)
    def on_proposals_appraisal_opened(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.APPRAISAL_VOTES_NOTED)
    def on_proposals_appraisal_votes_noted(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.APPRAISAL_COUNTED)
    def on_proposals_appraisal_counted(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.APPRAISAL_PUBLISHED)
    def on_proposals_appraisal_published(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.APPRAISAL_CANCELLED)
    def on_proposals_appraisal_cancelled(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.INSPECTION_PLANNED)
    def on_proposals_inspection_planned(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.INSPECTION_REPORTED)
    def on_proposals_inspection_reported(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("proposals", names.INSPECTION_CANCELLED)
    def on_proposals_inspection_cancelled(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("members", names.MEMBER_APPOINTED)
    def on_members_member_appointed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("members", names.MEMBER_POST_CHANGED)
    def on_members_member_post_changed(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("members", names.MEMBER_SUSPENDED)
    def on_members_member_suspended(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("members", names.MEMBER_REINSTATED)
    def on_members_member_reinstated(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("members", names.MEMBER_RESIGNED)
    def on_members_member_resigned(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("members", names.MEMBER_REVOKED)
    def on_members_member_revoked(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("members", names.MEMBER_TERM_ENDED)
    def on_members_member_term_ended(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("identity", names.ACCOUNT_LOCKED)
    def on_identity_account_locked(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("identity", names.ACCOUNT_ENABLED)
    def on_identity_account_enabled(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("identity", names.ACCOUNT_SIGNED_OUT_EVERYWHERE)
    def on_identity_account_signed_out_everywhere(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("identity", names.ACCOUNT_ROLE_REQUESTED)
    def on_identity_account_role_requested(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("identity", names.ACCOUNT_ROLE_GRANTED)
    def on_identity_account_role_granted(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("identity", names.ACCOUNT_ROLE_REFUSED)
    def on_identity_account_role_refused(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("identity", names.ACCOUNT_ROLE_REVOKED)
    def on_identity_account_role_revoked(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("performance", names.PERFORMANCE_ENTRY_POSTED)
    def on_performance_performance_entry_posted(self, event: Event) -> None:
        reactions.apply(event, self.deps)

    @on_event("performance", names.PERFORMANCE_ENTRY_REVERSED)
    def on_performance_performance_entry_reversed(self, event: Event) -> None:
        reactions.apply(event, self.deps)
