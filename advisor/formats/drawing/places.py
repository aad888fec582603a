"""What a layout is made of: texts, frames and lines with their places, in whole CSS pixels. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from advisor.formats.drawing.boxes import Box

WIDEST, MIDDLE, NARROW = 960, 640, 280
"""No layout of each kind is wider, in CSS pixels."""
STEPS = (460, 640, 800, 960)
"""The widths of a page from which it shows another layout; its stylesheet has a rule for each."""

MARGIN, PAD, GAP = 2, 8, 5
"""Around the drawing, inside a box beside its text, and between boxes."""
BETWEEN = 10
"""From one trunk, the line that several share, to the next."""
CROSS, SMALL_CROSS, CROSS_ROOM = 6, 4, 16
"""Half of a cross on a line or box, half of one before its label, and the room that either takes."""
SHORTEST = 22
"""The least length of a line from a box to its trunk."""
NARROWEST_BOX, WIDEST_BOX, WIDEST_HUB = 116, 200, 230
ONE_COLUMN = 8
"""So many sites stand in one column of the wide layout; more stand in two."""
TO_CLIENTS = 44
SAMPLE = 34
"""The length of a line that explains its kind."""


class Text(NamedTuple):
    """A line of text with the place of its foot; `whole` where it is cut."""

    x: int
    y: int
    said: str
    bold: bool = False
    whole: str = ""


class Frame(NamedTuple):
    """The outline of a box; that of the hub is heavy."""

    x: int
    y: int
    width: int
    height: int
    heavy: bool = False


Segment = tuple[int, int, int, int]
"""From one place to another, across or down."""


@dataclass(slots=True)
class Layout:
    """All that is drawn, with its places. `lines` are by their kind, `joints` are where a line joins a trunk that
    others cross, `crosses` have the half of their size.
    """

    width: int = 0
    height: int = 0
    frames: list[Frame] = field(default_factory=list)
    lines: dict[str, list[Segment]] = field(default_factory=dict)
    joints: list[tuple[int, int]] = field(default_factory=list)
    crosses: list[tuple[int, int, int]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def step(self) -> int:
        """The first of the steps at which there is room for it."""
        return next(step for step in STEPS if self.width <= step)

    def line(self, kind: str, *places: tuple[int, int]) -> None:
        """A line of a kind through these places, each straight across from or below the one before."""
        segments = self.lines.setdefault(kind, [])
        segments.extend((*start, *end) for start, end in pairwise(places))


class Row(NamedTuple):
    """A line of text in a box: `marked` where a small cross stands before it."""

    said: str
    bold: bool = False
    whole: str = ""
    marked: bool = False


class Placed(NamedTuple):
    """A box with the lines of its text, its width, and its height together with that of the lines beside it."""

    box: Box
    rows: tuple[Row, ...]
    width: int
    height: int
    room: int
