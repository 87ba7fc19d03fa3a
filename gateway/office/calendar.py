"""`GET /calendar/<token>.ics`: a member's meetings and activities, for whoever has it (RFC 5545).

Calendars on phones have no account: the address itself is the secret, and can be revoked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from gateway.office.loaders import SERVICE
from gateway.responses import TEXT, Response, json_response
from gateway.rpc import RpcClient
from shared.actor import ServiceTokens, TokenSigner
from shared.errors import AppError, InvalidInput, NotFound
from shared.ids import new_id

PREFIX, SUFFIX = "/calendar/", ".ics"
KIND = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=1)
PRODUCER = "-//Smart CPPCC//meetings//ZH"
Row = dict[str, Any]


def serves(path: str) -> bool:
    return path.startswith(PREFIX) and path.endswith(SUFFIX)


class Feeds:
    """Calendars of members: the office's meetings, and the activities that they signed up for."""

    def __init__(self, rpc: RpcClient, keys_dir: Path) -> None:
        self._rpc = rpc
        self._keys_dir = keys_dir

    async def feed(self, path: str) -> Response:
        """The calendar; 404 for an address that is not ours or was revoked.

        503 without a service: a calendar that lacked a part would lose it on the phone.
        """
        token = path.removeprefix(PREFIX).removesuffix(SUFFIX)
        try:
            owners = await self._ask(SERVICE, "feed_owners", own=True, token=token)
            meetings, activities = await asyncio.gather(
                self._ask(SERVICE, "calendar", token=token),
                self._ask("liaison", "member_calendar", own=True, member_ids=owners),
            )
        except (NotFound, InvalidInput) as error:
            return Response(404, f"{error}\n".encode(), TEXT)
        except AppError as error:
            return json_response(503, {"code": error.code})
        return Response(200, written([*meetings, *map(_of_activity, activities)]), KIND)

    def _ask(
        self, service: str, method: str, own: bool = False, **kwargs: Any
    ) -> asyncio.Future[Any]:
        """own: as the gateway itself, for what it alone may ask."""
        return self._rpc.send(
            service,
            method,
            orjson.dumps({"args": [], "kwargs": kwargs}),
            token=self._tokens.current() if own else None,
            correlation_id=new_id(),
        )

    @cached_property
    def _tokens(self) -> ServiceTokens:
        return ServiceTokens(TokenSigner.load(self._keys_dir, "gateway"))


def _of_activity(row: Row) -> Row:
    """As a meeting; each move is another notice."""
    return {**row, "ends_at": row["ends_at"] or row["held_at"], "notices": row["moves"] + 1}


def written(rows: Iterable[Row]) -> bytes:
    """Meetings and activities; a moved one keeps its UID and raises its SEQUENCE."""
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
