"""The file with the ways of asking of a space: arrays as they stand in memory. Pure: no Django."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from faq.search.ways import WayArrays

ARRAYS = {
    "digests": "<u8",
    "starts": "<i4",
    "roots": "<f4",
    "ends": "<i4",
    "holding": "<i4",
    "usual": "<f4",
    "usual_meanings": "<f4",
}
"""The arrays, each with how its numbers are written; the widest first, so that each is aligned in memory."""


def read_ways(data: bytes) -> WayArrays:
    """The arrays from the bytes of their file. Not with `numpy.load`: that parses Python, which threads cannot do at
    once in every release of Python."""
    head, _, rest = data.partition(b"\n")
    parts: dict[str, Any] = {}
    start = 0
    for (name, kind), length in zip(ARRAYS.items(), json.loads(head), strict=True):
        parts[name] = np.frombuffer(rest, np.dtype(kind), length, start)
        start += parts[name].nbytes
    return WayArrays(**parts)


def written_ways(ways: WayArrays) -> bytes:
    """A line with the lengths of the arrays, and the arrays."""
    arrays = [getattr(ways, name).astype(kind) for name, kind in ARRAYS.items()]
    head = json.dumps([len(array) for array in arrays])
    return b"".join((head.encode(), b"\n", *(array.tobytes() for array in arrays)))
