"""The world of the stories: term 15 on 6 February 2017, the people whom the scenarios name."""

from __future__ import annotations

from datetime import datetime
from itertools import count

import pytest

from shared.clock import SHANGHAI
from tests.e2e.story import Story
from tests.stack import Stack
from tests.world import World

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
NUMBERS = count(1)  # of members; files with more people of their own begin at 300


@pytest.fixture(scope="module")
def world(stack: Stack) -> World:
    """Each file has these people for itself: nobody else's stories stand in their inbox, their
    to-dos or their ledger."""
    opened = World(stack, term=15, session=1, now=NOW)
    opened.open()
    for name, sector in (("陆晓芸", "22"), ("沈建国", "04"), ("钱文娟", "27")):
        opened.member(name, next(NUMBERS), sector)
    return opened


@pytest.fixture
def story(world: World) -> Story:
    world.stack.move_clock(NOW)
    return Story(world)
