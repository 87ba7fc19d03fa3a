"""No text input of any service lets a query operator pass, whatever schema it belongs to."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import fields

import services
from deploy.cluster.table import SERVICES
from deploy.local.manifests import modules
from shared.operations import offered
from shared.operations.arguments import fields_of, form, nested
from shared.schemas import Choice, InputSchema

OPERATORS: list[Any] = [{"$ne": None}, {"$gt": ""}, {"$where": "1"}, [{"$ne": None}]]


def _schemas() -> Iterator[tuple[str, type[InputSchema]]]:
    """The service, and what one of its operations or of their parts is given."""
    for info in pkgutil.walk_packages(services.__path__, "services."):
        if "schemas" in info.name.split("."):
            importlib.import_module(info.name)
    seen, waiting = set(), list(InputSchema.__subclasses__())
    while waiting:
        schema = waiting.pop()
        waiting += schema.__subclasses__()
        if schema not in seen and schema.__module__.startswith("services."):
            seen.add(schema)
            yield schema.__module__.split(".")[1], schema
    for service in SERVICES:
        operations = offered(modules(service.name)).values()
        for operation in operations:
            yield service.name, operation.form
        for kind in {kind for operation in operations for kind in nested(operation.inputs)}:
            yield service.name, form(kind.__name__, fields_of(kind))


def _texts() -> Iterator[tuple[str, type[InputSchema], str]]:
    for service, schema in _schemas():
        for name, field in schema().fields.items():
            inner = field.inner if isinstance(field, fields.List) else field
            if isinstance(inner, fields.Str | Choice):
                yield service, schema, field.data_key or name


TEXTS = sorted(_texts(), key=lambda item: (item[0], item[1].__qualname__, item[2]))


def test_the_schemas_of_every_service_are_found() -> None:
    assert {service for service, _, _ in TEXTS} == {service.name for service in SERVICES}
    assert len(TEXTS) > 100


@pytest.mark.parametrize(
    ("service", "schema", "name"), TEXTS, ids=lambda value: getattr(value, "__qualname__", value)
)
def test_an_operator_is_refused(service: str, schema: type[InputSchema], name: str) -> None:
    for operator in OPERATORS:
        for value in (operator, [operator]):
            assert name in schema().validate({name: value}), (service, name, value)
