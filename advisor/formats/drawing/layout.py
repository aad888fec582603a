"""Where everything of a drawing stands, by the width of its words: in three layouts, all with letters of one size.

In the wide one the hub is in the middle, with the sites on the left in one column or two, the VNets on the right and
the clients below. In the others the hub is at the top, and all that it joins hangs below it, on both sides of the lines
or on one. Lines run straight across or down, and all places are whole CSS pixels. Pure.
"""

from __future__ import annotations

from advisor.formats.drawing.boxes import Topology
from advisor.formats.drawing.places import MIDDLE, NARROW, WIDEST, Layout
from advisor.formats.drawing.stacked import Stacked
from advisor.formats.drawing.wide import Wide


def layouts_of(topology: Topology) -> tuple[Layout, ...]:
    """The layouts of a drawing for a page, from narrow to wide. One that is no wider than the middle one takes its
    place, and one that is wider than any page is left out.
    """
    wide = wide_layout(topology)
    middle = (stacked_layout(topology, MIDDLE),) if wide.width > MIDDLE else ()
    return (stacked_layout(topology, NARROW), *middle, *((wide,) if wide.width <= WIDEST else ()))


def widest_layout(topology: Topology) -> Layout:
    """The layout of a drawing that stands alone."""
    wide = wide_layout(topology)
    return wide if wide.width <= WIDEST else stacked_layout(topology, MIDDLE)


def wide_layout(topology: Topology) -> Layout:
    """The hub in the middle, sites left, VNets right, clients below."""
    return Wide(topology).layout


def stacked_layout(topology: Topology, width: int) -> Layout:
    """The hub at the top, and what it joins below it: on both sides of the trunks where there is room for that."""
    return Stacked(topology, width).layout


# What stands in a box
