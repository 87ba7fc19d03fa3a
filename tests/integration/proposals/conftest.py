"""Term 14 with its session, in 2016; the stories of term 15 have worlds of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from shared.clock import SHANGHAI
from tests.stack import Stack
from tests.world import World

NOW = datetime(2016, 1, 11, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def world(stack: Stack) -> Iterator[World]:
    opened = World(stack, term=14, session=1, now=NOW)
    opened.open()
    opened.member("沈建国", 31, "04")
    opened.member("陆晓芸", 88)
    opened.member("钱文娟", 140, "27")
    yield opened
    stack.move_clock(datetime.now(SHANGHAI))


@pytest.fixture(autouse=True)
def at_the_beginning(world: World) -> None:
    world.stack.move_clock(NOW)
