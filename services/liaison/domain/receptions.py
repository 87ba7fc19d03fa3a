"""Visitors of a Members' Home: bookings, receptions, what the visitor may know of the matter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.liaison.domain import errors
from services.liaison.domain.leads import Target
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class Channel(Labelled, name="ReceptionChannel"):
    """接待渠道。How a visitor came."""

    VISIT = "VISIT", "来访", "A visit"
    ONLINE = "ONLINE", "网上留言", "Left online"  # a lead that the visitor left without coming


class ReceptionState(Labelled):
    """接待事项状态。State of a reception."""

    RECEIVED = "RECEIVED", "已接待", "Received"
    FORWARDED = "FORWARDED", "已转办", "Forwarded"
    ANSWERED = "ANSWERED", "已答复", "Answered"
    CLOSED = "CLOSED", "已办结", "Closed"


class BookingState(Labelled):
    """预约状态。State of a booking."""

    BOOKED = "BOOKED", "已预约", "Booked"
    RECEIVED = "RECEIVED", "已接待", "Received"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"
    MISSED = "MISSED", "未到", "The visitor did not come"  # the visitor did not come


R = ReceptionState
B = BookingState
# All that a visitor's code shows (2.9, AC-24).
SHOWN: Mapping[str, str] = {
    R.RECEIVED: "RECEIVED",
    R.FORWARDED: "FORWARDED",
    R.ANSWERED: "ANSWERED",
    R.CLOSED: "ANSWERED",
    B.BOOKED: "BOOKED",
    B.CANCELLED: "CANCELLED",
    B.MISSED: "CANCELLED",
}


@dataclass(frozen=True)
class Visitor:
    """Personal data, kept with consent only."""

    name: str = ""
    phone: str = ""
    consent: bool = False

    def check(self) -> None:
        """Raises ConsentMissing."""
        if (self.name or self.phone) and not self.consent:
            raise errors.ConsentMissing(field="consent")


@dataclass
class Reception(Aggregate):
    """on_duty: member ids of whom the visitor met, none for a lead left online.

    code: what the visitor holds; topic: of the dossier that the matter belongs to.
    """

    id: str
    term: int
    year: int
    home_id: str
    home_name: str
    town: str
    channel: Channel
    at: datetime
    matter: str
    topic: str
    visitor: Visitor
    code: str
    on_duty: tuple[str, ...] = ()
    booking_id: str | None = None
    recorded_by: str | None = None  # account; none for a visitor's own lead
    state: ReceptionState = R.RECEIVED
    leads: dict[str, str] = field(default_factory=dict)  # target → lead id
    answer: str | None = None
    topic_codes: tuple[str, ...] = ()  # of the taxonomy

    @property
    def organiser(self) -> str:
        return self.town

    def record(self) -> None:
        """Raises ConsentMissing. A lead left online is told to the town, a visit is counted."""
        self.visitor.check()
        if self.channel is Channel.VISIT:
            self.tell(names.HOME_RECEPTION_RECORDED, on_duty=list(self.on_duty))
        else:
            self.tell(names.HOME_LEAD_LEFT, home=self.home_name)

    def forward(self, to: Target, lead_id: str) -> None:
        """Each way once."""
        self._require({R.RECEIVED, R.FORWARDED})
        if to.value in self.leads:
            raise errors.LeadForwarded(field="to")
        self.leads = {**self.leads, to.value: lead_id}
        self.state = R.FORWARDED

    def reply(self, answer: str) -> None:
        """By who received the visitor."""
        self._require({R.RECEIVED, R.FORWARDED})
        self.state, self.answer = R.ANSWERED, answer
        self.tell(names.HOME_RECEPTION_ANSWERED)

    def take_answer(self, answer: str) -> None:
        """What came back of a lead: the first answers the visitor, further ones are added."""
        if self.state in (R.RECEIVED, R.FORWARDED):
            self.reply(answer)
        else:
            self.answer = f"{self.answer}\n{answer}"

    def close(self) -> None:
        self._require({R.ANSWERED})
        self.state = R.CLOSED

    def header(self) -> dict[str, Any]:
        return {"reception_id": self.id, "home_id": self.home_id, "town": self.town}

    def _require(self, states: Collection[ReceptionState]) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)


@dataclass
class Booking(Aggregate):
    """on: "2017-03-15", a day on which the home is open."""

    id: str
    term: int
    home_id: str
    home_name: str
    town: str
    on: str
    starts_at: datetime
    matter: str
    visitor: Visitor
    code: str
    state: BookingState = B.BOOKED
    booked_at: datetime | None = None

    @property
    def organiser(self) -> str:
        return self.town

    def book(self) -> None:
        self.visitor.check()
        self.tell(names.HOME_BOOKED, held_at=self.starts_at)

    def receive(self) -> None:
        self._end(B.RECEIVED)

    def cancel(self) -> None:
        """By the visitor, or because the home is closed."""
        self._end(B.CANCELLED)

    def miss(self, at: datetime) -> None:
        """The visitor did not come, as who was there says. Raises BookingUnfit before the hour."""
        if at < self.starts_at:
            raise errors.BookingUnfit("预约时间未到")
        self._end(B.MISSED)

    def _end(self, state: BookingState) -> None:
        if self.state is not B.BOOKED:
            raise errors.WrongState.of(self.state)
        self.state = state
        self.tell(names.HOME_BOOKING_ENDED, state=state.value)

    def header(self) -> dict[str, Any]:
        home = {"home_id": self.home_id, "home": self.home_name, "town": self.town}
        return {"booking_id": self.id, **home}
