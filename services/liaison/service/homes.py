"""Members' Homes, their rota and their visitors."""

from __future__ import annotations

from typing import Any

from services.liaison.commands import homes, receptions
from services.liaison.commands.changing import found
from services.liaison.queries import homes as reads
from services.liaison.schemas import fields
from services.liaison.schemas import homes as forms
from services.liaison.service.base import Base, Row, shown
from shared.call import Call
from shared.messaging.service import read, rpc


class HomeMethods(Base):
    @rpc
    def write_home(self, call: Call, **payload: Any) -> Row:
        data = forms.WriteHome.parse(payload)
        return self._home(call, homes.write_home(call, self.deps, **data))

    @rpc
    def open_home(self, call: Call, **payload: Any) -> Row:
        data = forms.OfHome.parse(payload)
        return self._home(call, homes.open_home(call, self.deps, **data))

    @rpc
    def suspend_home(self, call: Call, **payload: Any) -> Row:
        data = forms.StopHome.parse(payload)
        return self._home(call, homes.suspend_home(call, self.deps, **data))

    @rpc
    def close_home(self, call: Call, **payload: Any) -> Row:
        data = forms.StopHome.parse(payload)
        return self._home(call, homes.close_home(call, self.deps, **data))

    @rpc
    def set_rota(self, call: Call, **payload: Any) -> Row:
        data = forms.SetRota.parse(payload)
        return self._home(call, homes.set_rota(call, self.deps, **data))

    @rpc
    def confirm_duty(self, call: Call, **payload: Any) -> Row:
        data = forms.ConfirmDuty.parse(payload)
        return self._duty(call, homes.confirm_duty(call, self.deps, **data))

    @rpc
    def correct_duty(self, call: Call, **payload: Any) -> Row:
        data = forms.CorrectDuty.parse(payload)
        return self._duty(call, homes.correct_duty(call, self.deps, **data))

    @rpc
    def record_reception(self, call: Call, **payload: Any) -> Row:
        data = forms.RecordReception.parse(payload)
        return self._reception(call, receptions.record_reception(call, self.deps, **data))

    @rpc
    def forward_reception(self, call: Call, **payload: Any) -> Row:
        data = forms.ForwardReception.parse(payload)
        return self._reception(call, receptions.forward_reception(call, self.deps, **data))

    @rpc
    def answer_reception(self, call: Call, **payload: Any) -> Row:
        data = forms.AnswerReception.parse(payload)
        return self._reception(call, receptions.answer_reception(call, self.deps, **data))

    @rpc
    def close_reception(self, call: Call, **payload: Any) -> Row:
        data = forms.OfReception.parse(payload)
        return self._reception(call, receptions.close_reception(call, self.deps, **data))

    @rpc
    def leave_lead(self, call: Call, **payload: Any) -> Row:
        """The visitor's code alone: what was left is the home's."""
        data = forms.LeaveLead.parse(payload)
        left = receptions.leave_lead(call, self.deps, **data)
        return {"code": reads.dashed(found(self.deps.receptions, left).code)}

    @rpc
    def book_visit(self, call: Call, **payload: Any) -> Row:
        data = forms.BookVisit.parse(payload)
        booked = found(self.deps.bookings, receptions.book_visit(call, self.deps, **data))
        return {"code": reads.dashed(booked.code), "starts_at": booked.starts_at}

    @rpc
    def cancel_booking(self, call: Call, **payload: Any) -> Row:
        receptions.cancel_booking(call, self.deps, **forms.OfCode.parse(payload))
        return {}

    @rpc
    def miss_booking(self, call: Call, **payload: Any) -> Row:
        data = forms.OfBooking.parse(payload)
        record_id = receptions.miss_booking(call, self.deps, **data)
        return shown(call, self.deps, reads.bookings_by_ids, record_id)

    @read
    def list_homes(self, call: Call, **payload: Any) -> Row:
        return reads.list_homes(call, self.deps, **forms.ListHomes.parse(payload))

    @read
    def count_homes(self, call: Call, **payload: Any) -> int:
        return reads.count_homes(call, self.deps, **forms.CountHomes.parse(payload))

    @read
    def homes_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.homes_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_duties(self, call: Call, **payload: Any) -> Row:
        return reads.list_duties(call, self.deps, **forms.ListDuties.parse(payload))

    @read
    def count_duties(self, call: Call, **payload: Any) -> int:
        return reads.count_duties(call, self.deps, **forms.CountDuties.parse(payload))

    @read
    def duties_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.duties_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_receptions(self, call: Call, **payload: Any) -> Row:
        return reads.list_receptions(call, self.deps, **forms.ListReceptions.parse(payload))

    @read
    def count_receptions(self, call: Call, **payload: Any) -> int:
        return reads.count_receptions(call, self.deps, **forms.CountReceptions.parse(payload))

    @read
    def receptions_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.receptions_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_bookings(self, call: Call, **payload: Any) -> Row:
        return reads.list_bookings(call, self.deps, **forms.ListBookings.parse(payload))

    @read
    def count_bookings(self, call: Call, **payload: Any) -> int:
        return reads.count_bookings(call, self.deps, **forms.CountBookings.parse(payload))

    @read
    def bookings_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.bookings_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def visitor_matter(self, call: Call, **payload: Any) -> Row | None:
        return reads.visitor_matter(call, self.deps, **forms.OfCode.parse(payload))

    def _home(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.homes_by_ids, record_id)

    def _duty(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.duties_by_ids, record_id)

    def _reception(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.receptions_by_ids, record_id)
