"""A role has one Chinese name, whoever shows it."""

from __future__ import annotations

from gateway.base import labels_of
from gateway.identity.types import Role as ShownRole
from services.notifications.domain.texts import role_label
from shared.actor import Role

LABELS = {role.value: role.label for role in Role}


def test_each_name_is_of_one_role() -> None:
    assert all(LABELS.values())
    assert len(set(LABELS.values())) == len(Role)


def test_the_gateway_and_messages_say_the_same() -> None:
    assert labels_of(ShownRole) == LABELS
    assert {role.value: role_label(role.value) for role in Role} == LABELS
