"""Rows of people in events that confirm or correct what several members did.

Occurrences are numbered for each member: 1 in the first confirmation. A row of a correction names
the occurrence that it replaces; the record that it makes is the next one, so that a confirmation
that arrives after its correction still finds its place.
"""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate


class Row(Schema):
    class Meta:
        unknown = EXCLUDE

    member_id = fields.Str(required=True)
    occurrence_no = fields.Int(load_default=1, validate=validate.Range(1))


class Took(Row):
    """Whether the member took part; false only in a correction."""

    took_part = fields.Bool(load_default=True)
