"""Meetings planned, announced, answered, read; calendar feeds."""

from __future__ import annotations

from typing import Any

from services.office.commands import answers, feeds, meetings, reminders
from services.office.queries import meetings as reads
from services.office.schemas import fields
from services.office.schemas import meetings as forms
from services.office.service.base import SCAN_SECONDS, Base, Row
from shared.call import Call
from shared.messaging.service import every, read, rpc
from shared.schemas import InputSchema


class MeetingMethods(Base):
    @rpc
    def plan_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.PlanMeeting.parse(payload)
        return self._meeting(call, meetings.plan_meeting(call, self.deps, **data))

    @rpc
    def change_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.ChangeMeeting.parse(payload)
        return self._meeting(call, meetings.change_meeting(call, self.deps, **data))

    @rpc
    def set_meeting_details(self, call: Call, **payload: Any) -> Row:
        data = forms.SetDetails.parse(payload)
        return self._meeting(call, meetings.set_meeting_details(call, self.deps, **data))

    @rpc
    def invite(self, call: Call, **payload: Any) -> Row:
        data = forms.Invite.parse(payload)
        return self._meeting(call, meetings.invite(call, self.deps, **data))

    @rpc
    def uninvite(self, call: Call, **payload: Any) -> Row:
        data = forms.Uninvite.parse(payload)
        return self._meeting(call, meetings.uninvite(call, self.deps, **data))

    @rpc
    def notify_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.Notify.parse(payload)
        return self._meeting(call, meetings.notify_meeting(call, self.deps, **data))

    @rpc
    def reschedule_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.Reschedule.parse(payload)
        return self._meeting(call, meetings.reschedule_meeting(call, self.deps, **data))

    @rpc
    def cancel_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.Cancel.parse(payload)
        return self._meeting(call, meetings.cancel_meeting(call, self.deps, **data))

    @rpc
    def answer_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.AnswerMeeting.parse(payload)
        return self._meeting(call, answers.answer_meeting(call, self.deps, **data))

    @rpc
    def ask_leave(self, call: Call, **payload: Any) -> Row:
        data = forms.AskLeave.parse(payload)
        return self._meeting(call, answers.ask_leave(call, self.deps, **data))

    @rpc
    def decide_leave(self, call: Call, **payload: Any) -> Row:
        data = forms.DecideLeave.parse(payload)
        return self._meeting(call, answers.decide_leave(call, self.deps, **data))

    @every(seconds=SCAN_SECONDS)
    def remind_invited(self) -> None:
        reminders.remind_invited(Call.system(self.name), self.deps)

    # -- calendar feeds ----------------------------------------------------------------------

    @rpc
    def open_feed(self, call: Call, **payload: Any) -> Row:
        InputSchema.parse(payload)
        return feeds.feed_row(self.deps, feeds.open_feed(call, self.deps))

    @rpc
    def revoke_feed(self, call: Call, **payload: Any) -> Row:
        InputSchema.parse(payload)
        return feeds.feed_row(self.deps, feeds.revoke_feed(call, self.deps))

    @read
    def own_feed(self, call: Call, **payload: Any) -> Row | None:
        InputSchema.parse(payload)
        return feeds.own_feed(call, self.deps)

    @read
    def calendar(self, call: Call, **payload: Any) -> list[Row]:
        return feeds.calendar(call, self.deps, **forms.Token.parse(payload))

    # -- reads -------------------------------------------------------------------------------

    @read
    def list_meetings(self, call: Call, **payload: Any) -> Row:
        return reads.list_meetings(call, self.deps, **forms.ListMeetings.parse(payload))

    @read
    def count_meetings(self, call: Call, **payload: Any) -> int:
        data = forms.CountMeetings.parse(payload)
        return reads.count_meetings(call, self.deps, **data)

    @read
    def meetings_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.meetings_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def meeting_records_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.meeting_records_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def tallies_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.tallies_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_invitees(self, call: Call, **payload: Any) -> Row:
        return reads.list_invitees(call, self.deps, **forms.ListInvitees.parse(payload))

    @read
    def count_invitees(self, call: Call, **payload: Any) -> int:
        return reads.count_invitees(call, self.deps, **forms.CountInvitees.parse(payload))

    @read
    def may_read_file(self, call: Call, **payload: Any) -> bool:
        return reads.may_read_file(call, self.deps, **fields.OfFile.parse(payload))

    @read
    def held_files(self, call: Call, **payload: Any) -> list[str]:
        return reads.held_files(call, self.deps, **fields.Ids.parse(payload))
