"""The drawing as SVG."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from advisor.core.decide import decide
from advisor.formats.drawing.boxes import ORDER
from advisor.formats.drawing.layout import layouts_of
from advisor.formats.drawing.svg import FORMS, to_svg
from advisor.formats.drawing.told import tell
from advisor.formats.drawing.topology import topology_of
from advisor.wording.sentences import load_texts
from tests.advisor.core.strategies import needs
from tests.advisor.formats.drawing.designs import DESIGNS, HOSTILE, LONG, SVG, layouts, parsed, topology, words_of
from tests.builders import EDITION, catalogue, need
from tests.every import examples


@given(needs)
@settings(deadline=None, max_examples=examples(60))
def test_any_advice_is_drawn_as_well_formed_svg(raw: dict[str, Any]) -> None:
    asked = need(**raw)
    for language in ("nl", "en"):
        drawn = topology_of(asked, decide(asked, catalogue()), load_texts(EDITION), language)
        for layout in layouts_of(drawn):
            svg = ET.fromstring(to_svg(layout, drawn.title, tell(drawn)))  # noqa: S314 -- our own
            assert svg.findtext(f"{SVG}title") == drawn.title
            assert svg.findtext(f"{SVG}desc")


@pytest.mark.parametrize("name", DESIGNS)
def test_it_has_all_texts_of_its_layout_and_its_natural_size(name: str) -> None:
    for layout in layouts(name):
        svg = parsed(layout)
        assert sorted(words_of(svg)) == sorted(text.said for text in layout.texts)
        assert (svg.attrib["width"], svg.attrib["height"]) == (str(layout.width), str(layout.height))
        assert {node.attrib["font-size"] for node in svg.iter() if "font-size" in node.attrib} == {"14"}


def test_a_name_that_is_cut_stands_whole_in_its_title() -> None:
    for layout in layouts("long names"):
        titles = [title.text for title in parsed(layout).iter(f"{SVG}title")]
        assert {LONG, LONG[1:], LONG[2:]} <= set(titles)


def test_hostile_names_are_only_text() -> None:
    for layout in layouts("hostile names"):
        written = to_svg(layout, "]]><script>")
        assert "<script" not in written
        assert "]]>" not in written
        tags = {node.tag.removeprefix(SVG) for node in parsed(layout).iter()}
        assert tags <= {"svg", "title", "path", "g", "text"}
    assert HOSTILE[0] in words_of(parsed(layouts("hostile names")[-1]))


def test_kinds_of_lines_differ_in_form_and_only_clients_have_dashes() -> None:
    assert set(FORMS) == set(ORDER)
    assert len(set(FORMS.values())) == len(FORMS)
    assert [kind for kind, form in FORMS.items() if "dasharray" in form] == ["clients"]
    for name in DESIGNS:
        for layout in layouts(name):
            dashed = [node for node in parsed(layout).iter() if "stroke-dasharray" in node.attrib]
            assert len(dashed) == ("clients" in layout.lines)


def test_nothing_in_it_has_a_color_of_its_own() -> None:
    for node in parsed(layouts("everything")[-1]).iter():
        assert {node.attrib.get(name, "none") for name in ("fill", "stroke")} <= {"none", "currentColor"}


def test_only_a_drawing_that_stands_alone_is_described_inside() -> None:
    drawn = topology("one site")
    (narrow, *_) = layouts_of(drawn)
    assert "<desc>" not in to_svg(narrow, drawn.title)
    assert "192.168.1.0/24" in to_svg(narrow, drawn.title, tell(drawn)).partition("</desc>")[0]
