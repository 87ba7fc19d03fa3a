"""The joint conference, its items, work briefings."""

from __future__ import annotations

from typing import Any

from services.liaison.commands import briefings, conferences
from services.liaison.queries import conferences as reads
from services.liaison.schemas import conferences as forms
from services.liaison.schemas import fields
from services.liaison.service.base import Base, Row, shown
from shared.call import Call
from shared.messaging.service import read, rpc


class ConferenceMethods(Base):
    @rpc
    def plan_conference(self, call: Call, **payload: Any) -> Row:
        data = forms.PlanConference.parse(payload)
        return self._conference(call, conferences.plan_conference(call, self.deps, **data))

    @rpc
    def set_conference_agenda(self, call: Call, **payload: Any) -> Row:
        data = forms.SetAgenda.parse(payload)
        return self._conference(call, conferences.set_conference_agenda(call, self.deps, **data))

    @rpc
    def close_conference(self, call: Call, **payload: Any) -> Row:
        data = forms.CloseConference.parse(payload)
        return self._conference(call, conferences.close_conference(call, self.deps, **data))

    @rpc
    def raise_item(self, call: Call, **payload: Any) -> Row:
        data = forms.RaiseItem.parse(payload)
        return self._item(call, conferences.raise_item(call, self.deps, **data))

    @rpc
    def accept_item(self, call: Call, **payload: Any) -> Row:
        data = forms.AcceptItem.parse(payload)
        return self._item(call, conferences.accept_item(call, self.deps, **data))

    @rpc
    def answer_item(self, call: Call, **payload: Any) -> Row:
        data = forms.AnswerItem.parse(payload)
        return self._item(call, conferences.answer_item(call, self.deps, **data))

    @rpc
    def close_item(self, call: Call, **payload: Any) -> Row:
        data = forms.CloseItem.parse(payload)
        return self._item(call, conferences.close_item(call, self.deps, **data))

    @rpc
    def send_briefing(self, call: Call, **payload: Any) -> Row:
        data = forms.SendBriefing.parse(payload)
        return self._briefing(call, briefings.send_briefing(call, self.deps, **data))

    @rpc
    def receive_briefing(self, call: Call, **payload: Any) -> Row:
        data = forms.OfBriefing.parse(payload)
        return self._briefing(call, briefings.receive_briefing(call, self.deps, **data))

    @rpc
    def urge_briefing(self, call: Call, **payload: Any) -> Row:
        data = forms.OfBriefing.parse(payload)
        return self._briefing(call, briefings.urge_briefing(call, self.deps, **data))

    @read
    def list_conferences(self, call: Call, **payload: Any) -> Row:
        return reads.list_conferences(call, self.deps, **forms.ListConferences.parse(payload))

    @read
    def count_conferences(self, call: Call, **payload: Any) -> int:
        return reads.count_conferences(call, self.deps, **forms.CountConferences.parse(payload))

    @read
    def conferences_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.conferences_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_items(self, call: Call, **payload: Any) -> Row:
        return reads.list_items(call, self.deps, **forms.ListItems.parse(payload))

    @read
    def count_items(self, call: Call, **payload: Any) -> int:
        return reads.count_items(call, self.deps, **forms.CountItems.parse(payload))

    @read
    def items_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.items_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_briefings(self, call: Call, **payload: Any) -> Row:
        return reads.list_briefings(call, self.deps, **forms.ListBriefings.parse(payload))

    @read
    def count_briefings(self, call: Call, **payload: Any) -> int:
        return reads.count_briefings(call, self.deps, **forms.CountBriefings.parse(payload))

    @read
    def briefings_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.briefings_by_ids(call, self.deps, **fields.Ids.parse(payload))

    def _conference(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.conferences_by_ids, record_id)

    def _item(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.items_by_ids, record_id)

    def _briefing(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.briefings_by_ids, record_id)
