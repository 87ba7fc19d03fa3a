"""Every event has a sample that satisfies its own contract, the envelope and the document."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared import contracts
from shared.contracts import asyncapi, base, names
from shared.errors import InvalidInput
from shared.messaging.events import dump, from_document, parse

ALL = list(base.published())


@pytest.mark.parametrize(("source", "event_type"), ALL)
def test_the_sample_satisfies_its_contract(source: str, event_type: str) -> None:
    contracts.validate(source, event_type, base.SAMPLES[source, event_type])


@pytest.mark.parametrize(("source", "event_type"), ALL)
def test_the_envelope_is_a_cloudevent_that_others_can_read(source: str, event_type: str) -> None:
    event = contracts.sample_event(source, event_type)
    read = JSONFormat().read(CloudEvent, dump(event.to_document()))
    assert (read.get_type(), read.get_source(), read.get_subject()) == (
        event_type,
        source,
        event.subject,
    )
    assert read.get_data() == event.data
    assert parse(dump(event.to_document())) == event


@pytest.mark.parametrize(("source", "event_type"), ALL)
def test_the_published_document_describes_the_sample(source: str, event_type: str) -> None:
    schema = asyncapi.document()["components"]["schemas"][f"{source}.{event_type}"]
    jsonschema.validate(base.SAMPLES[source, event_type], schema)


def test_the_committed_document_is_what_the_contracts_say() -> None:
    assert asyncapi.FILE.read_text() == asyncapi.render()


def test_every_name_has_a_contract_and_every_contract_a_name() -> None:
    constants = {key: value for key, value in vars(names).items() if key.isupper()}
    named = {value for value in constants.values() if isinstance(value, str)}
    assert named == {event_type for _source, event_type in ALL}


def test_events_carry_no_personal_data() -> None:
    personal = {"name", "phone", "mobile", "gender", "birth_date", "id_number", "religion"}
    for source, event_type in ALL:
        sample = base.SAMPLES[source, event_type]
        if event_type not in (names.ORGANISATION_CHANGED, names.TOPIC_CHANGED):  # public names
            assert not personal & set(sample), (source, event_type)


def test_an_optional_field_of_a_newer_producer_passes() -> None:
    data = {**base.SAMPLES["proposals", names.PROPOSAL_FILED], "new_field": 1}
    contracts.validate("proposals", names.PROPOSAL_FILED, data)


@pytest.mark.parametrize("missing", ["case_no", "occurrence_no", "occurred_on"])
def test_a_missing_field_is_refused(missing: str) -> None:
    data = {**base.SAMPLES["proposals", names.PROPOSAL_FILED]}
    del data[missing]
    with pytest.raises(InvalidInput, match=missing):
        contracts.validate("proposals", names.PROPOSAL_FILED, data)


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\x00", b"[]", b"{}", b'{"specversion":"1.0","data":[]}', b"nul"],
)
def test_poison_is_refused_as_input(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        parse(body)


@pytest.mark.parametrize(
    "attribute",
    ["id", "type", "source", "subject", "time", "aggregateversion", "term", "correlationid"],
)
def test_an_envelope_without_an_attribute_is_refused(attribute: str) -> None:
    document: dict[str, Any] = contracts.sample_event("proposals", "proposal_filed").to_document()
    del document[attribute]
    with pytest.raises(InvalidInput):
        from_document(document)
