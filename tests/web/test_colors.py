"""A company's color: read strictly, and turned into shades that can be read on light and on dark paper."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.every import examples
from web.colors import DARK_PAPERS, LIGHT_PAPERS, ON_DARK, ON_LIGHT, color, contrast, shades_of

COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
SHEET = (Path(__file__).parents[2] / "static/site.css").read_text()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.01)


def test_a_color_is_read_in_either_case() -> None:
    assert color("#0B5D66") == "#0b5d66"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0b5d66", "; did you mean #0b5d66?"),
        ("#05F", "; did you mean #0055ff?"),
        ("teal", ""),
        ("", ""),
        ("#12345g", ""),
    ],
)
def test_what_is_no_color_is_refused_with_the_nearest_right_one(text: str, meant: str) -> None:
    said = f"a color is # and six hexadecimal digits, such as #0b5d66{meant}"
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        color(text)


@given(COLORS)
@settings(max_examples=examples(200))
def test_each_color_can_be_read_in_both_themes(given_color: str) -> None:
    shades = shades_of(given_color)
    assert min(contrast(shades.light, other) for other in (*LIGHT_PAPERS, ON_LIGHT)) >= 4.5
    assert min(contrast(shades.dark, other) for other in (*DARK_PAPERS, ON_DARK)) >= 4.5


@pytest.mark.parametrize("given_color", ["#0b5d66", "#7a003c", "#1f3a93", "#000000"])
def test_a_color_that_can_be_read_is_used_as_it_is(given_color: str) -> None:
    assert shades_of(given_color).light == given_color


@pytest.mark.parametrize("given_color", ["#ffcc00", "#5cc4cd", "#ffffff"])
def test_a_light_color_is_used_as_it_is_on_dark_paper(given_color: str) -> None:
    assert shades_of(given_color).dark == given_color


@pytest.mark.parametrize("given_color", ["#ff0000", "#00a651", "#0072ce", "#ffb000"])
def test_a_shade_keeps_its_hue_and_is_the_nearest(given_color: str) -> None:
    shades = shades_of(given_color)
    for shade in (shades.light, shades.dark):
        assert abs(hue(shade) - hue(given_color)) < 0.06 or abs(hue(shade) - hue(given_color)) > 0.94
    assert shades.light == given_color or min(contrast(shades.light, paper) for paper in LIGHT_PAPERS) < 4.65
    assert shades.dark == given_color or min(contrast(shades.dark, paper) for paper in DARK_PAPERS) < 4.65


def test_the_papers_are_those_of_the_style_sheet() -> None:
    written = {
        name: re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", SHEET) for name in ("paper", "wash", "on-signal")
    }
    found = {name: match.groups() for name, match in written.items() if match}
    assert found == {
        "paper": (LIGHT_PAPERS[0], DARK_PAPERS[0]),
        "wash": (LIGHT_PAPERS[1], DARK_PAPERS[1]),
        "on-signal": (ON_LIGHT.replace("ffffff", "fff"), ON_DARK),
    }


def hue(text: str) -> float:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hsv(red, green, blue)[0]
