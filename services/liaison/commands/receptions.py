"""Visitors: bookings and leads of the public, receptions by members, what they are turned into."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from services.liaison.commands import access
from services.liaison.commands.changing import apart, change, create, found
from services.liaison.commands.homes import starts_at
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.homes import Home, HomeState
from services.liaison.domain.leads import Lead, Origin, Target
from services.liaison.domain.receptions import (
    Booking,
    BookingState,
    Channel,
    Reception,
    Visitor,
)
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.organisers import organisation_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no letter that reads like a figure
CODE_LENGTH = 12  # 60 bits
FARTHEST = timedelta(days=60)
REMEMBERED = timedelta(days=2)


@allow(*access.RECEIVE)
def record_reception(
    call: Call,
    desk: Desk,
    *,
    home_id: str,
    at: datetime | None,
    booking_id: str | None,
    matter: str,
    topic: str,
    **visitor: Any,
) -> str:
    """By whoever is on duty that day, the convener, or the town; its id.

    Raises NotOnDuty, ConsentMissing, WrongState for a home that is not open.
    """

    def once() -> str:
        now = desk.clock.now()
        when = at or now
        home = found(desk.homes, home_id)
        if home.state is not HomeState.OPEN:
            raise errors.WrongState("委员之家未开放")
        if when > now:
            raise errors.BookingUnfit("接待时间不能晚于现在", field="at")
        on_duty = _on_duty(call, desk, home, when)
        booking = found(desk.bookings, booking_id) if booking_id else None
        reception = Reception(
            id=new_id(),
            term=home.term,
            year=when.astimezone(SHANGHAI).year,
            home_id=home_id,
            home_name=home.name,
            town=home.town,
            channel=Channel.VISIT,
            at=when,
            matter=matter,
            topic=topic,
            visitor=Visitor(**visitor),
            code=booking.code if booking else _code(),
            on_duty=on_duty,
            booking_id=booking_id,
            recorded_by=access.account(call.actor),
        )
        reception.record()

        def write(session: Any) -> None:
            if booking is not None:
                if booking.home_id != home_id:
                    raise errors.BookingUnfit("该预约不属于此委员之家", field="bookingId")
                booking.receive()
                desk.bookings.save(apart(call), booking, now, session)
            desk.receptions.add(call, reception, now, session)

        desk.receptions.in_transaction(write)
        return reception.id

    return desk.receptions.run(call, once)


@allow(*access.RECEIVE)
def forward_reception(
    call: Call,
    desk: Desk,
    *,
    reception_id: str,
    to: Target,
    topic: str,
    title: str,
    text: str,
) -> str:
    """Turn the matter into a lead, in words without personal data; the reception's id.

    Raises LeadForwarded where it was forwarded there already.
    """

    def once() -> str:
        at = desk.clock.now()
        reception = found(desk.receptions, reception_id)
        require_host(call, reception)
        lead = Lead(
            id=new_id(),
            term=reception.term,
            to=to,
            origin=Origin.RECEPTION,
            source_id=reception_id,
            source_no=0,
            home_id=reception.home_id,
            town=reception.town,
            topic=topic or reception.topic,
            title=title,
            text=text,
            by=call.actor.member_id,
            forwarded_at=at,
        )
        reception.forward(to, lead.id)
        lead.forward()

        def write(session: Any) -> None:
            desk.receptions.save(call, reception, at, session)
            desk.leads.add(apart(call), lead, at, session)

        desk.receptions.in_transaction(write)
        return reception_id

    return desk.receptions.run(call, once)


@allow(*access.RECEIVE)
def answer_reception(call: Call, desk: Desk, *, reception_id: str, answer: str) -> str:
    """At once, without forwarding it."""
    return _host(call, desk, reception_id, lambda reception, _: reception.reply(answer))


@allow(*access.RECEIVE)
def close_reception(call: Call, desk: Desk, *, reception_id: str) -> str:
    return _host(call, desk, reception_id, lambda reception, _: reception.close())


@allow(*Role)
def leave_lead(
    call: Call, desk: Desk, *, home_id: str, matter: str, topic: str, client: str, **visitor: Any
) -> str:
    """A visitor's matter without a visit; the reception's id. Raises TooMany, ConsentMissing."""

    def make(at: datetime) -> Reception:
        home = _open_home(desk, home_id)
        _limit(call, desk, client, "lead")
        reception = Reception(
            id=new_id(),
            term=home.term,
            year=at.astimezone(SHANGHAI).year,
            home_id=home_id,
            home_name=home.name,
            town=home.town,
            channel=Channel.ONLINE,
            at=at,
            matter=matter,
            topic=topic,
            visitor=Visitor(**visitor),
            code=_code(),
        )
        reception.record()
        return reception

    return create(call, desk, desk.receptions, make)


@allow(*Role)
def book_visit(
    call: Call, desk: Desk, *, home_id: str, on: date, matter: str, client: str, **visitor: Any
) -> str:
    """Book a day on which the home is open; the booking's id.

    Raises BookingUnfit, TooMany, ConsentMissing.
    """

    def make(at: datetime) -> Booking:
        home = _open_home(desk, home_id)
        begins = starts_at(home, on)
        if not home.hours_on(on) or not at < begins <= at + FARTHEST:
            raise errors.BookingUnfit(field="on")
        day = {"home_id": home_id, "on": on.isoformat(), "state": BookingState.BOOKED.value}
        if desk.bookings.count(day) >= desk.setting("bookings_a_day"):
            raise errors.BookingUnfit("当日预约已满", field="on")
        _limit(call, desk, client, "booking")
        booking = Booking(
            id=new_id(),
            term=home.term,
            home_id=home_id,
            home_name=home.name,
            town=home.town,
            on=on.isoformat(),
            starts_at=begins,
            matter=matter,
            visitor=Visitor(**visitor),
            code=_code(),
            booked_at=at,
        )
        booking.book()
        return booking

    return create(call, desk, desk.bookings, make)


@allow(*Role)
def cancel_booking(call: Call, desk: Desk, *, code: str, client: str) -> str:
    """By whoever holds the code."""
    _limit(call, desk, client, "code", "code_looks_a_day")
    held = desk.bookings.find({"code": normal(code)}, [("_id", 1)])
    if not held:
        raise errors.LiaisonNotFound
    return change(call, desk, desk.bookings, held[0].id, lambda booking, _: booking.cancel())


@allow(*access.RECEIVE)
def miss_booking(call: Call, desk: Desk, *, booking_id: str) -> str:
    """The visitor did not come; its id. Raises NotOnDuty, BookingUnfit before the hour."""

    def act(booking: Booking, at: datetime) -> None:
        _on_duty(call, desk, found(desk.homes, booking.home_id), booking.starts_at)
        booking.miss(at)

    return change(call, desk, desk.bookings, booking_id, act)


def require_host(call: Call, reception: Reception) -> None:
    """Raises Forbidden: for who received the visitor, and the home's town."""
    mine = call.actor.member_id in reception.on_duty
    recorded = call.actor.account_id == reception.recorded_by
    if not (mine or recorded or organisation_of(call.actor) == reception.town):
        raise Forbidden("只有接待人和所在镇（街道）工委可以办理")


def count_look(call: Call, desk: Desk, client: str) -> None:
    """Looking a code up is limited too, so that nobody tries them out. Raises TooMany."""
    _limit(call, desk, client, "code", "code_looks_a_day")


def normal(code: str) -> str:
    """As people type it: with dashes or blanks, in small letters."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def _host(call: Call, desk: Desk, reception_id: str, act: Any) -> str:
    def step(reception: Reception, at: datetime) -> None:
        require_host(call, reception)
        act(reception, at)

    return change(call, desk, desk.receptions, reception_id, step)


def _on_duty(call: Call, desk: Desk, home: Home, when: datetime) -> tuple[str, ...]:
    """Whom the visitor met: the day's member on duty; a convener counts for oneself."""
    duty = desk.duties.get(f"{home.id}:{when.astimezone(SHANGHAI).date().isoformat()}")
    planned = (duty.member_id,) if duty is not None and duty.state.value != "CANCELLED" else ()
    me = call.actor.member_id
    if organisation_of(call.actor) == home.town or me in planned:
        return planned
    if call.actor.role is Role.SECTOR_CONVENER and me is not None:
        return (me,)
    raise errors.NotOnDuty


def _open_home(desk: Desk, home_id: str) -> Home:
    home = found(desk.homes, home_id)
    if home.state is not HomeState.OPEN:
        raise errors.BookingUnfit("委员之家未开放", field="homeId")
    return home


def _limit(
    call: Call, desk: Desk, client: str, purpose: str, setting: str = "public_a_day"
) -> None:
    """Count one more of today's; accounts are counted as such, others by their client."""
    key = call.actor.account_id or client
    at = desk.clock.now()
    day = at.astimezone(SHANGHAI).date().isoformat()
    count = desk.visits.count(key, purpose, day, desk.clock.real() + REMEMBERED)
    if count > desk.setting(setting):
        raise errors.TooMany


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
