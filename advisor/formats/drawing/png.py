"""A drawing as a PNG: black on white, at twice its size, in the letters of the project."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from advisor.formats.drawing.measure import SIZE
from advisor.formats.drawing.places import Layout, Segment
from advisor.formats.drawing.svg import doubled

SCALE = 2
FONTS = Path(__file__).parents[3] / "faq" / "formats" / "fonts"
WIDTHS = {"tunnel": 2.0, "circuit": 1.5, "clients": 2.0, "peering": 5.0}
DASH, SPACE = 7, 5
BORDER = 12
"""White around the drawing, in pixels of the picture."""


def to_png(layout: Layout) -> bytes:
    """A layout as PNG."""
    size = (round(layout.width * SCALE) + 2 * BORDER, round(layout.height * SCALE) + 2 * BORDER)
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for frame in layout.frames:
        corners = _at(frame.x, frame.y), _at(frame.x + frame.width, frame.y + frame.height)
        draw.rectangle(corners, outline=0, width=6 if frame.heavy else 2)
    for kind, segments in layout.lines.items():
        for segment in doubled(segments) if kind == "circuit" else segments:
            for x, y, to_x, to_y in _dashes(segment) if kind == "clients" else (segment,):
                draw.line((_at(x, y), _at(to_x, to_y)), fill=0, width=round(WIDTHS[kind] * SCALE))
    for x, y in layout.joints:
        draw.ellipse((_at(x - 3.5, y - 3.5), _at(x + 3.5, y + 3.5)), fill=0)
    for x, y, half in layout.crosses:
        for side in (-1, 1):
            draw.line((_at(x - half, y - side * half), _at(x + half, y + side * half)), fill=0, width=5)
    for text in layout.texts:
        draw.text(_at(text.x, text.y), text.said, fill=0, font=_font("Bold" if text.bold else "Regular"), anchor="ls")
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _at(x: float, y: float) -> tuple[float, float]:
    """A place of the layout in the picture."""
    return x * SCALE + BORDER, y * SCALE + BORDER


def _dashes(segment: Segment) -> Iterator[Segment]:
    x, y, to_x, to_y = segment
    length = abs(to_x - x) + abs(to_y - y)
    if length == 0:
        return
    across, down = (to_x - x) // length, (to_y - y) // length
    for start in range(0, length, DASH + SPACE):
        end = min(start + DASH, length)
        yield x + across * start, y + down * start, x + across * end, y + down * end


@cache
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"Inter-{weight}.otf", SIZE * SCALE)
