"""Absence rules: what the office's meetings tell, and the reviews that follow."""

from __future__ import annotations

from typing import Any

from services.members import reactions
from services.members.commands import absences
from services.members.queries import reviews
from services.members.schemas import members as about_members
from services.members.schemas import reads
from services.members.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import Event, on_event, read, rpc


class Absence(Base):
    @rpc
    def decide_removal_review(self, call: Call, **payload: Any) -> Row:
        data = about_members.DecideRemovalReview.parse(payload)
        return self.deps.absences.reviews.row(
            absences.decide_removal_review(call, self.deps, **data)
        )

    @on_event("office", "meeting_attendance_confirmed")
    def on_office_meeting_attendance_confirmed(self, event: Event) -> None:
        reactions.note_attendance(event, self.deps)

    @on_event("office", "meeting_attendance_corrected")
    def on_office_meeting_attendance_corrected(self, event: Event) -> None:
        reactions.note_attendance(event, self.deps)

    @on_event("members", "member_resigned")
    def on_members_member_resigned(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    @on_event("members", "member_revoked")
    def on_members_member_revoked(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    @on_event("members", "member_deceased")
    def on_members_member_deceased(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    @on_event("members", "member_term_ended")
    def on_members_member_term_ended(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    @read
    def list_removal_reviews(self, call: Call, **payload: Any) -> Row:
        data = reads.ListReviews.parse(payload)
        state = data["filter"]["state"]
        return reviews.list_removal_reviews(
            call, self.deps, state=state, first=data["first"], after=data["after"]
        )

    @read
    def count_removal_reviews(self, call: Call, **payload: Any) -> int:
        data = reads.CountReviews.parse(payload)
        return reviews.count_removal_reviews(call, self.deps, state=data["filter"]["state"])

    @read
    def removal_reviews_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reviews.removal_reviews_by_ids(call, self.deps, **reads.batch(payload))
