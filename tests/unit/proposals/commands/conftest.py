"""A fresh service in memory for each test."""

from __future__ import annotations

import pytest

from tests.unit.proposals.commands.world import World


@pytest.fixture
def world() -> World:
    return World()
