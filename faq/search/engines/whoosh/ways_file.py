"""The file with the ways of asking of a space: arrays as they stand in memory. Pure: no Django."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from faq.search.ways import Ways


def read_ways(data: bytes) -> Ways:
    """Ways from the bytes of their file. Not with `numpy.load`: that parses Python, which threads cannot do at once in
    every release of Python."""
    head, _, rest = data.partition(b"\n")
    parts: dict[str, Any] = {}
    start = 0
    for name, kind, length in json.loads(head):
        parts[name] = np.frombuffer(rest, np.dtype(kind), length, start)
        start += parts[name].nbytes
    terms = rest[start:].decode()
    holding = np.split(parts["holding"], parts["ends"][:-1])
    named = dict(zip(terms.split("\n"), holding, strict=True)) if terms else {}
    return Ways(parts["starts"], parts["roots"], named, parts["usual"], parts["usual_meanings"])


def written_ways(ways: Ways) -> bytes:
    """A line that says which arrays follow (name, type, and length), the arrays, and the terms, a line each."""
    lists = list(ways.holding.values())
    arrays = {
        "starts": ways.starts.astype("<i4"),
        "roots": ways.roots.astype("<f4"),
        "usual": ways.usual.astype("<f4"),
        "usual_meanings": ways.usual_meanings.astype("<f4"),
        "ends": np.cumsum([len(numbers) for numbers in lists]).astype("<i4"),
        "holding": (np.concatenate(lists) if lists else np.zeros(0)).astype("<i4"),
    }
    head = json.dumps([(name, array.dtype.str, len(array)) for name, array in arrays.items()])
    return b"".join(
        (head.encode(), b"\n", *(array.tobytes() for array in arrays.values()), "\n".join(ways.holding).encode())
    )
