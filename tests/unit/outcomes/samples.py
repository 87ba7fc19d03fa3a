"""Files, items and facts as tests of the rules begin with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.outcomes.domain import files, items
from services.outcomes.domain.files import OutcomeFile
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import NodeKind, Source
from services.outcomes.domain.nodes import HEARD, Node, key_of
from services.outcomes.domain.settling import Clocks
from shared.clock import SHANGHAI
from shared.contracts import sample_event

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
DUE = datetime(2017, 4, 8, tzinfo=SHANGHAI)  # 60 days: the midnight that ends 7 April
LATER = NOW + timedelta(days=300)
CLOCKS = Clocks(DUE, LATER, NOW + timedelta(days=7), NOW + timedelta(days=60))
STAFF, UNIT = "account-office", "account-unit"
Row = dict[str, Any]


def file(source: Source = Source.CONSULTATION, **changes: Any) -> OutcomeFile:
    said: Row = {
        "id": files.file_id(source, "consultation-1"),
        "term": 15,
        "year": 2017,
        "source": source,
        "ref": "consultation-1",
        "title": "精准开展扶贫工作",
        "organiser": "com-social",
        "organisations": ("com-social",),
        "topic_codes": (),
        "authors": ("m-15-0088",),
        "opened_at": NOW,
        "node": "CONSULTATION:consultation-1",
    }
    return OutcomeFile(**{**said, **changes})


def item(source: Source = Source.CONSULTATION, **changes: Any) -> Item:
    """One that was just sent."""
    said: Row = {
        "id": "item-1",
        "outcome_id": "outcome-1",
        "term": 15,
        "year": 2017,
        "source": source,
        "title": "精准开展扶贫工作",
        "organiser": "com-social",
        "organisations": ("com-social",),
        "topic_codes": (),
        "authors": ("m-15-0088",),
        "text": "建立帮扶台账",
        "sent_at": NOW,
    }
    made = Item(**{**said, **changes})
    items.send(made, DUE, NOW, STAFF)
    return made


def told(record: Any, event_type: str) -> list[Row]:
    return [data for name, data in record.events if name == event_type]


def node(*facts: tuple[str, str, int, Row], kind: NodeKind, ref: str) -> Node:
    """facts: (source, type, version, changes of the sample), in any order."""
    rows = {}
    for source, event_type, version, changes in facts:
        event = sample_event(source, event_type, version=version, **changes)
        key = key_of(event_type, version, event.data, HEARD[source, event_type])
        rows[key] = {
            "type": event_type,
            "version": version,
            "at": event.occurred_on,
            "term": 15,
            "data": event.data,
        }
    return Node.of({"_id": f"{kind.value}:{ref}", "kind": kind.value, "ref": ref, "facts": rows})
