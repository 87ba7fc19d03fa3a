"""Facts of other services."""

from __future__ import annotations

from services.proposals import reactions
from services.proposals.service.base import Base
from shared.messaging.service import Event, on_event


class Facts(Base):
    @on_event("members", "member_appointed")
    def on_members_member_appointed(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_profile_changed")
    def on_members_member_profile_changed(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_post_changed")
    def on_members_member_post_changed(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_suspended")
    def on_members_member_suspended(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_reinstated")
    def on_members_member_reinstated(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_resigned")
    def on_members_member_resigned(self, event: Event) -> None:
        reactions.member_left(event, self.deps.desk)

    @on_event("members", "member_revoked")
    def on_members_member_revoked(self, event: Event) -> None:
        reactions.member_absent(event, self.deps.desk)

    @on_event("members", "member_deceased")
    def on_members_member_deceased(self, event: Event) -> None:
        reactions.member_absent(event, self.deps.desk)

    @on_event("members", "member_term_ended")
    def on_members_member_term_ended(self, event: Event) -> None:
        reactions.member_left(event, self.deps.desk)

    @on_event("members", "session_scheduled")
    def on_members_session_scheduled(self, event: Event) -> None:
        reactions.note_session(event, self.deps.desk)

    @on_event("members", "organisation_changed")
    def on_members_organisation_changed(self, event: Event) -> None:
        reactions.note_unit(event, self.deps.desk)
