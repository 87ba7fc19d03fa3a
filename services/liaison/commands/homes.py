"""Members' Homes, run by their town; the rota and its confirmed days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Unpack

from services.liaison.commands import access
from services.liaison.commands.changing import found, own
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.activities import point
from services.liaison.domain.homes import Duty, DutyState, Home, Hours
from services.liaison.domain.receptions import BookingState
from services.liaison.schemas import common
from services.liaison.schemas import homes as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import (
    apart,
    create,
    require_version,
    save_unless_lost,
    unless_stale,
)

Row = dict[str, Any]
BY_ID = [("_id", 1)]


@allow(*access.TOWNS)
@command("writeMembersHome", answers=form.HOME)
def write_home(
    call: Call,
    desk: Desk,
    *,
    home_id: form.EnteredId | None,
    hours: form.Hours,
    expected_version: ExpectedVersion | None = None,
    **written: Unpack[form.Wall],
) -> str:
    """登记或修改本镇（街道）的委员之家。Enter a home of one's own town, or change it.

    Raises HomeUnfit.
    """
    said: Row = {
        **written,
        "hours": tuple(Hours(**row) for row in hours),
        "location": point(written["location"]),
    }
    _require_members(desk, said["members"])
    if home_id is not None:
        write = unless_stale(expected_version, lambda home, _: home.write(**said))
        return own(call, desk, desk.homes, home_id, write)
    town = str(access.stands_for(call.actor))

    def make(_: datetime) -> Home:
        home = Home(id=new_id(), term=desk.members.current_term(), town=town, **said)
        home.write()
        return home

    return create(call, desk, desk.homes, make)


@allow(*access.TOWNS)
@command("openMembersHome", answers=form.HOME)
def open_home(call: Call, desk: Desk, *, home_id: common.HomeId) -> str:
    """开放或恢复委员之家。Open a home, or open it again.

    Raises HomeUnfit while the wall is incomplete.
    """
    return own(call, desk, desk.homes, home_id, lambda home, _: home.open())


@allow(*access.TOWNS)
@command("suspendMembersHome", answers=form.HOME)
def suspend_home(call: Call, desk: Desk, *, home_id: common.HomeId, reason: common.Reason) -> str:
    """暂停委员之家。Suspend a home."""
    return own(call, desk, desk.homes, home_id, lambda home, _: home.suspend(reason))


@allow(*access.TOWNS)
@command("closeMembersHome", answers=form.HOME)
def close_home(call: Call, desk: Desk, *, home_id: common.HomeId, reason: common.Reason) -> str:
    """关闭委员之家。Close a home.

    For good: nobody is on duty there any more, and visitors' bookings are cancelled.
    """

    def once() -> str:
        at = desk.clock.now()
        home = found(desk.homes, home_id)
        access.require_own(call.actor, home.organiser)
        home.close(reason)
        booked = {"home_id": home_id, "state": BookingState.BOOKED.value}
        planned = {"home_id": home_id, "state": DutyState.PLANNED.value, "starts_at": {"$gt": at}}
        bookings = desk.bookings.find(booked, BY_ID)
        for booking in bookings:
            booking.cancel()
        duties = desk.duties.find(planned, BY_ID)
        for duty in duties:
            duty.cancel()

        def write(session: Any) -> None:
            desk.homes.save(call, home, at, session)
            for booking in bookings:
                desk.bookings.save(apart(call), booking, at, session)
            for duty in duties:
                desk.duties.save(apart(call), duty, at, session)

        desk.homes.in_transaction(write)
        return home_id

    return desk.homes.run(call, once)


@allow(*access.TOWNS)
@command("setHomeRota", answers=form.HOME)
def set_rota(
    call: Call,
    desk: Desk,
    *,
    home_id: common.HomeId,
    rows: form.RotaRows,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """安排值班。Say who is on duty when. Raises DutyUnfit, StaleVersion.

    A row without a member cancels its day; days that are not named stay.
    """
    said = {row["on"].isoformat(): row["member_id"] for row in rows}
    if len(said) < len(rows):
        raise errors.DutyUnfit("同一天只能安排一名委员值班", field="rows")
    _require_members(desk, [id for id in said.values() if id])

    def once() -> str:
        at = desk.clock.now()
        home = found(desk.homes, home_id)
        access.require_own(call.actor, home.organiser)
        require_version(home, expected_version)
        known = {duty.on: duty for duty in desk.duties.by_ids(f"{home_id}:{on}" for on in said)}

        def write(session: Any) -> None:
            desk.homes.save(call, home, at, session)
            for on, member_id in said.items():
                _set(apart(call), desk, home, known.get(on), on, member_id, at, session)

        desk.homes.in_transaction(write)
        return home_id

    return desk.homes.run(call, once)


@allow(*access.TOWNS)
@command("confirmHomeDuty", answers=form.DUTY)
def confirm_duty(call: Call, desk: Desk, *, duty_id: form.DutyId, took_part: form.TookPart) -> str:
    """确认值班（镇、街道工委）。Confirm a day on duty.

    The town says that the member was there: one participation for the day (C1).
    """
    by = access.account(call.actor)
    return own(call, desk, desk.duties, duty_id, lambda d, at: d.confirm(took_part, by, at))


@allow(*access.TOWNS)
@command("correctHomeDuty", answers=form.DUTY)
def correct_duty(
    call: Call, desk: Desk, *, duty_id: form.DutyId, took_part: form.TookPart, reason: common.Reason
) -> str:
    """更正值班记录。Correct a day on duty."""
    by = access.account(call.actor)
    return own(call, desk, desk.duties, duty_id, lambda d, at: d.correct(took_part, reason, by, at))


def remind_of_duties(call: Call, desk: Desk) -> None:
    """The timer: once before each day on duty, as the setting says how early."""
    at = desk.clock.now()
    until = at + timedelta(hours=desk.setting("duty_reminder_hours"))
    waiting = {"state": DutyState.PLANNED.value, "reminded": False}
    for duty in desk.duties.find(
        {**waiting, "starts_at": {"$gt": at, "$lte": until}}, [("starts_at", 1)]
    ):
        duty.remind()
        save_unless_lost(call, desk.duties, duty, at)


def ask_confirmations(call: Call, desk: Desk) -> None:
    """The timer: the morning after a day on duty its town is asked once to confirm it."""
    at = desk.clock.now()
    today = datetime.combine(at.astimezone(SHANGHAI).date(), time(), SHANGHAI)
    waiting = {"state": DutyState.PLANNED.value, "asked": {"$ne": True}}
    for duty in desk.duties.find({**waiting, "starts_at": {"$lt": today}}, [("starts_at", 1)]):
        duty.ask_confirmation()
        save_unless_lost(call, desk.duties, duty, at)


def starts_at(home: Home, day: date) -> datetime:
    """When the home opens that day; 09:00 on a day without hours."""
    opening = min((h.opens for h in home.hours if h.weekday == day.isoweekday()), default="09:00")
    return datetime.combine(day, time.fromisoformat(opening), SHANGHAI)


def _set(
    call: Call,
    desk: Desk,
    home: Home,
    duty: Duty | None,
    on: str,
    member_id: str | None,
    at: datetime,
    session: Any,
) -> None:
    begins = starts_at(home, date.fromisoformat(on))
    if begins.date() < at.astimezone(SHANGHAI).date():
        raise errors.DutyUnfit("值班日期已过", field="rows")
    if duty is not None:
        if member_id is None:
            duty.cancel()
        else:
            duty.give_to(member_id)
        desk.duties.save(call, duty, at, session)
    elif member_id is not None:
        duty = Duty(
            id=f"{home.id}:{on}",
            term=home.term,
            year=begins.year,
            home_id=home.id,
            home_name=home.name,
            town=home.town,
            on=on,
            starts_at=begins,
            member_id=member_id,
        )
        duty.plan()
        desk.duties.add(call, duty, at, session)


def _require_members(desk: Desk, members: Any) -> None:
    if set(members) - desk.members.in_office(list(members)):
        raise errors.HomeUnfit("只能安排在任委员", field="members")
