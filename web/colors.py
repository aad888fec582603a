"""One color for light and for dark paper: how it contrasts, and the nearest shade of it that can be read.

A color is written `#rrggbb`. Contrast is that of WCAG 2.2, lightness that of OKLCH (https://bottosson.github.io/posts/oklab/).
Free of Django and of settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

LEAST_CONTRAST = 4.5
"""What WCAG 2.2 asks of text at level AA."""

LIGHT_PAPERS = ("#fbfaf7", "#f2f0ea")
DARK_PAPERS = ("#12181d", "#1a2229")
"""What the signal color stands on in each theme: `--paper` and `--wash` of static/site.css."""

ON_LIGHT, ON_DARK = "#ffffff", "#0d1317"
"""What stands on the signal color in each theme: `--on-signal` of static/site.css."""

STEPS = 400
"""How finely lightness is divided in the search for a shade."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Shades:
    """What a color becomes in each theme: the color itself where it can be read there, else its nearest shade."""

    light: str
    dark: str


def color(text: str) -> str:
    """A color as `#rrggbb` in lower case. Raises ValueError with what is asked for, and the nearest right way to write
    it where the text is near one.
    """
    if _COLOR.fullmatch(text):
        return text.lower()
    meant = ""
    if _SHORT.fullmatch(text):
        digits = text.removeprefix("#").lower()
        whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        meant = f"; did you mean #{whole}?"
    raise ValueError(f"a color is # and six hexadecimal digits, such as #0b5d66{meant}")


def contrast(one: str, other: str) -> float:
    """The contrast of two colors, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def shades_of(given: str) -> Shades:
    """The shades of a color for both themes."""
    return Shades(
        light=_shade(given, (*LIGHT_PAPERS, ON_LIGHT), darker=True),
        dark=_shade(given, (*DARK_PAPERS, ON_DARK), darker=False),
    )


def _shade(given: str, against: Iterable[str], *, darker: bool) -> str:
    """The color, or the nearest of its hue that contrasts with all of these: darker ones, or lighter ones."""
    others = tuple(against)
    lightness, chroma, hue = _to_oklch(given)
    step = -1 / STEPS if darker else 1 / STEPS
    shade = given
    while any(contrast(shade, other) < LEAST_CONTRAST for other in others):
        lightness += step
        shade = _within_gamut(lightness, chroma, hue)
    return shade


def _within_gamut(lightness: float, chroma: float, hue: float) -> str:
    """The color of this lightness and hue, with as much of the chroma as a screen can show."""
    if not 0 < lightness < 1:
        return "#000000" if lightness <= 0 else "#ffffff"
    low, high = 0.0, chroma
    if _is_shown(_to_linear(lightness, chroma, hue)):
        low = chroma
    else:
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _is_shown(_to_linear(lightness, middle, hue)) else (low, middle)
    return "#" + "".join(f"{_to_byte(part):02x}" for part in _to_linear(lightness, low, hue))


def _is_shown(linear: Triple) -> bool:
    return all(-0.0001 <= part <= 1.0001 for part in linear)


def _luminance(text: str) -> float:
    red, green, blue = _linear(text)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(text: str) -> Triple:
    """Red, green, and blue of a color as amounts of light, from 0 to 1."""
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _from_gamma(red), _from_gamma(green), _from_gamma(blue)


def _from_gamma(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _to_byte(part: float) -> int:
    kept = min(max(part, 0.0), 1.0)
    return round(255 * (12.92 * kept if kept <= 0.0031308 else 1.055 * kept ** (1 / 2.4) - 0.055))


def _to_oklch(text: str) -> Triple:
    """Lightness (0 to 1), chroma, and hue (radians) of a color."""
    red, green, blue = _linear(text)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short, hypot(a, b), atan2(b, a)


def _to_linear(lightness: float, chroma: float, hue: float) -> Triple:
    """Red, green, and blue as amounts of light; outside 0 to 1 where no screen shows the color."""
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
