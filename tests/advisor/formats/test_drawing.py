"""The topology of a design as a drawing, and in words."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from advisor.core.decide import decide
from advisor.formats.drawing import MOST_DRAWN, draw, draw_narrow, tell
from advisor.wording.sentences import load_texts
from tests.advisor.core.strategies import needs
from tests.builders import EDITION, advise, catalogue, need, site, sites, vnet

SVG = "{http://www.w3.org/2000/svg}"


RAW: dict[str, Any] = {
    "vnets": [vnet("hub", "10.20.0.0/16"), vnet("spoke", "10.30.0.0/16")],
    "sites": [site("Tilburg", "192.168.10.0/24", bandwidth_mbps=25), site("Breda_*x*")],
    "clients": {"count": 40},
}


FORMS = (draw, draw_narrow)


def drawn(form: Any = draw, **fields: Any) -> ET.Element:
    """The drawing of the advice on a need with these fields, parsed."""
    return ET.fromstring(form(need(**fields), advise(**fields), load_texts(EDITION), "nl"))  # noqa: S314 -- our own


def words(svg: ET.Element) -> list[str]:
    """All that stands in a drawing."""
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def test_every_member_has_a_box_and_a_line() -> None:
    svg = drawn(**RAW)
    assert {"Tilburg", "192.168.10.0/24", "Breda_*x*", "spoke", "hub", "40 clients"} <= set(words(svg))
    assert len(list(svg.iter(f"{SVG}line"))) == 4 + 2  # two sites, a VNet and the clients; two kinds in the key


def test_a_narrow_drawing_has_a_branch_for_each_and_is_half_as_wide() -> None:
    svg = drawn(draw_narrow, **RAW)
    assert set(words(svg)) == set(words(drawn(**RAW)))
    branches = [path.attrib["d"] for path in svg.iter(f"{SVG}path")]
    assert len(branches) == 4
    ends = [float(branch.partition("V")[2].partition("H")[0]) for branch in branches]
    assert ends == sorted(ends)
    assert float(svg.attrib["viewBox"].split()[2]) <= 320
    assert len(list(svg.iter(f"{SVG}line"))) == 2


def test_a_site_on_two_kinds_of_lines_hangs_on_both_trunks() -> None:
    fields = {"sites": [site("Tilburg", bandwidth_mbps=80)], "private_path": True, "expressroute_backup": True}
    branches = [path.attrib["d"] for path in drawn(draw_narrow, **fields).iter(f"{SVG}path")]
    assert len({branch.partition(" ")[0] for branch in branches}) == len(branches) == 2


@pytest.mark.parametrize("form", FORMS)
def test_many_sites_share_a_box_that_counts_them(form: Any) -> None:
    svg = drawn(form, sites=sites(30))
    assert f"nog {30 - MOST_DRAWN + 1} sites" in words(svg)


def test_what_is_not_joined_is_told() -> None:
    fields = {"sites": [site("Kiosk", device="none")]}
    assert "Niet aangesloten: Kiosk." in list(tell(need(**fields), advise(**fields), load_texts(EDITION), "nl"))


@given(needs)
def test_any_advice_is_drawn_as_well_formed_svg(raw: dict[str, Any]) -> None:
    asked = need(**raw)
    for language in ("nl", "en"):
        for form in FORMS:
            svg = ET.fromstring(form(asked, decide(asked, catalogue()), load_texts(EDITION), language))  # noqa: S314 -- our own
            assert svg.find(f"{SVG}title") is not None
