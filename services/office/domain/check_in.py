"""Check-in: a signed, short-lived code on a screen, staff, a seat device, or a list off line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from services.office.domain import meeting_errors as errors
from services.office.domain.half_days import SHANGHAI
from shared.labels import Labelled

USE = "check-in"


class Way(StrEnum):
    CODE = "CODE"
    STAFF = "STAFF"
    SEAT_DEVICE = "SEAT_DEVICE"
    OFFLINE = "OFFLINE"
    TOLD = "TOLD"  # by the service that planned the meeting


class NotedWay(Labelled, name="CheckInWay"):
    """代为签到的方式。How others note who came."""

    STAFF = "STAFF", "工作人员登记", "By staff"
    SEAT_DEVICE = "SEAT_DEVICE", "座席签到", "By a device at the seat"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One member at one half-day; it is the same however often it is told."""

    meeting_id: str
    member_id: str
    half_day: int
    at: datetime
    way: Way
    remote: bool
    by: str | None  # account of who noted it; none: the member's own phone

    @property
    def id(self) -> str:
        return f"{self.meeting_id}:{self.half_day}:{self.member_id}"


def fits(at: datetime, begins: datetime, now: datetime) -> bool:
    """Whether a device can have seen somebody then: from the half-day's date on, and not later.

    The clock of a device may be wrong; the earliest time told stands, so a wrong one would.
    """
    day = datetime.combine(begins.astimezone(SHANGHAI).date(), time(), SHANGHAI)
    return day <= at <= now


def code_claims(meeting_id: str, half_day: int, until: float) -> dict[str, Any]:
    """What a code says; until: epoch seconds of real time."""
    return {"use": USE, "meeting": meeting_id, "half_day": half_day, "until": until}


def read_code(claims: Mapping[str, Any], now: float) -> tuple[str, int]:
    """(meeting, half-day) of a code that we signed; raises CodeInvalid when it is too old."""
    if claims.get("use") != USE or claims["until"] < now:
        raise errors.CodeInvalid
    return claims["meeting"], claims["half_day"]


def warnings(
    strange: Sequence[int],
    unfit: Sequence[int],
    uninvited: Sequence[str],
    unconfirmed: Sequence[str],
) -> list[dict[str, Any]]:
    """What the organiser should look at: [{"text", "members"}] in the order of the list.

    strange, unfit: lines, from 1, that are not taken; the others: members who came by the list.
    """
    lines = [
        (strange, "不是委员，未登记"),
        (unfit, "时间不合理，未登记"),
    ]
    people = [
        (uninvited, "人未被邀请，按列席登记，不计出席率和积分"),
        (unconfirmed, "人在出席确认时未计，请更正出席记录"),
    ]
    return [
        *(
            {"text": f"第{'、'.join(map(str, numbers))}行{said}", "members": []}
            for numbers, said in lines
            if numbers
        ),
        *({"text": f"{len(ids)}{said}", "members": list(ids)} for ids, said in people if ids),
    ]
