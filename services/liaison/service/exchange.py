"""Visits, representatives, topic groups."""

from __future__ import annotations

from typing import Any

from services.liaison.commands import circles, exchange
from services.liaison.queries import exchange as reads
from services.liaison.schemas import exchange as forms
from services.liaison.schemas import fields
from services.liaison.service.base import Base, Row, shown
from shared.call import Call
from shared.messaging.service import read, rpc


class ExchangeMethods(Base):
    @rpc
    def write_exchange(self, call: Call, **payload: Any) -> Row:
        data = forms.WriteExchange.parse(payload)
        return self._exchange(call, exchange.write_exchange(call, self.deps, **data))

    @rpc
    def write_representative(self, call: Call, **payload: Any) -> Row:
        data = forms.WriteRepresentative.parse(payload)
        return self._representative(call, exchange.write_representative(call, self.deps, **data))

    @rpc
    def remove_representative(self, call: Call, **payload: Any) -> Row:
        data = forms.OfRepresentative.parse(payload)
        return self._representative(call, exchange.remove_representative(call, self.deps, **data))

    @rpc
    def meet_representative(self, call: Call, **payload: Any) -> Row:
        data = forms.MeetRepresentative.parse(payload)
        return self._representative(call, exchange.meet_representative(call, self.deps, **data))

    @rpc
    def open_circle(self, call: Call, **payload: Any) -> Row:
        data = forms.OpenCircle.parse(payload)
        return self._circle(call, circles.open_circle(call, self.deps, **data))

    @rpc
    def set_circle_members(self, call: Call, **payload: Any) -> Row:
        data = forms.SetCircleMembers.parse(payload)
        return self._circle(call, circles.set_circle_members(call, self.deps, **data))

    @rpc
    def close_circle(self, call: Call, **payload: Any) -> Row:
        data = forms.OfCircle.parse(payload)
        return self._circle(call, circles.close_circle(call, self.deps, **data))

    @rpc
    def join_circle(self, call: Call, **payload: Any) -> Row:
        data = forms.OfCircle.parse(payload)
        return self._circle(call, circles.join_circle(call, self.deps, **data))

    @rpc
    def leave_circle(self, call: Call, **payload: Any) -> Row:
        data = forms.OfCircle.parse(payload)
        return self._circle(call, circles.leave_circle(call, self.deps, **data))

    @rpc
    def write_post(self, call: Call, **payload: Any) -> Row:
        data = forms.WritePost.parse(payload)
        return {"id": circles.write_post(call, self.deps, **data)}

    @rpc
    def remove_post(self, call: Call, **payload: Any) -> Row:
        data = forms.RemovePost.parse(payload)
        return {"id": circles.remove_post(call, self.deps, **data)}

    @read
    def list_exchanges(self, call: Call, **payload: Any) -> Row:
        return reads.list_exchanges(call, self.deps, **forms.ListExchanges.parse(payload))

    @read
    def count_exchanges(self, call: Call, **payload: Any) -> int:
        return reads.count_exchanges(call, self.deps, **forms.CountExchanges.parse(payload))

    @read
    def exchanges_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.exchanges_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_representatives(self, call: Call, **payload: Any) -> Row:
        return reads.list_representatives(
            call, self.deps, **forms.ListRepresentatives.parse(payload)
        )

    @read
    def count_representatives(self, call: Call, **payload: Any) -> int:
        return reads.count_representatives(
            call, self.deps, **forms.CountRepresentatives.parse(payload)
        )

    @read
    def representatives_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.representatives_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_circles(self, call: Call, **payload: Any) -> Row:
        return reads.list_circles(call, self.deps, **forms.ListCircles.parse(payload))

    @read
    def count_circles(self, call: Call, **payload: Any) -> int:
        return reads.count_circles(call, self.deps, **forms.CountCircles.parse(payload))

    @read
    def circles_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.circles_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_posts(self, call: Call, **payload: Any) -> Row:
        return reads.list_posts(call, self.deps, **forms.ListPosts.parse(payload))

    @read
    def count_posts(self, call: Call, **payload: Any) -> int:
        return reads.count_posts(call, self.deps, **forms.CountPosts.parse(payload))

    @read
    def exchange_notes(self, call: Call, **payload: Any) -> Row:
        return reads.exchange_notes(call, self.deps, **forms.OfExchange.parse(payload))

    @read
    def representative_details(self, call: Call, **payload: Any) -> Row:
        return reads.representative_details(
            call, self.deps, **forms.OfRepresentative.parse(payload)
        )

    def _exchange(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.exchanges_by_ids, record_id)

    def _representative(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.representatives_by_ids, record_id)

    def _circle(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.circles_by_ids, record_id)
