"""Term 16 with its session, in 2022; term 15 belongs to the stories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from shared.clock import SHANGHAI
from tests.stack import Stack
from tests.world import World

NOW = datetime(2022, 1, 11, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def world(stack: Stack) -> Iterator[World]:
    opened = World(stack, term=16, session=1, now=NOW)
    opened.open()
    opened.member("沈建国", 31, "04")
    opened.member("陆晓芸", 88)
    opened.member("钱文娟", 140, "27")
    yield opened
    stack.move_clock(datetime.now(SHANGHAI))


@pytest.fixture(autouse=True)
def at_the_beginning(world: World) -> None:
    world.stack.move_clock(NOW)
