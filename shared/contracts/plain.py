"""Whether data plainly satisfies a schema, told in a twentieth of marshmallow's time.

Each event is checked by whoever records it and by each who handles it, and nearly all are right.
What is not found plain here, marshmallow judges, and says what is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate
from marshmallow.utils import is_aware

Fits = Callable[[Any], bool]
ABSENT = object()
# By the field's very class: one that is made of another may ask for more.
SCALARS: dict[type[fields.Field[Any]], Fits] = {
    fields.String: lambda value: type(value) is str,
    fields.Integer: lambda value: type(value) is int,
    fields.Boolean: lambda value: type(value) is bool,
    fields.Float: lambda value: type(value) in (int, float) and math.isfinite(value),
    fields.Raw: lambda value: True,
}


def checker(schema: Schema) -> Fits:
    """True only of what `schema` takes, too."""
    partial = schema.partial is True
    parts = [
        (field.data_key or name, field.required and not partial, field.allow_none, _fits(field))
        for name, field in schema.load_fields.items()
    ]
    known = schema.unknown in (EXCLUDE, RAISE) and schema.partial in (True, False, None)
    if not known or any(schema._hooks.values()):
        return _never
    names = frozenset(key for key, *_ in parts) if schema.unknown == RAISE else None

    def fits(data: Any) -> bool:
        if type(data) is not dict or (names is not None and not data.keys() <= names):
            return False
        for key, required, may_be_none, value_fits in parts:
            value = data.get(key, ABSENT)
            if value is ABSENT:
                if required:
                    return False
            elif value is None:
                if not may_be_none:
                    return False
            elif not value_fits(value):
                return False
        return True

    return _all_fit(fits) if schema.many else fits


def _fits(field: fields.Field[Any]) -> Fits:
    kind: Any = type(field)
    fits: Fits = _never
    if kind in SCALARS:
        fits = SCALARS[kind]
    elif isinstance(field, fields.List) and kind is fields.List:
        fits = _all_fit(_value(field.inner))
    elif isinstance(field, fields.Dict) and kind is fields.Dict:
        fits = _pairs_fit(_value(field.key_field), _value(field.value_field))
    elif isinstance(field, fields.Nested) and kind is fields.Nested and field.unknown is None:
        fits = checker(field.schema)
    elif kind in MOMENTS and getattr(field, "format", None) in (None, "iso"):
        fits = MOMENTS[kind]
    if field.pre_load or field.post_load:
        return _never
    if not field.validators:
        return fits
    # They look at what is loaded: of these the same as what is given, or as long.
    same = kind in SCALARS or kind is fields.List
    known = all(type(validator) in VALIDATORS for validator in field.validators)
    return _valid(fits, field.validators) if same and known else _never


def _value(field: fields.Field[Any] | None) -> Fits:
    """Of one in a list or dict; of no field anything fits."""
    if field is None:
        return SCALARS[fields.Raw]
    fits, may_be_none = _fits(field), field.allow_none
    return lambda value: may_be_none if value is None else fits(value)


def _all_fit(fits: Fits) -> Fits:
    return lambda value: type(value) is list and all(map(fits, value))


def _pairs_fit(key_fits: Fits, value_fits: Fits) -> Fits:
    return lambda value: (
        type(value) is dict and all(map(key_fits, value)) and all(map(value_fits, value.values()))
    )


def _valid(fits: Fits, validators: list[Callable[[Any], Any]]) -> Fits:
    def valid(value: Any) -> bool:
        if not fits(value):
            return False
        try:
            for require in validators:
                require(value)
        except ValidationError:
            return False
        return True

    return valid


def _moment(value: Any) -> bool:
    try:
        return type(value) is str and is_aware(datetime.fromisoformat(value))
    except ValueError:
        return False


def _day(value: Any) -> bool:
    try:
        return type(value) is str and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _never(value: Any) -> bool:
    return False


MOMENTS: dict[type[fields.Field[Any]], Fits] = {fields.AwareDateTime: _moment, fields.Date: _day}
VALIDATORS: set[Any] = {validate.OneOf, validate.Range, validate.Length}
