"""Who is let in, who waits, and who is turned away."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from web.serving.admission import Bounds, Busy, Gate, Gone


async def never() -> None:
    """A client that stays."""
    await asyncio.Event().wait()


async def at_once() -> None:
    """A client that has left."""


def run(what: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(what, 10))


def test_as_many_as_may_work_at_once_enter() -> None:
    async def told() -> None:
        gate = Gate(Bounds(2, 0, 1.0))
        await gate.enter(never)
        await gate.enter(never)
        assert gate.is_full
        with pytest.raises(Busy):
            await gate.enter(never)
        gate.leave()
        await gate.enter(never)
        assert gate.working == 2

    run(told())


def test_who_came_first_enters_first() -> None:
    async def told() -> None:
        gate, entered = Gate(Bounds(1, 3, 5.0)), list[int]()

        async def come(number: int) -> None:
            await gate.enter(never)
            entered.append(number)
            await asyncio.sleep(0)
            gate.leave()

        await asyncio.gather(*(come(number) for number in range(4)))
        assert entered == [0, 1, 2, 3]
        assert (gate.working, gate.waiting) == (0, 0)

    run(told())


def test_who_waits_too_long_is_turned_away_and_takes_no_place() -> None:
    async def told() -> None:
        gate = Gate(Bounds(1, 2, 0.05))
        await gate.enter(never)
        with pytest.raises(Busy):
            await gate.enter(never)
        assert (gate.working, gate.waiting) == (1, 0)
        gate.leave()
        assert gate.working == 0

    run(told())


def test_who_left_takes_no_place() -> None:
    async def told() -> None:
        gate = Gate(Bounds(1, 2, 5.0))
        await gate.enter(never)
        with pytest.raises(Gone):
            await gate.enter(at_once)
        assert (gate.working, gate.waiting) == (1, 0)

    run(told())


def test_who_is_cancelled_while_a_place_is_given_gives_it_back() -> None:
    async def told() -> None:
        gate = Gate(Bounds(1, 2, 5.0))
        await gate.enter(never)
        waits = asyncio.ensure_future(gate.enter(never))
        await asyncio.sleep(0)
        gate.leave()
        waits.cancel()
        await asyncio.gather(waits, return_exceptions=True)
        assert (gate.working, gate.waiting) == (0, 0)

    run(told())
