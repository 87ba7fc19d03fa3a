"""The registry of event contracts."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import OneOf

from shared.contracts import plain
from shared.contracts.deciding import asked_by
from shared.contracts.functions import DutyFunction, function_of
from shared.errors import InvalidInput
from shared.messaging.events import Event


class Data(Schema):
    """Base of all payloads, with domain time; unknown fields of a newer producer pass."""

    class Meta:
        unknown = EXCLUDE

    occurred_on = fields.AwareDateTime(required=True)


class MemberGroups(Schema):
    """Group codes of a member (decision 9): codes travel in events, names and contacts never."""

    class Meta:
        unknown = EXCLUDE

    sector = fields.Str(required=True)
    sector_group = fields.Str(allow_none=True)
    committees = fields.List(fields.Str())
    town = fields.Str(allow_none=True)
    party = fields.Str(allow_none=True)
    organisations = fields.List(fields.Str())  # parties and organisations that count the member
    standing = fields.Bool()
    inside_system = fields.Bool(allow_none=True)
    new = fields.Bool()


@dataclass(frozen=True)
class Contract:
    """live: told once, to whoever listens at the moment of the write, and not kept: neither in the
    outbox nor in the log, so that nothing may depend on it (docs/adr/0031)."""

    source: str
    event_type: str
    schema: type[Data]
    sample: dict[str, Any]
    title: str  # the Chinese name, for documents
    live: bool = False


CONTRACTS: dict[tuple[str, str], Contract] = {}
SAMPLES: dict[tuple[str, str], dict[str, Any]] = {}
SAMPLE_MOMENT = "2017-02-06T09:00:00+08:00"
SAMPLE_DAY = "2017-02-13T09:00:00+08:00"


def contract(
    source: str, event_type: str, title: str, sample: Mapping[str, Any], *, live: bool = False
) -> Callable[[type[Data]], type[Data]]:
    """Register a payload class for an event of `source`; the sample gets a date if it has none."""

    def register(schema: type[Data]) -> type[Data]:
        data = {"occurred_on": SAMPLE_MOMENT, **sample}
        told = schema
        if function := function_of(source, event_type, data):
            data["function"] = function.value
            told = _duty(schema)
        if asked_by(source, event_type):
            data.setdefault("decide_by", SAMPLE_DAY)
            told = _asking(told)
        CONTRACTS[source, event_type] = Contract(source, event_type, told, data, title, live)
        SAMPLES[source, event_type] = data
        return schema

    return register


def _duty(schema: type[Data]) -> type[Data]:
    """With the function that the duty serves; the kernel puts it in (decision 56)."""
    function = fields.Str(validate=OneOf([function.value for function in DutyFunction]))
    return _with(schema, function=function)


def _asking(schema: type[Data]) -> type[Data]:
    """With the day until which somebody must decide; the kernel puts it in (decision 41)."""
    return _with(schema, decide_by=fields.AwareDateTime())


def _with(schema: type[Data], **more: fields.Field[Any]) -> type[Data]:
    told: dict[str, Any] = {"__module__": schema.__module__, "__doc__": schema.__doc__}
    return type(schema.__name__, (schema,), {**told, **more})


def validate(source: str, event_type: str, data: Mapping[str, Any]) -> Contract:
    """The event's contract; raises InvalidInput when `data` does not satisfy it, or when there is
    none."""
    load_all()
    known = CONTRACTS.get((source, event_type))
    if known is None:
        raise InvalidInput(f"未登记的事件：{source}.{event_type}")
    schema, is_plain = _checker(known.schema)
    if not is_plain(data) and (problems := schema.validate(dict(data))):
        raise InvalidInput(f"事件 {source}.{event_type} 内容不符合约定：{problems}")
    return known


def sample_event(source: str, event_type: str, /, **changes: Any) -> Event:
    """A whole event made from the contract's sample, for tests.

    `changes` replace fields of data; the keyword arguments `subject`, `version`, `id`, `term`,
    `year` and `replay` replace those of the envelope.
    """
    load_all()
    data = dict(SAMPLES[source, event_type])
    envelope: dict[str, Any] = {
        "id": str(uuid5(UUID(int=0), f"{source}/{event_type}")),
        "subject": data.get("proposal_id") or data.get("member_id") or "subject-1",
        "version": 1,
        "term": 15,
        "year": 2017,
        "replay": None,
    }
    for key in envelope:
        if key in changes:
            envelope[key] = changes.pop(key)
    data.update(changes)
    if "function" in data and "function" not in changes:  # it follows from the kind
        del data["function"]
        data["function"] = str(function_of(source, event_type, data))
    return Event(
        type=event_type,
        source=source,
        data=data,
        time=SAMPLE_MOMENT,
        actor={"account": "account-1", "role": "MEMBER"},
        correlation_id="correlation-1",
        causation_id=None,
        **envelope,
    )


def published() -> dict[tuple[str, str], Contract]:
    """The contracts of this package, without those that a test has registered for itself."""
    load_all()
    own = __name__.rsplit(".", 1)[0]
    return {key: c for key, c in sorted(CONTRACTS.items()) if c.schema.__module__.startswith(own)}


_loaded = False
_checkers: dict[type[Data], tuple[Data, plain.Fits]] = {}


def _checker(schema: type[Data]) -> tuple[Data, plain.Fits]:
    """To say what is wrong, and to say at once that nothing is."""
    if schema not in _checkers:
        made = schema()
        _checkers[schema] = made, plain.checker(made)
    return _checkers[schema]


def load_all() -> None:
    """Import every contract module, so that the registry is complete."""
    global _loaded
    if _loaded:
        return
    load_others("")
    _loaded = True


def load_others(name: str) -> None:
    """Import every contract module but that of this name."""
    package = importlib.import_module("shared.contracts")
    for module in pkgutil.iter_modules(package.__path__):
        whole = f"shared.contracts.{module.name}"
        if whole != name and module.name not in {"base", "names", "asyncapi", "plain"}:
            importlib.import_module(whole)
