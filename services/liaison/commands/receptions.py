"""Visitors: bookings and leads of the public, receptions by members, what they are turned into."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Unpack

from services.liaison.commands import access
from services.liaison.commands.changing import change, found
from services.liaison.commands.homes import starts_at
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.homes import Home, HomeState
from services.liaison.domain.leads import Lead, Origin
from services.liaison.domain.receptions import (
    Booking,
    BookingState,
    Channel,
    Reception,
    Visitor,
)
from services.liaison.schemas import common
from services.liaison.schemas import receptions as form
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import TopicCodes
from shared.organisers import organisation_of
from shared.persistence.changing import apart, create

Row = dict[str, Any]
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no letter that reads like a figure
CODE_LENGTH = 12  # 60 bits
FARTHEST = timedelta(days=60)
REMEMBERED = timedelta(days=2)


@allow(*access.RECEIVE)
@command("recordReception", answers=form.RECEPTION)
def record_reception(
    call: Call,
    desk: Desk,
    *,
    home_id: common.HomeId,
    at: form.At | None,
    booking_id: form.BookingId | None,
    matter: form.Matter,
    topic: common.Topic,
    topic_codes: TopicCodes,
    **visitor: Unpack[form.VisitorData],
) -> str:
    """记录接待（值班委员、召集人、工委）。Write down a reception.

    By whoever is on duty that day, the convener, or the town. Raises NotOnDuty, ConsentMissing,
    WrongState for a home that is not open, TopicUnfit.
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
            topic_codes=desk.topics.choose(topic_codes, now),
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
@command("forwardReception", answers=form.RECEPTION)
def forward_reception(
    call: Call,
    desk: Desk,
    *,
    reception_id: form.ReceptionId,
    to: common.ForwardedTo,
    topic: common.DossierTopic,
    title: common.Title,
    text: common.LeadText,
) -> str:
    """转办接待事项。Turn the matter into a lead.

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
            due_at=at + timedelta(days=desk.setting("lead_days")),
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
@command("answerReception", answers=form.RECEPTION)
def answer_reception(
    call: Call, desk: Desk, *, reception_id: form.ReceptionId, answer: common.AnswerText
) -> str:
    """直接答复来访人。Answer the visitor at once."""
    return _host(call, desk, reception_id, lambda reception, _: reception.reply(answer))


@allow(*access.RECEIVE)
@command("closeReception", answers=form.RECEPTION)
def close_reception(call: Call, desk: Desk, *, reception_id: form.ReceptionId) -> str:
    """办结接待事项。Close the matter."""
    return _host(call, desk, reception_id, lambda reception, _: reception.close())


@allow(*Role)
@command("leaveHomeLead", answers=form.CODE)
def leave_lead(
    call: Call,
    desk: Desk,
    *,
    home_id: common.HomeId,
    matter: form.LeftMatter,
    topic: common.Topic,
    client: common.Client,
    **visitor: Unpack[form.OwnData],
) -> str:
    """给委员之家留言，无须登录。Leave a lead, without signing in.

    The code alone: what was left is the home's. Raises TooMany, ConsentMissing.
    """

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

    return dashed(found(desk.receptions, create(call, desk, desk.receptions, make)).code)


@allow(*Role)
@command("bookHomeVisit", answers=(form.CODE, form.STARTS_AT))
def book_visit(
    call: Call,
    desk: Desk,
    *,
    home_id: common.HomeId,
    on: form.VisitDay,
    matter: form.VisitMatter,
    client: common.Client,
    **visitor: Unpack[form.OwnData],
) -> Row:
    """预约到委员之家反映情况，无须登录。Book a visit, without signing in.

    Of a day on which the home is open. Without an account there are fewer places, and one of a day
    for each client and phone; the home's town gives the others to who calls, as many as there are.
    Raises BookingUnfit, TooMany, ConsentMissing.
    """

    def make(at: datetime) -> Booking:
        home = _open_home(desk, home_id)
        begins = starts_at(home, on)
        if not home.hours_on(on) or not at < begins <= at + FARTHEST:
            raise errors.BookingUnfit(field="on")
        day = {"home_id": home_id, "on": on.isoformat(), "state": BookingState.BOOKED.value}
        places = "bookings_online" if call.actor.role is Role.PUBLIC else "bookings_a_day"
        if desk.bookings.count(day) >= min(desk.setting(places), desk.setting("bookings_a_day")):
            raise errors.BookingUnfit("当日预约已满，可致电委员之家或留言", field="on")
        hosts = organisation_of(call.actor) == home.town
        if not hosts:
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
        if not hosts:
            _take_place(call, desk, client, booking)
        return booking

    booked = found(desk.bookings, create(call, desk, desk.bookings, make))
    return {"code": dashed(booked.code), "starts_at": booked.starts_at}


@allow(*Role)
@command("cancelHomeVisit", answers=form.CANCELLED)
def cancel_booking(call: Call, desk: Desk, *, code: form.Code, client: common.Client) -> bool:
    """凭查询码取消预约。Cancel a booking by its code."""
    _limit(call, desk, client, "code", "code_looks_a_day")
    held = desk.bookings.find({"code": normal(code)}, [("_id", 1)])
    if not held:
        raise errors.LiaisonNotFound
    change(call, desk, desk.bookings, held[0].id, lambda booking, _: booking.cancel())
    return True


@allow(*access.RECEIVE)
@command("noteHomeVisitMissed", answers=form.BOOKING)
def miss_booking(call: Call, desk: Desk, *, booking_id: form.MissedBookingId) -> str:
    """登记预约群众未到（当日值班委员、召集人、工委）。The visitor who booked did not come.

    Raises NotOnDuty, BookingUnfit before the hour.
    """

    def act(booking: Booking, at: datetime) -> None:
        _on_duty(call, desk, found(desk.homes, booking.home_id), booking.starts_at)
        booking.miss(at)

    return change(call, desk, desk.bookings, booking_id, act)


def require_host(call: Call, reception: Reception) -> None:
    """Raises Forbidden: for who received the visitor, and the home's town."""
    mine = call.actor.self_among(reception.on_duty)
    recorded = call.actor.account_id == reception.recorded_by
    if not (mine or recorded or organisation_of(call.actor) == reception.town):
        raise Forbidden("只有接待人和所在镇（街道）工委可以办理")


def count_look(call: Call, desk: Desk, client: str) -> None:
    """Looking a code up is limited too, so that nobody tries them out. Raises TooMany."""
    _limit(call, desk, client, "code", "code_looks_a_day")


def normal(code: str) -> str:
    """As people type it: with dashes or blanks, in small letters."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def dashed(code: str) -> str:
    """As it is printed: ABCD-EFGH-JKLM."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _host(call: Call, desk: Desk, reception_id: str, act: Any) -> str:
    def step(reception: Reception, at: datetime) -> None:
        require_host(call, reception)
        act(reception, at)

    return change(call, desk, desk.receptions, reception_id, step)


def _on_duty(call: Call, desk: Desk, home: Home, when: datetime) -> tuple[str, ...]:
    """Whom the visitor met: the day's member on duty; a convener counts for oneself."""
    duty = desk.duties.get(f"{home.id}:{when.astimezone(SHANGHAI).date().isoformat()}")
    planned = (duty.member_id,) if duty is not None and duty.state.value != "CANCELLED" else ()
    if organisation_of(call.actor) == home.town or call.actor.self_among(planned):
        return planned
    if call.actor.role is Role.SECTOR_CONVENER and call.actor.member_id is not None:
        return (call.actor.member_id,)
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


def _take_place(call: Call, desk: Desk, client: str, booking: Booking) -> None:
    """One of a home's day for a client, and for a phone, whoever calls from it.

    The rows are there until that day, so they are kept under digests: nobody reads off them which
    days one client has booked.
    """
    until = desk.clock.real() + (booking.starts_at - desk.clock.now()) + REMEMBERED
    for who in filter(None, (call.actor.account_id or client, booking.visitor.phone)):
        place = f"{booking.home_id}:{booking.on}:{who}"
        count = desk.visits.count(sha256(place.encode()).hexdigest(), "place", booking.on, until)
        if count > desk.setting("bookings_of_a_client"):
            raise errors.TooMany("您已预约当日，更多人来访请致电委员之家", field="on")


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
