"""Where everything stands: nothing runs into anything else, whatever the design."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

from advisor.core.decide import decide
from advisor.formats.drawing.layout import layouts_of, widest_layout
from advisor.formats.drawing.measure import ASCENT, LINE, width_of
from advisor.formats.drawing.places import MIDDLE, NARROW, STEPS, WIDEST, Frame, Layout
from advisor.formats.drawing.topology import topology_of
from advisor.wording.sentences import load_texts
from tests.advisor.core.edition_2026 import builders as of_2026
from tests.advisor.core.strategies import needs
from tests.advisor.formats.drawing.designs import (
    DESIGNS,
    HUB,
    KIOSK,
    LANGUAGES,
    SPOKES,
    layouts,
    so_many,
    topology,
)
from tests.builders import EDITION, catalogue, need
from tests.every import examples

Area = tuple[float, float, float, float]


def areas(layout: Layout) -> list[tuple[Area, str]]:
    """The place of each text."""
    return [
        ((text.x, text.y - ASCENT, text.x + width_of(text.said, text.bold), text.y + 3), text.said)
        for text in layout.texts
    ]


def meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def inside(area: Area, frame: Area) -> bool:
    return frame[0] <= area[0] and frame[1] <= area[1] and area[2] <= frame[2] and area[3] <= frame[3]


def edges(frame: Frame) -> Area:
    return frame.x, frame.y, frame.x + frame.width, frame.y + frame.height


def check(layout: Layout) -> None:
    """Assert that nothing runs into anything else."""
    sheet = (0, 0, layout.width, layout.height)
    texts, frames = areas(layout), [edges(frame) for frame in layout.frames]
    for (one, said), (other, also) in combinations(texts, 2):
        assert not meet(one, other), (said, also)
    for area, said in texts:
        assert inside(area, sheet), said
        for frame in frames:
            assert inside(area, frame) or not meet(area, frame), said
    for one, other in combinations(frames, 2):
        assert inside(one, other) or inside(other, one) or not meet(one, other)
    for kind, segments in layout.lines.items():
        for x, y, to_x, to_y in segments:
            line = (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
            assert x == to_x or y == to_y
            assert inside(line, sheet)
            for area, said in texts:
                assert not meet((line[0] - 1, line[1] - 1, line[2] + 1, line[3] + 1), area), (kind, said)
    for x, y, half in layout.crosses:
        cross = (x - half, y - half, x + half, y + half)
        assert inside(cross, sheet)
        for area, said in texts:
            assert not meet(cross, area), said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DESIGNS)
def test_no_text_meets_another_or_a_line_or_leaves_its_box(name: str, language: str) -> None:
    for layout in layouts(name, language):
        check(layout)


@pytest.mark.parametrize(
    "fields",
    [
        {"sites": so_many(1), "clients": {"count": 20}, "expressroute_circuit": True},
        {"sites": [KIOSK, *so_many(1)], "vnets": [HUB, *SPOKES[:3]], "clients": {"count": 20}},
    ],
    ids=["a circuit with clients", "a site without a device"],
)
def test_a_line_runs_straight_to_the_hub_or_clearly_turns(fields: dict[str, Any]) -> None:
    asked = {"vnets": [HUB]} | fields
    drawn = topology_of(of_2026.need(**asked), of_2026.advise(**asked), load_texts("2026"), "en")
    for layout in layouts_of(drawn):
        ends = [end for segments in layout.lines.values() for end in segments if end[0] == end[2]]
        assert min((abs(y - to_y) for _, y, _, to_y in ends), default=LINE) >= LINE // 2


@given(needs)
@settings(deadline=None, max_examples=examples(60))
def test_that_holds_for_designs_of_every_shape(raw: dict[str, Any]) -> None:
    asked = need(**raw)
    for layout in layouts_of(topology_of(asked, decide(asked, catalogue()), load_texts(EDITION), "nl")):
        check(layout)


@pytest.mark.parametrize("name", DESIGNS)
def test_every_page_has_room_for_one_of_the_layouts(name: str) -> None:
    found = layouts(name)
    assert found[0].width == NARROW
    assert [layout.step for layout in found] == sorted(layout.step for layout in found)
    assert all(layout.width <= layout.step <= STEPS[-1] for layout in found)
    assert found[-1].width <= WIDEST


def test_a_design_that_fits_in_the_middle_width_has_two_layouts() -> None:
    assert [layout.width <= MIDDLE for layout in layouts("three sites")] == [True, True]
    assert len(layouts("twelve sites")) == 3


@pytest.mark.parametrize("name", DESIGNS)
def test_the_layout_that_stands_alone_is_the_widest_of_a_page(name: str) -> None:
    drawn = topology(name)
    assert widest_layout(drawn).width == layouts_of(drawn)[-1].width


def test_thirty_sites_stand_in_two_columns_that_are_equally_high() -> None:
    layout = layouts("thirty sites")[-1]
    columns = {frame.x for frame in layout.frames if not frame.heavy and frame.x < 400}
    assert len(columns) == 2
    assert layout.height < 800


def test_clients_stand_below_the_hub_and_vnets_to_its_right() -> None:
    layout = layouts("twelve sites")[-1]
    places = {text.said: (text.x, text.y) for text in layout.texts}
    assert places["40 clients"][1] > places["hub"][1]
    assert places["Site 1"][0] < places["hub"][0] < places["spoke 1"][0]
