"""The event envelope: CloudEvents 1.0 in JSON, with the project's extension attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from shared.call import Call
from shared.errors import InvalidInput

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True)
class Event:
    """A published fact.

    `version` is the aggregate's version that the write produced, `time` the real time of the
    write, `data["occurred_on"]` domain time. `replay` is the id of the replay that
    it is sent for, set by delivery.
    """

    id: str
    type: str
    source: str  # the service that owns the fact
    subject: str  # the aggregate's id
    data: dict[str, Any]
    time: str
    version: int
    actor: Mapping[str, Any]  # {"account", "role", "person"?, "member"?}
    term: int
    year: int
    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None  # CloudEvents distributed tracing: the span that recorded it
    replay: str | None = field(default=None, compare=False)

    @property
    def replayed(self) -> bool:
        return self.replay is not None

    @property
    def occurred_on(self) -> datetime:
        return datetime.fromisoformat(self.data["occurred_on"])

    def call(self, service: str) -> Call:
        """The context for what `service` does because of this event."""
        return Call.system(service, self.correlation_id, causation_id=self.id)

    def to_document(self) -> dict[str, Any]:
        """The CloudEvents object, as it stands in pending_events, event_log and on the wire."""
        return {
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "specversion": SPEC_VERSION,
            "time": self.time,
            "subject": self.subject,
            "datacontenttype": "application/json",
            "aggregateversion": self.version,
            "actor": dict(self.actor),
            "term": self.term,
            "year": self.year,
            "correlationid": self.correlation_id,
            "causationid": self.causation_id,
            **({"traceparent": self.traceparent} if self.traceparent else {}),
            "data": self.data,
        }


def from_document(document: Mapping[str, Any], *, replay: str | None = None) -> Event:
    """The Event of a CloudEvents object; raises InvalidInput if an attribute is missing."""
    try:
        if document["specversion"] != SPEC_VERSION or not isinstance(document["data"], dict):
            raise InvalidInput("事件格式不符合 CloudEvents 1.0")
        return Event(
            id=str(document["id"]),
            type=str(document["type"]),
            source=str(document["source"]),
            subject=str(document["subject"]),
            data=document["data"],
            time=str(document["time"]),
            version=int(document["aggregateversion"]),
            actor=document["actor"],
            term=int(document["term"]),
            year=int(document["year"]),
            correlation_id=str(document["correlationid"]),
            causation_id=document.get("causationid"),
            traceparent=document.get("traceparent"),
            replay=replay,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(f"事件缺少必要属性：{error!r}") from error


def parse(body: bytes, *, replay: str | None = None) -> Event:
    """The Event of a message body; raises InvalidInput for anything that is not one."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidInput("事件不是有效的 JSON") from error
    if not isinstance(document, dict):
        raise InvalidInput("事件不是 JSON 对象")
    return from_document(document, replay=replay)


def dump(document: Mapping[str, Any]) -> bytes:
    """The message body of a CloudEvents object."""
    return orjson.dumps(document)
