"""No text input of any operation lets a query operator pass, however deep it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import fields

from deploy.cluster.table import SERVICES
from deploy.local.manifests import modules
from shared.operations import offered
from shared.operations.arguments import Input, fields_of, form, nested
from shared.schemas import Choice

OPERATORS: list[Any] = [{"$ne": None}, {"$gt": ""}, {"$where": "1"}, [{"$ne": None}]]
Case = tuple[str, str, Input]


def _texts() -> Iterator[Case]:
    """Service, place and input of every text."""
    for service in SERVICES:
        seen: set[str] = set()
        for operation in offered(modules(service.name)).values():
            kinds = [(kind.__name__, fields_of(kind)) for kind in nested(operation.inputs)]
            for place, inputs in [(operation.name, operation.inputs), *kinds]:
                if place in seen:
                    continue
                seen.add(place)
                for given in inputs:
                    field = given.about.field
                    inner = field.inner if isinstance(field, fields.List) else field
                    if isinstance(inner, fields.Str | Choice):
                        yield service.name, f"{place}.{given.name}", given


TEXTS = list(_texts())


def test_the_operations_of_every_service_are_found() -> None:
    assert {service for service, _, _ in TEXTS} == {service.name for service in SERVICES}
    assert len(TEXTS) > 500


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: f"{case[0]}-{case[1]}")
def test_an_operator_is_refused(case: Case) -> None:
    given = case[2]
    schema = form("Asked", [given])()
    for operator in OPERATORS:
        for value in (operator, [operator]):
            assert given.name in schema.validate({given.name: value}), value
