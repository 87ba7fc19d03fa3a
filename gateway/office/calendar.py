"""`GET /calendar/<token>.ics`: a member's meetings as iCalendar (RFC 5545), for whoever has it.

Calendars on phones have no account: the address itself is the secret, and can be revoked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from gateway.office.loaders import SERVICE
from gateway.responses import TEXT, Response, json_response
from gateway.rpc import RpcClient
from shared.errors import AppError, InvalidInput, NotFound
from shared.ids import new_id

PREFIX, SUFFIX = "/calendar/", ".ics"
KIND = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=1)
PRODUCER = "-//Smart CPPCC//meetings//ZH"
Row = dict[str, Any]


def serves(path: str) -> bool:
    return path.startswith(PREFIX) and path.endswith(SUFFIX)


async def feed(rpc: RpcClient, path: str) -> Response:
    """The calendar; 404 for an address that is not ours or was revoked, 503 without the office."""
    token = path.removeprefix(PREFIX).removesuffix(SUFFIX)
    body = orjson.dumps({"args": [], "kwargs": {"token": token}})
    try:
        rows = await rpc.send(SERVICE, "calendar", body, token=None, correlation_id=new_id())
    except (NotFound, InvalidInput) as error:
        return Response(404, f"{error}\n".encode(), TEXT)
    except AppError as error:
        return json_response(503, {"code": error.code})
    return Response(200, written(rows), KIND)


def written(rows: Iterable[Row]) -> bytes:
    """Meetings as an iCalendar; a moved one keeps its UID and raises its SEQUENCE."""
    from icalendar import Calendar  # 8 MB that only gateways with such readers need

    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "政协会议")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for row in rows:
        calendar.add_component(_event(row))
    text: bytes = calendar.to_ical()
    return text


def _event(row: Row) -> Any:
    from icalendar import Event

    cancelled = row["state"] == "CANCELLED"
    event = Event()
    event.add("uid", f"{row['id']}@smart-cppcc")
    event.add("dtstamp", datetime.now(UTC))  # RFC 5545: of this copy; a change shows in sequence
    event.add("dtstart", _moment(row["held_at"]))
    event.add("dtend", _moment(row["ends_at"]))
    event.add("summary", row["title"])
    event.add("location", row["place"])
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("sequence", row["notices"] - (0 if cancelled else 1))
    return event


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
