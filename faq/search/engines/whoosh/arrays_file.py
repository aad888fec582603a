"""A file of arrays of numbers, as they stand in memory. Pure: no Django."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
"""Arrays of one dimension, by their names."""

ALIGNED = 8
"""Bytes of the widest number: the first line is as long as a multiple of it, so that arrays are aligned in memory."""


def read_arrays(data: bytes) -> Arrays:
    """The arrays of a file, which stay in its bytes. Not with `numpy.load`: that parses Python, which threads cannot do
    at once in every release of Python."""
    start = data.index(b"\n") + 1
    found = {}
    for name, kind, length in json.loads(data[:start]):
        found[name] = np.frombuffer(data, np.dtype(kind), length, start)
        start += found[name].nbytes
    return found


def written_arrays(arrays: Arrays) -> bytes:
    """A line with the name, kind of number, and length of each array, and the arrays: the widest first."""
    widest_first = sorted(arrays.items(), key=lambda named: -named[1].itemsize)
    little_endian = [(name, one.astype(one.dtype.newbyteorder("<"))) for name, one in widest_first]
    head = json.dumps([(name, one.dtype.str, len(one)) for name, one in little_endian]).encode()
    filled = head.ljust(len(head) + (-len(head) - 1) % ALIGNED)
    return b"".join((filled, b"\n", *(one.tobytes() for _, one in little_endian)))
