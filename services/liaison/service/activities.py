"""Activities, the years of groups and towns, figures, files."""

from __future__ import annotations

from typing import Any

from services.liaison.commands import activities, years
from services.liaison.queries import activities as reads
from services.liaison.queries import files, statistics
from services.liaison.schemas import activities as forms
from services.liaison.schemas import fields
from services.liaison.service.base import Base, Row, shown
from shared.call import Call
from shared.messaging.service import read, rpc
from shared.schemas import InputSchema


class ActivityMethods(Base):
    @rpc
    def apply_activity(self, call: Call, **payload: Any) -> Row:
        data = forms.ApplyActivity.parse(payload)
        return self._activity(call, activities.apply_activity(call, self.deps, **data))

    @rpc
    def decide_activity(self, call: Call, **payload: Any) -> Row:
        data = forms.DecideActivity.parse(payload)
        return self._activity(call, activities.decide_activity(call, self.deps, **data))

    @rpc
    def sign_up(self, call: Call, **payload: Any) -> Row:
        data = forms.OfActivity.parse(payload)
        return self._activity(call, activities.sign_up(call, self.deps, **data))

    @rpc
    def withdraw_sign_up(self, call: Call, **payload: Any) -> Row:
        data = forms.OfActivity.parse(payload)
        return self._activity(call, activities.withdraw_sign_up(call, self.deps, **data))

    @rpc
    def start_activity(self, call: Call, **payload: Any) -> Row:
        data = forms.OfActivity.parse(payload)
        return self._activity(call, activities.start_activity(call, self.deps, **data))

    @rpc
    def cancel_activity(self, call: Call, **payload: Any) -> Row:
        data = forms.CancelActivity.parse(payload)
        return self._activity(call, activities.cancel_activity(call, self.deps, **data))

    @rpc
    def confirm_participation(self, call: Call, **payload: Any) -> Row:
        data = forms.ConfirmParticipation.parse(payload)
        return self._activity(call, activities.confirm_participation(call, self.deps, **data))

    @rpc
    def correct_participation(self, call: Call, **payload: Any) -> Row:
        data = forms.CorrectParticipation.parse(payload)
        return self._activity(call, activities.correct_participation(call, self.deps, **data))

    @rpc
    def close_activity(self, call: Call, **payload: Any) -> Row:
        data = forms.CloseActivity.parse(payload)
        return self._activity(call, activities.close_activity(call, self.deps, **data))

    @rpc
    def ask_help(self, call: Call, **payload: Any) -> Row:
        data = forms.AskHelp.parse(payload)
        return self._activity(call, activities.ask_help(call, self.deps, **data))

    @rpc
    def answer_help(self, call: Call, **payload: Any) -> Row:
        data = forms.AnswerHelp.parse(payload)
        return self._activity(call, activities.answer_help(call, self.deps, **data))

    @rpc
    def write_workspace(self, call: Call, **payload: Any) -> Row:
        data = forms.WriteWorkspace.parse(payload)
        organisation, _, year = years.write_workspace(call, self.deps, **data).rpartition(":")
        return reads.workspace(call, self.deps, organisation=organisation, year=int(year))

    @read
    def list_activities(self, call: Call, **payload: Any) -> Row:
        return reads.list_activities(call, self.deps, **forms.ListActivities.parse(payload))

    @read
    def count_activities(self, call: Call, **payload: Any) -> int:
        return reads.count_activities(call, self.deps, **forms.CountActivities.parse(payload))

    @read
    def activities_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.activities_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def workspace(self, call: Call, **payload: Any) -> Row:
        return reads.workspace(call, self.deps, **forms.OfWorkspace.parse(payload))

    @read
    def organisation_statistics(self, call: Call, **payload: Any) -> list[Row]:
        return statistics.organisation_statistics(call, self.deps, **fields.OfYear.parse(payload))

    @read
    def town_statistics(self, call: Call, **payload: Any) -> list[Row]:
        return statistics.town_statistics(call, self.deps, **fields.OfYear.parse(payload))

    @read
    def liaison_map(self, call: Call, **payload: Any) -> list[Row]:
        InputSchema.parse(payload)
        return statistics.liaison_map(call, self.deps)

    @read
    def may_read_file(self, call: Call, **payload: Any) -> bool:
        return files.may_read_file(call, self.deps, **fields.OfFile.parse(payload))

    @read
    def held_files(self, call: Call, **payload: Any) -> list[str]:
        return files.held_files(call, self.deps, **fields.Ids.parse(payload))

    def _activity(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.activities_by_ids, record_id)
