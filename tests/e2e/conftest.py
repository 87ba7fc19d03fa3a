"""The world of the stories: term 15 on 6 February 2017, the people whom the scenarios name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from shared.clock import SHANGHAI
from tests.e2e.story import Story
from tests.stack import Stack
from tests.world import World

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def world(stack: Stack) -> Iterator[World]:
    """Numbers begin where the scenarios say: serial 0315, case 023 (decision 12)."""
    opened = World(stack, term=15, session=1, now=NOW)
    opened.open()
    opened.member("陆晓芸", 88, "22")
    opened.member("沈建国", 31, "04")
    opened.member("钱文娟", 140, "27")
    opened.start_numbers(serial=315, case=23)
    yield opened


@pytest.fixture
def story(world: World) -> Story:
    world.stack.move_clock(NOW)
    return Story(world)
