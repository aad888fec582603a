"""Texts that repeat one thing: twice as long a text takes at most three times as long to read."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.every import some
from tests.hostile.fuzz import pure
from tests.hostile.fuzz.target import MOST_SECONDS, Target
from tests.hostile.report import tell

SHORTEST, DOUBLINGS = 2_000, 3
"""Bytes of the shortest text, and how often it is doubled."""

MOST_GROWTH = 3.0

NOTICEABLE = 0.05
"""Seconds: what takes less says nothing about how it grows."""

UNITS = (
    "[",
    "]",
    "(",
    "![",
    "[a](",
    "*a ",
    "**",
    "_a_",
    "`",
    "```\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "|a",
    "|\n",
    "<a ",
    "<b>",
    "</b>",
    "<!--",
    "<![CDATA[",
    "&#",
    "&amp;",
    "{limit:",
    "\\",
    "~~",
    "\n\n",
    "\n",
    " ",
    "\t",
    "a",
    "A.",
    "a@",
    "a.b",
    "0",
    "1.",
    "10.",
    "/",
    ":",
    "::",
    "-",
    "--",
    ",",
    ";",
    '"',
    "'",
    "{",
    "}",
    "é\u0301",
    "\u202e",
    "\u200d",
    "ß",
    "x_",
    "? ",
    "http://",
    "Re: ",
    "> > ",
    "&a ",
    "*a",
)


def seconds(read: Callable[[bytes], None], text: bytes) -> float:
    """Of the processor, for a text."""
    began = time.thread_time()
    read(text)
    return time.thread_time() - began


@pytest.mark.parametrize("target", pure.targets(), ids=lambda target: target.name)
def test_twice_as_much_takes_not_much_more_than_twice_as_long(target: Target) -> None:
    units = some(UNITS, 28, len(target.name) % 28)
    for unit in units:
        repeated = unit.encode()
        took = [
            seconds(target.read, (repeated * size)[:size])
            for size in (SHORTEST << step for step in range(DOUBLINGS + 1))
        ]
        if took[-1] > NOTICEABLE:  # it may have been beside other work
            longest = (repeated * (SHORTEST << DOUBLINGS))[: SHORTEST << DOUBLINGS]
            took[-1] = min(took[-1], *(seconds(target.read, longest) for _ in range(2)))
        assert took[-1] < MOST_SECONDS, (unit, took)
        if took[-1] > NOTICEABLE:
            assert took[-1] <= MOST_GROWTH * max(took[-2], NOTICEABLE / 2), (unit, took)
    tell("texts that repeat one thing", len(units) * (DOUBLINGS + 1))
