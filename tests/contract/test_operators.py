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
from shared.schemas import Choice, InputSchema

OPERATORS: list[Any] = [{"$ne": None}, {"$gt": ""}, {"$where": "1"}, [{"$ne": None}]]


def _schemas() -> Iterator[type[InputSchema]]:
    for info in pkgutil.walk_packages(services.__path__, "services."):
        if "schemas" in info.name.split("."):
            importlib.import_module(info.name)
    seen, waiting = set(), list(InputSchema.__subclasses__())
    while waiting:
        schema = waiting.pop()
        waiting += schema.__subclasses__()
        if schema not in seen and schema.__module__.startswith("services."):
            seen.add(schema)
            yield schema


def _texts() -> Iterator[tuple[type[InputSchema], str]]:
    for schema in _schemas():
        for name, field in schema().fields.items():
            inner = field.inner if isinstance(field, fields.List) else field
            if isinstance(inner, fields.Str | Choice):
                yield schema, field.data_key or name


TEXTS = sorted(_texts(), key=lambda item: (item[0].__module__, item[0].__qualname__, item[1]))


def test_the_schemas_of_every_service_are_found() -> None:
    owners = {schema.__module__.split(".")[1] for schema, _ in TEXTS}
    assert owners == {service.name for service in SERVICES}
    assert len(TEXTS) > 100


@pytest.mark.parametrize(
    ("schema", "name"), TEXTS, ids=lambda value: getattr(value, "__qualname__", value)
)
def test_an_operator_is_refused(schema: type[InputSchema], name: str) -> None:
    for operator in OPERATORS:
        for value in (operator, [operator]):
            assert name in schema().validate({name: value}), (name, value)
