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


def _written() -> Iterator[tuple[str, type[InputSchema]]]:
    """Service and form of each schema that is written as a class."""
    for info in pkgutil.walk_packages(services.__path__, "services."):
        if "schemas" in info.name.split("."):
            importlib.import_module(info.name)
    waiting = list(InputSchema.__subclasses__())
    while waiting:
        schema = waiting.pop()
        waiting += schema.__subclasses__()
        if schema.__module__.startswith("services."):
            yield schema.__module__.split(".")[1], schema


def _derived() -> Iterator[tuple[str, type[InputSchema]]]:
    """Service and form of each operation, and of each input type within."""
    for service in SERVICES:
        kinds: dict[str, type[Any]] = {}
        for operation in offered(modules(service.name)).values():
            yield service.name, operation.form
            kinds |= {kind.__name__: kind for kind in nested(operation.inputs)}
        for name, kind in kinds.items():
            yield service.name, form(name, fields_of(kind))


def _texts() -> Iterator[tuple[str, type[InputSchema], str]]:
    for service, schema in {*_written(), *_derived()}:
        for name, field in schema().fields.items():
            inner = field.inner if isinstance(field, fields.List) else field
            if isinstance(inner, fields.Str | Choice):
                yield service, schema, field.data_key or name


TEXTS = sorted(
    _texts(), key=lambda item: (item[0], item[1].__module__, item[1].__qualname__, item[2])
)


def test_the_schemas_of_every_service_are_found() -> None:
    owners = {service for service, _, _ in TEXTS}
    assert owners == {service.name for service in SERVICES}
    assert len(TEXTS) > 100


@pytest.mark.parametrize(
    ("service", "schema", "name"), TEXTS, ids=lambda value: getattr(value, "__qualname__", value)
)
def test_an_operator_is_refused(service: str, schema: type[InputSchema], name: str) -> None:
    for operator in OPERATORS:
        for value in (operator, [operator]):
            assert name in schema().validate({name: value}), (name, value)
