"""References that many types of liaison have."""

from __future__ import annotations

from graphene import Field

from gateway.base import reference
from gateway.members.organisations import Organisation
from gateway.members.types import Member


def town() -> Field:
    return reference(
        Organisation,
        "town",
        key="town_id",
        loader="organisations",
        description="镇（街道）。Town.",
    )


def organisation(attribute: str, key: str, description: str) -> Field:
    """An organisation whose local id the row has under `key`."""
    return reference(
        Organisation, attribute, key=key, loader="organisations", description=description
    )


def member(attribute: str, key: str, description: str) -> Field:
    """A member whose local id the row has under `key`."""
    return reference(Member, attribute, key=key, loader="members", description=description)
