"""The AsyncAPI 3.0 document of all events, generated from the contracts.

`python -m shared.contracts.asyncapi` writes docs/asyncapi.yaml; `--check` exits 1 when the file
differs from what the contracts say.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from shared.contracts import base
from shared.messaging.events import CONTENT_TYPE
from shared.messaging.topology import events_exchange

FILE = Path(__file__).parents[2] / "docs" / "asyncapi.yaml"

ENVELOPE: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0 in JSON, with the project's extension attributes.",
    "properties": {
        "id": {"type": "string"},
        "source": {"type": "string", "description": "the service that owns the fact"},
        "type": {"type": "string"},
        "specversion": {"const": "1.0"},
        "time": {"type": "string", "format": "date-time", "description": "real time"},
        "subject": {"type": "string", "description": "the aggregate's id"},
        "datacontenttype": {"const": "application/json"},
        "aggregateversion": {"type": "integer", "minimum": 1},
        "actor": {"type": "object", "description": "account, role, person, member"},
        "term": {"type": "integer"},
        "year": {"type": "integer"},
        "correlationid": {"type": "string"},
        "causationid": {"type": ["string", "null"]},
        "traceparent": {"type": "string", "description": "W3C trace context, where traces are on"},
    },
}
LIVE = "Told to whoever listens at the moment of the write; neither logged nor told again."
OPTIONAL = {"causationid", "traceparent"}
ENVELOPE["required"] = [name for name in ENVELOPE["properties"] if name not in OPTIONAL]


def document() -> dict[str, Any]:
    """The document as plain data."""
    from apispec import APISpec
    from apispec.ext.marshmallow import MarshmallowPlugin

    spec = APISpec("", "", "3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=_no_reference)])
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Envelope": ENVELOPE}
    for (source, event_type), known in base.published().items():
        name = f"{source}.{event_type}"
        schemas[name] = _resolved(spec, known.schema)
        messages[name] = {
            "name": event_type,
            "title": known.title,
            **({"description": LIVE} if known.live else {}),
            "contentType": CONTENT_TYPE,
            "payload": {
                "allOf": [
                    {"$ref": "#/components/schemas/Envelope"},
                    {
                        "type": "object",
                        "required": ["data"],
                        "properties": {
                            "type": {"const": event_type},
                            "data": {"$ref": f"#/components/schemas/{name}"},
                        },
                    },
                ]
            },
            "examples": [{"name": "sample", "payload": {"type": event_type, "data": known.sample}}],
        }
        channels[name] = {
            "address": event_type,
            "messages": {event_type: {"$ref": f"#/components/messages/{name}"}},
            "bindings": {
                "amqp": {
                    "is": "routingKey",
                    "exchange": {
                        "name": events_exchange(source).name,
                        "type": "topic",
                        "durable": True,
                    },
                }
            },
        }
        operations[f"publish.{name}"] = {
            "action": "send",
            "channel": {"$ref": f"#/channels/{name}"},
            "summary": known.title,
        }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Smart CPPCC events",
            "version": "1.0.0",
            "description": "Generated from shared/contracts; do not edit.",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": schemas},
    }


def render() -> str:
    import yaml

    text: str = yaml.safe_dump(document(), allow_unicode=True, sort_keys=False, width=100)
    return text


def _no_reference(_schema: Any) -> str:
    return ""  # inline: a reader of one event sees all of it


def _resolved(spec: Any, schema: type[base.Data]) -> dict[str, Any]:
    plugin = spec.plugins[0]
    described: dict[str, Any] = dict(plugin.converter.schema2jsonschema(schema()))
    doc = (schema.__doc__ or "").strip().splitlines()
    if doc:
        described["description"] = doc[0]
    return described


def main(arguments: list[str]) -> int:
    text = render()
    if "--check" in arguments:
        if FILE.exists() and FILE.read_text() == text:
            return 0
        print(f"{FILE.name} differs from the contracts: run make schema", file=sys.stderr)
        return 1
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
