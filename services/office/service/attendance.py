"""Check-in, attendance, speeches, statements and minutes."""

from __future__ import annotations

from typing import Any

from services.office.commands import attendance
from services.office.schemas import meetings as forms
from services.office.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import read, rpc


class AttendanceMethods(Base):
    @rpc
    def open_check_in(self, call: Call, **payload: Any) -> Row:
        data = forms.HalfDay.parse(payload)
        return self._meeting(call, attendance.open_check_in(call, self.deps, **data))

    @read
    def check_in_code(self, call: Call, **payload: Any) -> Row:
        return attendance.check_in_code(call, self.deps, **forms.OfMeeting.parse(payload))

    @rpc
    def check_in(self, call: Call, **payload: Any) -> Row:
        data = forms.Code.parse(payload)
        return self._meeting(call, attendance.check_in(call, self.deps, **data))

    @rpc
    def check_in_members(self, call: Call, **payload: Any) -> Row:
        data = forms.CheckInMembers.parse(payload)
        return self._meeting(call, attendance.check_in_members(call, self.deps, **data))

    @rpc
    def upload_check_ins(self, call: Call, **payload: Any) -> Row:
        data = forms.UploadCheckIns.parse(payload)
        merged = attendance.upload_check_ins(call, self.deps, **data)
        return {**merged, "meeting": self._meeting(call, data["meeting_id"])}

    @rpc
    def hold_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.OfMeeting.parse(payload)
        return self._meeting(call, attendance.hold_meeting(call, self.deps, **data))

    @rpc
    def confirm_attendance(self, call: Call, **payload: Any) -> Row:
        data = forms.ConfirmAttendance.parse(payload)
        return self._meeting(call, attendance.confirm_attendance(call, self.deps, **data))

    @rpc
    def correct_attendance(self, call: Call, **payload: Any) -> Row:
        data = forms.CorrectAttendance.parse(payload)
        return self._meeting(call, attendance.correct_attendance(call, self.deps, **data))

    @rpc
    def record_speech(self, call: Call, **payload: Any) -> Row:
        data = forms.RecordSpeech.parse(payload)
        return self._meeting(call, attendance.record_speech(call, self.deps, **data))

    @rpc
    def correct_speech(self, call: Call, **payload: Any) -> Row:
        data = forms.CorrectSpeech.parse(payload)
        return self._meeting(call, attendance.correct_speech(call, self.deps, **data))

    @rpc
    def submit_statement(self, call: Call, **payload: Any) -> Row:
        data = forms.SubmitStatement.parse(payload)
        return self._meeting(call, attendance.submit_statement(call, self.deps, **data))

    @rpc
    def write_minutes(self, call: Call, **payload: Any) -> Row:
        data = forms.WriteMinutes.parse(payload)
        return self._meeting(call, attendance.write_minutes(call, self.deps, **data))

    @rpc
    def close_meeting(self, call: Call, **payload: Any) -> Row:
        data = forms.OfMeeting.parse(payload)
        return self._meeting(call, attendance.close_meeting(call, self.deps, **data))
