"""Inputs of a target by hypothesis: good ones with edits, rows of what such inputs are made of, and any bytes."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.hostile.fuzz.target import LARGEST, Target

MOST_EDITS = 6
LONGEST_CUT = 40


@st.composite
def _edited(draw: st.DrawFn, target: Target) -> bytes:
    """A good input of which some places are left out, repeated, or replaced."""
    made = draw(st.sampled_from(list(target.seeds)))
    for _ in range(draw(st.integers(1, MOST_EDITS))):
        start = draw(st.integers(0, len(made)))
        end = min(len(made), start + draw(st.integers(0, LONGEST_CUT)))
        put = draw(_pieces(target) | st.binary(max_size=4) | st.sampled_from([made[start:end] * 2]))
        made = made[:start] + put + made[end:]
    return made[:LARGEST]


def _pieces(target: Target) -> st.SearchStrategy[bytes]:
    return st.sampled_from([*target.parts, b""])


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Any input of a target."""
    row = st.lists(_pieces(target), max_size=12).map(b"".join)
    text = st.text(max_size=60).map(lambda written: written.encode("utf-8", "replace"))
    return _edited(target) | _edited(target) | row | text | st.binary(max_size=60)
