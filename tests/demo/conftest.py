"""One platform with the demo data, loaded once: it takes as long as fifty tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from deploy.local import demo
from shared import settings
from shared.clock import Clock
from tests.stack import Stack, alone


class Loaded(NamedTuple):
    """`opened_at`: what the platform's clock showed when all was loaded."""

    stack: Stack
    opened_at: datetime


@pytest.fixture(scope="package")
def demo_platform(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[Loaded]:
    """A platform of its own: the demo data move the clock and fill the roster."""
    with alone(tmp_path_factory.mktemp("demo"), memory) as stack:
        process = settings.read(stack.environment)
        demo.load(process, lambda _line: None)
        yield Loaded(stack, Clock(stack.mongo, process).now())


@pytest.fixture(scope="package")
def loaded(demo_platform: Loaded) -> Stack:
    return demo_platform.stack
