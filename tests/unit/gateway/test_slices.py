"""Long work in slices: others have their turn, and it ends as if it had run at once."""

from __future__ import annotations

import asyncio
import time

import pytest

from gateway.slices import SLICE_SECONDS, Pause, in_slices


def walk(pause: Pause, depth: int = 0) -> int:
    """Work that recurses, each step a slice long."""
    until = time.perf_counter() + SLICE_SECONDS
    while time.perf_counter() < until:
        pass
    pause()
    return depth if depth == 5 else walk(pause, depth + 1)


def test_others_have_their_turn_between_slices() -> None:
    rests: list[str] = []

    async def rest() -> None:
        rests.append("others")
        await asyncio.sleep(0)

    assert asyncio.run(in_slices(walk, rest)) == 5
    assert rests == ["others"] * 6


def test_short_work_does_not_rest() -> None:
    async def never() -> None:
        raise AssertionError

    def short(pause: Pause) -> str:
        pause()
        return "done"

    assert asyncio.run(in_slices(short, never)) == "done"


def test_what_it_raises_is_raised() -> None:
    async def rest() -> None:
        await asyncio.sleep(0)

    def fail(pause: Pause) -> None:
        walk(pause)
        raise KeyError("why")

    with pytest.raises(KeyError, match="why"):
        asyncio.run(in_slices(fail, rest))


def test_several_at_once_keep_apart_and_one_that_is_given_up_ends() -> None:
    async def rest() -> None:
        await asyncio.sleep(0)

    async def all_of_them() -> list[int | BaseException]:
        tasks = [asyncio.ensure_future(in_slices(walk, rest)) for _ in range(3)]
        await asyncio.sleep(0)  # each has had its first slice
        tasks[0].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    given_up, *done = asyncio.run(all_of_them())
    assert isinstance(given_up, asyncio.CancelledError)
    assert done == [5, 5]
